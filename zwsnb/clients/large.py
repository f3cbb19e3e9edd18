"""Large patches: they are made in turns, a few at a time, and those that wait for their readers
have a bound together.

A page of a hundred series on a wide screen is sent 30 MB when it comes, and takes thrice as much
while that is made. So hundreds of pages that come at once, or do not read, would take gigabytes.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import gevent
from gevent.lock import BoundedSemaphore

from zwsnb.relay.hub import one_of_hub

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket

LARGE: Final = 1 << 22
"""Bytes; smaller ones are neither counted nor held up."""

FEW: Final = 32
QUICK: Final = 1 << 18
"""Series of a plot, and bytes, that a patch has at most which takes less than a turn to make."""

AT_ONCE: Final = 4
"""Large ones that are made at a time. Each takes as long as before: they share the hub."""

MOST: Final = 1 << 28
"""Bytes of those that wait for their readers, beside the last ones."""

LEAST_READ: Final = 1 << 16
"""Bytes that a reader takes in a second, or goes when another one has no room."""

OVERLOADED: Final = 1013
"""The close code "try again later"."""

_LOOK_EVERY: Final = 0.1


def has_turns(series: int, most: int) -> bool:
    """Return whether a patch of a plot of so many series, and of so many bytes at most, is made in
    turns. One that takes less comes first, for its page has painted.
    """
    return series > FEW or most > QUICK


def _nothing() -> None:
    """Do nothing."""


@dataclass(slots=True)
class _Unsent:
    size: int
    since: float
    sent: int  # by the connection until then


class LargePatches:
    """Those of one hub; use them in its thread. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._making = BoundedSemaphore(AT_ONCE)
        self._unsent: dict[PageSocket, _Unsent] = {}

    @contextlib.contextmanager
    def making(self, most: int, meanwhile: Callable[[], object] = _nothing) -> Iterator[None]:
        """Make a patch of so many bytes at most, when there is room for it. meanwhile: is called
        several times a second until then, and may wait for a reader.
        """
        if most < LARGE:
            yield
            return
        while not self._begin():
            meanwhile()
        try:
            yield
        finally:
            self._making.release()

    def _begin(self) -> bool:
        """Take one of the places, for which this waits for a moment; False where there is none, or
        no room for what would be made.
        """
        if sum(each.size for each in self._unsent.values()) > MOST:
            self._drop_who_reads_nothing()
            gevent.sleep(_LOOK_EVERY)
            return False
        return self._making.acquire(timeout=_LOOK_EVERY)

    @contextlib.contextmanager
    def sending(self, socket: PageSocket, size: int) -> Iterator[None]:
        """Send a patch of so many bytes."""
        if size < LARGE:
            yield
            return
        self._unsent[socket] = _Unsent(size, self._clock(), socket.sent)
        try:
            yield
        finally:
            del self._unsent[socket]

    def _drop_who_reads_nothing(self) -> None:
        now = self._clock()
        for socket, unsent in self._unsent.items():
            if now - unsent.since < 1.0 or socket.closed:
                continue
            if socket.sent - unsent.sent < LEAST_READ:
                # It waits for what is being written, which does not end, and then resets TCP.
                gevent.spawn(socket.close, OVERLOADED, "others wait for what you do not read")
            unsent.since, unsent.sent = now, socket.sent


large_patches: Final = one_of_hub(LargePatches)
"""Returns those of the hub of this thread."""
