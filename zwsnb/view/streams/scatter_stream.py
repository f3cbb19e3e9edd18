"""The vertices that stand for a scatter of very many points: a stream that grows at its end.  [no
I/O]

Points are sent as they are while few are in sight. When they are too many, those leave that a newer
one covers: the screen is cut into cells, and of each the newest point stays, as the dots of a page
have it, where the newest is on top. While that is still too many the cells get larger. The newest
point of a large cell is the newest of one of the small ones in it, so nothing needs to be looked
at again. Points without colours and sizes are counted instead (`zwsnb.cells.density`): a vertex is
then a cell, and its colour how many points are in it.
"""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.cells.density import MOST_COLUMNS, MOST_ROWS, Density
from zwsnb.cells.dot_cells import Cells
from zwsnb.history.queries import with_marks
from zwsnb.order.rewrites import Rewrites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows
    from zwsnb.protocol.marks import Range
    from zwsnb.view.viewport import VisibleRange

MOST_DOTS: Final = 20_000
"""Points in sight up to which a page has each: it draws them in a frame or two."""

MOST_MARKED: Final = max(MOST_DOTS, MOST_COLUMNS * MOST_ROWS)
"""Vertices, dots or cells, that a scatter ever has."""

CHANGED: Final = 0.05
"""Of the points that are counted, how many have come or left since a page got the cells: of fewer
the change is hardly seen ..."""

OFTEN: Final = 30
"""... and is sent all the same after so many updates that had something new."""

LEFT: Final = 0.75
"""Of them, at most, where newer ones have covered others: so that it pays to look for these."""

MOST_STEPS: Final = 8
"""Times that cells are doubled, by turns in x and y, until they are made as the points want them by
now: where y has grown by hundreds of decades, to double them that far takes seconds, and leaves one
column.
"""

POINTS_AT_ONCE: Final = 1 << 15
"""Points that an update takes in: the rest of a long scatter follows with the next patches."""

COUNTED_AT_ONCE: Final = 1 << 16
"""The same of points that are counted, which takes less."""

_NO_VERTICES: Final = np.empty((2, 0))


class ScatterLook(NamedTuple):
    """How a viewport shows a scatter: in the columns of ``grid``, x up to ``hi``, and from ``lo``
    on, which is None where a window of ``span`` moves on; y on a logarithmic axis or not. Its
    points are counted, however few, where ``is_counted``.
    """

    grid: Grid
    lo: float | None
    hi: float
    span: float | None
    log_y: bool
    is_counted: bool = False

    @property
    def kind(self) -> tuple[bool, bool, bool]:
        """What one has in common with another that may stand for it."""
        return self.grid.log, self.log_y, self.is_counted

    def seen(self, points: Rows, lo: float) -> Rows:
        """Return those of `points`, x and y in the first two rows, that it shows from x `lo` on."""
        x, y = points[:2]
        seen = (x >= lo) & (x <= self.hi) & ~np.isnan(y)
        if self.log_y:
            seen &= y > 0
        return points[:, seen]


def look_of(visible: VisibleRange, *, is_counted: bool = False) -> ScatterLook:
    """Return how `visible` shows a scatter."""
    lo = None if visible.hi == math.inf else visible.lo
    return ScatterLook(visible.grid, lo, visible.hi, visible.window, visible.log_y, is_counted)


class _Picture(NamedTuple):
    """What another look has of a scatter: it stands for one that has not yet looked at all."""

    rows: Rows
    cell: Range
    in_sight: int


