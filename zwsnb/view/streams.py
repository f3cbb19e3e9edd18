"""The vertices that stand for a series on a screen: a stream that grows at its end.  [no I/O]

A stream of columns is M4 (`zwsnb.view.m4`) of the pixel columns of a grid that is fixed in x
(`zwsnb.history.pixel_grid`), so a column that is complete never changes: it is settled, and its
vertices have numbers that stay. Whoever follows the stream needs two numbers (the first vertex it
has, the end of the settled ones) to learn what is new; the last column, still growing, is the
tail. Where a late point takes its place the stream goes back: what was settled from its column on
is settled again, and ``rewrites`` says so.

All subscriptions of a service share one `StreamCache`, so that a hundred viewers on one grid cost
as much as one.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from zwsnb.history.queries import marks_of
from zwsnb.order.rewrites import Rewrites
from zwsnb.view.candle_stream import CandleStream, MadeCandles
from zwsnb.view.curve_stream import FEW_POINTS, Curves, CurveStream
from zwsnb.view.m4 import MOST_OF_A_COLUMN, reduced
from zwsnb.view.scatter_stream import MOST_DOTS, ScatterLook, ScatterStream, begun, look_of
from zwsnb.view.vertex_buffer import FEW_SETTLED, VertexBuffer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows
    from zwsnb.kinds.periods import Periods
    from zwsnb.view.viewport import VisibleRange

MAX_STREAMS: Final = 8
MOST_KEPT: Final = 1 << 22
"""Streams that are kept of a series, and vertices of a plot's (64 MiB), that no page is shown."""

_FEW: Final = MOST_OF_A_COLUMN + 2
MAX_SCATTERS: Final = 4
"""Of one series, that are kept when no page is shown them: each has a megabyte or two."""

_NO_VERTICES: Final = np.empty((2, 0))


class PointStream:
    """The points of a series as vertices: each is settled at once."""

    is_behind = False
    at_once = 1

    def __init__(self, series: Series) -> None:
        self.series = series
        self.tail = _NO_VERTICES

    @property
    def rewrites(self) -> Rewrites:
        """From where on vertices have changed."""
        return self.series.rewrites

    @property
    def first(self) -> int:
        """Number of the first vertex that can be drawn."""
        return self.series.points.start

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

    @property
    def in_sight(self) -> int:
        """Points that the vertices stand for: as many as they are."""
        return self.settled - self.first

    def marks(self, lo: int, hi: int) -> Rows:
        """Return the colours and sizes of vertices lo to hi of a scatter, shape (2, n)."""
        found = marks_of(self.series, lo, hi)
        return np.full((2, hi - lo), np.nan) if found is None else found


