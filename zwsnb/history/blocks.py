"""Rows of numbers that grow at one end and are forgotten at the other.  [no I/O]"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.kinds.arrays import Column, Rows

FIRST_ROWS: Final = 64
"""Rows of the first block, which grows until it has its size: of a thousand series most are short.
"""


class Blocks:
    """Rows of some float64 columns: appended at the end, evicted by whole blocks at the front,
    numbered for ever.

    Rows ``start`` to ``end`` are held, in ``nbytes`` bytes.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.end = 0
        self.nbytes = 0
        self.blocks: list[Rows] = []
        self.starts: list[int] = []
        self._firsts: list[float] = []

    @property
    def start(self) -> int:
        """Number of the first row that is held."""
        return self.starts[0] if self.starts else self.end

    def append(self, *columns: Column) -> None:
        """Append rows, given as one array a column."""
        done, n = 0, len(columns[0])
        while done < n:
            used = self.end % self.rows
            take = min(n - done, self.rows - used)
            block = self._block_for(used, take)
            if used == 0:
                self._firsts.append(float(columns[0][done]))
            for i, column in enumerate(columns):
                block[i, used : used + take] = column[done : done + take]
            done += take
            self.end += take

    def _block_for(self, used: int, more: int) -> Rows:
        """Return the last block, which has `used` rows, with capacity for `more`: a new one after
        a full one.
        """
        if used == 0:
            self.blocks.append(self._new(self.rows if self.end else min(self.rows, FIRST_ROWS)))
            self.starts.append(self.end)
        block = self.blocks[-1]
        if used + more > block.shape[1]:
            self.nbytes -= block.nbytes
            self.blocks[-1] = self._new(min(self.rows, 2 * (used + more)))
            self.blocks[-1][:, :used] = block[:, :used]
        return self.blocks[-1]

    def _new(self, rows: int) -> Rows:
        block = np.empty((self.columns, rows))
        self.nbytes += block.nbytes
        return block

    def slices(self, lo: int, hi: int) -> Iterator[Rows]:
        """Yield views of rows lo to hi, one a block; shape (columns, rows)."""
        lo, hi = max(lo, self.start), min(hi, self.end)
        i = bisect_right(self.starts, lo) - 1
        while lo < hi:
            begin = self.starts[i]
            stop = min(hi, begin + self.rows)
            yield self.blocks[i][:, lo - begin : stop - begin]
            lo, i = stop, i + 1

    def slice(self, lo: int, hi: int) -> Rows:
        """Return rows lo to hi, as far as they are held; shape (columns, rows). A view where one
        block holds them.
        """
        if self.blocks and self.starts[-1] <= lo <= hi <= self.end:  # nearly always
            return self.blocks[-1][:, lo - self.starts[-1] : hi - self.starts[-1]]
        parts = list(self.slices(lo, hi))
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts, axis=1) if parts else np.empty((self.columns, 0))

    def find(self, value: float) -> int:
        """Return the number of the first held row whose first column, which is sorted, is not below
        `value`.
        """
        if not self.blocks:
            return self.end
        # Not a block that begins with the value itself: equal ones may end the block before it.
        # Bisected by Python, since numpy's searchsorted lets go of the interpreter's lock.
        i = bisect_left(self._firsts, value) - 1
        if i < 0:
            return self.start
        used = min(self.rows, self.end - self.starts[i])
        return self.starts[i] + bisect_left(self.blocks[i][0], value, 0, used)

    def truncate(self, end: int) -> None:
        """Forget the rows from `end`, which is held, on.

        The block in which it lies is copied: views that were taken before stay as they were.
        """
        while self.starts and self.starts[-1] >= end:
            self.nbytes -= self.blocks.pop().nbytes
            del self.starts[-1], self._firsts[-1]
        if self.end > end and self.blocks:
            self.blocks[-1] = self.blocks[-1].copy()
        self.end = end

    def evict(self) -> None:
        """Forget the oldest block."""
        self.nbytes -= self.blocks[0].nbytes
        del self.blocks[0], self.starts[0], self._firsts[0]


class Marks(Blocks):
    """A colour and a size beside each point of a series, NaN where it has none.

    ``colors`` and ``sizes`` are the least and the largest value so far, NaN before the first.
    """

    def __init__(self, rows: int) -> None:
        super().__init__(2, rows)
        self.colors = self.sizes = (math.nan, math.nan)

    def append(self, *columns: Column) -> None:
        """Append colours and sizes."""
        super().append(*columns)
        if not len(columns[0]):
            return
        self.colors, self.sizes = (
            (
                float(np.fmin(ends[0], np.fmin.reduce(its))),
                float(np.fmax(ends[1], np.fmax.reduce(its))),
            )
            for ends, its in zip((self.colors, self.sizes), columns, strict=True)
        )

    def align(self, start: int, end: int) -> None:
        """Have a row for each of the points `start` to `end`: those that nothing is known of have
        none.
        """
        if self.end > end:
            self.truncate(end)
        first = start - start % self.rows
        if self.end < first:  # of what nothing is held, nothing is filled
            while self.blocks:
                self.evict()
            self.end = first
        if self.end < end:
            nothing = np.full(end - self.end, np.nan)
            super().append(nothing, nothing)
        while len(self.starts) > 1 and self.starts[1] <= start:
            self.evict()
