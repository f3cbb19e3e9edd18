"""The numbers of one series, x, y, x, y, ..., that gather between two takes."""

from __future__ import annotations

import importlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.kinds.arrays import Column
    from zwsnb.quick import in_c

SEAL: Final = 65_536
"""Numbers (twice the points) that gather before the caller makes arrays of them."""


VERSION: Final = 1
"""Of the module in C that goes with these."""


class ExactPairs(list[float]):
    """Numbers as they were given, which keep all their digits."""

    __slots__ = ("is_open", "origin", "takes_times")

    def __init__(self) -> None:
        self.is_open = self.takes_times = False
        self.origin = 0


def _compiled() -> Any:
    """Return the module in C; None where there is none, or nobody wants it."""
    if os.environ.get("ZWSNB_PUBLISH") == "python":
        return None
    try:
        found = importlib.import_module("zwsnb.quick.in_c")
    except ImportError:
        return None
    return found if found.VERSION == VERSION else None  # of a clone that has been updated since


IN_C: Final = _compiled()
"""The module that has `publish` in C, or None."""

LANGUAGE: Final = "Python" if IN_C is None else "C"
"""What `publish` runs in."""

Pairs: TypeAlias = "ExactPairs | in_c.Pairs"
"""Has a length, ``extend((x, y))`` and ``clear()``.

``is_open``: `publish` may append a number as x, without a second look; ``takes_times``: a datetime,
which counts from ``origin``, a whole second since 1970.
"""


def new_pairs() -> Pairs:
    """Return what gathers doubles."""
    return ExactPairs() if IN_C is None else IN_C.Pairs(SEAL)


def columns(pairs: Pairs, n: int) -> tuple[Column, Column]:
    """Return the first `n` numbers as x and y, of shape (n / 2,)."""
    if isinstance(pairs, ExactPairs):
        numbers = np.fromiter(pairs[:n], np.float64, n)
    else:
        numbers = np.frombuffer(pairs.first(n), np.float64)
    return numbers[::2], numbers[1::2]


def removing(pairs: Pairs, n: int) -> Callable[[], object]:
    """Return the step that removes the first `n` numbers."""
    if isinstance(pairs, ExactPairs):
        return partial(pairs.__delitem__, slice(n))
    return partial(pairs.forget, n)


def give_back(pairs: Pairs) -> None:
    """Have an empty one keep no memory for what came before."""
    if not isinstance(pairs, ExactPairs):
        pairs.forget(0)
