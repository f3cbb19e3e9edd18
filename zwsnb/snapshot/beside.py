"""What stands beside a panel: the scale of its colours, and below that a few dots with the sizes
that they mean.

The rules are those of the page: ``static/chart/beside.js``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.axes.numbers import format_said, nice_step
from zwsnb.axes.text_width import width_of
from zwsnb.painting import svg
from zwsnb.painting.dots import radii_of
from zwsnb.painting.svg import QUIET, Box
from zwsnb.snapshot.images import paint_scale, scale_room

if TYPE_CHECKING:
    from zwsnb.painting.colormap import ColorLook
    from zwsnb.protocol.marks import Range
    from zwsnb.snapshot.composition import Line

_MOST: Final = 3
_SMALLER: Final = 4
"""Dots that are shown, and how much smaller the next one is, at least."""

_LOWEST, _BETWEEN, _BELOW_COLORS, _LEAST_COLORS = 14, 4, 12, 60
"""Pixels: a row, between two, above the first one, and what is left of the scale of colours."""

_GAP, _WIDTH, _BESIDE, _STEP = 10, 24, 6, 8


class SizeRow(NamedTuple):
    """A dot of a size: pixels from the top of all to its middle, its radius, what it means."""

    middle: float
    radius: float
    label: str


class Beside(NamedTuple):
    """What a panel has: its scale of colours, and the least and the largest size of its dots."""

    colors: ColorLook | None
    sizes: Range | None


def sizes_of(lines: Sequence[Line]) -> Range | None:
    """Return the least and the largest size of the scatters of a panel; None where they have none,
    or one only, which says nothing.
    """
    ranges = [its.marks.sizes for its in lines if its.dotted and its.marks]
    known = [its for its in ranges if its[1] > 0]
    if not known:
        return None
    least, largest = min(its[0] for its in known), max(its[1] for its in known)
    return (least, largest) if least < largest else None


def size_rows(least: float, largest: float, room: float) -> list[SizeRow]:
    """Return dots of round sizes, the largest first, as many as there is room for in so many
    pixels; of those below the least size none but the first.
    """
    rows: list[SizeRow] = []
    foot = -float(_BETWEEN)
    for size in _sizes_between(least, largest):
        radius = float(radii_of(np.array([size]), largest)[0])
        height = max(2 * radius, _LOWEST)
        if foot + _BETWEEN + height > room:
            break
        rows.append(SizeRow(foot + _BETWEEN + height / 2, radius, format_said(size, "")))
        foot += _BETWEEN + height
    return rows


def _sizes_between(least: float, largest: float) -> Iterator[float]:
    size = _round_down(largest)
    for number in range(_MOST):
        if number == 0 or size >= least:
            yield size
        size = _round_down(size / _SMALLER)


def _round_down(size: float) -> float:
    """Return the largest of 1, 2, 5 x 10^n that is not above a size."""
    steps = (nice_step(size), nice_step(size / 2), nice_step(size / 2.5))
    return next((step for step in steps if step <= size * (1 + 1e-6)), size)


def height_of(rows: Sequence[SizeRow]) -> float:
    """Return the pixels that all rows take."""
    return rows[-1].middle + max(rows[-1].radius, _LOWEST / 2) if rows else 0.0


def _shared(beside: Beside, height: float) -> tuple[list[SizeRow], float]:
    """Return the rows of a panel so high, and how high its scale of colours is then."""
    if beside.sizes is None:
        return [], height
    left = height - _BELOW_COLORS - _LEAST_COLORS if beside.colors else height
    rows = size_rows(*beside.sizes, left)
    return rows, height - (height_of(rows) + _BELOW_COLORS if rows else 0)


def room_beside(beside: Beside, height: float) -> float:
    """Return the pixels that it needs at the right of a panel so high; 0 where there is none."""
    rows, left = _shared(beside, height)
    return max(scale_room(beside.colors, left), _room_of(rows))


def _room_of(rows: Sequence[SizeRow]) -> float:
    if not rows:
        return 0
    labels = math.ceil(max(width_of(row.label) for row in rows) / _STEP) * _STEP
    return _GAP + _WIDTH + _BESIDE + labels + _BESIDE


def paint_beside(beside: Beside, box: Box, right: float) -> str:
    """Return it beside a panel, up to the right edge of all."""
    rows, left = _shared(beside, box.height)
    edge = right - room_beside(beside, box.height)
    top = box.top
    if beside.colors is not None:
        its = Box(box.left, top, box.width, left)
        top = box.bottom - height_of(rows)
        colors = paint_scale(beside.colors, its, edge + scale_room(beside.colors, left))
        return colors + _paint_rows(rows, edge + _GAP, top)
    return _paint_rows(rows, edge + _GAP, top)


def _paint_rows(rows: Sequence[SizeRow], left: float, top: float) -> str:
    """Return dots as rings, which are no points, with what they mean."""
    middle = left + _WIDTH / 2
    rings = "".join(_ring(middle, top + row.middle, row.radius - 0.5) for row in rows)
    texts = (
        svg.text_at(row.label, left + _WIDTH + _BESIDE, top + row.middle + 4, QUIET) for row in rows
    )
    return svg.path(rings, fill="none", stroke=QUIET) + "".join(texts)


def _ring(x: float, y: float, radius: float) -> str:
    half = f"a{radius:.1f} {radius:.1f} 0 1 0"
    return f"M{x - radius:.1f} {y:.1f}{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0"
