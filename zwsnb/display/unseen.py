"""The plots that a notebook does not show, and the cell below which they appear.

A plot that nothing has shown yet is shown below the first cell that publishes to it, and below that
cell again whenever it runs again, for its output is gone then; where the notebook does not tell one
cell from another, once.

A page of a notebook that is loaded anew shows what was saved; what cells have shown since is gone,
and what the running cell goes on showing does not reach that page. Cells say which page has sent
them. So a plot that was shown in another page than that of the running cell, and that nobody looks
at, is shown again below the cell that changes it.

Either is done at the end of the cell, or by a thread that looks now and then as long as the cell
runs. Where there is nothing to look for no thread runs, and nothing is done when points are
published, but for the first one of a plot. A cell that captures what it shows shows no plot of its
own accord: that is left to the next one.

A plot may have a small frame before it has any points. Whoever publishes them, be it another
process, they are seen: below the cell that runs when they come, and the small frame goes; or in the
frame, which grows, where no cell runs or that which has the frame.
"""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from zwsnb.producer import native

_FIRST_LOOK: Final = 0.1
_SELDOM: Final = 1.0
"""Seconds between two looks, of a cell that has run for long."""

_FIRST_POINTS: Final = 0.5
"""Seconds between two looks for the first points of plots that have small frames."""


class Source(Protocol):
    """Where the plots are."""

    def flush(self) -> object:
        """Have all that was published arrive."""

    def version(self, plot: str) -> int | None:
        """Return a number that changes with the plot; None where it is not there."""

    def points(self, plot: str) -> int:
        """Return how many points the plot has got."""

    def viewers(self, plot: str) -> int:
        """Return how many pages show the plot."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that runs: what its notebook calls it, empty where that does not tell; and the page of
    the notebook that has sent it.
    """

    name: str
    page: str


@dataclass(slots=True)
class _Shown:
    """A plot that was shown: in which page, and how it is shown there again; and below which cell,
    if that was of its own accord.
    """

    page: str
    again: Callable[[], object]
    below: str = ""


@dataclass(slots=True)
class _Watched:
    """A plot that the running cell may show: its version when that began, and whether somebody who
    looks at it elsewhere is enough.
    """

    version: int | None
    unless_seen: bool


class SmallFrame(Protocol):
    """The small frame of a plot that has no points."""

    def grow(self) -> None:
        """Become what shows the plot."""

    def remove(self) -> None:
        """Leave nothing behind."""


@dataclass(frozen=True, slots=True)
class _Small:
    """A small frame, and the cell below which it stands, while that runs."""

    frame: SmallFrame
    cell: Cell | None


