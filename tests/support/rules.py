"""The rules that the snapshot shares with the page (static/), each as a function from what JSON can
carry to what JSON can carry.

tests/page/support/rules.js has the same functions in JavaScript. The golden tables
tests/shared/*.json hold examples for both, and tests/unit/snapshot/test_same_as_page.py asks both
the same.
"""

from __future__ import annotations

import base64
import json
import math
import os
import time
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from support.paths import SHARED
from zwsnb.axes.log_ticks import log_label_spacing, log_ticks
from zwsnb.axes.numbers import format_number, nice_step, offset_text, unit_for
from zwsnb.axes.readings import Beside, format_beside, format_said_beside
from zwsnb.axes.scales import (
    Axis,
    extent_of,
    position_of,
    positions_between,
    positions_of,
    range_around,
    widened,
    x_range_of,
    y_range_of,
)
from zwsnb.axes.text_width import fitted, width_of, wrapped
from zwsnb.axes.ticks import Ticks, labelled_ticks, linear_ticks, ticks_from
from zwsnb.axes.time_ticks import time_ticks
from zwsnb.history.pixel_grid import Grid, column_width
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.images.pyramid import lowered
from zwsnb.images.row_blocks import Strips
from zwsnb.kinds.arrays import Vertices
from zwsnb.painting import busy, candles, curves, dots
from zwsnb.painting.colormap import ColorLook, color_at
from zwsnb.painting.looks import color_of, dashes_of, short_names, shown_name
from zwsnb.painting.svg import Box
from zwsnb.painting.titles import MARGIN
from zwsnb.protocol.marks import Marks
from zwsnb.protocol.patch import CANDLES, COLUMNS, POINTS, XY
from zwsnb.saved.packing import unpack
from zwsnb.snapshot import frame, layout, render
from zwsnb.snapshot.annotations import arrow_to, beyond_text, mark_start, seen_regions
from zwsnb.snapshot.arrange import arrange
from zwsnb.snapshot.aspect import equalized
from zwsnb.snapshot.beside import size_rows
from zwsnb.snapshot.composition import (
    Line,
    band_ends,
    compose,
    is_log,
    look_of,
    panel_options,
)
from zwsnb.snapshot.crowd import in_crowd, ink_of
from zwsnb.snapshot.images import cells_at, color_ticks, columns_at, home_of
from zwsnb.view.m4 import m4_mask
from zwsnb.view.streams.image_stream import Colored, colors_of, reduced

KINDS: Final[Mapping[str, int]] = {
    "points": POINTS,
    "columns": COLUMNS,
    "xy": XY,
    "candles": CANDLES,
}

Pairs = Sequence[Sequence[float]]


def array(vertices: Pairs) -> Vertices:
    return np.array(vertices, dtype=np.float64).reshape(-1, 2)


def ticks_of(ticks: Ticks) -> list[list[float | str]]:
    return [[tick.position, tick.label] for tick in ticks.list]


def line_of(points: Pairs = (), **more: Any) -> Line:
    """A line as the page's tests have it."""
    plain = {
        "name": "a", "color": "#000000", "dashes": None, "opacity": 1.0, "style": "line",
        "dots": False, "width": None, "side": "left", "band": None, "kind": POINTS,
        "impossible": 0,
    }  # fmt: skip
    name = more.get("name", "a")
    return Line(points=array(points), **{"label": name, "short": name, **plain, **more})


def _number(value: float, largest: float, step: float, suffix: str) -> str:
    return format_number(value, unit_for(largest, step, suffix))


def _readings(
    value: float, low: float, high: float, suffix: str, log: bool, pixels: float
) -> list[str]:
    axis = Beside(low, high, suffix, log, pixels)
    return [format_beside(value, axis), format_said_beside(value, axis)]


def _log_ticks(
    low: float, high: float, pixels: float, spacing: float, suffix: str
) -> dict[str, Any]:
    spacing_of = (lambda _label: spacing) if spacing else log_label_spacing
    ticks = log_ticks(low, high, pixels, spacing_of, suffix)
    return {"list": ticks_of(ticks), "fine": list(ticks.fine)}


