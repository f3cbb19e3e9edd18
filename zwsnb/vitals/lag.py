"""How late the hub comes.  [no I/O]"""

from __future__ import annotations

from collections import deque
from typing import Final

WITHIN: Final = 60.0
"""Seconds for which the worst is remembered."""


class Lag:
    """How many seconds late a timer of the hub has come: the ``last`` time, and at worst."""

    def __init__(self) -> None:
        self.last = 0.0
        # When, and how late: each is later, and was less late, than those before it.
        self._worst: deque[tuple[float, float]] = deque()

    def note(self, now: float, late: float) -> None:
        """Note that it has come so late; now: seconds that only grow."""
        self.last = max(0.0, late)
        while self._worst and self._worst[-1][1] <= self.last:
            self._worst.pop()
        self._worst.append((now, self.last))
        self._forget(now)

    def worst(self, now: float) -> float:
        """Return how late it came at worst in the last minute."""
        self._forget(now)
        return self._worst[0][1] if self._worst else 0.0

    def _forget(self, now: float) -> None:
        while self._worst and self._worst[0][0] <= now - WITHIN:
            self._worst.popleft()
