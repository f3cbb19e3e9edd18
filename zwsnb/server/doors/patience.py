"""How long a reader may take nothing: one that reads slowly is not one that does not read."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from gevent.socket import wait_write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gevent.lock import BoundedSemaphore

PIECE: Final = 1 << 16
"""Bytes of a long answer, or of a message, that a reader has taken when its time begins anew."""


class Patience:
    """How long a reader may take nothing: so many seconds, and anew for each `PIECE` that it takes.

    taken: returns how many bytes it has taken. clock: seconds that only grow.
    """

    def __init__(
        self,
        seconds: float,
        taken: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._taken, self._clock = seconds, taken, clock
        self._had, self._since = taken(), clock()
        self._error = TimeoutError(f"the peer took next to nothing for {seconds:g} s")

    def left(self) -> float:
        """Return how many seconds are left.

        Raises:
            TimeoutError: none are, as from what follows.
        """
        now, taken = self._clock(), self._taken()
        if taken - self._had >= PIECE:
            self._had, self._since = taken, now
        if (left := self._since + self._seconds - now) <= 0:
            raise self._error
        return left

    @contextlib.contextmanager
    def holding(self, lock: BoundedSemaphore) -> Iterator[None]:
        """Hold the lock by which others write to it, who may have to wait for it first."""
        while not lock.acquire(timeout=self.left()):
            pass
        try:
            yield
        finally:
            lock.release()

    def wait_write(self, fileno: int) -> None:
        """Wait until it takes something."""
        wait_write(fileno, timeout=self.left(), timeout_exc=self._error)
