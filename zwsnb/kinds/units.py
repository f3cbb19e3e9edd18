"""Units of measure, as astropy and pint have them: which one a value has, and the way from one to
another.  [no I/O]

Neither library is imported: a quantity brings its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[np.float64]


class _Library(NamedTuple):
    """What a library does with its units: write one, read a text beside one of its own, convert."""

    write: Callable[[Any], str]
    read: Callable[[Any, str], Any]
    convert: Callable[[Any, Column, Any], Any]


_LIBRARIES: Final[Mapping[str, _Library]] = {
    "astropy": _Library(
        write=lambda unit: unit.to_string("unicode"),
        read=lambda _, text: sys.modules["astropy.units"].Unit(text),
        convert=lambda unit, column, to: unit.to(to, column),
    ),
    "pint": _Library(
        write=lambda unit: f"{unit:~P}",
        read=lambda unit, text: unit._REGISTRY.parse_units(text),  # noqa: SLF001 - pint has no public way from a unit to its registry
        convert=lambda unit, column, to: unit._REGISTRY.convert(column, unit, to),  # noqa: SLF001
    ),
}


class Unit:
    """A unit of measure of one library."""

    __slots__ = ("_library", "_text", "_unit")

    def __init__(self, library: str, unit: Any) -> None:
        self._library = library
        self._unit = unit
        self._text: str | None = None

    @property
    def text(self) -> str:
        """How an axis shows it, "" where values have none (a ratio)."""
        if self._text is None:  # to write one takes pint longer than to convert
            self._text = _LIBRARIES[self._library].write(self._unit)
        return self._text

    def like(self, other: Unit) -> Unit | None:
        """Return this unit as the library of `other` has it; None where that knows none."""
        return self if self._library == other._library else other.named(self.text)

    def named(self, text: str) -> Unit | None:
        """Return the unit that `text` is in this one's library; None where that knows none."""
        try:
            return Unit(self._library, _LIBRARIES[self._library].read(self._unit, text))
        except Exception:  # noqa: BLE001 - whatever the library says of a text that is no unit
            return None

    def convert(self, column: Column, to: Unit) -> Column:
        """Return numbers in this unit as new ones in another unit of this library, shape (n,).

        Raises:
            ValueError: there is no way from one to the other.
        """
        convert = _LIBRARIES[self._library].convert
        try:
            with np.errstate(all="ignore"):  # beyond a double is infinite, and has its own sentence
                return np.array(convert(self._unit, column.copy(), to._unit), dtype=np.float64)
        except Exception:  # noqa: BLE001 - each library has errors of its own
            raise ValueError(f"{self} does not become {to}") from None

    def becomes(self, other: Unit) -> bool:
        """True when there is a way from this unit to `other`, which is of this library."""
        if self is other:
            return True
        try:
            self.convert(np.zeros(1), other)
        except ValueError:
            return False
        return True

    def is_same(self, other: Unit) -> bool:
        """True when numbers in this unit are numbers in `other`, which is of this library."""
        ends = np.array([0.0, 1.0])
        return self.becomes(other) and bool((self.convert(ends, other) == ends).all())

    def __str__(self) -> str:
        return self.text or "no unit"

    def __repr__(self) -> str:
        return f"<unit {self.text!r} of {self._library}>"


def quantity_of(value: object) -> tuple[Any, Unit] | None:
    """Return what a value with a unit measures, and in which unit; None for any other value."""
    unit = getattr(value, "unit", None)
    if _library_of(unit) == "astropy":
        # A column of a table holds its numbers itself.
        held = getattr(value, "value", None)
        return (np.asarray(value) if held is None else held), Unit("astropy", unit)
    units = getattr(value, "units", None)
    if _library_of(units) == "pint" and hasattr(value, "magnitude"):
        return value.magnitude, Unit("pint", units)
    return None


def _library_of(unit: object) -> str:
    return type(unit).__module__.partition(".")[0]
