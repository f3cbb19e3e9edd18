"""The parts of x that are sorted.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zwsnb.kinds.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column


def is_sorted(x: Column) -> bool:
    """True when `x` nowhere goes back."""
    if len(x) > LIST_LIMIT:
        return bool((x[1:] >= x[:-1]).all())
    numbers = x.tolist()
    return bool(numbers == sorted(numbers))


def ends_of_parts(x: Column) -> list[int]:
    """Return where each sorted part of `x` ends."""
    return [*((x[1:] < x[:-1]).nonzero()[0] + 1).tolist(), len(x)]


def rounds(x: Column, first: float) -> list[int]:
    """Return where `x` falls back to `first`, and is on a new round, certainly: the one before went
    on from there in more than one step, and falls from where it is farthest. Of the first one
    nobody knows what was before.
    """
    starts = ((x[1:] == first) & (x[:-1] > first)).nonzero()[0] + 1
    if not len(starts):
        return []
    at, x = starts - starts[0], x[starts[0] :]
    fronts = np.maximum.reduceat(x, at)
    front = np.repeat(fronts, np.diff([*at, len(x)]))
    is_long = np.logical_or.reduceat((x > first) & (x < front), at)
    is_round = np.minimum.reduceat(x, at) == first
    is_round[1:] &= is_long[:-1] & (x[at[1:] - 1] == fronts[:-1])
    found: list[int] = starts[is_round].tolist()
    return found
