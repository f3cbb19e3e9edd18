"""What stands around the lines of a snapshot: legend, grid, labels, and heads of axes.

The rules are those of the page: ``static/export/svg_document.js`` and
``static/axes/paint_axes.js``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from zwsnb.axes.readings import Beside
from zwsnb.axes.scales import Axis, Range
from zwsnb.axes.text_width import FONT_SIZE, fitted, width_of
from zwsnb.axes.ticks import Measure, Ticks
from zwsnb.painting.svg import (
    AXIS,
    GRID,
    INK,
    QUIET,
    Box,
    level_lines,
    path,
    text_at,
    text_beside,
    upright_lines,
)
from zwsnb.painting.titles import MARGIN
from zwsnb.snapshot.composition import Line

_LEGEND_ROW, _MOST_ROWS, _NAME_SIZE = 18, 12, 12
_SWATCH, _DASHED_SWATCH = 12, 22
_GAP, _WIDE_GAP = 6, 18
_LONGEST_NAME: Final = 280

_BESIDE, _LABEL_BELOW, _SECOND_LINE = 8, 15, 29
_ASIDE: Final = 14
"""Pixels by which a label of x may stand beside its tick, to be whole."""

_KEY, _KEY_GAP, _CHUNK_GAP = 10, 6, 5
_HEAD_ABOVE, _HEAD_GAP = 14, 24

_PIXELS: Final = 250
"""Of the height of a panel: a value beside it has the digits that one deserves."""

_POWERS: Final = range(-323, 308)
"""The powers of ten that doubles hold; axes reach beyond them."""


@dataclass(slots=True, frozen=True)
class Side:
    """A y-axis of a panel, at the left or at the right: what it shows, in which unit, and what
    stands above it.

    ``color`` is that of its labels, None where it is that of all text. ``keys`` are names and
    colours of its lines, which stand above it, ``named`` or only as swatches. ``offset`` is what
    its labels leave out. It has ``counted`` cells of an image, in whole numbers; ``down``: each of
    its values is said as how far it is below that one.
    """

    range: Range
    unit: str
    label: str
    color: str | None
    keys: Sequence[tuple[str, str]]
    named: bool
    offset: str = ""
    counted: bool = False
    down: float | None = None

    def beside(self, *, log: bool) -> Beside:
        """Return how numbers are read beside it."""
        low, high = self.range
        if log:
            low, high = (10.0 ** max(_POWERS.start, min(end, _POWERS.stop)) for end in self.range)
        return Beside(low, high, self.unit, log, _PIXELS)

    @property
    def has_head(self) -> bool:
        """True when anything stands above it."""
        return bool(self.label or self.keys or self.offset)


@dataclass(slots=True, frozen=True)
class Scene:
    """A panel that is laid out: its plot area, and on it the axes with their ticks, those of y by
    their side. ``top`` is where its legend begins.
    """

    top: float
    box: Box
    x: Axis
    x_ticks: Ticks
    sides: Mapping[str, Side]
    y: Mapping[str, Axis]
    y_ticks: Mapping[str, Ticks]
    has_image: bool = False

    @property
    def main(self) -> str:
        """The side whose ticks have the grid: the left one, if it is there."""
        return next(iter(self.sides))


# -- above all -------------------------------------------------------------------------------------


def legend_height(lines: Sequence[Line], width: float) -> int:
    """Return the height of the names of the lines, in as many rows as they need."""
    return _legend(lines, 0, width)[1]


def paint_legend(lines: Sequence[Line], top: float, width: float) -> str:
    """Return the names of the lines."""
    return _legend(lines, top, width)[0]


def _legend(lines: Sequence[Line], top: float, width: float) -> tuple[str, int]:
    parts: list[str] = []
    row, x = 0, float(MARGIN)
    for count, line in enumerate(lines):
        need = _entry_width(line)
        if x > MARGIN and x + need > width - MARGIN:
            row, x = row + 1, float(MARGIN)
        baseline = top + row * _LEGEND_ROW + 12
        if row == _MOST_ROWS:
            more = f"and {len(lines) - count} more"
            parts.append(text_at(more, x, baseline, QUIET, font_size=_NAME_SIZE))
            break
        parts.append(_entry(line, x, baseline))
        x += need + _WIDE_GAP
    return "".join(parts), (row + 1) * _LEGEND_ROW if lines else 0


def _entry(line: Line, x: float, baseline: float) -> str:
    swatch = path(
        f"M{x:.1f} {baseline - 4:g}h{_swatch_width(line)}",
        stroke=line.color,
        stroke_width=3,
        stroke_dasharray=line.dashes,
        stroke_opacity=opacity_of(line),
    )
    name, begin = _name_of(line), x + _swatch_width(line) + _GAP
    beside = "".join(text_beside(text, _GAP, QUIET, font_size=FONT_SIZE) for text in _beside(line))
    return swatch + text_at(name, begin, baseline, INK, beside, font_size=_NAME_SIZE)


def _entry_width(line: Line) -> float:
    beside = sum(_GAP + width_of(text) for text in _beside(line))
    return _swatch_width(line) + _GAP + width_of(_name_of(line), _NAME_SIZE) + beside


def _beside(line: Line) -> list[str]:
    """Return what stands beside its name: its value, and more about it."""
    return [text for text in (line.value, line.tag) if text]


def _swatch_width(line: Line) -> int:
    return _DASHED_SWATCH if line.dashes else _SWATCH


def _name_of(line: Line) -> str:
    return fitted(line.short, _LONGEST_NAME, _NAME_SIZE)


def opacity_of(line: Line) -> float | None:
    """Return the opacity of a line; None where nothing is seen through it."""
    return line.opacity if line.opacity < 1 else None


# -- axes ------------------------------------------------------------------------------------------


def paint_grid(scene: Scene, *, is_bare: bool = False) -> str:
    """Return the lines of the grid, upright and level, and the line on which x stands; of a bare
    panel only that.
    """
    ground = path(level_lines(scene.box, [scene.box.bottom]), stroke=AXIS)
    if is_bare:
        return ground
    x, y, ticks = scene.x, scene.y[scene.main], scene.y_ticks[scene.main]

    def lines(upright: Iterable[float], level: Iterable[float]) -> str:
        return upright_lines(scene.box, map(x.pixel_of, upright)) + level_lines(
            scene.box, map(y.pixel_of, level)
        )

    main = lines(
        (tick.position for tick in scene.x_ticks.list), (tick.position for tick in ticks.list)
    )
    return (
        path(lines(scene.x_ticks.fine, ticks.fine), stroke=GRID, stroke_opacity=0.5)
        + path(main, stroke=GRID)
        + ground
    )


def paint_y_labels(scene: Scene) -> str:
    """Return the labels of the axes at the left and at the right."""
    ends = {"left": (scene.box.left - _BESIDE, "end"), "right": (scene.box.right + _BESIDE, None)}
    return "".join(
        text_at(
            tick.label,
            ends[side][0],
            scene.y[side].pixel_of(tick.position) + 4,
            its.color or QUIET,
            text_anchor=ends[side][1],
        )
        for side, its in scene.sides.items()
        for tick in scene.y_ticks[side].list
    )


def paint_below(scene: Scene, label: str, width: float) -> str:
    """Return the labels of x, those at the ends aside where they would be cut, and below them the
    date and what x is, which share the width.
    """
    box, context = scene.box, scene.x_ticks.context
    labels = [
        text_at(tick.label, at, box.bottom + _LABEL_BELOW, QUIET, text_anchor="middle")
        for tick in scene.x_ticks.list
        if (at := _whole_at(scene.x.pixel_of(tick.position), tick.label, width)) is not None
    ]
    shown = fitted(label, (box.width - _WIDE_GAP) / (2 if context else 1))
    y = box.bottom + _SECOND_LINE
    labels += [
        text_at(context, box.left, y, QUIET),
        text_at(shown, box.right, y, QUIET, text_anchor="end"),
    ]
    return "".join(labels)


def _whole_at(at: float, label: str, width: float) -> float | None:
    """Return where a label is not cut; None where that is far from its tick."""
    half = math.ceil(width_of(label) / 2)
    whole = max(half, min(at, width - half))
    return whole if abs(whole - at) <= _ASIDE else None


# -- heads of axes ---------------------------------------------------------------------------------


class Chunk(NamedTuple):
    """A text of a head, or a swatch, which has a colour and no text, and the pixels that it
    takes.
    """

    text: str
    color: str
    width: float


def chunks_of(side: Side | None, measure: Measure = width_of) -> list[Chunk]:
    """Return what stands above an axis."""
    if side is None:
        return []
    chunks: list[Chunk] = []
    if side.offset:
        chunks.append(Chunk(side.offset, "", measure(side.offset) + _KEY_GAP))
    for name, color in side.keys:
        chunks.append(Chunk("", color, _KEY))
        if side.named:
            chunks.append(Chunk(name, "", measure(name) + _KEY_GAP))
    if side.label:
        chunks.append(Chunk(side.label, "", measure(side.label) + _CHUNK_GAP))
    return chunks


def head_widths(left: Sequence[Chunk], right: Sequence[Chunk], width: float) -> tuple[float, float]:
    """Return the pixels of both heads. Two share the `width` of the picture; one has it all."""
    whole = width - 2 * MARGIN
    if not right:
        return whole, 0
    free = max(whole / 2, whole - _width_of(left)) - _HEAD_GAP if left else whole
    right_width = min(_width_of(right), free)
    return whole - right_width - _HEAD_GAP, right_width


def _width_of(chunks: Sequence[Chunk]) -> float:
    return sum(chunk.width + _CHUNK_GAP for chunk in chunks) - _CHUNK_GAP


def paint_axis_heads(scene: Scene, width: float) -> str:
    """Return what stands above the axes."""
    left, right = (chunks_of(scene.sides.get(side)) for side in ("left", "right"))
    left_width, right_width = head_widths(left, right, width)
    baseline = scene.box.top - _HEAD_ABOVE
    return "".join(
        _paint_chunk(text, color, x, baseline)
        for x, text, color in (
            *placed(left, MARGIN, left_width),
            *placed(right, width - MARGIN - right_width, right_width),
        )
    )


def placed(chunks: Sequence[Chunk], x: float, pixels: float) -> Iterator[tuple[float, str, str]]:
    """Yield the x, the text and the colour of as much of a head as fits; what is cut shows it."""
    end = x + pixels
    for text, color, width in chunks:
        if end - x < width:
            yield x, fitted(text, end - x), ""
            return
        yield x, text, color
        x += width + _CHUNK_GAP


def _paint_chunk(text: str, color: str, x: float, baseline: float) -> str:
    if color:
        return path(f"M{x:.1f} {baseline - 3.5:g}h{_KEY}", stroke=color, stroke_width=3)
    return text_at(text, x, baseline, QUIET)
