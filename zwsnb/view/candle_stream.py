"""The candles of a series: of each period the first, highest, lowest and last value.  [no I/O]

A candle is four vertices: (begin, open), (middle, high), (middle, low), (end, close). One whose
period is over does not change, so a candle has a number that stays, as a column of M4 has
(`zwsnb.view.streams`); the last one, still growing, is the tail. Its four values are those of the
points themselves; where these have left memory the first and the last one are those of an extreme
beside them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.rewrites import Rewrites
from zwsnb.kinds.periods import Periods, round_width
from zwsnb.kinds.times import zone_of
from zwsnb.view.vertex_buffer import VertexBuffer

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows
    from zwsnb.view.viewport import VisibleRange

AT_ONCE: Final = 4
"""Vertices of a candle."""

LEAST_PIXELS: Final = 5
"""Of the screen, for a candle and the room beside it."""

_NEAR: Final = 64
"""Points among which a value is looked for before a gap is taken for one."""

_NO_VERTICES: Final = np.empty((2, 0))


def periods_of(plot: Plot, series: Series, visible: VisibleRange) -> Periods | None:
    """Return the periods of the candles that stand for a series; None where it is drawn otherwise,
    or the x-axis is logarithmic.
    """
    its = plot.options["series"].get(series.of)
    style = (its.get("style") if its else None) or plot.options["style"]
    if style != "candles" or visible.grid.log:
        return None
    # A column is half a pixel at least, and less than one.
    least = 2 * LEAST_PIXELS * visible.grid.width
    width = round_width(least, plot.options["period"] or 0.0, is_time=plot.is_time)
    zone = zone_of(plot.options["tz"] or "UTC") if plot.is_time else None
    return Periods(width, zone, plot.origin if plot.is_time else 0)


class CandleStream:
    """Candles of a series from that of point `begin` on, or up to that before point `end`.

    Vertices ``first`` to ``settled`` will not change unless ``rewrites`` says so; ``tail``, shape
    (2, 4), is the last candle so far. ``is_void`` is True when a late point came before all that
    the stream holds, or among the points up to `end`.
    """

    is_behind = False
    at_once = AT_ONCE

    def __init__(
        self, series: Series, periods: Periods, begin: int, end: int | None = None
    ) -> None:
        self.series = series
        self.periods = periods
        self.rewrites = Rewrites()
        self.is_void = False
        self.tail = _NO_VERTICES
        self._followed = series.rewrites.count
        self._buffer = VertexBuffer()
        self._begin = self._next = series.find(periods.bounds(series.pyramid.x_of(begin))[0])
        self._end = end
        if end is not None and end > 0:
            after = periods.bounds(series.pyramid.x_of(end - 1))[1]
            self._end = series.find(after, after=True)
        self._seen = -1
        self.update()

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

    def update(self) -> None:
        """Take in the points that came since the last update: settle all candles but the last."""
        self._follow_rewrites()
        end = self.series.count if self._end is None else self._end
        if end == self._seen:
            return
        self._seen = end
        candles = []
        number = self._next
        while number < end:
            self._next = number
            begin, after = self.periods.bounds(self.series.pyramid.x_of(number))
            last = min(end, self.series.find(after, after=True))
            candles.append(candle_of(self.series, number, last, begin, after))
            number = last
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
        self._seen, self._next = -1, max(self._begin, self.series.find(begin))

    def find(self, x: float) -> int:
        """Return the number of the first vertex of the first settled candle that ends at `x` or
        after it.
        """
        return self._buffer.find(x) // AT_ONCE * AT_ONCE

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return settled vertices lo to hi, shape (2, n); a view, to be copied before the next
        update.
        """
        return self._buffer.slice(lo, hi)


def candle_of(series: Series, number: int, last: int, begin: float, end: float) -> Rows:
    """Return the candle of the points `number` to `last`, shape (2, 4); (2, 0) where there are only
    gaps.
    """
    y = series.gather(number, last, Grid(2 * (end - begin)))[1]
    values = y[~np.isnan(y)]
    if not len(values):
        return _NO_VERTICES
    held = series.points
    first = _first_in(held.slice(number, min(last, number + _NEAR))[1], values[0])
    close = _first_in(held.slice(max(number, last - _NEAR), last)[1][::-1], values[-1])
    middle = begin / 2 + end / 2
    return np.array(
        ((begin, middle, middle, end), (first, values.max(), values.min(), close)), dtype=float
    )


def _first_in(y: Column, otherwise: float) -> float:
    """Return the first value that is no gap."""
    values = y[~np.isnan(y)]
    return float(values[0] if len(values) else otherwise)
