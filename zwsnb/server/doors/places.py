"""Who has a place among a server's connections.

Anybody can open one and say nothing, so those that have not yet brought a key are few, and each new
one takes the place of the oldest of them: it needs no more than the moment in which its request is
read. Who has brought a key keeps the place, and nobody without one can take it. Guests, who may
only look at a plot, have half of these places at most: a notebook that is passed on makes many.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

if sys.platform != "win32":
    from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit

STRANGERS: Final = 32
"""Connections that have not brought a key: a browser opens 6 at a time."""

MOST: Final = 2048
"""Connections that have."""

GUEST: Final = "zwsnb.guest"
"""Where it says that one that came in may only look."""

_SHARE: Final = 2
"""Of the descriptors that a process may have, every so many-th may be one of ours."""

STRANGER: Final = "zwsnb.stranger"
"""Where the WSGI environment of a request that came in says that it has brought no key."""

C = TypeVar("C", bound=Hashable)


def most_connections() -> int:
    """Return how many connections with a key there may be: the program needs files of its own."""
    if sys.platform == "win32":  # it has no such limit
        return MOST
    limit, _ = getrlimit(RLIMIT_NOFILE)
    return MOST if limit == RLIM_INFINITY else min(MOST, max(STRANGERS, limit // _SHARE))


class Places(Generic[C]):
    """The places of a server: of few strangers, and of `known` others."""

    def __init__(self, strangers: int, known: int) -> None:
        self._most_strangers, self._most_known = strangers, known
        self._strangers: dict[C, None] = {}  # the oldest first
        self._known: set[C] = set()
        self._guests: set[C] = set()  # among them

    def __len__(self) -> int:
        return len(self._strangers) + len(self._known)

    def enter(self, connection: C) -> C | None:
        """Give a place to a new connection; return the one that has to go for it, if any."""
        oldest = None
        if len(self._strangers) >= self._most_strangers:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
        self._strangers[connection] = None
        return oldest

    def keep(self, connection: C, *, is_guest: bool = False) -> bool:
        """Keep the place of a connection that has brought a key; False where there is none left,
        or it has just lost its own.
        """
        if connection in self._known:
            return True
        if connection not in self._strangers or len(self._known) >= self._most_known:
            return False
        if is_guest:
            if len(self._guests) >= self._most_known // 2:
                return False
            self._guests.add(connection)
        del self._strangers[connection]
        self._known.add(connection)
        return True

    def leave(self, connection: C) -> None:
        """Give a place back; a second time does nothing."""
        self._known.discard(connection)
        self._guests.discard(connection)
        with contextlib.suppress(KeyError):
            del self._strangers[connection]
