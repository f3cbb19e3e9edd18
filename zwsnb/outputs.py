"""What a cell of a notebook shows of a plot: a script that shows it live; behind that what is the
widget where the script finds no way; and the picture that is left when the kernel is gone.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Final

from zwsnb import api, widgets
from zwsnb.display.embed import javascript
from zwsnb.protocol.batch import SetOptions

if TYPE_CHECKING:
    from zwsnb.display.lower_ways import LowerWays, Widget
    from zwsnb.display.picture import Drawing, Output
    from zwsnb.display.pictures import Pictures
    from zwsnb.display.unseen import Unseen
_kept: Final[list[Pictures]] = []
"""The pictures of this process, from the first one on."""

_lower: Final[list[LowerWays]] = []
"""Likewise what looks after plots that no page shows."""

_unseen: Final[list[Unseen]] = []
"""What shows plots that the notebook does not show."""

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

    page = api.service().embedding(plot)
    return {
        "application/javascript": javascript(
            live_script(), page, height, picture=picture, widget=widget, voila=voila
        ),
        "text/plain": text,
    }


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
    return _widget_output(plot, height, text)[1] if front_end == "widget" else None


def show(plot: str, height: int, text: str) -> None:
    """Show a plot below the cell, and right behind it its picture, which is kept up from now on;
    nothing where it stands there already, of its own accord.

    Raises:
        NotImplementedError: scripts do not run here, which is where the picture would not be
            hidden behind a live plot.
    """
    from zwsnb.display import ipython

    if ipython.front_end() not in ("script", "voila"):
        raise NotImplementedError
    if attend().claim(plot):
        _show(plot, height, text)


def _show(plot: str, height: int, text: str) -> None:
    from zwsnb.display import ipython
    from zwsnb.display.picture import Output

    in_voila = ipython.front_end() == "voila"
    has_widget = in_voila or not ipython.is_unattended()
    live = script(plot, height, text, picture=True, widget=has_widget, voila=in_voila)
    ipython.show_output(Output(live, {}))
    if in_voila:
        # Nothing can become the widget later; the script hides it where it finds a way.
        ipython.show_output(_widget_output(plot, height, "")[1])
    elif has_widget:
        _lower_ways().show(plot, height)
    _pictures().show(plot)
    attend().show(plot, ipython.page(), lambda: _show(plot, height, text))


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

    made = widgets.widget(plot, height)
    data, metadata = made._repr_mimebundle_() or ({}, {})
    return made, Output({**data, "text/plain": text}, metadata)


def freeze(plot: str) -> None:
    """Show a picture of a plot as it is now; in words where there are no pictures."""
    from zwsnb.display import ipython, picture

    if ipython.is_notebook():
        _ensure(plot)
        _pictures().freeze(plot)
    else:
        print(picture.text_of(plot, snapshot(plot)))  # noqa: T201 - it is shown so


def snapshot(plot: str) -> str:
    """Return a plot as it is now, as an SVG document."""
    _ensure(plot)
    return api.service().snapshot(plot)


def _ensure(plot: str) -> None:
    """Deliver what was published, and make a plot that nobody has published to: asking for a
    picture makes none, but its handle does, and an empty one has one too.
    """
    api.publisher.flush()
    if api.service().version(plot) is None:
        api.publisher.send_command(SetOptions(plot, {}))
        api.publisher.flush()


def close(plot: str) -> None:
    """Leave the picture of a plot as it is now, which goes."""
    for pictures in _kept:
        pictures.look()
        pictures.forget(plot)
    for unseen in _unseen:
        unseen.forget(plot)
    for lower in _lower:
        lower.forget(plot)


class _Plots:
    """The plots of the service that runs at the moment."""

    def flush(self) -> object:
        return api.publisher.flush(1.0)

    def version(self, plot: str) -> int | None:
        service = api.current()
        return None if service is None else service.version(plot)

    def viewers(self, plot: str) -> int:
        service = api.current()
        found = {} if service is None else service.stats()["plots"]
        return len(found[plot]["viewers"]) if plot in found else 0

    def snapshot(self, plot: str) -> str:
        return api.service().snapshot(plot)

    def picture(self, plot: str) -> Drawing | None:
        service = api.current()
        return None if service is None else service.picture(plot)


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
        _kept.append(Pictures(_Plots(), _Notebook(), png.render))
        api.before_stop.append(_before_stop)
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
        _unseen.append(Unseen(_Plots(), _show_first))
        ipython.before_cells(_before_cell)
        ipython.after_cells(_after_cell)
        if ipython.is_in_cell():
            _unseen[0].before_cell(ipython.cell())
    api.publisher.heard = _heard
    return _unseen[0]


def leave() -> None:
    """Hear of no cell any more."""
    from zwsnb.display import ipython

    ipython.no_more_before_cells(_before_cell)
    ipython.no_more_after_cells(_after_cell)
    _unseen.clear()
    api.publisher.heard = None


def _heard(plot: str) -> None:
    for unseen in _unseen:
        unseen.publish(plot)


def _show_first(plot: str) -> None:
    """Show a plot that nothing has shown, as its handle would be."""
    from zwsnb.display import ipython
    from zwsnb.display.embed import HEIGHT, iframe
    from zwsnb.display.picture import Output

    front_end = ipython.front_end()
    height, text = _heights.get(plot, HEIGHT), f"Plot({plot!r})"
    if front_end in ("script", "voila"):
        _show(plot, height, text)
    else:
        frame = {"text/html": iframe(api.service().embedding(plot), height), "text/plain": text}
        ipython.show_output(_bundle(front_end, plot, height, text) or Output(frame, {}))
        attend().show(plot, "", lambda: _show_first(plot))


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


def _before_stop() -> None:
    for lower in _lower:
        lower.forget()
    _kept[0].look()
    _kept[0].forget()
    for unseen in _unseen:
        unseen.forget()
