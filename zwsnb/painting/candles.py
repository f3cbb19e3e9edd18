"""Candles as a snapshot has them: where they stand, and their paths.

The rules are those of the page: ``static/chart/candles.js`` and ``static/chart/clip.js``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from zwsnb.axes.scales import Range
from zwsnb.kinds.arrays import Vertices
from zwsnb.painting.svg import short

AT_ONCE: Final = 4
"""Vertices of a candle: (begin, open), (middle, high), (middle, low), (end, close)."""

_SHARE: Final = 0.7
_LEAST: Final = 1.0


class Candle(NamedTuple):
    """A candle in pixels; y goes down. ``rises``: it closes no lower than it opens."""

    left: float
    width: float
    middle: float
    top: float
    bottom: float
    high: float
    low: float
    rises: bool


def candles_in(pixels: Vertices) -> list[Candle]:
    """Return the candles of vertices in pixels, four each."""
    candles = []
    for at in range(0, len(pixels) - AT_ONCE + 1, AT_ONCE):
        (begin, first), (_, high), (_, low), (end, last) = pixels[at : at + AT_ONCE].tolist()
        width, middle = max(_SHARE * (end - begin), _LEAST), (begin + end) / 2
        top, bottom = min(first, last), max(first, last)
        candles.append(
            Candle(
                middle - width / 2, width, middle, top, max(bottom, top + _LEAST), high, low,
                last <= first,
            )
        )  # fmt: skip
    return candles


def within(vertices: Vertices, low: float, high: float) -> Vertices:
    """Return the candles from x `low` to `high`, whole, with one more at each side."""
    x = vertices[:, 0]
    begin, end = (int(np.searchsorted(x, each, "left")) // AT_ONCE for each in (low, high))
    return vertices[max(0, begin - 1) * AT_ONCE : (end + 2) * AT_ONCE]


def room_for_candles(low: float, high: float, series: Iterable[Vertices]) -> Range:
    """Return the x-range with room for whole candles: for the last one, which ends after the newest
    point, and for the first one of all, which begins before the oldest.
    """
    first, last = low, high
    for points in series:
        if not len(points):
            continue
        begin, end = points[0, 0], points[AT_ONCE - 1, 0]
        if begin < low < end:
            first = min(first, float(begin))
        begin, end = points[-AT_ONCE, 0], points[-1, 0]
        if begin <= high < end:
            last = max(last, float(end))
    return first, last


def wicks_path(candles: Iterable[Candle]) -> str:
    """Return the lines from the bodies to the highest and the lowest values."""
    return "".join(
        f"M{short(its.middle)} {short(its.high)}V{short(its.top)}"
        f"M{short(its.middle)} {short(its.bottom)}V{short(its.low)}"
        for its in candles
    )


def bodies_path(candles: Iterable[Candle]) -> str:
    """Return the bodies."""
    return "".join(
        f"M{short(its.left)} {short(its.top)}h{short(its.width)}"
        f"v{short(its.bottom - its.top)}h{short(-its.width)}Z"
        for its in candles
    )
