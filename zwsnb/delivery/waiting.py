"""Who waits until what was published has come to the relay, and how long that says nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from zwsnb.producer.native import SimpleQueue

LONGEST_LOOK: Final = 0.5
"""Seconds that count of those between two looks: what is more, this process has stood still."""


@dataclass(slots=True)
class Flush:
    """Who waits until what was published before `checkpoint` has come to the relay: all batches
    before the one of that number, when it is known.
    """

    checkpoint: int
    number: int | None = None
    has_come: bool = False
    done: SimpleQueue[bool] = field(default_factory=SimpleQueue)


class Silence:
    """For how long a relay has said nothing while somebody here looked for it: where this process
    was stopped, as by Ctrl-Z, or had its interpreter held, what was said may wait to be read.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        self._looked = -math.inf

    def look(self, now: float) -> float:
        """Return its seconds, those up to now with them."""
        self._seconds += min(now - self._looked, LONGEST_LOOK)
        self._looked = now
        return self._seconds

    def end(self) -> None:
        """Begin anew: it has said something, or nothing is left to say."""
        self._seconds = 0.0
