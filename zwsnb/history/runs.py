"""The runs of one series that is published: where its points go.  [no I/O]

Each run is a `Series` of its own. Points go to the current one; when a producer falls back in x as
one does who begins again (`zwsnb.order.walk`), a new run begins.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from zwsnb.history.blocks import Marks
from zwsnb.order.parts import ends_of_parts, is_sorted, late_ahead, rounds, rounds_ahead
from zwsnb.order.walk import CERTAIN_FALLS, CERTAIN_STEPS, MAX_FALLEN, Verdict, Walk

if TYPE_CHECKING:
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows

MAX_RUNS: Final = 20
"""Runs of one series that are kept, the last ones."""

MAX_PRODUCERS: Final = 64
"""Producers of one series whose walks are remembered, the last ones."""

SHORT: Final = 3
"""Points of a run that is too short to be one ..."""

MAX_SHORT: Final = 3
"""... if so many come one after the other: then x has no order at all."""

MOST_AT_ONCE: Final = 8_192
"""Runs that begin among points which come together. Who begins more often draws a curve, such as
single segments; a loop over runs of eight points and more begins fewer, though it is faster than
the relay: batches are joined up to 65,536 points.
"""

PARTS_AT_ONCE: Final = 512
"""Parts of x, of points which come together, that are looked at one by one: so many first ones, and
last ones, which takes some tens of milliseconds. Between them no curve begins, and no other runs
than those that certainly do.
"""

LOOK_AHEAD: Final = 64
"""Parts after which it is looked how far it is certain what follows, where there are more."""

JOINED: Final = 65_536
"""Points that are looked at then."""

SILENCE: Final = 2.0
"""Seconds without a point after which a new producer, which begins where the run began, begins a
new one; before that they are two at work side by side.
"""


Cell: TypeAlias = Callable[[], int | None]
"""Returns the number of the notebook cell that runs."""


def nowhere() -> None:
    """Return that no cell runs: the points come from elsewhere."""


class Arrival(NamedTuple):
    """How points came: for which run, from which producer, and when the oldest of them was
    published, in seconds since 1970 (NaN: nobody knows); ``cell`` asks for the number of the
    notebook cell that runs there. marks: their colours and sizes, shape (2, n), of a scatter.
    """

    run: str = ""
    producer: str = ""
    published: float = math.nan
    cell: Cell = nowhere
    marks: Rows | None = None


PLAIN: Final = Arrival()
"""How points come of which nothing is known."""


class _Way(NamedTuple):
    """Where a producer is: in which run, and its walk there."""

    series: Series
    walk: Walk


class Runs:
    """Takes the points of one published series, for its ``current`` run.

    begin: makes the series of the next run. pass_over: counts runs that begin and go before anybody
    could see them, and their points. ``xy``: True, x swings, as that of a curve; False, it does
    not; None, the points say so. ``past`` counts the runs before the current one.
    """

    def __init__(
        self,
        first: Series,
        begin: Callable[[Series, Arrival], Series],
        pass_over: Callable[[int, int], None],
    ) -> None:
        self.current = first
        self.xy: bool | None = None
        self.past = 0
        self._begin, self._pass_over = begin, pass_over
        self._ways: OrderedDict[str, _Way] = OrderedDict()
        self._short = 0  # runs that were too short, one after the other
        self._published = 0.0

    def append(self, x: Column, y: Column, came: Arrival = PLAIN, *, is_time: bool = False) -> None:
        """Take points: `x` is finite, `y` may be NaN for a gap.

        is_time: x are times: no clock falls back to begin a run or a curve.
        """
        if not len(x):
            return
        if came.marks is not None:
            # The run that they come to is a scatter from now on.
            _append_marked(self._way_of(came, float(x[0])).series, x, y, came.marks)
            return
        if is_time and self.current.ordered:
            _append_in_order(self.current, x, y)
            return
        series, walk = self._way_of(came, float(x[0]))
        if series.ordered and x[0] >= walk.front and is_sorted(x):
            walk.advance(x)
            series.append(x, y)
        else:
            self._append_parts(came, x, y)

    def set_xy(self, *, xy: bool | None) -> None:
        """Have x swing, or not, or decide by the points."""
        self.xy = xy
        if xy:
            _turn_xy(self.current)
        elif xy is False and not self.current.ordered:
            self.current.turn_ordered()

    def forget(self, series: Series) -> None:
        """Forget a past run, and which producers are in it."""
        for producer in [name for name, way in self._ways.items() if way.series is series]:
            del self._ways[producer]

    # -- producers ---------------------------------------------------------------------------------

    def _way_of(self, came: Arrival, x: float) -> _Way:
        way = self._ways.get(came.producer)
        if way is None:
            if self._begins_again(came, x):
                self.current = self._begin(self.current, came)
            way = self._set_way(came, x)
        self._ways.move_to_end(came.producer)
        self._published = max(self._published, came.published)  # but for NaN
        return way

    def _set_way(self, came: Arrival, x: float) -> _Way:
        way = self._ways[came.producer] = _Way(self.current, Walk(x))
        if len(self._ways) > MAX_PRODUCERS:
            self._ways.popitem(last=False)
        return way

    def _begins_again(self, came: Arrival, x: float) -> bool:
        """True when a new producer does, since the others are silent: a script runs again."""
        current = self.current
        return (
            bool(self._ways)
            and current.ordered
            and x == current.x_range[0] < current.last[0]
            and came.published - self._published > SILENCE
        )

    # -- parts of x that are sorted ----------------------------------------------------------------

    def _append_parts(self, came: Arrival, x: Column, y: Column) -> None:
        """Take points whose x goes backwards somewhere, part by part; and at once where it is
        certain what that comes to.
        """
        if self.xy is False:
            self._append_rounds(came, x, y)
            return
        ends = ends_of_parts(x)
        series, walk = self._ways[came.producer]
        if np.count_nonzero(x[ends[:-1]] == walk.first) > MOST_AT_ONCE:
            _turn_xy(series)
        lo = self._append_each(came, x, y, ends)
        if lo < len(x):
            hi = max([lo, *ends[-1 - PARTS_AT_ONCE :][:1]])
            self._append_rounds(came, x[lo:hi], y[lo:hi])
            self._append_each(came, x[hi:], y[hi:], ends_of_parts(x[hi:]))

    def _append_each(self, came: Arrival, x: Column, y: Column, ends: Sequence[int]) -> int:
        """Take the parts that end there, as many as are looked at; return how many points."""
        begin = looked = 0
        while begin < len(x) and looked < PARTS_AT_ONCE:
            series, end = self._ways[came.producer].series, 0
            if not series.ordered:
                series.append(x[begin:], y[begin:])
                return len(x)
            if len(ends) > LOOK_AHEAD and not looked % LOOK_AHEAD:
                ahead = slice(begin, begin + JOINED)
                end = self._append_certain(came, x[ahead], y[ahead])
            if not end:
                end = ends[bisect_right(ends, begin)] - begin
                part = slice(begin, begin + end)
                self._append_part(came, np.stack((x[part], y[part])), may_change=True)
                looked += 1
            begin += end
        return begin

    def _append_certain(self, came: Arrival, x: Column, y: Column) -> int:
        """Take the first points, and return how many: what they would be one by one."""
        series, walk = self._ways[came.producer]
        if not walk.is_at_front or walk.front < series.last[0]:  # where another producer is
            return 0
        limits = {"fewer_than": CERTAIN_STEPS, "falls": CERTAIN_FALLS}
        late = late_ahead(x, walk.front, walk.first, **limits)
        if not len(late):
            return self._append_certain_rounds(came, x, y)
        x = x[: len(late)]
        series.append_mixed(x, y[: len(late)], late)
        walk.advance(x[~late], int(late.sum()))
        return len(late)

    def _append_certain_rounds(self, came: Arrival, x: Column, y: Column) -> int:
        _, walk = self._ways[came.producer]
        edges = rounds_ahead(x, walk.first, longer_than=SHORT)
        if len(edges) < MAX_RUNS + 3 or not walk.is_jump(walk.first):
            return 0
        self._append_part(came, np.stack((x[: edges[1]], y[: edges[1]])), may_change=True)
        series, walk = self._ways[came.producer]
        if not series.ordered or series is not self.current or walk.count != edges[1]:
            return edges[1]  # it is not certain that it has begun a run
        gone = len(edges) - 2 - MAX_RUNS  # when the others have begun
        self.past += gone
        self._pass_over(gone, edges[1 + gone] - edges[1])
        for begin, end in pairwise(edges[1 + gone :]):
            self._append_part(came, np.stack((x[begin:end], y[begin:end])), may_change=True)
        return edges[-1]

    def _append_rounds(self, came: Arrival, x: Column, y: Column) -> None:
        """Take points of which those that fall back to where the walk began may begin a run, and
        all others that do are late.
        """
        series, walk = self._ways[came.producer]
        starts = rounds(x, walk.first) if series.ordered else []
        if (gone := len(starts) - 1 - MAX_RUNS) > 0:
            del starts[1 : 1 + gone]  # they are one, and go when the last ones have come
            self.past += gone
            self._pass_over(gone, 0)
        for begin, end in pairwise([0, *starts, len(x)]):
            series = self._ways[came.producer].series
            if not series.ordered:
                series.append(x[begin:], y[begin:])
                return
            order = begin + np.argsort(x[begin:end], kind="stable")
            self._append_part(came, np.stack((x[order], y[order])), may_change=False)

    def _append_part(self, came: Arrival, points: Rows, *, may_change: bool) -> None:
        series, walk = self._ways[came.producer]
        fallen = int(np.searchsorted(points[0], walk.front))
        if fallen:
            verdict = walk.fall_back(
                points[:, :fallen], series.count_between, may_change=may_change
            )
            if verdict is Verdict.RUN:
                taken = _taken_back(series, walk)
                points = np.concatenate((taken, points), axis=1)
                self._append_run(came, points, taken.shape[1])
                return
            if verdict is Verdict.CURVE:
                series.turn_xy()
                series.append(*points)
                return
            series.append(*points[:, :fallen])
            self._bound_fallen()
        if fallen < points.shape[1]:
            walk.advance(points[0, fallen:])
            series.append(*points[:, fallen:])

    def _bound_fallen(self) -> None:
        """Remember of all that has fallen back no more than of one walk: not the oldest ones."""
        walks = [way.walk for way in self._ways.values() if way.walk.fallen]
        while sum(walk.n_fallen for walk in walks) > MAX_FALLEN:
            walks.pop(0).give_up()

    def _append_run(self, came: Arrival, points: Rows, fallen: int) -> None:
        """Go on in the next run, which another producer may have begun before; the first `fallen`
        points had been in the past one.
        """
        past = self._ways[came.producer].series
        if past is self.current:
            self._short = self._short + 1 if past.count <= SHORT else 0
            if self._short >= MAX_SHORT and self.xy is None:
                past.turn_xy()
                past.append(*points)
                return
            self.current = self._begin(past, came)
            self.current.inherited, self.current.inherited_from = fallen, past.count
            if self.xy:
                self.current.turn_xy()
        self._set_way(came, float(points[0, 0])).walk.advance(points[0])
        self.current.append(*points)


def _taken_back(series: Series, walk: Walk) -> Rows:
    """Take back what has fallen back, as far as it is held, and return it as it came."""
    if not walk.fallen:
        return np.empty((2, 0))
    return series.take_back(*np.concatenate(walk.fallen, axis=1))


def _turn_xy(series: Series) -> None:
    if series.ordered:
        series.turn_xy()


def _append_marked(series: Series, x: Column, y: Column, marks: Rows) -> None:
    _turn_xy(series)
    if series.marks is None:
        series.marks = Marks(series.points.rows)
        series.rewrites.add(series.points.start, -math.inf)  # pages have them without marks
    series.marks.align(series.points.start, series.count)
    series.marks.append(*marks)
    series.append(x, y)
    series.resized(series)


def _append_in_order(series: Series, x: Column, y: Column) -> None:
    if not is_sorted(x):
        order = np.argsort(x, kind="stable")
        x, y = x[order], y[order]
    series.append(x, y)


def first_free(names: Sequence[str], taken: Container[str]) -> str:
    """Return the first of `names` that is not taken, or the last one with a number behind."""
    free = next((name for name in names if name not in taken), "")
    number = 1
    while not free or free in taken:
        number += 1
        free = f"{names[-1]} {number}"
    return free
