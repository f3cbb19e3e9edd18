"""The image of a plot as its saved page has it: columns of colours.  [no I/O]

They lie on the grid of a screen (`zwsnb.view.streams.image_stream`), as narrow and of cells as low
as there are bytes for. Each step that makes them coarser joins two neighbours to the higher one: so
whoever has the narrowest can draw all wider ones, exactly as from the rows, as
``static/saved/imaged.js`` does.
"""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import SMALLEST, Grid
from zwsnb.saved.packing import BYTES_AT_ONCE, LEVEL
from zwsnb.view.streams.image_stream import colors_of, range_of, reduced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.images.image import ImageRun
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.image_patch import Colors
    from zwsnb.view.streams.image_stream import Colored

MOST_CELLS: Final = 1 << 22
"""Before they are packed."""

MOST_COLUMNS: Final = 16_384
"""Of rows that lie evenly: some ten screens."""

COLUMNS_AT_ONCE: Final = 64
"""Columns that one step takes in: some milliseconds of work."""

_FINEST: Final = 2.0**-50
"""Of the largest x, that a column is wide at least: so its number is a whole one."""

_LEAST_LOG_WIDTH: Final = 2.0**-40
"""The same of a logarithm: its columns start less than that earlier than computed."""

_FEWER: Final = 0.75
"""Part of the columns that a step to wider ones leaves at most."""

_SLIMNESS: Final = 4
"""A screen is about so many times as many columns wide as it is cells high."""


class Columns(NamedTuple):
    """Columns of colours, shape (n, height): their numbers on the grid, and the x of each."""

    grid: Grid
    factor: int
    numbers: Column
    x: Column
    colors: Colors

    def coarser(self) -> Columns:
        """Return about half as many columns, or cells that are twice as high."""
        count, height = self.colors.shape
        if _SLIMNESS * height > count:
            padded = np.pad(self.colors, ((0, 0), (0, height % 2)))
            lower = np.maximum(padded[:, ::2], padded[:, 1::2])
            return self._replace(factor=2 * self.factor, colors=lower)
        grid, numbers, begins = self.grid, self.numbers, np.arange(count)
        while len(begins) > _FEWER * count:  # where x has pauses one step may join none
            grid, numbers = Grid(2 * grid.width, grid.log), np.floor(numbers / 2)
            begins = np.flatnonzero(np.diff(numbers, prepend=np.nan) != 0)
        ends = np.append(begins[1:], count)
        middles = self.x[begins] / 2 + self.x[ends - 1] / 2
        if not grid.log:  # one that stays alone stays where it is
            middles = np.where(ends - begins > 1, (numbers[begins] + 0.5) * grid.width, middles)
        colors = np.maximum.reduceat(self.colors, begins, axis=0)
        return Columns(grid, self.factor, numbers[begins], middles, colors)


class HeldImage(NamedTuple):
    """What the page holds: `head`, as JSON can carry it, None where there is no image; and x and
    colours, packed.
    """

    head: dict[str, Any] | None
    packed: bytes


def image_of(plot: Plot, most_bytes: int) -> Iterator[HeldImage | None]:
    """Yield None after each step, some milliseconds of work, and at last the image of `plot` in so
    many bytes.

    Rows that come meanwhile are not in it.
    """
    run = plot.image.run
    low = math.nan if run is None else _least_x(run, plot)
    if run is None or math.isnan(low):
        yield HeldImage(None, b"")
        return
    count, rows, z = run.count, plot.image.count, range_of(run, plot.options)
    parts: list[Columns] = []
    for part in _columns_of(run, low, count, z, is_log=plot.is_log_x):
        parts.append(part)
        yield None
    columns = parts[0]._replace(
        numbers=np.concatenate([part.numbers for part in parts]),
        x=np.concatenate([part.x for part in parts]),
        colors=np.concatenate([part.colors for part in parts]),
    )
    while True:
        pieces = []
        for piece in _packed(columns):
            pieces.append(piece)
            yield None
        packed = b"".join(pieces)
        if len(packed) <= most_bytes or columns.colors.size <= _SLIMNESS:
            break
        columns = columns.coarser()
        yield None
    yield HeldImage(_head_of(run, count, rows, columns, z), packed)


