"""Where the pixel columns of a screen lie: on a grid that is fixed in x, linear or logarithmic.
[no I/O]

A column is a power of two wide, in x or in its binary logarithm, and so a complete one never moves:
it stays where it is while a plot follows its newest points, and for everybody who looks at about as
much of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.protocol.values import LARGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALLEST: Final = 2.0**-1022
"""The least x that a logarithmic axis shows; what is below lies there too, out of sight."""

_LEAST_PLACE: Final = math.log2(SMALLEST)
_HAIR: Final = 1e-12
_LEAST_SPAN: Final = 2.0**-40


def column_width(span: float, pixels: int) -> float:
    """Return the largest power of two that gives every pixel of `pixels` a column of its own in
    `span`.

    At least one column a pixel keeps the picture exact; at most two bound its cost.
    """
    return math.ldexp(1.0, math.frexp(min(span, LARGEST) / pixels)[1] - 1)


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

    def place(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where x lies on the axis, in the unit of `width`."""
        return _log2(x) if self.log else x

    def columns(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the number of the column of each x."""
        with np.errstate(over="ignore"):  # a point far outside is in a column far outside
            return np.floor(self.place(x) / self.width)

    def begin(self, column: float) -> float:
        """Return where `column` begins in x, on a logarithmic axis a hair before it; all that is
        out of sight begins nowhere.
        """
        if not self.log:
            return column * self.width
        if column * self.width <= _LEAST_PLACE:
            return -math.inf
        return math.ldexp(
            2.0 ** math.fmod(column * self.width, 1.0), math.trunc(column * self.width)
        ) * (1 - _HAIR)

    def floor(self, x: float) -> float:
        """Return where the column of x begins."""
        if not self.log and self.width and math.isfinite(place := x / self.width):
            return math.floor(place) * self.width
        return self.begin(float(self.columns(np.array((x,)))[0]))

    def count(self, lo: float, hi: float) -> float:
        """Return how many columns there are from `lo` to `hi`, at least one."""
        if not self.width:
            return math.inf
        first, last = self.place(np.array((lo, hi))) / self.width
        return max(1.0, float(last - first))


def _log2(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log2(np.maximum(x, SMALLEST))
