"""Where the pixel columns of a screen lie: on a grid that is fixed in x, linear or logarithmic.
[no I/O]

A column is a power of two wide, in x or in its binary logarithm, and so a complete one never moves:
it stays where it is while a plot follows its newest points, and for everybody who shows about as
much of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.kinds.values import LARGEST

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column

SMALLEST: Final = 2.0**-1022
"""The least x that a logarithmic axis shows; what is below lies there too, out of sight."""

_LEAST_SCALED: Final = math.log2(SMALLEST)
_LEAST_SPAN: Final = 2.0**-40

_LEAST_EXPONENT, _LARGEST_EXPONENT = -1074, 1023
"""Of the smallest power of two that is a double, and of the largest one."""

_MARGIN: Final = 1e-12
"""Of x, by which a logarithmic column starts earlier than computed, so that rounding never puts its
first point before it.
"""


def column_width(span: float, pixels: int) -> float:
    """Return the largest power of two that gives every pixel of `pixels` a column of its own in
    `span`.

    At least one column a pixel keeps the picture exact; at most two bound its cost.
    """
    # The difference of two doubles may be none: then it is at most twice the largest one.
    mantissa, exponent = math.frexp(min(span, LARGEST))
    exponent += math.frexp(mantissa / pixels)[1] - 1 + (span > LARGEST)
    return math.ldexp(1.0, min(max(exponent, _LEAST_EXPONENT), _LARGEST_EXPONENT))


@dataclass(slots=True, frozen=True)
class Grid:
    """Columns of `width` in x, or in log2(x) where it is `log`, counted from 0; a width of 0 is a
    screen without end.
    """

    width: float
    log: bool = False

    @classmethod
    def linear(cls, lo: float, span: float, pixels: int) -> Grid:
        """Return the grid on which `pixels` show a `span` of x that begins at `lo`."""
        # Below the steps of a double there is nothing to tell apart.
        return cls(column_width(max(span, math.ulp(lo)), pixels))

    @classmethod
    def logarithmic(cls, lo: float, hi: float, pixels: int) -> Grid:
        """Return the grid on which `pixels` show x from `lo` to `hi` on a logarithmic axis."""
        first, last = _log2(np.array((lo, hi)))
        return cls(column_width(max(float(last - first), _LEAST_SPAN), pixels), log=True)

    def scaled(self, x: Column) -> Column:
        """Return x as the axis has it, itself or its logarithm, in the unit of `width`."""
        return _log2(x) if self.log else x

    def columns(self, x: Column) -> Column:
        """Return the number of the column of each x."""
        with np.errstate(over="ignore"):  # a point far outside is in a column far outside
            return np.floor(self.scaled(x) / self.width)

    def halves(self, x: Column) -> tuple[Column, Column]:
        """Return the number of the column of each x, and that of its half of one."""
        with np.errstate(over="ignore"):
            place = self.scaled(x) / self.width
            return np.floor(place), np.floor(2 * place)

    def start_of(self, column: float) -> float:
        """Return the x at which `column` starts, or on a logarithmic axis a trifle less; what is
        out of sight starts at minus infinity.
        """
        start = column * self.width
        if not self.log:
            return start
        if start <= _LEAST_SCALED:
            return -math.inf
        if start > _LARGEST_EXPONENT + 1:
            return math.inf
        power = min(math.trunc(start), _LARGEST_EXPONENT)
        return math.ldexp(2.0 ** (start - power) * (1 - _MARGIN), power)

    def floor(self, x: float) -> float:
        """Return the x at which the column of `x` starts."""
        if not self.log and self.width and math.isfinite(columns := x / self.width):
            return math.floor(columns) * self.width
        return self.start_of(float(self.columns(np.array((x,)))[0]))

    def count(self, lo: float, hi: float) -> float:
        """Return how many columns there are from `lo` to `hi`, at least one."""
        if not self.width:
            return math.inf
        if not self.log:
            return max(1.0, hi / self.width - lo / self.width)
        first, last = self.scaled(np.array((lo, hi))) / self.width
        return max(1.0, float(last - first))


def least_above_0(x: Column) -> float:
    """Return the least x that a logarithmic axis shows, infinity where there is none."""
    return float(np.min(x, where=x >= SMALLEST, initial=math.inf))


def decades_of(y: Column) -> Column:
    """Return where values stand on a logarithmic axis of y, in decades; NaN: nowhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(y > 0, np.log10(y), np.nan)


def _log2(x: Column) -> Column:
    return np.log2(np.maximum(x, SMALLEST))
