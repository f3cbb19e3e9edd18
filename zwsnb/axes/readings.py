"""Values as they are read beside an axis: with the digits that its zoom deserves, and in a size of
their own, or in that of the axis.

The rules are those of the page: ``static/base/readings_text.js``.
"""

from __future__ import annotations

import math
import sys
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

from zwsnb.axes.numbers import (
    Size,
    exponent_of,
    plain_size,
    power_of_ten,
    power_size,
    size_of,
    written,
)

_MOST_BEHIND: Final = 5
"""Decimals that a prefix or a power may have: two more than a tick's."""

_LARGEST_PLAIN: Final = 21
_UNSEEN: Final = 1e-2
"""Of a pixel: what is smaller is 0 beside what is shown."""

_FEWEST: Final = 3
"""Digits of a value that would else be nothing but zeros."""

_SURE: Final = 15
"""Digits that a double is sure of: no zeros are written beyond them."""

_PLAIN_BESIDE_POWERS: Final = range(-2, 3)
"""Powers of ten that are plain digits beside labels that are powers: 0.05 to 500."""

_FAR: Final = 10
"""A value is off the axis that is so many times larger than all that the axis shows."""

_MOST_DIGITS: Final = 17
_LARGEST_POWER: Final = math.log10(sys.float_info.max)
_EPSILON: Final = 2.0**-53


class Beside(NamedTuple):
    """What of an axis says how a number is read beside it: its ends, as values, its unit, and on
    how many pixels it stands.
    """

    low: float
    high: float
    suffix: str
    log: bool
    pixels: float

    def per_pixel(self, value: float) -> float:
        """Return how much a pixel is at a value; NaN where a logarithmic axis has none."""
        if self.log and value <= 0:
            return math.nan
        span = (
            self._span_at(value) if self.log else (self.high / 2 - self.low / 2) / self.pixels * 2
        )
        return max(span, abs(value) * _EPSILON)

    def _span_at(self, value: float) -> float:
        """Return how much the next pixel below a value is less, on a logarithmic axis."""
        top = math.log10(self.high) / 2
        half = math.log10(self.low) / 2 - top
        at = (math.log10(value) / 2 - top) / half * self.pixels
        below = (top + (at + 1) / self.pixels * half) * 2
        return abs(math.pow(10, min(below, _LARGEST_POWER)) - value)


class _Digits(NamedTuple):
    """The digits of a number that is not 0, without a point, and the power of ten of the first."""

    digits: str
    exponent: int


def format_beside(value: float, axis: Beside) -> str:
    """Return a finite value beside its axis, as a legend has it: with as many decimals as a pixel
    deserves, zeros too, unless it is whole.
    """
    pixel = axis.per_pixel(value)
    if value == 0 or abs(value) < _UNSEEN * pixel:
        return written("0", plain_size(axis.suffix))
    return _read(value, _last_on(axis, value, pixel), axis)


def format_said_beside(value: float, axis: Beside) -> str:
    """Return a finite number that somebody has said, on its axis: all its digits."""
    if value == 0:
        return written("0", plain_size(axis.suffix))
    its = _digits_of(value)
    last = its.exponent - len(its.digits) + 1
    size = _size_for(its.exponent, last, axis.suffix, _size_on(axis))
    return written(_pointed(its, size.exponent), size, negative=value < 0)


def _last_on(axis: Beside, value: float, finest: float) -> int:
    """Return the power of ten of the last digit that an axis deserves. Of a logarithmic one a pixel
    is a part of the value, and says less than three digits; of what is far off the axis it says
    nothing.
    """
    third = _digits_of(value, _FEWEST).exponent - _FEWEST + 1
    is_far = abs(value) > _FAR * max(abs(axis.low), abs(axis.high))
    if is_far or not finest > 0:
        return third
    return min(exponent_of(finest), third) if axis.log else exponent_of(finest)


def _size_on(axis: Beside) -> Size | None:
    """Return how the labels of an axis are written; None: each by itself."""
    if not axis.log:
        largest = max(abs(axis.low), abs(axis.high))
        return size_of(exponent_of(largest) if largest else 0, axis.suffix)
    decades = math.ceil(math.log10(axis.low)), math.floor(math.log10(axis.high))
    sizes = (size_of(decade, axis.suffix) for decade in decades)
    return next((size for size in sizes if size.is_power), None)


def _read(value: float, last: int, axis: Beside, *, is_rounded: bool = False) -> str:
    first = _digits_of(value).exponent
    is_small = first < min(last, 0)
    size = _size_for(first, last, axis.suffix, None if is_small else _size_on(axis))
    own = first - _FEWEST + 1
    # The digits before the point are written in any case.
    end = min(own if is_small else min(last, own) if size.is_power else last, size.exponent)
    its = _digits_of(value, first - end + 1)
    if its.exponent > first:  # 999.96 is 1.000 k
        rounded = math.copysign(power_of_ten(its.exponent), value)
        return _read(rounded, last, axis, is_rounded=True)
    is_whole = not is_rounded and "." not in _pointed(_digits_of(value), size.exponent)
    zeros = 0 if is_whole else size.exponent - max(end, first - _SURE + 1)
    return written(_pointed(its, size.exponent, zeros), size, negative=value < 0)


def _size_for(first: int, last: int, suffix: str, axis: Size | None) -> Size:
    """Return the size of a number itself; or that of its axis, where that is larger, no prefix
    makes little of the number, and the zoom deserves a digit of it in that size: 0.05 V, but 45 kV,
    and not 0.045 MV; 200 V, and not 0.2 kV, where a pixel is 3 kV. Beside powers of ten it is one.
    """
    is_power = axis is not None and axis.is_power
    own = size_of(first, suffix)
    if is_power and first not in _PLAIN_BESIDE_POWERS:
        own = power_size(first, suffix)
    is_said = axis is not None and not is_power and own.exponent < axis.exponent
    size = own
    if axis and is_said and first >= last and (axis.exponent == 0 or first >= axis.exponent - 1):
        size = axis
    is_hidden = size.exponent > 0 and size.exponent - last > _MOST_BEHIND
    return plain_size(suffix) if is_hidden and first < _LARGEST_PLAIN else size


def _digits_of(value: float, most: int = _MOST_DIGITS) -> _Digits:
    """Return the shortest digits that are a double, or the first `most` of its own."""
    shortest = Decimal(repr(abs(value))).normalize()
    if len(shortest.as_tuple().digits) > most:
        context = Context(prec=most, rounding=ROUND_HALF_UP)
        shortest = context.create_decimal(Decimal(abs(value)))
    return _Digits("".join(map(str, shortest.as_tuple().digits)), shortest.adjusted())


def _pointed(its: _Digits, exponent: int, decimals: int = 0) -> str:
    """Return digits with their point before those below 10 ** `exponent`, and no zeros at the end
    but so many `decimals`.
    """
    before = its.exponent - exponent + 1
    whole = its.digits[: max(0, before)].ljust(before, "0") or "0"
    rest = its.digits[before:] if before > 0 else "0" * -before + its.digits
    fraction = rest.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole
