"""Who has the next turn.  [no I/O]"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")

GUESTS: Final = "guests"
"""The party of all who may only look, and are to hold up nobody: the others go before it ..."""

GO_BEFORE: Final = 4
"""... so many times, while they wait as well."""


class Rota(Generic[T]):
    """Those who wait for a turn, each for a party: the parties have it one after the other, and of
    one party who has waited longest. So a party with ten questions has as much as one with one;
    guests have less.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[Hashable, deque[T]] = OrderedDict()
        self._went_before = 0

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
        if next(iter(self._waiting)) == GUESTS and not self._is_for_guests():
            self._waiting.move_to_end(GUESTS)
        party, waiting = self._waiting.popitem(last=False)
        one = waiting.popleft()
        if waiting:
            self._waiting[party] = waiting
        return one

    def _is_for_guests(self) -> bool:
        """Return whether they have the turn that is theirs in the order."""
        is_theirs = len(self._waiting) == 1 or self._went_before == GO_BEFORE
        self._went_before = 0 if is_theirs else self._went_before + 1
        return is_theirs
