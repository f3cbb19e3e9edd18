"""Rows of an image that grow at one end and are forgotten at the other.  [no I/O]"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.order.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Cells

BLOCK: Final = 1 << 20
"""Bytes of a block of rows."""

LEAST_ROWS: Final = 16

_FIRST_ROWS: Final = 8


class Strips(NamedTuple):
    """Rows, or what stands for several of them.

    first, last: shape (n,), the x of the first and of the last row that each stands for. cells:
    shape (n, bins).
    """

    first: Column
    last: Column
    cells: Cells

    def part(self, lo: int, hi: int) -> Strips:
        """Return those from `lo` to before `hi`, as views."""
        return Strips(self.first[lo:hi], self.last[lo:hi], self.cells[lo:hi])


def joined(parts: list[Strips], bins: int) -> Strips:
    """Return parts one after the other."""
    if len(parts) == 1:
        return parts[0]
    none = Strips(np.empty(0), np.empty(0), np.empty((0, bins), np.float32))
    first, last, cells = zip(none, *parts, strict=True)
    return Strips(np.concatenate(first), np.concatenate(last), np.concatenate(cells))


class RowBlocks(Numbered):
    """Strips of `bins` cells: appended at the end, evicted at the front, numbered for ever, as
    `Numbered`; in ``nbytes`` bytes.
    """

    def __init__(self, bins: int) -> None:
        super().__init__(max(LEAST_ROWS, BLOCK // (4 * bins)), LEAST_ROWS)
        self.bins = bins
        self.nbytes = 0
        self.blocks: list[Strips] = []
        self._firsts: list[float] = []

    @property
    def room(self) -> int:
        """For how many strips the oldest block has room."""
        return len(self.blocks[0].first)

    def append(self, strips: Strips) -> None:
        """Append strips, which are copied."""
        done, n = 0, len(strips.first)
        while done < n:
            used = self.end - self.starts[-1] if self.starts else 0
            if used == self.rows or not self.starts:
                used = 0
                self.blocks.append(self._new(self.rows_of_new(max(_FIRST_ROWS, n - done))))
                self.starts.append(self.end)
                self._firsts.append(float(strips.first[done]))
            take = min(n - done, self.rows - used)
            _put(self._newest_for(used, take), used, strips.part(done, done + take))
            done += take
            self.end += take

    def _newest_for(self, used: int, more: int) -> Strips:
        """Return the newest block, which has `used` strips, with room for `more`."""
        block = self.blocks[-1]
        if used + more > len(block.first):
            block = self._replace(-1, block.part(0, used), min(self.rows, 2 * (used + more)))
        return block

    def _replace(self, i: int, strips: Strips, room: int) -> Strips:
        """Have block `i` be `strips`, copied, and room for so many in all; return it."""
        self.nbytes -= _nbytes(self.blocks[i])
        block = self.blocks[i] = self._new(room)
        _put(block, 0, strips)
        return block

    def _new(self, rows: int) -> Strips:
        block = Strips(np.empty(rows), np.empty(rows), np.empty((rows, self.bins), np.float32))
        self.nbytes += _nbytes(block)
        return block

    def parts(self, lo: int, hi: int) -> Iterator[Strips]:
        """Yield strips lo to hi, as far as they are held, as views: one a block."""
        lo, hi = max(lo, self.start), min(hi, self.end)
        i = bisect_right(self.starts, lo) - 1
        while lo < hi:
            begin = self.starts[i]
            stop = min(hi, self.stop(i))
            yield self.blocks[i].part(lo - begin, stop - begin)
            lo, i = stop, i + 1

    def find(self, x: float) -> int:
        """Return the number of the first held one whose first x is not below `x`."""
        i = bisect_left(self._firsts, x) - 1
        if i < 0:
            return self.start
        begin = self.starts[i]
        return begin + bisect_left(self.blocks[i].first, x, 0, self.stop(i) - begin)

    def truncate(self, end: int) -> None:
        """Forget those from `end`, which is held, on.

        The block in which it lies is copied: views that were taken before stay as they were.
        """
        while self.starts and self.starts[-1] >= end:
            self.nbytes -= _nbytes(self.blocks.pop())
            del self.starts[-1], self._firsts[-1]
        if self.end > end and self.blocks:
            first, last, cells = self.blocks[-1]
            self.blocks[-1] = Strips(first.copy(), last.copy(), cells.copy())
        self.end = end

    def evict(self) -> None:
        """Forget what `Numbered` says: the oldest block, or some of it, or what is empty."""
        first = self.next_start
        if first == self.stop(0):
            self.nbytes -= _nbytes(self.blocks[0])
            del self.blocks[0], self.starts[0], self._firsts[0]
            return
        strips = self.blocks[0].part(first - self.start, self.stop(0) - self.start)
        self._replace(0, strips, self.room_after(first))
        self.starts[0], self._firsts[0] = first, float(strips.first[0])


def _put(block: Strips, at: int, strips: Strips) -> None:
    end = at + len(strips.first)
    block.first[at:end] = strips.first
    block.last[at:end] = strips.last
    block.cells[at:end] = strips.cells


def _nbytes(block: Strips) -> int:
    return block.first.nbytes + block.last.nbytes + block.cells.nbytes
