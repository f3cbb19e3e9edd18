"""Points of a plot as CSV: series, x, y, and where there is a scatter color and size.  [no I/O]

It comes in pieces, so that whoever sends them can let others run between.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zwsnb.history.queries import Passage
from zwsnb.kinds.times import iso_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.history.plots import Plot

_HEADING: Final = ("series", "x", "y", "color", "size")

CSV_ROWS: Final = 500
"""Rows of a piece of CSV: a millisecond of work, and some 20 kB."""


def passages(plot: Plot, names: Iterable[str], lo: float, hi: float) -> Iterator[Passage]:
    """Yield the way through each series of these names, with lo <= x <= hi, counted as its x are.
    It goes on whatever happens to the names meanwhile: a new run takes that of the one before it.
    """
    for name in list(names):
        if (series := plot.series.get(name)) is not None:
            yield Passage(series, lo, hi)


def csv(plot: Plot, ways: Sequence[Passage], lo: float, hi: float) -> Iterator[str]:
    """Yield the points with lo <= x <= hi on these ways as CSV, some rows at a time.

    A time is written in ISO 8601, a gap as an empty cell.

    Raises:
        Reordered: a series has become a curve meanwhile.
    """
    origin = plot.origin if plot.is_time else None
    columns = max((2, *(way.columns for way in ways)))
    yield csv_heading(columns)
    for way in ways:
        while (text := _next_text(way, lo, hi, origin, columns)) is not None:
            yield text


def _next_text(way: Passage, lo: float, hi: float, origin: int | None, columns: int) -> str | None:
    # A function of its own, so that nobody holds points while its text is on its way.
    rows = way.take(CSV_ROWS)
    if rows is None:
        return None
    return csv_text(way.name, rows.T[(rows[0] >= lo) & (rows[0] <= hi)], origin, columns)


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


def _quoted(name: str) -> str:
    # A spreadsheet takes a cell that begins with one of these for a formula, and may split at ";".
    safe = f"'{name}" if name[0] in "=+-@" else name
    return '"' + safe.replace('"', '""') + '"' if set(safe) & set(',;"\r\n ') else safe


def _x_text(x: float, origin: int | None) -> str:
    return repr(x) if origin is None else iso_text(x, origin)


def _y_text(y: float) -> str:
    return repr(y) if math.isfinite(y) else ""
