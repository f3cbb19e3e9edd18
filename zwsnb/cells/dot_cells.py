"""Cells of a screen, of each of which the newest dot is kept.  [no I/O]"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import Grid, column_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column, Mask, Rows

MAX_CELLS: Final = 1 << 20
"""Cells of a screen that have a place in a table: more, most of them empty, are sorted."""

_ROWS: Final = 256
"""Rows of cells in the height of most points, at least, at first."""

_FEW: Final = 16
"""One in so many points, at either end, is not of these: it may lie far off."""


class Cells(NamedTuple):
    """Cells of a screen: columns of x in `grid`, and rows of y `height` high, or of its logarithm
    where `log_y`: y is more than 0 then.
    """

    grid: Grid
    height: float
    log_y: bool
    is_high: bool = True

    @classmethod
    def of(cls, rows: Rows, pixels: Grid, *, log_y: bool) -> Cells:
        """Return the cells for points on a screen of such columns, of a pixel or two where most of
        them are.
        """
        y = np.sort(_scaled(rows[1], log=log_y))
        few = len(y) // _FEW
        low, high = float(y[few]), float(y[-1 - few])
        least = _ROWS * math.ulp(max(abs(low), abs(high), 1e-300))
        height = column_width(max(high - low, least), _ROWS)
        return cls(Grid(2 * pixels.width, pixels.log), height, log_y)

    def coarser(self) -> Cells:
        """Return cells of two of these: side by side, then one above the other."""
        if self.is_high:
            return self._replace(grid=Grid(2 * self.grid.width, self.grid.log), is_high=False)
        return self._replace(height=2 * self.height, is_high=True)

    def newest(self, rows: Rows) -> Mask:
        """Return which of the points, in order of time, are the newest of their cells."""
        count = rows.shape[1]
        newest = np.ones(count, dtype=bool)
        if count < 2:
            return newest
        at = self._numbers(rows)
        last = np.empty(int(at.max()) + 1, dtype=np.intp)
        order = np.arange(count)
        last[at] = order  # of several the last one stays
        newest[:] = last[at] == order
        return newest

    def _numbers(self, rows: Rows) -> NDArray[np.intp]:
        """Return the number of the cell of each point, from 0 on and not large."""
        with np.errstate(over="ignore"):
            column = np.floor(self.grid.scaled(rows[0]) / self.grid.width)
            row = np.floor(_scaled(rows[1], log=self.log_y) / self.height)
        column, row = np.nan_to_num(column), np.nan_to_num(row)
        # Where some lie far off the others nearly all rows and columns are empty.
        if _span(column) * _span(row) > MAX_CELLS:
            row = _ranks(row)
        if _span(column) * _span(row) > MAX_CELLS:
            column = _ranks(column)
        numbers = (row - row.min()) * _span(column) + (column - column.min())
        if _span(column) * _span(row) > MAX_CELLS:
            numbers = _ranks(numbers)
        found: NDArray[np.intp] = numbers.astype(np.intp)
        return found


def _span(numbers: Column) -> float:
    """Return how many there would be from the least to the largest."""
    with np.errstate(over="ignore"):
        return float(numbers.max() - numbers.min()) + 1


def _ranks(numbers: Column) -> Column:
    """Return, of each, how many different ones are less."""
    return np.unique(numbers, return_inverse=True)[1].reshape(-1).astype(np.float64)


def _scaled(y: Column, *, log: bool) -> Column:
    return np.log10(y) if log else y
