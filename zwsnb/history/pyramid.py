"""A pyramid of extremes over the points of a series.  [no I/O]

Level 0 are the points themselves, the levels above it cells (`zwsnb.history.cells`). A query takes
the coarsest cells that are narrower than a pixel column, so it touches a number of cells that
depends on the screen and not on the length of the run; where points are sparse it refines. Blocks
leave at the old end, the raw points first: the coarse levels stay, and the overview still reaches
back to the beginning.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypedDict

import numpy as np

from zwsnb.history.blocks import Blocks
from zwsnb.history.cells import (
    CELL_COLUMNS,
    FACTOR,
    POINTS_PER_CELL,
    cell_size,
    cells_of_cells,
    cells_of_points,
    vertices_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.kinds.arrays import Column, Mask, Rows

POINT_ROWS: Final = 65_536
"""Points of a block."""

CELL_ROWS: Final = 4_096
"""Cells of a block."""

LEAST_POINTS: Final = 128
"""Points of a series that always stay, its newest."""

LEAST_CELLS: Final = 16
"""Cells of a level that always stay."""

BUNCH: Final = 4_096
"""Points that the cells may be behind: a hundred at a time would cost as many calls of numpy as
thousands.
"""

CELLS_PER_COLUMN: Final = 4
"""Cells a pixel column wants, so that an extreme is at most a quarter of a column from where it
belongs.
"""

BESIDE: Final = 512
"""Bytes of a level beside its rows, about."""

_MAX_RUNS: Final = 32


class Held(TypedDict):
    """What is held at one resolution."""

    points_per_row: int
    rows: int
    from_point: int


class Pyramid:
    """Points, ``levels[0]``, which have to be sorted by x, and above them ``levels`` of cells.

    Points are appended to ``points``; `raise_levels` makes the cells. Levels are not empty but for
    the first.
    """

    def __init__(self) -> None:
        self.points = Blocks(2, POINT_ROWS, LEAST_POINTS)
        self.levels = [self.points]
        self._raised = 0

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return BESIDE * len(self.levels) + sum(level.nbytes for level in self.levels)

    # -- growing -----------------------------------------------------------------------------------

    def raise_in_bunches(self) -> bool:
        """Make cells when there are points enough to be worth it; True when there were."""
        is_worth_it = self.points.end - self._raised >= BUNCH
        if is_worth_it:
            self.raise_levels()
        return is_worth_it

    def raise_levels(self) -> None:
        """Make the cells that the new points have completed, level by level."""
        self._raised = self.points.end
        self._add_levels()
        below, per_cell = self.points, POINTS_PER_CELL
        reduce: Callable[[Rows], Sequence[Column]] = cells_of_points
        for level in self.levels[1:]:
            lo, hi = level.end * per_cell, below.end // per_cell * per_cell
            if hi <= lo:
                return
            for part in below.slices(lo, hi):
                level.append(*reduce(part))
            below, per_cell, reduce = level, FACTOR, cells_of_cells

    def _add_levels(self) -> None:
        while self.points.end >= cell_size(len(self.levels)):
            self.levels.append(Blocks(CELL_COLUMNS, CELL_ROWS, LEAST_CELLS))

    def truncate(self, end: int) -> None:
        """Forget the points from number `end`, which is held, on, and the cells over them."""
        for level, rows in enumerate(self.levels):
            if rows.end > (row := end // cell_size(level)):
                rows.truncate(row)
        del self.levels[1 + sum(rows.end > 0 for rows in self.levels[1:]) :]
        self._raised = min(self._raised, end)

    def drop_cells(self) -> None:
        """Forget all levels but the points."""
        del self.levels[1:]

    # -- finding -----------------------------------------------------------------------------------

    def held_from(self, level: int) -> int:
        """Return the number of the first point that `level` still covers."""
        return self.levels[level].start * cell_size(level)

    def find(self, x: float, *, after: bool = False) -> int:
        """Return the number of the first point that is not left of `x`.

        Where the points have been evicted it is somewhere in a cell: return where that begins, or
        ends.
        """
        for level, rows in enumerate(self.levels):
            if rows.start == 0 or (rows.blocks and rows.blocks[0][0, 0] < x):
                row = rows.find(x)
                if level and not after:
                    row = max(rows.start, row - 1)
                return min(self.points.end, row * cell_size(level))
        return 0

    def x_of(self, number: int) -> float:
        """Return x of a point, of the first one of its cell where the point has been evicted, or of
        the newest point where nothing holds it; before all others where there is no point.
        """
        for level, rows in enumerate(self.levels):
            row = number // cell_size(level)
            if rows.start <= row < rows.end:
                return float(rows.slice(row, row + 1)[0, 0])
        newest = self.points.slice(self.points.end - 1, self.points.end)
        return float(newest[0, 0]) if newest.size else -math.inf

    def gather(self, lo: int, hi: int, grid: Grid) -> Rows:
        """Return what stands for the points lo to hi in the columns of `grid`.

        Shape (2, n), x and y, in order of time: the points themselves, or the two extremes of cells
        that are narrower than a quarter of a column, or of the finest cells that are still held. y
        is NaN in gaps.
        """
        if lo >= self.points.start and hi - lo <= BUNCH:
            return self.points.slice(lo, hi)
        gathering = _Gathering(self, grid)
        for floor, begin, end in self._held_parts(lo, hi):
            columns = grid.count(self.x_of(begin), self.x_of(end - 1))
            level = max(floor, self._level_for((end - begin) / columns))
            gathering.add(level, floor, begin, end)
        return gathering.vertices()

    def _held_parts(self, lo: int, hi: int) -> list[tuple[int, int, int]]:
        """Split lo to hi by the finest level that still holds each part: (level, lo, hi), oldest
        first.
        """
        parts = []
        for level in range(len(self.levels)):
            start = max(lo, self.held_from(level))
            if start < hi:
                parts.append((level, start, hi))
                hi = start
        return parts[::-1]

    def _level_for(self, points_per_column: float) -> int:
        """Return the coarsest level with cells enough in a column."""
        level, top = 0, len(self.levels) - 1
        while level < top and cell_size(level + 1) * CELLS_PER_COLUMN <= points_per_column:
            level += 1
        return level

    # -- forgetting --------------------------------------------------------------------------------

    def evict(self) -> bool:
        """Forget the oldest rows, as `Blocks.evict`, of the finest level that holds more than half
        of what it and the coarser ones hold. Points that leave have to stand in cells before.

        Returns False when there is nothing more to forget.
        """
        levels = self.levels
        spare = [i for i in range(len(levels)) if self._can_spare(i)]
        if not spare:
            return False
        large = [i for i in spare if levels[i].nbytes * 2 >= sum(r.nbytes for r in levels[i:])]
        levels[min(large or spare)].evict()
        return True

    @property
    def has_spare(self) -> bool:
        """True when there may be something to forget."""
        return any(level.has_spare for level in self.levels)

    def _can_spare(self, level: int) -> bool:
        """True when `level` has something to spare, and without that still reaches as far back as
        the finer one.
        """
        rows = self.levels[level]
        return rows.has_spare and (
            level == 0 or rows.next_start * cell_size(level) <= self.held_from(level - 1)
        )

    def held(self) -> list[Held]:
        """Return what is held at which resolution, finest first: points per row, rows, and the
        first point covered.
        """
        return [
            {
                "points_per_row": cell_size(level),
                "rows": rows.end - rows.start,
                "from_point": self.held_from(level),
            }
            for level, rows in enumerate(self.levels)
        ]


class _Gathering:
    """The pieces, oldest first, of what one query gathers.

    In its methods ``floor`` is the finest level that still holds all of the part in question.
    """

    def __init__(self, pyramid: Pyramid, grid: Grid) -> None:
        self._pyramid = pyramid
        self._grid = grid
        self._pieces: list[Rows] = []

    def vertices(self) -> Rows:
        """Return all that was gathered, shape (2, n)."""
        return np.concatenate(self._pieces, axis=1) if self._pieces else np.empty((2, 0))

    def add(self, level: int, floor: int, lo: int, hi: int) -> None:
        """Add what stands for points lo to hi: whole cells of `level`, finer ones at both ends."""
        if lo >= hi:
            return
        if level == 0:
            self._pieces.append(self._pyramid.points.slice(lo, hi))
            return
        size = cell_size(level)
        cells = self._pyramid.levels[level]
        # On the finest level that is held there is nothing finer for the ends: take the cells that
        # reach over them.
        first = lo // size if level == floor else -(-lo // size)
        last = min(hi // size if level > floor else -(-hi // size), cells.end)
        below = level - 1
        if first >= last:
            self.add(below, min(floor, below), lo, hi)
            return
        if level > floor:
            self.add(below, floor, lo, first * size)
            self._add_cells(level, floor, first, last)
        else:
            self._pieces.append(vertices_of(cells.slice(first, last)))
        self.add(below, min(floor, below), max(lo, last * size), hi)

    def _add_cells(self, level: int, floor: int, first: int, last: int) -> None:
        """Add cells first to last of `level`, and finer ones for those too wide for the grid."""
        size = cell_size(level)
        rows = self._pyramid.levels[level].slice(first, last)
        starts = np.append(rows[0], self._pyramid.x_of(last * size))
        too_wide = np.diff(self._grid.scaled(starts)) > self._grid.width / CELLS_PER_COLUMN
        done = 0
        for begin, end in _runs(too_wide):
            if begin > done:
                self._pieces.append(vertices_of(rows[:, done:begin]))
            self.add(level - 1, floor, (first + begin) * size, (first + end) * size)
            done = end
        if done < last - first:
            self._pieces.append(vertices_of(rows[:, done:]))


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """Return the runs of True as (begin, end); one run over all of them where there are too many to
    be worth it.
    """
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    if len(edges) > 2 * _MAX_RUNS:
        return [(int(edges[0]), int(edges[-1]))]
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
