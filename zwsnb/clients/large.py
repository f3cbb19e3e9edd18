"""Large patches: they are made in turns, a few at a time, and those that wait for their readers
have a bound together.

A page of a hundred series on a wide screen is sent 30 MB when it comes, and takes thrice as much
while that is made. So hundreds of pages that come at once, or do not read, would take gigabytes.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
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
QUICK: Final = 1 << 19
"""Series of a plot, and bytes, that a patch has at most which takes less than a turn to make."""

AT_ONCE: Final = 4
"""Large ones that are made at a time. Each takes as long as before: they share the hub."""

MOST: Final = 1 << 28
"""Bytes of those that wait for their readers, beside the last ones."""

FOR_GUESTS: Final = 2
"""All who may only look have one of so many parts of the two: they hold up nobody else."""

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


_FREE: Final = contextlib.nullcontext()


def _nothing() -> None:
    """Do nothing."""


@dataclass(slots=True)
class _Unsent:
    is_guest: bool
    size: int
    since: float
    sent: int  # by the connection until then


class LargePatches:
    """Those of one hub; use them in its thread. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._making = BoundedSemaphore(AT_ONCE)
        self._for_guests = BoundedSemaphore(AT_ONCE // FOR_GUESTS)
        self._unsent: dict[PageSocket, _Unsent] = {}

    def making(
        self, most: int, meanwhile: Callable[[], object] = _nothing, *, is_guest: bool = False
    ) -> AbstractContextManager[None]:
        """Make a patch of so many bytes at most, when there is room for it. meanwhile: is called
        several times a second until then, and may wait for a reader. is_guest: who is to be sent it
        may only look.
        """
        return _FREE if most < LARGE else self._make(meanwhile, is_guest=is_guest)

    @contextlib.contextmanager
    def _make(self, meanwhile: Callable[[], object], *, is_guest: bool) -> Iterator[None]:
        while (places := self._take_places(is_guest=is_guest)) is None:
            meanwhile()
        with places:
            yield

    def _take_places(self, *, is_guest: bool) -> contextlib.ExitStack | None:
        """Take what is to be left again, for which this waits for a moment; None where no place is
        free, or there is no room for what would be made.
        """
        with contextlib.ExitStack() as taken:
            for place in [self._for_guests, self._making] if is_guest else [self._making]:
                if not place.acquire(timeout=_LOOK_EVERY):
                    return None
                taken.callback(place.release)
            if self._has_room(is_guest=is_guest):
                return taken.pop_all()
        self._drop_who_reads_nothing(guests_only=is_guest)
        gevent.sleep(_LOOK_EVERY)
        return None

    def _has_room(self, *, is_guest: bool) -> bool:
        guests = sum(each.size for each in self._unsent.values() if each.is_guest)
        others = sum(each.size for each in self._unsent.values()) - guests
        theirs = MOST // FOR_GUESTS
        if is_guest:
            return guests <= theirs and guests + others <= MOST
        return others + min(guests, theirs) <= MOST

    def sending(
        self, socket: PageSocket, size: int, *, is_guest: bool = False
    ) -> AbstractContextManager[None]:
        """Send a patch of so many bytes."""
        return _FREE if size < LARGE else self._send(socket, size, is_guest=is_guest)

    @contextlib.contextmanager
    def _send(self, socket: PageSocket, size: int, *, is_guest: bool) -> Iterator[None]:
        self._unsent[socket] = _Unsent(is_guest, size, self._clock(), socket.sent)
        try:
            yield
        finally:
            del self._unsent[socket]

    def _drop_who_reads_nothing(self, *, guests_only: bool) -> None:
        now = self._clock()
        for socket, unsent in self._unsent.items():
            if now - unsent.since < 1.0 or socket.closed or (guests_only and not unsent.is_guest):
                continue
            if socket.sent - unsent.sent < LEAST_READ:
                # It waits for what is being written, which does not end, and then resets TCP.
                gevent.spawn(socket.close, OVERLOADED, "others wait for what you do not read")
            unsent.since, unsent.sent = now, socket.sent


large_patches: Final = one_of_hub(LargePatches)
"""Returns those of the hub of this thread."""
