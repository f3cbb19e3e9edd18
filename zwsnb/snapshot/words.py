"""What a snapshot shows, in words: for whoever hears it read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.axes.numbers import format_reading
from zwsnb.axes.scales import Range
from zwsnb.axes.text_width import fitted
from zwsnb.kinds.times import zone_of
from zwsnb.snapshot.composition import Line, is_log, panel_options
from zwsnb.snapshot.images import image_words
from zwsnb.snapshot.layout import Panels

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_MOST_TOLD: Final = 6
"""Series that are told of one by one."""

_LONGEST_WORD: Final = 200
"""Pixels of a name or a unit in words."""

_LARGEST_POWER: Final = 308
"""The power of ten that a double holds; axes reach beyond it."""

_UNSEEN: Final = 1e-6
"""Of half a range: what is smaller is 0 beside it."""

_DIGITS, _MOST_DIGITS = 4, 17
"""Of a number; more where the ends of a range would be the same else."""


def words_of(plot: Plot, x: Range, panels: Panels) -> str:
    """Return the ranges of a snapshot, as in "x 0 to 399; loss 0.02 to 1.05"; `x` are the positions
    from which to which it shows its panels.
    """
    lines = [
        (line, panel_options(plot, index))
        for index, panel in enumerate(panels)
        for line in panel
        if len(line.points)
    ]
    image = image_words(plot)
    if not lines and not image:
        return "no points yet"
    ranges = [_range_of_x(plot, x), *image, *(_range_of(*each, x) for each in lines[:_MOST_TOLD])]
    more = [f"and {len(lines) - _MOST_TOLD} more"] if len(lines) > _MOST_TOLD else []
    return "; ".join([*ranges, *more])


def _range_of_x(plot: Plot, x: Range) -> str:
    name = fitted(plot.options["x_label"] or "x", _LONGEST_WORD)
    if not plot.is_time:
        return f"{name} {_span(x, plot.options['x_unit'], log=is_log(plot, 'x'))}"
    zone = zone_of(plot.options["tz"]) if plot.options["tz"] else None
    try:
        begin, end = (_EPOCH + timedelta(seconds=plot.origin + time) for time in x)
        from_, to = (f"{time.astimezone(zone):%Y-%m-%d %H:%M:%S}" for time in (begin, end))
    except (OverflowError, ValueError):  # a year that has no four digits
        return f"{name} {_span([plot.origin + time for time in x], 's', log=False)}"
    day, _, clock = to.partition(" ")
    return f"{name} {from_} to {clock if from_.startswith(day) else to}"


def _range_of(line: Line, options: Mapping[str, Any], x: Range) -> str:
    name = fitted(line.label, _LONGEST_WORD)
    at, y = line.points.T
    shown = y[(at >= x[0]) & (at <= x[1]) & np.isfinite(y)]
    if not len(shown):
        return f"{name} without a value"
    unit = options["y2_unit" if line.side == "right" else "y_unit"]
    ends = (float(shown.min()), float(shown.max()))
    return f"{name} {_span(ends, unit, log=options['log'])}"


def _values(positions: Iterable[float], *, log: bool) -> Sequence[float]:
    """Return values of which these are the positions."""
    return [10 ** min(position, _LARGEST_POWER) if log else position for position in positions]


def _span(positions: Iterable[float], unit: str | None, *, log: bool) -> str:
    low, high = values = _values(positions, log=log)
    largest, width = max(abs(low), abs(high)), high / 2 - low / 2
    apart = math.ceil(math.log10(largest) - math.log10(width)) + 2 if width else 0
    digits = min(max(apart, _DIGITS), _MOST_DIGITS)
    suffix = fitted(unit or "", _LONGEST_WORD)
    begin, end = (
        format_reading(_rounded(value, digits), digits, suffix)
        if log or abs(value) > width * _UNSEEN
        else ("0", "")
        for value in values
    )
    if begin == end:
        return "".join(begin)
    # 0 to 45 kV, but 20 mV to 1.05 V.
    first = begin[0] if begin[1] in ("", end[1]) else "".join(begin)
    return f"{first} to {''.join(end)}"


def _rounded(value: float, digits: int) -> float:
    rounded = float(f"{value:.{digits}g}")
    return value if math.isinf(rounded) else rounded
