"""The pieces of a still picture as SVG: lines, steps, dots, bars, areas, bands, and words.  [no
I/O]

Everything is a path, a rectangle or a text, in pixels; y goes down. What the curves look like is
the rule of the page: ``static/chart/chart.js`` and ``static/chart/band.js``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.float64]
    """Vertices, shape (n, 2), in order of time; y is NaN in a gap."""

QUIET: Final = "#5f6672"
"""The colour of most words."""

FONT_SIZE: Final = 11

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FEWEST: Final = 3
_BOLD: Final = 1.13
_NARROW: Final = frozenset(" !'(),-./:;IJ[\\]fijlt|\u202f")
_BROAD: Final = frozenset("#%+<=>@MW^mw~…\u2212≤")


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def is_within(self, other: Box) -> bool:
        """Return whether no part of it is outside another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def touches(self, other: Box) -> bool:
        """Return whether both have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


# -- words -----------------------------------------------------------------------------------------


def width_of(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """Return how wide a text is in the broadest font that a reader may have: what is drawn is no
    broader.
    """
    return sum(map(_broadness, text)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _broadness(character: str) -> float:
    if character in _NARROW:
        return 0.41
    if character in _BROAD:
        return 1.0
    if unicodedata.category(character).startswith("M"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.4 if character > "\uffff" else 1.05
    broad, usual = (0.8, 0.65) if character.isascii() else (1.1, 0.9)
    return broad if character.isupper() else usual


def fitted(text: str, room: float, size: float = FONT_SIZE, *, bold: bool = False) -> str:
    """Return as much of a text as there is room for; nothing where that would say nothing."""
    if width_of(text, size, bold=bold) <= room:
        return text
    room -= width_of("…", size, bold=bold)
    kept = 0
    for character in text:
        room -= width_of(character, size, bold=bold)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…" if kept >= min(_FEWEST, len(text)) else ""


def words(text: str, x: float, y: float, fill: str, **more: Any) -> str:
    """Return a text that begins at x, on the base line y; nothing for an empty one."""
    return f"<text{_attributes(x=x, y=y, fill=fill, **more)}>{_markup(text)}</text>" if text else ""


def _markup(text: str) -> str:
    """Return text as XML can have it."""
    return escape(_NO_XML.sub("\ufffd", text))


# -- shapes ----------------------------------------------------------------------------------------


def path(data: str, **attributes: Any) -> str:
    """Return a path; nothing where there is nothing to draw."""
    return f'<path d="{data}"{_attributes(**attributes)}/>' if data else ""


def rect(box: Box, **attributes: Any) -> str:
    """Return a rectangle."""
    return f"<rect{_attributes(x=box.left, y=box.top, width=box.width, height=box.height, **attributes)}/>"


def clip(box: Box) -> tuple[str, str]:
    """Return what is drawn of a picture inside a box, and the words that refer to it.

    Many pictures may stand in one document: those who have a name in common have the same box.
    """
    name = "zwsnb-" + "-".join(map(_number, box))
    return f'<clipPath id="{name}">{rect(box)}</clipPath>', f"url(#{name})"


def _attributes(**attributes: Any) -> str:
    """Return those that are said: ``stroke_width=2`` is ``stroke-width="2"``."""
    return "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )


def upright_lines(box: Box, at: Iterable[float]) -> str:
    """Return lines from the top of a box to its bottom."""
    return "".join(f"M{_short(x)} {_short(box.top)}V{_short(box.bottom)}" for x in at)


def level_lines(box: Box, at: Iterable[float]) -> str:
    """Return lines from its left to its right."""
    return "".join(f"M{_short(box.left)} {_short(y)}H{_short(box.right)}" for y in at)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# -- curves ----------------------------------------------------------------------------------------


def stretches(pixels: Pixels) -> list[Pixels]:
    """Return the parts of a curve between its gaps."""
    there = ~np.isnan(pixels[:, 1])
    edges = np.flatnonzero(np.diff(there, prepend=False, append=False))
    return [pixels[begin:end] for begin, end in edges.reshape(-1, 2)]


def line_path(pixels: Pixels) -> str:
    """Return a line through the vertices; a point alone has none."""
    return "".join("M" + "L".join(_points(part)) for part in stretches(pixels) if len(part) > 1)


def step_path(pixels: Pixels) -> str:
    """Return a line that goes on at its height until the next vertex."""
    return "".join(
        "M"
        + _points(part[:1])[0]
        + "".join(f"H{_short(x)}V{_short(y)}" for x, y in part[1:].tolist())
        for part in stretches(pixels)
        if len(part) > 1
    )


def area_path(pixels: Pixels, ground: float) -> str:
    """Return what lies between the vertices and the ground."""
    return "".join(
        f"M{_short(part[0, 0])} {_short(ground)}L{'L'.join(_points(part))}V{_short(ground)}Z"
        for part in stretches(pixels)
        if len(part) > 1
    )


def dots_path(pixels: Pixels) -> str:
    """Return a line of no length at each vertex, which is a dot when its ends are round."""
    there = pixels[~np.isnan(pixels[:, 1])]
    return "".join(f"M{point}h0" for point in dict.fromkeys(_points(there)))


def bars_path(pixels: Pixels, width: float, ground: float) -> str:
    """Return bars of a width about the vertices, on the ground."""
    there = pixels[~np.isnan(pixels[:, 1])]
    across = _short(width)
    return "".join(
        f"M{_short(x - width / 2)} {_short(ground)}V{_short(y)}h{across}V{_short(ground)}Z"
        for x, y in there.tolist()
    )


def band_path(low: Pixels, high: Pixels, seen: tuple[float, float]) -> str:
    """Return the area between two curves, where both are, between two x."""
    return "".join(
        "M" + "L".join(_points(np.concatenate((upper, lower[::-1])))) + "Z"
        for upper, lower in _outlines(stretches(low), stretches(high), seen)
    )


def _outlines(
    low: Sequence[Pixels], high: Sequence[Pixels], seen: tuple[float, float]
) -> Iterator[tuple[Pixels, Pixels]]:
    i = j = 0
    while i < len(low) and j < len(high):
        (first, last), (begin, end) = low[i][[0, -1], 0], high[j][[0, -1], 0]
        left, right = max(first, begin, seen[0]), min(last, end, seen[1])
        if left < right:
            yield (
                _outline(high[j], left, right, np.minimum),
                _outline(low[i], left, right, np.maximum),
            )
        if last < end:
            i += 1
        else:
            j += 1


def _outline(part: Pixels, left: float, right: float, extreme: np.ufunc) -> Pixels:
    """Return the vertices from left to right, the ends interpolated; of those in half a pixel the
    extreme one.
    """
    x, y = part.T
    inside = (x > left) & (x < right)
    ends = np.interp((left, right), x, y)
    xs = np.concatenate(((left,), x[inside], (right,)))
    ys = np.concatenate((ends[:1], y[inside], ends[1:]))
    starts = np.flatnonzero(np.diff(np.floor(2 * xs), prepend=-np.inf, append=np.inf)[:-1])
    outline: Pixels = np.column_stack((xs[starts], extreme.reduceat(ys, starts)))
    outline[-1, 0] = right
    return outline


def lonely(pixels: Pixels) -> Pixels:
    """Return the vertices between two gaps, to which no line leads."""
    alone = [part for part in stretches(pixels) if len(part) == 1]
    return np.concatenate(alone) if alone else pixels[:0]


def _points(pixels: Pixels) -> list[str]:
    return [f"{_short(x)} {_short(y)}" for x, y in pixels.tolist()]


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
