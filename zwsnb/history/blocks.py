"""Rows of numbers that grow at one end and are forgotten at the other.  [no I/O]

A block has room for as many rows as come soon: a short series has a short one, which doubles, and
only a long series takes whole blocks at once.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.order.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.kinds.arrays import Column, Rows

FIRST_ROWS: Final = 16
"""Rows of the first block, which grows until it has its size: of a thousand series most are short.
"""


class Blocks(Numbered):
    """Rows of some float64 columns: appended at the end, evicted at the front, numbered for ever,
    as `Numbered`; in ``nbytes`` bytes.
    """

    def __init__(self, columns: int, rows: int, least: int = 4) -> None:
        super().__init__(rows, least)
        self.columns = columns
        self.nbytes = 0
        self.blocks: list[Rows] = []
        self._firsts: list[float] = []

    @property
    def room(self) -> int:
        """For how many rows the oldest block has room."""
        return len(self.blocks[0][0])

    # -- growing -----------------------------------------------------------------------------------

    def append(self, *columns: Column) -> None:
        """Append rows, given as one array a column."""
        done, n = 0, len(columns[0])
        while done < n:
            used = self.end - self.starts[-1] if self.starts else 0
            if used == self.rows or not self.starts:
                used = 0
                self._add_block(n - done)
                self._firsts.append(float(columns[0][done]))
            take = min(n - done, self.rows - used)
            block = self._newest_for(used, take)
            for i, column in enumerate(columns):
                block[i, used : used + take] = column[done : done + take]
            done += take
            self.end += take

    def _add_block(self, more: int) -> None:
        """Add a block when so many rows are to come."""
        self.blocks.append(self._new(self.rows_of_new(max(FIRST_ROWS, more))))
        self.starts.append(self.end)

    def _newest_for(self, used: int, more: int) -> Rows:
        """Return the newest block, which has `used` rows, with room for `more`."""
        block = self.blocks[-1]
        if used + more > block.shape[1]:
            block = self._replace(-1, block[:, :used], min(self.rows, 2 * (used + more)))
        return block

    def _new(self, rows: int) -> Rows:
        block = np.empty((self.columns, rows))
        self.nbytes += block.nbytes
        return block

    def _replace(self, i: int, rows: Rows, room: int) -> Rows:
        """Have block `i` be `rows`, copied, and room for so many in all; return it."""
        block = self._new(room)  # which may raise, and then nothing has changed
        self.nbytes -= self.blocks[i].nbytes
        self.blocks[i] = block
        block[:, : rows.shape[1]] = rows
        return block

    # -- finding -----------------------------------------------------------------------------------

    def slices(self, lo: int, hi: int) -> Iterator[Rows]:
        """Yield views of rows lo to hi, one a block; shape (columns, rows)."""
        lo, hi = max(lo, self.start), min(hi, self.end)
        i = bisect_right(self.starts, lo) - 1
        while lo < hi:
            begin = self.starts[i]
            stop = min(hi, self.stop(i))
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
        begin = self.starts[i]
        return begin + bisect_left(self.blocks[i][0], value, 0, self.stop(i) - begin)

    # -- forgetting --------------------------------------------------------------------------------

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
        """Forget what `Numbered` says: the oldest block, or some of it, or what is empty."""
        self._cut(self.next_start)

    def _cut(self, first: int) -> None:
        """Forget the rows of the oldest block before `first`; all of it, where that is its end."""
        if first == self.stop(0):
            self.nbytes -= self.blocks[0].nbytes
            del self.blocks[0], self.starts[0], self._firsts[0]
            return
        rows = self.blocks[0][:, first - self.start : self.stop(0) - self.start]
        self._replace(0, rows, self.room_after(first))
        self.starts[0], self._firsts[0] = first, float(rows[0, 0])


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
        if self.end < start:  # of what nothing is held, nothing is filled
            self.truncate(self.start)
            self.end = start
        if self.end < end:
            nothing = np.full(end - self.end, np.nan)
            super().append(nothing, nothing)
        while self.starts and self.stop(0) <= start < self.end:
            self._cut(self.stop(0))
        if self.starts and 2 * (start - self.start) >= self.stop(0) - self.start:
            self._cut(start)
