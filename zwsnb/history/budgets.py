"""Budgets of bytes: who holds how much, and who forgets when that is too much; and of places for
series.  [no I/O]

Whoever holds the most forgets its oldest. Each is looked at when its size has changed, and stands
in a heap by it, so that what an append costs does not grow with the series beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

_LEAST_HEAP: Final = 64


class Held(Protocol):
    """What is held within a budget of bytes."""

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""

    def evict(self) -> bool:
        """Forget some of the oldest; False when there is nothing to spare until it has grown."""


T = TypeVar("T", bound=Held)


class _Entry(NamedTuple):
    size: int
    number: int


_NONE: Final = _Entry(0, -1)


def nbytes_of(one: Held) -> int:
    """Return the bytes that are allocated."""
    return one.nbytes


class Ledger(Generic[T]):
    """What several hold, ``nbytes`` together, each as large as it was when it was noted last;
    ``resized`` is called when that has changed.

    size: returns the bytes of one.
    """

    def __init__(self, size: Callable[[T], int] = nbytes_of) -> None:
        self.nbytes = 0
        self.resized: Callable[[], None] = lambda: None
        self._size = size
        self._noted: dict[T, _Entry] = {}
        # The largest first. Of the entries of one all but the newest are void, and hold nothing
        # that is gone; who had nothing to spare has none until it has another size.
        self._heap: list[tuple[int, int]] = []
        self._by_number: dict[int, T] = {}
        self._number = count()

    def note(self, one: T) -> None:
        """Note how much one holds by now."""
        size = self._size(one)
        if size != self._noted.get(one, _NONE).size:
            self._set(one, size)

    def drop(self, one: T) -> None:
        """Note that one is no more."""
        size, number = self._noted.pop(one, _NONE)
        self._by_number.pop(number, None)
        self.nbytes -= size
        self.resized()

    def evict(self) -> T | None:
        """Have the largest that can forget its oldest, and return it; None when nobody can."""
        while self._heap:
            _, number = heappop(self._heap)
            largest = self._by_number.get(number)
            if largest is not None and largest.evict():
                if largest in self._noted:
                    self._set(largest, self._size(largest))
                return largest
        return None

    def _set(self, one: T, size: int) -> None:
        before, number = self._noted.get(one, _NONE)
        self._by_number.pop(number, None)
        number = next(self._number)
        self.nbytes += size - before
        self._noted[one], self._by_number[number] = _Entry(size, number), one
        heappush(self._heap, (-size, number))
        if len(self._heap) > 2 * len(self._noted) + _LEAST_HEAP:
            self._heap = [(-size, number) for size, number in self._noted.values()]
            heapify(self._heap)
        self.resized()


class TooMany(ValueError):
    """A further plot, or a further series in a plot, would be one too many."""


class Places:
    """Places for series, ``most`` in all plots that share them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    def take(self, series: str) -> None:
        """Take one.

        Raises:
            TooMany: there is none.
        """
        if self.taken >= self.most:
            raise TooMany(
                f"all plots have {self.most:,} series, as many as their memory has room for, and"
                f" take no further one: {series!r}"
            )
        self.taken += 1

    def leave(self, count: int = 1) -> None:
        """Leave so many."""
        self.taken -= count


class Budgeted:
    """What forgets its oldest points; by itself where it has a ``budget`` of its own, in bytes.
    ``held`` is what holds them.
    """

    budget: int | None

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        raise NotImplementedError

    def evict(self) -> bool:
        """Forget some of the oldest points; False when there are none to spare."""
        raise NotImplementedError

    def fit(self, budget: int) -> None:
        """Forget the oldest points until `budget` bytes hold the rest, as far as can be."""
        while self.nbytes > budget and self.evict():
            pass

    def fit_own(self) -> None:
        """Forget what a budget of its own does not hold."""
        if self.budget is not None:
            self.fit(self.budget)
