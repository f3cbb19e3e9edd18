"""The streams of one series: those that pages are shown, and the last ones used.  [no I/O]"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar
from weakref import WeakValueDictionary

from zwsnb.view.streams.candle_stream import CandleStream, MadeCandles
from zwsnb.view.streams.column_stream import ColumnStream, PointStream
from zwsnb.view.streams.curve_stream import FEW_POINTS, Curves, CurveStream
from zwsnb.view.streams.scatter_stream import MOST_DOTS, ScatterLook, ScatterStream, begun, look_of

if TYPE_CHECKING:
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.series import Series
    from zwsnb.kinds.periods import Periods
    from zwsnb.view.viewport import VisibleRange

MAX_STREAMS: Final = 8
MOST_KEPT: Final = 1 << 22
"""Streams that are kept of a series, and vertices of a plot's (64 MiB), that no page is shown."""

MAX_SCATTERS: Final = 4
"""Of one series, that are kept when no page is shown them: each has a megabyte or two."""

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

    def scatter(
        self, visible: VisibleRange, *, is_counted: bool = False, is_again: bool = True
    ) -> Stream:
        """Return a scatter as `visible` shows it, up to date: its points, or the newest of each
        place where they are very many; or, of however few, how many are where. is_again: as
        `ScatterStream.update`.
        """
        if not is_counted and self.series.count - self.series.points.start <= MOST_DOTS:
            return self.points
        look = look_of(visible, is_counted=is_counted)
        stream = self._scatters.get(look)
        if stream is None or stream.is_void:
            stream = begun(self.series, look, visible.lo, self._scatters_used)
            self._scatters[look] = stream
        stream.update(visible.lo, is_again=is_again)
        others = [each for each in self._scatters_used if each is not stream and not each.is_void]
        self._scatters_used = [stream, *others][:MAX_SCATTERS]
        return stream
