"""Who has the next turn.  [no I/O]"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")


class Rota(Generic[T]):
    """Those who wait for a turn, each for a party: the parties have it one after the other, and of
    one party who has waited longest. So a party with ten questions has as much as one with one.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[Hashable, deque[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def join(self, party: Hashable, one: T) -> None:
        """Wait, behind all parties that wait already."""
        self._waiting.setdefault(party, deque()).append(one)

    def leave(self, party: Hashable, one: T) -> None:
        """Wait no more; nothing happens where it did not."""
        waiting = self._waiting.get(party, deque())
        if one in waiting:
            waiting.remove(one)
            if not waiting:
                del self._waiting[party]

    def next(self) -> T | None:
        """Return who has the next turn, and waits no more; None where nobody does."""
        if not self._waiting:
            return None
        party, waiting = self._waiting.popitem(last=False)
        one = waiting.popleft()
        if waiting:
            self._waiting[party] = waiting
        return one
