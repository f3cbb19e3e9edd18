"""Numbers as people read them: as many digits as the neighbouring tick needs and no more, a
thousandfold as a prefix (1.2 k, 3.4 M, 5.6 µ), a true minus, thin spaces between thousands.

The rules are those of the page: ``static/base/numbers.js``, ``static/axes/round_steps.js`` and
``static/axes/offset.js``.
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
_MOST_DECIMALS: Final = 20
_LARGEST_PLAIN: Final = 1e7
_SMALLEST_EXACT, _LARGEST_EXACT = 1e-4, 1e15
LARGEST_STEP: Final = 1e308
_SMALLEST_STEP: Final = 1e-307
"""Below it a double has no more than a few digits."""

_NARROW: Final = 1e-9
"""Part of the largest value: a range that is narrower has an offset."""


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
    least = max(_SMALLEST_STEP, min(raw, LARGEST_STEP)) * (1 - 1e-9)
    exponent = math.floor(math.log10(least))
    steps = (decimal(digit, exponent) for digit in (1, 2, 5))
    return next((step for step in steps if step >= least), decimal(1, exponent + 1))


def decimal(count: int, exponent: int) -> float:
    """Return the double that is nearest to `count` times 10 ** `exponent`."""
    return float(f"{count}e{exponent}")


def parts_of(step: float) -> tuple[int, int]:
    """Return a step as a whole number, and the power of ten that it is multiplied by."""
    _, digits, exponent = Decimal(repr(step)).normalize().as_tuple()
    return int("".join(map(str, digits))), int(exponent)


class Offset(NamedTuple):
    """What the labels of an axis leave out where it shows so little of large values that they would
    differ only in their last digits: `factor` times 10 ** `exponent`.
    """

    factor: int
    exponent: int

    @property
    def value(self) -> float:
        """The offset itself."""
        return decimal(self.factor, self.exponent)

    def difference(self, value: float, step: float) -> float:
        """Return how far a multiple of a step is from it, in decimals: the difference of the
        doubles would have the rounding of both.
        """
        count, exponent = parts_of(step)
        whole = math.floor(value / step + 0.5) * count
        return decimal(whole - self.factor * 10 ** (self.exponent - exponent), exponent)

    def text(self, suffix: str) -> str:
        """Return it as it stands beside the axis."""
        sign = "+" if self.factor > 0 else ""
        return sign + format_exact(self.value) + (suffix and _THIN + suffix)


def offset_of(low: float, high: float) -> Offset | None:
    """Return the offset of an axis, which depends on its range alone; None where its labels are the
    values themselves.
    """
    half = high / 2 - low / 2
    if half * 2 >= max(abs(low), abs(high)) * _NARROW:
        return None
    exponent = math.floor(math.log10(half * 2) + 1e-9) + 2
    count = math.floor((low / 2 + high / 2) / decimal(1, exponent) + 0.5)
    if math.isinf(decimal(count, exponent)):
        count -= 1 if count > 0 else -1
    return Offset(count, exponent)


def offset_text(low: float, high: float, suffix: str) -> str:
    """Return the offset of an axis as it stands beside it; nothing where there is none."""
    offset = offset_of(low, high)
    return offset.text(suffix) if offset else ""


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


def format_exact(value: float) -> str:
    """Return all digits of a finite number, and no zeros at their end."""
    exact = Decimal(repr(value)).normalize()
    if value and not _SMALLEST_EXACT <= abs(value) < _LARGEST_EXACT:
        return f"{exact:e}".replace("e+", "e").replace("-", _MINUS)
    return (_MINUS if value < 0 else "") + _grouped(f"{abs(exact):f}")


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
