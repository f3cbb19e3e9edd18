"""Points of a plot as CSV: series, x, y, and where there is a scatter color and size.  [no I/O]

It comes in pieces, so that whoever sends them can let others run between.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zwsnb.history.queries import blocks_with_marks
from zwsnb.kinds.times import iso_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows

_HEADING: Final = ("series", "x", "y", "color", "size")

CSV_ROWS: Final = 2_000
"""Rows of a piece of CSV: some milliseconds of work."""


def csv_rows(plot: Plot, names: Sequence[str], lo: float, hi: float) -> int:
    """Return how many rows `csv` gives at most (in XY mode it checks each)."""
    return sum(end - begin for begin, end in (_held(plot.series[name], lo, hi) for name in names))


def csv(plot: Plot, names: Sequence[str], lo: float, hi: float) -> Iterator[str]:
    """Yield the points with lo <= x <= hi, counted as its x are, that are held as CSV, some rows at
    a time.

    A time is written in ISO 8601, a gap as an empty cell.
    """
    # All blocks now: between two pieces a late point would move the numbers of the rest, and a new
    # run takes the name of the one before it.
    blocks = [(name, list(_blocks(plot.series[name], lo, hi))) for name in names]
    origin = plot.origin if plot.is_time else None
    columns = max((2, *(4 for name in names if plot.series[name].marks)))
    yield csv_heading(columns)
    for name, points in blocks:
        for piece in _pieces(points):
            rows = piece.T[(piece[0] >= lo) & (piece[0] <= hi)]
            yield csv_text(name, rows, origin, columns)


def csv_heading(columns: int = 2) -> str:
    """Return the first row, for points of so many numbers: 2, or 4 of a scatter."""
    return ",".join(_HEADING[: 1 + columns]) + "\r\n"


def csv_text(name: str, points: NDArray[np.float64], origin: int | None, columns: int = 2) -> str:
    """Return points of a series, shape (n, 2), or (n, 4) of a scatter, as rows of CSV, in which
    there is room for so many `columns`.

    origin: from where x are counted, in whole seconds since 1970; None where they are no times.
    """
    series, rest = _quoted(name), "," * (columns - points.shape[1]) + "\r\n"
    return "".join(
        f"{series},{_x_text(x, origin)},{','.join(map(_y_text, others))}{rest}"
        for x, *others in points.tolist()
    )


def _blocks(series: Series, lo: float, hi: float) -> Iterator[Rows]:
    return blocks_with_marks(series, *_held(series, lo, hi))


def _pieces(blocks: Sequence[Rows]) -> Iterator[Rows]:
    for block in blocks:
        for first in range(0, block.shape[1], CSV_ROWS):
            yield block[:, first : first + CSV_ROWS]


def _held(series: Series, lo: float, hi: float) -> tuple[int, int]:
    if not series.ordered:
        return series.points.start, series.count
    return max(series.points.start, series.find(lo)), series.find(math.nextafter(hi, math.inf))


def _quoted(name: str) -> str:
    # A spreadsheet takes a cell that begins with one of these for a formula.
    safe = f"'{name}" if name[0] in "=+-@" else name
    return '"' + safe.replace('"', '""') + '"' if set(safe) & set(',"\r\n ') else safe


def _x_text(x: float, origin: int | None) -> str:
    return repr(x) if origin is None else iso_text(x, origin)


def _y_text(y: float) -> str:
    return repr(y) if math.isfinite(y) else ""
