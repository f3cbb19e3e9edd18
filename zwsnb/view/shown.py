"""What a page has of one series, and what of it the page needs: in which stream of vertices, from
which to which.  [no I/O]
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.history.pixel_grid import SMALLEST
from zwsnb.protocol.checks.style_checks import DENSITY
from zwsnb.protocol.marks import Marks
from zwsnb.protocol.patch import CANDLES, COLUMNS, POINTS, XY
from zwsnb.protocol.series_options import is_log_y, style_of
from zwsnb.view.m4 import MOST_OF_A_COLUMN
from zwsnb.view.streams.candle_stream import CandleStream, periods_of
from zwsnb.view.streams.column_stream import ColumnStream, PointStream
from zwsnb.view.streams.curve_stream import FEW_POINTS, MOST_VERTICES, CurveStream
from zwsnb.view.streams.scatter_stream import MOST_DOTS, MOST_MARKED, ScatterStream
from zwsnb.view.streams.series_streams import SeriesStreams, Stream

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.view.viewport import VisibleRange

VERTICES_PER_PIXEL: Final = 4
"""Up to so many points a pixel are sent as they are: M4 would not be fewer."""

_FEW_VERTICES: Final = 64
"""Of a line: fewer than all that is in sight."""

_BESIDE: Final = 24
"""Vertices that come beside those in sight, at most: of a column at each edge, or of two candles.
"""

DROP_AT_ONCE: Final = 256
"""Vertices that have left at the front before a series without new points is worth an entry."""


class Shown(NamedTuple):
    """What the page has of a series: vertices first to settled of a stream, as they were after so
    many of its `rewrites`, and then a tail, of so many `points`, after as many `changes` of the
    series. As long as these are all, and what is in sight begins between `since` and `until`, it
    has everything; but what the stream had still to take in where it `is_behind`: another page may
    have it take that in meanwhile.
    """

    stream: Stream
    first: int
    settled: int
    tail: int
    points: int
    rewrites: int
    changes: int
    since: float
    until: float
    is_behind: bool

    @property
    def vertices(self) -> int:
        """How many the page has."""
        return self.settled - self.first + self.tail

    def will_do_for(self, new: Shown) -> bool:
        """True when the difference to `new` is not worth an entry."""
        return (
            self.stream is new.stream
            and self.points == new.points
            and self.rewrites == new.rewrites
            and (self.settled, self.tail) == (new.settled, new.tail)
            and self.is_behind == new.is_behind
            and 0 <= new.first - self.first < DROP_AT_ONCE
        )

    def is_void(self, series: Series, visible: VisibleRange) -> bool:
        """True when a patch may replace all of it: late points come, or a window goes back."""
        return (
            series.has_late
            or self.stream.series is not series
            or self.changes != series.rewrites.count
            or visible.lo < self.since
        )

    def is_all_of(self, series: Series, visible: VisibleRange) -> bool:
        """True when the page has all of `series`, for sure, seen as before: of a thousand few have
        something new.
        """
        return (
            self.points == series.count
            and self.since <= visible.lo <= self.until
            and series.ordered
            and self.stream.series is series
            and self.changes == series.rewrites.count
            and not self.is_behind
        )


def kind_of(stream: Stream) -> int:
    """Return the kind of the entry for a stream."""
    if isinstance(stream, ColumnStream):
        return COLUMNS
    if isinstance(stream, CandleStream):
        return CANDLES
    return POINTS if stream.series.ordered else XY


def marks_beside(stream: Stream, lo: int, hi: int) -> Marks | None:
    """Return the marks of vertices lo to hi of the stream of a scatter; None of others."""
    if isinstance(stream, ScatterStream):
        its = stream.colors, stream.sizes, stream.in_sight, stream.cell
        return Marks(stream.marks(lo, hi).T, *its)
    marks = stream.series.marks
    if marks is None or not isinstance(stream, PointStream):
        return None
    return Marks(stream.marks(lo, hi).T, marks.colors, marks.sizes, stream.in_sight)


def choose(
    streams: SeriesStreams, plot: Plot, visible: VisibleRange, old: Shown | None = None
) -> Stream:
    """Return the points of a series of `plot` where they are few a pixel, else columns that reach
    back to ``lo``, up to date; or candles, or what a curve or a scatter has. old: what the page has
    that asks, if there is one.
    """
    series = streams.series
    if not series.ordered:
        return _choose_of_curve(streams, plot, visible, old)
    # Not that of a series that had its number before, and was cleared.
    current = old.stream if old and old.stream.series is series else None
    periods = periods_of(plot, series, visible)
    # A stream in use has to halve before it changes its kind, so that a rate at the limit does not
    # flip it at every frame.
    few = VERTICES_PER_PIXEL * visible.pixels // (2 if isinstance(current, ColumnStream) else 1)
    if periods is None and series.count <= few and not series.points.start:
        return streams.points  # whatever is in sight
    begin, end = _points_in(series, visible)
    if periods is not None:
        last = end if end < series.count else None
        return streams.candles(periods, begin, visible.lo, last)
    if end - begin <= few and begin >= series.points.start:
        return streams.points
    is_past = end < series.count
    # A stream that has an end has all that its viewport ever shows; one without forgets it in the
    # long run, and one that was out of sight for long has far to come.
    if (
        isinstance(current, ColumnStream)
        and current.grid == visible.grid
        and (current.end is not None or not (is_past or current.is_left_behind(begin)))
    ):
        current.update()
        is_whole = current.end is not None or current.reaches(begin, visible.lo)
        if is_whole and not current.is_void:
            return current
    return streams.columns(visible.grid, begin, visible.lo, end if is_past else None)


def _choose_of_curve(
    streams: SeriesStreams, plot: Plot, visible: VisibleRange, old: Shown | None
) -> Stream:
    series = streams.series
    visible = visible._replace(log_y=is_log_y(plot.options, series.of))
    is_counted = style_of(plot.options, series.of) == DENSITY
    if is_counted or series.marks:
        is_again = old is None or old.points == series.count
        return streams.scatter(visible, is_counted=is_counted, is_again=is_again)
    return streams.curve(visible)


def _points_in(series: Series, visible: VisibleRange) -> tuple[int, int]:
    """Return the points that the lines in sight need, first and after the last: one more at each
    side, and at the left those of the whole column.
    """
    begin = max(0, series.find(visible.grid.floor(visible.lo)) - 1)
    if visible.grid.log:
        begin = max(begin, series.find(SMALLEST))
    if visible.hi == math.inf:
        return begin, series.count
    return begin, min(series.count, series.find(visible.hi, after=True) + 1)


def most_bytes(streams: SeriesStreams, plot: Plot, visible: VisibleRange, old: Shown | None) -> int:
    """Return the bytes of vertices that a patch of a series has at most where the page has `old`,
    seen with the same options; without that, or where it will not do, those of all in sight. Takes
    no late points in, which may take long.
    """
    series, more = streams.series, math.inf
    if old is not None and not old.is_void(series, visible):
        more = _most_more(streams, plot, visible, old)
    if series.ordered:
        # The smaller one is mostly this.
        return 16 * int(more if more < _FEW_VERTICES else min(more, _most(plot, series, visible)))
    if series.marks or style_of(plot.options, series.of) == DENSITY:
        return 32 * int(min(more, series.count, MOST_MARKED))
    held = series.count - series.points.start
    return 16 * int(min(more, held if held <= FEW_POINTS else MOST_VERTICES))


def most_of_lines(plot: Plot, pixels: int, enough: int) -> float:
    """Return the bytes of vertices that a patch of all lines of a plot has at most, whatever the
    page has; infinity where that is more than `enough`, or there is anything else.
    """
    most = 16 * len(plot.series) * _most_of_line(pixels)
    if most > enough or plot.image.count:
        return math.inf
    return most if all(series.ordered for series in plot.series.values()) else math.inf


def _most_of_line(pixels: int) -> int:
    # There are up to two columns a pixel.
    return 2 * MOST_OF_A_COLUMN * pixels + _BESIDE


def _most(plot: Plot, series: Series, visible: VisibleRange) -> int:
    """Return the most vertices that stand for all of a line that is in sight."""
    if periods_of(plot, series, visible) is not None:
        return min(4 * series.count, visible.pixels + _BESIDE)
    return min(series.count, _most_of_line(visible.pixels))


def _most_more(streams: SeriesStreams, plot: Plot, visible: VisibleRange, old: Shown) -> float:
    """Return the most vertices that come to those of `old`; infinity where all may be others."""
    series, stream = streams.series, old.stream
    new = series.count - old.points
    match stream:
        case PointStream() if _stay_points(plot, series, visible):
            return new
        case ColumnStream() if series.ordered and stream.grid == visible.grid:
            begin, end = _points_in(series, visible)
            # Past the right edge the columns get an end, and are others; or they lack a begin.
            is_past = end < series.count
            if stream.end is None and (is_past or not stream.reaches(begin, visible.lo)):
                return math.inf
            # What has left may have been so much that points will do for the rest.
            left = 0 if visible.lo == old.since else stream.find(visible.lo) - old.first
            few = VERTICES_PER_PIXEL * visible.pixels // 2
            more = float(new + MOST_OF_A_COLUMN)
            if more > _FEW_VERTICES:
                more = min(more, stream.most_behind(old.settled))
            if (not left or old.vertices - left > few) and stream.has_room(more):
                return more
        case CurveStream():
            visible = visible._replace(log_y=is_log_y(plot.options, series.of))
            held = series.count - series.points.start
            if held > FEW_POINTS and streams.curves.keep(stream, visible):
                return stream.settled - old.settled + stream.most_more
        case ScatterStream() if not (new or stream.is_behind) and visible.lo == old.since:
            # Another page may have had it made anew.
            if (stream.first, stream.settled) == (old.first, old.settled):
                return 0
    return math.inf


def _stay_points(plot: Plot, series: Series, visible: VisibleRange) -> bool:
    """True where a series that is shown as its points goes on so."""
    start, few = series.points.start, VERTICES_PER_PIXEL * visible.pixels
    if not series.ordered:
        is_counted = style_of(plot.options, series.of) == DENSITY
        most = MOST_DOTS if series.marks else FEW_POINTS
        return not is_counted and series.count - start <= most
    if series.count <= few and not start:
        return True
    begin, end = _points_in(series, visible)
    return end - begin <= few and begin >= start


def extent(series: Series, stream: Stream, visible: VisibleRange) -> Shown:
    """Return which vertices of `stream` draw what is in sight, with one more at each side so that
    the lines reach the edges.
    """
    first, settled = stream.first, stream.settled
    if series.ordered:
        first = max(first, stream.find(visible.lo) - stream.at_once)
        if visible.hi < math.inf:
            settled = min(settled, stream.find(visible.hi) + stream.at_once)
        settled = max(first, settled)
    rewrites = stream.rewrites.count
    until, beyond = math.inf, first + DROP_AT_ONCE // 2
    if series.ordered and beyond < settled:
        until = float(stream.vertices(beyond, beyond + 1)[0, 0])
    return Shown(
        *(stream, first, settled, stream.tail.shape[1], series.count),
        *(rewrites, series.rewrites.count, visible.lo, until, stream.is_behind),
    )


def difference(old: Shown | None, new: Shown) -> tuple[int, int, int]:
    """Return (drop, keep, begin): what leaves at the front, what stays, and the first vertex of
    `new` that has to come.
    """
    if old is None:
        return 0, 0, new.first
    settled = old.settled
    if old.stream is new.stream:
        if (change := new.stream.rewrites.since(old.rewrites)) is not None:
            settled = min(settled, change.first, new.settled)
        if old.first <= new.first <= settled:
            return new.first - old.first, settled - new.first, settled
    return old.vertices, 0, new.first
