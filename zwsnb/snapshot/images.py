"""The image of a plot on a snapshot, and the scale of its colours.

The rules are those of the page: ``static/image/raster.js``, ``static/chart/image_painter.js`` and
``static/axes/color_scale.js``. The image is a PNG inside of the SVG, coarser where it would be too
large for a notebook.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.axes.log_ticks import log_ticks
from zwsnb.axes.numbers import format_said
from zwsnb.axes.text_width import fitted, width_of
from zwsnb.axes.ticks import linear_ticks
from zwsnb.kinds.values import subtractable
from zwsnb.painting import svg
from zwsnb.painting.colormap import ColorLook, picture, png_of
from zwsnb.painting.svg import QUIET, Box
from zwsnb.protocol.images.image_patch import LEVELS, Colors, ImagePatch
from zwsnb.view.streams.image_stream import Colored, ImageStream, range_of
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.axes.scales import Axis
    from zwsnb.history.plots import Plot
    from zwsnb.kinds.arrays import Column
    from zwsnb.snapshot.frame import Scene

MOST_BYTES: Final = 40_000
"""Of a PNG: with the rest a snapshot is still small enough for a notebook."""

_FINENESS: Final = ((1, LEVELS), (1, 64), (2, 64), (3, 32), (6, 32))
"""Pixels of a cell, and colours, until the PNG is small enough."""

_LONGEST_WORD: Final = 200

_REACH: Final = 3
"""How much farther than to the nearer neighbour a column reaches to the farther one."""

_GAP, _WIDTH, _BESIDE, _LABEL, _STEP = 10, 12, 6, 16, 8
_SPACING: Final = 40
_LOG_SPACING: Final = 0.6
"""Of that, between the labels of decades."""

_DIGITS: Final = 6
"""Of a single value."""


def home_of(options: Mapping[str, Any], name: str, count: int) -> int:
    """Return in which of so many panels the image is: as a series of its name would be."""
    panels = options["panels"] if isinstance(options["panels"], list) else []
    named = (p.get("series") or [] if isinstance(p, Mapping) else p for p in panels)
    return next((i for i, names in enumerate(named) if name in names), count - 1)


def image_panel(plot: Plot, count: int) -> int | None:
    """Return in which of so many panels of a plot its image is; None where there is none."""
    run = plot.image.run
    return None if run is None else home_of(plot.options, run.name, count)


def y_option_of(plot: Plot, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the panel of the image: it fills it, unless a range is said; on a
    logarithmic axis from half a value on, where it begins at 0. And whether y counts its
    values, and is said downwards, from which one.
    """
    run = plot.image.run
    if run is None:
        return dict(options)
    down = sum(run.y) if run.is_down else None
    options = {**options, "y_counts": run.counts_y, "y_down": down}
    if options["y_range"] not in (None, "auto"):
        return options
    low, high = run.y_edges
    if options["log"] and low <= 0:
        low = (high - low) / run.bins / 2
    return {**options, "y_fills": (low, high)}


def counts_x(plot: Plot) -> bool:
    """Return whether x counts the rows of an image, and nothing else."""
    run = plot.image.run
    return run is not None and run.counts_x and not plot.series


def first_from(plot: Plot, x: float) -> tuple[float, float] | None:
    """Return the x and the width of the first row of the image that reaches beyond `x`; None where
    there is none, or where there are series too.
    """
    run = plot.image.run
    if run is None or plot.series:
        return None
    row, _ = run.pyramid.nearest(x)
    at, width = float(row.first[0] / 2 + row.last[0] / 2), 2 * (run.first_x - run.x_range[0])
    return (at, width) if at + width / 2 > x else None


def columns_of(plot: Plot, pixels: int, rows: int) -> ImagePatch | None:
    """Return what a page of that size would have been sent of the image, if there is one."""
    viewport = Viewport(pixels, window=plot.options["window"], rows=rows)
    return ImageStream(plot).next_patch(VisibleRange.of(viewport, plot), 1)


# -- the image -------------------------------------------------------------------------------------


def paint_image(plot: Plot, scene: Scene) -> str:
    """Return the image on its panel; nothing where there is none."""
    png = b""
    for cell, levels in _FINENESS:
        width, height = (max(1, round(size / cell)) for size in (scene.box.width, scene.box.height))
        patch = columns_of(plot, width, height)
        if patch is None:
            return ""
        png = png_of(_coarser(_pixels_of(patch, scene, width, height), levels))
        if len(png) <= MOST_BYTES:
            break
    return picture(scene.box, png)


def _pixels_of(patch: ImagePatch, scene: Scene, width: int, height: int) -> Colors:
    """Return the number of the colour of each pixel of the panel, shape (height, width)."""
    y = scene.y.get("left") or scene.y[scene.main]
    at_x, at_y = _values(scene.x, width), _values(y, height)[::-1]
    columns = columns_at(patch.x, at_x)
    cells = cells_at(patch.y, patch.bins, patch.factor, at_y)
    # What is in no cell has the colour of none.
    padded = np.zeros((len(patch.x) + 1, patch.colors.shape[1] + 1), np.uint8)
    padded[:-1, :-1] = patch.colors
    found: Colors = padded[columns[np.newaxis, :], cells[:, np.newaxis]]
    return found


def _values(axis: Axis, pixels: int) -> Column:
    """Return the values in the middle of each pixel, from the lowest on."""
    share = (np.arange(pixels) + 0.5) / pixels
    positions = axis.low * (1 - share) + axis.high * share
    return 10.0**positions if axis.log else positions


