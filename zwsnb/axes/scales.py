"""Where values stand on the axes of a snapshot, and which of them it shows.

A position is where a value stands on its axis, in units of which equal steps are equal pixels: the
value itself, or its decadic logarithm. The rules are those of the page: ``static/view/scale.js``,
``static/view/scaled_vertices.js``, ``static/axes/y_range.js``, ``static/axes/y_fit.js``. Ends of
ranges are halved before they are subtracted, since the difference of two doubles may be none.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from zwsnb.axes.numbers import nice_step
from zwsnb.kinds.arrays import Column, Vertices
from zwsnb.kinds.values import LARGEST

Range: TypeAlias = tuple[float, float]
"""From one position to another."""

RangeOption: TypeAlias = Sequence[float | None] | str | None
"""What the user asks of a y-axis: a pair of values, of which one may be None and follows the data;
"auto", "grow", or nothing.
"""

ENDLESS: Final = (-math.inf, math.inf)
LARGEST_POSITION: Final = math.log10(LARGEST)
SMALLEST_POSITION: Final = -300.0
"""What is smaller stands there too: its neighbours would have no digits to be told apart by."""

_MARGIN: Final = 0.06
_STEPS: Final = 20
"""A range is rounded to so many parts of what it shows, or fewer."""

_DECADES: Final = 3
"""Decades below the upper end, where the lower one has no logarithm."""

_FINEST: Final = 16 * sys.float_info.epsilon
"""Closer than this many steps of a double there is nothing to see."""

_FINEST_DECADE: Final = 1e-9
_TINY: Final = 1e-307
"""Half of the narrowest range, at 0."""

_REACH: Final = 0.2
"""How far a range goes around a single value, as a part of it."""

_FAR: Final = 1000
"""What is outside only has to be outside: so many lengths of the axis."""


@dataclass(slots=True, frozen=True)
class Axis:
    """A stretch of an axis on the snapshot: the positions ``low`` to ``high`` on the pixels
    ``begin`` to ``end``.
    """

    low: float
    high: float
    begin: float
    end: float
    log: bool = False

    @property
    def length(self) -> float:
        """Its pixels."""
        return abs(self.end - self.begin)

    @property
    def pixels_per_unit(self) -> float:
        """Infinite where a unit is more than the axis can have pixels for."""
        half = self.length / 2
        return half / (self.high / 2 - self.low / 2)

    @property
    def ground(self) -> float:
        """The pixel on which bars and areas stand: 0 on a linear axis, the bottom on a logarithmic
        one.
        """
        if self.log:
            return self.begin
        return self.pixel_of(min(max(0.0, self.low), self.high))

    def pixel_of(self, position: float) -> float:
        """Return the pixel of a position."""
        share = self._share_of(position)
        return self.begin + min(max(share, -_FAR), _FAR) * (self.end - self.begin)

    def pixels_of(self, positions: Column) -> Column:
        """Return the pixels of positions, shape (n,); NaN for NaN."""
        with np.errstate(over="ignore"):
            share = (positions / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.begin + np.clip(share, -_FAR, _FAR) * (self.end - self.begin)

    def pixel_of_value(self, value: float) -> float:
        """Return the pixel of a value; NaN where the axis does not show it."""
        share = self._share_of(position_of(value, log=self.log))
        pixel = self.begin + share * (self.end - self.begin)
        is_shown = min(self.begin, self.end) <= pixel <= max(self.begin, self.end)
        return pixel if is_shown else math.nan

    def _share_of(self, position: float) -> float:
        return (position / 2 - self.low / 2) / (self.high / 2 - self.low / 2)


def position_of(value: float, *, log: bool) -> float:
    """Return where a value stands; NaN where it has no logarithm."""
    if not log:
        return value
    return max(math.log10(value), SMALLEST_POSITION) if value > 0 else math.nan


def positions_of(vertices: Vertices, *, log_x: bool, log_y: bool) -> tuple[Vertices, int]:
    """Return where vertices stand, and how many of them the axes cannot show.

    What has no logarithm becomes a gap: on y where it is, on x at the vertex before, or, before the
    first that has one, it is left out.
    """
    if not (log_x or log_y):
        return vertices, 0
    x, y = (
        _logarithms(column) if log else column.copy()
        for column, log in zip(vertices.T, (log_x, log_y), strict=True)
    )
    y[np.isnan(x)] = math.nan
    impossible = int(np.count_nonzero(np.isnan(y) & ~np.isnan(vertices[:, 1])))
    has_x = ~np.isnan(x)
    begin = int(np.argmax(has_x)) if has_x.any() else len(x)
    before = np.maximum.accumulate(np.where(has_x, np.arange(len(x)), 0))
    return np.column_stack((x[before], y))[begin:], impossible


def _logarithms(values: Column) -> Column:
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithms = np.maximum(np.log10(values), SMALLEST_POSITION)
    return np.where(values > 0, logarithms, math.nan)


def x_range_of(
    values: Range,
    window: float | None,
    wanted: Sequence[float | None] | None,
    least: float,
    *,
    log: bool,
) -> Range:
    """Return the x-range that shows `values`, NaN where there are none, as far as `window` reaches;
    or without one what is `wanted` as well; from the position `least` on, where they begin without
    a logarithm.
    """
    shown = _followed(*values, window) if window else _extended(*values, wanted or (None, None))
    return positions_between(*shown, least, log=log)


def positions_between(low: float, high: float, least: float, *, log: bool) -> Range:
    """Return the x-range that shows those values, from the position `least` on where they begin
    without a logarithm.
    """
    if not log:
        return widened(low, high)
    end = position_of(high, log=True)
    if math.isnan(end):
        return 0.0, 1.0
    begin = position_of(low, log=True) if low > 0 else least
    return widened(begin if begin < end else end - 1, end, log=True)


def _followed(low: float, high: float, window: float) -> Range:
    if math.isnan(high):
        return 0.0, window
    # Until the window is full it stands still, and fills from the left.
    return (low, low + window) if low + window > high else (high - window, high)


def _extended(low: float, high: float, wanted: Sequence[float | None]) -> Range:
    """Return all values, and what is wanted at least."""
    begin, end = (math.nan if one is None else one for one in wanted)
    # The least of a number and NaN is the number.
    low, high = float(np.fmin(low, begin)), float(np.fmax(high, end))
    if math.isnan(low) and math.isnan(high):
        return 0.0, 1.0
    low, high = (high - 1 if math.isnan(low) else low), (low + 1 if math.isnan(high) else high)
    return (low, high) if low < high else (high - 0.5, high + 0.5)


def y_range_of(extent: Range, option: RangeOption, *, log: bool) -> Range:
    """Return the y-range, which an option has fixed, or which fits `extent`, the lowest and highest
    position; or one end of it does.
    """
    rounded = _round_decades if log else _round_range
    if isinstance(option, Sequence) and not isinstance(option, str):
        low, high = (math.nan if v is None else position_of(v, log=log) for v in option)
        if None not in option and not math.isnan(high):
            return widened(high - _DECADES if math.isnan(low) else low, high, log=log)
        if option[1] is None and not math.isnan(low):
            return widened(low, rounded(low, max(low, extent[1]))[1], log=log)
        if option[0] is None and not math.isnan(high):
            return widened(rounded(min(extent[0], high), high)[0], high, log=log)
    return rounded(*extent) if extent[0] <= extent[1] else (0.0, 1.0)


def range_around(filled: Range, extent: Range, *, log: bool) -> tuple[float | None, float | None]:
    """Return a range that an image fills, but for an end beyond which lines go, positions from
    `extent`: that one follows them.
    """
    low, high = filled
    return (
        None if extent[0] < position_of(low, log=log) else low,
        None if extent[1] > position_of(high, log=log) else high,
    )


def extent_of(curves: Iterable[Vertices], x: Range, *, grounded: bool) -> Range:
    """Return the lowest and highest position on y of what is in the range `x`; (inf, -inf) where
    nothing is.
    """
    low, high = (0.0, 0.0) if grounded else (math.inf, -math.inf)
    for curve in curves:
        seen = curve[(curve[:, 0] >= x[0]) & (curve[:, 0] <= x[1]), 1]
        seen = seen[~np.isnan(seen)]
        if len(seen):
            low, high = min(low, float(seen.min())), max(high, float(seen.max()))
    return low, high


def widened(low: float, high: float, *, log: bool = False) -> Range:
    """Return a range that has an extent, more than a single value, and both ends within doubles."""
    least, most = (SMALLEST_POSITION, LARGEST_POSITION) if log else (-LARGEST, LARGEST)
    low, high = max(low, least), min(high, most)
    finest = _FINEST_DECADE if log else max(_TINY, _FINEST * max(abs(low), abs(high)))
    if high / 2 - low / 2 > finest:
        return low, high
    reach = max(0.5, 2 * finest)
    return max(low - reach, least), min(high + reach, most)


def _round_range(low: float, high: float) -> Range:
    """Return data with a margin, rounded outwards; from 0 if the margin alone would cross it."""
    half = high / 2 - low / 2
    largest = max(abs(low), abs(high))
    if half <= max(_TINY, largest * _FINEST):
        reach = largest * _REACH if largest * _REACH > _TINY else 1.0
        return widened(low - reach, high + reach)
    step, margin = nice_step(half / (_STEPS / 2)), half * (2 * _MARGIN)
    bottom = _outwards(low - margin, step, math.floor)
    top = _outwards(high + margin, step, math.ceil)
    return widened(0.0 if low >= 0 > bottom else bottom, 0.0 if high <= 0 < top else top)


def _round_decades(low: float, high: float) -> Range:
    """Return the same for logarithms, to which 0 is a position like any other."""
    span = high - low
    if span < _FINEST_DECADE:
        return widened(low, high, log=True)
    step = nice_step(span / _STEPS)
    bottom = _outwards(low - span * _MARGIN, step, math.floor)
    top = _outwards(high + span * _MARGIN, step, math.ceil)
    return widened(bottom, top, log=True)


def _outwards(value: float, step: float, towards: Callable[[float], int]) -> float:
    return float(towards(max(-LARGEST, min(value, LARGEST)) / step) * step)
