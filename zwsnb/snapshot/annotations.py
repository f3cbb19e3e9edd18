"""The annotations of a snapshot: thresholds across it, shaded regions of x, and marks at single x.

Text stands where it touches no other, and where no line crosses it, if there is such a place.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final, NotRequired, TypeAlias, TypedDict

from zwsnb.axes.numbers import format_said
from zwsnb.axes.scales import Axis, position_of
from zwsnb.axes.text_width import fitted, width_of
from zwsnb.painting.svg import (
    GROUND,
    HALO,
    HALO_ALPHA,
    QUIET,
    Box,
    haloed,
    level_lines,
    path,
    rect,
    text_at,
    upright_lines,
)
from zwsnb.snapshot.frame import Scene

_VEIL: Final = 0.25
"""The opacity of a region over an image."""

_SHADE, _NOTE = "#f1f3f7", "#a86f00"
_DASHES: Final = "4 3"
UP, DOWN = "↑", "↓"
_ASCENT, _DESCENT, _INSET, _BESIDE = 9, 3, 3, 4
_ROW, _ROWS = 14, 4
_LONGEST: Final = 220
_SAME: Final = 1e-6
"""Pixels, between what is computed and what it should be."""

_MOST_TEXTS: Final = 100
"""More of them nobody reads."""


class Threshold(TypedDict):
    """A line across a panel, at a y of an axis, of that with the grid where none is said."""

    y: float
    text: str
    axis: NotRequired[str]


Region = TypedDict("Region", {"from": float, "to": float, "text": str})
Mark: TypeAlias = tuple[float, str]
"""Its x, and its text."""


def paint_regions(scene: Scene, regions: Iterable[Region]) -> str:
    """Return the regions, which lie under the grid; over an image, so that it is seen."""
    opacity = _VEIL if scene.has_image else None
    seen = seen_regions(scene.box, scene.x, regions)
    return "".join(rect(box, fill=_SHADE, fill_opacity=opacity) for box, _ in seen)


def paint_annotations(
    scene: Scene,
    thresholds: Iterable[Threshold],
    regions: Iterable[Region],
    marks: Iterable[Mark],
    *,
    with_text: bool,
) -> str:
    """Return thresholds and marks, over the grid and under the lines, and the text beside them.

    What is written at an x stands in one panel only, the one `with_text`.
    """
    box, x = scene.box, scene.x
    sides = [
        (scene.y.get(its.get("axis", scene.main)), its["y"], its["text"]) for its in thresholds
    ]
    placed = [(axis, y, text) for axis, y, text in sides if axis is not None]
    levels = [
        (at, text) for axis, y, text in placed if not math.isnan(at := axis.pixel_of_value(y))
    ]
    poles = _poles_of(x, marks)
    heights = [at for at, _ in levels]
    texts = _Texts(box, poles, heights)
    lines = [
        _dashed(level_lines(box, heights), _NOTE, scene),
        _dashed(upright_lines(box, poles), QUIET, scene),
    ]
    parts = []
    if with_text:
        parts += [_region_text(texts, its, text) for its, text in seen_regions(box, x, regions)]
        parts += [part for at, said in poles.items() for part in _mark_texts(texts, at, said)]
    parts += [_beyond_text(texts, text) for text in _beyond(scene, thresholds)]
    parts += [_threshold_text(texts, at, text) for at, text in levels]
    words = "".join(parts)
    return "".join((*lines, haloed(words) if scene.has_image else words))


def _poles_of(x: Axis, marks: Iterable[Mark]) -> dict[int, list[str]]:
    """Return the pixels of marks, and what they say there: of thousands at one the newest texts."""
    poles: dict[int, dict[str, None]] = {}
    for at, text in ((x.pixel_of_value(x_), text) for x_, text in marks):
        if math.isnan(at):
            continue
        said = poles.setdefault(round(at), {})
        said.pop(text, None)
        said[text] = None
        if len(said) > _ROWS:
            del said[next(iter(said))]
    return {at: [text for text in said if text] for at, said in poles.items()}


def _dashed(data: str, color: str, scene: Scene) -> str:
    """Return lines, over their halo where there is an image."""
    halo = path(data, stroke=GROUND, stroke_width=1 + 2 * HALO, stroke_opacity=HALO_ALPHA)
    line = path(data, stroke=color, stroke_dasharray=_DASHES)
    return halo + line if scene.has_image else line


def _beyond(scene: Scene, thresholds: Iterable[Threshold]) -> Iterator[str]:
    """Yield what is said of each threshold that is not seen."""
    for its in thresholds:
        side = its.get("axis", scene.main)
        if (axis := scene.y.get(side)) is not None and (arrow := arrow_to(axis, its["y"])):
            yield beyond_text(arrow, its["text"], its["y"], scene.sides[side].unit)


def beyond_text(arrow: str, text: str, y: float, suffix: str) -> str:
    """Return what is said of a threshold that is not seen: its text, or else its number."""
    return f"{arrow} {text or format_said(y, suffix)}"


def arrow_to(axis: Axis, value: float) -> str:
    """Return an arrow to a value that an axis of y does not show; nothing where it does.

    What has no logarithm is below all that has one.
    """
    if not math.isnan(axis.pixel_of_value(value)):
        return ""
    return UP if position_of(value, log=axis.log) > axis.low else DOWN


def mark_start(at: float, width: float, end: float) -> float:
    """Return where the text of a mark begins: right of its line, or where that is too near to the
    end of the room, left of it.
    """
    return at + _BESIDE if at + _BESIDE + width <= end else at - _BESIDE - width


def seen_regions(box: Box, axis: Axis, regions: Iterable[Region]) -> Iterator[tuple[Box, str]]:
    """Yield what is seen of regions, and their texts."""
    for region in regions:
        begin, end = (
            axis.pixel_of(position_of(value, log=axis.log))
            for value in (region["from"], region["to"])
        )
        # What has no logarithm is left of all that has one.
        left = box.left if math.isnan(begin) else max(box.left, begin)
        right = box.left if math.isnan(end) else min(box.right, end)
        if left < right:
            yield Box(left, box.top, right - left, box.height), region["text"]


class _Texts:
    """The texts on a plot area, each at the best of its spots among the upright and level lines."""

    def __init__(self, box: Box, upright: Iterable[float], level: Iterable[float]) -> None:
        self.box = box
        self.rows = [box.top + _INSET + _ASCENT + row * _ROW for row in range(_ROWS)]
        """Base lines below the upper edge."""
        self.right = box.right - _BESIDE
        """Where the texts at the right edge end."""
        self._upright, self._level = sorted(upright), sorted(level)
        self._taken: list[Box] = []

    def write(self, text: str, fill: str, spots: Iterable[tuple[float, float]]) -> str:
        """Return a text at the best of `spots`, left ends of base lines; nothing where none is
        free.
        """
        if not text or len(self._taken) == _MOST_TEXTS:
            return ""
        width = width_of(text)
        boxes = (Box(x, y - _ASCENT, width, _ASCENT + _DESCENT) for x, y in spots)
        free = [box for box in boxes if self._is_free(box)]
        if not free:
            return ""
        best = min(free, key=self._is_crossed)
        self._taken.append(best)
        base_line = best.top + _ASCENT
        # In a narrower font it still ends at the edge.
        if abs(self.right - best.right) < _SAME:
            return text_at(text, self.right, base_line, fill, text_anchor="end")
        return text_at(text, best.left, base_line, fill)

    def _is_free(self, box: Box) -> bool:
        return box.is_within(self.box) and not any(map(box.touches, self._taken))

    def _is_crossed(self, box: Box) -> bool:
        return _any_between(self._upright, box.left, box.right) or _any_between(
            self._level, box.top, box.bottom
        )


def _any_between(ordered: Sequence[float], low: float, high: float) -> bool:
    return bisect(ordered, low) < bisect(ordered, high)


def _region_text(texts: _Texts, box: Box, text: str) -> str:
    x = box.left + 2 * _BESIDE
    return texts.write(fitted(text, box.right - _BESIDE - x), QUIET, product((x,), texts.rows))


def _mark_texts(texts: _Texts, at: float, said: Iterable[str]) -> Iterator[str]:
    """Yield the texts of a mark, one below the other, as long as there is room."""
    for text in said:
        if not (part := _mark_text(texts, at, text)):
            return
        yield part


def _mark_text(texts: _Texts, at: float, text: str) -> str:
    shown = fitted(text, _LONGEST)
    width = width_of(shown)
    ends = (mark_start(at, width, texts.box.right), at - _BESIDE - width)
    return texts.write(shown, QUIET, product(ends, texts.rows))


def _beyond_text(texts: _Texts, text: str) -> str:
    """Write of a threshold that is not seen at the edge that is nearer to it, at the right."""
    shown = fitted(text, texts.box.width / 2)
    x = texts.right - width_of(shown)
    down = texts.box.top + texts.box.bottom
    rows = texts.rows if text[0] == UP else [down - row + _ASCENT - _DESCENT for row in texts.rows]
    return texts.write(shown, _NOTE, product((x,), rows))


def _threshold_text(texts: _Texts, at: float, text: str) -> str:
    """Write at the right end of a threshold, above it or below it, else at its left end."""
    shown = fitted(text, texts.box.width / 2)
    ends = (texts.right - width_of(shown), texts.box.left + _BESIDE)
    return texts.write(shown, _NOTE, product(ends, (at - _DESCENT - 1, at + _ASCENT + 2)))
