"""Of a curve's points, those that draw the same picture as all of them.  [no I/O]

The screen is cut into cells, about a pixel each. A step of the curve, from one point to the next,
is drawn if it passes a cell that no step before it has passed: so what is drawn is bounded by the
screen, and not by how long the curve runs round in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.kinds.arrays import Mask, Rows

    Index = NDArray[np.intp]

MAX_SAMPLES: Final = 16
"""Places at which a step is looked at: each cell of a short one, some of a long one. That all of
them are inked, and the cells between are not, happens where hardly any cell is left.
"""

STEPS_AT_ONCE: Final = 4_096
"""Steps that are looked at together: one of them does not see what another one inks."""


class Cells(NamedTuple):
    """The cells of a screen, ``columns`` by ``rows`` of them: columns of x in `grid`, rows of y
    `height` high, counted from ``column`` and ``row``.
    """

    grid: Grid
    height: float
    column: int
    columns: int
    row: int
    rows: int

    def positions(self, points: Rows) -> Rows:
        """Return where points lie, shape (2, n), in columns and rows of the screen; those outside
        are on its edge.
        """
        with np.errstate(over="ignore"):
            x, y = self.grid.scaled(points[0]) / self.grid.width, points[1] / self.height
        edges = ((x, self.column, self.columns), (y, self.row, self.rows))
        return np.stack([np.clip(at - first, 0, count - 0.5) for at, first, count in edges])


class Strokes:
    """The steps of a curve that have been drawn: those between ``lo`` and ``hi``, and of these the
    ones that ink new `cells`, or all where there are none.
    """

    def __init__(self, cells: Cells | None, lo: float = -math.inf, hi: float = math.inf) -> None:
        self._cells = cells
        self._lo, self._hi = lo, hi
        self._inked = np.zeros(cells.columns * cells.rows if cells else 0, dtype=bool)
        self._last: Rows = np.empty((2, 0))
        self._is_joined = False  # the last vertex that was drawn is the last point

    def forget(self) -> None:
        """Draw every step again."""
        self._inked[:] = False
        self._is_joined = False

    def add(self, points: Rows) -> Rows:
        """Return the vertices, shape (2, n), that draw what is new in the next points of the curve,
        shape (2, n). y is NaN between strokes.
        """
        points = np.concatenate((self._last, points), axis=1)
        self._last = points[:, -1:]
        new = self._in_sight(points)
        if not len(new):
            return points[:, :0]
        if self._cells is not None:
            self._keep_inking(points, new, self._cells)
        joined = np.concatenate(([self._is_joined], new[:-1]))
        self._is_joined = bool(new[-1])
        return _vertices(points, new, joined)

    def _in_sight(self, points: Rows) -> Mask:
        """Return for each point but the first whether the step to it may be in sight, and is not to
        or from a gap.
        """
        x, y = points
        low, high = np.minimum(x[:-1], x[1:]), np.maximum(x[:-1], x[1:])
        gap: Mask = np.isnan(y)
        seen: Mask = (high >= self._lo) & (low <= self._hi) & ~gap[:-1] & ~gap[1:]
        return seen

    def _keep_inking(self, points: Rows, new: Mask, cells: Cells) -> None:
        """Keep of the `new` steps those that pass a cell which is not inked, and ink it."""
        steps = np.flatnonzero(new)
        new[:] = False
        for i in range(0, len(steps), STEPS_AT_ONCE):
            some = steps[i : i + STEPS_AT_ONCE]
            begin, end = (cells.positions(points[:, some + k]) for k in (0, 1))
            (column, row), owners = _samples(begin, end)
            at = column * cells.rows + row
            fresh = ~self._inked[at]
            self._inked[at[fresh]] = True
            new[some[owners[fresh]]] = True


def _samples(begin: Rows, end: Rows) -> tuple[NDArray[np.intp], Index]:
    """Return the cells that steps pass, shape (2, n), and for each of them which step it is."""
    way = end - begin
    counts = np.clip(np.ceil(np.abs(way).max(axis=0)), 1, MAX_SAMPLES).astype(np.intp)
    owners = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    share = nth / counts[owners]
    return (begin[:, owners] + way[:, owners] * share).astype(np.intp), owners


def _vertices(points: Rows, new: Mask, joined: Mask) -> Rows:
    """Return the ends of the steps that are new; where one does not begin at the vertex before it,
    its beginning too, after a gap.
    """
    at = np.flatnonzero(new)
    if not len(at):
        return points[:, :0]
    lead = ~joined[at]
    ends = np.cumsum(np.where(lead, 3, 1)) - 1
    vertices = np.empty((2, int(ends[-1]) + 1))
    vertices[:, ends] = points[:, at + 1]
    begins = ends[lead] - 1
    vertices[:, begins] = points[:, at[lead]]
    vertices[0, begins - 1], vertices[1, begins - 1] = points[0, at[lead]], np.nan
    return vertices
