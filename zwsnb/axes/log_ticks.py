"""Ticks of a logarithmic axis: at powers of ten, with 2 and 5 between them where there is room;
within a decade at round values, as on any other axis.

The rules are those of the page, ``static/axes/log_ticks.js``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from zwsnb.axes.numbers import (
    LARGEST_STEP,
    format_power,
    format_tick,
    has_prefixes,
    nice_step,
    unit_for,
)
from zwsnb.axes.scales import LARGEST_POSITION, SMALLEST_POSITION
from zwsnb.axes.text_width import width_of
from zwsnb.axes.ticks import (
    CALM_SPACING,
    LABEL_GAP,
    Measure,
    Tick,
    Ticks,
    distinct,
    multiples,
)

_FIVE_IS_ROUND: Final = math.log10(2)
_LAST_DIGIT: Final = math.log10(10 / 9)
_FINE_SPACING: Final = 4
_ONE: Final = (1,)
_FIVES: Final = (1, 2, 5)


def log_ticks(
    low: float, high: float, pixels: float, spacing_of: Measure, suffix: str = ""
) -> Ticks:
    """Return the ticks from one logarithm to another.

    `spacing_of` returns the pixels that a label needs, the distance to the next one included.
    """
    low, high = max(low, SMALLEST_POSITION), min(high, LARGEST_POSITION)
    per_decade = pixels / (high - low)
    need = _widest(low, high, _ONE, spacing_of, suffix)

    def is_room_for_fives(pixels: float) -> bool:
        return per_decade * _FIVE_IS_ROUND >= pixels

    if per_decade * _LAST_DIGIT >= need or (high - low < 1 and is_room_for_fives(need)):
        return _round_ticks(low, high, pixels, spacing_of, suffix)
    # 2×10⁻⁶ is wider than 10⁻⁶.
    has_fives = is_room_for_fives(need) and is_room_for_fives(
        _widest(low, high, _FIVES, spacing_of, suffix)
    )
    every = max(1, math.ceil(need / per_decade))
    positions = list(_decades(low, high, every, _FIVES if has_fives else _ONE))
    label_of = _labels_for(positions, suffix)
    has_fine = every == 1 and per_decade * _LAST_DIGIT >= _FINE_SPACING
    return Ticks(
        [Tick(position, label_of(position)) for position in positions],
        fine=list(_decades(low, high, 1, range(2, 10))) if has_fine else (),
    )


def log_label_spacing(label: str) -> float:
    """Return the pixels that a label of a logarithmic x-axis needs."""
    return max(CALM_SPACING / 2, width_of(label) + LABEL_GAP)


def _widest(
    low: float, high: float, digits: Sequence[int], spacing_of: Measure, suffix: str
) -> float:
    """Return the pixels of the widest label, which need not stand at an end: 1 000 000 s is wider
    than 1 s and 10⁸ s.
    """
    positions = list(_decades(low, high, 1, digits))
    label_of = _labels_for(positions, suffix)
    return max(spacing_of(label_of(position)) for position in (math.floor(low), *positions))


def _labels_for(positions: Iterable[float], suffix: str) -> Callable[[float], str]:
    """Return how decades are written: each with a prefix of its own; where there is none, all as
    powers of ten if one of them is.
    """
    values = map(_round_value_at, positions)
    has_powers = not has_prefixes(suffix) and any(
        unit_for(value, value, suffix).size.is_power for value in values
    )

    def label_of(position: float) -> str:
        value = _round_value_at(position)
        if has_powers:
            return format_power(value, suffix)
        return format_tick(value, unit_for(value, value, suffix))

    return label_of


def _round_value_at(position: float) -> float:
    return float(f"{_value_at(position):.3g}")  # 10 ** 0.3010 is not 2


def _value_at(position: float) -> float:
    return float(10.0 ** min(max(position, SMALLEST_POSITION), LARGEST_POSITION - 1e-9))


def _decades(low: float, high: float, every: int, digits: Sequence[int]) -> Iterator[float]:
    for decade in range(math.floor(low / every) * every, math.floor(high) + 1, every):
        positions = (decade + math.log10(digit) for digit in digits)
        yield from (position for position in positions if low <= position <= high)


def _round_ticks(low: float, high: float, pixels: float, spacing_of: Measure, suffix: str) -> Ticks:
    """Return multiples of one round step, far enough apart at the upper end, where they are
    closest.
    """
    least, most = _value_at(low), _value_at(high)
    per_pixel = (high - low) / pixels * math.log(10) * most

    def widest(step: float) -> float:
        return spacing_of(format_tick(math.floor(most / step) * step, unit_for(most, step, suffix)))

    step = nice_step(spacing_of("") * per_pixel)
    while step / per_pixel < widest(step) and step < min(most, LARGEST_STEP):
        step = nice_step(step * 1.5)
    unit = unit_for(most, step, suffix)
    values = (value for value in multiples(least, most, step) if value > 0)
    return Ticks(distinct(Tick(math.log10(value), format_tick(value, unit)) for value in values))
