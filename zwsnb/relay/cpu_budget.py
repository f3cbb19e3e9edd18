"""How much processor time the hub takes for its viewers beside threads that compute.  [no I/O]

A patch is some steps of Python, for which a busy cell stands still. What they take differs by the
machine and by the second, so the hub looks what it has spent, and spaces the patches of all its
viewers so that it stays below a share of the time. No timer of the hub is needed for that, which
would have to ask for the interpreter's lock once more: a patch says how long the page rests before
it asks for the next one.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE: Final = 0.025
"""Of the time. A cell loses half as much again to hand-overs, and to a browser on the same machine.
"""

LONGEST: Final = 0.05
"""Seconds between two patches that are asked for at most: however many viewers there are, each has
20 a second.
"""

FRAME: Final = 1 / 60
"""Seconds that a page takes to paint and acknowledge without being asked to rest."""

_PERIOD: Final = 0.1
"""Seconds between two looks at the clocks of the processor, which cost as much as a step of the
view.
"""

_BUSY: Final = 0.5
"""Share of one processor from which on the rest of the process is said to compute."""


class CpuBudget:
    """The hub's account of its processor time; use it in the hub's own thread.

    share: of the time, for patches; None for as much as they take. is_lifted: whether they may take
    more for now, since it is what computes that wants to be seen. own, whole: the processor time of
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
        self._seen = (-math.inf, 0.0, 0.0)
        self._patches = 0
        self._spacing = 0.0
        self._free_at = -math.inf

    def rest(self, now: float) -> float:
        """Book a patch at the time `now`; return for how many seconds its page should rest before
        it asks for the next one.
        """
        self._patches += 1
        if now - self._seen[0] >= _PERIOD:
            self._look(now)
        if not self._spacing:
            return 0.0
        self._free_at = min(max(self._free_at, now) + self._spacing, now + LONGEST)
        return max(0.0, self._free_at - now - FRAME)

    def _look(self, now: float) -> None:
        """See what a patch has cost since the last look, and whether anybody was kept from
        computing.
        """
        then, self._seen = self._seen, (now, self._own(), self._whole())
        elapsed, own, whole = (new - old for new, old in zip(self._seen, then, strict=True))
        is_busy = whole - own > _BUSY * elapsed
        if self._share is None or not is_busy or self._is_lifted():
            self._spacing = 0.0
        else:
            self._spacing = own / self._patches / self._share
        self._patches = 0