def _least_x(run: ImageRun, plot: Plot) -> float:
    """Return the least x of a row that the axis shows; NaN where it shows none."""
    if not plot.is_log_x:
        return run.first_x
    low = max(run.first_x, plot.least_x_above(SMALLEST))
    return low if SMALLEST <= low <= run.last_x else math.nan


def _columns_of(
    run: ImageRun, low: float, count: int, z: Colored, *, is_log: bool
) -> Iterator[Columns]:
    """Yield the columns of the rows from `low` on up to that number, some at a time."""
    finest = _finest(low, run.last_x, is_log=is_log)
    if run.count <= MOST_COLUMNS and run.count * run.bins <= MOST_CELLS:
        grid, factor, parts = finest, 1, _by_row(run, low, count)
    else:
        grid, factor = _fitting(run, low, finest)
        parts = _by_column(run, low, count, grid)
    for start, end, first in parts:
        strips = run.pyramid.gather(start, end, grid.scaled, grid.width, factor)
        numbers, x, cells = reduced(strips, grid, first)
        yield Columns(grid, factor, numbers, x, colors_of(cells, z))


def _by_row(run: ImageRun, low: float, count: int) -> Iterator[tuple[int, int, float]]:
    """Yield from which row to which one a step goes, and the first column that it has."""
    for start in range(run.pyramid.find(low), count, COLUMNS_AT_ONCE):
        yield start, min(count, start + COLUMNS_AT_ONCE), -math.inf


def _by_column(
    run: ImageRun, low: float, count: int, grid: Grid
) -> Iterator[tuple[int, int, float]]:
    """Yield the same for many rows, of which a column has several."""
    first, last = map(int, grid.columns(np.array((low, run.last_x))))
    start = run.pyramid.find(low)
    for begin in range(first, last + 1, COLUMNS_AT_ONCE):
        end = count
        if begin + COLUMNS_AT_ONCE <= last:
            end = min(count, run.pyramid.find(grid.start_of(begin + COLUMNS_AT_ONCE)))
        if start < end:
            yield start, end, float(begin)
            start = end


def _finest(low: float, high: float, *, is_log: bool) -> Grid:
    """Return columns so narrow that rows which stand at different x have one each."""
    largest = max(abs(low), abs(high))
    if is_log:
        return Grid(_LEAST_LOG_WIDTH, log=True)
    return Grid.linear(0.0, largest * _FINEST, 1)


def _fitting(run: ImageRun, low: float, finest: Grid) -> tuple[Grid, int]:
    """Return the narrowest columns, and of how many values cells are, that are not too many."""
    high = run.last_x
    if finest.log:
        grid = Grid.logarithmic(low, high, MOST_COLUMNS)
    else:
        grid = Grid.linear(low, high - low, MOST_COLUMNS)
    grid = Grid(max(grid.width, finest.width), grid.log)
    factor = 1
    while True:
        count, height = min(run.count, grid.count(low, high) + 1), -(-run.bins // factor)
        if count * height <= MOST_CELLS:
            return grid, factor
        if _SLIMNESS * height > count:
            factor *= 2
        else:
            grid = Grid(2 * grid.width, grid.log)


def _packed(columns: Columns) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL)
    yield packer.compress(columns.x.astype("<f8").tobytes())
    content = columns.colors.tobytes()
    for begin in range(0, len(content), BYTES_AT_ONCE):
        yield packer.compress(content[begin : begin + BYTES_AT_ONCE])
    yield packer.flush()


def _head_of(run: ImageRun, count: int, rows: int, columns: Columns, z: Colored) -> dict[str, Any]:
    return {
        "name": run.name,
        "bins": run.bins,
        "factor": columns.factor,
        "columns": len(columns.x),
        "width": columns.grid.width,
        "whole": len(columns.x) == count and columns.factor == 1,
        "y": run.y_edges,
        "z": z[:2],
        "log": z.log,
        "rows": rows,
        "began": run.began,
        "down": run.is_down,
    }
