"""The cell of an image that a reader asks for.  [no I/O]"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from zwsnb.images.image import Image


class Cell(TypedDict):
    """The value of an image at a row and a bin, in whose middle y is; None where there is none, and
    a text, "inf" or "-inf", where JSON has no number.

    ``exact`` is False when the rows there have been evicted: then it is the highest of several.
    ``began`` says of which image it is, as in `ImageRun`.
    """

    x: float
    y: float
    value: float | str | None
    exact: bool
    began: int


def cell_at(image: Image, x: float, y: float) -> Cell | None:
    """Return the cell at y of the row whose x is nearest; None where there is no image, or y is
    beyond it.
    """
    run = image.run
    if run is None:
        return None
    low, high = run.y_edges
    height = high - low
    if not 0 < height < math.inf:
        return None
    bin_ = (y - low) / height * run.bins
    if not 0 <= bin_ < run.bins:
        return None
    row, is_exact = run.pyramid.nearest(x)
    value = float(row.cells[0, int(bin_)])
    return {
        "x": float(row.first[0] / 2 + row.last[0] / 2),
        "y": low + (int(bin_) + 0.5) / run.bins * height,
        "value": _as_json(value),
        "exact": is_exact,
        "began": run.began,
    }


def _as_json(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else str(value)
