"""What stands around the lines of a still picture: title and legend, grid, labels, and heads of
axes.  [no I/O]

The rules are those of the page: ``static/export/svg_document.js``, ``static/chart/panel_options.js``, ``static/axes/paint_axes.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zwsnb.snapshot.composition import Line
from zwsnb.snapshot.scales import Axis, Range
from zwsnb.snapshot.svg import QUIET, Box, fitted, level_lines, path, upright_lines, width_of, words
from zwsnb.snapshot.ticks import Ticks

MARGIN: Final = 14
"""Room beside titles and names."""

_INK, _GRID, _AXIS = "#1c2027", "#eceef1", "#aab0ba"
_TITLE_ROW, _NO_TITLE, _LEGEND_ROW = 28, 8, 18
_MOST_ROWS: Final = 12
_TITLE_SIZE, _NAME_SIZE = 13, 12
_SWATCH, _DASHED_SWATCH, _KEY = 12, 22, 10
_GAP, _WIDE_GAP = 6, 18
_LONGEST_NAME: Final = 200

_BESIDE, _LABEL_BELOW, _SECOND_LINE = 8, 15, 29
_HEAD_ABOVE, _HEAD_GAP = 10, 24


@dataclass(slots=True, frozen=True)
class Side:
    """A y-axis of a panel, at the left or at the right: what it shows, in which unit, and what
    stands above it.
    """

    range: Range
    unit: str
    label: str
    color: str
    keys: Sequence[Line]
    named: bool

    @property
    def has_head(self) -> bool:
        """True when anything stands above it."""
        return bool(self.label or self.keys)


@dataclass(slots=True, frozen=True)
class Scene:
    """A panel that is laid out: its plot area, and on it the axes with their ticks, those of y by
    their side.
    """

    box: Box
    x: Axis
    x_ticks: Ticks
    sides: Mapping[str, Side]
    y: Mapping[str, Axis]
    y_ticks: Mapping[str, Ticks]

    @property
    def main(self) -> str:
        """The side whose ticks have the grid: the left one, if it is there."""
        return next(iter(self.sides))


# -- above all -------------------------------------------------------------------------------------


def paint_head(title: str, lines: Sequence[Line], width: float) -> tuple[str, int]:
    """Return the title, below it the names of the lines in as many rows as they need, and the
    height of both.
    """
    top = _TITLE_ROW if title else _NO_TITLE
    shown = fitted(title, width - 2 * MARGIN, _TITLE_SIZE, bold=True)
    parts = [words(shown, MARGIN, 20, _INK, font_size=_TITLE_SIZE, font_weight=600)]
    row, x = 0, float(MARGIN)
    for count, line in enumerate(lines):
        need = _entry_width(line)
        if x > MARGIN and x + need > width - MARGIN:
            row, x = row + 1, float(MARGIN)
        baseline = top + row * _LEGEND_ROW + 12
        if row == _MOST_ROWS:
            more = f"and {len(lines) - count} more"
            parts.append(words(more, x, baseline, QUIET, font_size=_NAME_SIZE))
            break
        parts.append(_entry(line, x, baseline))
        x += need + _WIDE_GAP
    return "".join(parts), top + (row + 1) * _LEGEND_ROW if lines else top


def _entry(line: Line, x: float, baseline: float) -> str:
    swatch = path(
        f"M{x:.1f} {baseline - 4:g}h{_swatch_width(line)}",
        stroke=line.color,
        stroke_width=3,
        stroke_dasharray=line.dashes,
    )
    name, begin = _name_of(line), x + _swatch_width(line) + _GAP
    beside = begin + width_of(name, _NAME_SIZE) + _GAP
    tag = words(line.tag, beside, baseline, QUIET)
    return swatch + words(name, begin, baseline, _INK, font_size=_NAME_SIZE) + tag


def _entry_width(line: Line) -> float:
    tag = _GAP + width_of(line.tag) if line.tag else 0
    return _swatch_width(line) + _GAP + width_of(_name_of(line), _NAME_SIZE) + tag


def _swatch_width(line: Line) -> int:
    return _DASHED_SWATCH if line.dashes else _SWATCH


def _name_of(line: Line) -> str:
    return fitted(line.name, _LONGEST_NAME, _NAME_SIZE)


# -- axes ------------------------------------------------------------------------------------------


def paint_grid(scene: Scene) -> str:
    """Return the lines of the grid, upright and level, and the line on which x stands."""
    x, y, ticks = scene.x, scene.y[scene.main], scene.y_ticks[scene.main]

    def lines(upright: Iterable[float], level: Iterable[float]) -> str:
        return upright_lines(scene.box, map(x.at, upright)) + level_lines(
            scene.box, map(y.at, level)
        )

    main = lines((tick.place for tick in scene.x_ticks.list), (tick.place for tick in ticks.list))
    return (
        path(lines(scene.x_ticks.fine, ticks.fine), stroke=_GRID, stroke_opacity=0.5)
        + path(main, stroke=_GRID)
        + path(level_lines(scene.box, [scene.box.bottom]), stroke=_AXIS)
    )


def paint_y_labels(scene: Scene) -> str:
    """Return the labels of the axes at the left and at the right."""
    ends = {"left": (scene.box.left - _BESIDE, "end"), "right": (scene.box.right + _BESIDE, None)}
    return "".join(
        words(
            tick.label,
            ends[side][0],
            scene.y[side].at(tick.place) + 4,
            its.color,
            text_anchor=ends[side][1],
        )
        for side, its in scene.sides.items()
        for tick in scene.y_ticks[side].list
    )


def paint_below(scene: Scene, label: str, width: float) -> str:
    """Return the labels of x that are not cut, and below them the date and what x is, which share
    the room.
    """
    box, context = scene.box, scene.x_ticks.context
    labels = [
        words(tick.label, at, box.bottom + _LABEL_BELOW, QUIET, text_anchor="middle")
        for tick in scene.x_ticks.list
        if width_of(tick.label) / 2 <= min(at := scene.x.at(tick.place), width - at)
    ]
    shown = fitted(label, (box.width - _WIDE_GAP) / (2 if context else 1))
    y = box.bottom + _SECOND_LINE
    labels += [
        words(context, box.left, y, QUIET),
        words(shown, box.right, y, QUIET, text_anchor="end"),
    ]
    return "".join(labels)


def paint_axis_heads(scene: Scene, width: float) -> str:
    """Return what stands above the axes. Two heads share the width; one has it all."""
    whole = width - 2 * MARGIN
    left, right = (
        sum(_width_of(chunk) + _GAP for chunk in _chunks(scene.sides.get(side)))
        for side in ("left", "right")
    )
    gap = _HEAD_GAP if left and right else 0
    right = min(right, max(whole / 2, whole - left) - gap if left else whole)
    baseline = scene.box.top - _HEAD_ABOVE
    return _axis_head(scene.sides.get("left"), MARGIN, whole - right - gap, baseline) + _axis_head(
        scene.sides.get("right"), width - MARGIN - right, right, baseline
    )


def _chunks(side: Side | None) -> list[tuple[str, str]]:
    """Return what stands above an axis: texts, and swatches, which have a colour and no text."""
    if side is None:
        return []
    keys = [(text, color) for key in side.keys for text, color in (("", key.color), (key.name, ""))]
    chunks = [chunk for chunk in keys if side.named or not chunk[0]]
    return [*chunks, (side.label, "")] if side.label else chunks


def _width_of(chunk: tuple[str, str]) -> float:
    return width_of(chunk[0]) if chunk[0] else _KEY


def _axis_head(side: Side | None, x: float, room: float, baseline: float) -> str:
    """Return as much of a head as there is room for."""
    parts, end = [], x + room
    for text, color in _chunks(side):
        shown = fitted(text, end - x)
        parts.append(words(shown, x, baseline, QUIET))
        if not text and x + _KEY <= end:
            parts.append(path(f"M{x:.1f} {baseline - 4:g}h{_KEY}", stroke=color, stroke_width=3))
        if shown != text:
            break
        x += _width_of((text, color)) + _GAP
    return "".join(parts)
