"""How many new names plain producers may bring in a time: a bucket that fills by itself.

Whoever has no token could else fill all plots with names made up in a loop, in a second, and the
relay would do nothing but make series.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

NEW_NAMES: Final = "new names"
"""A kind of refusal."""

RATE: Final = 100
"""New series a second, of all plots together."""

BURST: Final = 1_000
"""New series at once, after a time without any: as many as a plot has."""


class NewNames:
    """Says whether further names may come.

    clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = float(BURST)
        self._at = clock()

    def take(self, count: int) -> bool:
        """Take the place of so many names; False, and none is taken, where there are fewer."""
        now = self._clock()
        self._left = min(BURST, self._left + (now - self._at) * RATE)
        self._at = now
        if count > self._left:
            return False
        self._left -= count
        return True
