"""The cells of a pyramid: how points become cells, cells coarser cells, and cells vertices.  [no
I/O]

A cell stands for 32 points, one level up for 4 cells, and so on. It holds x of its first point, its
lowest and highest point in order of time, and whether it begins or ends in a gap. tsdownsample
finds the extremes of points, at which every point passes; above that there is little left to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from tsdownsample import MinMaxDownsampler

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column, Mask, Rows

    Index = NDArray[np.intp]

POINTS_PER_CELL: Final = 32
"""Points of a cell of the first level. A pyramid of six numbers a cell, by 32 and then by 4, costs
2 bytes a point.
"""

FACTOR: Final = 4
"""Cells of one level that make a cell of the next."""

CELL_COLUMNS: Final = 6
"""Numbers of a cell: x of its first point, x and y of its earlier extreme and of the later one, and
the flags below.
"""

_STARTS_IN_GAP, _ENDS_IN_GAP = 1, 2

_minmax = MinMaxDownsampler()


def cell_size(level: int) -> int:
    """Return how many points a cell of `level` stands for; level 0 are the points."""
    return POINTS_PER_CELL * FACTOR ** (level - 1) if level else 1


def cells_of_points(points: Rows) -> Sequence[Column]:
    """Reduce points, shape (2, 32 n), to the columns of n cells."""
    x, y = points
    n = len(x) // POINTS_PER_CELL
    index = _minmax.downsample(np.ascontiguousarray(y), n_out=2 * n)
    gaps = _gaps_at_edges(np.isnan(y).reshape(n, POINTS_PER_CELL))
    first, second = index[0::2], index[1::2]
    return x[::POINTS_PER_CELL], x[first], y[first], x[second], y[second], gaps


def _gaps_at_edges(missing: Mask) -> Column:
    return missing[:, 0] * float(_STARTS_IN_GAP) + missing[:, -1] * float(_ENDS_IN_GAP)


def cells_of_cells(cells: Rows) -> Sequence[Column]:
    """Reduce cells, shape (6, 4 n), to the columns of n cells."""
    n = cells.shape[1] // FACTOR
    x = cells[[1, 3]].T.reshape(n, 2 * FACTOR)
    y = cells[[2, 4]].T.reshape(n, 2 * FACTOR)
    low, high = _index_of(y, np.inf, np.argmin), _index_of(y, -np.inf, np.argmax)
    first, second = np.minimum(low, high), np.maximum(low, high)
    row = np.arange(n)
    flags = cells[5].astype(np.int64).reshape(n, FACTOR)
    gaps = ((flags[:, 0] & _STARTS_IN_GAP) | (flags[:, -1] & _ENDS_IN_GAP)).astype(np.float64)
    return cells[0, ::FACTOR], x[row, first], y[row, first], x[row, second], y[row, second], gaps


def _index_of(y: Rows, neutral: float, which: Callable[..., Index]) -> Index:
    # nanargmin refuses a row of nothing but NaN; such a row stays NaN here, since its first vertex
    # is taken.
    return which(np.where(np.isnan(y), neutral, y), axis=1)


def vertices_of(cells: Rows) -> Rows:
    """Return the vertices of cells, shape (2, n), with a NaN where a gap reaches a cell's edge."""
    x, y = cells[[1, 3]].T.reshape(-1), cells[[2, 4]].T.reshape(-1)
    flags = cells[5]
    if not flags.any():
        return np.stack((x, y))
    flags = flags.astype(np.int64)
    before = np.flatnonzero(flags & _STARTS_IN_GAP) * 2
    after = np.flatnonzero(flags & _ENDS_IN_GAP) * 2
    # Between two cells the gap that ends one stands before the gap that begins the next: x keeps
    # growing.
    at = np.concatenate((after + 2, before))
    gap_x = np.concatenate((x[after + 1], x[before]))
    return np.stack((np.insert(x, at, gap_x), np.insert(y, at, np.nan)))
