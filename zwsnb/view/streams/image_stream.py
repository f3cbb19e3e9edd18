"""What one page has of an image, and so the next image patch.  [no I/O]

Its pixel columns lie on a grid that is fixed in x and a power of two wide, as those of series, but
each is as wide as a pixel at least: so a page that paints one column for each pixel paints all of
them, and none of the highest values that they hold is missed. The rows of a column become cells of
2^k values, by the same rule. A column that is complete never changes, and a page that follows costs
its newest columns. When the range of colours changes all columns are sent again, which a margin
makes rare.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import SMALLEST, Grid
from zwsnb.kinds.values import LARGEST, subtractable
from zwsnb.protocol.images.image_patch import LEVELS, Colors, ImagePatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.history.plots import Plot
    from zwsnb.images.image import ImageRun
    from zwsnb.images.row_blocks import Strips
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Cells
    from zwsnb.view.viewport import VisibleRange

_NO_COLORS: Final = np.empty((0, 0), np.uint8)
_NOTHING: Final = np.empty(0)

_LARGEST_POWER: Final = 308

MOST_COLUMNS: Final = 2_048
"""Columns in sight. Of wider screens each is of several pixels: a first patch keeps everybody else
waiting, and no eye sees more.
"""

_BESIDE: Final = 2
"""Columns that reach into what is in sight."""

DROP_AT_ONCE: Final = 16
"""Columns that have left at the front before an image without new rows is worth a patch."""


class _Look(NamedTuple):
    """How a page shows a run: when this changes, all that it has is void."""

    run: ImageRun
    grid: Grid
    factor: int
    z: Colored


class ImageStream:
    """The columns of the image of `plot` that one page has."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self._look: _Look | None = None
        # By number on the grid, those that the page has; and the rows up to which they reach.
        self._columns = _NOTHING
        self._end = self._rewrites = 0
        # The column from which on it has all, and whether it is to be told that it keeps them.
        self._since = 0.0
        self._confirms = False

    def start_afresh(self) -> None:
        """Send everything again, in place of what the page has."""
        self._look = None

    def look_again(self) -> None:
        """Send what another view needs beside what the page has, which it else forgets: when its
        axes find their places it is a few pixels wider, and has all columns.
        """
        self._confirms = True

    def most_bytes(self, visible: VisibleRange) -> int:
        """Return the bytes of cells that the next patch has at most."""
        run = self.plot.image.run
        if run is None:
            return 0
        look = _look_at(run, visible, self.plot.options)
        columns = min(run.count, min(visible.pixels, MOST_COLUMNS) + _BESIDE)
        if look == self._look and not self._confirms and run.rewrites.count == self._rewrites:
            columns = min(columns, 1 + abs(_end_of(run, visible) - self._end))
        return int(4 * columns * math.ceil(run.bins / look.factor))

    def next_patch(self, visible: VisibleRange, number: int) -> ImagePatch | None:
        """Return what brings the page up to date, to be sent before the patch of that number; None
        when it has everything.
        """
        run = self.plot.image.run
        if run is None:
            return self._emptied(number)
        look, end = _look_at(run, visible, self.plot.options), _end_of(run, visible)
        first = _first_column(run, look.grid, visible.lo)
        drop = int(np.searchsorted(self._columns, first))
        begin, changed = first, self._changed_from(look)
        is_missing = self._confirms and first < self._since
        if look != self._look or drop == len(self._columns) or is_missing:
            drop, keep, self._since = len(self._columns), 0, first
        elif (
            self._end == end and changed == math.inf and drop < DROP_AT_ONCE and not self._confirms
        ):
            return None
        else:
            begin = max(first, min(changed, float(self._columns[-1])))  # which may have grown
            keep = int(np.searchsorted(self._columns, begin)) - drop
        start, grid = run.pyramid.find(look.grid.start_of(begin)), look.grid
        strips = run.pyramid.gather(start, end, grid.scaled, grid.width, look.factor)
        columns, x, cells = reduced(strips, grid, begin)
        self._columns = np.concatenate((self._columns[drop : drop + keep], columns))
        self._look, self._end, self._confirms = look, end, False
        self._rewrites = run.rewrites.count
        self._since = max(self._since, first)
        return ImagePatch(
            number, run.name, drop, keep, x, colors_of(cells, look.z), run.bins, look.factor,
            run.y_edges, look.z[:2], self.plot.image.count, look.z.log, run.began, run.is_down,
        )  # fmt: skip

    def _changed_from(self, look: _Look) -> float:
        """Return the first column that a late row has changed since all were sent; or infinity."""
        if look != self._look:
            return math.inf
        changed = look.run.rewrites.since(self._rewrites)
        return math.inf if changed is None else float(look.grid.columns(np.array((changed.x,)))[0])

    def _emptied(self, number: int) -> ImagePatch | None:
        if self._look is None and not len(self._columns):
            return None
        drop, self._look, self._columns = len(self._columns), None, _NOTHING
        ends = (math.nan, math.nan)
        return ImagePatch(number, "", drop, 0, _NOTHING, _NO_COLORS, 0, 1, ends, ends, 0)