class Unseen:
    """Shows plots that nothing shows."""

    def __init__(
        self,
        source: Source,
        first: Callable[[str], object],
        is_captured: Callable[[], bool] = lambda: False,
    ) -> None:
        """Show a plot for the first time by `first`, which calls `show`; is_captured: what is shown
        now does not reach the notebook.
        """
        self._source, self._first, self._is_captured = source, first, is_captured
        self.is_on = True
        self._shown: dict[str, _Shown] = {}
        self._new: set[str] = set()  # published to, and never shown
        self._cell: Cell | None = None
        self._watched: dict[str, _Watched] = {}
        self._now: set[str] = set()  # shown by the running cell of their own accord
        self._standing: set[str] = set()  # below the running cell, whoever has shown them
        self._small: dict[str, _Small] = {}
        self._awaiting: native.Thread | None = None
        self._context = contextvars.copy_context()
        self._looking = native.RLock()
        self._watching: Cell | None = None

    @property
    def is_idle(self) -> bool:
        """True when there is no plot to look after."""
        return not self._shown and not self._new and not self._small

    # -- what the user does ------------------------------------------------------------------------

    def show(self, plot: str, page: str, again: Callable[[], object]) -> None:
        """Remember that a plot was shown in a page of a notebook.

        again: shows it below the running cell.
        """
        self._new.discard(plot)
        self._watched.pop(plot, None)
        below = self._cell.name if self._cell is not None and plot in self._now else ""
        self._shown[plot] = _Shown(page, again, below)

    def show_small(self, plot: str, frame: SmallFrame) -> None:
        """A plot without points has a small frame below the running cell."""
        with self._looking:
            self._remove_small(plot)
            self._small[plot] = _Small(frame, self._cell)
            self._await_points()

    def claim(self, plot: str) -> bool:
        """Return whether the user is to show a plot below the running cell, where it stands from
        then on: it may stand there already.
        """
        with self._looking:
            self._watched.pop(plot, None)
            if self.stands(plot):
                return False
            self._remove_small(plot)
            if self._cell is not None and not self._is_captured():
                self._standing.add(plot)
            return True

    def stands(self, plot: str) -> bool:
        """Return whether a plot stands below the running cell, and what is shown now would, too."""
        with self._looking:
            return plot in self._standing and not self._is_captured()

    def cleared(self) -> None:
        """What the running cell has shown was taken away, as `clear_output` does."""
        with self._looking:
            self._standing.clear()

    def _remove_small(self, plot: str) -> None:
        if (small := self._small.pop(plot, None)) is not None:
            small.frame.remove()

    def publish(self, plot: str) -> None:
        """The first point of a plot was published, by any thread."""
        with self._looking, contextlib.suppress(OSError, RuntimeError):
            if plot in self._shown:
                return
            self._new.add(plot)
            if self._cell is not None and self.is_on:
                self._watched[plot] = _Watched(None, unless_seen=True)
                self._watch()

    def forget(self, plot: str | None = None) -> None:
        """Look after a plot no more, or after none."""
        known = (*self._shown, *self._new, *self._small, *self._standing)
        with self._looking:
            for name in known if plot is None else (plot,):
                self._shown.pop(name, None)
                for names in (self._new, self._now, self._standing):
                    names.discard(name)
                self._small.pop(name, None)

    def place(self, plot: str) -> None:
        """The user shows a plot in a way of his own: it is not shown of its own accord."""
        self._new.discard(plot)
        self._watched.pop(plot, None)
        self._shown.setdefault(plot, _Shown("", lambda: None))

    # -- cells -------------------------------------------------------------------------------------

    def before_cell(self, cell: Cell) -> None:
        """Look out for what a cell of the user changes."""
        with self._looking, contextlib.suppress(OSError, RuntimeError):
            self._cell, self._now, self._watched = cell, set(), {}
            self._standing.clear()
            self._context = contextvars.copy_context()
            for plot, unless_seen in self._candidates(cell):
                self._watched[plot] = _Watched(self._source.version(plot), unless_seen)
            if self._watched:
                self._watch()

    def _candidates(self, cell: Cell) -> list[tuple[str, bool]]:
        """Return the plots that a cell may show, and whether only unless somebody looks at them."""
        found = [(plot, True) for plot in (self._new if self.is_on else ())]
        for plot, shown in list(self._shown.items()):
            if self.is_on and shown.below and shown.below == cell.name:
                found.append((plot, False))  # its output is being cleared, and may still be seen
            elif shown.page and shown.page != cell.page:
                found.append((plot, True))
        return found

    def after_cell(self) -> None:
        """Show what the cell has changed."""
        if self._watched or self._small:
            with contextlib.suppress(OSError, RuntimeError):
                self._source.flush()
                with self._looking:
                    self._look()
                self._show_used()
        with self._looking:
            self._watched, self._cell = {}, None

    # -- the thread --------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Look now and then, from now on until the cell has ended."""
        cell = self._cell
        if cell is None or self._watching is cell:
            return
        self._watching = cell
        # Newer kernels know the cell that an output belongs to by its context.
        native.thread("zwsnb-unseen", self._context.copy().run, self._run, cell).start()

    def _run(self, cell: Cell) -> None:
        pause = _FIRST_LOOK
        while True:
            native.sleep(pause)
            pause = min(1.2 * pause, _SELDOM)
            # Under the lock: what is shown after the cell's end does not reach the notebook.
            with self._looking, contextlib.suppress(OSError, RuntimeError):
                if cell is not self._cell or not self._watched:
                    if self._watching is cell:
                        self._watching = None
                    return
                self._look()

    def _look(self) -> None:
        if self._is_captured():
            return
        for plot, watched in list(self._watched.items()):
            shown, version = self._shown.get(plot), self._source.version(plot)
            if version is None and watched.version is not None:
                self.forget(plot)  # it was closed
                del self._watched[plot]
            elif version and version != watched.version:
                del self._watched[plot]
                if shown is not None:
                    shown.page = self._cell.page if self._cell is not None else ""
                if not (watched.unless_seen and self._is_seen(plot)):
                    self._show(plot, shown)

    def _is_seen(self, plot: str) -> bool:
        """Return whether somebody looks at a plot; in a small frame nobody sees much."""
        return plot not in self._small and self._source.viewers(plot) > 0

    def _show(self, plot: str, shown: _Shown | None) -> None:
        if shown is None or shown.below:
            self._now.add(plot)
        self._standing.add(plot)
        if shown is not None:
            shown.again()
        elif plot in self._small and self._small[plot].cell is self._cell:
            self._small.pop(plot).frame.grow()
        else:
            self._remove_small(plot)
            self._first(plot)

    # -- small frames ------------------------------------------------------------------------------

    def _await_points(self) -> None:
        """Look for points until no plot has a small frame any more."""
        if self._awaiting is None:
            self._awaiting = native.thread("zwsnb-unused", self._context.copy().run, self._wait)
            self._awaiting.start()

    def _wait(self) -> None:
        while True:
            native.sleep(_FIRST_POINTS)
            with self._looking:
                if not self._small:
                    self._awaiting = None
                    return
            with contextlib.suppress(OSError, RuntimeError):
                self._show_used()

    def _show_used(self) -> None:
        """Show the plots that have small frames, and points now, whoever has published them."""
        # Not under the lock: who asks a service in another process may have to wait for it.
        used = [plot for plot in [*self._small] if self._is_used(plot)]
        with self._looking:
            for plot in used:
                if plot in self._small and not self._is_captured():
                    self._show_small(plot)

    def _is_used(self, plot: str) -> bool:
        # A title is something to see, too; but then a loop is still to come.
        return bool(self._source.version(plot)) and self._source.points(plot) > 0

    def _show_small(self, plot: str) -> None:
        if self._cell is None or not self.is_on or plot in self._shown:
            self._small.pop(plot).frame.grow()
        else:
            self._watched.pop(plot, None)
            # The output belongs to the cell that runs, whichever has made the frame.
            self._context.copy().run(self._show, plot, None)
