"""Numbers for names, such as those of colours.  [no I/O]"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush


class Slots:
    """A number for each name, from 0 on in the order of their first use. A name that comes again
    has the number that it had, unless another has taken it since; a new one has the least that no
    name has which is there.
    """

    def __init__(self) -> None:
        self._names: list[str] = []  # who has had each number last
        self._slots: dict[str, int] = {}
        self._there: Counter[str] = Counter()
        self._free: list[int] = []  # some may have been taken again

    def add(self, name: str) -> int:
        """Note that one of that name is there; return its number."""
        slot = self._slot_of(name)
        self._there[name] += 1
        return slot

    def leave(self, name: str) -> None:
        """Note that one of that name is there no more."""
        self._there[name] -= 1
        if not self._there[name]:
            del self._there[name]
            heappush(self._free, self._slots[name])

    def settle(self, names: Iterable[str]) -> list[int]:
        """Have these be all that are there; return the number of each."""
        every = list(names)
        self._there = Counter(every)
        self._free = [i for i, holder in enumerate(self._names) if holder not in self._there]
        return [self._slot_of(name) for name in every]

    def _slot_of(self, name: str) -> int:
        slot = self._slots.get(name)
        return self._take(name) if slot is None else slot

    def _take(self, name: str) -> int:
        slot = len(self._names)
        while self._free:
            free = heappop(self._free)
            if self._names[free] not in self._there:
                slot = free
                break
        for holder in self._names[slot : slot + 1]:
            del self._slots[holder]
        self._names[slot : slot + 1] = [name]
        self._slots[name] = slot
        return slot
