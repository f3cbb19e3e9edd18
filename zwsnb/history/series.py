"""One series: its points, and over them a pyramid of extremes.  [no I/O]

A query takes the coarsest cells that are narrower than a pixel column, so it touches a number of
cells that depends on the screen and not on the length of the run; where points are sparse it
refines. Blocks leave at the old end, the raw points first: the coarse levels stay, and the overview
still reaches back to the beginning.

x has to grow. When it goes backwards the series turns into XY mode, for phase plots and restarted
counters: it keeps its newest 100,000 points, to be drawn in the order in which they were published.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.blocks import Blocks
from zwsnb.history.cells import (
    FACTOR,
    POINTS_PER_CELL,
    cell_size,
    cells_of_cells,
    cells_of_points,
    vertices_of,
)
from zwsnb.protocol.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid

    Column = NDArray[np.float64]

POINT_ROWS: Final = 65_536
CELL_ROWS: Final = 4_096

XY_POINTS: Final = 100_000
"""Points that a series keeps whose x goes backwards."""

BUNCH: Final = 4_096
"""Points that the pyramid may be behind: a hundred at a time would cost as many calls of numpy as
thousands.
"""

CELLS_PER_COLUMN: Final = 4
"""Cells a pixel column wants, so that an extreme is at most a quarter of a column from where it
belongs.
"""

_MAX_RUNS: Final = 32


class Series:
    """One series: points 0 to ``count``, of which ``points`` holds the newest, and ``levels`` their
    extremes.

    ``cleared`` points came before. ``ordered`` is False in XY mode. ``last`` is the newest point,
    ``x_range`` the smallest and largest x ever seen. ``generation`` changes whenever what was made
    of the points before is void: at a reset, and when the series turns into XY mode.
    """

    def __init__(self, ident: int, name: str) -> None:
        self.ident = ident
        self.name = name
        self.cleared = 0
        self.generation = 0
        self.reset()

    def reset(self) -> None:
        """Forget everything, and start afresh."""
        self.points = Blocks(2, POINT_ROWS)
        self.levels: list[Blocks] = []
        self._raised = 0
        self.ordered = True
        self.last = (math.nan, math.nan)
        self.x_range = (math.nan, math.nan)
        self.generation += 1

    @property
    def count(self) -> int:
        """Points that it ever took."""
        return self.points.end

    @property
    def first_shown(self) -> int:
        """Number of the oldest point that can be drawn: in XY mode of the newest 100,000, else of
        those that are held.
        """
        return self.points.start if self.ordered else max(self.points.start, self.count - XY_POINTS)

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return self.points.nbytes + sum(level.nbytes for level in self.levels)

    def append(self, x: Column, y: Column) -> bool:
        """Take points; `x` is finite, `y` may be NaN for a gap. O(1) amortised a point.

        Returns True when it takes more memory than before.
        """
        if not len(x):
            return False
        if self.ordered and not (self._is_next(x[0]) and _is_sorted(x)):
            self._turn_xy()
        before = self.nbytes
        self.points.append(x, y)
        self.last = (float(x[-1]), float(y[-1]))
        lo, hi = (x[0], x[-1]) if self.ordered else (x.min(), x.max())
        least, largest = self.x_range
        # Both are NaN before the first point.
        self.x_range = (
            least if least <= lo else float(lo),
            largest if largest >= hi else float(hi),
        )
        if not self.ordered:
            self._keep_newest()
        elif self.count - self._raised >= BUNCH:
            self._raise_levels()
        return self.nbytes > before

    def _is_next(self, x: float) -> bool:
        return self.count == 0 or bool(x >= self.last[0])

    def _turn_xy(self) -> None:
        self.ordered = False
        self.levels.clear()
        self.generation += 1

    def _keep_newest(self) -> None:
        while self.points.end - self.points.start - self.points.rows >= XY_POINTS:
            self.points.evict()

    # -- the pyramid -------------------------------------------------------------------------------

    def _raise_levels(self) -> None:
        """Make the cells that the new points have completed, level by level."""
        self._raised = self.count
        below, per_cell = self.points, POINTS_PER_CELL
        reduce: Callable[[NDArray[np.float64]], Sequence[Column]] = cells_of_points
        for level in self._levels_for(self.count):
            lo, hi = level.end * per_cell, below.end // per_cell * per_cell
            if hi <= lo:
                return
            for part in below.slices(lo, hi):
                level.append(*reduce(part))
            below, per_cell, reduce = level, FACTOR, cells_of_cells

    def _levels_for(self, count: int) -> list[Blocks]:
        size = cell_size(len(self.levels) + 1)
        while count >= size:
            self.levels.append(Blocks(6, CELL_ROWS))
            size *= FACTOR
        return self.levels

    def held_from(self, level: int) -> int:
        """Return the number of the first point that `level` (0: the points themselves) still
        covers.
        """
        return self.points.start if level == 0 else self.levels[level - 1].start * cell_size(level)

    def find(self, x: float, *, after: bool = False) -> int:
        """Return the number of the first point that is not left of `x`.

        Where the points have been evicted it is somewhere in a cell: return where that begins, or
        ends.
        """
        for level in range(len(self.levels) + 1):
            rows, size = (self.levels[level - 1], cell_size(level)) if level else (self.points, 1)
            if rows.start == 0 or (rows.blocks and rows.blocks[0][0, 0] < x):
                row = rows.find(x)
                if level and not after:
                    row = max(rows.start, row - 1)
                return min(self.count, row * size)
        return 0

    def next_x(self, x: float) -> float:
        """Return x of the first point that is not left of `x`, or the largest x: where all are, and
        in XY mode.
        """
        if not self.ordered:
            return self.x_range[1]
        return self._x_near(min(self.find(x, after=True), self.count - 1))

    def gather(self, lo: int, hi: int, grid: Grid) -> NDArray[np.float64]:
        """Return what stands for the points lo to hi in the columns of `grid`.

        Shape (2, n), x and y, in order of time: the points themselves, or the two extremes of cells
        that are narrower than a quarter of a column, or of the finest cells that are still held. y
        is NaN in gaps.
        """
        if lo >= self.points.start and hi - lo <= BUNCH:
            return self.points.slice(lo, hi)
        pieces: list[NDArray[np.float64]] = []
        for floor, begin, end in self._held_parts(lo, hi):
            columns = grid.count(self._x_near(begin), self._x_near(end - 1))
            level = max(floor, self._level_for((end - begin) / columns))
            self._collect(pieces, level, floor, begin, end, grid)
        return np.concatenate(pieces, axis=1) if pieces else np.empty((2, 0))

    def _held_parts(self, lo: int, hi: int) -> list[tuple[int, int, int]]:
        """Split lo to hi by the finest level that still holds each part: (level, lo, hi), oldest
        first.
        """
        parts = []
        for level in range(len(self.levels) + 1):
            start = max(lo, self.held_from(level))
            if start < hi:
                parts.append((level, start, hi))
                hi = start
        return parts[::-1]

    def _x_near(self, number: int) -> float:
        """Return x of a point, or of the first one of its cell where the point has been evicted."""
        for level in range(len(self.levels) + 1):
            rows, size = (self.levels[level - 1], cell_size(level)) if level else (self.points, 1)
            if rows.start * size <= number < rows.end * size:
                return float(rows.slice(number // size, number // size + 1)[0, 0])
        return self.last[0]

    def _level_for(self, points_per_column: float) -> int:
        """Return the coarsest level with cells enough in a column."""
        level = 0
        while (
            level < len(self.levels)
            and cell_size(level + 1) * CELLS_PER_COLUMN <= points_per_column
        ):
            level += 1
        return level

    def _collect(
        self,
        pieces: list[NDArray[np.float64]],
        level: int,
        floor: int,
        lo: int,
        hi: int,
        grid: Grid,
    ) -> None:
        """Append to `pieces` what stands for points lo to hi: whole cells of `level`, and finer
        ones at both ends.
        """
        if lo >= hi:
            return
        if level == 0:
            pieces.append(self.points.slice(lo, hi))
            return
        size = cell_size(level)
        cells = self.levels[level - 1]
        # On the finest level that is held there is nothing finer for the ends: take the cells that
        # reach over them.
        first = lo // size if level == floor else -(-lo // size)
        last = min(hi // size if level > floor else -(-hi // size), cells.end)
        if first >= last:
            self._collect(pieces, level - 1, min(floor, level - 1), lo, hi, grid)
            return
        if level > floor:
            self._collect(pieces, level - 1, floor, lo, first * size, grid)
            self._collect_cells(pieces, level, floor, first, last, grid)
        else:
            pieces.append(vertices_of(cells.slice(first, last)))
        self._collect(pieces, level - 1, min(floor, level - 1), max(lo, last * size), hi, grid)

    def _collect_cells(
        self,
        pieces: list[NDArray[np.float64]],
        level: int,
        floor: int,
        first: int,
        last: int,
        grid: Grid,
    ) -> None:
        """Append cells first to last of `level`; those that are too wide for `grid` as finer ones."""
        rows = self.levels[level - 1].slice(first, last)
        widths = np.diff(grid.scaled(np.append(rows[0], self._x_near(last * cell_size(level)))))
        size = cell_size(level)
        done = 0
        for begin, end in _runs(widths > grid.width / CELLS_PER_COLUMN):
            if begin > done:
                pieces.append(vertices_of(rows[:, done:begin]))
            self._collect(
                pieces, level - 1, floor, (first + begin) * size, (first + end) * size, grid
            )
            done = end
        if done < last - first:
            pieces.append(vertices_of(rows[:, done:]))

    # -- forgetting --------------------------------------------------------------------------------

    def evict(self) -> bool:
        """Forget the oldest block of the finest level that holds more than half of what it and the
        coarser ones hold.

        Returns False when there is nothing more to forget.
        """
        if self.ordered:
            self._raise_levels()
        rows = [self.points, *self.levels]
        spare = [i for i in range(len(rows)) if self._can_spare(i)]
        if not spare:
            return False
        large = [i for i in spare if rows[i].nbytes * 2 >= sum(level.nbytes for level in rows[i:])]
        rows[min(large or spare)].evict()
        return True

    def _can_spare(self, level: int) -> bool:
        """True when `level` has more than one block, and without the oldest still reaches as far
        back as the finer one.
        """
        rows = self.levels[level - 1] if level else self.points
        return len(rows.blocks) > 1 and (
            level == 0 or rows.starts[1] * cell_size(level) <= self.held_from(level - 1)
        )

    def held(self) -> list[dict[str, int]]:
        """Return what is held at which resolution, finest first: points per row, rows, and the
        first point covered.
        """
        rows = [self.points, *self.levels]
        return [
            {
                "points_per_row": cell_size(i),
                "rows": r.end - r.start,
                "from_point": r.start * cell_size(i),
            }
            for i, r in enumerate(rows)
        ]


def _is_sorted(x: Column) -> bool:
    if len(x) > LIST_LIMIT:
        return bool((x[1:] >= x[:-1]).all())
    numbers = x.tolist()
    return bool(numbers == sorted(numbers))


def _runs(wide: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of True as (begin, end); one run over all of them where there are too many to
    be worth it.
    """
    edges = np.flatnonzero(np.diff(wide, prepend=False, append=False))
    if len(edges) > 2 * _MAX_RUNS:
        return [(int(edges[0]), int(edges[-1]))]
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
