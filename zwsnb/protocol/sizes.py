"""Sizes as users write them: "500 MB", "1 GiB", or a number of points.  [no I/O]"""

from __future__ import annotations

import re
from typing import Final

_POINT_BYTES: Final = 18
"""Of one point of a series, with its part of the pyramid."""


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
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:([kmg]?)(i?)b)?\s*", text.lower())
    if match is None:
        raise ValueError(f'{text!r} is no size; write bytes as in "500 MB"')
    thousand = 1024 if match[3] else 1000
    return int(float(match[1]) * thousand ** "\0kmg".index(match[2] or "\0"))
