"""The newest values of the lines of a snapshot, which stand beside their names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from zwsnb.axes.numbers import exponent_of, format_reading
from zwsnb.snapshot.composition import Line
from zwsnb.snapshot.frame import Side

_PIXELS: Final = 250
"""Of the height of a panel: a value has the digits that half of one deserves."""

_FEWEST, _ALONE, _MOST = 3, 4, 17
"""Digits of a value: at least, where an axis is logarithmic, and at most."""


def with_values(lines: Sequence[Line], sides: Mapping[str, Side], *, log: bool) -> list[Line]:
    """Return the lines of a panel with their values in words, as its axes have them."""
    return [
        replace(line, value=value_text(line.newest, sides[line.side], log=log))
        if line.side in sides
        else line
        for line in lines
    ]


def value_text(value: float, side: Side, *, log: bool) -> str:
    """Return a value with as many digits as its axis deserves; nothing of a gap."""
    if not math.isfinite(value):
        return ""
    low, high = side.range
    half_a_pixel = (high / 2 - low / 2) / _PIXELS
    if not log and abs(value) < half_a_pixel:
        value = 0.0
    digits = _ALONE
    if value and half_a_pixel and not log:
        digits = exponent_of(abs(value)) - exponent_of(half_a_pixel) + 1
    digits = min(max(digits, _FEWEST), _MOST)
    rounded = float(f"{value:.{digits}g}")
    return "".join(format_reading(value if math.isinf(rounded) else rounded, digits, side.unit))
