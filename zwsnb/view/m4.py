"""Of all points in a pixel column, those that draw the same picture as all of them.  [no I/O]

Of a calm line they are M4, the first, the lowest, the highest and the last (Jugel et al., "M4: A
Visualization-Oriented Time Series Data Aggregation", VLDB 2014), and both ends of what it jumps: of
a spike one sample wide the flat points beside it. A busy line, which goes up and down in a column,
fills it from its lowest to its highest; there a pixel may begin anywhere, so it has the lowest and
the highest of each half. A point at the edge of a gap is kept too, with the NaN beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.kinds.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.kinds.arrays import Column, Mask, Rows

    Index = NDArray[np.intp]

BUSY: Final = 2.5
"""Times that a line goes through all that a column has of y, and more: it fills it. A spike does so
twice.
"""

JUMP: Final = 0.5
"""Of what a column has of y: a step between two points that is seen as upright."""

MOST_OF_A_COLUMN: Final = 12
"""Vertices: the first, lowest, highest and last point, and both ends of what a calm line can jump;
or a gap at either end of them.
"""

_SCALE: Final = 2.0**-64
"""By which y are made smaller, so that no sum of steps is infinite: then all of them would stand
out, and a column had as many vertices as points.
"""

_LEAST_SPAN: Final = 2.0**-1000
"""Of scaled y: below it there are no doubles for a part of it."""

_NEAR: Final = 1e-9
"""Of a limit: how a sum that is nearer is rounded depends on how it is made."""

_MAX_EXACT_COLUMN: Final = 2.0**52
"""Up to it the number of a column and the next one are different doubles."""

_SAFE: Final = 1e-270, 1e290
"""Of a limit: what is within is rounded the same whether it is scaled or not."""

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


def drawn_mask(column: Column, half: Column, y: Column) -> Mask:
    """Return which points draw the picture of all, the newest among them: M4 and what jumps of calm
    columns, and of busy ones the extremes of each half.

    column, half: shape (n,), the numbers of each point's column, sorted, and of its half of one.
    """
    starts = _starts(column)
    sizes = np.diff(starts, append=len(y))
    scaled = y * _SCALE
    steps = np.abs(np.diff(scaled, prepend=scaled[:1]))
    steps[starts] = 0.0
    way = np.add.reduceat(steps, starts)
    span = np.maximum.reduceat(scaled, starts) - np.minimum.reduceat(scaled, starts)
    is_busy = way > BUSY * span  # nor is one with a gap, whose span is NaN
    least = np.where(is_busy | ~(span > _LEAST_SPAN), math.inf, JUMP * span)
    mask: Mask = steps >= np.repeat(least, sizes)
    mask[:-1] |= mask[1:]
    mask[-1] = True
    calm = ~is_busy
    mask[starts[calm]] = mask[(starts + sizes - 1)[calm]] = True
    with np.errstate(over="ignore"):
        part = np.where(np.repeat(is_busy, sizes), half, 2 * column)
    if not np.isnan(span).any():
        _mark_extremes(mask, _starts(part), y, None)
    elif len(finite := np.flatnonzero(~np.isnan(y))):
        inner = _starts(part[finite])
        has_ends = np.repeat(calm, sizes)[finite[inner]]
        mask[finite[inner[has_ends]]] = True
        mask[finite[np.append(inner[1:], len(finite))[has_ends] - 1]] = True
        _mark_extremes(mask, inner, y[finite], finite)
    return mask


def reduced(points: Rows, grid: Grid, since: float) -> Reduced:
    """Return what draws `points`, shape (2, n), x and y in order of time, from the column `since`
    on.
    """
    few = _reduced_by_lists(points, grid, since) if points.shape[1] <= LIST_LIMIT else None
    return few or _reduced_by_arrays(points, grid, since)


def _reduced_by_arrays(points: Rows, grid: Grid, since: float) -> Reduced:
    column, half = grid.halves(points[0])
    begin = bisect_left(column, since)
    points, column, half = points[:, begin:], column[begin:], half[begin:]
    if not len(column):
        return Reduced(_NO_VERTICES, 0, since)
    mask = drawn_mask(column, half, points[1])
    settled = np.count_nonzero(mask[: bisect_left(column, column[-1])])
    return Reduced(np.stack((points[0][mask], points[1][mask])), int(settled), float(column[-1]))


def _reduced_by_lists(points: Rows, grid: Grid, since: float) -> Reduced | None:
    """Return the same for points without gaps, in columns that can be counted, on a linear axis,
    of which each is clearly busy or is not; None for others.
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
        middle = bisect_left(x, (column + 0.5) * grid.width, begin, end)
        settled = len(picked)
        drawn = _drawn_of(y, begin, middle, end)
        if drawn is None:
            return None
        picked += drawn
        begin = end
    if picked and picked[-1] < len(x) - 1:
        picked.append(len(x) - 1)
    return Reduced(np.array(([x[i] for i in picked], [y[i] for i in picked])), settled, column)


def _drawn_of(y: list[float], begin: int, middle: int, end: int) -> list[int] | None:
    """Return which points of a column, from `begin` to `end`, draw all of it, as `drawn_mask`; None
    where rounding decides that.
    """
    part = y[begin:end]
    low, high = min(part), max(part)
    steps = [abs(b - a) for a, b in pairwise(part)]
    way, limit = sum(steps), BUSY * (high - low)
    if limit and not (abs(way - limit) > _NEAR * limit and _SAFE[0] < limit < _SAFE[1]):
        return None
    if way > limit:
        halves = (begin, middle), (middle, end)
        return [i for some in halves for i in _extremes(y, *some)]
    least = JUMP * (high - low) or math.inf
    jumps = {i + k for i, step in enumerate(steps, begin) if step >= least for k in (0, 1)}
    return sorted({begin, begin + part.index(low), begin + part.index(high), end - 1} | jumps)


def _extremes(y: list[float], begin: int, end: int) -> list[int]:
    part = y[begin:end]
    return sorted({begin + part.index(f(part)) for f in (min, max)}) if part else []
