"""Equal aspect in a snapshot: one unit of x is as long as one of y.

The rule is that of the page: ``static/picture/aspect.js``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zwsnb.axes.scales import Range
from zwsnb.snapshot.composition import is_log, panel_options
from zwsnb.snapshot.frame import Scene
from zwsnb.snapshot.layout import Sides

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot


def is_equal(plot: Plot) -> bool:
    """Return whether one unit of x is to be as long as one of y; logarithmic axes have none."""
    panels = range(max(1, len(plot.options["panels"] or ())))
    logs = [is_log(plot, "x"), *(panel_options(plot, index)["log"] for index in panels)]
    return plot.options["aspect"] == "equal" and not any(logs)


def with_equal_aspect(
    scenes: Sequence[Scene], panels: Sequence[Sides], x: Range
) -> tuple[Range, list[Sides]]:
    """Return ranges of x and of the left axes of which units are equally long, where those panels
    stand.
    """
    sizes = [(scene.box.width, scene.box.height) for scene in scenes]
    lefts = [sides.get("left") for sides in panels]
    found_x, ys = equalized(x, [side.range if side else x for side in lefts], sizes)
    return found_x, [
        {**sides, "left": replace(side, range=y)} if side else sides
        for sides, side, y in zip(panels, lefts, ys, strict=True)
    ]


def equalized(
    x: Range, ys: Sequence[Range], sizes: Sequence[tuple[float, float]]
) -> tuple[Range, list[Range]]:
    """Return the ranges with more of each axis of which a unit would be longer.

    ys: of each panel. sizes: widths and heights of their plot areas, in pixels.
    """
    if not sizes:
        return x, list(ys)
    width = sizes[0][0]
    across = (x[1] - x[0]) / width
    up = [(high - low) / height for (low, high), (_, height) in zip(ys, sizes, strict=True)]
    per_pixel = max(across, *up)
    found = [
        _about(x, per_pixel * width),
        *(_about(y, per_pixel * height) for y, (_, height) in zip(ys, sizes, strict=True)),
    ]
    if not all(math.isfinite(end) for range_ in found for end in range_):
        return x, list(ys)
    return found[0], found[1:]


def _about(range_: Range, length: float) -> Range:
    middle = range_[0] / 2 + range_[1] / 2
    return middle - length / 2, middle + length / 2
