"""Of a curve's points, those that draw the same picture as all of them.  [no I/O]

The screen is cut into cells, about a pixel each. Of points that follow each other in one cell the
first stands for all. A step from one of those that are left to the next is drawn if it passes a
cell that no step before it has passed, or if the step before it did: so what is drawn is bounded by
the screen, and not by how long the curve runs round in it, and it ends nowhere but at what is
drawn already.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import decades_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.kinds.arrays import Column, Mask, Rows

    Index = NDArray[np.intp]

MAX_SAMPLES: Final = 16
"""Places at which a step is looked at: each cell of a short one, some of a long one. That all of
them are inked, and the cells between are not, happens where hardly any cell is left.
"""

STEPS_AT_ONCE: Final = 4_096
"""Steps that are looked at together, which bounds the memory that this takes."""

_SLOTS: Final = MAX_SAMPLES * STEPS_AT_ONCE
"""Of a table of cells, a power of two: as many as are looked at together."""

_NOWHERE: Final = -1
"""The cell of a gap, and of a point that is outside."""


class Cells(NamedTuple):
    """The cells of a screen, ``columns`` by ``rows`` of them: columns of x in `grid`, rows of y
    `height` high, in decades where y is on a logarithmic axis, counted from ``column`` and ``row``.
    """

    grid: Grid
    height: float
    column: int
    columns: int
    row: int
    rows: int
    log_y: bool = False

    def positions(self, points: Rows) -> Rows:
        """Return where points lie that have a place on the axes, shape (2, n), in columns and rows
        of the screen; those outside are on its edge.
        """
        column, row = self._counted(points)
        ends = self.columns - 0.5, self.rows - 0.5
        return np.stack((np.clip(column, 0, ends[0]), np.clip(row, 0, ends[1])))

    def of(self, points: Rows) -> Index:
        """Return the number of the cell of each point, shape (n,); `_NOWHERE` of one that is
        outside, or a gap, or has no logarithm.
        """
        column, row = self._counted(points)
        # NaN is in no range.
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        column, row = np.where(inside, (column, row), 0.0).astype(np.intp)
        return np.where(inside, column * self.rows + row, _NOWHERE)

    def _counted(self, points: Rows) -> tuple[Column, Column]:
        y = decades_of(points[1]) if self.log_y else points[1]
        with np.errstate(over="ignore"):
            x, y = self.grid.scaled(points[0]) / self.grid.width, y / self.height
        return x - self.column, y - self.row


class Strokes:
    """The steps of a curve that have been drawn: those between ``lo`` and ``hi``, and of these the
    ones that ink new `cells`, or all where there are none.

    On a logarithmic axis values that have no place are gaps, but for one of them, of which the page
    sees that there are some.
    """

    def __init__(self, cells: Cells | None, lo: float = -math.inf, hi: float = math.inf) -> None:
        self._cells = cells
        self._lo, self._hi = lo, hi
        self._inked = np.zeros(cells.columns * cells.rows if cells else 0, dtype=bool)
        self._places = np.full(2, _NOWHERE)  # the cells of the last two points
        self._last: Rows = np.empty((2, 0))
        self._has_inked = False  # the last step did
        self._is_joined = False  # the last vertex that was drawn is the last point
        self._knows_lack = False  # one that has no logarithm was drawn

    def forget(self) -> None:
        """Draw every step again."""
        self._inked[:] = False
        self._is_joined = self._knows_lack = False

    def add(self, points: Rows) -> Rows:
        """Return the vertices, shape (2, n), that draw what is new in the next points of the curve,
        shape (2, n). y is NaN between strokes.
        """
        if self._cells is not None:
            points = self._entering(points, self._cells)
        points = np.concatenate((self._last, points), axis=1)
        self._last = points[:, -1:]
        new = self._in_sight(points)
        if not len(new):
            return np.concatenate((points[:, :0], self._lack(points)), axis=1)
        if self._cells is not None:
            new = self._inking(points, new, self._cells)
        joined = np.concatenate(([self._is_joined], new[:-1]))
        self._is_joined = bool(new[-1])
        return np.concatenate((_vertices(points, new, joined), self._lack(points)), axis=1)

    def _lack(self, points: Rows) -> Rows:
        """Return the first point that has no logarithm, if none was drawn before, shape (2, 1), or
        (2, 0). What comes after it begins anew.
        """
        if self._cells is None or not self._cells.log_y or self._knows_lack:
            return points[:, :0]
        first = points[:, points[1] <= 0][:, :1]
        if first.shape[1]:
            self._knows_lack, self._is_joined = True, False
        return first

    def _entering(self, points: Rows, cells: Cells) -> Rows:
        """Return the points that are in another cell than the one before, and after a gap the
        second one too: there is a step to it.
        """
        places = np.concatenate((self._places, cells.of(points)))
        self._places = places[-2:]
        before, last, its = places[:-2], places[1:-1], places[2:]
        kept: Rows = points[:, (its != last) | (its == _NOWHERE) | (before == _NOWHERE)]
        return kept

    def _in_sight(self, points: Rows) -> Mask:
        """Return for each point but the first whether the step to it may be in sight, and is not to
        or from a gap.
        """
        x, y = points
        low, high = np.minimum(x[:-1], x[1:]), np.maximum(x[:-1], x[1:])
        is_log = self._cells is not None and self._cells.log_y
        gap: Mask = ~(y > 0) if is_log else np.isnan(y)
        seen: Mask = (high >= self._lo) & (low <= self._hi) & ~gap[:-1] & ~gap[1:]
        return seen

    def _inking(self, points: Rows, seen: Mask, cells: Cells) -> Mask:
        """Return which of the steps that are `seen` pass a cell which is not inked, and ink it; and
        those that come after one, and so lead to what is inked.
        """
        steps, inks = np.flatnonzero(seen), np.zeros(len(seen), dtype=bool)
        for i in range(0, len(steps), STEPS_AT_ONCE):
            some = steps[i : i + STEPS_AT_ONCE]
            begin, end = (cells.positions(points[:, some + k]) for k in (0, 1))
            (column, row), owners = _samples(begin, end)
            at = column * cells.rows + row
            fresh = ~self._inked[at]
            at, owners = at[fresh], owners[fresh]
            self._inked[at] = True
            inks[some[owners[_one_of_each(at)]]] = True
        after = np.concatenate(([self._has_inked], inks[:-1]))
        self._has_inked = bool(inks[-1])
        drawn: Mask = inks | (after & seen)
        return drawn


def _one_of_each(cells: Index) -> Mask:
    """Return for each cell whether it stands for all that are equal to it: the first one, as a
    rule. Now and then another stands for them too: this is a table, and not a sorting.
    """
    slots, numbers = cells & (_SLOTS - 1), np.arange(len(cells))
    holders = np.empty(_SLOTS, dtype=np.intp)
    holders[slots[::-1]] = numbers[::-1]
    holder = holders[slots]
    stands: Mask = (holder == numbers) | (cells[holder] != cells)
    return stands


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
