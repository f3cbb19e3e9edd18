"""What a reader of a plot asks of the history: the point next to the pointer, the statistics of a
selection.  [no I/O]

The page draws columns, which are a picture; an answer comes from the points themselves as long as
they are held, and from the extremes of their cells, and says so, where they have been evicted. Long
work goes block by block, so that whoever does it can let others run between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict
from weakref import ref

import numpy as np

from zwsnb.history.cells import cell_size
from zwsnb.history.pixel_grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows


_LEAST_SQUARES: Final = 1e-290
"""Smaller sums of squares have lost digits."""


ENOUGH: Final = 1_000
"""Cells of a range that show it where its points have been evicted: about one a pixel."""


class NearestPoint(TypedDict):
    """A point of the series ``id``; ``y`` is None in a gap.

    ``exact`` is False when the points there have been evicted: then it is the nearest extreme of a
    cell.
    """

    id: int
    x: float
    y: float | None
    exact: bool


class Summary(TypedDict):
    """Statistics as JSON has them: None where there is no value; ``sd`` is of a sample (n - 1)."""

    count: int
    gaps: int
    mean: float | None
    min: float | None
    max: float | None
    sd: float | None


class Measurement(Summary):
    """The statistics of a selection of the series ``id``; ``complete`` is False when some of its
    points have been evicted.
    """

    id: int
    complete: bool


def is_held(series: Series, lo: float, hi: float) -> bool:
    """Return whether a range of x may still be drawn: its points are held, or cells enough."""
    pyramid = series.pyramid
    if not pyramid.points.start:
        return True
    if not series.ordered:
        return False
    begin, end = pyramid.find(lo), pyramid.find(hi)
    levels = range(len(pyramid.levels))
    finest = next((level for level in levels if pyramid.held_from(level) <= begin), None)
    if finest is None:
        return False
    return finest == 0 or end - begin >= ENOUGH * cell_size(finest)


def nearest(series: Series, x: float) -> NearestPoint | None:
    """Return the point of `series` whose x is nearest to `x`; None when there is none, and in XY
    mode.
    """
    if not series.count or not series.ordered:
        return None
    begin = series.find(x)
    exact = begin >= series.points.start
    if exact:
        near = series.points.slice(max(series.points.start, begin - 1), begin + 1)
    else:
        near = series.gather(max(0, begin - 1), begin + 1, Grid(0.0))
    # Halved, since the difference of two doubles may be none.
    i = int(np.abs(near[0] / 2 - x / 2).argmin())
    y = float(near[1, i])
    return {
        "id": series.ident,
        "x": float(near[0, i]),
        "y": y if math.isfinite(y) else None,
        "exact": exact,
    }


def marks_of(series: Series, lo: int, hi: int) -> Rows | None:
    """Return the colours and sizes of the points lo to hi of a scatter, as far as they are held,
    shape (2, n); None of what is none.
    """
    if series.marks is None:
        return None
    series.marks.align(series.points.start, series.count)
    return series.marks.slice(lo, hi)


def with_marks(series: Series, lo: int, hi: int) -> Rows:
    """Return the points lo to hi, as far as they are held: x and y, shape (2, n), and of a scatter
    color and size, shape (4, n).
    """
    points, marks = series.points.slice(lo, hi), marks_of(series, lo, hi)
    return points if marks is None else np.concatenate((points, marks))


def blocks_with_marks(series: Series, lo: int, hi: int) -> Iterator[Rows]:
    """Yield the same block by block, some of them views."""
    begin = max(lo, series.points.start)
    for block in series.points.slices(lo, hi):
        end = begin + block.shape[1]
        yield block if series.marks is None else with_marks(series, begin, end)
        begin = end


class Reordered(Exception):
    """The points of a series have become a curve, or are none any more, while they were read."""


class Passage:
    """A way through the points of a series from x `lo` to `hi`, as far as they are held, for a
    reader that takes its time. It holds none of them, and not the series: what is forgotten before
    it comes there is left out, so that a slow reader costs nobody memory. Nothing comes twice, and
    of what comes meanwhile only late points may.

    ``name`` is that of the series, ``columns`` 2 or of a scatter 4, and ``rows`` how many there are
    at most: of a curve each x is still to be compared.
    """

    def __init__(self, series: Series, lo: float = -math.inf, hi: float = math.inf) -> None:
        begin, end = held_between(series, lo, hi)
        self.name, self.columns, self.rows = series.name, 4 if series.marks else 2, end - begin
        self._series = ref(series)
        self._next, self._end = begin, end
        self._last, self._same = lo, 0  # the last x that was taken, and how often
        self._hi = min(hi, series.last[0]) if series.ordered else hi
        self._rewrites, self._generation = series.rewrites.count, series.generation

    def take(self, most: int) -> Rows | None:
        """Return the next points, `most` at most, shape (2, n) or (4, n): a view, not to be held;
        None at the end.

        Raises:
            Reordered: nobody can say which of them were taken.
        """
        series = self._series()
        if series is None:
            return None
        self._follow(series)
        begin, end = max(self._next, series.points.start), min(self._end, series.count)
        if begin >= end:
            return None
        rows = next(blocks_with_marks(series, begin, min(end, begin + most)))[: self.columns]
        self._next = begin + rows.shape[1]
        if series.ordered:
            self._note(rows[0])
        return rows

    def _note(self, x: Column) -> None:
        last = float(x[-1])
        same = len(x) - int(np.searchsorted(x, last))
        self._same = same + self._same if last == self._last else same
        self._last = last

    def _follow(self, series: Series) -> None:
        """Go where late points that have taken their places have moved the next one."""
        if series.generation != self._generation:
            raise Reordered(f"{self.name!r} has been put in another order")
        change = series.rewrites.since(self._rewrites)
        if change is None or not series.ordered:
            return
        self._rewrites = series.rewrites.count
        if change.first < self._next:
            behind = series.find(math.nextafter(self._last, math.inf))
            # No further: of those at the last x some may have been taken back.
            self._next = min(series.find(self._last) + self._same, behind)
        self._end = series.find(math.nextafter(self._hi, math.inf))


def held_between(series: Series, lo: float, hi: float) -> tuple[int, int]:
    """Return which points of a series are held with lo <= x <= hi: first, and after the last; of a
    curve all.
    """
    if not series.ordered:
        return series.points.start, series.count
    return max(series.points.start, series.find(lo)), series.find(math.nextafter(hi, math.inf))


@dataclass(slots=True)
class Statistics:
    """Count, mean, extremes and deviation of what has been added, by Chan's method: blocks in any
    number, no loss of digits.

    Chan, Golub, LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample
    Variances", 1979.
    """

    count: int = 0
    gaps: int = 0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def add(self, y: Column) -> None:
        """Add values; NaN is a gap."""
        values = y[~np.isnan(y)]
        n = len(values)
        self.gaps += len(y) - n
        if not n:
            return
        total = self.count + n
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            mean = _mean(values)
            shift = mean - self.mean
            self.squares += float(np.square(values - mean).sum())
            self.squares += shift * shift * self.count * n / total
        if math.isfinite(shift):
            self.mean += shift * (n / total)
        else:
            self.mean = self.mean * (self.count / total) + mean * (n / total)
        self.count = total
        self.low = min(self.low, float(values.min()))
        self.high = max(self.high, float(values.max()))

    def summary(self) -> Summary:
        """Return the statistics as JSON has them."""
        some = self.count > 0
        return {
            "count": self.count,
            "gaps": self.gaps,
            # Rounded, it may lie beyond what has been added, and beyond what doubles can be.
            "mean": min(max(self.mean, self.low), self.high) if some else None,
            "min": self.low if some else None,
            "max": self.high if some else None,
            "sd": self._deviation,
        }

    @property
    def _deviation(self) -> float | None:
        """None also where the squares are beyond what doubles can be."""
        if self.count < 2:
            return None
        if self.low == self.high:
            return 0.0
        is_known = _LEAST_SQUARES < self.squares < math.inf
        return math.sqrt(self.squares / (self.count - 1)) if is_known else None


def _mean(values: Column) -> float:
    mean = float(values.mean())
    return mean if math.isfinite(mean) else float((values / len(values)).sum())


def measure(series: Series, lo: float, hi: float) -> Iterator[Measurement | None]:
    """Yield None after each block, and at last the statistics of the points with lo <= x <= hi that
    are held.
    """
    statistics = Statistics()
    begin, end = 0, series.count
    if series.ordered:
        begin, end = series.find(lo), series.find(math.nextafter(hi, math.inf))
    held = max(begin, series.points.start)
    ordered = series.ordered
    # All blocks now: a late point meanwhile would move the numbers of the rest.
    for x, y in list(series.points.slices(held, end)):
        statistics.add(y if ordered else y[(x >= lo) & (x <= hi)])
        yield None
    yield {"id": series.ident, "complete": held == begin, **statistics.summary()}
