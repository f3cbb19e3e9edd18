"""How often a worker that may be terminated waits until the relay has what it has just published.
[no I/O]

A pool of multiprocessing ends its workers as soon as it has their results, and their last points
with them. So `publish` waits for the receipt there, a millisecond or so, as long as that is not too
often: of many points the last milliseconds are at risk, of a few none.
"""

from __future__ import annotations

import sys
from typing import Final

HANDOVER: Final = 0.1
"""Seconds that one `publish` waits at most."""

AT_ONCE: Final = 100
"""Times that `publish` waits in a row, and every second from then on."""

AFTER_FAILURE: Final = 1.0
"""Seconds in which it does not wait, after the relay was too slow."""


class Handover:
    """Times are seconds that only grow."""

    def __init__(self) -> None:
        self._left = float(AT_ONCE)
        self._looked = self._not_before = 0.0

    def may(self, now: float) -> bool:
        """Return whether `publish` may wait now, and count it."""
        self._left = min(AT_ONCE, self._left + AT_ONCE * (now - self._looked))
        self._looked = now
        if now < self._not_before or self._left < 1:
            return False
        self._left -= 1
        return True

    def did(self, has_come: bool, now: float) -> bool:  # noqa: FBT001 - the outcome
        """Hear whether everything has come in time, and return it."""
        if not has_come:
            self._not_before = now + AFTER_FAILURE
        return has_come


def may_be_terminated() -> bool:
    """Return whether this is a daemon of multiprocessing, such as a worker of a pool."""
    process = sys.modules.get("multiprocessing.process")
    return process is not None and bool(process.current_process().daemon)
