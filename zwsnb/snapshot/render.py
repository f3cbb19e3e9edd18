"""A still picture of a plot, as SVG: what a saved notebook keeps when the kernel is gone.  [no I/O]

It draws what the page draws, in the page's light colours: the vertices of a `Subscription`, in
panels that stand one above the other. There is nothing in it but paths, rectangles and text, in a
few kilobytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.protocol.patch import POINTS
from zwsnb.snapshot import svg
from zwsnb.snapshot.annotations import paint_notes, paint_regions
from zwsnb.snapshot.composition import Line, compose, is_log
from zwsnb.snapshot.frame import (
    Scene,
    Side,
    paint_axis_heads,
    paint_below,
    paint_grid,
    paint_head,
    paint_y_labels,
)
from zwsnb.snapshot.scales import ENDLESS, Axis, Range, extent_of, widened, x_places, y_places
from zwsnb.snapshot.svg import Box
from zwsnb.snapshot.ticks import Ticks, labelled_ticks, linear_ticks, log_label_room, log_ticks
from zwsnb.snapshot.time_ticks import time_ticks

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.snapshot.scales import Vertices

WIDTH, HEIGHT = 800, 320
"""Of a picture with one panel; more of them, or very many names, make it higher."""

_LOWEST, _LOWEST_OF_ALL = 100, 200
"""Pixels that a plot area is high, and all together, at least."""

_TOP, _TOP_WITH_HEAD = 10, 26
_BETWEEN, _BOTTOM, _SECOND_LINE = 8, 22, 14
_NARROWEST: Final[Mapping[str, int]] = {"left": 40, "right": 16}
_LABEL_ROOM: Final = 14
_LONGEST_UNIT: Final = 60

_LINE_WIDTH, _THIN, _BUSY = 1.5, 1, 1.6
"""A line with so many vertices a pixel is an area: a thin one shows more of it."""

_DOT, _LONELY_DOT = 4, 5
_DOT_ROOM: Final[Mapping[bool, int]] = {False: 18, True: 5}
"""Pixels that each dot on a line needs; fewer, if dots are asked for."""

_WIDEST_BAR: Final = 100

Sides = Mapping[str, Side]
"""The y-axes of a panel, "left", "right" or both."""


def draw(plot: Plot) -> str:
    """Return the picture of `plot` as it is now, everything that its window shows, as an SVG
    document.
    """
    panels = compose(plot, plot.options["window"], WIDTH)
    x = _x_range(plot, panels)
    sides = _sides_of_all(plot, panels, x)
    head, top = paint_head(
        plot.options["title"] or "", [line for lines in panels for line in lines], WIDTH
    )
    scenes, height = _lay_out(plot, sides, x, top)
    body = "".join(
        _paint(plot, scene, lines, first=scene is scenes[0], last=scene is scenes[-1])
        for scene, lines in zip(scenes, panels, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="{svg.FONT_SIZE}">'
        f'<rect width="100%" height="100%" fill="#fff"/>{head}{body}</svg>'
    )


# -- what is shown ---------------------------------------------------------------------------------


def _x_range(plot: Plot, panels: Sequence[Sequence[Line]]) -> Range:
    lines = [line for lines in panels for line in lines]
    places = np.concatenate(
        [np.empty(0), *(curve[:, 0] for line in lines for curve in line.curves)]
    )
    least = float(np.min(places, initial=math.inf, where=~np.isnan(places)))
    log = is_log(plot, "x")
    low, high = x_places(plot.x_range, plot.options["window"], least, log=log)
    # The outermost bars are wider than their points.
    steps = [_narrowest(line.points) for line in lines if line.style == "bars"]
    half = min(min(steps) / 2, high / 16 - low / 16) if steps else 0.0
    return widened(low - half, high + half, log=log)


def _narrowest(vertices: Vertices) -> float:
    """Return how near two neighbours come in x; infinity if there are none."""
    with np.errstate(over="ignore"):
        steps = np.abs(np.diff(vertices[:, 0]))
    return float(np.min(steps, initial=math.inf, where=steps > 0))


def _sides_of_all(plot: Plot, panels: Sequence[Sequence[Line]], x: Range) -> list[Sides]:
    options = plot.options
    # A range that only grows holds all that there was: who looked from the beginning has seen
    # everything.
    grows = options["window"] and "grow" in (options["y_range"], options["y2_range"])
    grown = compose(plot, None, WIDTH) if grows else panels
    return [
        _sides(plot, lines, everything, x, among_others=len(panels) > 1)
        for lines, everything in zip(panels, grown, strict=True)
    ]


def _sides(
    plot: Plot, lines: Sequence[Line], everything: Sequence[Line], x: Range, *, among_others: bool
) -> Sides:
    """Return the axes that a line belongs to; the left one where there is no line."""
    shared = any(line.side == "right" for line in lines)
    found = {}
    for side, prefix in (("left", "y"), ("right", "y2")):
        own = [line for line in lines if line.side == side]
        if not own and (shared or side == "right"):
            continue
        said, label, unit = (
            plot.options[f"{prefix}_{word}"] for word in ("range", "label", "unit")
        )
        reach = ENDLESS if said == "grow" else x
        shown = [line for line in (everything if said == "grow" else lines) if line.side == side]
        found[side] = Side(
            range=_y_range(shown, reach, said, log=is_log(plot, "y")),
            unit=svg.fitted(unit or "", _LONGEST_UNIT),
            label=label or "",
            color=own[0].color if shared and len(own) == 1 else svg.QUIET,
            keys=own if shared or among_others else (),
            named=among_others or not label,
        )
    return found


def _y_range(lines: Sequence[Line], x: Range, said: Any, *, log: bool) -> Range:
    grounded = not log and any(line.is_grounded for line in lines)
    extent = extent_of((curve for line in lines for curve in line.curves), x, grounded=grounded)
    return y_places(extent, said, log=log)


# -- where it stands -------------------------------------------------------------------------------


def _lay_out(
    plot: Plot, panels: Sequence[Sides], x: Range, top: float
) -> tuple[list[Scene], float]:
    """Return the panels below one another, equally high and with their edges in line, and the
    height of all.
    """
    heads = [
        _TOP_WITH_HEAD if any(side.has_head for side in sides.values()) else _TOP
        for sides in panels
    ]
    bottom = _BOTTOM + (_SECOND_LINE if _x_label(plot) or plot.options["time"] else 0)
    around = top + sum(heads) + _BETWEEN * (len(panels) - 1) + bottom
    height = max(_LOWEST, max(_LOWEST_OF_ALL, HEIGHT - around) // len(panels))
    log = is_log(plot, "y")
    y_ticks = [
        {side: _y_ticks(its, height, log=log) for side, its in sides.items()} for sides in panels
    ]
    left, right = (_gutter(side, y_ticks) for side in ("left", "right"))
    x_axis = Axis(*x, left, WIDTH - right, log=is_log(plot, "x"))
    x_ticks = _x_ticks(plot, x_axis)
    scenes = []
    for sides, ticks, head in zip(panels, y_ticks, heads, strict=True):
        box = Box(left, top + head, x_axis.length, height)
        y_axes = {
            side: Axis(*its.range, box.bottom, box.top, log=log) for side, its in sides.items()
        }
        scenes.append(Scene(box, x_axis, x_ticks, sides, y_axes, ticks))
        top = box.bottom + _BETWEEN
    return scenes, top - _BETWEEN + bottom


def _gutter(side: str, ticks: Sequence[Mapping[str, Ticks]]) -> float:
    """Return the room that the labels at a side need in all panels."""
    labels = [tick.label for panel in ticks if side in panel for tick in panel[side].list]
    return max(
        [_NARROWEST[side], *(math.ceil(svg.width_of(label) + _LABEL_ROOM) for label in labels)]
    )


def _y_ticks(side: Side, height: float, *, log: bool) -> Ticks:
    spacing = max(22.0, min(50.0, height / 7))
    if log:
        return log_ticks(*side.range, height, lambda _label: max(20.0, 0.6 * spacing), side.unit)
    return linear_ticks(*side.range, height, spacing, side.unit)


def _x_ticks(plot: Plot, axis: Axis) -> Ticks:
    if plot.options["time"]:
        return time_ticks(axis.low, axis.high, axis.length)
    unit = svg.fitted(plot.options["x_unit"] or "", _LONGEST_UNIT)
    if axis.log:
        return log_ticks(axis.low, axis.high, axis.length, log_label_room, unit)
    return labelled_ticks(axis.low, axis.high, axis.length, unit)


def _x_label(plot: Plot) -> str:
    """Return what x is; the labels of times have no unit, so it stands here."""
    options = plot.options
    return options["x_label"] or (options["time"] and options["x_unit"]) or ""


# -- how it is drawn -------------------------------------------------------------------------------


def _paint(plot: Plot, scene: Scene, lines: Sequence[Line], *, first: bool, last: bool) -> str:
    """Return a panel, from the back to the front."""
    # A pixel more, for the width of a line at the edge.
    box = Box(scene.box.left - 1, scene.box.top - 1, scene.box.width + 2, scene.box.height + 2)
    definition, inside = svg.clip(box)
    parts = [
        paint_regions(scene, plot.options["regions"]),
        paint_grid(scene),
        paint_y_labels(scene),
        paint_axis_heads(scene, WIDTH),
        paint_below(scene, _x_label(plot), WIDTH) if last else "",
        paint_notes(scene, plot.options, plot.marks, worded=first),
        definition if lines else "",
        *(_curve(line, scene, inside) for line in lines),
    ]
    return "".join(parts)


def _curve(line: Line, scene: Scene, inside: str) -> str:
    """Return a line in its style, over its band."""
    x, y = scene.x, scene.y[line.side]
    pixels = _pixels(line.points, x, y)
    return _band(line, x, y, inside) + _CURVES.get(line.style, _joined)(line, pixels, scene, inside)


def _pixels(vertices: Vertices, x: Axis, y: Axis) -> Vertices:
    return np.column_stack((x.at(vertices[:, 0]), y.at(vertices[:, 1])))


def _band(line: Line, x: Axis, y: Axis, inside: str) -> str:
    if not line.band:
        return ""
    low, high = (_pixels(bound, x, y) for bound in line.band)
    data = svg.band_path(low, high, (x.begin, x.end))
    return svg.path(data, fill=line.color, fill_opacity=0.2, clip_path=inside)


def _bars(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    width = max(1.0, 0.8 * min(_narrowest(pixels), _WIDEST_BAR))
    data = svg.bars_path(pixels, width, scene.y[line.side].ground)
    return svg.path(data, fill=line.color, fill_opacity=0.85, clip_path=inside)


def _points(line: Line, pixels: Vertices, scene: Scene, _inside: str) -> str:
    return _dots(line, pixels, scene.box, _DOT)


def _joined(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    """Return a line, steps or an area, with dots where they have room, else where no line leads."""
    draw_line = svg.step_path if line.style == "step" else svg.line_path
    area = svg.area_path(pixels, scene.y[line.side].ground) if line.style == "area" else ""
    is_busy = len(pixels) > _BUSY * scene.box.width
    stroke = svg.path(
        draw_line(pixels),
        fill="none",
        stroke=line.color,
        stroke_width=line.width or (_THIN if is_busy else _LINE_WIDTH),
        stroke_linejoin="round",
        stroke_dasharray=line.dashes,
        clip_path=inside,
    )
    dotted = line.kind == POINTS and len(pixels) * _DOT_ROOM[line.dots] <= scene.box.width
    dots = (
        _points(line, pixels, scene, inside)
        if dotted
        else _dots(line, svg.lonely(pixels), scene.box, _LONELY_DOT)
    )
    return svg.path(area, fill=line.color, fill_opacity=0.16, clip_path=inside) + stroke + dots


def _dots(line: Line, pixels: Vertices, box: Box, size: float) -> str:
    """Return dots that are whole: those at an edge too."""
    x, y = pixels.T
    near = (x >= box.left - 1) & (x <= box.right + 1) & (y >= box.top - 1) & (y <= box.bottom + 1)
    return svg.path(
        svg.dots_path(pixels[near]),
        fill="none",
        stroke=line.color,
        stroke_width=size,
        stroke_linecap="round",
    )


_CURVES: Final = {"bars": _bars, "points": _points}
