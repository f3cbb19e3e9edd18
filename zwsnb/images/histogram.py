"""Histograms that are counted again and again: the newest, and how they were before.  [no I/O]

Bins lie on a grid that is a power of two wide. Values outside of all bins make more of them; when
they are too many, every two become one, and so each count stays exact. The same is done along time:
of very many histograms every two become their mean.
"""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column

    Counts = NDArray[np.float64]

MOST_ROWS: Final = 128
"""Histograms of which each has a row; of more the rows are means."""

LARGEST: Final = 1e300
"""What is beyond it is counted as it, or as its negative: so every edge is a double."""

_LEAST_WIDTH: Final = 2.0**-1000

_FARTHEST: Final = 2.0**62
"""Bins, up to which it matters how far away a value is."""


class Bins:
    """Bins of one width, from ``low`` on: `count` of them, or up to twice as many where they follow
    the values.
    """

    def __init__(self, count: int, limits: tuple[float, float] | None) -> None:
        self.most = count if limits else 2 * count
        self.count = count
        self.is_fixed = limits is not None
        self.low, self.width = 0.0, 0.0
        if limits:
            self.low, self.width = limits[0], (limits[1] - limits[0]) / count

    @property
    def centres(self) -> Column:
        """The middle of each."""
        return np.arange(0.5, self.count, dtype=np.float64) * self.width + self.low

    def begin(self, low: float, high: float) -> None:
        """Follow values from `low` to `high`, the first ones."""
        span = (high - low) or abs(low) or 1.0
        # The middle of each bin has to be a double of its own.
        least = max(_LEAST_WIDTH, 2 * math.ulp(max(abs(low), abs(high))))
        width = 2.0 ** math.ceil(math.log2(max(span / self.count, least)))
        # On the grid there may be one more than there are to be: two become one.
        first, last = math.floor(low / width), math.floor(high / width)
        if last - first >= self.count and last // 2 - first // 2 < self.count:
            width, first, last = 2 * width, first // 2, last // 2
        self.low, self.width, self.count = first * width, width, last - first + 1

    def counts_of(self, values: Column) -> Counts:
        """Return how many values are in each; those outside are in none."""
        with np.errstate(over="ignore"):  # what is that far away is in none
            numbers = np.floor((values - self.low) / self.width)
        if self.is_fixed:  # the last one holds its upper edge
            numbers[values == self.low + self.count * self.width] = self.count - 1
        inside = numbers[(numbers >= 0) & (numbers < self.count)].astype(np.intp)
        return np.bincount(inside, minlength=self.count).astype(np.float64)

    def missing(self, low: float, high: float) -> tuple[int, int]:
        """Return how many bins more there have to be before the first one, and after the last."""
        before, after = (
            math.floor(min(max((value - self.low) / self.width, -_FARTHEST), _FARTHEST))
            for value in (low, high)
        )
        return max(0, -before), max(0, after + 1 - self.count)


class Histograms:
    """The histograms of one plot: ``newest``, and ``rows`` of them, the oldest first.

    They do not change: what `having` returns takes their place in one step, or, where an interrupt
    comes first, does not.
    """

    def __init__(self, bins: int, limits: tuple[float, float] | None) -> None:
        self.bins = Bins(bins, limits)
        self.newest: Counts = np.zeros(self.bins.count)
        self.rows: Counts = np.zeros((0, self.bins.count))
        self.per_row = 1  # histograms
        self.calls = 0

    @property
    def is_blank(self) -> bool:
        """True when nobody knows yet where the bins are: no value was finite."""
        return not self.bins.width

    def having(self, values: Column) -> Self:
        """Return these and one more, of values, of which those that are not finite are none."""
        more = copy.copy(self)
        more.bins = copy.copy(self.bins)
        more._add(values[np.isfinite(values)])  # noqa: SLF001 - one of these
        return more

    def _add(self, finite: Column) -> None:
        if not self.bins.is_fixed:
            finite = np.clip(finite, -LARGEST, LARGEST)
            if finite.size:
                self._reach(float(finite.min()), float(finite.max()))
        self.newest = np.zeros(self.bins.count) if self.is_blank else self.bins.counts_of(finite)
        in_last = self.calls % self.per_row
        if in_last:
            mean = self.rows[-1] + (self.newest - self.rows[-1]) / (in_last + 1)
            self.rows = np.concatenate((self.rows[:-1], mean[np.newaxis]))
        else:
            self.rows = np.concatenate((self.rows, self.newest[np.newaxis]))
        self.calls += 1
        if (
            len(self.rows) > MOST_ROWS
            and self.calls % self.per_row == 0
            and len(self.rows) % 2 == 0
        ):
            self.rows = (self.rows[::2] + self.rows[1::2]) / 2
            self.per_row *= 2

    @property
    def numbers(self) -> tuple[float, float]:
        """The number of the call in the middle of the first row, and of the last."""
        first = (self.per_row - 1) / 2
        return first, first + self.per_row * (len(self.rows) - 1)

    def _reach(self, low: float, high: float) -> None:
        """Have bins for values from `low` to `high`."""
        bins = self.bins
        if self.is_blank:
            bins.begin(low, high)
            self.rows = np.zeros((len(self.rows), bins.count))
        while sum(bins.missing(low, high)) + bins.count > bins.most:
            self._join()
        before, after = bins.missing(low, high)
        self.rows = np.pad(self.rows, ((0, 0), (before, after)))
        bins.low -= before * bins.width
        bins.count += before + after

    def _join(self) -> None:
        """Make one of every two bins, on the grid of twice the width."""
        bins = self.bins
        odd = round(bins.low / bins.width) % 2
        rows = np.pad(self.rows, ((0, 0), (odd, (bins.count + odd) % 2)))
        self.rows = rows[:, ::2] + rows[:, 1::2]
        bins.low -= odd * bins.width
        bins.width *= 2
        bins.count = self.rows.shape[1]
