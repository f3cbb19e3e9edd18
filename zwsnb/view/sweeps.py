"""Which sweep of a triggered plot a page is sent next.  [no I/O]

A page that follows gets the newest complete one, whatever came since the last, and keeps those that
it had, paler, below it. One that has just come is played the last few first, one a patch.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.triggers.trigger import State, Sweep, Trigger


def told(sweep: Sweep | None, first: int) -> dict[str, Any]:
    """Return what a page is told of a sweep, None: there is none; it forgets those before number
    `first`.
    """
    if sweep is None:
        return {"type": "sweep", "number": None, "first": first}
    its = {"type": "sweep", "number": sweep.number, "x": sweep.x}
    return {**its, "from": sweep.lo, "to": sweep.hi, "first": first}


def state_of(plot: Plot) -> State:
    """Return what the trigger of a plot does; where it waits for what is not looked at, why."""
    state = plot.trigger.state
    if state != "waiting":
        return state
    name = plot.trigger.series
    if name in plot.catalog.derived:
        return "derived"
    its = (each for each in plot.series.values() if each.of == name and not each.number)
    return "waiting" if all(each.ordered for each in its) else "curve"


class SweepCursor:
    """How far one page has come. ``shown``: what its next patch is of, None where that follows the
    points; ``is_behind``: there is more for another one.
    """

    def __init__(self) -> None:
        self.shown: Sweep | None = None
        self._first = 1
        self.is_behind = False
        self._until: int | None = None  # the number up to which it is played those that there were
        self._plays = True
        self._is_news = self._was_told = False

    def move(self, trigger: Trigger, width: float | None) -> bool:
        """Go on to what a page is to be sent that follows so much of x; None: it does not follow.
        Returns True where that is not what it has.
        """
        self.is_behind = False
        shown = None if width is None else self._next(trigger, width)
        is_other = shown != self.shown or (self._was_told and self._first != trigger.first)
        self.shown, self._first = shown, trigger.first
        self._is_news = is_other or self._is_news
        return is_other

    def _next(self, trigger: Trigger, width: float) -> Sweep | None:
        newest = trigger.newest(width)
        if newest is None or not self._plays:
            return newest
        if self._until is None:
            self._until = newest.number
        seen = 0 if self.shown is None else self.shown.number
        rest = [
            each
            for each in islice(trigger.complete(width), trigger.persist + 1)
            if seen < each.number <= self._until
        ]
        self.is_behind = self._plays = len(rest) > 1
        return rest[-1] if rest else newest

    def news(self, *, is_fresh: bool) -> dict[str, Any] | None:
        """Return what the page is told before the patch, where it has not been told, or begins
        afresh: then it may have missed the last word.
        """
        if not (self._is_news or (is_fresh and self._was_told)):
            return None
        self._is_news, self._was_told = False, True
        return told(self.shown, self._first)
