"""A snapshot of a plot, as SVG: what a saved notebook keeps when the kernel is gone.

It shows what the page shows, in the page's light colours: the vertices of a `Subscription`, in
panels that stand one above the other. It consists of paths, rectangles and text, a few kilobytes.
How a line is painted is the rule of ``static/chart/series_painter.js``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from zwsnb.axes.scales import Axis
from zwsnb.axes.text_width import FONT_SIZE, width_of
from zwsnb.kinds.arrays import Vertices
from zwsnb.painting import busy, candles, curves, dots, svg
from zwsnb.painting.svg import Box
from zwsnb.painting.titles import paint_date, paint_title
from zwsnb.protocol.patch import CANDLES, POINTS, XY
from zwsnb.snapshot.annotations import paint_annotations, paint_regions
from zwsnb.snapshot.aspect import is_equal, with_equal_aspect
from zwsnb.snapshot.beside import Beside, paint_beside, sizes_of
from zwsnb.snapshot.composition import Line, compose, panel_options
from zwsnb.snapshot.crowd import in_crowd
from zwsnb.snapshot.frame import (
    Scene,
    legend_height,
    opacity_of,
    paint_axis_heads,
    paint_below,
    paint_grid,
    paint_legend,
    paint_y_labels,
)
from zwsnb.snapshot.images import colors_of, image_panel, paint_image
from zwsnb.snapshot.layout import (
    WIDTH,
    Sides,
    lay_out,
    shown_x,
    sides_of,
    x_label_of,
)
from zwsnb.snapshot.sweeps import level_of, over_earlier, sweep_of, with_level, with_trigger
from zwsnb.snapshot.values import with_values
from zwsnb.snapshot.words import words_of
from zwsnb.turns.pause import pause
from zwsnb.view.entries import taking_in, viewport_of
from zwsnb.view.streams.plot_streams import StreamCache

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot

_LINE_WIDTH, _THIN, _BUSY = 1.5, 1, 1.6
"""A line that goes up or down so often a pixel is an area: a thin one shows more of it."""

_FINE: Final = 4
"""How much finer than others a curve is drawn whose x swings."""

_DOT, _LONELY_DOT = 4, 5
_DOT_SPACING: Final[Mapping[bool, int]] = {False: 18, True: 5}
"""Pixels that each dot on a line needs; fewer, if dots are asked for."""

_HEAD, _BESIDE, _BASE_LINE = 7, 7, 4
"""Of the dot where a curve is now, of its name, and from the middle of that down to its foot."""

_WIDEST_BAR: Final = 100
"""Pixels of what a bar that stands alone has to itself."""

_MOST_COLUMNS, _LEAST = 2 * WIDTH, 100
"""Columns of all series together, and of each at least: a picture stays small, and soon made."""

_MOST_STEPS, _A_STEP = 64, 4_096
"""Steps in which points are taken in, and points for one more: enough, where a curve is begun again
with coarser cells.
"""

_Painter: TypeAlias = Callable[[Line, Vertices, Scene, str], str]
"""Returns a line, its vertices in pixels, on a panel, cut by a clip path."""


def rendering(plot: Plot, date: str = "") -> Iterator[str | None]:
    """Yield None after each step, and at last the snapshot of `plot` as it is then; points may come
    between the steps. date: what stands below it.
    """
    streams = StreamCache()
    held = streams.of(plot)
    viewport = viewport_of(plot, plot.options["window"], _columns_for(len(plot.series)))
    # Where more comes than a step takes in, the rest is one step.
    most = len(plot.series) * (_MOST_STEPS + plot.count // _A_STEP)
    yield from islice(taking_in(plot, viewport, held), most)
    yield render_svg(plot, streams, date)


def render_svg(plot: Plot, streams: StreamCache | None = None, date: str = "") -> str:
    """Return the snapshot of `plot` as it is now, everything that its window shows, as an SVG
    document. streams: those that have taken it in; without any that is done here. date: what stands
    below it.
    """
    columns = _columns_for(len(plot.series))
    panels = compose(plot, plot.options["window"], columns, streams)
    drawn = over_earlier(plot, panels, columns)
    x = shown_x(plot, panels)
    sides = sides_of(plot, drawn, x)
    title, top = paint_title(plot.options["title"] or "", WIDTH)
    named = _named(plot, panels, sides)
    legends = [legend_height(lines, WIDTH) for lines in named]
    home = image_panel(plot, len(panels))
    besides = [
        Beside(
            colors_of(plot, panel_options(plot, index))
            if index == home
            else dots.colors_of(panel_options(plot, index), [its.dotted for its in lines]),
            sizes_of(lines),
        )
        for index, lines in enumerate(panels)
    ]
    scenes, height = lay_out(plot, sides, x, top, legends, besides)
    if is_equal(plot):
        x, sides = with_equal_aspect(scenes, sides, x)
        scenes, height = lay_out(plot, sides, x, top, legends, besides)
    head = title + "".join(
        paint_legend(lines, scene.top, WIDTH) for lines, scene in zip(named, scenes, strict=True)
    )
    body = "".join(_paint(plot, scene, drawn, index, besides) for index, scene in enumerate(scenes))
    foot, below = paint_date(date, height)
    height += below
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="{FONT_SIZE}">'
        f"{svg.described(words_of(plot, x, panels))}"
        f'<rect width="100%" height="100%" fill="#fff"/>{head}{body}{foot}</svg>'
    )


def _named(
    plot: Plot, panels: Sequence[Sequence[Line]], sides: Sequence[Sides]
) -> list[list[Line]]:
    """Return the lines of each panel that its legend has, with their values."""
    if plot.options["legend"] == "none":
        return [[] for _ in panels]
    return [
        with_values(lines, its, log=panel_options(plot, index)["log"])
        for index, (lines, its) in enumerate(zip(panels, sides, strict=True))
    ]


def _columns_for(series: int) -> int:
    return min(WIDTH, max(_LEAST, _MOST_COLUMNS // max(series, 1)))


# What is near the end of doubles may overflow, and is outside then: no warning of it is printed.
@np.errstate(all="ignore")
def _paint(
    plot: Plot,
    scene: Scene,
    panels: Sequence[Sequence[Line]],
    index: int,
    besides: Sequence[Beside],
) -> str:
    """Return a panel, one of as many as there are `besides`, from the back to the front."""
    lines, count = panels[index], len(besides)
    # A pixel more, for the width of a line at the edge.
    box = Box(scene.box.left - 1, scene.box.top - 1, scene.box.width + 2, scene.box.height + 2)
    definition, inside = svg.clip_path(box)
    thresholds = with_level(panel_options(plot, index), level_of(plot, panels), index, scene.sides)
    marks = with_trigger(plot.marks, sweep_of(plot))
    regions = plot.options_in_x["regions"]
    annotations = paint_annotations(scene, thresholds, regions, marks, with_text=index == 0)
    lines = in_crowd(lines, scene.box, lambda line: _pixels_on(line, scene))
    parts = [
        paint_image(plot, scene) if scene.has_image else "",
        paint_regions(scene, regions),
        paint_grid(scene, is_bare=scene.has_image),
        paint_beside(besides[index], scene.box, WIDTH),
        paint_y_labels(scene),
        paint_axis_heads(scene, WIDTH),
        paint_below(scene, x_label_of(plot), WIDTH) if index == count - 1 else "",
        annotations,
        definition if lines else "",
        *(_paint_line(line, scene, inside) for line in lines),
    ]
    return "".join(parts)


def _paint_line(line: Line, scene: Scene, inside: str) -> str:
    """Return a line in its style, over its band."""
    pause()
    x, y = scene.x, scene.y[line.side]
    if line.dotted and line.dotted.cell:
        return dots.paint_cells(line.points, line.dotted, x, y, inside)
    pixels = _pixels(line.points, line, x, y)
    is_candles = line.kind == CANDLES
    paint = _paint_candles if is_candles else _PAINTERS.get(line.style, _paint_joined)
    halo = _halo(line, pixels, scene, inside) if scene.has_image else ""
    painted = _paint_band(line, x, y, inside) + halo + paint(line, pixels, scene, inside)
    return svg.translucent(painted, opacity_of(line))


def seen(vertices: Vertices, line: Line, x: Axis) -> Vertices:
    """Return what the axis shows of a curve of a line."""
    if line.kind == XY:
        return vertices
    if line.kind == CANDLES:
        return candles.within(vertices, x.low, x.high)
    return curves.within(vertices, x.low, x.high)


def _pixels(vertices: Vertices, line: Line, x: Axis, y: Axis) -> Vertices:
    shown = seen(vertices, line, x)
    return np.column_stack((x.pixels_of(shown[:, 0]), y.pixels_of(shown[:, 1])))


def _pixels_on(line: Line, scene: Scene) -> Vertices:
    pause()
    return _pixels(line.points, line, scene.x, scene.y[line.side])


def _paint_band(line: Line, x: Axis, y: Axis, inside: str) -> str:
    if not line.band:
        return ""
    low, high = (_pixels(bound, line, x, y) for bound in line.band)
    data = curves.band_path(low, high, x.begin, x.end)
    return svg.path(data, fill=line.color, fill_opacity=0.2, clip_path=inside)


def _paint_bars(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    step = curves.narrowest_step(pixels[:, 0])
    width = max(1.0, 0.8 * (step if step < math.inf else _WIDEST_BAR))
    data = curves.bars_path(pixels, width, scene.y[line.side].ground)
    return svg.path(data, fill=line.color, fill_opacity=0.85, clip_path=inside)


def _paint_candles(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    del scene
    found = candles.candles_in(pixels)
    rising, falling = ([its for its in found if its.rises is rises] for rises in (True, False))
    pen: dict[str, svg.Attribute] = {
        "stroke": line.color,
        "stroke_width": 1.25,
        "clip_path": inside,
    }
    return (
        svg.path(candles.wicks_path(found), fill="none", **pen)
        + svg.path(candles.bodies_path(rising), fill=line.color, fill_opacity=0.3, **pen)
        + svg.path(candles.bodies_path(falling), fill=line.color, **pen)
    )


def _paint_points(line: Line, pixels: Vertices, scene: Scene, _inside: str) -> str:
    if line.dotted:
        return dots.paint_dots(pixels, line.dotted, line.color, scene.box)
    return dots.paint_plain(pixels, line.color, scene.box, _DOT)


def _paint_joined(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    """Return a line, steps or an area, with dots where they have room, else where no line leads."""
    area = curves.area_path(pixels, scene.y[line.side].ground) if line.style == "area" else ""
    under = svg.path(area, fill=line.color, fill_opacity=0.16, clip_path=inside)
    return under + _stroked(line, pixels, scene, inside) + _head(line, pixels, scene.box)


def _stroked(line: Line, pixels: Vertices, scene: Scene, inside: str, more: float = 0) -> str:
    """Return what is stroked of a line, by so many pixels wider."""
    width = line.width or best_width(line, scene.x, scene.y[line.side])
    stroke = svg.path(
        _path_of(line, pixels, scene.box, width),
        fill="none",
        stroke=line.color,
        stroke_width=width + more,
        stroke_linejoin="round",
        stroke_dasharray=line.dashes,
        clip_path=inside,
    )
    if has_dots(line, scene.x):
        return stroke + dots.paint_plain(pixels, line.color, scene.box, _DOT + more)
    return stroke + dots.paint_plain(
        curves.lonely(pixels), line.color, scene.box, _LONELY_DOT + more
    )


def _path_of(line: Line, pixels: Vertices, box: Box, width: float) -> str:
    if line.style == "step":
        return curves.step_path(pixels)
    is_plain = line.style == "line" and line.kind != XY and not line.dashes
    if is_plain and width == _THIN and not line.width and not line.in_crowd:
        return busy.filled_path(pixels, box)
    return curves.line_path(pixels)


def _halo(line: Line, pixels: Vertices, scene: Scene, inside: str) -> str:
    """Return the halo of a line over an image; of what is filled there is none."""
    if line.style == "bars" or line.kind == CANDLES:
        return ""
    its = replace(line, color=svg.GROUND, dashes=None)
    halo = (
        dots.paint_plain(pixels, its.color, scene.box, _DOT + 2 * svg.HALO)
        if line.style == "points"
        else _stroked(its, pixels, scene, inside, 2 * svg.HALO)
    )
    return svg.translucent(halo, svg.HALO_ALPHA)


def _head(line: Line, pixels: Vertices, box: Box) -> str:
    """Return a dot at the newest point of a curve, and what stands beside it."""
    if line.head is None or not len(pixels):
        return ""
    x, y = pixels[-1].tolist()
    if not (box.left <= x <= box.right and box.top <= y <= box.bottom):
        return ""
    # Away from where it came from, lest the name lies on its curve.
    begin = float(pixels[-2, 0]) if len(pixels) > 1 else x
    width = width_of(line.head)
    left, right = x - _BESIDE - width, x + _BESIDE
    beside = right if (begin <= x or left < box.left) and right + width <= box.right else left
    dot = dots.paint_plain(pixels[-1:], line.color, box, _HEAD)
    return dot + svg.text_at(line.head, beside, y + _BASE_LINE, line.color)


def best_width(line: Line, x: Axis, y: Axis) -> float:
    """Return the pixels that a line is wide where its series has no width of its own."""
    if line.in_crowd:
        return _THIN
    vertices, x_scale, y_scale = seen(line.points, line, x), x.pixels_per_unit, y.pixels_per_unit
    if math.isinf(x_scale) or math.isinf(y_scale):
        vertices, x_scale, y_scale = _pixels(line.points, line, x, y), 1, 1
    x_scale = 0 if line.style == "step" else x_scale * (_FINE if line.kind == XY else 1)
    moves = curves.count_moves(vertices, x_scale, y_scale)
    return _THIN if moves / x.length > _BUSY else _LINE_WIDTH


def has_dots(line: Line, x: Axis) -> bool:
    """Return whether there is room for a dot at each point."""
    return (
        (line.dots or not line.in_crowd)
        and line.kind == POINTS
        and curves.is_sparse(line.points[:, 0], x.low, x.high, x.length, _DOT_SPACING[line.dots])
    )


_PAINTERS: Final[Mapping[str, _Painter]] = {"bars": _paint_bars, "points": _paint_points}
