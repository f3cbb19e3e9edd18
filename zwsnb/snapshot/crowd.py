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
    from zwsnb.kinds.arrays import Column, Vertices
    from zwsnb.painting.svg import Box
    from zwsnb.snapshot.composition import Line

_FEW: Final = 32
"""Lines that a crowd has at least."""

_DENSE: Final = 0.15
"""Part of the panel that they cover."""

_LITTLE: Final = 0.25
"""A line with less than this part of what each has of ink stands out, and is none of them."""


def in_crowd(
    lines: Sequence[Line], box: Box, pixels_of: Callable[[Line], Vertices]
) -> Sequence[Line]:
    """Return the lines of a panel, those marked that are a crowd, if there is one.

    pixels_of: the vertices of a line, in pixels.
    """
    free = [line for line in lines if _is_free(line)]
    if len(free) < _FEW:
        return lines
    sides = (box.left, box.right), (box.top, box.bottom)
    ink = np.array([ink_of(pixels_of(line), 1, 1, *sides) for line in free])
    is_alike = ink >= _LITTLE * ink.mean()
    is_dense = is_alike.sum() >= _FEW and ink[is_alike].sum() > _DENSE * box.width * box.height
    names = {line.name for line, alike in zip(free, is_alike, strict=True) if alike and is_dense}
    return [replace(line, in_crowd=True) if line.name in names else line for line in lines]


def _is_free(line: Line) -> bool:
    """True for a line of which nobody has said, or should be shown, more than of others."""
    is_line = line.style not in ("bars", "points") and line.kind != CANDLES
    return is_line and line.width is None and line.band is None and not line.derived


def ink_of(
    vertices: Vertices,
    x_scale: float,
    y_scale: float,
    x_ends: tuple[float, float],
    y_ends: tuple[float, float],
) -> float:
    """Return how many pixels of a panel a line goes through: those of its stretches in sight.

    The scales are pixels per unit, the ends those of the axes, in units.
    """
    x, y = vertices.T
    with np.errstate(all="ignore"):
        begins, ends = zip(_in_sight(x, x_ends), _in_sight(y, y_ends), strict=True)
        part = np.minimum(1, np.minimum(*ends)) - np.maximum(0, np.maximum(*begins))
        ink = part * np.maximum(np.abs(np.diff(x)) * x_scale, np.abs(np.diff(y)) * y_scale)
    return float(ink[part > 0].sum())


def _in_sight(at: Column, ends: tuple[float, float]) -> tuple[Column, Column]:
    """Return at which part of each stretch it enters a range, and leaves it."""
    low, high = ends
    begin, way = at[:-1], np.diff(at)
    is_level, falls = way == 0, way < 0
    entry = (np.where(falls, high, low) - begin) / way
    leaves = (np.where(falls, low, high) - begin) / way
    is_in = (low <= begin) & (begin <= high)
    return (
        np.where(is_level, np.where(is_in, 0, np.inf), entry),
        np.where(is_level, 1, leaves),
    )
