"""What a file has of a series that is shown by how many points are where: the cells and their
counts.  [no I/O]
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zwsnb.cells.density import MOST_COLUMNS, Density
from zwsnb.protocol.checks.style_checks import DENSITY
from zwsnb.protocol.series_options import is_log_y, style_of
from zwsnb.saved.thinning import Held, parts_of
from zwsnb.view.streams.scatter_stream import MOST_DOTS, look_of
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series

_PIXELS: Final = 4 * MOST_COLUMNS
"""Of a screen on which there are as many cells as there may be."""


def is_counted(plot: Plot, series: Series, held: Held) -> bool:
    """Return whether a series is shown by counts: as its style says, or as a scatter of very many
    points without colours and sizes.
    """
    if series.ordered:
        return False
    if style_of(plot.options, series.of) == DENSITY:
        return True
    marks = series.marks
    is_plain = marks is not None and all(map(math.isnan, (*marks.colors, *marks.sizes)))
    return is_plain and held.count > MOST_DOTS


def counts_of(plot: Plot, series: Series, held: Held) -> Iterator[Density | None]:
    """Yield None after each step, and at last how many of the points of a series that are held lie
    where: of those in the window, if there is one.
    """
    visible = VisibleRange.of(Viewport(_PIXELS, window=plot.options["window"]), plot)
    log_y = is_log_y(plot.options, series.of)
    look = look_of(visible._replace(log_y=log_y), is_counted=True)
    density = Density(look.grid, log_y=look.log_y)
    for part in parts_of(held.blocks):
        density.add(look.seen(part, visible.lo))
        yield None
    yield density


def cells_of(density: Density, most: int) -> Held:
    """Return the cells of a density, shape (4, n) as those of a scatter, in at most `most`, for
    which they become larger.
    """
    rows = density.rows()
    while rows.shape[1] > most:
        density.grow()
        rows = density.rows()
    return Held([rows], rows.shape[1], density.cell)