def _first_column(run: ImageRun, grid: Grid, lo: float) -> float:
    """Return the column of the last row before what is in sight, which may reach into it."""
    before = run.pyramid.before(grid.floor(lo))
    if grid.log and before < SMALLEST:
        before = lo
    return float(grid.columns(np.array((before,)))[0])


def _end_of(run: ImageRun, visible: VisibleRange) -> int:
    """Return the number after the last row in sight, and one more, which may reach into it."""
    if visible.hi == math.inf:
        return run.count
    return min(run.count, run.pyramid.find(visible.hi) + 1)


def _look_at(run: ImageRun, visible: VisibleRange, options: Mapping[str, Any]) -> _Look:
    width, pixels = 2 * visible.grid.width, float(visible.pixels)
    while pixels > MOST_COLUMNS:
        width, pixels = 2 * width, pixels / 2
    grid = Grid(width, visible.grid.log)
    factor = 1
    while run.bins > factor * visible.rows:
        factor *= 2
    return _Look(run, grid, factor, range_of(run, options))


class Colored(NamedTuple):
    """Which values have colours: those of the first and of the last one; equal where there is one
    value only. They are evenly spaced, or their logarithms where it is `log`.
    """

    low: float
    high: float
    log: bool = False


def range_of(run: ImageRun, options: Mapping[str, Any]) -> Colored:
    """Return which values have colours: as the options say, else as the values are."""
    said, log = options["z_range"], bool(options["z_log"])
    ends = run.z_log if log else run.z
    low, high = ends if not math.isnan(ends[0]) else (0.0, 1.0)
    if log:
        low, high = 10.0**low, 10.0 ** min(high, _LARGEST_POWER)
    if isinstance(said, list | tuple):
        low = low if said[0] is None or (log and said[0] <= 0) else float(said[0])
        high = high if said[1] is None or (log and said[1] <= 0) else float(said[1])
    if log and low == high:  # a single value: that itself, and not as its logarithm is rounded
        low = high = float(np.float32(low)) or low
    if low <= high:
        return Colored(low, high, log)
    above = 10 * low if log else low + (abs(low) or 1.0)
    return Colored(low, min(above, LARGEST), log)


def reduced(strips: Strips, grid: Grid, first: float) -> tuple[Column, Column, Cells]:
    """Return the numbers of the columns in which there are strips, where each has its middle, and
    the highest of each of their values, shape (n, rows). What begins before the column `first` is
    in that one.
    """
    numbers = np.maximum(grid.columns(strips.first), first)
    begins = np.flatnonzero(np.diff(numbers, prepend=np.nan) != 0)
    if not len(begins):
        return _NOTHING, _NOTHING, strips.cells
    ends = np.append(begins[1:], len(numbers))
    cells = np.fmax.reduceat(strips.cells, begins, axis=0)
    middles = strips.first[begins] / 2 + strips.last[ends - 1] / 2
    columns = numbers[begins]
    if not grid.log:
        # One row stands where it is; of several it does not say where they are in the column.
        middles = np.where(ends - begins > 1, (columns + 0.5) * grid.width, middles)
    return columns, middles, cells


def colors_of(cells: Cells, z: Colored) -> Colors:
    """Return values as the numbers of their colours, 0 where there is none."""
    low, high, log = z
    values = cells.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        if log:
            values = np.where(values > 0, values, np.nan)
        if low == high:
            part = np.sign(values - low) * LEVELS + (LEVELS - 1) / 2
        else:
            if log:
                values, low, high = np.log10(values), math.log10(low), math.log10(high)
            values, low, high = subtractable(values, low, high)
            part = (values - low) * ((LEVELS - 1) / (high - low))
        found = np.clip(part, 0, LEVELS - 1) + 1.5
    found[np.isnan(found)] = 0
    return found.astype(np.uint8)
