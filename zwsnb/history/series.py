"""One series: its points, and over them a pyramid of extremes.  [no I/O]

Points are held in the order of x. A late one, which comes when points with a larger x are there, is
put in its place: it waits until somebody reads, so that of many late points a frame has one merge,
and that costs what lies behind the first of them. A curve, whose x swings, is held in the order in
which it was published instead (`turn_xy`): it has no pyramid.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.late import MAX_WAITING, Late, numbers_of
from zwsnb.history.pixel_grid import SMALLEST, least_above_0
from zwsnb.history.pyramid import Pyramid
from zwsnb.order.rewrites import Rewrites

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zwsnb.history.blocks import Blocks, Marks
    from zwsnb.history.late import LatePoint
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.pyramid import Held
    from zwsnb.kinds.arrays import Column, Rows

BESIDE: Final = 2_816
"""Bytes of a series beside its points, about: of thousands of short ones they are the most."""


def nobody(_: Series) -> None:
    """Hear of no change of size."""


class Series:
    """One series: points 0 to ``count``, of which ``points`` holds the newest, and ``pyramid``
    their extremes.

    ``ordered`` is False for a curve. ``last`` is the point with the largest x, of a curve the
    newest one; ``x_range`` the smallest and largest x ever seen. ``generation`` changes when all
    that was made of the points is void: the series becomes a curve; ``rewrites`` says what is void
    since a late point took its place. ``too_late`` points had their place where nothing is held any
    more: they are not counted. ``marks`` are the colours and sizes of a scatter, which is a curve.
    ``resized`` is called when it takes more memory than before, or less.

    It is a run of the published name ``of``, for which ``run`` is what the publisher called it (or
    empty), ``cell`` the number of the notebook cell in which it began, and ``number`` counts the
    past ones (0: it is the current one). ``name`` tells it from the others. ``rank`` is where it
    stands among them, the newest run first at one. ``slot`` is the number of its
    colour: that of its published name, or of its named run.
    """

    def __init__(
        self,
        ident: int,
        name: str,
        *,
        of: str = "",
        run: str = "",
        cell: int | None = None,
        slot: int = 0,
    ) -> None:
        self.ident = ident
        self.name = name
        self.of = of or name
        self.run = run
        self.cell = cell
        self.slot = slot
        self.number = self.rank = 0
        # So many of its first points came as late ones of the run before, from that arrival on.
        self.inherited = self.inherited_from = 0
        self.too_late = 0
        self.generation = 0
        self._pyramid = Pyramid()
        self.ordered = True
        self.marks: Marks | None = None
        self.last = (math.nan, math.nan)
        self.x_range = (math.nan, math.nan)
        self.least_above_0 = math.inf  # of the x of a curve
        self._rewrites = Rewrites()
        self._late = Late()
        self.resized: Callable[[Series], None] = nobody

    @property
    def count(self) -> int:
        """Points that it took."""
        return self._pyramid.points.end + self._late.waiting

    @property
    def pyramid(self) -> Pyramid:
        """The points and their cells, late ones in their places."""
        if self._late.waiting:
            self._merge()
        return self._pyramid

    @property
    def points(self) -> Blocks:
        """The points that are held, late ones in their places."""
        return self.pyramid.points

    @property
    def has_late(self) -> bool:
        """True while late points wait for their places."""
        return self._late.waiting > 0

    @property
    def rewrites(self) -> Rewrites:
        """From where on points have changed."""
        if self._late.waiting:
            self._merge()
        return self._rewrites

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        beside = BESIDE + self.marks.nbytes if self.marks else BESIDE
        return self._pyramid.nbytes + self._late.nbytes + beside

    # -- growing -----------------------------------------------------------------------------------

    def append(self, x: Column, y: Column) -> None:
        """Take points; `x` is finite, and sorted unless the series is a curve; `y` may be NaN for a
        gap. O(1) amortised a point that is not late.
        """
        if not len(x):
            return
        late = self._late_among(x) if self.ordered else 0
        if late:
            self._wait(x[:late], y[:late])
            x, y = x[late:], y[late:]
        if (len(x) and self._append_newest(x, y)) or late:
            self.resized(self)

    def append_mixed(self, x: Column, y: Column, is_late: NDArray[np.bool_]) -> None:
        """Take points of which some come late; the others are sorted, and the newest of all."""
        points = self._pyramid.points
        if points.start:
            is_gone = is_late & (x < points.blocks[0][0, 0])
            self.too_late += int(is_gone.sum())
            x, y, is_late = x[~is_gone], y[~is_gone], is_late[~is_gone]
        arrivals = self.count + np.flatnonzero(is_late).astype(np.float64)
        self._append_newest(x[~is_late], y[~is_late])
        if len(arrivals):
            self._add_late(x[is_late], y[is_late], arrivals)
        self.resized(self)

    def _late_among(self, x: Column) -> int:
        """Return how many of `x`, sorted, come late."""
        newest = self.last[0]
        if not x[0] < newest:  # nearly always; and NaN before the first point
            return 0
        return int(np.searchsorted(x, newest))

    def _append_newest(self, x: Column, y: Column) -> bool:
        """Take points that are not late; True when they may take more memory than before."""
        points = self._pyramid.points
        before = points.nbytes
        points.append(x, y)
        self.last = (float(x[-1]), float(y[-1]))
        if self.ordered:
            self._extend_range(x[0], x[-1])
            return self._pyramid.raise_in_bunches() or points.nbytes != before
        self._extend_range(x.min(), x.max())
        self.least_above_0 = min(self.least_above_0, least_above_0(x))
        return points.nbytes != before

    def _extend_range(self, lo: float, hi: float) -> None:
        least, largest = self.x_range
        # Both are NaN before the first point.
        self.x_range = (
            least if least <= lo else float(lo),
            largest if largest >= hi else float(hi),
        )

    # -- late points -------------------------------------------------------------------------------

    def _wait(self, x: Column, y: Column) -> None:
        """Let late points wait for their places, but those whose places are gone."""
        gone = self._gone_among(x)
        x, y = x[gone:], y[gone:]
        if len(x):
            self._add_late(x, y, np.arange(self.count, self.count + len(x), dtype=np.float64))

    def _add_late(self, x: Column, y: Column, arrivals: Column) -> None:
        self._late.add(x, y, arrivals)
        self._extend_range(x.min(), x.max())
        if self._late.waiting > MAX_WAITING:
            self._merge()

    def _gone_among(self, x: Column) -> int:
        """Count those of `x`, sorted, that are older than all that is held, and return how many."""
        points = self._pyramid.points
        if not points.start:
            return 0
        gone = int(np.searchsorted(x, points.blocks[0][0, 0]))
        self.too_late += gone
        return gone

    def _merge(self) -> None:
        """Put the late points that wait in their places, behind others of the same x."""
        x, y = self._late.take()
        order = np.argsort(x, kind="stable")
        x, y = x[order], y[order]
        gone = self._gone_among(x)  # something may have been evicted meanwhile
        x, y = x[gone:], y[gone:]
        if not len(x):
            return
        begin = self._pyramid.points.find(math.nextafter(float(x[0]), math.inf))
        tail = self._pyramid.points.slice(begin, self._pyramid.points.end)
        at = np.searchsorted(tail[0], x, side="right")
        self.rewrite(begin, np.insert(tail, at, np.stack((x, y)), axis=1), float(x[0]))

    def rewrite(self, begin: int, tail: Rows, x: float) -> None:
        """Have the points from number `begin` on be `tail`; `x` is the first that has changed."""
        points = self._pyramid.points
        self._pyramid.truncate(begin)
        points.append(tail[0], tail[1])
        self._rewrites.add(begin, x)
        if self.ordered:
            self._pyramid.raise_in_bunches()
        if points.end:
            newest = points.slice(points.end - 1, points.end)
            self.last = (float(newest[0, 0]), float(newest[1, 0]))
        self.resized(self)

    def late_since(self, arrival: int) -> list[LatePoint]:
        """Return the late points that came as number `arrival` or after it, as far as they are
        remembered.
        """
        return self._late.since(arrival)

    def take_back(self, x: Column, y: Column) -> Rows:
        """Forget points that have come late just now, since they are the first ones of something
        else, and return them, shape (2, n): but those of which nothing is held, which stay counted
        as they are.
        """
        points = self.points
        found = numbers_of(points, zip(x.tolist(), y.tolist(), strict=True))
        numbers = [number for number in found if number is not None]
        taken = np.stack((x, y))[:, [number is not None for number in found]]
        if not numbers:
            return taken
        begin = min(numbers)
        tail = points.slice(begin, points.end)
        left = np.delete(tail, [number - begin for number in numbers], axis=1)
        self.rewrite(begin, left, float(tail[0, 0]))
        if not points.start:
            self.x_range = (float(points.slice(0, 1)[0, 0]), self.last[0])
        self._late.forget_newest(len(numbers))
        return taken

    def count_between(self, lo: float, hi: float) -> int:
        """Return how many points have an x from `lo` to `hi`, about, where some are evicted."""
        # Those that wait are counted where they are: a merge for each point that comes late would
        # cost what lies behind it.
        beyond = math.nextafter(hi, math.inf)
        waiting = self._late.rows()[0]
        return (
            self._pyramid.find(beyond)
            - self._pyramid.find(lo)
            + int(np.count_nonzero((waiting >= lo) & (waiting <= hi)))
        )

    def turn_xy(self) -> None:
        """Become a curve: hold the points in the order in which they were published."""
        points, late = self.points, self._late.since(0)
        found = numbers_of(points, [(each.x, each.y) for each in late])
        pairs = [
            (number, each.arrival)
            for number, each in zip(found, late, strict=True)
            if number is not None
        ]
        # What is before all of them is as it was published.
        begin = max(points.start, min(map(min, pairs), default=points.end))
        numbers = [number - begin for number, _ in pairs]
        places = np.array([arrival - begin for _, arrival in pairs], dtype=np.intp)
        rows = points.slice(begin, points.end)
        others = np.delete(rows, numbers, axis=1)
        at = np.clip(places - np.arange(len(places)), 0, others.shape[1])
        least = points.find(SMALLEST)
        self.least_above_0 = least_above_0(points.slice(least, least + 1)[0])
        self.ordered = False
        self.generation += 1
        self._pyramid.drop_cells()
        self.rewrite(begin, np.insert(others, at, rows[:, numbers], axis=1), -math.inf)
        self._rewrites.add(points.start, -math.inf)  # whoever has some has them as a line
        self._late.forget()

    def turn_ordered(self) -> None:
        """Be no curve any more: put the points in the order of x. One that has forgotten points
        stays a curve, and so does a scatter.
        """
        points = self._pyramid.points
        if points.start or self.marks:
            return
        x, y = points.slice(0, points.end)
        order = np.argsort(x, kind="stable")
        self.ordered = True
        self.generation += 1
        self.rewrite(0, np.stack((x[order], y[order])), -math.inf)

    # -- what is held ------------------------------------------------------------------------------

    def find(self, x: float, *, after: bool = False) -> int:
        """Return the number of the first point that is not left of `x`, as `Pyramid.find`."""
        return self.pyramid.find(x, after=after)

    def next_x(self, x: float) -> float:
        """Return the first x not left of `x`, or the largest; of a curve the least above 0."""
        if not self.ordered:
            return self.least_above_0 if self.least_above_0 >= x else self.x_range[1]
        return self.pyramid.x_of(min(self.find(x, after=True), self.count - 1))

    def gather(self, lo: int, hi: int, grid: Grid) -> Rows:
        """Return what stands for the points lo to hi in columns of `grid`, as `Pyramid.gather`."""
        return self.pyramid.gather(lo, hi, grid)

    def evict(self) -> bool:
        """Forget the oldest points, as `Pyramid.evict`; False when there are none to spare."""
        if self.ordered and self._pyramid.has_spare:
            self.pyramid.raise_levels()  # the points that leave have to stand in cells
        is_evicted = self.pyramid.evict()
        if self.marks:
            self.marks.align(self.points.start, self.count)
        return is_evicted

    def held(self) -> list[Held]:
        """Return what is held at which resolution, finest first."""
        return self.pyramid.held()
