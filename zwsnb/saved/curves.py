"""What stands for a curve, whose x swings, where there is no room for all its points.  [no I/O]

Its points are left out as long as they stay in one cell of a fine grid over all of it: so a smooth
curve is the same line with fewer vertices. One that jumps to and fro is drawn by strokes, as a
screen is sent them (`zwsnb.view.strokes`); if those are too many as well, it is its newest points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.history.pixel_grid import decades_of
from zwsnb.protocol.series_options import is_log_y
from zwsnb.saved.thinning import Held, parts_of
from zwsnb.view.streams.curve_stream import COARSER, CurveStream, Extremes, look_at
from zwsnb.view.streams.scatter_stream import MOST_DOTS
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Mask, Rows

CELLS: Final = (16_384, 4_096, 1_024)
"""Columns, and as many rows, of the grids that are tried: the first is ten times as fine as most
screens.
"""

WIDTH: Final = 1_024
"""Pixels of the screen on which strokes are drawn, at first."""

TRIALS: Final = 7
"""Screens of strokes that are tried, each coarser than the one before."""


def thin_curve(held: Held, series: Series, plot: Plot, most: int) -> Iterator[Held | None]:
    """Yield None after each step, and at last the points of a curve, or at most `most` vertices
    that draw it.
    """
    if held.count <= most:
        yield held
        return
    extremes = yield from _extremes(held, series.x_range)
    log_y = is_log_y(plot.options, series.of)
    grids = _grids(held, extremes, most, log_y=log_y)
    for attempt in (*grids, *_screens(series, plot, extremes, most)):
        for found in attempt:
            if found is not None:
                yield Held([found], found.shape[1])
                return
            yield None
    yield Held([held.newest(most)], most)


def thin_scatter(held: Held, most: int) -> Iterator[Held | None]:
    """Yield the points of a scatter, or the newest of them: at most `most`, and no more than a page
    draws with ease.
    """
    most = min(most, MOST_DOTS)
    yield held if held.count <= most else Held([held.newest(most)], most)


def _extremes(held: Held, x_range: tuple[float, float]) -> Generator[None, None, Extremes]:
    found = Extremes(*x_range)
    for _, y in parts_of(held.blocks):
        found.take(y)
        yield
    return found


def _grids(
    held: Held, extremes: Extremes, most: int, *, log_y: bool
) -> Iterator[Iterator[Rows | None]]:
    for cells in CELLS:
        yield _without_steps(held, extremes, cells, most, log_y=log_y)


def _without_steps(
    held: Held, extremes: Extremes, cells: int, most: int, *, log_y: bool
) -> Iterator[Rows | None]:
    """Yield None after each step, and at last the points that lie in another cell than the one
    before; nothing where they are more than `most`.
    """
    kept: list[Rows] = []
    count = 0
    for part in parts_of(held.blocks):
        on_axes = np.stack((part[0], decades_of(part[1]) if log_y else part[1]))
        kept.append(part[:, _enters(on_axes, extremes.on_axis(log_y=log_y), cells)])
        count += kept[-1].shape[1]
        if count > most:
            return
        yield None
    yield np.concatenate(kept, axis=1)


def _enters(points: Rows, extremes: Extremes, cells: int) -> Mask:
    """Return which points lie in another cell than the one before, the first and last of them."""
    x, y = points
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        column = np.floor((x - extremes.least) / extremes.width * cells)
        row = np.floor((y - extremes.low) / (extremes.high - extremes.low) * cells)
    # NaN is in no cell, and so in another one than any: of a gap all points stay.
    other: Mask = (np.diff(column, prepend=np.nan) != 0) | (np.diff(row, prepend=np.nan) != 0)
    other[-1] = True
    return other


def _screens(
    series: Series, plot: Plot, extremes: Extremes, most: int
) -> Iterator[Iterator[Rows | None]]:
    log_y = is_log_y(plot.options, series.of)
    look = look_at(extremes, VisibleRange.of(Viewport(WIDTH), plot)._replace(log_y=log_y))
    for _ in range(TRIALS):
        yield _strokes(CurveStream(series, look, extremes), most)
        look = look.coarser(COARSER)


def _strokes(stream: CurveStream, most: int) -> Iterator[Rows | None]:
    """Yield None after each step, and at last the strokes of a curve; nothing where they are more
    than `most`.
    """
    while stream.is_behind:
        stream.update()
        if stream.settled + stream.tail.shape[1] > most:
            return
        yield None
    yield np.concatenate((stream.vertices(stream.first, stream.settled), stream.tail), axis=1)
