"""Ticks: where they stand on an axis of a still picture, and how they are written.  [no I/O]

The rules are those of the page: ``static/base/numbers.js``, ``static/axes/ticks.js`` and
``static/axes/log_ticks.js``. A tick stands on a whole multiple of a round step, far enough from the next
for its label, and says as many digits as tell it from its neighbours; a thousandfold is a prefix
(1.2 k, 3.4 M, 5.6 µ).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from zwsnb.snapshot.scales import LARGEST_PLACE, SMALLEST_PLACE, nice_step
from zwsnb.snapshot.svg import width_of

_PREFIXES: Final = (
    "y",
    "z",
    "a",
    "f",
    "p",
    "n",
    "µ",
    "m",
    "",
    "k",
    "M",
    "G",
    "T",
    "P",
    "E",
    "Z",
    "Y",
)
_UNITY: Final = _PREFIXES.index("")
_THIN, _MINUS = "\u202f", "\u2212"
_MOST_DECIMALS: Final = 12
_LARGEST_PLAIN: Final = 1e7

_PREFIXED: Final = re.compile(
    r"(V|A|W|Hz|J|N|Pa|F|H|Ω|S|T|C|K|m|g|l|L|B|b|bit|bps|eV|Wh|Ah|VA|var|bar|cd|lm|lx|Bq|Gy|Sv|mol|Sa|FLOPS)(/.{1,8})?"
)
"""Units that people write with prefixes. Others (%, °C, kg, mV, min) stay as they are."""

_ONLY_SMALLER: Final = "s"
"""Nobody says kiloseconds."""

LABEL_GAP: Final = 28
CALM_SPACING: Final = 80
"""Closer ticks make an axis busy, however short their labels are."""

MOST_TICKS: Final = 200
_FIVE_IS_ROUND: Final = math.log10(2)
_LAST_DIGIT: Final = math.log10(10 / 9)
_FINE_ROOM: Final = 4


class Unit(NamedTuple):
    """How all labels of one axis are written: the power of 1000 that is a prefix, decimals, the
    unit of measure.
    """

    power: int
    decimals: int
    scientific: bool
    suffix: str


class Tick(NamedTuple):
    """A place on the axis, and what is written there."""

    place: float
    label: str


@dataclass(slots=True, frozen=True)
class Ticks:
    """Those of one axis. ``context`` is what all labels leave out, the date; ``fine`` places have a
    line only.
    """

    list: Sequence[Tick]
    context: str = ""
    fine: Sequence[float] = ()


# -- numbers ---------------------------------------------------------------------------------------


def unit_for(largest: float, step: float, suffix: str = "") -> Unit:
    """Return how numbers up to `largest` are written so that a `step` between them shows."""
    power = _power_for(largest, suffix)
    if _is_beyond(power, largest, suffix):
        digits = math.ceil(math.log10(largest / step) - 1e-9)
        return Unit(0, min(_MOST_DECIMALS, max(0, digits)), scientific=True, suffix=suffix)
    decimals = _decimals_of(step / 1000.0**power)
    # 1.700000005 G hides what changes; 1 700 000 005 shows it.
    if power > 0 and decimals > 3 and largest < 1e15:
        return Unit(0, _decimals_of(step), scientific=False, suffix=suffix)
    return Unit(power, decimals, scientific=False, suffix=suffix)


def written(value: float, unit: Unit) -> str:
    """Return a number as people read it: with a true minus, thin spaces between thousands, and its
    unit.
    """
    if unit.scientific:
        return _scientific(value, unit.decimals) + (unit.suffix and _THIN + unit.suffix)
    digits = f"{abs(value / 1000.0**unit.power):.{unit.decimals}f}"
    sign = _MINUS if value < 0 and float(digits) else ""
    tail = _PREFIXES[unit.power + _UNITY] + unit.suffix
    return sign + _grouped(digits) + (tail and _THIN + tail)


def _label(value: float, unit: Unit) -> str:
    """Return a tick's label: nothing is plainly 0, whatever the others need."""
    return written(value, unit) if value else "0"


def _power_for(largest: float, suffix: str) -> int:
    low, high = (1.0, 1e3) if suffix else (1e-2, 1e4)
    if largest == 0 or low <= largest < high:
        return 0
    power = math.floor((math.log10(largest) + 5e-13) / 3)
    if suffix == _ONLY_SMALLER:
        return min(power, 0)
    return power if suffix == "" or _PREFIXED.fullmatch(suffix) else 0


def _is_beyond(power: int, largest: float, suffix: str) -> bool:
    """Return whether no prefix, or no digits, would write it."""
    plain = suffix != "" and power == 0
    return not 0 <= power + _UNITY < len(_PREFIXES) or (
        plain and largest != 0 and not 1 / _LARGEST_PLAIN <= largest < _LARGEST_PLAIN
    )


def _decimals_of(step: float) -> int:
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    scaled = step * 10.0 ** min(decimals, 300)
    return min(decimals + (abs(scaled - round(scaled)) > 1e-6), _MOST_DECIMALS)


def _scientific(value: float, decimals: int) -> str:
    if value == 0:
        return "0"
    digits, exponent = f"{value:.{decimals}e}".split("e")
    return f"{digits}e{int(exponent)}".replace("-", _MINUS)


