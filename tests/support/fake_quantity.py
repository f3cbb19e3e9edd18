"""Quantities as pint makes them, where pint is not installed: enough of them to have a unit."""

from __future__ import annotations

from typing import Any, Final

SCALES: Final = {
    "V": ("V", 1.0),
    "mV": ("V", 1e-3),
    "volt": ("V", 1.0),
    "s": ("s", 1.0),
    "ms": ("s", 1e-3),
    "kg": ("kg", 1.0),
    "": ("", 1.0),
    "%": ("", 0.01),
}
"""By unit: its dimension, and how much it is."""


class Registry:
    """What knows the units."""

    def parse_units(self, text: str) -> FakeUnit:
        if text not in SCALES:
            raise AttributeError(text)
        return FakeUnit(text)

    def convert(self, values: Any, unit: FakeUnit, to: FakeUnit) -> Any:
        if SCALES[unit.name][0] != SCALES[to.name][0]:
            raise TypeError(unit)
        return values * (SCALES[unit.name][1] / SCALES[to.name][1])


class FakeUnit:
    """A unit of it."""

    _REGISTRY = Registry()

    def __init__(self, name: str) -> None:
        self.name = name

    def __format__(self, _: str) -> str:
        return self.name


# By this name it is known.
FakeUnit.__module__ = "pint"


class FakeQuantity:
    """A magnitude and a unit."""

    def __init__(self, magnitude: Any, unit: str) -> None:
        self.magnitude = magnitude
        self.units = FakeUnit(unit)

    def __repr__(self) -> str:
        return f"<{self.magnitude} {self.units.name}>"


def quantity(magnitude: Any, unit: str) -> FakeQuantity:
    """Return so much of a unit."""
    return FakeQuantity(magnitude, unit)