class ColumnStream:
    """M4 columns of a series, from point `begin` on, or of the points `begin` to `end`.

    Vertices ``first`` to ``settled`` will not change unless ``rewrites`` says so; ``tail``, shape
    (2, n), is the last column so far. ``is_void`` is True when a late point came before all that
    the stream holds, or among the points up to `end`.
    """

    is_behind = False
    at_once = 1

    def __init__(self, series: Series, grid: Grid, begin: int, end: int | None = None) -> None:
        self.series = series
        self.grid = grid
        self.end = end
        self.rewrites = Rewrites()
        self.is_void = False
        self._followed = series.rewrites.count
        self.tail = _NO_VERTICES
        self._buffer = VertexBuffer()
        self._begin = self._next = begin
        self._seen = begin
        self._column = -math.inf
        self.update()
        self._buffer.keep(max(FEW_SETTLED, 2 * self.settled))

    @property
    def first(self) -> int:
        """Number of the first vertex that is still there."""
        return self._buffer.first

    @property
    def settled(self) -> int:
        """Number after the last settled vertex."""
        return self._buffer.end

    def reaches(self, begin: int, lo: float) -> bool:
        """True when the stream still begins at point `begin`, or left of `lo`, or earlier."""
        if self.first == 0:
            return self._begin <= begin
        return bool(self.vertices(self.first, self.first + 1)[0, 0] <= lo)

    def is_left_behind(self, begin: int) -> bool:
        """True when all points from `begin` on are still to come: who begins there is there at
        once.
        """
        return self.end is None and self._seen < begin

    def has_room(self, n: int) -> bool:
        """True when so many more vertices come without that any is forgotten."""
        return self._buffer.has_room(n)

    def update(self) -> None:
        """Take in the points that came since the last update: settle all columns but the last."""
        self._follow_rewrites()
        end = self.series.count if self.end is None else self.end
        if end == self._seen:
            return
        self._seen = end
        points = self.series.gather(self._next, end, self.grid)
        found = reduced(points, self.grid, self._column)
        if not found.vertices.size:
            return
        self._buffer.append(found.vertices[:, : found.settled])
        self.tail = found.vertices[:, found.settled :]
        if found.column > self._column:
            self._column = found.column
            self._next = max(self._next, self.series.find(self.grid.start_of(self._column)))

    def _follow_rewrites(self) -> None:
        """Go back to before the first point that has changed since the last update."""
        change = self.series.rewrites.since(self._followed)
        if change is None:
            return
        self._followed = self.series.rewrites.count
        if self.end is not None:
            self.is_void = self.is_void or change.first < self.end
            return
        column = float(self.grid.columns(np.array((change.x,)))[0])
        if column > self._column:
            return
        settled = self._find_column(column)
        # Before the first point or vertex there may have been others of this column.
        self.is_void = change.first <= self._begin or settled == self.first > 0
        self._buffer.truncate(settled)
        self.tail = _NO_VERTICES
        self.rewrites.add(settled)
        self._column, self._seen = column, -1
        self._next = max(self._begin, self.series.find(self.grid.start_of(column)))

    def _find_column(self, column: float) -> int:
        """Return the number of the first settled vertex that is not in a column before `column`."""
        number = self.find(self.grid.start_of(column))
        x = self.vertices(number, min(number + _FEW, self.settled))[0]
        return number + bisect_left(self.grid.columns(x), column)

    def find(self, x: float) -> int:
        """Return the number of the first settled vertex that is not left of `x`."""
        return self._buffer.find(x)

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return settled vertices lo to hi, shape (2, n); a view, to be copied before the next
        update.
        """
        return self._buffer.slice(lo, hi)


_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept", bound=ColumnStream | CandleStream)
Stream: TypeAlias = PointStream | ColumnStream | CandleStream | CurveStream | ScatterStream


class _Streams(Generic[_Key, _Kept]):
    """Those of a kind of a series: all that pages are shown, and the others that were used last."""

    def __init__(self) -> None:
        self._there: WeakValueDictionary[_Key, _Kept] = WeakValueDictionary()
        self._used: list[_Kept] = []  # the last one first

    def find(self, key: _Key, begin: int, lo: float) -> _Kept | None:
        """Return a stream, up to date, where it will do from point `begin` and `lo` on."""
        stream = self._there.get(key)
        if stream is None or stream.is_left_behind(begin):
            return None
        stream.update()
        return None if stream.is_void or not stream.reaches(begin, lo) else stream

    def keep(self, key: _Key, stream: _Kept, room: int) -> _Kept:
        """Note that a stream was used last. room: vertices of those that are kept for that."""
        gone, self._there[key] = self._there.get(key), stream
        used = [stream, *(each for each in self._used if each not in (gone, stream))]
        sizes = accumulate(each.settled - each.first for each in used)
        kept = zip(used[:MAX_STREAMS], sizes, strict=False)
        self._used = [each for each, size in kept if size <= room]
        return stream

    def clear(self) -> None:
        """Forget all."""
        self._there.clear()
        self._used.clear()


class SeriesStreams:
    """The streams of one series: its points, and columns."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.points = PointStream(series)
        self.generation = series.generation
        self.room = MOST_KEPT  # vertices of streams that nobody is shown
        self._columns: _Streams[tuple[Grid, int, int | None], ColumnStream] = _Streams()
        self._candles: _Streams[tuple[Periods, int | None], CandleStream] = _Streams()
        self._made = MadeCandles(series)
        self.curves = Curves(series)
        # Each page holds its own, so that one has its points however many there are.
        self._scatters: WeakValueDictionary[ScatterLook, ScatterStream] = WeakValueDictionary()
        self._scatters_used: list[ScatterStream] = []  # the last ones, the last one first

    def drop_columns(self) -> None:
        """Drop the columns of a series that has become a curve, or is none any more."""
        self.generation = self.series.generation
        self._columns.clear()
        self._candles.clear()
        self._made.clear()
        self.curves.clear()
        self._scatters.clear()
        self._scatters_used.clear()

    def columns(self, grid: Grid, begin: int, lo: float, end: int | None) -> ColumnStream:
        """Return the columns of `grid` from point `begin` on (or the points up to `end`), up to
        date.

        One that has forgotten its beginning will do when it still reaches left of `lo`.
        """
        key = (grid, begin if end is not None else 0, end)
        stream = self._columns.find(key, begin, lo) or ColumnStream(self.series, grid, begin, end)
        return self._columns.keep(key, stream, self.room)

    def candles(self, periods: Periods, begin: int, lo: float, end: int | None) -> CandleStream:
        """Return the candles from that of point `begin` on (or up to that before point `end`), up
        to date.
        """
        key = (periods, end)
        stream = self._candles.find(key, begin, lo)
        stream = stream or CandleStream(self.series, periods, begin, end, self._made)
        return self._candles.keep(key, stream, self.room)

    def curve(self, visible: VisibleRange) -> Stream:
        """Return a curve as `visible` shows it, up to date: its points, or their strokes where they
        are very many.
        """
        if self.series.count - self.series.points.start <= FEW_POINTS:
            return self.points
        return self.curves.of(visible)

    def scatter(self, visible: VisibleRange, *, is_counted: bool = False) -> Stream:
        """Return a scatter as `visible` shows it, up to date: its points, or the newest of each
        place where they are very many; or, of however few, how many are where.
        """
        if not is_counted and self.series.count - self.series.points.start <= MOST_DOTS:
            return self.points
        look = look_of(visible, is_counted=is_counted)
        stream = self._scatters.get(look)
        if stream is None or stream.is_void:
            stream = begun(self.series, look, visible.lo, self._scatters_used)
            self._scatters[look] = stream
        stream.update(visible.lo)
        others = [each for each in self._scatters_used if each is not stream and not each.is_void]
        self._scatters_used = [stream, *others][:MAX_SCATTERS]
        return stream


class PlotStreams:
    """The streams of one plot, by series."""

    def __init__(self) -> None:
        self._by_series: dict[int, SeriesStreams] = {}

    def of(self, series: Series) -> SeriesStreams:
        """Return the streams of `series`, none of them of what it was before it was a curve, or of
        one that had its number before.
        """
        found = self._by_series.get(series.ident)
        if found is None or found.series is not series:
            found = self._by_series[series.ident] = SeriesStreams(series)
        elif found.generation != series.generation:
            found.drop_columns()
        found.room = MOST_KEPT // len(self._by_series)
        return found

    def forget_all_but(self, series: Iterable[Series]) -> None:
        """Forget the streams of series that the plot has no more: each run has a number of its own,
        and they would pile up.
        """
        idents = {each.ident for each in series}
        for ident in self._by_series.keys() - idents:
            del self._by_series[ident]


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
