"""Numbers as people write them: with a unit a prefix of thousands (1.2 kV, 5.6 µA), without one
plain digits, and powers of ten (2×10⁻⁶) for what is very small or large; as many digits as the
neighbouring tick needs and no more, a true minus, thin spaces between thousands.

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
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_MOST_DECIMALS: Final = 20
_PLAIN: Final = range(-4, 7)
"""The powers of ten of numbers that are plain digits where they have no prefix."""

_MOST_BEHIND: Final = 3
"""Decimals that a prefix or a power may have: 1 700 000 005 shows what 1.700000005 GHz hides."""

_LARGEST_PLAIN: Final = 15
_MOST_BEHIND_READ, _LARGEST_READ = 5, 21
"""The same for what is read off, with two digits more than a tick."""

_SMALLEST_EXPONENT: Final = -307
"""Below it a double has no more than a few digits."""

LARGEST_STEP: Final = 1e308
_SMALLEST_STEP: Final = 1e-307

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


class Size(NamedTuple):
    """How numbers of one size are written: the power of ten that is left to what follows the
    digits, the prefix and the unit that follow them, and whether the power is written out, for no
    prefix says it.
    """

    exponent: int
    tail: str
    is_power: bool


class Unit(NamedTuple):
    """How all labels of one axis are written."""

    size: Size
    decimals: int


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
        return ("+" if self.factor > 0 else "") + format_all(self.value, suffix)


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
    exponent = exponent_of(largest) if largest else 0
    size = size_of(exponent, suffix)
    decimals = _decimals_of(step / power_of_ten(size.exponent))
    thousands = exponent // 3 * 3
    if size.is_power and decimals and thousands < exponent:
        # 2×10⁶ to 10×10⁶, and not 0.2×10⁷ to 1.0×10⁷.
        return Unit(power_size(thousands, suffix), _decimals_of(step / power_of_ten(thousands)))
    if size.exponent > 0 and decimals > _MOST_BEHIND and exponent < _LARGEST_PLAIN:
        return Unit(plain_size(suffix), _decimals_of(step))
    return Unit(size, decimals)


def exponent_of(size: float) -> int:
    """Return the power of ten of the first digit of a number above 0."""
    return max(_SMALLEST_EXPONENT, math.floor(math.log10(size) + 5e-13))


def size_of(exponent: int, suffix: str) -> Size:
    """Return how numbers are written whose first digit stands for such a power of ten."""
    power = exponent // 3
    has_prefix = _takes_prefix(suffix, power) and 0 <= power + _UNITY < len(_PREFIXES)
    if has_prefix and power != 0:
        return Size(3 * power, _THIN + _PREFIXES[power + _UNITY] + suffix, is_power=False)
    if has_prefix or exponent in _PLAIN:
        return plain_size(suffix)
    return power_size(exponent, suffix)


def has_prefixes(suffix: str) -> bool:
    """Return whether a unit has prefixes; nothing has that has no unit."""
    return suffix == _ONLY_SMALLER or bool(_PREFIXED.fullmatch(suffix))


def _takes_prefix(suffix: str, power: int) -> bool:
    return power < 0 if suffix == _ONLY_SMALLER else has_prefixes(suffix)


def plain_size(suffix: str) -> Size:
    """Return how numbers are written that are nothing but digits."""
    return Size(0, suffix and _THIN + suffix, is_power=False)


def power_size(exponent: int, suffix: str) -> Size:
    """Return how numbers are written that are a power of ten."""
    return Size(exponent, suffix and _THIN + suffix, is_power=True)


def format_number(value: float, unit: Unit) -> str:
    """Return a finite number as an axis of that unit has it."""
    digits = _fixed(abs(value / power_of_ten(unit.size.exponent)), unit.decimals)
    return written(digits, unit.size, negative=value < 0)


def format_tick(value: float, unit: Unit) -> str:
    """Return a tick's label: nothing is plainly 0, whatever the others need."""
    return format_number(value, unit) if value else "0"


def format_power(value: float, suffix: str) -> str:
    """Return a number that is not 0 as a power of ten, whatever its size."""
    exact = Decimal(repr(abs(value))).normalize()
    digits = exact.scaleb(-exact.adjusted(), _EXACT)
    return written(f"{digits:f}", power_size(exact.adjusted(), suffix), negative=value < 0)


def format_all(value: float, suffix: str = "") -> str:
    """Return all digits of a finite number, and no zeros at their end: written out for longer."""
    exact = Decimal(repr(abs(value))).normalize()
    if value and not _PLAIN.start <= exact.adjusted() < _LARGEST_PLAIN:
        return format_power(value, suffix)
    return written(f"{exact:f}", plain_size(suffix), negative=value < 0)


def format_said(value: float, suffix: str) -> str:
    """Return a finite number as somebody has said it: all its digits, the prefix of its size."""
    exact = Decimal(repr(abs(value))).normalize()
    size = size_of(exact.adjusted(), suffix) if exact else plain_size(suffix)
    digits = exact.scaleb(-size.exponent, _EXACT)
    return written(f"{digits:f}", size, negative=value < 0)


def format_reading(value: float, digits: int, suffix: str) -> tuple[str, str]:
    """Return a finite number that was rounded to so many digits, in the size that is its own, and
    what follows it.
    """
    exact = Decimal(repr(abs(value))).normalize()
    if not exact:
        return "0", ""
    size = size_of(exact.adjusted(), suffix)
    behind = size.exponent - exact.adjusted() + digits - 1
    if size.exponent > 0 and behind > _MOST_BEHIND_READ and exact.adjusted() < _LARGEST_READ:
        size = plain_size(suffix)
    number = f"{exact.scaleb(-size.exponent, _EXACT):f}"
    return written(number, size._replace(tail=""), negative=value < 0), size.tail


def written(digits: str, size: Size, *, negative: bool = False) -> str:
    """Return digits with their sign and with what follows them; what is 0 has no sign and no
    power.
    """
    is_zero = not float(digits)
    number = _grouped(digits)
    if size.is_power and not is_zero:
        number = ("" if digits == "1" else f"{number}×") + _power_text(size.exponent)
    return (_MINUS if negative and not is_zero else "") + number + size.tail


def _power_text(exponent: int) -> str:
    """Return 10⁻⁶."""
    return "10" + str(exponent).translate(_RAISED)


def _decimals_of(step: float) -> int:
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    scaled = step * power_of_ten(min(decimals, 300))
    return min(decimals + (abs(scaled - math.floor(scaled + 0.5)) > 1e-6), _MOST_DECIMALS)


def _fixed(value: float, decimals: int) -> str:
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_EXACT):f}"


def _grouped(digits: str) -> str:
    whole, point, fraction = digits.partition(".")
    return (f"{int(whole):,}".replace(",", _THIN) if len(whole) > 4 else whole) + point + fraction
