"""What people have written on a plot, in its still picture: thresholds across it, shaded stretches
of x, and marks at single x.  [no I/O]

Words stand where they touch no others, and where no line crosses them, if there is such a place.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

from zwsnb.snapshot.frame import Scene
from zwsnb.snapshot.scales import place_of
from zwsnb.snapshot.svg import (
    QUIET,
    Box,
    fitted,
    level_lines,
    path,
    rect,
    upright_lines,
    width_of,
    words,
)

_SHADE, _NOTE = "#f1f3f7", "#a86f00"
_DASHES: Final = "4 3"
_ASCENT, _DESCENT, _INSET, _BESIDE = 9, 3, 3, 4
_ROW, _ROWS = 14, 4
_LONGEST: Final = 220
_MOST_WORDS: Final = 100
"""More of them nobody reads."""


def paint_regions(scene: Scene, regions: Iterable[Mapping[str, Any]]) -> str:
    """Return the regions, which lie under the grid."""
    return "".join(rect(box, fill=_SHADE) for box, _ in _seen_regions(scene, regions))


def paint_notes(
    scene: Scene, options: Mapping[str, Any], marks: Iterable[tuple[float, str]], *, worded: bool
) -> str:
    """Return thresholds and marks, over the grid and under the lines, and what is written beside
    them.

    What is written at an x stands in one panel only, where it is `worded`.
    """
    box, x, y = scene.box, scene.x, scene.y[scene.main]
    levels = [
        (at, its["text"]) for its in options["lines"] if not math.isnan(at := y.at_value(its["y"]))
    ]
    # Of thousands of marks at one pixel the newest one is seen.
    poles = {round(at): text for x_, text in marks if not math.isnan(at := x.at_value(x_))}
    sheet = _Sheet(box, poles, [at for at, _ in levels])
    parts = [
        path(level_lines(box, [at for at, _ in levels]), stroke=_NOTE, stroke_dasharray=_DASHES),
        path(upright_lines(box, poles), stroke=QUIET, stroke_dasharray=_DASHES),
    ]
    if worded:
        parts += [
            _region_words(sheet, its, text)
            for its, text in _seen_regions(scene, options["regions"])
        ]
        parts += [_mark_words(sheet, at, text) for at, text in poles.items()]
    parts += [_level_words(sheet, at, text) for at, text in levels]
    return "".join(parts)


def _seen_regions(scene: Scene, regions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Box, str]]:
    box, axis = scene.box, scene.x
    for region in regions:
        begin, end = (float(axis.at(place_of(region[key], log=axis.log))) for key in ("from", "to"))
        # What has no logarithm is left of all that has one.
        left = box.left if math.isnan(begin) else max(box.left, begin)
        right = box.left if math.isnan(end) else min(box.right, end)
        if left < right:
            yield Box(left, box.top, right - left, box.height), region["text"]


class _Sheet:
    """A plot area with its upright and level lines, on which words find room."""

    def __init__(self, box: Box, upright: Iterable[float], level: Iterable[float]) -> None:
        self.box = box
        self.rows = [box.top + _INSET + _ASCENT + row * _ROW for row in range(_ROWS)]
        """Base lines below the upper edge."""
        self._upright, self._level = sorted(upright), sorted(level)
        self._taken: list[Box] = []

    def write(self, text: str, fill: str, spots: Iterable[tuple[float, float]]) -> str:
        """Return a text at the best of `spots`, left ends of base lines; nothing where there is no
        room.
        """
        if not text or len(self._taken) == _MOST_WORDS:
            return ""
        width = width_of(text)
        places = (Box(x, y - _ASCENT, width, _ASCENT + _DESCENT) for x, y in spots)
        free = [place for place in places if self._is_free(place)]
        if not free:
            return ""
        best = min(free, key=self._is_crossed)
        self._taken.append(best)
        return words(text, best.left, best.top + _ASCENT, fill)

    def _is_free(self, place: Box) -> bool:
        return place.is_within(self.box) and not any(map(place.touches, self._taken))

    def _is_crossed(self, place: Box) -> bool:
        return _any_between(self._upright, place.left, place.right) or _any_between(
            self._level, place.top, place.bottom
        )


def _any_between(ordered: Sequence[float], low: float, high: float) -> bool:
    return bisect(ordered, low) < bisect(ordered, high)


def _region_words(sheet: _Sheet, box: Box, text: str) -> str:
    x = box.left + 2 * _BESIDE
    return sheet.write(fitted(text, box.right - _BESIDE - x), QUIET, product((x,), sheet.rows))


def _mark_words(sheet: _Sheet, at: float, text: str) -> str:
    shown = fitted(text, _LONGEST)
    ends = (at + _BESIDE, at - _BESIDE - width_of(shown))
    return sheet.write(shown, QUIET, product(ends, sheet.rows))


def _level_words(sheet: _Sheet, at: float, text: str) -> str:
    """Write at the right end of a threshold, above it or below it, else at its left end."""
    shown = fitted(text, sheet.box.width / 2)
    ends = (sheet.box.right - _BESIDE - width_of(shown), sheet.box.left + _BESIDE)
    return sheet.write(shown, _NOTE, product(ends, (at - _DESCENT - 1, at + _ASCENT + 2)))