def _grouped(digits: str) -> str:
    whole, point, fraction = digits.partition(".")
    return (f"{int(whole):,}".replace(",", _THIN) if len(whole) > 4 else whole) + point + fraction


# -- linear axes -----------------------------------------------------------------------------------


def linear_ticks(low: float, high: float, pixels: float, spacing: float, suffix: str = "") -> Ticks:
    """Return round values `spacing` pixels apart or more."""
    step = nice_step((high / pixels - low / pixels) * spacing)
    return _ticks_of(low, high, step, suffix)


def labelled_ticks(low: float, high: float, pixels: float, suffix: str = "") -> Ticks:
    """Return round values whose labels, side by side, do not touch, however long they are."""
    per_pixel = high / pixels - low / pixels
    step = nice_step(CALM_SPACING * per_pixel)
    while step / per_pixel < min(_widest(low, high, step, suffix) + LABEL_GAP, pixels):
        step = nice_step(step * 1.5)
    return _ticks_of(low, high, step, suffix)


def _widest(low: float, high: float, step: float, suffix: str) -> float:
    unit = unit_for(max(abs(low), abs(high)), step, suffix)
    ends = math.ceil(low / step) * step, math.floor(high / step) * step
    return max(width_of(_label(end, unit)) for end in ends)


def _ticks_of(low: float, high: float, step: float, suffix: str) -> Ticks:
    unit = unit_for(max(abs(low), abs(high)), step, suffix)
    return Ticks(
        _distinct(Tick(value, _label(value, unit)) for value in multiples(low, high, step))
    )


def _distinct(ticks: Iterator[Tick]) -> list[Tick]:
    """Return the first tick of each label: where a double has no more digits, neighbours look
    alike.
    """
    found: dict[str, Tick] = {}
    for tick in ticks:
        found.setdefault(tick.label, tick)
    return list(found.values())


def multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a round `step` from `low` to `high`, as the decimals that they are: 3
    x 0.1 is 0.3.
    """
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = (i * step for i in range(first, min(last + 1, first + MOST_TICKS)))
    return [(round(value, digits) if digits else value) + 0.0 for value in values]


# -- logarithmic axes ------------------------------------------------------------------------------


def log_ticks(
    low: float, high: float, pixels: float, room: Callable[[str], float], suffix: str = ""
) -> Ticks:
    """Return ticks at powers of ten, with 2 and 5 between them where there is room; within a decade
    at round values, as on any other axis.

    `room` are the pixels that a label needs, the distance to the next one included.
    """
    low, high = max(low, SMALLEST_PLACE), min(high, LARGEST_PLACE)
    per_decade = pixels / (high - low)
    # Not at the ends only: 1 000 000 % is wider than 1 % and 1e8 %.
    decades = range(math.floor(low), math.floor(high) + 1)
    need = max(room(_decade_label(place, suffix)) for place in decades)
    if per_decade * _LAST_DIGIT >= need or (high - low < 1 and per_decade * _FIVE_IS_ROUND >= need):
        return _round_ticks(low, high, pixels, room, suffix)
    digits = (1, 2, 5) if per_decade * _FIVE_IS_ROUND >= need else (1,)
    every = max(1, math.ceil(need / per_decade))
    ticks = [
        Tick(place, _decade_label(place, suffix)) for place in _decades(low, high, every, digits)
    ]
    is_roomy = every == 1 and per_decade * _LAST_DIGIT >= _FINE_ROOM
    return Ticks(ticks, fine=list(_decades(low, high, 1, range(2, 10))) if is_roomy else ())


def log_label_room(label: str) -> float:
    """Return the pixels that a label of a logarithmic x-axis needs."""
    return max(CALM_SPACING / 2, width_of(label) + LABEL_GAP)


def _decade_label(place: float, suffix: str) -> str:
    value = float(f"{_power_of_ten(place):.3g}")  # 10 ** -3 is not 0.001
    return _label(value, unit_for(value, value, suffix))


def _power_of_ten(place: float) -> float:
    return float(10.0 ** min(max(place, SMALLEST_PLACE), LARGEST_PLACE - 1e-9))


def _decades(low: float, high: float, every: int, digits: Sequence[int]) -> Iterator[float]:
    for decade in range(math.floor(low / every) * every, math.floor(high) + 1, every):
        places = (decade + math.log10(digit) for digit in digits)
        yield from (place for place in places if low <= place <= high)


def _round_ticks(
    low: float, high: float, pixels: float, room: Callable[[str], float], suffix: str
) -> Ticks:
    """Return multiples of one round step, far enough apart at the upper end, where they are
    closest.
    """
    least, most = _power_of_ten(low), _power_of_ten(high)
    per_pixel = (high - low) / pixels * math.log(10) * most

    def widest(step: float) -> float:
        return room(_label(math.floor(most / step) * step, unit_for(most, step, suffix)))

    step = nice_step(room("") * per_pixel)
    while step / per_pixel < widest(step) and step < most:
        step = nice_step(step * 1.5)
    unit = unit_for(most, step, suffix)
    values = multiples(least, most, step)
    return Ticks(
        _distinct(Tick(math.log10(value), _label(value, unit)) for value in values if value > 0)
    )
