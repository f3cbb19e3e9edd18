"""The vertices that stand for a line on a screen: a stream that grows at its end.  [no I/O]

A stream of columns is M4 (`zwsnb.view.m4`) of the pixel columns of a grid that is fixed in x
(`zwsnb.history.pixel_grid`), so a column that is complete never changes: it is settled, and its
vertices have numbers that stay. Whoever follows the stream needs two numbers (the first vertex it
has, the end of the settled ones) to learn what is new; the last column, still growing, is the
tail. Where a late point takes its place the stream goes back: what was settled from its column on
is settled again, and ``rewrites`` says so.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.queries import marks_of
from zwsnb.order.rewrites import Rewrites
from zwsnb.view.m4 import MOST_OF_A_COLUMN, reduced
from zwsnb.view.streams.vertex_buffer import FEW_SETTLED, Settling, VertexBuffer

if TYPE_CHECKING:
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows

_ROUNDING: Final = 2
"""Columns: the first and the last one of some may be there in part."""

_FEW: Final = MOST_OF_A_COLUMN + 2
_NO_VERTICES: Final = np.empty((2, 0))


class PointStream:
    """The points of a series as vertices: each is settled at once."""

    is_behind = False
    at_once = 1

    def __init__(self, series: Series) -> None:
        self.series = series
        self.tail = _NO_VERTICES

    @property
    def rewrites(self) -> Rewrites:
        """From where on vertices have changed."""
        return self.series.rewrites

    @property
    def first(self) -> int:
        """Number of the first vertex that can be drawn."""
        return self.series.points.start

    @property
    def settled(self) -> int:
        """Number after the last vertex."""
        return self.series.count

    def find(self, x: float) -> int:
        """Return the number of the first vertex that is not left of `x`."""
        return self.series.points.find(x)

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return vertices lo to hi, shape (2, n)."""
        return self.series.points.slice(lo, hi)

    @property
    def in_sight(self) -> int:
        """Points that the vertices stand for: as many as they are."""
        return self.settled - self.first

    def marks(self, lo: int, hi: int) -> Rows:
        """Return the colours and sizes of vertices lo to hi of a scatter, shape (2, n)."""
        found = marks_of(self.series, lo, hi)
        return np.full((2, hi - lo), np.nan) if found is None else found


class ColumnStream(Settling):
    """M4 columns of a series, from point `begin` on, or of the points `begin` to `end`.

    Vertices ``first`` to ``settled`` will not change unless ``rewrites`` says so; ``tail``, shape
    (2, n), is the last column so far. ``is_void`` is True when a late point came before all that
    the stream holds, or among the points up to `end`.
    """

    is_behind = False
    at_once = 1

    def __init__(self, series: Series, grid: Grid, begin: int, end: int | None = None) -> None:
        self.series = series
        self.grid = grid
        self.end = end
        self.rewrites = Rewrites()
        self.is_void = False
        self._followed = series.rewrites.count
        self.tail = _NO_VERTICES
        self._buffer = VertexBuffer()
        self._begin = self._next = begin
        self._seen = begin
        self._column = -math.inf
        self.update()
        self._buffer.keep(max(FEW_SETTLED, 2 * self.settled))

    def reaches(self, begin: int, lo: float) -> bool:
        """True when the stream still begins at point `begin`, or left of `lo`, or earlier."""
        if self.first == 0:
            return self._begin <= begin
        return bool(self.vertices(self.first, self.first + 1)[0, 0] <= lo)

    def is_left_behind(self, begin: int) -> bool:
        """True when all points from `begin` on are still to come: who begins there is there at
        once.
        """
        return self.end is None and self._seen < begin

    def most_behind(self, number: int) -> float:
        """Return the most vertices that there are from number `number` on when it is up to date."""
        begin = self.grid.start_of(self._column)
        columns = self.grid.count(begin, self.series.x_range[1]) + _ROUNDING
        return self.settled - number + MOST_OF_A_COLUMN * columns

    def has_room(self, n: float) -> bool:
        """True when so many more vertices come without that any is forgotten."""
        return self._buffer.has_room(n)

    def update(self) -> None:
        """Take in the points that came since the last update: settle all columns but the last."""
        self._follow_rewrites()
        end = self.series.count if self.end is None else self.end
        if end == self._seen:
            return
        self._seen = end
        points = self.series.gather(self._next, end, self.grid)
        found = reduced(points, self.grid, self._column)
        if not found.vertices.size:
            return
        self._buffer.append(found.vertices[:, : found.settled])
        self.tail = found.vertices[:, found.settled :]
        if found.column > self._column:
            self._column = found.column
            self._next = max(self._next, self.series.find(self.grid.start_of(self._column)))

    def _follow_rewrites(self) -> None:
        """Go back to before the first point that has changed since the last update."""
        change = self.series.rewrites.since(self._followed)
        if change is None:
            return
        self._followed = self.series.rewrites.count
        if self.end is not None:
            self.is_void = self.is_void or change.first < self.end
            return
        column = float(self.grid.columns(np.array((change.x,)))[0])
        if column > self._column:
            return
        settled = self._find_column(column)
        # Before the first point or vertex there may have been others of this column.
        self.is_void = change.first <= self._begin or settled == self.first > 0
        self._buffer.truncate(settled)
        self.tail = _NO_VERTICES
        self.rewrites.add(settled)
        self._column, self._seen = column, -1
        self._next = max(self._begin, self.series.find(self.grid.start_of(column)))

    def _find_column(self, column: float) -> int:
        """Return the number of the first settled vertex that is not in a column before `column`."""
        number = self.find(self.grid.start_of(column))
        x = self.vertices(number, min(number + _FEW, self.settled))[0]
        return number + bisect_left(self.grid.columns(x), column)

    def find(self, x: float) -> int:
        """Return the number of the first settled vertex that is not left of `x`."""
        return self._buffer.find(x)
