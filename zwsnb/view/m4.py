"""M4: of all points in a pixel column, those that draw the same picture as all of them.  [no I/O]

They are the first, the lowest, the highest and the last (Jugel et al., "M4: A
Visualization-Oriented Time Series Data Aggregation", VLDB 2014). A point at the edge of a gap is
kept too, with the NaN beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.kinds.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.kinds.arrays import Column, Mask, Rows

    Index = NDArray[np.intp]

MOST_OF_A_COLUMN: Final = 6
"""Vertices: the first, lowest, highest and last point, and a gap at either end of them."""

_MAX_EXACT_COLUMN: Final = 2.0**52
"""Up to it the number of a column and the next one are different doubles."""

_NO_VERTICES: Final = np.empty((2, 0))
_ZERO: Final = np.zeros(1, dtype=np.intp)


class Reduced(NamedTuple):
    """Vertices, shape (2, n), of which the first `settled` are of columns before the last one,
    which has the number `column`.
    """

    vertices: Rows
    settled: int
    column: float


def m4_mask(column: Column, y: Column) -> Mask:
    """Return which points draw the picture of all: M4 of each column, and a NaN at an edge of a
    gap.

    column: shape (n,), the number of each point's column, sorted.
    """
    mask = np.zeros(len(y), dtype=bool)
    if not len(y):
        return mask
    starts = _starts(column)
    mask[starts] = mask[starts - 1] = True  # before the first column stands the last point of all
    missing = np.isnan(y)
    if not missing.any():
        _mark_extremes(mask, starts, y, None)
        return mask
    finite = np.flatnonzero(~missing)
    if len(finite):
        inner = _starts(column[finite])
        mask[finite[inner]] = mask[finite[inner - 1]] = True
        _mark_extremes(mask, inner, y[finite], finite)
    return mask


def _starts(column: Column | Index) -> Index:
    """Return the index at which each run of equal values starts."""
    return np.concatenate((_ZERO, (column[1:] != column[:-1]).nonzero()[0] + 1))


def _mark_extremes(mask: Mask, starts: Index, y: Column, index: Index | None) -> None:
    sizes = np.diff(starts, append=len(y))
    for extreme in (np.minimum, np.maximum):
        hits = np.flatnonzero(y == np.repeat(extreme.reduceat(y, starts), sizes))
        # Of equal extremes the first one will do.
        hits = hits[_starts(np.searchsorted(starts, hits, side="right"))]
        mask[hits if index is None else index[hits]] = True


def reduced(points: Rows, grid: Grid, since: float) -> Reduced:
    """Return M4 of `points`, shape (2, n), x and y in order of time, from the column `since` on."""
    few = _reduced_by_lists(points, grid, since) if points.shape[1] <= LIST_LIMIT else None
    return few or _reduced_by_arrays(points, grid, since)


def _reduced_by_arrays(points: Rows, grid: Grid, since: float) -> Reduced:
    column = grid.columns(points[0])
    begin = bisect_left(column, since)
    points, column = points[:, begin:], column[begin:]
    if not len(column):
        return Reduced(_NO_VERTICES, 0, since)
    mask = m4_mask(column, points[1])
    settled = np.count_nonzero(mask[: bisect_left(column, column[-1])])
    return Reduced(np.stack((points[0][mask], points[1][mask])), int(settled), float(column[-1]))


def _reduced_by_lists(points: Rows, grid: Grid, since: float) -> Reduced | None:
    """Return the same for points without gaps, in columns that can be counted, on a linear axis;
    None for others.
    """
    x, y = points.tolist()
    if grid.log or not x or math.isnan(sum(y)):
        return None
    if max(-x[0], x[-1]) >= _MAX_EXACT_COLUMN * grid.width:
        return None
    picked: list[int] = []
    settled, column = 0, since
    begin = bisect_left(x, since * grid.width)
    while begin < len(x):
        column = math.floor(x[begin] / grid.width)
        end = bisect_left(x, (column + 1) * grid.width, begin)
        part = y[begin:end]
        settled = len(picked)
        low, high = begin + part.index(min(part)), begin + part.index(max(part))
        picked += sorted({begin, low, high, end - 1})
        begin = end
    return Reduced(np.array(([x[i] for i in picked], [y[i] for i in picked])), settled, column)