class ScatterStream:
    """The points of a scatter, as `look` shows it from x `lo` on: all, or from number `begin` on.

    All vertices ``first`` to ``settled`` are settled: there is no tail. They are those of `former`,
    where it is given, until all points are looked at. ``is_behind`` is True while another update
    has more to take in.
    """

    at_once = 1
    tail = _NO_VERTICES

    def __init__(
        self,
        series: Series,
        look: ScatterLook,
        lo: float,
        begin: int | None = None,
        former: ScatterStream | None = None,
    ) -> None:
        self.series = series
        self.look = look
        self.rewrites = Rewrites()  # there are none: what is thinned has new numbers
        self._former = former and former.picture
        self._first = self._former.rows.shape[1] + 1 if self._former else 0
        self._lo = lo
        self._next = series.points.start if begin is None else begin
        self._rows = np.empty((4, 0))
        self._in_sight = 0
        self._cells: Cells | None = None
        self.density = Density(look.grid, log_y=look.log_y) if look.is_counted else None
        self._followed = series.rewrites.count
        # Of the density, as of when its cells are vertices; and how many updates were since.
        self._renewed = self._since = 0

    # -- for other looks ---------------------------------------------------------------------------

    def grown(self, look: ScatterLook) -> ScatterStream:
        """Return the stream of a look that differs by wider columns: it has what this one has."""
        made = copy.copy(self)
        made.look, made.rewrites = look, Rewrites()
        made.density = copy.deepcopy(self.density)
        return made

    def will_grow_to(self, look: ScatterLook) -> bool:
        """True when `look` differs by wider columns at most."""
        grid = self.look.grid
        is_same = self.look._replace(grid=look.grid) == look and grid.log == look.grid.log
        return is_same and grid.width <= look.grid.width and not self.is_void

    def will_do_for(self, look: ScatterLook, lo: float) -> bool:
        """True when it has what is in sight from x `lo` on, with such axes."""
        return (
            not self.is_void
            and (self._former is not None or self._is_up)
            and self.look.kind == look.kind
            and self._lo <= lo
            and self.look.hi >= look.hi
        )

    @property
    def picture(self) -> _Picture:
        """What it draws now."""
        return _Picture(self._drawn, self.cell, self.in_sight)

    # -- what is drawn -----------------------------------------------------------------------------

    @property
    def _drawn(self) -> Rows:
        return self._former.rows if self._former else self._rows

    @property
    def first(self) -> int:
        """Number of the first vertex."""
        return 0 if self._former else self._first

    @property
    def settled(self) -> int:
        """Number after the last vertex."""
        return self.first + int(self._drawn.shape[1])

    @property
    def in_sight(self) -> int:
        """Points that the vertices stand for, about where a window moves on."""
        return self._former.in_sight if self._former else self._in_sight

    @property
    def colors(self) -> Range:
        """The least and the largest colour: of a density the logarithm of how many points are in a
        cell.
        """
        marks = self.series.marks
        if not math.isnan(self.cell[0]):
            return 0.0, float(np.max(self._drawn[2], initial=0.0))
        return marks.colors if marks else (math.nan, math.nan)

    @property
    def sizes(self) -> Range:
        """The least and the largest size."""
        marks = self.series.marks
        return marks.sizes if marks else (math.nan, math.nan)

    @property
    def cell(self) -> Range:
        """How wide and high the cells of a density are, NaN where there is none."""
        if self._former:
            return self._former.cell
        return self.density.cell if self.density is not None else (math.nan, math.nan)

    def find(self, x: float) -> int:
        """Return the number of the first vertex: all are drawn."""
        del x
        return self.first

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return vertices lo to hi, shape (2, n)."""
        return self._drawn[:2, lo - self.first : hi - self.first]

    def marks(self, lo: int, hi: int) -> Rows:
        """Return their colours and sizes, shape (2, n)."""
        return self._drawn[2:, lo - self.first : hi - self.first]

    # -- growing -----------------------------------------------------------------------------------

    @property
    def is_behind(self) -> bool:
        """True while there is more to take in, or cells have other counts than their vertices."""
        is_stale = self.density is not None and self.density.changes != self._renewed
        return self._next < self.series.count or is_stale or self._former is not None

    @property
    def _is_up(self) -> bool:
        """True when what is left to take in is hardly more than what has just come."""
        return self.series.count - self._next < POINTS_AT_ONCE

    @property
    def is_void(self) -> bool:
        """True when it counts points that have got colours or sizes, or are others by now."""
        if self.series.rewrites.count != self._followed:
            return True
        return self.density is not None and not (self.look.is_counted or self._is_plain)

    @property
    def _is_plain(self) -> bool:
        """True when no point has a colour or a size, and none has been left out."""
        marks = self.series.marks
        ends = (*marks.colors, *marks.sizes) if marks else (math.nan,)
        return self._cells is None and all(map(math.isnan, ends))

    def update(self, lo: float, *, is_again: bool = True) -> None:
        """Take in points that came since the last update, from x `lo` on. is_again: for who has
        asked since the newest of them came, so that nothing else comes; another page may ask for
        what has just been taken in.
        """
        is_moved, self._lo = lo != self._lo, lo
        begin = max(self._next, self.series.points.start)
        most = POINTS_AT_ONCE if self.density is None else COUNTED_AT_ONCE
        end = min(self.series.count, begin + most)
        if begin < end:
            self._take(with_marks(self.series, begin, end))
        self._next = end
        is_seen = self._former is not None and self._is_up
        if self.density is not None:
            self.density.forget(lo)
            is_new = begin < end or is_moved
            self._since += is_new
            self._renew(self.density, is_now=is_seen or (is_again and not is_new))
        if is_seen:
            self._former = None

    def _take(self, points: Rows) -> None:
        fresh = self.look.seen(points, self._lo)
        if self.density is not None:
            self.density.add(fresh)
            return
        self._in_sight += fresh.shape[1]
        if self._cells is not None:
            fresh = fresh[:, self._cells.newest(fresh)]
        self._rows = np.concatenate((self._rows, fresh), axis=1)
        if self._rows.shape[1] <= MOST_DOTS:
            return
        rows = self._rows[:, self._rows[0] >= self._lo]
        self._in_sight = self._in_sight * rows.shape[1] // self._rows.shape[1]
        if self._is_plain and rows.shape[1] > LEFT * MOST_DOTS:
            self.density = Density(self.look.grid, log_y=self.look.log_y)
            self.density.add(rows)
        else:
            self._replace(self._thinned(rows))

    def _thinned(self, rows: Rows) -> Rows:
        """Return of each cell the newest point, in cells that are large enough."""
        if self._cells is None and rows.shape[1] > LEFT * MOST_DOTS:
            self._cells = self._cells_of(rows)
        if self._cells is not None:
            rows = rows[:, self._cells.newest(rows)]
        steps = 0
        while self._cells is not None and rows.shape[1] > LEFT * MOST_DOTS:
            self._cells, steps = self._cells.coarser(), steps + 1
            if steps == MOST_STEPS:
                self._cells = self._cells_of(rows)
            rows = rows[:, self._cells.newest(rows)]
        return rows

    def _cells_of(self, rows: Rows) -> Cells:
        return Cells.of(rows, self.look.grid, log_y=self.look.log_y)

    def _renew(self, density: Density, *, is_now: bool) -> None:
        """Make vertices of the cells, where a page would see a difference."""
        changed = density.changes - self._renewed
        # On average as many vertices an update as there are dots.
        is_much = changed >= CHANGED * density.total
        is_due = is_much and self._since * MOST_DOTS >= self._rows.shape[1]
        is_first = not self._renewed
        if not changed or not (is_first or is_now or is_due or self._since >= OFTEN):
            return
        self._replace(density.rows())
        self._renewed, self._in_sight = density.changes, density.total
        self._since = 0

    def _replace(self, rows: Rows) -> None:
        """Have other vertices, whose numbers are new: none may be one that a page has."""
        self._first += self._rows.shape[1] + 1
        self._rows = rows


def begun(
    series: Series, look: ScatterLook, lo: float, others: Iterable[ScatterStream]
) -> ScatterStream:
    """Return a stream for a look. It has what one of `others` has if that has the same in sight;
    else it shows that of one which will do until it has looked at all points.
    """
    others = list(others)
    for other in others:
        if other.will_grow_to(look):
            return other.grown(look)
    former = next((other for other in others if other.will_do_for(look, lo)), None)
    is_soon = series.count - series.points.start <= POINTS_AT_ONCE
    return ScatterStream(series, look, lo, former=None if is_soon else former)
