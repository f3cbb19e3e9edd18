"""How often something may be tried in a time.  [no I/O]"""

from __future__ import annotations

from collections import deque


class Rate:
    """At most so many times within so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._tried: deque[float] = deque()

    def allows(self, now: float) -> bool:
        """Return whether it may be tried at that time, and count it then."""
        while self._tried and now - self._tried[0] >= self._seconds:
            self._tried.popleft()
        if len(self._tried) >= self._most:
            return False
        self._tried.append(now)
        return True
