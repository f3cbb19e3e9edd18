"""The dots of a scatter on a snapshot: how large, of which colour, and their paths.

The rules are those of the page: ``static/scatter/marks.js`` and ``static/scatter/dots.js``. Very
many dots would be too large for a notebook: of those that lie on one another the newest are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zwsnb.kinds.arrays import Vertices
from zwsnb.kinds.values import LARGEST, subtractable
from zwsnb.painting import curves, svg
from zwsnb.painting.colormap import PALETTE, ColorLook, picture, png_of
from zwsnb.painting.svg import Box
from zwsnb.protocol.images.image_patch import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.axes.scales import Axis
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.marks import Marks, Range

MOST: Final = 2_000
"""Dots of a picture: it stays small enough for a notebook."""

_RADIUS, _LARGEST, _SMALLEST = 3.0, 12.0, 1.5

_COARSER: Final = 1.25
_COLORS: Final = 8
"""Numbers of colours that are one in a picture, and so in one path where they follow each other."""


class Dots(NamedTuple):
    """How the vertices of a line are drawn: their colours and sizes, shape (n, 2), the values of
    the first and of the last colour, whether one in the panel has a colour, and the largest size.
    cell: of a density, whose vertices are the middles of cells so wide and high.
    """

    values: Vertices
    z: Range
    is_colored: bool
    largest: float
    cell: Range | None = None


def color_range(ranges: Iterable[Range], said: object) -> Range | None:
    """Return the values of the first and of the last colour of a panel, of one value it twice: as
    the option says, else as its points have it; None where none has a colour.
    """
    known = [its for its in ranges if not math.isnan(its[0])]
    if not known:
        return None
    low, high = min(its[0] for its in known), max(its[1] for its in known)
    if isinstance(said, list | tuple):
        low = low if said[0] is None else float(said[0])
        high = high if said[1] is None else float(said[1])
    return (low, high) if low <= high else (low, min(low + (abs(low) or 1.0), LARGEST))


def dots_of(marks: Sequence[Marks], said: object) -> list[Dots]:
    """Return how the scatters of a panel are drawn together, on one scale of colours and sizes."""
    z = color_range((its.colors for its in marks if not its.is_density), said)
    largest = max((its.sizes[1] for its in marks if its.sizes[1] > 0), default=0.0)
    most = max((1.0, *(its.colors[1] for its in marks if its.is_density)))
    return [
        Dots(its.values, (0.0, most), is_colored=True, largest=0.0, cell=its.cell)
        if its.is_density
        else Dots(its.values, z or (0.0, 1.0), z is not None, largest)
        for its in marks
    ]


def colors_of(options: Mapping[str, Any], dots: Iterable[Dots | None]) -> ColorLook | None:
    """Return the scale of a panel, by its options: of its scatters, else of how many points are
    where; None where nothing has a colour.
    """
    colored = [its for its in dots if its and its.is_colored]
    if not colored:
        return None
    label, unit = (options[key] or "" for key in ("z_label", "z_unit"))
    z = next((its.z for its in colored if its.cell is None), None)
    if z is None:
        low, high = colored[0].z
        return ColorLook((10.0**low, 10.0**high), label or "points", "", log=True)
    return ColorLook(z, label, unit)


def color_numbers(values: Column, z: Range) -> Column:
    """Return the numbers of the colours of values, 1 to 255; 0 where there is none."""
    low, high = z
    with np.errstate(over="ignore", invalid="ignore"):
        if low == high:
            part = np.sign(values - low) * LEVELS + (LEVELS - 1) / 2
        else:
            values, low, high = subtractable(values, low, high)
            part = (values - low) / (high - low) * (LEVELS - 1)
        part = np.clip(part, 0, LEVELS - 1)
    return np.where(np.isnan(values), 0, np.floor(np.nan_to_num(part) + 1.5))


def radii_of(sizes: Column, largest: float) -> Column:
    """Return pixels from the middle of a dot to its edge: its area grows with its size."""
    part = np.maximum(sizes / largest, 0) if largest > 0 else np.zeros(len(sizes))
    radii = np.maximum(_SMALLEST, _LARGEST * np.sqrt(np.nan_to_num(part)))
    return np.where(np.isnan(sizes), _RADIUS, radii)


def paint_plain(pixels: Vertices, color: str, box: Box, size: float) -> str:
    """Return dots of one size, in one colour, that are whole: those at an edge too."""
    x, y = pixels.T
    near = (x >= box.left - 1) & (x <= box.right + 1) & (y >= box.top - 1) & (y <= box.bottom + 1)
    return svg.path(
        curves.dots_path(pixels[near]),
        fill="none",
        stroke=color,
        stroke_width=size,
        stroke_linecap="round",
    )


def paint_dots(pixels: Vertices, dots: Dots, own: str, box: Box) -> str:
    """Return the dots of a line, its vertices in pixels; `own` is the colour of its series."""
    x, y = pixels.T
    seen = (x >= box.left) & (x <= box.right) & (y >= box.top) & (y <= box.bottom)
    pixels, values = pixels[seen], dots.values[seen]
    newest = _newest(pixels)
    pixels, values = pixels[newest], values[newest]
    colors = color_numbers(values[:, 0], dots.z)
    colors = np.where(colors > 0, 1 + (colors - 1) // _COLORS * _COLORS, 0).astype(int)
    widths = 2 * radii_of(values[:, 1], dots.largest)
    looks = zip(colors.tolist(), widths.round(1).tolist(), strict=True)
    return "".join(_paths(pixels, looks, own))


def paint_cells(positions: Vertices, dots: Dots, x: Axis, y: Axis, inside: str) -> str:
    """Return the cells of a density, whose middles are `positions` on the axes, as a picture, a
    pixel each.
    """
    if not len(positions) or dots.cell is None:
        return ""
    cell = np.array(dots.cell)
    at = np.round(positions / cell - 0.5)
    first, last = at.min(axis=0), at.max(axis=0)
    width, height = (last - first + 1).astype(int).tolist()
    pixels = np.zeros((height, width), np.uint8)
    column, row = (at - first).astype(int).T
    pixels[height - 1 - row, column] = color_numbers(dots.values[:, 0], dots.z)
    ends = np.array([first, last + 1]) * cell
    left, right = x.pixels_of(ends[:, 0]).tolist()
    bottom, top = y.pixels_of(ends[:, 1]).tolist()
    found = picture(Box(left, top, right - left, bottom - top), png_of(pixels))
    return f'<g clip-path="{inside}">{found}</g>'


def _newest(pixels: Vertices) -> NDArray[np.intp]:
    """Return which of very many dots are drawn."""
    kept = np.arange(len(pixels))
    size = 1.0
    while len(kept) > MOST:
        size *= _COARSER
        places = np.floor(pixels[kept] / size).astype(np.int64)
        _, last = np.unique((places[:, 0] * 10_000 + places[:, 1])[::-1], return_index=True)
        kept = np.sort(kept[len(kept) - 1 - last])
    return kept


def _paths(pixels: Vertices, looks: Iterable[tuple[int, float]], own: str) -> Iterator[str]:
    """Yield a path for each row of dots of one look: lines of no length with round ends."""
    at = zip(looks, pixels.tolist(), strict=True)
    for (color, width), row in groupby(at, key=lambda each: each[0]):
        data = "".join(f"M{svg.short(x)} {svg.short(y)}h0" for _, (x, y) in row)
        stroke = "#{:02x}{:02x}{:02x}".format(*PALETTE[color]) if color else own
        yield svg.path(data, fill="none", stroke=stroke, stroke_width=width, stroke_linecap="round")
