"""The vertices that stand for a series on a screen: a stream that only grows at its end.  [no I/O]

M4: of all points in a pixel column, the first, the lowest, the highest and the last draw the same
picture as all of them (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation",
VLDB 2014). The columns lie on a grid that is fixed in x (`zwsnb.history.pixel_grid`), so a column
that is complete never changes: it is settled, and its vertices have numbers that stay. Whoever
follows the stream needs two numbers (the first vertex it has, the end of the settled ones) to be
told what is new; the last column, still growing, is the tail.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.protocol.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.series import Series

    Column = NDArray[np.float64]

MAX_SETTLED: Final = 1 << 18
"""Vertices that a stream keeps: eight times what the widest screen shows."""


_MOST_COLUMNS: Final = 2.0**52

_NO_VERTICES: Final = np.empty((2, 0))
_ZERO: Final = np.zeros(1, dtype=np.intp)


class Reduced(NamedTuple):
    """Vertices, shape (2, n), of which the first `settled` are of columns before the last one,
    which has the number `column`.
    """

    vertices: NDArray[np.float64]
    settled: int
    column: float


def m4_mask(column: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points of sorted `column` numbers draw the picture of all: M4 of each column,
    and a NaN at an edge in a gap.
    """
    mark = np.zeros(len(y), dtype=bool)
    if not len(y):
        return mark
    starts = _starts(column)
    mark[starts] = mark[starts - 1] = True  # before the first column stands the last point of all
    missing = np.isnan(y)
    if not missing.any():
        _mark_extremes(mark, starts, y, None)
        return mark
    finite = np.flatnonzero(~missing)
    if len(finite):
        inner = _starts(column[finite])
        mark[finite[inner]] = mark[finite[inner - 1]] = True
        _mark_extremes(mark, inner, y[finite], finite)
    return mark


def _starts(column: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.concatenate((_ZERO, (column[1:] != column[:-1]).nonzero()[0] + 1))


def _mark_extremes(
    mark: NDArray[np.bool_],
    starts: NDArray[np.intp],
    y: NDArray[np.float64],
    index: NDArray[np.intp] | None,
) -> None:
    sizes = np.diff(starts, append=len(y))
    for extreme in (np.minimum, np.maximum):
        hits = np.flatnonzero(y == np.repeat(extreme.reduceat(y, starts), sizes))
        # Of equal extremes the first one will do.
        owner = np.searchsorted(starts, hits, side="right")
        hits = hits[_starts(owner.astype(np.float64))]
        mark[hits if index is None else index[hits]] = True


def reduced(data: Column, grid: Grid, since: float) -> Reduced:
    """Return M4 of `data`, shape (2, n), x and y in order of time, from the column `since` on."""
    return (
        _few_reduced(data, grid, since) if data.shape[1] <= LIST_LIMIT else None
    ) or _many_reduced(data, grid, since)


def _many_reduced(data: Column, grid: Grid, since: float) -> Reduced:
    column = grid.columns(data[0])
    begin = bisect_left(column, since)
    data, column = data[:, begin:], column[begin:]
    if not len(column):
        return Reduced(_NO_VERTICES, 0, since)
    mark = m4_mask(column, data[1])
    settled = np.count_nonzero(mark[: bisect_left(column, column[-1])])
    return Reduced(np.stack((data[0][mark], data[1][mark])), int(settled), float(column[-1]))


def _few_reduced(data: Column, grid: Grid, since: float) -> Reduced | None:
    """Return the same for points without gaps, in columns that can be counted, on a linear axis;
    None for others.
    """
    x, y = data.tolist()
    if grid.log or not x or math.isnan(sum(y)) or max(-x[0], x[-1]) >= _MOST_COLUMNS * grid.width:
        return None
    picked: list[int] = []
    settled, column = 0, since
    begin = bisect_left(x, since * grid.width)
    while begin < len(x):
        column = math.floor(x[begin] / grid.width)
        end = bisect_left(x, (column + 1) * grid.width, begin)
        part = y[begin:end]
        settled = len(picked)
        picked += sorted(
            {begin, begin + part.index(min(part)), begin + part.index(max(part)), end - 1}
        )
        begin = end
    return Reduced(np.array(([x[i] for i in picked], [y[i] for i in picked])), settled, column)


class PointStream:
    """The points of a series as vertices: each is settled at once."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.tail = _NO_VERTICES

    @property
    def first(self) -> int:
        """Number of the first vertex that can be drawn."""
        return self.series.first_shown

    @property
    def settled(self) -> int:
        """Number after the last vertex."""
        return self.series.count

    def update(self) -> None:
        """Take in new points: there is nothing to do."""

    def find(self, x: float) -> int:
        """Return the number of the first vertex that is not left of `x`."""
        return self.series.points.find(x)

    def vertices(self, lo: int, hi: int) -> NDArray[np.float64]:
        """Return vertices lo to hi, shape (2, n)."""
        return self.series.points.slice(lo, hi)


class ColumnStream:
    """M4 columns of a series, from point `begin` on, or of the points `begin` to `end`.

    Vertices ``first`` to ``settled`` will not change; ``tail``, shape (2, n), is the last column so
    far. Viewers on the same grid share a stream.
    """

    def __init__(self, series: Series, grid: Grid, begin: int, end: int | None = None) -> None:
        self.series = series
        self.grid = grid
        self.end = end
        self.first = 0
        self.settled = 0
        self.tail = _NO_VERTICES
        self._buffer = np.empty((2, 1024))
        self._begin = self._next = begin
        self._seen = begin
        self._column = -math.inf
        self.update()

    def reaches(self, begin: int, lo: float) -> bool:
        """True when the stream still begins at point `begin`, or left of `lo`, or earlier."""
        return self._begin <= begin if self.first == 0 else bool(self._buffer[0, 0] <= lo)

    def update(self) -> None:
        """Take in the points that came since the last update: settle all columns but the last."""
        end = self.series.count if self.end is None else self.end
        if end == self._seen:
            return
        self._seen = end
        data = self.series.gather(self._next, end, self.grid)
        found = reduced(data, self.grid, self._column)
        if not found.vertices.size:
            return
        self._settle(found.vertices[:, : found.settled])
        self.tail = found.vertices[:, found.settled :]
        if found.column > self._column:
            self._column = found.column
            self._next = max(self._next, self.series.find(self.grid.begin(self._column)))

    def _settle(self, vertices: NDArray[np.float64]) -> None:
        used, n = self.settled - self.first, vertices.shape[1]
        if used + n > self._buffer.shape[1]:
            used = self._make_room(used, n)
        self._buffer[:, used : used + n] = vertices
        self.settled += n

    def _make_room(self, used: int, n: int) -> int:
        """Grow the buffer, or forget the older half of a long one; return how many vertices are
        left.
        """
        drop = used // 2 if used + n > MAX_SETTLED else 0
        kept = self._buffer[:, drop:used]
        self._buffer = np.empty((2, 2 * (used - drop + n)))
        self._buffer[:, : used - drop] = kept
        self.first += drop
        return used - drop

    def find(self, x: float) -> int:
        """Return the number of the first settled vertex that is not left of `x`."""
        return self.first + bisect_left(self._buffer[0], x, 0, self.settled - self.first)

    def vertices(self, lo: int, hi: int) -> NDArray[np.float64]:
        """Return settled vertices lo to hi, shape (2, n); a view, to be copied before the next
        update.
        """
        return self._buffer[:, lo - self.first : hi - self.first]
