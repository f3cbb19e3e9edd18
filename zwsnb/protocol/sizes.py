"""Sizes and spans of time as users write them: "500 MB", "1 GiB", or a number of points; "10s", "5
min", "500ms", or a timedelta.  [no I/O]
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import numpy as np

from zwsnb.kinds.times import seconds_of_span, seconds_of_spans

_POINT_BYTES: Final = 18
"""Of one point of a series, with its part of the pyramid."""

_UNITS: Final[Mapping[str, tuple[float, float]]] = {
    "us": (1, 1e6), "µs": (1, 1e6), "ms": (1, 1e3),
    "s": (1, 1), "sec": (1, 1), "second": (1, 1),
    "m": (60, 1), "min": (60, 1), "minute": (60, 1),
    "h": (3600, 1), "hour": (3600, 1),
    "d": (86400, 1), "day": (86400, 1),
    "w": (604800, 1), "week": (604800, 1),
}  # fmt: skip
"""What to multiply and to divide by: 500 ms by 1000 is 0.5, times 0.001 it need not be."""

_LONGEST: Final = 500
"""Characters: to see that a text of thousands is none would take the patterns seconds."""

_SPAN: Final = re.compile(
    r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([a-zµ]*)\s*", re.ASCII
)

_SIZE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:([kmg]?)(i?)b)?\s*")

_MONTHS: Final = re.compile(r"\d\s*M\s*$")
"""As traders write them: 1M is a month, 1m a minute."""


def history_bytes(history: int | str) -> int:
    """Return the bytes that `history` allows: a number of points, or a text such as "500 MB"."""
    if isinstance(history, int):
        return history * _POINT_BYTES
    return parse_bytes(history)


def parse_bytes(text: str) -> int:
    """Return the bytes that a text such as "500 MB" names.

    Raises:
        ValueError: it names none.
    """
    match = _SIZE.fullmatch(text.lower()) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(f'{text[:80]!r} is no size; write bytes as in "500 MB"')
    thousand = 1024 if match[3] else 1000
    size = float(match[1]) * thousand ** "\0kmg".index(match[2] or "\0")
    if math.isinf(size):
        raise ValueError(f"{text[:40]!r} is more than any memory has")
    return int(size)


def seconds_of(value: str | timedelta | np.timedelta64, what: str) -> float:
    """Return a span of time as seconds; a text without a unit is the number that it says.

    Raises:
        ValueError: the text is none, or the span has no length in seconds.
    """
    if isinstance(value, np.timedelta64):
        return float(seconds_of_spans(np.asarray(value), what))
    if isinstance(value, timedelta):
        return seconds_of_span(value, what)
    is_short = len(value) <= _LONGEST
    if is_short and _MONTHS.search(value):
        raise ValueError(
            f'{what} is {value[:40]!r}; a month has no length: write days as in "30d", or minutes'
            ' as in "1m"'
        )
    parts = _SPAN.fullmatch(value.lower().replace("\u03bc", "µ")) if is_short else None
    unit = parts[2] if parts is not None else ""
    if unit not in _UNITS and len(unit) > 3:
        unit = unit.removesuffix("s")  # minutes
    if parts is None or (unit and unit not in _UNITS):
        raise ValueError(
            f'{what} is {value[:40]!r}; it is a number, or a span of time as in "500ms", "10s",'
            ' "5m", "2h" or "1d"'
        )
    times, over = _UNITS.get(unit, (1, 1))
    return float(parts[1]) * times / over
