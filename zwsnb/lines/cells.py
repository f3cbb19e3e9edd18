"""One cell of a line of text: a number, perhaps with its unit, a date, a gap, or words.  [no I/O]

The rules stand in docs/pipe.md. In a cell ``1,5`` is a decimal comma: what parts a line into cells
has decided before that it parts nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from zwsnb.kinds.times import seconds_of_text
from zwsnb.lines.bounded import MOST_NAMES
from zwsnb.protocol.names import MAX_NAME

GAPS: Final = frozenset({"", "-", "--", "na", "n/a", "[n/a]", "nan", "null", "none"})
"""Cells that are a gap, in any case of letters."""

_NUMBER: Final = r"[+\-\u2212]?[\d.,'\u2019\u00a0\u202f]*\d[.,]?(?:[eE][+-]?\d+)?"
_UNIT: Final = r"[%‰°]?(?:[^\W\d_]+(?:[/·][^\W\d_]+)*[²³]?)?"
_HEX: Final = r"[+\-\u2212]?[\d.,]*0[xX][\da-fA-F]"
"""How a hexadecimal number begins: ``0xff`` is words as ``0x10`` is, and not 0 of the unit xff."""

_CELL: Final = re.compile(f"(?!{_HEX})({_NUMBER})(?:({_UNIT})|[ \u00a0]({_UNIT}))")
_LONGEST_UNIT: Final = 8
_LONGEST_UNIT_APART: Final = 4
"""Characters: ``21.5 °C`` is a number, ``5 received`` is not."""

_THOUSANDS: Final = str.maketrans(dict.fromkeys("'\u2019\u00a0\u202f", "") | {"\u2212": "-"})
_GROUPED: Final = {
    ",": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?([eE][+-]?\d+)?"),
    ".": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?([eE][+-]?\d+)?"),
}


class Cell(NamedTuple):
    """A cell that is no word: NaN is a gap; a date is in seconds since 1970."""

    number: float
    unit: str = ""
    is_time: bool = False

    @property
    def is_gap(self) -> bool:
        """True for an empty cell, and for NaN."""
        return math.isnan(self.number)


GAP: Final = Cell(math.nan)
_WHOLE: Final = re.compile(r"\s*-?\d{1,19}\s*", re.ASCII)


def read_cell(text: str) -> Cell | None:
    """Return what a cell holds; None for words.

    Raises:
        ValueError: it is a date that the system's clock cannot tell.
    """
    try:
        return Cell(_exact(text))
    except ValueError:
        text = text.strip()
    if text.casefold() in GAPS:
        return GAP
    if (seconds := seconds_of_text(text)) is not None:
        return Cell(seconds, is_time=True)
    found = _CELL.fullmatch(text)
    if found is None:
        return None
    number, unit, apart = _double(found[1]), found[2], found[3]
    longest = _LONGEST_UNIT_APART if unit is None else _LONGEST_UNIT
    unit = apart if unit is None else unit
    return None if number is None or len(unit) > longest else Cell(number, unit)


def _exact(text: str) -> float:
    number = float(text)
    # A double would lose the last digits of nanoseconds since 1970.
    return int(text) if abs(number) > 2**53 and _WHOLE.fullmatch(text) else number


def _double(text: str) -> float | None:
    """Return a number that may have a decimal comma, or thousands apart."""
    text = text.translate(_THOUSANDS)
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and (point >= 0 or text.count(",") > 1):
        thousands = "," if point > comma or point < 0 else "."
        if _GROUPED[thousands].fullmatch(text) is None:
            return None
        text = text.replace(thousands, "")
    elif text.count(".") > 1:
        if _GROUPED["."].fullmatch(text) is None:
            return None
        text = text.replace(".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _has_room(kept: Collection[str], name: str) -> bool:
    """False for a name of which nothing can be kept."""
    return name in kept or (len(kept) < MOST_NAMES and len(name) <= MAX_NAME)


# -- units -----------------------------------------------------------------------------------------

_SECONDS: Final = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "min": 60.0,
    "h": 3600.0,
}  # fmt: skip
_BYTES: Final = {"": 1.0, "B": 1.0, "k": 1e3, "kB": 1e3, "KB": 1e3} | {
    f"{letter}{end}": (1e3 if end == "B" else 1024.0) ** power
    for power, letter in enumerate("KMGT", 1)
    for end in ("", "i", "iB", "B")
}
_KINDS: Final[tuple[Mapping[str, float], ...]] = (_SECONDS, _BYTES)
UNITS: Final = frozenset(_SECONDS) | frozenset(_BYTES) - {""} | {"%"}
"""Units that are known apart from their number in running text, as in ``time=12.3 ms``."""


# Not 0,123, nor 1234,567: thousands are parted in all of a number, whose first digit is no 0.
_ONE_COMMA: Final = re.compile(r"[+\-\u2212]?\d+,\d+(?![\d.,])")
_THOUSAND: Final = re.compile(r"[+\-\u2212]?[1-9]\d{0,2},\d{3}(?![\d.,])")


class Units:
    """How the values of each series are written. Its unit is that of its first value: later ones
    are converted to it.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._with_decimal_comma: set[str] = set()

    def read(self, name: str, text: str) -> Cell | None:
        """Return what stands behind a name, as `read_cell`, but that ``1,234`` is a thousand there,
        as Python and others write it, unless the series has had a decimal comma.
        """
        if _THOUSAND.match(text) is not None:
            if name not in self._with_decimal_comma:
                text = text.replace(",", "", 1)
        elif _ONE_COMMA.match(text) and _has_room(self._with_decimal_comma, name):
            self._with_decimal_comma.add(name)
        return read_cell(text)

    def refusal(self, name: str) -> str:
        """Return why nothing can be kept of a name, so that its unit is not known; "": it can."""
        if len(name) > MAX_NAME:
            return f"it has more than {MAX_NAME} characters"
        return "" if _has_room(self._first, name) else f"lines before have {MOST_NAMES:,} names"

    def same(self, name: str, cell: Cell) -> float:
        """Return the value of a cell in the unit of the series `name`.

        Raises:
            ValueError: it has a unit that is not one of the same kind.
        """
        first = self._first.get(name)
        if first is None and not cell.is_gap:
            if self.refusal(name):
                return cell.number
            first = self._first[name] = cell.unit
        if first is None or cell.unit == first or cell.is_gap:
            return cell.number
        for kind in _KINDS:
            if first in kind and cell.unit in kind:
                return cell.number * kind[cell.unit] / kind[first]
        if not cell.unit:
            return cell.number
        if not first:
            self._first[name] = cell.unit
            return cell.number
        raise ValueError(f"{name[:40]!r} is in {cell.unit}, and was in {first} before")
