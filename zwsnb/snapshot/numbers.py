"""Numbers as people read them: as many digits as the neighbouring tick needs and no more, a
thousandfold as a prefix (1.2 k, 3.4 M, 5.6 µ), a true minus, thin spaces between thousands.

The rules are those of the page, ``static/base/numbers.js`` and `niceStep` of
``static/axes/ticks.js``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

_PREFIXES: Final[Sequence[str]] = ("y", "z", "a", "f", "p", "n", "µ", "m", "", *"kMGTPEZY")
_UNITY: Final = _PREFIXES.index("")
_THIN, _MINUS = "\u202f", "\u2212"
_MOST_DECIMALS: Final = 12
_LARGEST_PLAIN: Final = 1e7
LARGEST_STEP: Final = 1e308

_PREFIXED: Final = re.compile(
    "(V|A|W|Hz|J|N|Pa|F|H|Ω|S|T|C|K|m|g|l|L|B|b|bit|bps|eV|Wh|Ah|VA|var|bar|cd|lm|lx|Bq|Gy|Sv|mol"
    "|Sa|FLOPS)(/.{1,8})?",
    re.DOTALL,
)
"""Units that people write with prefixes. Others (%, °C, kg, mV, min) stay as they are."""

_ONLY_SMALLER: Final = "s"
"""Nobody writes kiloseconds."""

_EXACT: Final = Context(prec=1000, rounding=ROUND_HALF_UP)
"""JavaScript rounds a tie away from 0, Python's own formats round it to the even digit."""


class Unit(NamedTuple):
    """How all labels of one axis are written: the power of 1000 that is a prefix, decimals, the
    unit of measure.
    """

    power: int
    decimals: int
    scientific: bool
    suffix: str


def power_of_ten(exponent: int) -> float:
    """Return the double nearest to 10 ** `exponent`, which ``10.0 ** exponent`` is not always."""
    return float(f"1e{exponent}")


def nice_step(raw: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that is not below `raw`, and is a double."""
    least = min(raw, LARGEST_STEP) * (1 - 1e-9)
    decade = power_of_ten(math.floor(math.log10(least)))
    return next((factor * decade for factor in (1, 2, 5) if factor * decade >= least), 10 * decade)


def unit_for(largest: float, step: float, suffix: str = "") -> Unit:
    """Return how numbers up to `largest` are written so that a `step` between them shows."""
    power = _power_for(largest, suffix)
    if _is_beyond(power, largest, suffix):
        digits = math.ceil(math.log10(largest / step) - 1e-9)
        return Unit(0, min(_MOST_DECIMALS, max(0, digits)), scientific=True, suffix=suffix)
    decimals = _decimals_of(step / power_of_ten(3 * power))
    # 1.700000005 G hides what changes; 1 700 000 005 shows it.
    if power > 0 and decimals > 3 and largest < 1e15:
        return Unit(0, _decimals_of(step), scientific=False, suffix=suffix)
    return Unit(power, decimals, scientific=False, suffix=suffix)


def format_number(value: float, unit: Unit) -> str:
    """Return a finite number as an axis of that unit has it."""
    if unit.scientific:
        return _scientific(value, unit.decimals) + (unit.suffix and _THIN + unit.suffix)
    digits = _fixed(abs(value / power_of_ten(3 * unit.power)), unit.decimals)
    sign = _MINUS if value < 0 and float(digits) else ""
    tail = _PREFIXES[unit.power + _UNITY] + unit.suffix
    return sign + _grouped(digits) + (tail and _THIN + tail)


def format_tick(value: float, unit: Unit) -> str:
    """Return a tick's label: nothing is plainly 0, whatever the others need."""
    return format_number(value, unit) if value else "0"


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
    scaled = step * power_of_ten(min(decimals, 300))
    return min(decimals + (abs(scaled - math.floor(scaled + 0.5)) > 1e-6), _MOST_DECIMALS)


def _fixed(value: float, decimals: int) -> str:
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_EXACT):f}"


def _scientific(value: float, decimals: int) -> str:
    if value == 0:
        return "0"
    rounded = Context(prec=decimals + 1, rounding=ROUND_HALF_UP).plus(Decimal(value))
    digits, exponent = f"{rounded:.{decimals}e}".split("e")
    return f"{digits}e{int(exponent)}".replace("-", _MINUS)


def _grouped(digits: str) -> str:
    whole, point, fraction = digits.partition(".")
    return (f"{int(whole):,}".replace(",", _THIN) if len(whole) > 4 else whole) + point + fraction
