"""Where values stand on the axes of a still picture, and which of them it shows.  [no I/O]

A place is where a value stands on its axis, in units of which equal steps are equal pixels: the
value itself, or its decadic logarithm. The rules are those of the page: ``static/view/scale.js``,
``static/chart/places.js``, ``static/axes/y_range.js``, ``static/axes/y_fit.js``. Ends of ranges are halved before
they are subtracted, since the difference of two doubles may be none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.protocol.values import LARGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vertices = NDArray[np.float64]

Range = tuple[float, float]
"""From one place to another."""

ENDLESS: Final = (-math.inf, math.inf)
LARGEST_PLACE: Final = math.log10(LARGEST)
SMALLEST_PLACE: Final = -300.0
"""What is smaller stands there too: its neighbours would have no digits to be told apart by."""

_MARGIN: Final = 0.06
_STEPS: Final = 20
"""A range is rounded to so many parts of what it shows, or fewer."""

_DECADES: Final = 3
"""Decades below the upper end, where the lower one has no logarithm."""

_FINEST: Final = 16
"""Closer than this many steps of a double there is nothing to see."""

_FINEST_DECADE: Final = 1e-9
_TINY: Final = 1e-300
_FAR: Final = 1000
"""What is outside only has to be outside: so many lengths of the axis."""


@dataclass(slots=True, frozen=True)
class Axis:
    """A stretch of an axis on the picture: the places ``low`` to ``high`` on the pixels ``begin``
    to ``end``.
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

    def at(self, places: Any) -> Any:
        """Return the pixels of places, one or an array of them."""
        with np.errstate(over="ignore"):
            share = (places / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.begin + np.clip(share, -_FAR, _FAR) * (self.end - self.begin)

    def at_value(self, value: float) -> float:
        """Return the pixel of a value; NaN where the axis does not show it."""
        share = (place_of(value, log=self.log) / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.begin + share * (self.end - self.begin) if 0 <= share <= 1 else math.nan

    @property
    def ground(self) -> float:
        """The pixel on which bars and areas stand: 0 on a linear axis, the bottom on a logarithmic
        one.
        """
        if self.log:
            return self.begin
        return float(self.at(min(max(0.0, self.low), self.high)))


def place_of(value: float, *, log: bool) -> float:
    """Return where a value stands; NaN where it has no logarithm."""
    if not log:
        return value
    return max(math.log10(value), SMALLEST_PLACE) if value > 0 else math.nan


def places_of(vertices: Vertices, *, log_x: bool, log_y: bool) -> Vertices:
    """Return the places of vertices, shape (n, 2). What has no logarithm becomes a gap."""
    places = vertices.copy()
    for column, log in enumerate((log_x, log_y)):
        if log:
            with np.errstate(divide="ignore", invalid="ignore"):
                place = np.maximum(np.log10(places[:, column]), SMALLEST_PLACE)
            places[:, column] = np.where(places[:, column] > 0, place, math.nan)
    places[np.isnan(places[:, 0]), 1] = math.nan
    return places


def x_places(values: Range, window: float | None, least: float, *, log: bool) -> Range:
    """Return the x-range that shows `values` as far as `window` reaches; from the place `least` on,
    where they begin without a logarithm.
    """
    low, high = values
    if math.isnan(high):
        low, high = (1.0, 10.0) if log else (0.0, window or 1.0)
    elif window:
        # Until the window is full it stands still, and fills from the left.
        low, high = (low, low + window) if low + window > high else (high - window, high)
    if not log:
        return widened(low, high)
    end = place_of(high, log=True)
    if math.isnan(end):
        return 0.0, 1.0
    begin = place_of(low, log=True) if low > 0 else least
    return widened(begin if begin < end else end - 1, end, log=True)


def y_places(extent: Range, said: Any, *, log: bool) -> Range:
    """Return the y-range, which an option has fixed, or which fits `extent`, the lowest and highest
    place.
    """
    if isinstance(said, list | tuple):
        low, high = (place_of(value, log=log) for value in said)
        if not math.isnan(high):
            return widened(high - _DECADES if math.isnan(low) else low, high, log=log)
    if extent[0] > extent[1]:
        return 0.0, 1.0
    return _round_decades(*extent) if log else _round_range(*extent)


def extent_of(curves: Iterable[Vertices], x: Range, *, grounded: bool) -> Range:
    """Return the lowest and highest place on y of what is in the range `x`; (inf, -inf) where
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
    least, most = (SMALLEST_PLACE, LARGEST_PLACE) if log else (-LARGEST, LARGEST)
    low, high = max(low, least), min(high, most)
    finest = _FINEST_DECADE if log else max(_TINY, _FINEST * math.ulp(max(abs(low), abs(high))))
    if high / 2 - low / 2 > finest:
        return low, high
    reach = max(0.5, 2 * finest)
    return max(low - reach, least), min(high + reach, most)


def nice_step(raw: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below `raw`, and is a double."""
    decade = 10.0 ** math.floor(math.log10(raw))
    steps = (factor * decade for factor in (1, 2, 5, 10))
    return min(next(step for step in steps if step >= raw * (1 - 1e-9)), 1e308)


def _round_range(low: float, high: float) -> Range:
    """Return data with a margin, rounded outwards; from 0 if the margin alone would cross it."""
    half = high / 2 - low / 2
    if half <= max(_TINY, max(abs(low), abs(high)) * 5e-13):
        return widened(low - (abs(low) * 0.2 or 1), high + (abs(high) * 0.2 or 1))
    step, margin = nice_step(half / (_STEPS / 2)), half * (2 * _MARGIN)
    bottom = _outwards(low - margin, step, math.floor)
    top = _outwards(high + margin, step, math.ceil)
    return widened(0.0 if low >= 0 > bottom else bottom, 0.0 if high <= 0 < top else top)


def _round_decades(low: float, high: float) -> Range:
    """Return the same for logarithms, to which 0 is a place like any other."""
    span = high - low
    if span < _FINEST_DECADE:
        return widened(low, high, log=True)
    step = nice_step(span / _STEPS)
    bottom = _outwards(low - span * _MARGIN, step, math.floor)
    top = _outwards(high + span * _MARGIN, step, math.ceil)
    return widened(bottom, top, log=True)


def _outwards(value: float, step: float, towards: Any) -> float:
    return float(towards(max(-LARGEST, min(value, LARGEST)) / step) * step)
