"""The trigger of a plot: which crossings begin a sweep, and which sweep is to be seen.  [no I/O]

What is kept of a sweep is the x of its trigger; its points are where all are, in the history. So a
page may show it at any width and ask for it again, and a million crossings a second cost no more
than looking for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from zwsnb.protocol.checks.trigger_checks import TRIGGER_DEFAULTS, complete
from zwsnb.triggers.crossings import Crossings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zwsnb.kinds.arrays import Column

State: TypeAlias = Literal[
    "", "no window", "waiting", "derived", "curve", "triggered", "stopped", "forgotten"
]

MAX_SWEEPS: Final = 128
"""That are kept of a plot, the newest ones."""

MOST_AT_ONCE: Final = 256
"""Sweeps of points that come together: of more, those at the end are kept."""

_LATE: Final = 2
"""Widths of a sweep after a trigger, until one that does not come is said to be waited for."""


class Sweep(NamedTuple):
    """What is seen of x, ``lo`` to ``hi``, with the trigger at ``x``; ``number`` counts those of a
    plot.
    """

    number: int
    x: float
    lo: float
    hi: float


class _Begun(NamedTuple):
    """A sweep that has begun, in a run whose crossings are known."""

    number: int
    x: float
    run: Crossings


class Trigger:
    """That of one plot. ``triggers`` counts the crossings, ``sweeps`` those that began a sweep; the
    points of those before number ``first`` may be gone.
    """

    def __init__(self) -> None:
        self.triggers = self.sweeps = 0
        self.first = 1
        self._said: Mapping[str, Any] = TRIGGER_DEFAULTS
        self._mode = "roll"
        self._width: float | None = None
        self._armed = False
        self._runs: WeakKeyDictionary[object, Crossings] = WeakKeyDictionary()
        self._current = Crossings()  # of the run that was looked at last
        self._idle = 0.0  # how much of x has come since a sweep began
        self._begun: deque[_Begun] = deque(maxlen=MAX_SWEEPS)

    # -- what is said ------------------------------------------------------------------------------

    def set(self, said: Mapping[str, Any] | None, width: float | None) -> None:
        """Take the option `trigger`, and how wide a sweep is, None where nobody has said that. What
        is seen stays until the next sweep is complete.
        """
        its = complete(said)
        mode, series, held = self._mode, self.series, self.holds
        self._width = width
        self._said, self._mode = its or TRIGGER_DEFAULTS, its["mode"] if its else "roll"
        if self._mode == "roll" or self.series != series:
            self.clear()
        elif self._mode != mode:
            self.arm()
        if not held:
            for run in self._runs.values():
                run.lift()

    def arm(self) -> None:
        """Let the next crossing be that of a single sweep."""
        self._armed = True

    def clear(self) -> None:
        """Forget the sweeps, and where series were: their points are gone."""
        self._begun.clear()
        self.first = self.sweeps + 1
        self._runs.clear()
        self._current = Crossings()
        self.arm()

    def forget(self, run: object) -> None:
        """Forget the sweeps of a run: its points are gone."""
        its = self._runs.pop(run, None)
        if its is not None:
            self._keep([each for each in self._begun if each.run is not its])

    def forget_evicted(self, run: object, is_held: Callable[[Any, float, float], bool]) -> None:
        """Forget the sweeps of a run which has forgotten some points, of which too little is held;
        `is_held` tells of a run and a range of x.
        """
        its, width = self._runs.get(run), self._width
        if its is None or width is None:
            return
        before, after = width - self._after(width), self._after(width)
        self._keep(
            [
                each
                for each in self._begun
                if each.run is not its or is_held(run, each.x - before, each.x + after)
            ]
        )

    def _keep(self, begun: Sequence[_Begun]) -> None:
        """Keep those alone; pages forget what they have of the others, and of those before."""
        kept = {each.number for each in begun}
        gone = [each.number for each in self._begun if each.number not in kept]
        if gone:
            self.first = max(self.first, gone[-1] + 1)
            self._begun = deque(begun, maxlen=MAX_SWEEPS)

    @property
    def series(self) -> str:
        """The published name of what crosses the level."""
        return str(self._said["series"])

    @property
    def persist(self) -> int:
        """How many earlier sweeps are seen."""
        return int(self._said["persist"])

    @property
    def holds(self) -> bool:
        """True when sweeps are shown."""
        return self._mode != "roll" and self._width is not None

    def is_on(self, series: str) -> bool:
        """True when the points of a series are to be looked at."""
        return self.holds and self.series == series

    # -- points ------------------------------------------------------------------------------------

    def look(self, runs: Iterable[tuple[object, int, int]], x: Column, y: Column) -> None:
        """Look at the next points of its series; `runs` are the objects that have points lo to hi
        of them, the oldest first.
        """
        level, slope = self._said["level"], self._said["slope"]
        for run, lo, hi in runs:
            self._current = its = self._runs.setdefault(run, Crossings())
            before, begun = its.newest, self.sweeps
            found = its.find(x[lo:hi], y[lo:hi], level, slope)
            self.triggers += len(found)
            self._begin(found.tolist())
            self._idle = self._idle + its.newest - before if begun == self.sweeps else 0.0

    def _begin(self, found: list[float]) -> None:
        """Begin a sweep at each of these crossings that is free to: none is being taken, the
        hold-off is over, and of a single one it is the first.
        """
        at = self._next(found, 0)
        count = 0
        while at < len(found):
            if self._mode == "single" and not self._armed:
                return
            self._armed = False
            self.sweeps += 1
            self._begun.append(_Begun(self.sweeps, found[at], self._current))
            count += 1
            if count == MOST_AT_ONCE:
                at = max(at, len(found) - MOST_AT_ONCE)
            at = self._next(found, at + 1)

    def _next(self, found: list[float], at: int) -> int:
        """Return the first of the crossings from `at` on that is free to begin a sweep."""
        last = self._begun[-1] if self._begun else None
        if last is None or last.run is not self._current:
            return at
        return bisect_left(found, last.x + self._apart, at)

    @property
    def _apart(self) -> float:
        """How far in x a trigger is at least from the one before it."""
        return max(self._after(self._width or 0.0), float(self._said["holdoff"]))

    def _after(self, width: float) -> float:
        """Return how much of a sweep is behind its trigger."""
        return width * (1 - float(self._said["pre"]))

    # -- what is seen ------------------------------------------------------------------------------

    def complete(self, width: float) -> Iterator[Sweep]:
        """Yield the complete sweeps that are kept, cut that wide, the newest first."""
        before, after = width - self._after(width), self._after(width)
        for its in reversed(self._begun) if self.holds else ():
            if its.run.newest >= its.x + after:
                yield Sweep(its.number, its.x, its.x - before, its.x - before + width)

    def newest(self, width: float) -> Sweep | None:
        """Return the newest complete sweep, cut that wide."""
        if not self._begun:
            return None
        return next(self.complete(width), None)

    @property
    def state(self) -> State:
        """What it does, in a word: "waiting" for a crossing, "triggered", or "stopped" after a
        single one, whose sweep is "forgotten" when its points are; empty where there is none.
        """
        if self._mode == "roll":
            return ""
        if self._width is None:
            return "no window"
        is_single = self._mode == "single"
        if is_single and not self._armed and not self._begun:
            return "forgotten"
        if not self._begun or (is_single and self._armed):
            return "waiting"
        last = self._begun[-1]
        if is_single:
            is_complete = last.run.newest >= last.x + self._after(self._width)
            return "stopped" if is_complete else "triggered"
        return "waiting" if self._idle > self._apart + _LATE * self._width else "triggered"
