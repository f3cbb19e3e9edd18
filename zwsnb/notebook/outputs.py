"""What a cell of a notebook shows of a plot: a script that shows it live; behind that what is the
widget where the script finds no way; and the picture that is left when the kernel is gone.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Final

from zwsnb import api, widgets
from zwsnb.display.embed import javascript
from zwsnb.notebook import unscripted
from zwsnb.notebook.service_plots import Plots, begin_of, ensure, snapshot

if TYPE_CHECKING:
    from zwsnb.display.lower_ways import LowerWays, Widget
    from zwsnb.display.picture import Output
    from zwsnb.display.pictures import Pictures
    from zwsnb.display.unseen import Unseen
_kept: Final[list[Pictures]] = []
"""The pictures of this process, from the first one on."""

_lower: Final[list[LowerWays]] = []
"""Likewise what looks after plots that no page shows."""

_unseen: Final[list[Unseen]] = []
"""What shows plots that the notebook does not show."""

Places = tuple[str, str, str]
"""The display_ids of outputs that are updated: the live one, the widget that may stand behind it,
and the picture. Where scripts do not run the first one is all. Empty: a new output.
"""

_NEW: Final = ("", "", "")

_heights: Final[dict[str, int]] = {}
"""Those of plots that this process has made a handle of, in pixels."""


def script(
    plot: str,
    height: int,
    text: str,
    *,
    picture: bool = False,
    widget: bool = False,
    voila: bool = False,
) -> dict[str, str]:
    """Return the live output of a plot, by MIME type.

    height: its pixels. text: what stands for it where no script runs. picture: its picture is
    behind it; widget: and between them what is its widget, or may become it; voila: it is a page of
    Voila's.
    """
    from zwsnb.server.static_files import live_script

    shown = javascript(
        live_script(),
        api.service().embedding(plot),
        height,
        begin=begin_of(plot, height),
        picture=picture,
        widget=widget,
        voila=voila,
    )
    return {"application/javascript": shown, "text/plain": text}


def bundle(plot: str, height: int, text: str) -> Output | None:
    """Return a plot for front ends that are shown something else than a frame; nothing to see,
    where it stands below the cell already.
    """
    from zwsnb.display import ipython
    from zwsnb.display.picture import Output

    front_end = ipython.front_end()
    if front_end is not None:
        if not attend().claim(plot):
            return Output({"text/plain": ""}, {})
        placed(plot)
    return _bundle(front_end, plot, height, text)


def _bundle(front_end: str | None, plot: str, height: int, text: str) -> Output | None:
    from zwsnb.display.picture import Output

    if front_end in ("script", "voila"):
        return Output(script(plot, height, text, voila=front_end == "voila"), {})
    if front_end == "widget" or unscripted.takes_widget(plot, front_end):
        return _widget_output(plot, height, text)[1]
    return None


def show(plot: str, height: int, text: str) -> None:
    """Show a plot below the cell, and right behind it its picture, which is kept up from now on;
    nothing where it stands there already, by whatever.

    Raises:
        NotImplementedError: scripts do not run here, which is where the picture would not be
            hidden behind a live plot.
    """
    from zwsnb.display import ipython

    front_end = ipython.front_end()
    if front_end is not None and attend().stands(plot):
        return
    if front_end not in ("script", "voila"):
        raise NotImplementedError
    if attend().claim(plot):
        _show(plot, height, text)


def _show(plot: str, height: int, text: str, places: Places = _NEW) -> None:
    from zwsnb.display import ipython

    live, lower, picture = places
    _show_live(plot, height, text, live, lower)
    _pictures().show(plot, picture)
    attend().show(plot, ipython.page(), lambda: _show(plot, height, text))


def _show_live(plot: str, height: int, text: str, live: str, lower: str) -> None:
    """Show what may be live of a plot, before its picture. live, lower: places."""
    from zwsnb.display import ipython
    from zwsnb.display.picture import Output

    in_voila, is_unattended = ipython.front_end() == "voila", ipython.is_unattended()
    has_widget = in_voila or bool(lower) or not is_unattended
    shown = script(plot, height, text, picture=True, widget=has_widget, voila=in_voila)
    ipython.show_output(Output(shown, {}), live, update=bool(live))
    if in_voila:
        # Nothing can become the widget later; the script hides it where it finds a way.
        widget = _widget_output(plot, height, "")[1]
        ipython.show_output(widget, lower, update=bool(lower))
    elif not is_unattended:
        _lower_ways().show(plot, height, lower)


def made(plot: str, height: int) -> None:
    """A handle of a plot was made: of its own accord the plot is shown with this height. One that
    says no height leaves that of another.
    """
    from zwsnb.display.embed import HEIGHT

    if height != HEIGHT or plot not in _heights:
        _heights[plot] = height


def placed(plot: str) -> None:
    """The user shows a plot in a way of his own, as in a tab."""
    for unseen in _unseen:
        unseen.place(plot)


def _widget_output(plot: str, height: int, text: str) -> tuple[Widget, Output]:
    from zwsnb.display.picture import Output

    made = widgets.widget(plot, height, begin_of(plot, height))
    data, metadata = made._repr_mimebundle_() or ({}, {})
    return made, Output({**data, "text/plain": text}, metadata)


def freeze(plot: str) -> None:
    """Show a picture of a plot as it is now; in words where there are no pictures."""
    from zwsnb.display import ipython, picture

    if ipython.is_notebook():
        ensure(plot)
        _pictures().freeze(plot)
    else:
        print(picture.text_of(plot, snapshot(plot)))  # noqa: T201 - it is shown so


def close(plot: str) -> None:
    """Leave the picture of a plot as it is now, which goes."""
    for pictures in _kept:
        pictures.look()
        pictures.forget(plot)
    for unseen in _unseen:
        unseen.forget(plot)
    for lower in _lower:
        lower.forget(plot)


class _Notebook:
    """The notebook that shows what this process does."""

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        from zwsnb.display import ipython

        ipython.show_output(output, display_id, update=update)

    def is_seen(self, plot: str) -> bool | None:
        service = api.current()
        return None if service is None else service.is_seen(plot)

    def widget(self, plot: str, height: int) -> tuple[Widget, Output]:
        return _widget_output(plot, height, "")

    def update_picture(self) -> None:
        update_pictures()


def update_pictures() -> None:
    """Have the pictures of what has changed updated, soon."""
    for pictures in _kept:
        pictures.after_cell(wait=False)


def _lower_ways() -> LowerWays:
    from zwsnb.display.lower_ways import LowerWays

    if not _lower:
        _lower.append(LowerWays(_Notebook()))
    return _lower[0]


def _pictures() -> Pictures:
    """Return the pictures of this process, which hear of what happens from now on."""
    from zwsnb.display import ipython, png
    from zwsnb.display.pictures import Pictures

    if not _kept:
        _kept.append(Pictures(Plots(), _Notebook(), png.render))
    ipython.after_cells(_after_cell)
    # Behind that of the service: what was registered last is called first.
    atexit.unregister(_kept[0].at_exit)
    atexit.register(_kept[0].at_exit)
    return _kept[0]


def attend() -> Unseen:
    """Return what shows plots that the notebook does not show; it hears of each cell from now on,
    and of what is published.
    """
    from zwsnb.display import ipython
    from zwsnb.display.unseen import Unseen

    if not _unseen:
        _unseen.append(Unseen(Plots(), show_first, ipython.is_captured))
        ipython.before_cells(_before_cell)
        ipython.after_cells(_after_cell)
        ipython.when_sent(_sent)
        if _before_stop not in api.before_stop:
            api.before_stop.append(_before_stop)
        if ipython.is_in_cell():
            _unseen[0].before_cell(ipython.cell())
    api.publisher.heard = _heard
    return _unseen[0]


def leave() -> None:
    """Hear of no cell any more."""
    from zwsnb.display import ipython

    ipython.no_more_before_cells(_before_cell)
    ipython.no_more_after_cells(_after_cell)
    ipython.no_more_when_sent(_sent)
    for unseen in _unseen:
        unseen.forget()
    _unseen.clear()
    api.publisher.heard = None


def _heard(plot: str) -> None:
    for unseen in _unseen:
        unseen.publish(plot)


def show_first(plot: str, places: Places = _NEW) -> None:
    """Show a plot that nothing has shown, as its handle would be."""
    from zwsnb.display import ipython
    from zwsnb.display.embed import HEIGHT

    height, text = _heights.get(plot, HEIGHT), f"Plot({plot!r})"
    if ipython.front_end() in ("script", "voila"):
        _show(plot, height, text, places)
    else:
        _show_frame(plot, height, text, places[0])
        attend().show(plot, "", lambda: show_first(plot))


def show_small(plot: str, height: int, places: Places) -> None:
    """Have outputs show a plot that has no points, and which hence has no picture."""
    from zwsnb.display import ipython

    text = f"Plot({plot!r})"
    if ipython.front_end() in ("script", "voila"):
        _show_live(plot, height, text, *places[:2])
    else:
        _show_frame(plot, height, text, places[0])


def remove_small(plot: str, places: Places) -> None:
    """Have the outputs of `show_small` show nothing."""
    from zwsnb.display import ipython
    from zwsnb.display.lower_ways import EMPTY

    for lower in _lower:
        lower.forget(plot)
    for place in places:
        ipython.show_output(EMPTY, place, update=True)


def _show_frame(plot: str, height: int, text: str, place: str) -> None:
    """Show a plot where there are no scripts that find a way."""
    from zwsnb.display import ipython
    from zwsnb.display.picture import Output

    shown = _bundle(ipython.front_end(), plot, height, text)
    if shown is None:
        shown = Output({"text/html": unscripted.html(plot, height), "text/plain": text}, {})
    ipython.show_output(shown, place, update=bool(place))


def _before_cell(cell: object) -> None:
    from zwsnb.display import ipython

    if ipython.has_number(cell):
        _unseen[0].before_cell(ipython.cell())


def _after_cell(result: object) -> None:
    from zwsnb.display import ipython

    del result
    for unseen in _unseen:
        unseen.after_cell()
    for kept in _kept:
        kept.after_cell(wait=ipython.is_unattended())


def _sent(message: object) -> object:
    from zwsnb.display import ipython

    if ipython.is_clearing(message):
        for unseen in _unseen:
            unseen.cleared()
    return message


def _before_stop() -> None:
    for lower in _lower:
        lower.forget()
    for pictures in _kept:
        pictures.look()
        pictures.forget()
    for unseen in _unseen:
        unseen.forget()
