"""Where values cross a level, told apart from noise around it by hysteresis.  [no I/O]

A value is beyond the level, or it has come back (to a second level, which may be farther off), or
it is between the two and changes nothing; a gap changes nothing either. A crossing is the first
value beyond the level after one that has come back, or the first one of all. Whole columns are
looked at in a few steps of numpy, so each point is seen, however many come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.events.watch import Watch
    from zwsnb.kinds.arrays import Column


class Crossing:
    """Finds the crossings of one watch, in each run of its series by itself: a run is the object
    that has its points, not a name, which the next run has as well. What is known of it goes with
    it.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._beyond: WeakKeyDictionary[object, bool] = WeakKeyDictionary()

    def find(self, run: object, y: Column, begins: NDArray[np.intp] | None = None) -> list[int]:
        """Return the indices of the values that have crossed, among the next ones of a run; or of
        several, of which the others begin there.
        """
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
        if begins is not None:
            part = np.searchsorted(begins, certain, side="right")
            before[1:] &= part[1:] == part[:-1]
        self._beyond[run] = bool(states[-1])
        found: list[int] = certain[states & ~before].tolist()
        return found
