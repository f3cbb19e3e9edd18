"""What the axes of a snapshot show, and where its panels stand.

The rules are those of the page: ``static/picture/panel_options.js``, ``static/chart/clip.js`` and
``static/axes/frame.js``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from zwsnb.axes.log_ticks import log_label_spacing, log_ticks
from zwsnb.axes.numbers import offset_text
from zwsnb.axes.scales import (
    ENDLESS,
    Axis,
    Range,
    RangeOption,
    extent_of,
    positions_between,
    range_around,
    widened,
    x_range_of,
    y_range_of,
)
from zwsnb.axes.text_width import fitted, width_of
from zwsnb.axes.ticks import Ticks, labelled_ticks, linear_ticks
from zwsnb.axes.time_ticks import time_ticks
from zwsnb.painting.candles import room_for_candles
from zwsnb.painting.curves import narrowest_step
from zwsnb.painting.svg import Box
from zwsnb.protocol.patch import CANDLES
from zwsnb.snapshot.beside import Beside, room_beside
from zwsnb.snapshot.composition import Line, compose, is_log, panel_options
from zwsnb.snapshot.frame import Scene, Side
from zwsnb.snapshot.images import counts_x, first_from, image_panel, y_option_of
from zwsnb.snapshot.sweeps import sweep_of, ticks_since
from zwsnb.turns.pause import pausing

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot

WIDTH, HEIGHT = 800, 320
"""Of a snapshot with one panel; more of them, or very many names, make it higher."""

_LOW, _LOWEST, _LOWEST_OF_ALL = 100, 60, 200
"""Pixels that a plot area is high, on average and at least, and all together."""

_TOP, _TOP_WITH_HEAD = 10, 26
_BETWEEN, _BOTTOM, _SECOND_LINE = 8, 22, 14
_NARROWEST: Final[Mapping[str, int]] = {"left": 40, "right": 16}
_LABEL_MARGIN, _GUTTER_STEP = 14, 8
_LONGEST_UNIT: Final = 60

Panels: TypeAlias = Sequence[Sequence[Line]]
"""The lines of each panel."""

Sides: TypeAlias = Mapping[str, Side]
"""The y-axes of a panel, "left", "right" or both."""


# -- what is shown ---------------------------------------------------------------------------------


def shown_x(plot: Plot, panels: Panels) -> Range:
    """Return the x-range of all panels."""
    lines = [line for panel in panels for line in panel]
    least = min((_least_x(line) for line in lines), default=math.inf)
    log = is_log(plot, "x")
    if (sweep := sweep_of(plot)) is not None:
        return positions_between(sweep.lo, sweep.hi, least, log=log)
    wanted = plot.options_in_x["x_range"]
    low, high = x_range_of(plot.x_range, plot.options["window"], wanted, least, log=log)
    bars = (line.points[:, 0] for line in lines if line.style == "bars")
    low, high = room_for_bars(low, high, map(narrowest_step, bars))
    candles = (line.points for line in lines if line.kind == CANDLES)
    return widened(*room_for_candles(low, high, candles), log=log)


def _least_x(line: Line) -> float:
    return float(np.min(line.points[:, 0], initial=math.inf))


def room_for_bars(low: float, high: float, steps: Iterable[float]) -> Range:
    """Return the x-range with room for the outermost bars, which are wider than their points.

    `steps` are how near two neighbours come in each series of bars.
    """
    step = min(steps, default=0.0)
    most = 2 if step < math.inf else 16
    half = min(step / 2, high / most - low / most)
    return low - half, high + half


def sides_of(plot: Plot, panels: Panels, x: Range) -> list[Sides]:
    """Return the y-axes of each panel."""
    options = [panel_options(plot, index) for index in range(len(panels))]
    if (home := image_panel(plot, len(panels))) is not None:
        options[home] = y_option_of(plot, options[home])
    # A range that only grows holds all that there was: a page that was open from the beginning has
    # seen everything.
    grows = any("grow" in (its["y_range"], its["y2_range"]) for its in options)
    grown = compose(plot, None, WIDTH) if grows and plot.options["window"] else panels
    return [
        _sides(its, lines, everything, x, among_others=len(panels) > 1)
        for its, lines, everything in zip(options, panels, grown, strict=True)
    ]


def _sides(
    options: Mapping[str, Any],
    lines: Sequence[Line],
    everything: Sequence[Line],
    x: Range,
    *,
    among_others: bool,
) -> Sides:
    """Return the axes that a line belongs to, by the options of a panel; the left one where there
    is no line.
    """
    shared = any(line.side == "right" for line in lines)
    # Among others the legend of a panel stands above it.
    is_named = among_others and options["legend"] == "none"
    log = options["log"]
    found = {}
    for side, prefix in (("left", "y"), ("right", "y2")):
        own = [line for line in lines if line.side == side and not line.is_earlier]
        if not own and (shared or side == "right"):
            continue
        option, label, unit = (options[f"{prefix}_{word}"] for word in ("range", "label", "unit"))
        grows = option == "grow"
        shown = [line for line in (everything if grows else lines) if line.side == side]
        filled = options.get("y_fills") if side == "left" else None
        low, high = _y_range(shown, ENDLESS if grows else x, option, filled, log=log)
        suffix = fitted(unit or "", _LONGEST_UNIT)
        color = own[0].color if shared and len(own) == 1 else None
        # The legend has the names, and labels of one colour say whose they are.
        has_keys = is_named or (shared and not (among_others and color))
        found[side] = Side(
            range=(low, high),
            unit=suffix,
            label=label or "",
            color=color,
            keys=[(line.short, line.color) for line in own] if has_keys else (),
            named=is_named or not (among_others or label),
            offset="" if log else offset_text(low, high, suffix),
            counted=side == "left" and not own and options.get("y_counts", False),
            down=options.get("y_down") if side == "left" and not own else None,
        )
    return found


def _y_range(
    lines: Sequence[Line], x: Range, option: RangeOption, filled: Range | None, *, log: bool
) -> Range:
    grounded = not log and any(line.is_grounded for line in lines)
    extent = extent_of(
        (curve for line in pausing(lines) for curve in line.curves), x, grounded=grounded
    )
    if filled is not None:
        option = range_around(filled, extent, log=log)
    return y_range_of(extent, option, log=log)


def x_label_of(plot: Plot) -> str:
    """Return what x is; of times, whose labels have no unit, the unit, where there is no label."""
    label, unit = plot.options["x_label"], plot.options["x_unit"]
    if label is not None:
        return str(label)
    return unit or "" if plot.is_time else ""


# -- where it stands -------------------------------------------------------------------------------


def lay_out(
    plot: Plot,
    panels: Sequence[Sides],
    x: Range,
    top: float,
    legends: Sequence[float],
    besides: Sequence[Beside] = (),
) -> tuple[list[Scene], float]:
    """Return the panels below one another, as high as their weights say and with their edges in
    line, and the height of all. Above each is its legend, so high, and beside it the scales of
    its colours and sizes, if it has any.
    """
    heads = [
        legend + (_TOP_WITH_HEAD if any(side.has_head for side in sides.values()) else _TOP)
        for sides, legend in zip(panels, legends, strict=True)
    ]
    options = [panel_options(plot, index) for index in range(len(panels))]
    bottom = _BOTTOM + (_SECOND_LINE if _has_second_line(plot, x) else 0)
    around = top + sum(heads) + _BETWEEN * (len(panels) - 1) + bottom
    whole = max(_LOWEST_OF_ALL, HEIGHT - around, _LOW * len(panels))
    unit = whole / sum(its["height"] for its in options)
    heights = [max(_LOWEST, math.floor(unit * its["height"])) for its in options]
    logs = [its["log"] for its in options]
    y_ticks = [
        {side: y_ticks_of(its, height, log=log) for side, its in sides.items()}
        for sides, height, log in zip(panels, heights, logs, strict=True)
    ]
    left, right = (gutter_of(side, y_ticks) for side in ("left", "right"))
    rooms = (room_beside(its, height) for its, height in zip(besides, heights, strict=False))
    right += max(rooms, default=0)
    home = image_panel(plot, len(panels))
    x_axis = Axis(*x, left, WIDTH - right, log=is_log(plot, "x"))
    x_ticks = _x_ticks(plot, x_axis)
    scenes: list[Scene] = []
    for sides, ticks, head, height, log in zip(panels, y_ticks, heads, heights, logs, strict=True):
        box = Box(left, top + head, x_axis.length, height)
        y_axes = {
            side: Axis(*its.range, box.bottom, box.top, log=log) for side, its in sides.items()
        }
        has_image = len(scenes) == home
        scenes.append(Scene(top, box, x_axis, x_ticks, sides, y_axes, ticks, has_image))
        top = box.bottom + _BETWEEN
    return scenes, top - _BETWEEN + bottom


def _has_second_line(plot: Plot, x: Range) -> bool:
    if x_label_of(plot) or plot.is_time or sweep_of(plot) is not None:
        return True
    return not is_log(plot, "x") and offset_text(*x, "") != ""


def gutter_of(side: str, ticks: Sequence[Mapping[str, Ticks]]) -> float:
    """Return the pixels that the labels at a side need in all panels."""
    labels = [tick.label for panel in ticks if side in panel for tick in panel[side].list]
    return max([_NARROWEST[side], *(gutter_for(width_of(label)) for label in labels)])


def gutter_for(width: float) -> float:
    """Return the pixels that stand beside the plot area for a label so wide."""
    return math.ceil((width + _LABEL_MARGIN) / _GUTTER_STEP) * _GUTTER_STEP


def y_ticks_of(side: Side, height: float, *, log: bool) -> Ticks:
    """Return the ticks of a y-axis so high."""
    spacing = y_spacing(height)
    if log:
        return log_ticks(*side.range, height, lambda _label: max(20.0, 0.6 * spacing), side.unit)
    low, high = side.range
    if side.down is None:
        return linear_ticks(low, high, height, spacing, side.unit, counted=side.counted)
    ends = side.down - high, side.down - low
    ticks = linear_ticks(*ends, height, spacing, side.unit, counted=side.counted)
    turned = [tick._replace(position=side.down - tick.position) for tick in reversed(ticks.list)]
    return replace(ticks, list=turned)


def y_spacing(height: float) -> float:
    """Return the pixels between the labels of y: more where there is room."""
    return max(22.0, min(50.0, height / 7))


def _x_ticks(plot: Plot, axis: Axis) -> Ticks:
    unit = fitted(plot.options["x_unit"] or "", _LONGEST_UNIT)
    if (ticks := ticks_since(plot, axis.low, axis.high, axis.length, unit)) is not None:
        return ticks
    if plot.is_time:
        tz = plot.options["tz"]
        first = first_from(plot, axis.low)
        return time_ticks(axis.low, axis.high, axis.length, tz, origin=plot.origin, first=first)
    if axis.log:
        return log_ticks(axis.low, axis.high, axis.length, log_label_spacing, unit)
    return labelled_ticks(axis.low, axis.high, axis.length, unit, counted=counts_x(plot))
