"""The picture of a plot that has no points yet, only loops or controls: rows of these, as the page
has them (``static/ui/bars.js``, ``static/steer/kinds.js``), and no empty axes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.axes.numbers import format_all
from zwsnb.axes.text_width import FONT_SIZE, fitted, width_of
from zwsnb.painting import svg
from zwsnb.painting.svg import AXIS, GRID, INK, QUIET, Box
from zwsnb.painting.titles import MARGIN, paint_date, paint_title

if TYPE_CHECKING:
    from zwsnb.controls.control import Control
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.messages import Bar

WIDTH: Final = 800

_ROW, _BASE, _FOOT = 22, 15, 8
"""Pixels of a row, from its top to the foot of its text, and below all rows."""

_GAP, _BETWEEN = 7, 18
_TRACK, _TRACK_HEIGHT, _KNOB, _BOX = 140, 4, 6, 12
_LEAST_WORDS: Final = 300
"""Of the text of a bar, so that bars below each other begin at the same place."""

_LONGEST: Final = 220
_ACCENT: Final = "#0068a8"


class _Piece(NamedTuple):
    """Something in a row, painted at x 0, and how wide it is."""

    markup: str
    width: float


def has_rows_only(plot: Plot) -> bool:
    """Return whether a plot has loops or controls to show, and no points."""
    has_points = plot.image.count or any(each.count for each in plot.series.values())
    return bool(plot.progress or plot.controls.held) and not has_points


def rows_svg(plot: Plot, date: str = "") -> str:
    """Return the loops and the controls of a plot as an SVG document. date: what stands below."""
    title, top = paint_title(plot.options["title"] or "", WIDTH)
    controls = [each.control for each in plot.controls.held.values()]
    rows = [*map(_bar, plot.progress), *_wrapped(map(_control, controls))]
    body = "".join(_at(MARGIN, top + _ROW * row, its) for row, its in enumerate(rows))
    height = top + _ROW * len(rows) + _FOOT
    foot, below = paint_date(date, height)
    words = "; ".join([*(bar.text for bar in plot.progress), *map(_words, controls)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + below}" '
        f'width="{WIDTH}" height="{height + below}" '
        f'font-family="system-ui, sans-serif" font-size="{FONT_SIZE}">'
        f"{svg.described(words)}"
        f'<rect width="100%" height="100%" fill="{svg.GROUND}"/>{title}{body}{foot}</svg>'
    )


def _at(x: float, y: float, markup: str) -> str:
    return f'<g transform="translate({svg.short(x)} {svg.short(y)})">{markup}</g>'


def _wrapped(pieces: Iterable[_Piece]) -> list[str]:
    """Return pieces in rows."""
    rows: list[str] = []
    x = math.inf
    for piece in pieces:
        if x + piece.width > WIDTH - 2 * MARGIN:
            rows.append("")
            x = 0.0
        rows[-1] += _at(x, 0, piece.markup)
        x += piece.width + _BETWEEN
    return rows


# -- loops -----------------------------------------------------------------------------------------


def _bar(bar: Bar) -> str:
    """Return how far a loop is; one of which that is not known has an empty track."""
    most = (WIDTH - 2 * MARGIN) * 0.7
    text = fitted(bar.text, most)
    begin = max(_LEAST_WORDS, width_of(text) + _GAP)
    return svg.text_at(text, 0, _BASE, QUIET) + _track(
        begin, WIDTH - 2 * MARGIN - begin, bar.part or 0.0
    )


def _track(left: float, width: float, part: float) -> str:
    top, end = (_ROW - _TRACK_HEIGHT) / 2, width * min(max(part, 0.0), 1.0)
    ground = svg.rect(Box(left, top, width, _TRACK_HEIGHT), fill=GRID, rx=2)
    done = svg.rect(Box(left, top, end, _TRACK_HEIGHT), fill=_ACCENT, rx=2)
    return ground + (done if end else "")


# -- controls --------------------------------------------------------------------------------------


def _control(control: Control) -> _Piece:
    paint = _PAINTERS[control.kind]
    if control.kind == "button":
        return paint(control)
    name = fitted(control.name, _LONGEST)
    begin = width_of(name) + _GAP
    its = paint(control)
    markup = svg.text_at(name, 0, _BASE, QUIET) + _at(begin, 0, its.markup)
    return _Piece(markup, begin + its.width)


def _slider(control: Control) -> _Piece:
    part = _part_of(control)
    knob = (
        f'<circle cx="{svg.short(part * _TRACK)}" cy="{_ROW // 2}" r="{_KNOB}" fill="{_ACCENT}"/>'
    )
    value = _text(format_all(float(control.value)))
    markup = _track(0, _TRACK, part) + knob + _at(_TRACK + _GAP, 0, value.markup)
    return _Piece(markup, _TRACK + _GAP + value.width)


def _part_of(control: Control) -> float:
    """Return how far a slider is from its low end, as a part of 1."""
    ends = (control.low, control.high, float(control.value))
    low, high, value = map(math.log, ends) if control.log else ends
    # Halved, since the difference of two doubles may be none.
    return (value / 2 - low / 2) / (high / 2 - low / 2)


def _switch(control: Control) -> _Piece:
    top = (_ROW - _BOX) / 2
    box = Box(0.5, top, _BOX, _BOX)
    if not control.value:
        return _Piece(svg.rect(box, fill="none", stroke=AXIS, rx=2), _BOX)
    tick = svg.path(f"M3 {_ROW // 2}l3 3l5-6", fill="none", stroke=svg.GROUND, stroke_width=2)
    return _Piece(svg.rect(box, fill=_ACCENT, rx=2) + tick, _BOX)


def _choice(control: Control) -> _Piece:
    return _framed(str(control.value))


def _button(control: Control) -> _Piece:
    return _framed(control.name)


def _text(text: str) -> _Piece:
    shown = fitted(text, _LONGEST)
    return _Piece(svg.text_at(shown, 0, _BASE, INK), width_of(shown))


def _framed(text: str) -> _Piece:
    its = _text(text)
    width = its.width + 2 * _GAP
    frame = svg.rect(Box(0.5, 1.5, width, _ROW - 3), fill="none", stroke=AXIS, rx=4)
    return _Piece(frame + _at(_GAP, 0, its.markup), width)


def _words(control: Control) -> str:
    if control.kind == "button":
        return f"button {control.name}"
    if control.kind == "slider":
        return f"{control.name} {format_all(float(control.value))}"
    if control.kind == "switch":
        return f"{control.name} {'on' if control.value else 'off'}"
    return f"{control.name} {control.value}"


_PAINTERS: Final[Mapping[str, Callable[[Control], _Piece]]] = {
    "slider": _slider,
    "switch": _switch,
    "choice": _choice,
    "button": _button,
}
