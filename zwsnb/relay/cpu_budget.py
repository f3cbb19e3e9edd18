"""How much processor time the hub takes for its viewers beside threads that compute.  [no I/O]

A patch is some steps of Python, for which a busy cell stands still. What they cost differs by the
machine and by the second, so the hub measures what it has spent, and spaces the patches of all its
viewers so that it stays below a share of the time. No timer of the hub is needed for that, which
would have to ask for the interpreter's lock once more: a patch carries how long the page waits
before it asks for the next one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

SHARE: Final = 0.025
"""Of the time. A cell loses half as much again to hand-overs, and to a browser on the same machine.
"""

LONGEST: Final = 0.05
"""Seconds between two patches that are asked for at most: however many viewers there are, each has
20 a second.
"""

FRAME: Final = 1 / 60
"""Seconds that a page takes to paint and acknowledge without being asked to wait."""

_PERIOD: Final = 0.1
"""Seconds between two readings of the processor's clocks, which cost as much as a step of a patch.
"""

_BUSY: Final = 0.5
"""Share of one processor from which on the rest of the process is taken to compute."""


class CpuBudget:
    """The hub's account of its processor time; use it in the hub's own thread.

    share: of the time, for patches; None for as much as they take. is_lifted: whether they may take
    more for now, since it is what computes that is to be seen. own, whole: the processor time of
    this thread and of the process, in seconds.
    """

    def __init__(
        self,
        share: float | None = SHARE,
        is_lifted: Callable[[], bool] = lambda: False,
        own: Callable[[], float] = time.thread_time,
        whole: Callable[[], float] = time.process_time,
    ) -> None:
        self._share = share
        self._is_lifted = is_lifted
        self._own, self._whole = own, whole
        self._measured = (-math.inf, 0.0, 0.0)
        self._patches = 0
        self._spacing = 0.0
        self._free_at = -math.inf

    def delay_after(self, now: float) -> float:
        """Account for a patch that is sent at `now`; return how many seconds its page should wait
        after the paint before it asks for the next one.
        """
        self._patches += 1
        if now - self._measured[0] >= _PERIOD:
            self._measure(now)
        if not self._spacing:
            return 0.0
        self._free_at = min(max(self._free_at, now) + self._spacing, now + LONGEST)
        return max(0.0, self._free_at - now - FRAME)

    def _measure(self, now: float) -> None:
        """Update what a patch costs, and whether another thread was kept from computing."""
        then, self._measured = self._measured, (now, self._own(), self._whole())
        elapsed, own, whole = (new - old for new, old in zip(self._measured, then, strict=True))
        is_busy = whole - own > _BUSY * elapsed
        if self._share is None or not is_busy or self._is_lifted():
            self._spacing = 0.0
        else:
            self._spacing = own / self._patches / self._share
        self._patches = 0
