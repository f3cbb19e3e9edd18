"""A derived series that follows others: it has a point for each of the first one.  [no I/O]

What is computed is kept, so that each point costs once. Of what an expression carries from point to
point the follower saves a state now and then, the rarer the longer ago: when a late point has taken
its place in a source, it goes back to the last state before, and goes on from there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.derived.expression import cost_of_states

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.derived.expression import Expression, States
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows

PIECE: Final = 32_768
"""Points that are computed at a time, at most."""

MOST_REDONE: Final = 1 << 16
"""Points that are computed again while the old ones are still seen: 1 MiB; of more there is a cut
where a late point has come, until they are there.
"""

MOST_TURNS: Final = 4
"""Updates in which they are: meanwhile the target has no new points."""

SAVED_EVERY: Final = 4_096
"""Points between two states that are saved, at least ..."""

SAVED_PER_CARRIED: Final = 2
"""... and so many times what it costs to go on from one: a mean over very many points carries all
of them, and may take 4 bytes a point beside those of its series.
"""


class Follower:
    """Has ``target`` be what `expression` gives for ``sources``, which are in the order of x.

    Behind a late point the old values are seen until there are as many new ones.

    ``begins_late`` is True when the first points of a source had left the memory before it began,
    ``is_near`` when some had that it would have needed again.
    """

    def __init__(
        self, expression: Expression, sources: Mapping[str, Series], target: Series
    ) -> None:
        self.sources = sources
        self.target = target
        self._expression = expression
        self._cost = expression.cost
        self._name = expression.series[0]
        self._source = sources[self._name]
        self._others = [name for name in expression.series if name != self._name]
        self._generations = [each.generation for each in sources.values()]
        self._followed = {name: its.rewrites.count for name, its in sources.items()}
        # The point of the source with which the target begins, and that which is next.
        self._first = self._next = self._source.points.start
        self._states: States = {}
        self._saved: list[tuple[int, States]] = []
        self.begins_late = any(each.points.start > 0 for each in sources.values())
        self.is_near = False
        self._redone: Redone | None = None

    @property
    def is_void(self) -> bool:
        """True when a source has become a curve, and has no order of x any more."""
        return self._generations != [each.generation for each in self.sources.values()]

    def update(self, most: float) -> float:
        """Compute what is new, but for a cost of about `most`; return what it has cost: less than
        that only when all is done.
        """
        self._go_back()
        self._skip_gone()
        end, spent = self._reach(), 0.0
        while self._next < end and spent < most:
            begin = self._next
            carried = cost_of_states(self._states)
            # To go on costs as much for one point as for many: it has at least half of the time.
            room = max(most - spent - carried, carried) / self._cost
            self._compute(begin, min(end, begin + min(PIECE, max(1, math.ceil(room)))))
            spent += carried + (self._next - begin) * self._cost
        self._replace_if_due(is_all=self._next >= end)
        return spent

    @property
    def _there(self) -> int:
        """How many points there are that hold, the redone ones among them."""
        return self.target.count if self._redone is None else self._redone.end

    @property
    def _known(self) -> int:
        """The point of the source behind those of which something is known: a value, or a state."""
        return max(self._next, self._first + self._there)

    def _reach(self) -> int:
        """Return up to which point of the source all others have come."""
        if not self._others:
            return self._source.points.end
        if not all(self.sources[name].count for name in self._others):
            return 0
        last = min(self.sources[name].last[0] for name in self._others)
        return self._source.find(math.nextafter(last, math.inf))

    def _compute(self, lo: int, hi: int) -> None:
        x, y = self._source.points.slice(lo, hi)
        columns = {self._name: y}
        for name in self._others:
            columns[name] = interpolated(self.sources[name], x)
        self._states, values = self._expression.values(self._states, x, columns)
        self._next = hi
        # What was computed only for the state behind it is there already.
        new = max(0, self._first + self._there - lo)
        into = self.target if self._redone is None else self._redone
        into.append(x[new:], values[new:])
        self._save()

    # -- going back --------------------------------------------------------------------------------

    def _go_back(self) -> None:
        """Go back to before the first point that has changed since the last update."""
        changed = [self._changed_in(name) for name in self.sources]
        first = max(self._first, min(changed))
        if first >= self._known:
            return
        if first < self._next:
            while self._saved and self._saved[-1][0] > first:
                self._saved.pop()
            self._next, self._states = self._saved[-1] if self._saved else (self._first, {})
        begin = max(first - self._first, self.target.points.start)
        if begin < self._there:
            old = self._redone
            x = self._source.pyramid.x_of(first)
            turns = old.turns if old else 0
            self._redone = old.cut(begin) if old and old.begin <= begin else Redone(begin, x, turns)
        if self._redone is not None and self.target.count - self._redone.begin > MOST_REDONE:
            self._replace(self._redone)

    def _replace_if_due(self, *, is_all: bool) -> None:
        """After a turn, have what has been computed again be seen where there is as much of it as
        there was, or where the newest points have waited for long enough.
        """
        redone = self._redone
        if redone is None:
            return
        redone.turns += 1
        if is_all or self._there >= self.target.count or redone.turns >= MOST_TURNS:
            self._replace(redone)

    def _replace(self, redone: Redone) -> None:
        """Have what has been computed again take the place of what is behind it."""
        self._redone = None
        target = self.target
        points = target.points
        begin = max(redone.begin, points.start)
        rows = redone.rows[:, begin - redone.begin :]
        if not rows.size and begin == points.start > 0:
            # The rest has left the memory: a gap, so that it is known where to go on; not behind
            # what comes next, which late points before it have moved here.
            x = max(self._source.pyramid.x_of(self._first + begin), target.x_range[0])
            rows = np.array([[min(x, points.slice(begin, begin + 1)[0, 0])], [np.nan]])
        target.rewrite(begin, rows, redone.x)
        if not target.points.end:
            target.last = target.x_range = (math.nan, math.nan)
        else:
            least = target.x_range[0] if begin else target.pyramid.x_of(0)
            target.x_range = (least, target.last[0])

    def _changed_in(self, name: str) -> int:
        """Return the first point of the source that a change of a series concerns, or the first of
        which nothing is known yet.
        """
        series = self.sources[name]
        change = series.rewrites.since(self._followed[name])
        if change is None:
            return self._known
        self._followed[name] = series.rewrites.count
        if name == self._name:
            return change.first
        before = change.first - 1  # up to which the line between two points is as it was
        return self._source.find(series.pyramid.x_of(before)) if before >= 0 else 0

    def _skip_gone(self) -> None:
        """Go on behind points that have left the memory meanwhile."""
        start = self._source.points.start
        if self._next >= start:
            return
        self.is_near = True
        if self._redone is not None:
            self._replace(self._redone)
        there = self._first + self.target.count
        self._first += max(0, start - there)
        self._next = start

    def _save(self) -> None:
        """Save the state, and forget those without which the next older one is no more than twice
        as far away; and those before what is held, but for the last.
        """
        saved, now = self._saved, self._next
        apart = max(SAVED_EVERY, SAVED_PER_CARRIED * cost_of_states(self._states))
        if now - (saved[-1][0] if saved else self._first) < apart:
            return
        saved.append((now, self._states))
        while len(saved) > 1 and saved[1][0] <= self._source.points.start:
            del saved[0]
        for i in range(len(saved) - 2, 0, -1):
            if now - saved[i - 1][0] <= 2 * (now - saved[i + 1][0]):
                del saved[i]


class Redone:
    """Points that are to take the place of those of a target from number `begin` on, where its
    source has changed from `x` on; up to ``end``. turns: for how many updates the target has waited
    for them.
    """

    def __init__(self, begin: int, x: float, turns: int = 0) -> None:
        self.begin = self.end = begin
        self.x = x
        self.turns = turns
        self._pieces: list[Rows] = []

    def append(self, x: Column, y: Column) -> None:
        """Take the next ones."""
        self._pieces.append(np.stack((x, y)))
        self.end += len(x)

    @property
    def rows(self) -> Rows:
        """All of them, shape (2, n)."""
        return np.concatenate([np.empty((2, 0)), *self._pieces], axis=1)

    def cut(self, end: int) -> Redone:
        """Return those before number `end`."""
        rows = self.rows[:, : end - self.begin].copy()
        self._pieces, self.end = [rows], self.begin + rows.shape[1]
        return self


def interpolated(series: Series, x: Column) -> Column:
    """Return y of a series at each of `x`, sorted: of its first point there, or on the line from
    the one before to the one behind; NaN where there is none.
    """
    points = series.points
    begin = max(points.start, series.find(float(x[0])) - 1)
    end = series.find(math.nextafter(float(x[-1]), math.inf)) + 1
    xs, ys = points.slice(begin, max(begin, end))
    if not len(xs):
        return np.full(len(x), np.nan)
    right = np.searchsorted(xs, x)
    behind, before = np.minimum(right, len(xs) - 1), np.maximum(right - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        part = (x - xs[before]) / (xs[behind] - xs[before])
        between = ys[before] * (1 - part) + ys[behind] * part
    is_between = (right > 0) & (right < len(xs))
    is_there = xs[behind] == x
    found: Column = np.where(is_there, ys[behind], np.where(is_between, between, np.nan))
    return found
