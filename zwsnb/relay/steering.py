"""The way back: what a page does with a control goes to the program that has declared it, and what
happens on a plot to those that watch it.  [no I/O]

It goes past the kernel's queue: the relay changes the control, tells all pages, and calls whoever
listens for that program, which runs in this process or holds a connection. The relay's order is the
one that counts. A program may have said another value in the meantime, which is on its way: it is
told which of its declarations the page had seen, so that both end with the same value.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from zwsnb.controls.control import Steered, in_words
from zwsnb.events.happened import NOBODY, Happened, Told
from zwsnb.events.held import MAX_ALERT_MARKS, MAX_ALERTS
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.controls.held import Held
    from zwsnb.events import held as watches
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column
    from zwsnb.relay.listener import RelayListener

Hear: TypeAlias = Callable[[Told], object]
"""Called in the hub's own thread; it must not block."""


class Steering:
    """Who hears of the controls of which program, and of what it watches; use it in the hub's own
    thread. clock: seconds since 1970. plots: returns all that there are.
    """

    def __init__(
        self,
        listener: RelayListener,
        clock: Callable[[], float] = time.time,
        plots: Callable[[], Iterable[Plot]] = tuple,
    ) -> None:
        self._listener = listener
        self._clock = clock
        self._plots = plots
        self._hearing: dict[str, Hear] = {}  # by producer
        # How far has been looked at a derived series.
        self._looked: WeakKeyDictionary[Series, _Looked] = WeakKeyDictionary()

    def hear(self, producer: str, tell: Hear) -> None:
        """Call `tell` for what a program is to be told, and nobody else; now with what its controls
        are set to, for it may not have heard of that by the connection before.
        """
        self._hearing[producer] = tell
        for plot in self._plots():
            for held in plot.controls.held.values():
                if held.producer == producer:
                    tell(_steered(plot, held))

    def leave(self, producer: str, tell: Hear) -> None:
        """Call it no more: the program has gone."""
        if self._hearing.get(producer) == tell:
            del self._hearing[producer]

    def steer(self, plot: Plot, name: str, value: object, *, is_released: bool) -> None:
        """Give a control the value that a page has sent; a button is pressed once more.

        is_released: the hand has left it. Then a mark says its value, if no mark did.

        Raises:
            InvalidMessage: there is no such control, it cannot have that value, or its program does
                not listen any more.
        """
        try:
            held = plot.controls.find(name)
            tell = self._hearing_of(held)
            plot.controls.change(name, value)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidMessage("bad control", str(error.args[0])) from error
        if is_released:
            _record(plot, held)
        plot.version += 1
        tell(_steered(plot, held))
        self._listener.points_arrived(plot, math.nan)

    def take_away(self, plot: Plot, controls: Iterable[Held]) -> None:
        """Tell programs that these controls stand for theirs no more."""
        for held in controls:
            if (tell := self._hearing.get(held.producer)) is not None:
                tell(_steered(plot, held)._replace(value=None))

    def end(self, plot: Plot, held: Iterable[watches.Held]) -> None:
        """Tell programs that these watches of theirs tell nothing any more."""
        for each in held:
            if (tell := self._hearing.get(each.producer)) is not None:
                number = {"number": each.watch.number}
                tell(Happened(plot.name, each.watch.name, "end", NOBODY, None, number))

    def look(self, plot: Plot, series: str, run: str, x: Column, y: Column) -> None:
        """Look at each of the points of a series that have just come: of a level that they cross
        there is a mark at the first point beyond, and its program is told.
        """
        watches = plot.watches
        watches.note_hearing(self._hearing)
        if not watches.is_watched(series):
            return
        runs = list(by_run(plot, series, run, len(x)))
        if runs and (gone := runs[-1][1]):
            # Of runs that have begun and gone among so many: each point is looked at all the same.
            begins = (x[1:gone] == x[gone]) & (x[: gone - 1] > x[gone])
            self._look_in(plot, _Gone(series, run), x[:gone], y[:gone], begins.nonzero()[0] + 1)
        for points, lo, hi in reversed(runs):
            self._look_in(plot, points, x[lo:hi], y[lo:hi])

    def look_at_derived(self, plot: Plot) -> None:
        """Look at each of the points that have been derived since the last look, and have come
        behind those: not at what is derived of a late point.
        """
        for series in _watched_among_derived(plot):
            looked, points = self._looked.get(series), series.points
            begin = max(looked.end_in(series) if looked else 0, points.start)
            if begin < points.end:
                self._looked[series] = _Looked.at_all_of(series)
                self._look_in(plot, series, *points.slice(begin, points.end))

    def begin_to_look(self, plot: Plot, watch: str) -> None:
        """Look only at what is derived from now on, if this watch is of a derived series."""
        held = plot.watches.held.get(watch)
        if held is None or held.watch.kind != "cross":
            return
        for series in _watched_among_derived(plot):
            if series.of == held.watch.series:
                self._looked[series] = _Looked.at_all_of(series)

    def _look_in(
        self,
        plot: Plot,
        series: Series | _Gone,
        x: Column,
        y: Column,
        begins: NDArray[np.intp] | None = None,
    ) -> None:
        """Look at the next points of a run, or of several, of which the others begin there."""
        now = self._clock()
        for held, alert in plot.watches.look(series.of, series.run, x, y, now, series, begins):
            _mark(plot, alert)
            its = alert._asdict()
            self._tell(
                plot, held, {key: its[key] for key in ("series", "run", "x", "y", "skipped")}
            )

    def happened(
        self, plot: Plot, kind: Literal["select", "click"], members: dict[str, Any]
    ) -> None:
        """Tell all programs that watch what a hand does there."""
        plot.watches.note_hearing(self._hearing)
        for held in plot.watches.of_kind(kind):
            self._tell(plot, held, members)

    def _tell(self, plot: Plot, held: watches.Held, members: dict[str, Any]) -> None:
        # A program that has gone has left a watch whose alerts its plot shows all the same.
        if (tell := self._hearing.get(held.producer)) is not None:
            its, since = held.watch, plot.origin if plot.is_time else None
            tell(Happened(plot.name, its.name, its.kind, its.number, since, members))

    def _hearing_of(self, held: Held) -> Hear:
        if held.producer not in self._hearing:
            raise KeyError(f"the program of {held.control.name!r} does not listen")
        return self._hearing[held.producer]


