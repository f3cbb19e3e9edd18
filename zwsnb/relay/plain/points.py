"""What plain producers have sent in one turn, gathered to a run for each series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

from zwsnb.history.plots import MAX_PLOTS, History
from zwsnb.kinds.times import counted, midnight
from zwsnb.protocol.batch import Points
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.protocol.point import Point
from zwsnb.relay.plain.new_names import NEW_NAMES, NewNames

AT_ONCE: Final = 32
"""Runs that are appended in a row before the hub's other greenlets have their turn: a series is
made in a third of a millisecond where there are many.
"""

Key: TypeAlias = tuple[str, str, bool]
"""The names of a plot and a series; whether x are times."""

Run: TypeAlias = tuple[Key, list[tuple[float, float]]]
"""What points are of, and the points."""


class PlainPoints:
    """The points of one turn; `history` has those of the turns before, `new_names` says whether
    there may be further series.
    """

    def __init__(self, history: History, new_names: NewNames | None = None) -> None:
        self._history = history
        self._new_names = new_names or NewNames()
        # By plot, and there by series and whether x are times.
        self._runs: dict[str, dict[tuple[str, bool], list[tuple[float, float]]]] = {}
        # x of the next point without one, by plot: in this turn, and as the turns before left it.
        self._next: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def add(self, point: Point) -> None:
        """Gather one point; where it has no x, that is how many its plot has had.

        Raises:
            InvalidMessage: it names more new series than may come now.
        """
        plot = point.plot or DEFAULT_PLOT
        runs = self._runs.get(plot, {})
        unseen = [name for name in point.values if (name, point.is_time) not in runs]
        if unseen:
            self._look_at_names(plot, unseen)
            runs = self._runs.setdefault(plot, runs)
        x = self._next_x(plot) if point.x is None else point.x
        for series, y in point.values.items():
            runs.setdefault((series, point.is_time), []).append((x, y))

    def _look_at_names(self, plot: str, names: list[str]) -> None:
        held = self._history.get(plot)
        new = names if held is None else [name for name in names if not held.catalog.takes(name)]
        if new and not self._new_names.take(len(new)):
            raise InvalidMessage(NEW_NAMES, f"{new[0]!r} of {plot!r}", plot)

    def _next_x(self, plot: str) -> float:
        if plot not in self._next:
            found = self._history.get(plot)
            counts = {} if found is None else {name: s.count for name, s in found.series.items()}
            for (name, _), run in self._runs[plot].items():
                counts[name] = counts.get(name, 0) + len(run)
            # Of several series each has had fewer than the plot; one that was cleared begins anew.
            known = self._before.get(plot, 0) if any(counts.values()) else 0
            self._next[plot] = max(known, *counts.values(), 0)
        self._next[plot] += 1
        return self._next[plot] - 1.0

    def take(self) -> Iterator[Run]:
        """Return what has gathered, run by run, and begin another turn. Between two runs more may
        be added: what was not taken by then still counts.
        """
        while self._runs:
            plot = next(iter(self._runs))
            runs = self._runs[plot]
            its = next(iter(runs), None)  # None where there was no memory for its first point
            points = [] if its is None else runs.pop(its)
            if not runs:
                del self._runs[plot]
                self._end_turn(plot)
            if its is not None:
                yield (plot, *its), points

    def _end_turn(self, plot: str) -> None:
        if plot not in self._next:
            return
        self._before.pop(plot, None)  # to be the newest
        self._before[plot] = self._next.pop(plot)
        if len(self._before) > MAX_PLOTS:
            del self._before[next(iter(self._before))]


def points_of(run: Run, unit: str | None, published: float) -> Points:
    """Return the points of a run, counted from nearby, so that whole numbers and texts that are
    times keep their digits.

    unit: of numbers that are times in this plot; None, they are none.
    """
    (plot, series, is_time), points = run
    xs, ys = zip(*points, strict=True)
    x, y, origin = np.array(xs, dtype=np.float64), np.array(ys, dtype=np.float64), 0
    if is_time:
        origin = midnight(xs[0])
        x = np.rint((x - origin) * 1e6) / 1e6  # a text has microseconds
    elif unit is not None:
        x, origin = counted(xs, unit)
    return Points(plot, series, x, y, is_time, published, origin=origin)
