"""How many points lie where: counts in cells of a screen, to which points are added.  [no I/O]

Cells lie on grids that are fixed in x and y, and a power of two wide. When points lie outside, the
grid reaches farther; when it has too many columns or rows, two become one, whose count is the sum.
So every count is exact, and no point is looked at twice.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.pixel_grid import Grid, column_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column, Rows

MOST_COLUMNS: Final = 384
MOST_ROWS: Final = 192

_WIDE: Final = 4
"""Columns of a screen in one of the cells, at first."""

_LEAST: Final = 1e-300
"""Below it steps of a double are not told apart."""

_FARTHEST: Final = 2.0**52
"""Of two cells farther out their numbers may be one double."""


class Density:
    """Counts of points; ``total`` of all of them, ``changes`` of those that ever came or left;
    ``first`` are the numbers of the first column and row, ``counts`` of shape (columns, rows). y,
    more than 0, is on a logarithmic axis where ``log_y``.
    """

    def __init__(self, grid: Grid, *, log_y: bool = False) -> None:
        self._log_x, self.log_y = grid.log, log_y
        self.sizes = [_WIDE * grid.width, 0.0]
        self.first = [0, 0]
        self.counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self.total = self.changes = 0

    @property
    def cell(self) -> tuple[float, float]:
        """How wide and high a cell is; on a logarithmic axis in decades."""
        width, height = self.sizes
        return (width * math.log10(2) if self._log_x else width), height

    def add(self, points: Rows) -> None:
        """Count points, of which x and y are the first two rows."""
        if not points.shape[1]:
            return
        places = (Grid(1.0, self._log_x).scaled(points[0]), self._scaled(points[1]))
        if not self.sizes[1]:
            self.sizes[1] = _height_for(places[1])
        for axis, most in ((0, MOST_COLUMNS), (1, MOST_ROWS)):
            self._reach(axis, float(places[axis].min()), float(places[axis].max()), most)
        column, row = (
            self._number(place, axis) - self.first[axis] for axis, place in enumerate(places)
        )
        columns, rows = self.counts.shape
        found = np.bincount(column * rows + row, minlength=columns * rows)
        self.counts += found.reshape(columns, rows)
        self.total += points.shape[1]
        self.changes += points.shape[1]

    def forget(self, lo: float) -> None:
        """Forget the columns left of x `lo`."""
        if not math.isfinite(lo) or not self.counts.size:
            return
        at = Grid(1.0, self._log_x).scaled(np.array((lo,)))
        gone = int(np.clip(int(self._number(at, 0)[0]) - self.first[0], 0, len(self.counts)))
        if gone:
            left = int(self.counts[:gone].sum())
            self.total, self.changes = self.total - left, self.changes + left
            self.counts, self.first[0] = self.counts[gone:], self.first[0] + gone

    def grow(self) -> None:
        """Make the cells twice as wide and high."""
        for axis in range(2):
            self._halve(axis)

    def rows(self) -> Rows:
        """Return the middle of each cell that has points, the logarithm of their number, and NaN:
        shape (4, n); those that have most come last, to be on top where they are below a pixel.
        """
        column, row = np.nonzero(self.counts)
        logarithms = np.log10(self.counts[column, row])
        # Short numbers are put in order without a comparison of each two.
        order = np.argsort((logarithms * 2048).astype(np.uint16), kind="stable")
        column, row, logarithms = column[order], row[order], logarithms[order]
        x, y = (
            (each + self.first[axis] + 0.5) * self.sizes[axis]
            for axis, each in enumerate((column, row))
        )
        with np.errstate(over="ignore"):
            x = np.exp2(x) if self._log_x else x
            y = 10.0**y if self.log_y else y
        return np.stack((x, y, logarithms, np.full(len(x), np.nan)))

    def _scaled(self, y: Column) -> Column:
        return np.log10(y) if self.log_y else y

    def _number(self, places: Column, axis: int) -> NDArray[np.int64]:
        with np.errstate(over="ignore"):
            numbers = np.floor(places / self.sizes[axis])
        return np.clip(numbers, -_FARTHEST, _FARTHEST).astype(np.int64)

    def _reach(self, axis: int, low: float, high: float, most: int) -> None:
        """Have the grid reach from one place to another, in at most so many columns, or rows."""
        while True:
            begin, end = self._number(np.array((low, high)), axis).tolist()
            if self.counts.shape[axis]:
                held = self.first[axis]
                begin, end = min(begin, held), max(end, held + self.counts.shape[axis] - 1)
            if end - begin < most:
                break
            self._halve(axis)
        before = self.first[axis] - begin if self.counts.shape[axis] else 0
        after = end - begin + 1 - before - self.counts.shape[axis]
        self._pad(axis, before, after)
        self.first[axis] = begin

    def _halve(self, axis: int) -> None:
        """Make one column, or row, of two."""
        first, count = self.first[axis], self.counts.shape[axis]
        self._pad(axis, first % 2, (first + count) % 2)
        pairs = np.moveaxis(self.counts, axis, 0)
        self.counts = np.moveaxis(pairs[::2] + pairs[1::2], 0, axis)
        self.first[axis] = first // 2
        self.sizes[axis] *= 2

    def _pad(self, axis: int, before: int, after: int) -> None:
        widths = [(0, 0), (0, 0)]
        widths[axis] = (before, after)
        self.counts = np.pad(self.counts, widths)


def _height_for(y: Column) -> float:
    low, high = float(y.min()), float(y.max())
    least = MOST_ROWS * math.ulp(max(abs(low), abs(high), _LEAST))
    return column_width(max(high / 2 - low / 2, least), MOST_ROWS // 3)
