"""The vertices that stand for a series on a screen: a stream that only grows at its end.  [no I/O]

A stream of columns is M4 (`zwsnb.view.m4`) of the pixel columns of a grid that is fixed in x
(`zwsnb.history.pixel_grid`), so a column that is complete never changes: it is settled, and its
vertices have numbers that stay. Whoever follows the stream needs two numbers (the first vertex it
has, the end of the settled ones) to learn what is new; the last column, still growing, is the
tail.

All subscriptions of a service share one `StreamCache`, so that a hundred viewers on one grid cost
as much as one.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, TypeAlias
from weakref import WeakValueDictionary

import numpy as np

from zwsnb.view.m4 import reduced

if TYPE_CHECKING:
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.protocol.arrays import Rows

MAX_SETTLED: Final = 1 << 18
"""Vertices that a stream keeps: eight times what the widest screen shows."""

MAX_STREAMS: Final = 8
"""Streams of columns that are kept of a series for subscriptions to share, the last used ones."""

_FIRST_SETTLED: Final = 1024
_NO_VERTICES: Final = np.empty((2, 0))


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

    def find(self, x: float) -> int:
        """Return the number of the first vertex that is not left of `x`."""
        return self.series.points.find(x)

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return vertices lo to hi, shape (2, n)."""
        return self.series.points.slice(lo, hi)


class ColumnStream:
    """M4 columns of a series, from point `begin` on, or of the points `begin` to `end`.

    Vertices ``first`` to ``settled`` will not change; ``tail``, shape (2, n), is the last column so
    far.
    """

    def __init__(self, series: Series, grid: Grid, begin: int, end: int | None = None) -> None:
        self.series = series
        self.grid = grid
        self.end = end
        self.first = 0
        self.settled = 0
        self.tail = _NO_VERTICES
        self._buffer = np.empty((2, _FIRST_SETTLED))
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
        points = self.series.gather(self._next, end, self.grid)
        found = reduced(points, self.grid, self._column)
        if not found.vertices.size:
            return
        self._settle(found.vertices[:, : found.settled])
        self.tail = found.vertices[:, found.settled :]
        if found.column > self._column:
            self._column = found.column
            self._next = max(self._next, self.series.find(self.grid.start_of(self._column)))

    def _settle(self, vertices: Rows) -> None:
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

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return settled vertices lo to hi, shape (2, n); a view, to be copied before the next
        update.
        """
        return self._buffer[:, lo - self.first : hi - self.first]


Stream: TypeAlias = PointStream | ColumnStream


class SeriesStreams:
    """The streams of one series: its points, and the columns that were used last."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.points = PointStream(series)
        self.generation = series.generation
        self._columns: dict[tuple[Grid, int, int | None], ColumnStream] = {}

    def drop_columns(self) -> None:
        """Drop the columns of a series that has been cleared, or has turned into XY mode."""
        self.generation = self.series.generation
        self._columns.clear()

    def columns(self, grid: Grid, begin: int, lo: float, end: int | None) -> ColumnStream:
        """Return the columns of `grid` from point `begin` on (or the points up to `end`), up to
        date.

        One that has forgotten its beginning will do when it still reaches left of `lo`.
        """
        key = (grid, begin if end is not None else 0, end)
        stream = self._columns.pop(key, None)
        if stream is None or not stream.reaches(begin, lo):
            stream = ColumnStream(self.series, grid, begin, end)
        stream.update()
        self._columns[key] = stream
        while len(self._columns) > MAX_STREAMS:
            del self._columns[next(iter(self._columns))]
        return stream


class PlotStreams:
    """The streams of one plot, by series."""

    def __init__(self) -> None:
        self._by_series: dict[int, SeriesStreams] = {}

    def of(self, series: Series) -> SeriesStreams:
        """Return the streams of `series`, none of them of what it was before it was cleared."""
        found = self._by_series.get(series.ident)
        if found is None:
            found = self._by_series[series.ident] = SeriesStreams(series)
        elif found.generation != series.generation:
            found.drop_columns()
        return found


class StreamCache:
    """The streams of all plots that somebody looks at.

    Those of a plot live as long as a subscription holds them, and so does the memory they take.
    """

    def __init__(self) -> None:
        self._by_plot: WeakValueDictionary[Plot, PlotStreams] = WeakValueDictionary()

    def of(self, plot: Plot) -> PlotStreams:
        """Return the streams of `plot`, to be held by whoever uses them."""
        found = self._by_plot.get(plot)
        if found is None:
            found = self._by_plot[plot] = PlotStreams()
        return found
