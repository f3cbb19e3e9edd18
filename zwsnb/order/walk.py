"""Where a producer goes in x, and what it means when it falls back.  [no I/O]

A producer's points of one series are a walk in x, mostly forward. It may fall back for three
reasons, which are told apart by what follows:

- A point is late: the next ones are at the front again. It is put in its place.
- A new run begins: x jumps back to where the walk began (a cell runs again, a script, the next
  learning rate), or jumps back and goes on over x that has been passed before (training is resumed
  from a checkpoint).
- It is a curve (a circle, a hysteresis): x goes back in steps, again and again.

Until that is known, points that have fallen back stand as late ones in the order of x, and the walk
remembers them: they leave again when they were the first ones of a run or of a curve.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column, Rows

JUMP: Final = 1.5
"""Mean steps forward that a jump is longer than ..."""

FEW: Final = 64
"""... and, of a walk of so few points, than its longest step: one may go to and fro between two x.
"""

CERTAIN_STEPS: Final = 4
"""Points that go forward, after a jump back over x that was passed before, and make a run."""

CERTAIN_FALLS: Final = 3
"""Times that x goes back, without the front in between, and makes a curve."""

MAX_FALLEN: Final = 1_024
"""Points that are remembered while it is open what they are, of all walks of one series; with more
of them they are late.
"""

_MOST_PARTS: Final = 16
"""Arrays of them: of single points each would take twenty times as much as the point."""

CountBetween: TypeAlias = Callable[[float, float], int]
"""How many points of the series have an x from the first number to the second."""


class Verdict(Enum):
    """What points that have fallen back are."""

    LATE = "late"
    RUN = "run"
    CURVE = "curve"


class Walk:
    """The walk of one producer since it began: ``first`` x, ``front``, the largest one, ``last``,
    the newest one, and ``count`` points.

    ``fallen`` are those that have fallen back since the front was last reached, each shape (2, n),
    while it is open what they are; ``n_fallen`` counts them.
    """

    def __init__(self, x: float) -> None:
        self.first = self.front = self.last = x
        self.count = 0
        self._longest = 0.0  # of the first steps forward
        self.fallen: list[Rows] = []
        self.n_fallen = 0
        self._falls = 0

    @property
    def is_at_front(self) -> bool:
        """True while nothing has fallen back since the front was last reached."""
        return not self._falls

    def advance(self, x: Column, late: int = 0) -> None:
        """Go to or beyond the front: `x` is sorted. What had fallen back was late, and so were so
        many points that came among these.
        """
        if self.count < FEW:
            first = [self.front, *x[:FEW].tolist()]
            self._longest = max(self._longest, *(b - a for a, b in pairwise(first)))
        self.count += len(x) + late
        self.front = self.last = float(x[-1])
        if self._falls:
            self.fallen, self.n_fallen, self._falls = [], 0, 0

    def fall_back(
        self, points: Rows, count_between: CountBetween, *, may_change: bool = True
    ) -> Verdict:
        """Return what `points`, x sorted and before the front, are by now, with those that had
        ``fallen`` before; they are not yet in the series. If they are late, they are ``fallen``.

        may_change: what was late may turn out to be something else.
        """
        x = points[0]
        self._falls += bool(x[0] < self.last)
        if self._has_restarted(float(x[0])):
            return Verdict.RUN
        if may_change and self.is_open:
            if self._falls >= CERTAIN_FALLS:
                return Verdict.CURVE
            if self._goes_over_again(x, count_between):
                return Verdict.RUN
        self.last = float(x[-1])
        self.count += len(x)
        self.n_fallen += len(x)
        self._remember(points)
        return Verdict.LATE

    def _remember(self, points: Rows) -> None:
        """Keep what has fallen back, in few arrays; a view would keep all that it came with."""
        if not self.is_open:
            self.fallen = []
        elif len(self.fallen) < _MOST_PARTS:
            self.fallen = [*self.fallen, points.copy()]
        else:
            self.fallen = [np.concatenate([*self.fallen, points], axis=1)]

    def give_up(self) -> None:
        """Have what has fallen back be late, whatever comes."""
        self.fallen, self.n_fallen = [], MAX_FALLEN + 1

    @property
    def is_open(self) -> bool:
        """True while it may still turn out what has fallen back."""
        return self.n_fallen <= MAX_FALLEN

    def _has_restarted(self, x: float) -> bool:
        """True when the walk has jumped to exactly where it began."""
        return self.n_fallen == 0 and x == self.first and self.is_jump(x)

    def is_jump(self, x: float) -> bool:
        """True when the front is farther from x than steps forward have been."""
        mean = (self.front - self.first) / max(1, self.count - 1)
        least = max(JUMP * mean, self._longest if self.count < FEW else 0.0)
        return self.front - x > least

    def _goes_over_again(self, x: Column, count_between: CountBetween) -> bool:
        """True when the walk has jumped back, and its newest points, with `x`, are among others."""
        if self._falls > 1 or self.n_fallen + len(x) < CERTAIN_STEPS:
            return False
        before = np.concatenate([points[0] for points in self.fallen]) if self.fallen else x[:0]
        steps = np.concatenate((before, x))
        lo, hi = float(steps[-CERTAIN_STEPS]), float(steps[-1])
        if lo == hi or not self.is_jump(float(steps[0])):
            return False
        own = np.count_nonzero((before >= lo) & (before <= hi))
        return bool(count_between(lo, hi) - own >= CERTAIN_STEPS // 2)
