"""The parts of x that are sorted.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zwsnb.kinds.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


def late_ahead(
    x: Column, front: float, first: float, *, fewer_than: int, falls: int
) -> NDArray[np.bool_]:
    """Return which points come late, of those of which it is certain: behind `front`, or a larger x
    since, come fewer points than that at a time, which fall less often, and the first one of them
    is not `first`. The last point of those that this returns is at the front.
    """
    late = x < np.maximum.accumulate(np.concatenate(([front], x)))[:-1]
    starts = np.flatnonzero(late & ~np.concatenate(([False], late[:-1])))
    if not len(starts):
        return late
    has_fallen = x < np.concatenate(([front], x[:-1]))
    is_open = (
        (np.add.reduceat(late, starts, dtype=np.intp) >= fewer_than)
        | (np.add.reduceat(has_fallen, starts, dtype=np.intp) >= falls)
        | (x[starts] == first)
    )
    is_open[-1] |= late[-1]
    return late[: starts[is_open.argmax()]] if is_open.any() else late


def rounds_ahead(x: Column, first: float, *, longer_than: int) -> list[int]:
    """Return where the rounds begin that `x` begins with, and where the last of them ends: each is
    sorted, begins at `first`, goes on from there in more than one step, for more points than that,
    and falls to the next one.
    """
    if x[0] != first:
        return [0]
    ends = np.flatnonzero(x[1:] < x[:-1]) + 1
    is_round = x[ends] == first
    starts = np.concatenate(([0], ends[:-1]))
    if len(ends):
        fronts = np.repeat(x[ends - 1], ends - starts)
        among = x[: ends[-1]]
        is_round &= np.logical_or.reduceat((among > first) & (among < fronts), starts)
        is_round &= ends - starts > longer_than
    rounds = len(ends) if is_round.all() else int(is_round.argmin())
    return [0, *ends[:rounds].tolist()]


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
