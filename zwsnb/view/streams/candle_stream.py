"""The candles of a series: of each period the first, highest, lowest and last value.  [no I/O]

A candle is four vertices: (begin, open), (middle, high), (middle, low), (end, close). One whose
period is over does not change, so a candle has a number that stays, as a column of M4 has
(`zwsnb.view.streams.column_stream`); the last one, still growing, is the tail. Its four values are
those of the points themselves; where these have left memory the first and the last one are those of
an extreme beside them.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.pixel_grid import Grid
from zwsnb.kinds.periods import Periods, round_width
from zwsnb.kinds.times import zone_of
from zwsnb.order.rewrites import Rewrites
from zwsnb.protocol.series_options import style_of
from zwsnb.view.streams.vertex_buffer import Settling, VertexBuffer

if TYPE_CHECKING:
    from zwsnb.history.blocks import Blocks
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows
    from zwsnb.view.viewport import VisibleRange

AT_ONCE: Final = 4
"""Vertices of a candle."""

LEAST_PIXELS: Final = 5
"""Of the screen, for a candle and the room beside it."""

CANDLES_AT_ONCE: Final = 32
"""Candles that an update makes: the rest of a screen follows with the next patches. Those that were
made before are none of them.
"""

MAX_MADE: Final = 4_096
"""Candles that are kept of a series for views that move: some screens of them."""

_NEAR: Final = 64
"""Points at an end of a candle among which a value is looked for before all of them are."""

_NO_VERTICES: Final = np.empty((2, 0))


def periods_of(plot: Plot, series: Series, visible: VisibleRange) -> Periods | None:
    """Return the periods of the candles that stand for a series; None where it is drawn otherwise,
    or the x-axis is logarithmic.
    """
    if style_of(plot.options, series.of) != "candles" or visible.grid.log:
        return None
    # A column is half a pixel at least, and less than one.
    least = 2 * LEAST_PIXELS * visible.grid.width
    width = round_width(least, plot.options["period"] or 0.0, is_time=plot.is_time)
    zone = zone_of(plot.options["tz"] or "UTC") if plot.is_time else None
    return Periods(width, zone, plot.origin if plot.is_time else 0)


class MadeCandles:
    """The candles of a series whose periods are over, as they were made: of a view that moves most
    were seen before. ``count`` were made so far.
    """

    def __init__(self, series: Series) -> None:
        self._series = series
        self.count = 0
        self._followed, self._start = series.rewrites.count, series.points.start
        self._made: dict[tuple[Periods, int], tuple[int, Rows]] = {}

    def clear(self) -> None:
        """Forget all: the points are others."""
        self._followed, self._start = self._series.rewrites.count, self._series.points.start
        self._made.clear()

    def of(self, periods: Periods, number: int, end: int) -> tuple[int, Rows]:
        """Return the number after the last point of the candle that begins with point `number`, of
        points up to `end`; and its vertices, shape (2, 4), or (2, 0) where there are only gaps.
        """
        self._follow()
        found = self._made.get((periods, number))
        if found is not None and found[0] <= end:
            return found
        self.count += 1
        begin, after = periods.bounds(self._series.pyramid.x_of(number))
        behind = self._series.find(after, after=True)
        last = min(end, behind)
        made = last, candle_of(self._series, number, last, begin, after)
        if behind == last < self._series.count:
            self._keep((periods, number), made)
        return made

    def _keep(self, key: tuple[Periods, int], made: tuple[int, Rows]) -> None:
        if len(self._made) >= MAX_MADE:
            for old in list(islice(self._made, MAX_MADE // 2)):
                del self._made[old]
        self._made[key] = made

    def _follow(self) -> None:
        """Forget those whose points have changed; all, where some have left memory: those that are
        made then begin with other numbers.
        """
        if self._start != self._series.points.start:
            self.clear()
        elif (change := self._series.rewrites.since(self._followed)) is not None:
            self._followed = self._series.rewrites.count
            # What came late just behind a candle may have its place in it.
            self._made = {key: one for key, one in self._made.items() if one[0] < change.first}


class CandleStream(Settling):
    """Candles of a series from that of point `begin` on, or up to that before point `end`.

    Vertices ``first`` to ``settled`` will not change unless ``rewrites`` says so; ``tail``, shape
    (2, 4), is the last candle so far. ``is_void`` is True when a late point came before all that
    the stream holds, or among the points up to `end`; ``is_behind`` while another update has more
    to take in. made: those that were made before, and are not made again.
    """

    at_once = AT_ONCE

    def __init__(
        self,
        series: Series,
        periods: Periods,
        begin: int,
        end: int | None = None,
        made: MadeCandles | None = None,
    ) -> None:
        self.series = series
        self.periods = periods
        self.rewrites = Rewrites()
        self.is_void = False
        self.tail = _NO_VERTICES
        self._made = MadeCandles(series) if made is None else made
        self._followed = series.rewrites.count
        self._buffer = VertexBuffer()
        self._begin = self._next = series.find(periods.bounds(series.pyramid.x_of(begin))[0])
        self._end, self._until = end, math.nan
        if end is not None and end > 0:
            self._until = periods.bounds(series.pyramid.x_of(end - 1))[1]
        self._seen = -1
        self.update()

    @property
    def is_behind(self) -> bool:
        """True while there is more to take in."""
        return self._seen < self._count

    @property
    def _count(self) -> int:
        return self.series.count if self._end is None else self._end

    def reaches(self, begin: int, lo: float) -> bool:
        """True when the stream still begins at point `begin`, or left of `lo`, or earlier."""
        if self.first == 0:
            return self._begin <= begin
        return bool(self.vertices(self.first, self.first + 1)[0, 0] <= lo)

    def is_left_behind(self, begin: int) -> bool:
        """True when all points from `begin` on are still to come, as of a column."""
        return self._end is None and self._seen < begin

    def update(self) -> None:
        """Take in the points that came since the last update, or the first ones of very many:
        settle all candles but the last.
        """
        self._follow_rewrites()
        if not math.isnan(self._until):  # the last period may have more points by now
            self._end = self.series.find(self._until, after=True)
        if not self.is_behind:
            return
        candles: list[Rows] = []
        number, most = self._next, self._made.count + CANDLES_AT_ONCE
        while number < self._count and self._made.count < most:
            self._next = number
            number, candle = self._made.of(self.periods, number, self._count)
            candles.append(candle)
        self._seen = number
        if candles:
            self.tail = candles.pop()
            self._buffer.append(np.concatenate((_NO_VERTICES, *candles), axis=1))

    def _follow_rewrites(self) -> None:
        """Go back to before the first point that has changed since the last update."""
        change = self.series.rewrites.since(self._followed)
        if change is None:
            return
        self._followed = self.series.rewrites.count
        if self._end is not None:
            self.is_void = self.is_void or change.first < self._end
            return
        begin = self.periods.bounds(change.x)[0] if math.isfinite(change.x) else -math.inf
        settled = self.find(math.nextafter(begin, math.inf))
        self.is_void = change.first <= self._begin or settled == self.first > 0
        self._buffer.truncate(settled)
        self.tail = _NO_VERTICES
        self.rewrites.add(settled)
        # What has not been taken in yet is not passed over.
        again = min(self._next, self.series.find(begin))
        self._seen, self._next = -1, max(self._begin, again)

    def find(self, x: float) -> int:
        """Return the number of the first vertex of the first settled candle that ends at `x` or
        after it.
        """
        return self._buffer.find(x) // AT_ONCE * AT_ONCE


def candle_of(series: Series, number: int, last: int, begin: float, end: float) -> Rows:
    """Return the candle of the points `number` to `last`, shape (2, 4); (2, 0) where there are only
    gaps.
    """
    y = series.gather(number, last, Grid(2 * (end - begin)))[1]
    values = y[~np.isnan(y)]
    if not len(values):
        return _NO_VERTICES
    first = _first_of(series.points, number, last, values[0])
    close = _last_of(series.points, number, last, values[-1])
    middle = begin / 2 + end / 2
    return np.array(
        ((begin, middle, middle, end), (first, values.max(), values.min(), close)), dtype=float
    )


def _first_of(held: Blocks, number: int, last: int, otherwise: float) -> float:
    """Return the first value that is no gap; `otherwise` where it has left memory."""
    if number < held.start:
        return otherwise
    values = _values(held, number, min(last, number + _NEAR))
    if not len(values):
        values = _values(held, number, last)
    return float(values[0] if len(values) else otherwise)


def _last_of(held: Blocks, number: int, last: int, otherwise: float) -> float:
    """Return the last value that is no gap; `otherwise` where it has left memory."""
    values = _values(held, max(number, last - _NEAR), last)
    if not len(values):
        values = _values(held, number, last)
    return float(values[-1] if len(values) else otherwise)


def _values(held: Blocks, lo: int, hi: int) -> Column:
    y: Column = held.slice(lo, hi)[1]
    values: Column = y[~np.isnan(y)]
    return values
