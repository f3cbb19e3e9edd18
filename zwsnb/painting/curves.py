"""The curves of a snapshot: what of a line is seen, how it moves, and its path.

The rules are those of the page: ``static/chart/clip.js``, ``static/chart/gaps.js``,
``static/chart/decimate.js`` and ``static/chart/band.js``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from zwsnb.kinds.arrays import Column, Vertices
from zwsnb.painting.svg import short

_NEAR_X, _NEAR_Y = 0.9, 0.3
_NEAR_OUTLINE: Final = 0.5
_MOVE: Final = 1


# -- what is seen ----------------------------------------------------------------------------------


def within(vertices: Vertices, low: float, high: float) -> Vertices:
    """Return the vertices from x `low` to `high`, in order of x, with one more at each side, so
    that a line reaches the edges.
    """
    x = vertices[:, 0]
    begin, end = np.searchsorted(x, low, "left"), np.searchsorted(x, high, "right")
    return vertices[max(0, int(begin) - 1) : int(end) + 1]


def narrowest_step(x: Column) -> float:
    """Return how near two neighbours come in x; infinity if there are none."""
    with np.errstate(over="ignore"):
        steps = np.abs(np.diff(x))
    return float(np.min(steps, initial=math.inf, where=steps > 0))


def is_sparse(x: Column, low: float, high: float, pixels: float, spacing: float) -> bool:
    """Return whether each vertex from x `low` to `high` has `spacing` of the `pixels` to itself."""
    return int(np.count_nonzero((x >= low) & (x <= high))) <= pixels / spacing


def lonely(vertices: Vertices) -> Vertices:
    """Return the vertices between two gaps, to which no line leads."""
    alone = [part for part in stretches(vertices) if len(part) == 1]
    return np.concatenate(alone) if alone else vertices[:0]


def stretches(vertices: Vertices) -> list[Vertices]:
    """Return the parts of a curve between its gaps."""
    there = ~np.isnan(vertices[:, 1])
    edges = np.flatnonzero(np.diff(there, prepend=False, append=False))
    return [vertices[begin:end] for begin, end in edges.reshape(-1, 2)]


def count_moves(vertices: Vertices, x_scale: float, y_scale: float) -> int:
    """Return how often a line goes up or down by a pixel at least: a measure of the picture,
    however many vertices it takes.

    The scales are pixels per unit. Vertices on the way up or down within one pixel column are
    passed over, as the page does not draw them; with an `x_scale` of 0 none is.
    """
    moves, last_x, last_y = 0, math.nan, math.nan
    following = np.append(vertices[1:, 1], math.nan).tolist()
    for (x, y), after in zip(vertices.tolist(), following, strict=False):
        is_near = x_scale > 0 and abs(x - last_x) * x_scale < _NEAR_X
        if is_near and _is_on_the_way(last_y, y, after, y_scale):
            continue
        moves += abs(y - last_y) * y_scale >= _MOVE
        last_x, last_y = x, y
    return moves


def _is_on_the_way(before: float, y: float, after: float, scale: float) -> bool:
    """Return whether a vertex may be left out; never the last before a gap or the end, NaN."""
    if math.isnan(after):
        return False
    if (y - before) * (after - y) > 0:
        return True
    return abs(y - before) * scale < _NEAR_Y and abs(after - y) * scale < 1


# -- paths, of vertices in pixels ------------------------------------------------------------------


def line_path(pixels: Vertices) -> str:
    """Return a line through the vertices; a point alone has none."""
    return "".join("M" + "L".join(_points(part)) for part in stretches(pixels) if len(part) > 1)


def step_path(pixels: Vertices) -> str:
    """Return a line that goes on at its height until the next vertex."""
    return "".join(
        "M"
        + _points(part[:1])[0]
        + "".join(f"H{short(x)}V{short(y)}" for x, y in part[1:].tolist())
        for part in stretches(pixels)
        if len(part) > 1
    )


def area_path(pixels: Vertices, ground: float) -> str:
    """Return what lies between the vertices and the ground."""
    return "".join(
        f"M{short(part[0, 0])} {short(ground)}L{'L'.join(_points(part))}V{short(ground)}Z"
        for part in stretches(pixels)
        if len(part) > 1
    )


def dots_path(pixels: Vertices) -> str:
    """Return a line of no length at each vertex, which is a dot when its ends are round."""
    there = pixels[~np.isnan(pixels[:, 1])]
    return "".join(f"M{point}h0" for point in dict.fromkeys(_points(there)))


def bars_path(pixels: Vertices, width: float, ground: float) -> str:
    """Return bars of a width about the vertices, on the ground."""
    there = pixels[~np.isnan(pixels[:, 1])]
    across = short(width)
    return "".join(
        f"M{short(x - width / 2)} {short(ground)}V{short(y)}h{across}V{short(ground)}Z"
        for x, y in there.tolist()
    )


def band_path(low: Vertices, high: Vertices, begin: float, end: float) -> str:
    """Return the area between two curves, where both are, between two x."""
    return "".join(
        "M" + "L".join(_points(np.concatenate((upper, lower[::-1])))) + "Z"
        for upper, lower in band_outlines(low, high, begin, end)
    )


def band_outlines(
    low: Vertices, high: Vertices, begin: float, end: float
) -> Iterator[tuple[Vertices, Vertices]]:
    """Yield the upper and the lower edge of each part of a band; y goes down."""
    lower, upper = stretches(low), stretches(high)
    i = j = 0
    while i < len(lower) and j < len(upper):
        (low_begin, low_end), (high_begin, high_end) = lower[i][[0, -1], 0], upper[j][[0, -1], 0]
        left, right = max(low_begin, high_begin, begin), min(low_end, high_end, end)
        if left < right:
            yield _outline(upper[j], left, right, min), _outline(lower[i], left, right, max)
        if low_end < high_end:
            i += 1
        else:
            j += 1


def _outline(
    part: Vertices, left: float, right: float, extreme: Callable[[float, float], float]
) -> Vertices:
    """Return the vertices from left to right, the ends interpolated; of those that share half a
    pixel the extreme one.
    """
    x = part[:, 0]
    outline = [(left, _height_at(part, left))]
    for at, height in part[(x >= left) & (x <= right)].tolist():
        if at - outline[-1][0] < _NEAR_OUTLINE:
            outline[-1] = (outline[-1][0], extreme(outline[-1][1], height))
        else:
            outline.append((at, height))
    if outline[-1][0] != right:
        outline.append((right, _height_at(part, right)))
    return np.array(outline)


def _height_at(part: Vertices, x: float) -> float:
    """Return the interpolated y; where several vertices stand at `x`, that of the first one."""
    after = int(np.searchsorted(part[:, 0], x))
    (x1, y1), (x2, y2) = part[max(0, after - 1)].tolist(), part[min(after, len(part) - 1)].tolist()
    return float(y2 if x1 == x2 else y1 + (y2 - y1) * (x - x1) / (x2 - x1))


def _points(pixels: Vertices) -> list[str]:
    return [f"{short(x)} {short(y)}" for x, y in pixels.tolist()]
