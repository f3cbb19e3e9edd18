"""The vertices that stand for a scatter of very many points: a stream that grows at its end.  [no
I/O]

Points are sent as they are while few are in sight. When they are too many, those leave that a newer
one covers: the screen is cut into cells, and of each the newest point stays, as the dots of a page
have it, where the newest is on top. While that is still too many the cells get larger. The newest
point of a large cell is the newest of one of the small ones in it, so nothing needs to be looked
at again. Points without colours and sizes are counted instead (`zwsnb.view.density`): a vertex is
then a cell, and its colour how many points are in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import Grid, column_width
from zwsnb.history.queries import with_marks
from zwsnb.history.rewrites import Rewrites
from zwsnb.view.density import Density

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Mask, Rows
    from zwsnb.protocol.marks import Range
    from zwsnb.view.viewport import VisibleRange

MOST_DOTS: Final = 20_000
"""Points in sight up to which a page has each: it draws them in a frame or two."""

GROWN: Final = 1.05
"""Times as many points as were counted when a page got the cells last: fewer are hardly seen ..."""

OFTEN: Final = 30
"""... and are sent all the same after so many updates."""

LEFT: Final = 0.75
"""Of them, at most, where newer ones have covered others: so that it pays to look for these."""

POINTS_AT_ONCE: Final = 1 << 15
"""Points that an update takes in: the rest of a long scatter follows with the next patches."""

COUNTED_AT_ONCE: Final = 1 << 16
"""The same of points that are counted, which takes less."""

COARSER: Final = 1.5
"""By how much cells are wider and higher than those that were too many."""

MAX_CELLS: Final = 1 << 22
"""Cells of a screen at most."""

_ROWS: Final = 256
"""Rows of cells in the height of all points, at least, at first."""

_NO_VERTICES: Final = np.empty((2, 0))


class ScatterLook(NamedTuple):
    """How a viewport shows a scatter: in the columns of ``grid``, x up to ``hi``, and from ``lo``
    on, which is None where a window of ``span`` moves on; y on a logarithmic axis or not.
    """

    grid: Grid
    lo: float | None
    hi: float
    span: float | None
    log_y: bool


def look_of(visible: VisibleRange) -> ScatterLook:
    """Return how `visible` shows a scatter."""
    lo = None if visible.hi == math.inf else visible.lo
    return ScatterLook(visible.grid, lo, visible.hi, visible.window, visible.log_y)


class ScatterStream:
    """The points of a scatter, as `look` shows it from x `lo` on: all, or from number `begin` on.

    All vertices ``first`` to ``settled`` are settled: there is no tail. ``in_sight`` are the points
    that they stand for, about, where a window moves on; ``is_behind`` is True while another update
    has more to take in.
    """

    at_once = 1
    tail = _NO_VERTICES

    def __init__(
        self, series: Series, look: ScatterLook, lo: float, begin: int | None = None
    ) -> None:
        self.series = series
        self.look = look
        self.rewrites = Rewrites()  # there are none: what is thinned has new numbers
        self.first = 0
        self.in_sight = 0
        self._lo = lo
        self._next = series.points.start if begin is None else begin
        self._rows = np.empty((4, 0))
        self._cells: _Cells | None = None
        self.density: Density | None = None
        # Of the density, when its cells became vertices; and how many updates were since.
        self._counted = self._since = 0

    @property
    def settled(self) -> int:
        """Number after the last vertex."""
        return self.first + self._rows.shape[1]

    @property
    def is_behind(self) -> bool:
        """True while there is more to take in, or cells have other counts than their vertices."""
        is_stale = self.density is not None and self.density.total != self._counted
        return self._next < self.series.count or is_stale

    @property
    def colors(self) -> Range:
        """The least and the largest colour: of a density the logarithm of how many points are in a
        cell.
        """
        marks = self.series.marks
        if self.density is not None:
            return 0.0, float(np.max(self._rows[2], initial=0.0))
        return marks.colors if marks else (math.nan, math.nan)

    @property
    def cell(self) -> Range:
        """How wide and high the cells of a density are, NaN where there is none."""
        return self.density.cell if self.density is not None else (math.nan, math.nan)

    def update(self, lo: float) -> None:
        """Take in points that came since the last update, from x `lo` on."""
        self._lo = lo
        begin = max(self._next, self.series.points.start)
        most = POINTS_AT_ONCE if self.density is None else COUNTED_AT_ONCE
        end = min(self.series.count, begin + most)
        if begin < end:
            self._take(with_marks(self.series, begin, end))
        self._next = end
        if self.density is not None:
            self._renew(self.density, is_idle=begin >= end)

    def _take(self, points: Rows) -> None:
        x, y = points[:2]
        seen = (x >= self._lo) & (x <= self.look.hi) & ~np.isnan(y)
        fresh = points[:, seen]
        if self.density is not None:
            self.density.add(fresh, self._lo)
            return
        self.in_sight += fresh.shape[1]
        if self._cells is not None:
            fresh = fresh[:, self._cells.newest(fresh)]
        self._rows = np.concatenate((self._rows, fresh), axis=1)
        if self._rows.shape[1] > MOST_DOTS and self._is_plain:
            self.density = Density(self.look.grid, log_y=self.look.log_y)
            self.density.add(self._rows, self._lo)
        elif self._rows.shape[1] > MOST_DOTS:
            self._thin()

    @property
    def is_void(self) -> bool:
        """True when it counts points that have got colours or sizes."""
        return self.density is not None and not self._is_plain

    @property
    def _is_plain(self) -> bool:
        """True when no point has a colour or a size, and none has been left out."""
        marks = self.series.marks
        ends = (*marks.colors, *marks.sizes) if marks else (math.nan,)
        return self._cells is None and all(map(math.isnan, ends))

    def _renew(self, density: Density, *, is_idle: bool) -> None:
        """Make vertices of the cells, where a page would see a difference."""
        self._since += 1
        is_due = density.total >= GROWN * self._counted or self._since >= OFTEN or is_idle
        if density.total == self._counted or not is_due:
            return
        self.first = self.settled
        self._rows = density.rows()
        self._counted = self.in_sight = density.total
        self._since = 0

    def _thin(self) -> None:
        """Leave of each cell the newest point that is still in sight."""
        end = self.settled
        rows = self._rows[:, self._rows[0] >= self._lo]
        self.in_sight = self.in_sight * rows.shape[1] // self._rows.shape[1]
        if self._cells is None:
            self._cells = _Cells.of(rows, self.look)
        rows = rows[:, self._cells.newest(rows)]
        while rows.shape[1] > LEFT * MOST_DOTS:
            self._cells = self._cells.coarser()
            rows = rows[:, self._cells.newest(rows)]
        self.first, self._rows = end, rows

    def find(self, x: float) -> int:
        """Return the number of the first vertex: all are drawn."""
        del x
        return self.first

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return vertices lo to hi, shape (2, n)."""
        return self._rows[:2, lo - self.first : hi - self.first]

    def marks(self, lo: int, hi: int) -> Rows:
        """Return their colours and sizes, shape (2, n)."""
        return self._rows[2:, lo - self.first : hi - self.first]


