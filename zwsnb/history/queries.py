"""What a reader of the plot asks of the history: the points next to the pointer, the figures of a
selection, rows of text.  [no I/O]

The page draws columns, which are a picture; an answer comes from the points themselves as long as
they are held, and from the extremes of their cells, and says so, where they have been evicted. Long
work goes block by block, so that whoever does it can let others run between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from zwsnb.history.pixel_grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series

CSV_ROWS = 2_000
"""Rows of a piece of CSV: some milliseconds of work."""


def nearest(series: Series, x: float) -> dict[str, Any] | None:
    """Return the point of `series` whose x is nearest to `x`: ``id, x, y, exact``; None when there
    is none.

    ``exact`` is False when the points there have been evicted: then it is the nearest extreme of a
    cell. y is None in a gap.
    """
    if not series.count or not series.ordered:
        return None
    begin = series.find(x)
    exact = begin >= series.points.start
    if exact:
        near = series.points.slice(max(series.points.start, begin - 1), begin + 1)
    else:
        near = series.gather(max(0, begin - 1), begin + 1, Grid(0.0))
    i = int(np.abs(near[0] - x).argmin())
    y = float(near[1, i])
    return {
        "id": series.ident,
        "x": float(near[0, i]),
        "y": y if math.isfinite(y) else None,
        "exact": exact,
    }


@dataclass(slots=True)
class Statistics:
    """Count, mean, extremes and deviation of what has been added, by Chan's method: blocks in any
    number, no loss of digits.
    """

    count: int = 0
    gaps: int = 0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def add(self, y: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        """Add values; NaN is a gap."""
        values = y[~np.isnan(y)]
        n = len(values)
        self.gaps += len(y) - n
        if not n:
            return
        mean = float(values.mean())
        shift = mean - self.mean
        self.squares += float(np.square(values - mean).sum()) + shift * shift * self.count * n / (
            self.count + n
        )
        self.mean += shift * n / (self.count + n)
        self.count += n
        self.low, self.high = (
            min(self.low, float(values.min())),
            max(self.high, float(values.max())),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the figures; those of nothing are None. ``sd`` is that of a sample (n - 1)."""
        some = self.count > 0
        return {
            "count": self.count,
            "gaps": self.gaps,
            "mean": self.mean if some else None,
            "min": self.low if some else None,
            "max": self.high if some else None,
            "sd": math.sqrt(self.squares / (self.count - 1)) if self.count > 1 else None,
        }


def measure(series: Series, lo: float, hi: float) -> Iterator[dict[str, Any] | None]:
    """Yield None after each block, and at last the figures of the points with lo <= x <= hi that
    are held.

    ``complete`` is False when some of them have been evicted.
    """
    figures = Statistics()
    begin, end = (
        (series.find(lo), series.find(math.nextafter(hi, math.inf)))
        if series.ordered
        else (0, series.count)
    )
    held = max(begin, series.points.start)
    for points in series.points.slices(held, end):
        inside = points[1] if series.ordered else points[1][(points[0] >= lo) & (points[0] <= hi)]
        figures.add(inside)
        yield None
    yield {"id": series.ident, "complete": held == begin, **figures.as_json()}


def csv_rows(plot: Plot, names: list[str], lo: float, hi: float) -> int:
    """Return how many rows `csv` gives, at most (in XY mode it looks at each)."""
    return sum(end - begin for begin, end in (_held(plot.series[name], lo, hi) for name in names))


def csv(plot: Plot, names: list[str], lo: float, hi: float) -> Iterator[str]:
    """Yield the held points with lo <= x <= hi as CSV, some rows at a time: series, x, y; a time in
    ISO 8601, a gap empty.
    """
    yield "series,x,y\r\n"
    for name in names:
        series = plot.series[name]
        begin, end = _held(series, lo, hi)
        for first in range(begin, end, CSV_ROWS):
            points = series.points.slice(first, min(end, first + CSV_ROWS))
            rows = points.T[(points[0] >= lo) & (points[0] <= hi)].tolist()
            yield "".join(
                f"{_quoted(name)},{_x_text(x, time=plot.options['time'])},{_y_text(y)}\r\n"
                for x, y in rows
            )


def _held(series: Series, lo: float, hi: float) -> tuple[int, int]:
    if not series.ordered:
        return series.points.start, series.count
    return max(series.points.start, series.find(lo)), series.find(math.nextafter(hi, math.inf))


def _quoted(name: str) -> str:
    # A spreadsheet takes a cell that begins with one of these for a formula.
    safe = f"'{name}" if name[0] in "=+-@" else name
    return '"' + safe.replace('"', '""') + '"' if set(safe) & set(',"\r\n ') else safe


def _x_text(x: float, *, time: bool) -> str:
    return datetime.fromtimestamp(x, UTC).isoformat() if time else repr(x)


def _y_text(y: float) -> str:
    return repr(y) if math.isfinite(y) else ""
