"""What plain producers have sent in one turn, gathered to a run for each series."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from zwsnb.history.plots import History
from zwsnb.kinds.times import counted, midnight
from zwsnb.protocol.batch import Points
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.protocol.point import Point

Key: TypeAlias = tuple[str, str, bool]
"""The names of a plot and a series; whether x are times."""

Run: TypeAlias = tuple[Key, list[tuple[float, float]]]
"""What points are of, and the points."""


class PlainPoints:
    """The points of one turn; `history` has those of the turns before."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._runs: dict[Key, list[tuple[float, float]]] = {}
        # By plot: x of the next point without one, and how many of each series have gathered.
        self._next: dict[str, int] = {}
        self._gathered: dict[str, dict[str, int]] = {}

    def add(self, point: Point) -> None:
        """Gather one point; where it has no x, that is how many its plot has had."""
        plot = point.plot or DEFAULT_PLOT
        x = self._next_x(plot) if point.x is None else point.x
        gathered = self._gathered.setdefault(plot, {})
        for series, y in point.values.items():
            self._runs.setdefault((plot, series, point.is_time), []).append((x, y))
            gathered[series] = gathered.get(series, 0) + 1

    def _next_x(self, plot: str) -> float:
        if plot not in self._next:
            found = self._history.get(plot)
            counts = {} if found is None else {name: s.count for name, s in found.series.items()}
            for name, count in self._gathered.get(plot, {}).items():
                counts[name] = counts.get(name, 0) + count
            self._next[plot] = max(counts.values(), default=0)
        self._next[plot] += 1
        return self._next[plot] - 1.0

    def take(self) -> list[Run]:
        """Return what has gathered, and begin another turn."""
        runs = list(self._runs.items())
        self._runs = {}
        self._next, self._gathered = {}, {}
        return runs


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
