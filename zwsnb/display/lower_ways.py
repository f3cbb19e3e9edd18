"""What shows a plot where no browser comes to its page: the widget, whose page comes by the
notebook's own connection; and where that is not shown either, the picture, once a second.

Nothing tells the kernel that a browser has found no way, so it looks whether somebody has come.
Behind the live output of a plot stands an empty one, which becomes the widget when nobody has.
"""

from __future__ import annotations

import contextlib
import contextvars
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from zwsnb.display.picture import Output
from zwsnb.producer import native

PAGE_WITHIN: Final = 2.5
"""Seconds after which a page would have come, if it had found a way."""

WIDGET_WITHIN: Final = 5.0
"""Seconds after which a widget would have views, if the notebook had what shows it."""

PICTURE_EVERY: Final = 1.0
LATER_EVERY: Final = 10.0
LATER: Final = 300.0
"""Seconds between two pictures; at first, and when nobody has come for so long: maybe nobody looks.
"""

LOOK_EVERY: Final = 0.25
"""Seconds."""

EMPTY: Final = Output({"text/plain": ""}, {})


class Widget(Protocol):
    """A plot's widget."""

    @property
    def has_views(self) -> bool:
        """True while somebody sees it."""


class Notebook(Protocol):
    """The notebook that shows what this process does, and its plots."""

    def is_seen(self, plot: str) -> bool | None:
        """Return whether a page of the plot is open; None where there is no service any more."""

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        """Show an output below the running cell; or update those of this display_id."""

    def widget(self, plot: str, height: int) -> tuple[Widget, Output]:
        """Return the widget of a plot, and the output that shows it."""

    def update_picture(self) -> None:
        """Have the pictures of what has changed updated, soon."""


@dataclass(slots=True)
class _Shown:
    """A plot that was shown, and since when its present way has had time to be seen."""

    plot: str
    height: int
    display_id: str
    since: float
    widget: Widget | None = None
    pictured: float = 0.0


class LowerWays:
    """Looks after the plots that were shown, until they are seen."""

    def __init__(self, notebook: Notebook, clock: Callable[[], float] = time.monotonic) -> None:
        self._notebook, self._clock = notebook, clock
        self._shown: dict[str, _Shown] = {}
        self._state = native.RLock()  # a signal's handler that publishes may show another plot
        self._thread: native.Thread | None = None

    def show(self, plot: str, height: int, place: str = "") -> None:
        """Show what becomes the widget of a plot, right behind its live output; or have the outputs
        become it whose display_id is `place`.
        """
        display_id = place or uuid.uuid4().hex
        self._notebook.display(EMPTY, display_id, update=bool(place))
        with self._state:
            self._shown[plot] = _Shown(plot, height, display_id, self._clock())
        self._start()

    def forget(self, plot: str | None = None) -> None:
        """Look after a plot no more, or after none."""
        with self._state:
            for name in [plot] if plot is not None else list(self._shown):
                self._shown.pop(name, None)

    def look(self) -> bool:
        """Do for each plot what is due; return whether any is left that nobody sees."""
        for shown in list(self._shown.values()):
            is_left = True
            # One that cannot be asked now, or a kernel at its end, which has no more outputs.
            with contextlib.suppress(OSError, RuntimeError, LookupError):
                is_left = self._look_at(shown)
            if not is_left:
                with self._state:
                    if self._shown.get(shown.plot) is shown:
                        del self._shown[shown.plot]
        with self._state:
            if not self._shown:
                self._thread = None
            return bool(self._shown)

    def _look_at(self, shown: _Shown) -> bool:
        """Return whether to look at it again."""
        if self._notebook.is_seen(shown.plot) is not False:
            return False
        waited = self._clock() - shown.since
        if shown.widget is None:
            if waited >= PAGE_WITHIN:
                shown.widget, output = self._notebook.widget(shown.plot, shown.height)
                shown.since = self._clock()
                self._notebook.display(output, shown.display_id, update=True)
        elif shown.widget.has_views:
            return False
        elif waited >= WIDGET_WITHIN and self._clock() - shown.pictured >= (
            PICTURE_EVERY if waited < LATER else LATER_EVERY
        ):
            shown.pictured = self._clock()
            self._notebook.update_picture()
        return True

    def _start(self) -> None:
        with self._state, contextlib.suppress(RuntimeError):  # the interpreter is at its end
            if self._thread is None or not self._thread.is_alive():
                # Newer kernels know the cell that an output belongs to by its context.
                context = contextvars.copy_context()
                self._thread = native.thread("zwsnb-ways", context.run, self._run)
                self._thread.start()

    def _run(self) -> None:
        while self.look():
            native.sleep(LOOK_EVERY)