def set_zone(zone: str | None) -> None:
    """Set the time zone of this process; None: that of the machine."""
    os.environ.pop("TZ", None)
    if zone is not None:
        os.environ["TZ"] = zone
    time.tzset()


def _time_ticks(
    zone: str,
    low: float,
    high: float,
    pixels: float,
    tz: str | None = None,
    origin: int = 0,
    first: Sequence[float] | None = None,
) -> dict[str, Any]:
    """Return the ticks in the zone `tz`, which is another than `zone`, that of the process."""
    set_zone(zone)
    ticks = time_ticks(
        low, high, pixels, tz, origin=origin, first=(first[0], first[1]) if first else None
    )
    return {"list": ticks_of(ticks), "context": ticks.context}


def _positions(vertices: Pairs, log_x: bool, log_y: bool) -> list[Any]:
    found, impossible = positions_of(array(vertices), log_x=log_x, log_y=log_y)
    return [found.tolist(), impossible]


def _x_range(
    low: float,
    high: float,
    window: float | None,
    wanted: Sequence[float | None] | None,
    least: float,
    log: bool,
) -> list[float]:
    return list(x_range_of((low, high), window, wanted, least, log=log))


def _positions_between(low: float, high: float, least: float, log: bool) -> list[float]:
    return list(positions_between(low, high, least, log=log))


def _room_for_bars(low: float, high: float, series: Sequence[Sequence[float]]) -> list[float]:
    steps = [curves.narrowest_step(np.array(xs, dtype=np.float64)) for xs in series]
    return list(layout.room_for_bars(low, high, steps))


def _equalized(
    x: Sequence[float], ys: Sequence[Sequence[float]], sizes: Sequence[Sequence[float]]
) -> list[Any]:
    found, others = equalized(
        (x[0], x[1]), [(low, high) for low, high in ys], [(w, h) for w, h in sizes]
    )
    return [list(found), [list(y) for y in others]]


def _dots(marks: Pairs, said: Sequence[float | None] | None) -> list[list[float]]:
    """Return the number of the colour, and the radius, of each mark of a scatter that is alone."""
    values = array(marks)
    columns = [its[~np.isnan(its)] for its in values.T]
    ends = [(its.min(), its.max()) if len(its) else (math.nan, math.nan) for its in columns]
    (its,) = dots.dots_of([Marks(values, ends[0], ends[1], len(values))], said)
    colors = dots.color_numbers(values[:, 0], its.z)
    radii = dots.radii_of(values[:, 1], its.largest)
    return [list(pair) for pair in zip(colors.tolist(), radii.tolist(), strict=True)]


def _room_for_candles(low: float, high: float, series: Sequence[Pairs]) -> list[float]:
    return list(candles.room_for_candles(low, high, map(array, series)))


def _y_range(
    vertices: Pairs, x: Sequence[float], option: Any, style: str, log: bool
) -> list[float]:
    line = line_of(vertices, style=style)
    grounded = not log and line.is_grounded
    extent = extent_of(line.curves, (x[0], x[1]), grounded=grounded)
    return list(y_range_of(extent, option, log=log))


def _within(points: Pairs, low: float, high: float, kind: str) -> list[Any]:
    line = line_of(points, kind=KINDS[kind])
    found: list[Any] = render.seen(line.points, line, Axis(low, high, 0, 1)).tolist()
    return found


def _lonely(points: Pairs) -> list[int]:
    alone = curves.lonely(np.column_stack((np.arange(len(points)), array(points)[:, 1])))
    return [int(at) for at in alone[:, 0]]


def _moves(points: Pairs, x_scale: float, y_scale: float, style: str) -> int:
    assert style  # it changes how the page cuts a line, and not what is counted
    return curves.count_moves(array(points), x_scale, y_scale)


def _filled(points: Pairs, columns: int) -> list[Any]:
    found: list[Any] = busy.ink(array(points), columns).tolist()
    return found


