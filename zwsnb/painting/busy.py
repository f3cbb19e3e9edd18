"""A line so busy that it fills an area, on a snapshot: of each pixel column what it inks there.

The rule is that of the page: ``static/dense/columns.js``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.painting.svg import short

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column, Vertices
    from zwsnb.painting.svg import Box

_HALF: Final = 0.5
"""Of a pixel: so much ink a line has above and below its middle."""


def filled_path(pixels: Vertices, box: Box) -> str:
    """Return an upright stroke in each pixel column through which the line goes."""
    left = math.floor(box.left) - 1
    found = ink(pixels - (left, 0), math.ceil(box.right) + 1 - left)
    return "".join(
        f"M{short(left + column + _HALF)} {short(low - _HALF)}V{short(high + _HALF)}"
        for column, low, high in found.tolist()
    )


def ink(pixels: Vertices, columns: int) -> Vertices:
    """Return what a line inks of each of so many pixel columns, its stretches between vertices
    included: shape (n, 3), the number of a column, and the lowest and the highest there.
    """
    x, y = pixels.T
    at = np.floor(x)
    edges, heights = _crossings(x, y, at, columns)
    # Where it passes from one column to the next, or back, it is in both.
    column = np.concatenate((at, edges - 1, edges))
    height = np.concatenate((y, heights, heights))
    there = (column >= 0) & (column < columns) & ~np.isnan(height)
    column, height = column[there], height[there]
    order = np.argsort(column, kind="stable")
    column, height = column[order], height[order]
    starts = np.flatnonzero(np.diff(column, prepend=-1.0))
    if not len(starts):
        return np.empty((0, 3))
    extremes = (extreme.reduceat(height, starts) for extreme in (np.minimum, np.maximum))
    return np.column_stack((column[starts], *extremes))


def _crossings(x: Column, y: Column, at: Column, columns: int) -> tuple[Column, Column]:
    """Return at which edges of columns a line passes from one to the next, and how high."""
    first = np.maximum(np.minimum(at[:-1], at[1:]) + 1, 0)
    last = np.minimum(np.maximum(at[:-1], at[1:]), columns)
    counts = np.maximum(last - first + 1, 0)
    counts = np.where(np.isnan(y[:-1] + y[1:]), 0, counts).astype(np.intp)
    owner = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    edges = first[owner] + nth
    slope = (y[owner + 1] - y[owner]) / (x[owner + 1] - x[owner])
    return edges, y[owner] + (edges - x[owner]) * slope
