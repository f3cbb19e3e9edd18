"""A still picture of a plot, as SVG: what a saved notebook keeps when the kernel is gone.  [no I/O]

It draws what the page draws, the vertices of a `View`, with nothing but lines and text, in a few kilobytes.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.colors import color_of, slots
from zwsnb.points import LARGEST
from zwsnb.view import View, Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zwsnb.history import Plot

WIDTH, HEIGHT = 800, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 40, 28

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TINY: Final = 1e-300
_TIMES: Final = ((86_400.0, "%Y-%m-%d"), (60.0, "%H:%M"), (1.0, "%H:%M:%S"), (0.0, "%S.%f"))


def draw(plot: Plot) -> str:
    """Return the picture of `plot` as it is now, everything that its window shows, as an SVG document."""
    view = View(plot)
    view.look(Viewport(WIDTH - _LEFT - _RIGHT, window=plot.options["window"]))
    patch = view.next_patch()
    names = {s.ident: s.name for s in plot.series.values()}
    curves = {names[e.series]: e.vertices for e in patch.entries} if patch else {}
    for name in _unseen(plot):
        curves.pop(name, None)
    x_range = _x_range(plot)
    y_range = _y_range(plot, list(curves.values()), x_range)
    parts = [_axes(plot, x_range, y_range), *_curves(plot, curves, x_range, y_range), _legend(plot, curves)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>'
    )


def _x_range(plot: Plot) -> tuple[float, float]:
    lo, hi = plot.x_range
    if plot.options["window"] and math.isfinite(hi):
        lo = hi - plot.options["window"]
    return _widened(lo, hi)


def _y_range(
    plot: Plot, curves: Sequence[NDArray[np.float64]], x_range: tuple[float, float]
) -> tuple[float, float]:
    if isinstance(plot.options["y_range"], list):
        lo, hi = plot.options["y_range"]
        return lo, hi
    seen = [v[(v[:, 0] >= x_range[0]) & (v[:, 0] <= x_range[1]), 1] for v in curves]
    values = np.concatenate(seen) if seen else np.empty(0)
    values = values[np.isfinite(values)]
    lo, hi = _widened(float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    margin = hi / 20 - lo / 20
    return max(lo - margin, -LARGEST), min(hi + margin, LARGEST)


def _widened(lo: float, hi: float) -> tuple[float, float]:
    """Return a range that is one: around a single value, or from 0 to 1 when there is none."""
    if not (math.isfinite(lo) and math.isfinite(hi)):
        return 0.0, 1.0
    if hi / 2 - lo / 2 > _TINY:
        return lo, hi
    half = 0.5 * abs(lo) if abs(lo) > _TINY else 0.5
    return max(lo - half, -LARGEST), min(hi + half, LARGEST)


def _scale(lo: float, hi: float, begin: float, end: float) -> Callable[[Any], Any]:
    def scale(values: Any) -> Any:
        # Halves, since the difference of two doubles may be none; and what is far outside only has to be
        # outside.
        with np.errstate(over="ignore"):
            share = np.clip((values / 2 - lo / 2) / (hi / 2 - lo / 2), -1000, 1000)
        return begin + share * (end - begin)

    return scale


def _axes(plot: Plot, x_range: tuple[float, float], y_range: tuple[float, float]) -> str:
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    parts = []
    for value in _ticks(*y_range, 5):
        y = float(_scale(*y_range, bottom, _TOP)(value))
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#e5e5e5"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{value:.6g}</text>'
        )
    ticks = _ticks(*x_range, 8)
    for value in ticks:
        x = float(_scale(*x_range, _LEFT, right)(value))
        label = _time_text(value, ticks[-1] - ticks[0]) if plot.options["time"] else f"{value:.6g}"
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#555">{label}</text>')
    parts.append(f'<path d="M{_LEFT} {bottom}H{right}" stroke="#999"/>')
    return "".join(parts)


def _ticks(lo: float, hi: float, about: int) -> list[float]:
    """Return round values between lo and hi, a step of 1, 2 or 5 times a power of ten apart."""
    rough = hi / about - lo / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * m for m in (1, 2, 5, 10) if power * m >= rough), rough)
    return [float(f"{i * step:.12g}") for i in range(math.ceil(lo / step), math.floor(hi / step) + 1)]


def _time_text(seconds: float, span: float) -> str:
    """Return a time as short as ticks of `span` seconds in all need it."""
    pattern = next(pattern for least, pattern in _TIMES if span >= 2 * least)
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone().strftime(pattern)
    except (ValueError, OverflowError, OSError):  # a year that the calendar has not
        return f"{seconds:.6g}"


def _markup(text: str) -> str:
    """Return text as XML can have it."""
    return escape(_NO_XML.sub("\ufffd", text))


def _unseen(plot: Plot) -> set[str]:
    """Return the series that are hidden, and those that are an end of a band."""
    said = plot.options["series"]
    hidden = {name for name, its in said.items() if its.get("hidden")}
    return hidden.union(*(its["band"] for its in said.values() if its.get("band")))


def _colors(plot: Plot) -> dict[str, str]:
    said = plot.options["series"]
    return {
        name: said.get(name, {}).get("color") or color_of(slot) for name, slot in slots(plot.series).items()
    }


def _curves(
    plot: Plot,
    curves: dict[str, NDArray[np.float64]],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> list[str]:
    x_of = _scale(*x_range, _LEFT, WIDTH - _RIGHT)
    y_of = _scale(*y_range, HEIGHT - _BOTTOM, _TOP)
    box = f'x="{_LEFT}" y="{_TOP}" width="{WIDTH - _LEFT - _RIGHT}" height="{HEIGHT - _TOP - _BOTTOM}"'
    clip = f'<clipPath id="c"><rect {box}/></clipPath>'
    parts = [clip]
    colors = _colors(plot)
    for name, vertices in curves.items():
        path = _path(x_of(vertices[:, 0]), y_of(vertices[:, 1]))
        color = colors[name]
        parts.append(
            f'<path clip-path="url(#c)" d="{path}" fill="none" stroke="{color}" stroke-width="1.5" stroke-linejoin="round"/>'
        )
    return parts


def _path(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    steps, pen = [], "M"
    for a, b in zip(x.tolist(), y.tolist(), strict=True):
        if math.isnan(b):
            pen = "M"
            continue
        # A point alone would draw nothing: a line of no length with round ends is a dot.
        steps.append(f"{pen}{a:.1f} {b:.1f}")
        pen = "L"
    return "".join(steps)


def _legend(plot: Plot, curves: dict[str, NDArray[np.float64]]) -> str:
    x, parts = float(_LEFT), []
    if plot.options["title"]:
        parts.append(
            f'<text x="{_LEFT}" y="15" font-weight="600" fill="#222">{_markup(plot.options["title"][:100])}</text>'
        )
    colors = _colors(plot)
    for name in curves:
        label = name if len(name) <= 24 else name[:23] + "…"
        parts.append(f'<circle cx="{x + 4:.0f}" cy="28" r="4" fill="{colors[name]}"/>')
        parts.append(f'<text x="{x + 12:.0f}" y="32" fill="#333">{_markup(label)}</text>')
        x += 24 + 6.2 * len(label)
    return "".join(parts)