def _crowd(groups: Sequence[tuple[int, Pairs, dict[str, Any]]]) -> list[int]:
    """Return how many of each group are in the crowd of a panel."""
    lines = [
        line_of(points, **{**more, "name": f"{at} {i}", "kind": KINDS[more.get("kind", "points")]})
        for at, (count, points, more) in enumerate(groups)
        for i in range(count)
    ]
    found = in_crowd(lines, Box(0, 0, 100, 100), lambda line: line.points)
    return [
        sum(line.in_crowd and line.name.startswith(f"{at} ") for line in found)
        for at in range(len(groups))
    ]


def _painted(
    points: Pairs,
    style: str,
    kind: str,
    dots: bool,
    x_ends: Sequence[float],
    width: float,
    y_ends: Sequence[float],
    height: float,
) -> dict[str, Any]:
    line = line_of(points, style=style, kind=KINDS[kind], dots=dots)
    x, y = Axis(x_ends[0], x_ends[1], 0, width), Axis(y_ends[0], y_ends[1], height, 0)
    has_dots = render.has_dots(line, x)
    alone = curves.lonely(render.seen(line.points, line, x))
    inside = [
        0 <= x.pixel_of(at) <= width and 0 <= y.pixel_of(level) <= height
        for at, level in alone.tolist()
    ]
    return {
        "width": render.best_width(line, x, y),
        "dots": has_dots and len(points) > 0,
        "lonely": 0 if has_dots else sum(inside),
    }


def _band(low: Pairs, high: Pairs, begin: float, end: float) -> list[Any]:
    outlines = curves.band_outlines(array(low), array(high), begin, end)
    return [[upper.tolist(), lower.tolist()] for upper, lower in outlines]


def _plot(options: Mapping[str, Any], names: Sequence[str] = ()) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    for name in names:
        plot.append(name, np.zeros(1), np.zeros(1))
    return plot


def _band_ends(series: Mapping[str, Any], present: Sequence[str]) -> list[str]:
    plot = _plot({"series": series}, present)
    return sorted(band_ends({name: look_of(plot, name) for name in plot.series}))


def _runs(series: Sequence[Sequence[Any]], options: Mapping[str, Any]) -> list[Any]:
    """The lines of runs, [published name, run, number, slot] each: what is shown in place of their
    names, colours, dashes and opacity.
    """
    plot = _plot({"series": options})
    for ident, (of, run, number, slot) in enumerate(series):
        made = Series(ident, str(ident), of=of, run=run, slot=slot)
        made.number = number
        plot.catalog.by_name[made.name] = made
    [lines] = compose(plot, None, 100)
    return [[line.short, line.color, line.dashes or "", line.opacity] for line in lines]


def _slots(slots: Sequence[int]) -> list[Any]:
    return [[color_of(slot), dashes_of(slot) or ""] for slot in slots]


def _short_names(names: Sequence[str], most: int) -> list[str]:
    return list(short_names(names, most).values())


def _log_axes(log: str | None, is_time: bool) -> list[bool]:
    plot = _plot({"log": log, "time": is_time})
    return [is_log(plot, axis) for axis in "xy"]


def _panel_look(said: Mapping[str, Any], index: int) -> dict[str, Any]:
    its = panel_options(_plot(said), index)

    def side(prefix: str) -> list[Any]:
        label, unit = (its[f"{prefix}_{word}"] or "" for word in ("label", "unit"))
        return [its[f"{prefix}_range"], label, unit]

    return {
        "left": side("y"), "right": side("y2"), "log": its["log"], "height": its["height"],
        "lines": [line["y"] for line in its["lines"]],
    }  # fmt: skip


def _sides(said: Mapping[str, Any], lines: Sequence[Sequence[str]], count: int) -> dict[str, Any]:
    plot = _plot(said)
    made = [line_of(name=name, color=color, side=side) for name, color, side in lines]
    panels = [made for _ in range(count)]
    sides = layout.sides_of(plot, panels, (0.0, 1.0))[-1]
    found: dict[str, Any] = {"x_label": layout.x_label_of(plot), "left": None, "right": None}
    for name, side in sides.items():
        found[name] = {
            "label": side.label,
            "unit": side.unit,
            "keys": [list(key) for key in side.keys],
            "named": side.named,
            "color": side.color,
        }
    return found


