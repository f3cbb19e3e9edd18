"""What may name a plot or a series.  [no I/O]"""

from __future__ import annotations

import re
from typing import Final

DEFAULT_PLOT: Final = "plot"
DEFAULT_SERIES: Final = "y"
MAX_NAME: Final = 256

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""The characters of Unicode's categories Cc and Cs. To ask for the category of each took most of
the time of a JSON point of many series.
"""


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
    if (bad := _CONTROLS.search(name)) is not None:
        raise ValueError(f"{what} {name[:40]!r} has the control character {bad[0]!r}")
    return name
