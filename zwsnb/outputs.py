"""What a cell of a notebook shows of a plot: a script that shows it live, and right behind that the
picture that is left when the kernel is gone.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Final

from zwsnb import api
from zwsnb.display.embed import javascript
from zwsnb.protocol.batch import SetOptions

if TYPE_CHECKING:
    from zwsnb.display.picture import Output
    from zwsnb.display.pictures import Pictures

_kept: Final[list[Pictures]] = []
"""The pictures of this process, from the first one on."""


def script(plot: str, height: int, text: str, *, picture: bool = False) -> dict[str, str]:
    """Return the live output of a plot, by MIME type.

    height: its pixels. text: what stands for it where no script runs. picture: its picture is
    right behind it.
    """
    from zwsnb.server.static_files import live_script

    page = api.service().embedding(plot)
    return {
        "application/javascript": javascript(live_script(), page, height, picture=picture),
        "text/plain": text,
    }


def show(plot: str, height: int, text: str) -> None:
    """Show a plot below the cell, and right behind it its picture, which is kept up from now on.

    Raises:
        NotImplementedError: scripts do not run here, which is where the picture would not be
            hidden behind a live plot.
    """
    from zwsnb.display import ipython
    from zwsnb.display.picture import Output

    if not ipython.runs_javascript():
        raise NotImplementedError
    ipython.show_output(Output(script(plot, height, text, picture=True), {}))
    _pictures().show(plot)


def freeze(plot: str) -> None:
    """Show a picture of a plot as it is now; in words where there are no pictures."""
    from zwsnb.display import ipython, picture

    api.publisher.flush()
    if api.service().version(plot) is None:
        # Asking for a picture makes no plot, but its handle does: an empty one has one too.
        api.publisher.send_command(SetOptions(plot, {}))
        api.publisher.flush()
    if ipython.is_notebook():
        _pictures().freeze(plot)
    else:
        print(picture.text_of(plot, api.service().snapshot(plot)))  # noqa: T201 - it is shown so


def close(plot: str) -> None:
    """Leave the picture of a plot as it is now, which goes."""
    for pictures in _kept:
        pictures.look()
        pictures.forget(plot)


class _Plots:
    """The plots of the service that runs at the moment."""

    def flush(self) -> object:
        return api.publisher.flush(1.0)

    def version(self, plot: str) -> int | None:
        service = api.current()
        return None if service is None else service.version(plot)

    def snapshot(self, plot: str) -> str:
        return api.service().snapshot(plot)


class _Notebook:
    """The notebook that shows what this process does."""

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        from zwsnb.display import ipython

        ipython.show_output(output, display_id, update=update)


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


def _after_cell(result: object) -> None:
    from zwsnb.display import ipython

    del result
    _kept[0].after_cell(wait=ipython.is_unattended())
    if _kept[0].is_idle:
        ipython.no_more_after_cells(_after_cell)


def _before_stop() -> None:
    _kept[0].look()
    _kept[0].forget()