def _heads(
    left: Mapping[str, Any] | None, right: Mapping[str, Any] | None, width: float
) -> list[Any]:
    sides = (SimpleNamespace(offset="", **said) if said else None for said in (left, right))
    first, second = (frame.chunks_of(side) for side in sides)  # type: ignore[arg-type]
    left_width, right_width = frame.head_widths(first, second, width)
    chunks = [
        *frame.placed(first, MARGIN, left_width),
        *frame.placed(second, width - MARGIN - right_width, right_width),
    ]
    return sorted([list(chunk) for chunk in chunks if chunk[1] or chunk[2]], key=lambda c: c[0])


def _gutter(low: float, high: float, height: float, suffix: str, log: bool) -> float:
    side = frame.Side((low, high), suffix, "", None, (), named=True)
    ticks = layout.y_ticks_of(side, height, log=log)
    return layout.gutter_of("left", [{"left": ticks}])


def _annotations(
    notes: Mapping[str, Any],
    x_ends: Sequence[float],
    y_ends: Sequence[float],
    size: Sequence[float],
    log: bool,
) -> dict[str, Any]:
    x = Axis(x_ends[0], x_ends[1], 0, size[0], log=log)
    y = Axis(y_ends[0], y_ends[1], size[1], 0, log=log)
    box = Box(0, 0, *size)
    levels = [y.pixel_of_value(line["y"]) for line in notes["lines"]]
    return {
        "regions": [[its.left, its.width] for its, _ in seen_regions(box, x, notes["regions"])],
        "thresholds": [at for at in levels if not math.isnan(at)],
        "arrows": [arrow for line in notes["lines"] if (arrow := arrow_to(y, line["y"]))],
    }


def _m4(points: Pairs, width: float, log: bool) -> list[list[float]]:
    rows = array(points).T
    kept: list[list[float]] = rows[
        :, m4_mask(Grid(width, log).columns(rows[0]), rows[1])
    ].T.tolist()
    return kept


def _image_joined(
    x: Sequence[float], colors: Sequence[Sequence[int]], width: float, log: bool, factor: int
) -> list[Any]:
    """Return what a screen has of rows with these colours, 0 where they have no value."""
    cells = np.where(np.array(colors) > 0, np.array(colors, np.float32), np.nan)
    at, grid = np.array(x, float), Grid(width, log=log)
    strips = Strips(at, at, lowered(cells, factor))
    _, middles, highest = reduced(strips, grid, -math.inf)
    return [middles.tolist(), np.nan_to_num(highest).astype(int).tolist()]


def _unpacked(packed: str, lengths: Sequence[int]) -> list[list[float]]:
    return [column.tolist() for column in unpack(base64.b64decode(packed), lengths)]


