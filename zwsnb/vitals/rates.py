"""How fast something grows that is counted.  [no I/O]"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final

EVERY: Final = 1.0
"""Seconds between two looks, about."""

OVER: Final = 5
"""Looks back to which the rate is."""


class Rates:
    """Rates of several counts, a second, over the last `OVER` looks at them."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, Mapping[str, int]]] = deque(maxlen=OVER + 1)

    def is_due(self, now: float) -> bool:
        """Return whether to look again; now: seconds that only grow."""
        # Who asks comes by a timer, which may be early by a hair.
        return not self._looks or now - self._looks[-1][0] > 0.9 * EVERY

    def note(self, now: float, counts: Mapping[str, int]) -> None:
        """Note what has been counted by now."""
        self._looks.append((now, counts))

    def __getitem__(self, key: str) -> float:
        """Return how many there were a second; 0 before the second look."""
        if len(self._looks) < 2:
            return 0.0
        (began, old), (now, new) = self._looks[0], self._looks[-1]
        return max(0, new[key] - old[key]) / (now - began)
