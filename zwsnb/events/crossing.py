"""Where values cross a level, told apart from noise around it by hysteresis.  [no I/O]

A value is beyond the level, or it has come back (to a second level, which may be farther off), or
it is between the two and changes nothing; a gap changes nothing either. A crossing is the first
value beyond the level after one that has come back, or the first one of all. Whole columns are
looked at in a few steps of numpy, so each point is seen, however many come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from zwsnb.events.watch import Watch
    from zwsnb.kinds.arrays import Column

MAX_RUNS: Final = 1_000
"""Runs of which it is remembered whether they are beyond; of more of them the first one goes."""


class Crossing:
    """Finds the crossings of one watch, in each run of its series by itself."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._beyond: dict[str, bool] = {}

    def find(self, run: str, y: Column) -> list[int]:
        """Return the indices of the values that have crossed, among the next ones of a run."""
        its = self._watch
        # A comparison with NaN is False: a gap is neither.
        if its.is_above:
            beyond, is_back = y > its.level, y <= its.back
        else:
            beyond, is_back = y < its.level, y >= its.back
        (certain,) = (beyond | is_back).nonzero()
        if not len(certain):
            return []
        states = beyond[certain]
        before = np.concatenate(([self._beyond.get(run, False)], states[:-1]))
        self._remember(run, is_beyond=bool(states[-1]))
        found: list[int] = certain[states & ~before].tolist()
        return found

    def _remember(self, run: str, *, is_beyond: bool) -> None:
        self._beyond[run] = is_beyond
        if len(self._beyond) > MAX_RUNS:
            del self._beyond[next(iter(self._beyond))]
