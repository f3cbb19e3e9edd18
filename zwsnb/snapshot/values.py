"""The newest values of the lines of a snapshot, which stand beside their names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zwsnb.axes.readings import format_beside
from zwsnb.snapshot.composition import Line
from zwsnb.snapshot.frame import Side
from zwsnb.turns.pause import pausing


def with_values(lines: Sequence[Line], sides: Mapping[str, Side], *, log: bool) -> list[Line]:
    """Return the lines of a panel with their values in words, as its axes have them."""
    return [
        replace(line, value=value_text(line.newest, sides[line.side], log=log))
        if line.side in sides
        else line
        for line in pausing(lines)
    ]


def value_text(value: float, side: Side, *, log: bool) -> str:
    """Return a value as the page's legend has it beside its axis; nothing of a gap."""
    return format_beside(value, side.beside(log=log)) if math.isfinite(value) else ""
