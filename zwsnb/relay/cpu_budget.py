"""How much processor time the hub takes for its viewers beside threads that compute.  [no I/O]

A patch is some steps of Python, for which a busy cell stands still. What they cost differs by the
machine and by the second, so the hub measures what it has spent; rule 9 of `zwsnb.relay.schedule`
spaces the patches of all its viewers so that it stays below a share of the time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from zwsnb.relay.schedule import MEASURE_EVERY, SHARE, PatchSpacing, spacing


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
        self._measured = (-math.inf, 0.0, 0.0)  # when, and the two clocks then
        self._patches = 0  # since then
        self._seconds = 0.0  # between two patches
        self._spacing = PatchSpacing()

    def delay_after(self, now: float) -> float:
        """Account for a patch that is sent at `now`; return how many seconds its page should wait
        after the paint before it asks for the next one.
        """
        self._patches += 1
        if now - self._measured[0] >= MEASURE_EVERY:
            self._measure(now)
        return self._spacing.delay_after(now, self._seconds)

    def _measure(self, now: float) -> None:
        """Update what a patch costs, and whether another thread was kept from computing."""
        then, self._measured = self._measured, (now, self._own(), self._whole())
        elapsed, own, whole = (new - old for new, old in zip(self._measured, then, strict=True))
        share = None if self._is_lifted() else self._share
        self._seconds = spacing(
            own=own, whole=whole, elapsed=elapsed, patches=self._patches, share=share
        )
        self._patches = 0
