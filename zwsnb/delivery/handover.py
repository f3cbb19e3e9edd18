"""How long a worker that may be terminated waits until the relay has what it has just published.
[no I/O]

A pool of multiprocessing ends its workers as soon as it has their results, and their last points
with them. So `publish` waits for the receipt there, a few milliseconds, as long as that is not too
often: of many points the last milliseconds are at risk, of a few none.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE: Final = 100
"""Times that `publish` waits in a row, and every second from then on."""

HANDOVER: Final = 0.1
"""Seconds in which a relay that works answers. Such waits are counted, and no more; and where there
is less time left none begins.
"""

MOST: Final = 2.0
"""Seconds of longer waits, in a row: beside a machine's other work a first connection may take a
quarter of one, and a relay whose process holds the interpreter answers after that.
"""

SHARE: Final = 0.1
"""Seconds of those that come back every second."""


class Handover:
    """Decides for one worker; `clock` is in seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked = clock()
        self._times = float(AT_ONCE)
        self._left = MOST

    def wait(self, flush: Callable[[float], bool]) -> bool:
        """Return whether all has come, where there is time to wait for that, as `flush` does for so
        many seconds at most.
        """
        begin = self._clock()
        self._regain(begin)
        if self._times < 1 or self._left < HANDOVER:
            return False
        self._times -= 1
        has_come = flush(self._left)
        took = self._clock() - begin
        if not has_come or took > HANDOVER:
            self._left = max(0.0, self._left - took)
        return has_come

    def _regain(self, now: float) -> None:
        since = now - self._looked
        self._times = min(AT_ONCE, self._times + AT_ONCE * since)
        self._left = min(MOST, self._left + SHARE * since)
        self._looked = now


def may_be_terminated() -> bool:
    """Return whether this is a daemon of multiprocessing, such as a worker of a pool."""
    process = sys.modules.get("multiprocessing.process")
    return process is not None and bool(process.current_process().daemon)