def columns_at(x: Column, values: Column) -> NDArray[np.intp]:
    """Return the column at each of the values; -1 where there is none. x rises.

    A column reaches halfway to its neighbours; but where one is far away it is a gap in x, into
    which the column reaches only a little.
    """
    if not len(x):
        return np.full(len(values), -1)
    steps = np.diff(x)
    before, after = np.concatenate(([np.nan], steps)), np.concatenate((steps, [np.nan]))
    known = np.array([np.where(s > 0, s, np.inf) for s in (before, after)]).min(axis=0)
    least = np.where(np.isfinite(known), known, 1.0)
    reach = [np.minimum(np.where(s > 0, s, least), _REACH * least) / 2 for s in (before, after)]
    found = np.searchsorted(x + reach[1], values, side="right")
    within = np.minimum(found, len(x) - 1)
    is_in = (found < len(x)) & (values >= (x - reach[0])[within])
    return np.where(is_in, within, -1)


def cells_at(y: Sequence[float], bins: int, factor: int, values: Column) -> NDArray[np.intp]:
    """Return the cell at each of the values; -1 where there is none.

    y: the edges of so many bins, of which `factor` make a cell.
    """
    low, high = y
    numbers = np.floor((values - low) / (high - low) * bins)
    return np.where((numbers >= 0) & (numbers < bins), numbers // factor, -1).astype(np.intp)


def _coarser(colors: Colors, levels: int) -> Colors:
    """Return colours of which there are so many at most."""
    if levels == LEVELS:
        return colors
    steps = np.round((colors.astype(float) - 1) / (LEVELS - 1) * (levels - 1))
    found = 1 + np.round(steps / (levels - 1) * (LEVELS - 1))
    return np.where(colors == 0, 0, found).astype(np.uint8)


def image_words(plot: Plot) -> list[str]:
    """Return what the image shows in words, if there is one."""
    run, z = plot.image.run, _z_of(plot)
    if run is None or z is None:
        return []
    y, colors = (
        " ".join([f"{ends[0]:.4g} to {ends[1]:.4g}", plot.options[unit] or ""]).strip()
        for ends, unit in ((run.y, "y_unit"), (z[:2], "z_unit"))
    )
    return [f"{fitted(run.name, _LONGEST_WORD)} over {y}, its values {colors}"]


# -- the scale of its colours ----------------------------------------------------------------------


def scale_room(look: ColorLook | None, height: float) -> float:
    """Return the pixels that a scale needs at the right; 0 where there is none."""
    if look is None:
        return 0
    widest = max((width_of(label) for _, label in color_ticks(look, height)), default=0)
    labels = math.ceil(widest / _STEP) * _STEP
    return _GAP + _WIDTH + _BESIDE + labels + (_LABEL if look.label else _BESIDE)


def _z_of(plot: Plot) -> Colored | None:
    run = plot.image.run
    return None if run is None else range_of(run, plot.options)


def colors_of(plot: Plot, options: Mapping[str, Any]) -> ColorLook | None:
    """Return the scale of the image, if there is one, by the options of its panel."""
    z = _z_of(plot)
    if z is None:
        return None
    label, unit = (options[key] or "" for key in ("z_label", "z_unit"))
    return ColorLook(z[:2], label, unit, z.log)


def color_ticks(look: ColorLook, height: float) -> list[tuple[float, str]]:
    """Return what is said beside the colours, and at which part of the height, from the bottom. A
    single value is said as it is.
    """
    (low, high), unit = look.z, look.unit
    if low == high:
        return [(0.5, format_said(float(f"{low:.{_DIGITS}g}"), unit))]
    spacing = min(_SPACING, height / 3)
    if look.log:
        low, high = math.log10(low), math.log10(high)
        ticks = log_ticks(low, high, height, lambda _label: _LOG_SPACING * spacing, unit)
    else:
        ticks = linear_ticks(low, high, height, spacing, unit)
    parts = (subtractable(tick.position, low, high) for tick in ticks.list)
    return [
        ((position - least) / (most - least), tick.label)
        for (position, least, most), tick in zip(parts, ticks.list, strict=True)
    ]


def paint_scale(look: ColorLook | None, box: Box, right: float) -> str:
    """Return the scale beside a panel, up to the right edge of all; nothing where it has none."""
    if look is None:
        return ""
    left = right - scale_room(look, box.height) + _GAP
    all_ = np.arange(LEVELS, 0, -1, dtype=np.uint8)[:, np.newaxis]
    is_single = look.z[0] == look.z[1]
    colors = all_[LEVELS // 2 : LEVELS // 2 + 1] if is_single else all_
    labels = "".join(
        text_at_tick(label, left, box, part) for part, label in color_ticks(look, box.height)
    )
    label = fitted(look.label, box.height)
    x, y = right - _LABEL / 2 + 4, box.top + box.height / 2
    turned = svg.text_at(
        label, x, y, QUIET, text_anchor="middle", transform=f"rotate(-90 {x:g} {y:g})"
    )
    return picture(Box(left, box.top, _WIDTH, box.height), png_of(colors)) + labels + turned


def text_at_tick(label: str, left: float, box: Box, part: float) -> str:
    """Return a label beside the scale, at a part of its height."""
    return svg.text_at(label, left + _WIDTH + _BESIDE, box.bottom - part * box.height + 4, QUIET)
