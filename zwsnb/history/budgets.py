"""Budgets of bytes, and how often what is held is counted against them.  [no I/O]"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heapreplace
from typing import Final, Protocol

_SPARED: Final = 8
"""Where nothing more can be forgotten, so many parts of what is held may come as one more until
that is tried again: each series keeps its newest block, and of thousands of series these may be
more than a budget. To count them all whenever one grows took the square of their number.
"""


class Held(Protocol):
    """What is held within a budget of bytes."""

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""

    def evict(self) -> bool:
        """Forget some of the oldest; False when there is nothing to spare."""


def forget(holders: Iterable[Held], excess: int) -> int:
    """Have those that hold the most forget their oldest, until `excess` bytes are gone or nobody
    has any to spare; return how many of them are left.
    """
    heap = [(-one.nbytes, number, one) for number, one in enumerate(holders)]
    heapify(heap)
    while excess > 0 and heap:
        size, number, largest = heap[0]
        if largest.evict():
            excess += size + (now := largest.nbytes)
            heapreplace(heap, (-now, number, largest))
        else:
            heappop(heap)
    return excess


class Room:
    """Bytes by which something may grow until what it holds is counted again."""

    def __init__(self) -> None:
        self._left = 0

    def take(self, by: int) -> bool:
        """Note a growth of at most `by` bytes; True when it is time to count."""
        self._left -= by
        return self._left < 0

    def measure(self, held: int, budget: int) -> None:
        """Note what is held, after as much was forgotten as can be."""
        self._left = (budget - held) // 2 if held <= budget else held // _SPARED


class Budgeted:
    """What forgets its oldest points; by itself where it has a ``budget`` of its own, in bytes, in
    which there is ``room``.
    """

    budget: int | None
    room: Room

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        raise NotImplementedError

    def fit(self, budget: int) -> None:
        """Forget the oldest points until `budget` bytes hold the rest."""
        raise NotImplementedError

    def fit_own(self) -> None:
        """Forget what a budget of its own does not hold."""
        if self.budget is not None:
            self.fit(self.budget)
            self.room.measure(self.nbytes, self.budget)

    def shrink(self, by: int) -> bool:
        """Forget so many bytes of the oldest points; False when there are none to spare."""
        before = self.nbytes
        self.fit(before - by)
        return self.nbytes < before
