"""Where ticks stand on a linear axis: on whole multiples of a round step, far enough apart for
their labels.

The rules are those of the page, ``static/axes/ticks.js``. What is measured is the broadest font
that a reader may have (`zwsnb.snapshot.svg.width_of`); the page measures its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from zwsnb.snapshot.numbers import LARGEST_STEP, format_tick, nice_step, unit_for
from zwsnb.snapshot.svg import width_of

Measure: TypeAlias = Callable[[str], float]
"""Returns how wide a text is, in pixels."""

LABEL_GAP: Final = 28
CALM_SPACING: Final = 80
"""Closer ticks make an axis busy, however short their labels are."""

MOST_TICKS: Final = 200


class Tick(NamedTuple):
    """A position on the axis, and the label there."""

    position: float
    label: str


@dataclass(slots=True, frozen=True)
class Ticks:
    """Those of one axis. ``context`` is what all labels leave out, the date; at ``fine`` positions
    there is a line only.
    """

    list: Sequence[Tick]
    context: str = ""
    fine: Sequence[float] = ()


def linear_ticks(low: float, high: float, pixels: float, spacing: float, suffix: str = "") -> Ticks:
    """Return round values `spacing` pixels apart or more."""
    return _ticks_of(low, high, nice_step(units_per_pixel(low, high, pixels) * spacing), suffix)


def labelled_ticks(
    low: float, high: float, pixels: float, suffix: str = "", measure: Measure = width_of
) -> Ticks:
    """Return round values whose labels, side by side, do not touch, however long they are."""
    per_pixel = units_per_pixel(low, high, pixels)
    step = nice_step(CALM_SPACING * per_pixel)

    def needed() -> float:
        return min(_widest(low, high, step, suffix, measure) + LABEL_GAP, pixels)

    while step < LARGEST_STEP and step / per_pixel < needed():
        step = nice_step(step * 1.5)
    return _ticks_of(low, high, step, suffix)


def units_per_pixel(low: float, high: float, pixels: float) -> float:
    """Return how much of an axis is in one pixel.

    The ends are halved first, since the difference of two doubles may be none.
    """
    return (high / 2 - low / 2) / pixels * 2


def _widest(low: float, high: float, step: float, suffix: str, measure: Measure) -> float:
    unit = unit_for(max(abs(low), abs(high)), step, suffix)
    ends = math.ceil(low / step) * step, math.floor(high / step) * step
    return max(measure(format_tick(end, unit)) for end in ends)


def _ticks_of(low: float, high: float, step: float, suffix: str) -> Ticks:
    unit = unit_for(max(abs(low), abs(high)), step, suffix)
    values = multiples(low, high, step)
    return Ticks(distinct(Tick(value, format_tick(value, unit)) for value in values))


def distinct(ticks: Iterable[Tick]) -> list[Tick]:
    """Return the first tick of each label: where a double has no more digits, neighbours look
    alike.
    """
    found: dict[str, Tick] = {}
    for tick in ticks:
        found.setdefault(tick.label, tick)
    return list(found.values())


def multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a round `step` from `low` to `high`.

    Below 1 they are computed as quotients: 3 / 10 is 0.3, and 3 * 0.1 is not.
    """
    inverse = math.floor(1 / step + 0.5) if step < 1 else 0
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    numbers = range(first, min(last + 1, first + MOST_TICKS))
    return [(i / inverse if inverse else i * step) + 0.0 for i in numbers]
