"""The vertices that stand for a curve of very many points: a stream that grows at its end.  [no
I/O]
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakValueDictionary

import numpy as np

from zwsnb.history.pixel_grid import Grid, column_width, least_above_0
from zwsnb.order.rewrites import Rewrites
from zwsnb.view.streams.vertex_buffer import Settling, VertexBuffer
from zwsnb.view.strokes import Cells, Strokes

if TYPE_CHECKING:
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows
    from zwsnb.view.viewport import VisibleRange

MAX_CURVES: Final = 2
"""Of one series, that are kept when no page is shown them: a screen of cells has some megabytes."""

MAX_CROWDED: Final = 256
"""Ranges of x of which it is known how large cells are there."""

FEW_POINTS: Final = 100_000
"""Points up to which a curve is sent as it is: a page draws them in a frame or two."""

POINTS_AT_ONCE: Final = 1 << 15
"""Points that an update takes in: the rest of a long curve follows with the next patches."""

MAX_STROKES: Final = 240_000
"""Vertices of a curve beyond which its cells are made larger: so many strokes cover most of the
screen.
"""

MAX_VERTICES: Final = 1 << 18
"""Vertices of a curve that are kept: all of them are drawn, so more than MAX_STROKES."""

_OF_A_STEP: Final = 3
"""Vertices, at most: its ends, and a gap before them."""

MOST_VERTICES: Final = 4 * (_OF_A_STEP * POINTS_AT_ONCE + 16)
"""That a curve ever has: a quarter of them leaves when those of an update find no room."""

COARSER: Final = 1.5
"""By how much cells are then wider and higher: twice would leave specks of paper between them."""

MAX_CELLS: Final = 1 << 25
"""Cells of a screen at most; the widest there are has a quarter of that."""

MIN_SHARE: Final = 0.25
"""Of x: where less of it is seen, all steps in sight are drawn."""

_ROWS: Final = 512
"""Rows of cells in the height of all points, at least, and at most twice as many: more than most
plots have pixels.
"""

_MARGIN: Final = 0.5
"""Parts of the range, to each side, by which it may grow before the cells are others."""


class Look(NamedTuple):
    """How a viewport shows a curve: in the columns of ``grid`` and rows ``height`` high, x from
    ``lo`` to ``hi``, all of it where these are infinite; y on a logarithmic axis where ``log_y``,
    and ``height`` in decades.
    """

    grid: Grid
    height: float
    lo: float
    hi: float
    log_y: bool = False

    def coarser(self, times: float) -> Look:
        """Return the same in columns so many times as wide, and rows so many times as high."""
        grid = Grid(times * self.grid.width, self.grid.log)
        return self._replace(grid=grid, height=times * self.height)


class CurveStream(Settling):
    """The strokes of a curve, as `look` shows it.

    Vertices ``first`` to ``settled`` will not change; ``tail``, shape (2, n), leads to the newest
    point. ``is_behind`` is True while another update has more to take in, and ``is_void`` when the
    curve has left its cells.
    """

    at_once = 1

    def __init__(self, series: Series, look: Look, extremes: Extremes) -> None:
        self.series = series
        self.look = look
        self.rewrites = Rewrites()  # there are none
        self._bounds = extremes.on_axis(log_y=look.log_y).widened(_MARGIN)
        cells = None
        is_much = look.lo == -math.inf or look.hi - look.lo >= MIN_SHARE * extremes.width
        if is_much:
            cells = _cells_of(look, self._bounds)
        self._is_inked = cells is not None
        self._strokes = Strokes(cells, look.lo, look.hi)
        self._buffer = VertexBuffer(MAX_VERTICES)
        self._next = series.points.start

    @property
    def tail(self) -> Rows:
        """The last step of the curve, after a gap."""
        x, y = self.series.points.slice(self.series.count - 2, self.series.count)
        return np.stack((np.concatenate((x[:1], x)), np.concatenate(([np.nan], y))))

    @property
    def is_behind(self) -> bool:
        """True while there is more to take in."""
        return self._next < self.series.count

    @property
    def most_more(self) -> int:
        """Vertices that come with the next update at most, among them the tail."""
        points = min(self.series.count - self._next, POINTS_AT_ONCE)
        return _OF_A_STEP * (points + 1) + 1  # that has no logarithm

    @property
    def is_crowded(self) -> bool:
        """True when there are more strokes than a page should draw."""
        return self._is_inked and self.settled - self.first > MAX_STROKES

    def is_void(self, extremes: Extremes) -> bool:
        """True when points lie outside the cells."""
        return not self._bounds.hold(extremes.on_axis(log_y=self.look.log_y))

    def update(self) -> None:
        """Take in points that came since the last update."""
        end = min(self.series.count, self._next + POINTS_AT_ONCE)
        for points in self.series.points.slices(self._next, end):
            first = self._buffer.first
            self._buffer.append(self._strokes.add(points))
            if self._buffer.first != first:
                self._strokes.forget()
        self._next = end

    def find(self, x: float) -> int:
        """Return the number of the first vertex: all are drawn."""
        del x
        return self.first


class Curves:
    """The streams of a curve: those that pages are shown, and for the looks that were asked for
    last.
    """

    def __init__(self, series: Series) -> None:
        self._series = series
        self._extremes = Extremes()
        # Each page holds its own: to begin anew with every look would be to come to no end.
        self._there: WeakValueDictionary[Look, CurveStream] = WeakValueDictionary()
        self._used: list[CurveStream] = []  # the last ones, the last one first
        # How much coarser cells are than those of a screen, from where to where.
        self._crowded: dict[tuple[float, float], float] = {}

    def clear(self) -> None:
        """Forget all: the points are others."""
        self._there.clear()
        self._used.clear()
        self._crowded.clear()

    def of(self, visible: VisibleRange) -> CurveStream:
        """Return the curve as `visible` shows it, up to date."""
        look, coarse = self._look_at(visible)
        stream = self._there.get(look)
        if stream is None or stream.is_void(self._extremes):
            stream = self._there[look] = CurveStream(self._series, look, self._extremes)
        stream.update()
        if stream.is_crowded:
            self._note_crowd(look, COARSER * coarse)
        self._used = [stream, *(each for each in self._used if each is not stream)][:MAX_CURVES]
        return stream

    def _note_crowd(self, look: Look, coarse: float) -> None:
        self._crowded.pop((look.lo, look.hi), None)  # the newest is the last one
        self._crowded[look.lo, look.hi] = coarse
        while len(self._crowded) > MAX_CROWDED:
            del self._crowded[next(iter(self._crowded))]

    def keep(self, stream: CurveStream, visible: VisibleRange) -> bool:
        """True when it is `stream` that goes on to show the curve."""
        look, _ = self._look_at(visible)
        return self._there.get(look) is stream and not stream.is_void(self._extremes)

    def _look_at(self, visible: VisibleRange) -> tuple[Look, float]:
        self._extremes.update(self._series)
        look = look_at(self._extremes, visible)
        coarse = self._crowded.get((look.lo, look.hi), 1.0)
        return look.coarser(coarse), coarse


class Extremes:
    """Where the points of a series lie: x from ``least`` to ``largest``, y from ``low`` to
    ``high``, where it is above 0 from ``least_above_0`` on.
    """

    def __init__(
        self,
        least: float = math.inf,
        largest: float = -math.inf,
        low: float = math.inf,
        high: float = -math.inf,
        least_above_0: float = math.inf,
    ) -> None:
        self.least, self.largest, self.low, self.high = least, largest, low, high
        self.least_above_0 = least_above_0
        self._next = 0

    @property
    def width(self) -> float:
        """The range of x."""
        return self.largest - self.least

    def update(self, series: Series) -> None:
        """Take in the points of `series` that came since the last update."""
        for _, y in series.points.slices(self._next, series.count):
            self.take(y)
        self._next = series.count
        self.least, self.largest = series.x_range

    def take(self, y: Column) -> None:
        """Take in values of y, at least one."""
        self.low = float(np.fmin(self.low, np.fmin.reduce(y)))
        self.high = float(np.fmax(self.high, np.fmax.reduce(y)))
        self.least_above_0 = min(self.least_above_0, least_above_0(y))

    def on_axis(self, *, log_y: bool) -> Extremes:
        """Return them as an axis has them: y in decades on a logarithmic one, 1 where nothing is
        above 0.
        """
        if not log_y:
            return self
        ends = self.least_above_0, self.high
        if ends[0] > ends[1]:
            ends = 1.0, 1.0
        return Extremes(self.least, self.largest, *map(math.log10, ends))

    def widened(self, parts: float) -> Extremes:
        """Return them with so many parts of their ranges more to each side."""
        x, y = parts * self.width, parts * (self.high - self.low)
        return Extremes(self.least - x, self.largest + x, self.low - y, self.high + y)

    def hold(self, other: Extremes) -> bool:
        """True when those of `other` are within."""
        return (
            self.least <= other.least
            and other.largest <= self.largest
            and self.low <= other.low
            and other.high <= self.high
        )


def look_at(extremes: Extremes, visible: VisibleRange) -> Look:
    """Return how a viewport shows a curve: as much finer in y as it is in x."""
    lo, hi = visible.lo, visible.hi
    # What follows the newest points shows all of a curve.
    if not (hi < math.inf and hi - lo < extremes.width):
        lo, hi = -math.inf, math.inf
    share = min(1.0, (hi - lo) / extremes.width) if extremes.width else 1.0
    its = extremes.on_axis(log_y=visible.log_y)
    size = max(abs(its.low), abs(its.high), 1e-300)
    span = max((its.high - its.low) * max(share, MIN_SHARE), _ROWS * math.ulp(size))
    return Look(visible.grid, column_width(float(span), _ROWS), lo, hi, visible.log_y)


def _cells_of(look: Look, bounds: Extremes) -> Cells | None:
    """Return the cells of a look, None where they cannot be counted: at the ends of doubles, or
    where there is no y yet.
    """
    ends = np.array((max(look.lo, bounds.least), min(look.hi, bounds.largest)))
    with np.errstate(over="ignore", invalid="ignore"):
        first, last = np.floor(look.grid.scaled(ends) / look.grid.width)
        row, top = np.floor(np.array((bounds.low, bounds.high)) / look.height)
        columns, rows = last - first + 1, top - row + 1
    if not 0 < columns * rows <= MAX_CELLS:
        return None
    counts = int(first), int(columns), int(row), int(rows)
    return Cells(look.grid, look.height, *counts, look.log_y)
