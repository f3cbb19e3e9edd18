"""A range of x, whose ends may be times, and its check.  [no I/O]"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, TypeAlias

import numpy as np

from zwsnb.kinds.values import as_number
from zwsnb.protocol.checks.option_checks import y_range

XRange: TypeAlias = Sequence[float | date | np.datetime64 | None] | Literal["auto"]
"""(low, high), where None follows the points; "auto", which does so at both ends."""


def x_range(value: object, key: str) -> list[float | None] | str:
    """Check a pair of x, of which an end may be None and follows the points; or "auto", where both
    do. Times become seconds since 1970.

    Raises:
        TypeError, ValueError: as the other checks of options.
    """
    if isinstance(value, str) and value == "auto":
        return value
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise TypeError(f"{key} is {value!r}; it is a pair (low, high)")
    return y_range([None if end is None else as_number(end, key)[0] for end in value], key)
