"""Where ticks stand on a linear axis: on whole multiples of a round step, far enough apart for
their labels.

The rules are those of the page, ``static/axes/ticks.js`` and ``static/axes/round_steps.js``.
What is measured is the broadest font that a reader may have (`zwsnb.axes.text_width.width_of`); the
page measures its own.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from zwsnb.axes.numbers import (
    LARGEST_STEP,
    decimal,
    format_tick,
    nice_step,
    offset_of,
    parts_of,
    unit_for,
)
from zwsnb.axes.text_width import width_of

Measure: TypeAlias = Callable[[str], float]
"""Returns how wide a text is, in pixels."""

LABEL_GAP: Final = 28
CALM_SPACING: Final = 80
"""Closer ticks make an axis busy, however short their labels are."""

ABOVE, BESIDE = 16, 14
"""Pixels of a cell, above another or beside another's label, that is labelled as each of them is.
"""

MOST_TICKS: Final = 200

_APART: Final = 4 * sys.float_info.epsilon
"""Of the largest value, between two ticks at least: nearer ones could be the same double."""

_ON_END: Final = 1e-9
"""Of a step: an end of the axis that is nearer to a multiple is on it."""


class Tick(NamedTuple):
    """A position on the axis, and the label there."""

    position: float
    label: str


@dataclass(slots=True, frozen=True)
class Ticks:
    """Those of one axis. ``context`` is what all labels leave out, the date or an offset; at
    ``fine`` positions there is a line only.
    """

    list: Sequence[Tick]
    context: str = ""
    fine: Sequence[float] = ()


def linear_ticks(
    low: float,
    high: float,
    pixels: float,
    spacing: float,
    suffix: str = "",
    *,
    counted: bool = False,
) -> Ticks:
    """Return round values `spacing` pixels apart or more; of an axis that has `counted` cells whole
    ones, and each of them where there is room; but plain ones where no whole one is in sight.
    """
    cells = _cells_in(low, high) if counted else 0
    if cells == 1:
        return _of_one_cell(high, suffix)
    per_pixel = units_per_pixel(low, high, pixels)
    is_each = cells and per_pixel * ABOVE <= 1
    step = _least_step(low, high, 1.0 if is_each else per_pixel * spacing, cells)
    return _ticks_of(low, high, step, suffix)


def labelled_ticks(
    low: float,
    high: float,
    pixels: float,
    suffix: str = "",
    measure: Measure = width_of,
    *,
    counted: bool = False,
) -> Ticks:
    """Return round values whose labels, side by side, do not touch, however long they are; of
    `counted` cells as those of `linear_ticks`.
    """
    cells = _cells_in(low, high) if counted else 0
    if cells == 1:
        return _of_one_cell(high, suffix)
    per_pixel = units_per_pixel(low, high, pixels)
    each = _least_step(low, high, 1.0, cells)
    if cells and (_widest(low, high, each, suffix, measure) + BESIDE) * per_pixel <= each:
        return _ticks_of(low, high, each, suffix)
    step = _least_step(low, high, CALM_SPACING * per_pixel, cells)

    def needed() -> float:
        return min(_widest(low, high, step, suffix, measure) + LABEL_GAP, pixels)

    while step < LARGEST_STEP and step / per_pixel < needed():
        step = nice_step(step * 1.5)
    return _ticks_of(low, high, step, suffix)


def ticks_from(
    low: float,
    high: float,
    zero: float,
    text: str,
    pixels: float,
    suffix: str = "",
    measure: Measure = width_of,
) -> Ticks:
    """Return the same counted from a zero of their own, of which the context is that text."""
    ticks = labelled_ticks(low - zero, high - zero, pixels, suffix, measure)
    return Ticks([Tick(each.position + zero, each.label) for each in ticks.list], text)


def _of_one_cell(high: float, suffix: str) -> Ticks:
    """Return the tick of the only whole number in a range that ends there."""
    number = float(math.floor(high))
    unit = unit_for(abs(number), 1.0, suffix)
    return Ticks([Tick(number, format_tick(number, unit))])


def units_per_pixel(low: float, high: float, pixels: float) -> float:
    """Return how much of an axis is in one pixel.

    The ends are halved first, since the difference of two doubles may be none.
    """
    return (high / 2 - low / 2) / pixels * 2


def _cells_in(low: float, high: float) -> int:
    """Return how many whole numbers a range of an axis that counts cells has in sight: none, which
    has plain ticks then; one; or 2, for more.
    """
    if math.floor(high) < low:
        return 0
    return 1 if high - low < 1 else 2


def _least_step(low: float, high: float, raw: float, cells: int) -> float:
    """Return a round step; of 1 at least where cells are in sight and counted."""
    return nice_step(max(raw, max(abs(low), abs(high)) * _APART, min(cells, 1)))


def _widest(low: float, high: float, step: float, suffix: str, measure: Measure) -> float:
    label, _ = _writing_of(low, high, step, suffix)
    ends = math.ceil(low / step) * step, math.floor(high / step) * step
    return max(measure(label(end)) for end in ends)


def _writing_of(
    low: float, high: float, step: float, suffix: str
) -> tuple[Callable[[float], str], str]:
    """Return how ticks of a range are written, by themselves or as differences from an offset, and
    the offset.
    """
    offset = offset_of(low, high)
    if offset is None:
        unit = unit_for(max(abs(low), abs(high)), step, suffix)
        return lambda value: format_tick(value, unit), ""
    least, most = low - offset.value, high - offset.value
    unit = unit_for(max(abs(least), abs(most)), step, suffix)
    return lambda value: format_tick(offset.difference(value, step), unit), offset.text(suffix)


def _ticks_of(low: float, high: float, step: float, suffix: str) -> Ticks:
    label, context = _writing_of(low, high, step, suffix)
    values = multiples(low, high, step)
    return Ticks(distinct(Tick(value, label(value)) for value in values), context)


def distinct(ticks: Iterable[Tick]) -> list[Tick]:
    """Return the first tick of each label: where a double has no more digits, neighbours look
    alike.
    """
    found: dict[str, Tick] = {}
    for tick in ticks:
        found.setdefault(tick.label, tick)
    return list(found.values())


def multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a round `step` from `low` to `high`, as decimals: 3 times 0.1 is 0.3
    here.
    """
    count, exponent = parts_of(step)
    # The quotient is rounded, and may be one too high.
    first = math.ceil(low / step) - 1
    values = (decimal(i * count, exponent) for i in range(first, first + MOST_TICKS))
    return [
        value
        for value in values
        if value - low >= -_ON_END * step and value - high <= _ON_END * step
    ]