def _steered(plot: Plot, held: Held) -> Steered:
    control = held.control
    return Steered(plot.name, control.name, control.value, control.number)


@dataclass(eq=False)
class _Gone:
    """Runs of a published name that have gone before anybody could see them."""

    of: str
    run: str


class _Looked(NamedTuple):
    """How far has been looked at a series: its points, the x of the last, and its rewrites then."""

    end: int
    x: float
    rewrites: int

    @classmethod
    def at_all_of(cls, series: Series) -> _Looked:
        return cls(series.points.end, series.last[0], series.rewrites.count)

    def end_in(self, series: Series) -> int:
        """Return how many points that is now."""
        if self.rewrites == series.rewrites.count:
            return self.end
        return series.find(self.x, after=True) if self.end else 0


def by_run(plot: Plot, series: str, run: str, count: int) -> Iterator[tuple[Series, int, int]]:
    """Yield which of so many points that have just come are in which run, lo to hi, the newest run
    first: one that they have begun has no others, but those that it took from the one before.
    """
    hi = count
    for its in plot.catalog.family(series, run):
        if not hi:
            return
        lo = max(0, hi - max(0, its.count - its.inherited))
        yield its, lo, hi
        hi = lo


def _watched_among_derived(plot: Plot) -> list[Series]:
    if not plot.watches.held:
        return []
    names = [name for name in plot.catalog.derived if plot.watches.is_watched(name)]
    return [series for series in plot.series.values() if series.of in names]


def _mark(plot: Plot, alert: watches.Alert) -> None:
    plot.mark(alert.x, alert.name)
    marks = plot.watches.marks
    marks.append(plot.marks[-1])
    if len(marks) > MAX_ALERT_MARKS:
        _forget_marks(plot, marks[:-MAX_ALERTS])
        del marks[:-MAX_ALERTS]


def _forget_marks(plot: Plot, marks: list[tuple[float, str]]) -> None:
    """Take marks from among those of a plot. The others have new numbers, for a page knows only of
    those that go at the front: it is told all that are left.
    """
    gone = {id(mark) for mark in marks}  # a user may have put an equal one
    plot.marks_dropped += len(plot.marks)
    plot.marks = [mark for mark in plot.marks if id(mark) not in gone]


def _record(plot: Plot, held: Held) -> None:
    """Put a mark where the plot is now; there is none where it has no points."""
    if held.marked == held.control.value:
        return
    held.marked = held.control.value
    current = [s.last[0] for s in plot.series.values() if s.count and s.number == 0]
    if current:
        plot.mark(max(current), in_words(held.control))