class _Cells(NamedTuple):
    """Cells of a screen: columns of x in `grid`, and rows of y `height` high, or of its logarithm
    where `log_y`.
    """

    grid: Grid
    height: float
    log_y: bool

    @classmethod
    def of(cls, rows: Rows, look: ScatterLook) -> _Cells:
        """Return the cells for points, of a pixel or two."""
        y = _scaled(rows[1], log=look.log_y)
        low, high = float(y.min()), float(y.max())
        least = _ROWS * float(np.spacing(max(abs(low), abs(high), 1e-300)))
        height = column_width(max(high - low, least), _ROWS)
        return cls(Grid(2 * look.grid.width, look.grid.log), height, look.log_y)

    def coarser(self) -> _Cells:
        """Return larger ones."""
        grid = Grid(COARSER * self.grid.width, self.grid.log)
        return self._replace(grid=grid, height=COARSER * self.height)

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
        """Return the number of the cell of each point; those far off the others share some."""
        with np.errstate(over="ignore", invalid="ignore"):
            column = np.floor(self.grid.scaled(rows[0]) / self.grid.width)
            row = np.floor(_scaled(rows[1], log=self.log_y) / self.height)
            column, row = _counted(column), _counted(row)
        width = min(float(column.max()) + 1, float(MAX_CELLS))
        most = max(1.0, MAX_CELLS // width)
        return (np.minimum(row, most - 1) * width + column).astype(np.intp)


def _counted(places: Column) -> Column:
    """Return places from 0 on, none of them beyond all cells."""
    counted: Column = np.clip(np.nan_to_num(places - places.min()), 0, MAX_CELLS - 1)
    return counted


def _scaled(y: Column, *, log: bool) -> Column:
    if not log:
        return y
    scaled: Column = np.log10(np.maximum(y, 1e-300))
    return scaled
