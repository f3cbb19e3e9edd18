"""What may name a plot or a series.  [no I/O]"""

from __future__ import annotations

import unicodedata
from typing import Final

DEFAULT_PLOT: Final = "plot"
DEFAULT_SERIES: Final = "y"
MAX_NAME: Final = 256


def check_name(name: object, what: str) -> str:
    """Return `name` if it can name a plot or a series.

    Raises:
        TypeError: it is no string.
        ValueError: it is empty, over 256 characters, or has control characters.
    """
    if not isinstance(name, str):
        raise TypeError(f"{what} is a {type(name).__name__}; a name is a string")
    if not name:
        raise ValueError(f"{what} is empty; a name has 1 to {MAX_NAME} characters")
    if len(name) > MAX_NAME:
        raise ValueError(f"{what} has {len(name)} characters; a name has at most {MAX_NAME}")
    if name.isprintable():
        return name  # and so without control characters; this is asked of every point
    if bad := next((c for c in name if unicodedata.category(c) in {"Cc", "Cs"}), None):
        raise ValueError(f"{what} {name[:40]!r} has the control character {bad!r}")
    return name