RULES: Final[Mapping[str, Callable[..., Any]]] = {
    "nice_step": nice_step,
    "offset": offset_text,
    "number": _number,
    "readings": _readings,
    "beyond": beyond_text,
    "linear_ticks": lambda *args: ticks_of(linear_ticks(*args)),
    "counted_ticks": lambda low, high, pixels: [
        ticks_of(linear_ticks(low, high, pixels, 40, counted=True)),
        ticks_of(labelled_ticks(low, high, pixels, counted=True)),
    ],
    "labelled_ticks": lambda *args: ticks_of(labelled_ticks(*args)),
    "ticks_from": lambda low, high, zero, pixels, suffix: ticks_of(
        ticks_from(low, high, zero, "zero", pixels, suffix)
    ),
    "log_ticks": _log_ticks,
    "time_ticks": _time_ticks,
    "ellipsis": fitted,
    "wrapped": wrapped,
    "position": lambda value, log: position_of(value, log=log),
    "positions": _positions,
    "widened": lambda low, high, log: list(widened(low, high, log=log)),
    "x_range": _x_range,
    "positions_between": _positions_between,
    "room_for_bars": _room_for_bars,
    "y_range": _y_range,
    "equalized": _equalized,
    "candles": lambda pixels: [list(its) for its in candles.candles_in(array(pixels))],
    "room_for_candles": _room_for_candles,
    "dots": _dots,
    "size_rows": lambda *args: [list(row) for row in size_rows(*args)],
    "within": _within,
    "lonely": _lonely,
    "moves": _moves,
    "filled": _filled,
    "ink": lambda points, *seen: ink_of(array(points), *seen),
    "crowd": _crowd,
    "painted": _painted,
    "band": _band,
    "arrange": arrange,
    "band_ends": _band_ends,
    "runs": _runs,
    "slots": _slots,
    "shown_name": shown_name,
    "color_at": lambda part: list(color_at(part)),
    "image_columns": lambda x, values: columns_at(np.array(x), np.array(values)).tolist(),
    "image_cells": lambda y, bins, factor, values: cells_at(
        y, bins, factor, np.array(values)
    ).tolist(),
    "image_color": lambda value, low, high, log: colors_of(
        np.array([[value]], np.float32), Colored(low, high, log)
    ).tolist(),
    "image_joined": _image_joined,
    "range_around": lambda filled, extent, log: list(range_around(filled, extent, log=log)),
    "color_ticks": lambda low, high, log, height, unit: color_ticks(
        ColorLook((low, high), "", unit, log), height
    ),
    "image_home": lambda panels, name, count: home_of({"panels": panels}, name, count),
    "short_names": _short_names,
    "log_axes": _log_axes,
    "panel_look": _panel_look,
    "sides": _sides,
    "heads": _heads,
    "gutter": _gutter,
    "annotations": _annotations,
    "mark_start": mark_start,
    "m4": _m4,
    "column_width": column_width,
    "unpacked": _unpacked,
}


# -- what JSON can carry ---------------------------------------------------------------------------


def encode(value: Any) -> str:
    """Return a line of JSON; NaN and infinity, which it has not, are texts."""
    return json.dumps(_as_text(value), ensure_ascii=False)


def _as_text(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value).replace("inf", "Infinity").replace("nan", "NaN")
    if isinstance(value, Mapping):
        return {key: _as_text(its) for key, its in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(item) for item in value]
    return value


def decode(text: str) -> Any:
    """Return what a line of JSON holds."""
    return _as_number(json.loads(text))


def _as_number(value: Any) -> Any:
    if isinstance(value, str):
        return float(value) if value in ("NaN", "Infinity", "-Infinity") else value
    if isinstance(value, dict):
        return {key: _as_number(its) for key, its in value.items()}
    if isinstance(value, list):
        return [_as_number(item) for item in value]
    return value


def check_golden(rule: str) -> None:
    """Check a rule by its golden table."""
    cases = decode((SHARED / f"{rule}.json").read_text(encoding="utf-8"))["cases"]
    assert cases
    for args, expected in cases:
        found = decode(encode(RULES[rule](*args)))
        assert not difference(found, expected), (args, found)


def difference(found: Any, expected: Any, scale: float | None = None) -> str:
    """Return where two answers differ, or nothing.

    Texts are the same, and numbers too but for their last digits, of the largest number around.
    """
    scale = _largest_in(expected) if scale is None else scale
    if _is_number(found) and _is_number(expected):
        both_nan = math.isnan(found) and math.isnan(expected)
        is_close = found == expected or both_nan or abs(found - expected) <= 1e-12 * scale
        return "" if is_close else f"{found!r} is not {expected!r}"
    if isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            return f"{found!r} is not {expected!r}"
        pairs = zip(found, expected, strict=True)
        return next(filter(None, (difference(a, b, scale) for a, b in pairs)), "")
    if isinstance(found, dict) and isinstance(expected, dict) and found.keys() == expected.keys():
        keys = found.keys()
        return next(filter(None, (difference(found[k], expected[k], scale) for k in keys)), "")
    return "" if found == expected else f"{found!r} is not {expected!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _largest_in(value: Any) -> float:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return max(map(_largest_in, value), default=0.0)
    return abs(value) if _is_number(value) and math.isfinite(value) else 0.0


def text_widths(text: str) -> dict[str, float]:
    """Return how wide each of some characters is, in heights of the font."""
    return {character: width_of(character, 1) for character in text}
