"""Many lines in one panel: where they cover much of it even when each is a pixel wide, they are
drawn so.

The rule is that of the page: ``static/dense/crowd.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.protocol.patch import CANDLES

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Vertices
    from zwsnb.painting.svg import Box
    from zwsnb.snapshot.composition import Line

_FEW: Final = 16
"""So few lines are no crowd."""

_DENSE: Final = 0.15
"""Part of the panel that they cover."""


def in_crowd(
    lines: Sequence[Line], box: Box, pixels_of: Callable[[Line], Vertices]
) -> Sequence[Line]:
    """Return the lines of a panel, marked as a crowd if they are one.

    pixels_of: the vertices of a line, in pixels.
    """
    free = [line for line in lines if _is_free(line)]
    if len(free) <= _FEW:
        return lines
    low, high = box.top, box.bottom
    ink = sum(ink_of(pixels_of(line), 1, 1, low, high) for line in free)
    if ink <= _DENSE * box.width * box.height:
        return lines
    return [replace(line, in_crowd=True) for line in lines]


def _is_free(line: Line) -> bool:
    is_line = line.style not in ("bars", "points") and line.kind != CANDLES
    return line.width is None and is_line


def ink_of(vertices: Vertices, x_scale: float, y_scale: float, low: float, high: float) -> float:
    """Return how many pixels of a panel a line goes through.

    The scales are pixels per unit; low, high: the ends of the y-axis, in units.
    """
    x, y = vertices.T
    bottom = np.maximum(low, np.minimum(y[:-1], y[1:]))
    top = np.minimum(high, np.maximum(y[:-1], y[1:]))
    steps = np.maximum(np.abs(np.diff(x)) * x_scale, (top - bottom) * y_scale)
    return float(steps[bottom <= top].sum())
