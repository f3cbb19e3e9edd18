"""What a snapshot shows, in words: for who cannot see it, and where there are no pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.kinds.times import zone_of
from zwsnb.snapshot.composition import Line, is_log
from zwsnb.snapshot.layout import Panels
from zwsnb.snapshot.numbers import format_exact
from zwsnb.snapshot.scales import Range
from zwsnb.snapshot.svg import fitted
from zwsnb.snapshot.time_ticks import has_date, local_time

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot

_MOST: Final = 6
"""Series that are told of one by one."""

_LONGEST: Final = 200
"""Pixels of a name or a unit."""

_LARGEST: Final = 308
"""The power of ten that a double holds; axes reach beyond it."""

_DIGITS, _MOST_DIGITS = 4, 17
"""Of a number; more where the ends of a range would be the same else."""


def words_of(plot: Plot, x: Range, panels: Panels) -> str:
    """Return the ranges of a snapshot, as in "x 0 to 399; loss 0.02 to 1.05"; `x` are the positions
    from which to which it shows its panels.
    """
    lines = [line for panel in panels for line in panel if len(line.points)]
    if not lines:
        return "no points yet"
    ranges = [_range_of_x(plot, x), *(_range_of(plot, line, x) for line in lines[:_MOST])]
    more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return "; ".join([*ranges, *more])


def _range_of_x(plot: Plot, x: Range) -> str:
    name = fitted(plot.options["x_label"] or "x", _LONGEST)
    if not plot.is_time:
        return f"{name} {_span(_values(x, log=is_log(plot, 'x')), plot.options['x_unit'])}"
    if not all(map(has_date, x)):
        return f"{name} {_span(x, 's')}"
    zone = zone_of(plot.options["tz"]) if plot.options["tz"] else None
    begin, end = (local_time(time, zone) for time in x)
    from_, to = (f"{time:%Y-%m-%d %H:%M:%S}" for time in (begin, end))
    return f"{name} {from_} to {to if begin.date() != end.date() else to.partition(' ')[2]}"


def _range_of(plot: Plot, line: Line, x: Range) -> str:
    name = fitted(line.name, _LONGEST)
    at, y = line.points.T
    shown = y[(at >= x[0]) & (at <= x[1]) & np.isfinite(y)]
    if not len(shown):
        return f"{name} without a value"
    unit = plot.options["y2_unit" if line.side == "right" else "y_unit"]
    ends = (float(shown.min()), float(shown.max()))
    return f"{name} {_span(_values(ends, log=is_log(plot, 'y')), unit)}"


def _values(positions: Iterable[float], *, log: bool) -> Sequence[float]:
    """Return values of which these are the positions."""
    return [10 ** min(position, _LARGEST) if log else position for position in positions]


def _span(ends: Sequence[float], unit: str | None) -> str:
    low, high = ends
    largest, width = max(abs(low), abs(high)), high / 2 - low / 2
    apart = math.ceil(math.log10(largest) - math.log10(width)) + 2 if width else 0
    digits = min(max(apart, _DIGITS), _MOST_DIGITS)
    begin, end = (format_exact(_rounded(value, digits)) for value in ends)
    suffix = fitted(unit or "", _LONGEST)
    return (begin if begin == end else f"{begin} to {end}") + (suffix and f" {suffix}")


def _rounded(value: float, digits: int) -> float:
    rounded = float(f"{value:.{digits}g}")
    return value if math.isinf(rounded) else rounded
