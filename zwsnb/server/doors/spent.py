"""What opens something once: whoever has seen it used, or finds it later, has nothing in hand."""

from __future__ import annotations

import math
import time
from typing import Final

from zwsnb.server.doors.keys import made_at

WITHIN: Final = 60.0
"""Seconds in which what is signed can be taken: who asks may wait as long for a relay that its
interpreter holds up.
"""

AHEAD: Final = 10.0
"""Seconds by which the clock of who has signed may be ahead."""

MOST: Final = 50_000
"""Of them that are remembered; only who has the token makes one."""


class Spent:
    """What was taken since the service began. What is older than the service is never taken: one
    that goes on with the token of an earlier one does not know what was taken there. Where the
    clock is set back to a time before that, it begins anew, and what was taken stays so.

    began: Unix time; None: now.
    """

    def __init__(self, began: float | None = None) -> None:
        self._began = math.floor((time.time() if began is None else began) * 1000) / 1000
        self._until: dict[str, float] = {}  # by what was taken, the oldest first

    def __len__(self) -> int:
        return len(self._until)

    def take(self, signed: str, now: float) -> bool:
        """Return whether what `Keys` has signed is brought in time and for the first time."""
        if not self.holds(signed, now):
            return False
        self._until[signed] = now + AHEAD + WITHIN
        return True

    def holds(self, signed: str, now: float) -> bool:
        """Return whether `take` would take it."""
        self._forget(now)
        is_new = signed not in self._until and len(self._until) < MOST
        return is_new and self.is_in_time(signed, now)

    def is_in_time(self, signed: str, now: float) -> bool:
        """Return whether what `Keys` has signed is brought in time."""
        if now < self._began:  # the clock was set back
            self._began = now - AHEAD
        made = made_at(signed)
        return self._began <= made <= now + AHEAD and now <= made + WITHIN

    def _forget(self, now: float) -> None:
        """Forget the oldest, which would not be in time any more."""
        while self._until and self._until[oldest := next(iter(self._until))] < now:
            del self._until[oldest]
