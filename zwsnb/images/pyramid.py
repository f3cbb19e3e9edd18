"""A pyramid of the highest values over the rows of an image.  [no I/O]

Level 0 are the rows themselves; a strip of each level above stands for `FACTOR` of the one below,
and holds the highest value of each of its bins: no spike is missed, however far the view is zoomed
out. A query takes the coarsest strips that are narrower than a quarter of a pixel column, so it
touches a number of them that depends on the screen and not on the length of the run. Blocks leave
at the old end, the rows first: the overview still reaches back to the beginning.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.images.row_blocks import RowBlocks, Strips, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.kinds.arrays import Column, Mask
    from zwsnb.protocol.images.rows import Cells

FACTOR: Final = 4

STRIPS_PER_COLUMN: Final = 4
"""Strips a pixel column wants, so that a row is at most a quarter of a column from where it
belongs.
"""

MOST_MOVED: Final = 2 << 20
"""Bytes of the rows that late ones may have to be put before: moved in few milliseconds."""

_MAX_RUNS: Final = 32


def size_of(level: int) -> int:
    """Return how many rows a strip of a level stands for."""
    return 1 << (2 * level)


class Pyramid:
    """Rows of `bins` values that are sorted by x, and ``levels`` of strips over them."""

    def __init__(self, bins: int) -> None:
        self.bins = bins
        self.rows = RowBlocks(bins)
        self.levels = [self.rows]

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(level.nbytes for level in self.levels)

    def append(self, x: Column, cells: Cells) -> None:
        """Append rows, none of which is left of those before."""
        self.rows.append(Strips(x, x, cells))
        while self.rows.end >= size_of(len(self.levels)):
            self.levels.append(RowBlocks(self.bins))
        for below, level in zip(self.levels, self.levels[1:], strict=False):
            lo, hi = level.end * FACTOR, below.end // FACTOR * FACTOR
            if lo < hi:
                level.append(_raised(joined(list(below.parts(lo, hi)), self.bins)))

    def count_homeless(self, x: Column) -> int:
        """Return how many of `x`, sorted, have no place any more: so long ago that nothing is held
        there, or too much would have to be moved.
        """
        rows = self.rows
        lowest = rows.end - MOST_MOVED // (4 * self.bins)
        for level in range(len(self.levels) - 1):
            size = size_of(
                level + 1
            )  # what stands above it is made anew, of all that it stands for
            lowest = max(lowest, -(-self.held_from(level) // size) * size)
        if lowest <= 0:
            return 0
        at = max(rows.start, min(lowest, rows.end - 1))
        (place,) = rows.parts(at, at + 1)
        return int(np.searchsorted(x, place.first[0]))

    def insert(self, x: Column, cells: Cells) -> int:
        """Put rows, sorted by x, in their places, behind others of the same x; each has one. Return
        the number of the first one.
        """
        begin = self.rows.find(math.nextafter(float(x[0]), math.inf))
        moved = joined(list(self.rows.parts(begin, self.rows.end)), self.bins)
        all_x, all_cells = np.concatenate((moved.first, x)), np.concatenate((moved.cells, cells))
        order = np.argsort(all_x, kind="stable")
        for level, rows in enumerate(self.levels):
            if rows.end > (strip := begin // size_of(level)):
                rows.truncate(strip)
        self.append(all_x[order], all_cells[order])
        return begin

    def held_from(self, level: int) -> int:
        """Return the number of the first row that `level` still covers."""
        return self.levels[level].start * size_of(level)

    def find(self, x: float) -> int:
        """Return the number of the first row that is not left of `x`; where the rows have been
        evicted, of the strip in which it is.
        """
        for level, rows in enumerate(self.levels):
            if rows.start == 0 or (rows.blocks and rows.blocks[0].first[0] < x):
                row = rows.find(x)
                return max(rows.start, row - 1) * size_of(level) if level else row
        return 0

    def next_x(self, x: float) -> float:
        """Return the x of the first row that is not left of `x`, of which there is one; where the
        rows have been evicted, of a strip.
        """
        for rows in self.levels:
            if rows.start == 0 or (rows.blocks and rows.blocks[0].first[0] < x):
                for strips in rows.parts(rows.find(x), rows.end):
                    return float(strips.first[0])
        return float(self.rows.blocks[0].first[0])  # the next one may be in no strip yet

    def before(self, x: float) -> float:
        """Return the x of the last row left of `x`, or of a strip where the rows have been evicted;
        `x` itself where there is none.
        """
        for rows in self.levels:
            at = rows.find(x)
            for strips in rows.parts(at - 1, at):
                return min(x, float(strips.last[0]))
        return x

    def nearest(self, x: float) -> tuple[Strips, bool]:
        """Return the row nearest to x, of which there is one, and True; where the rows have been
        evicted, the strip that stands for it, and False.
        """
        level, rows = next(
            (
                (i, r)
                for i, r in enumerate(self.levels)
                if r.start == 0 or r.blocks[0].first[0] <= x
            ),
            (0, self.rows),
        )
        at = rows.find(x)
        near = joined(list(rows.parts(at - 1, at + 1)), self.bins)
        away = np.maximum(near.first - x, x - near.last)
        best = int(np.argmin(away))
        return near.part(best, best + 1), level == 0

    def gather(
        self,
        lo: int,
        hi: int,
        scaled: Callable[[Column], Column],
        width: float,
        factor: int = 1,
    ) -> Strips:
        """Return what stands for the rows lo to hi, in order.

        scaled: returns x as the axis has them. width: of a pixel column, in these. factor: a power
        of two; the values are the highest of so many each.
        """
        gathering = _Gathering(self, scaled, width / STRIPS_PER_COLUMN)
        gathering.add(len(self.levels) - 1, lo, min(hi, self.rows.end))
        # Part by part, before any is copied.
        parts = [part._replace(cells=lowered(part.cells, factor)) for part in gathering.parts]
        return joined(parts, -(-self.bins // factor))

    def evict(self) -> bool:
        """Forget the oldest rows of the finest level that holds more than half of what it and the
        coarser ones hold; False when there is nothing more to forget.
        """
        levels = self.levels
        spare = [i for i in range(len(levels)) if self._can_spare(i)]
        if not spare:
            return False
        large = [i for i in spare if levels[i].nbytes * 2 >= sum(r.nbytes for r in levels[i:])]
        levels[min(large or spare)].evict()
        return True

    def _can_spare(self, level: int) -> bool:
        """True when `level` has something to spare, a coarser one covers that, and without it the
        level still reaches as far back as the finer one.
        """
        rows = self.levels[level]
        if not rows.has_spare:
            return False
        next_row = rows.next_start * size_of(level)
        is_covered = level + 1 == len(self.levels) or (
            self.levels[level + 1].end * size_of(level + 1) >= next_row
        )
        return is_covered and (level == 0 or next_row <= self.held_from(level - 1))


def _raised(strips: Strips) -> Strips:
    """Return strips each of which stands for `FACTOR` of those, a multiple of it."""
    cells = np.fmax.reduce(strips.cells.reshape(-1, FACTOR, strips.cells.shape[1]), axis=1)
    return Strips(strips.first[::FACTOR], strips.last[FACTOR - 1 :: FACTOR], cells)


def lowered(cells: Cells, factor: int) -> Cells:
    """Return the highest of every `factor` values of each row, a power of two; the last one may be
    of fewer. Halves are much faster than sums over few neighbours.
    """
    while factor > 1:
        even, odd = cells[:, ::2], cells[:, 1::2]
        pairs = np.fmax(even[:, : odd.shape[1]], odd)
        single = even[:, odd.shape[1] :]
        cells = np.concatenate((pairs, single), axis=1) if single.size else pairs
        factor //= 2
    return cells


class _Gathering:
    """The ``parts``, oldest first, of what one query gathers."""

    def __init__(self, pyramid: Pyramid, scaled: Callable[[Column], Column], widest: float) -> None:
        self.parts: list[Strips] = []
        self._pyramid = pyramid
        self._scaled = scaled
        self._widest = widest

    def add(self, level: int, lo: int, hi: int) -> None:
        """Add what stands for rows lo to hi: strips of `level`, finer ones where those are too wide
        and at both ends.
        """
        if lo >= hi:
            return
        if level == 0:
            self.parts += self._pyramid.rows.parts(lo, hi)
            return
        size, strips = size_of(level), self._pyramid.levels[level]
        finer = -(-self._pyramid.held_from(level - 1) // size) * size
        if lo < finer:  # nothing finer is held of these: all that there is
            self.parts += strips.parts(lo // size, -(-min(hi, finer) // size))
            self.add(level, finer, hi)
            return
        first, last = -(-lo // size), min(hi // size, strips.end)
        if first >= last:
            self.add(level - 1, lo, hi)
            return
        self.add(level - 1, lo, first * size)
        self._add_strips(level, first, last)
        self.add(level - 1, last * size, hi)

    def _add_strips(self, level: int, first: int, last: int) -> None:
        size = size_of(level)
        strips = self._pyramid.levels[level]
        ends = [(part.first, part.last) for part in strips.parts(first, last)]
        firsts, lasts = map(np.concatenate, zip(*ends, strict=True))
        done = 0
        for begin, end in _runs(self._scaled(lasts) - self._scaled(firsts) > self._widest):
            self.parts += strips.parts(first + done, first + begin)
            self.add(level - 1, (first + begin) * size, (first + end) * size)
            done = end
        self.parts += strips.parts(first + done, last)


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """Return the runs of True as (begin, end); one over all of them where there are too many to be
    worth it.
    """
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    if len(edges) > 2 * _MAX_RUNS:
        return [(int(edges[0]), int(edges[-1]))]
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
