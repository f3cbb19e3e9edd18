"""Where the line through the points of a series crosses a level.  [no I/O]

A crossing lies between two points that follow each other in x: the one is before the level, the
other on it or beyond. Where that is, is interpolated. A gap is no line, and crosses nothing. Whole
columns are looked at in a few steps of numpy, so each point is seen, however many come.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.checks.trigger_checks import Slope


class Crossings:
    """Finds those of one run of a series. ``newest``: the largest x that it has seen."""

    def __init__(self) -> None:
        self.newest = -math.inf
        self._last = math.nan  # the y there

    def lift(self) -> None:
        """Forget where the series was: points have come that were not looked at."""
        self._last = math.nan

    def find(self, x: Column, y: Column, level: float, slope: Slope) -> Column:
        """Return the x of the crossings up to the next points, which are finite in x. Of points
        that come late, left of others, none is looked at.
        """
        if not len(x):
            return x[:0]
        x = np.concatenate(([self.newest], x))
        y = np.concatenate(([self._last], y))
        if (x[1:] < x[:-1]).any():
            in_order = x >= np.maximum.accumulate(x)
            x, y = x[in_order], y[in_order]
        self.newest, self._last = float(x[-1]), float(y[-1])
        (begins,) = _crosses(y, level, slope).nonzero()
        return _between(x, y, begins, level)


def _crosses(y: Column, level: float, slope: Slope) -> np.ndarray:
    """Return whether the line from each value to the next one crosses the level."""
    begin, end = y[:-1], y[1:]
    # A comparison with NaN is False: a gap is on no side.
    rises = (begin < level) & (end >= level)
    falls = (begin > level) & (end <= level)
    return rises if slope == "rising" else falls if slope == "falling" else rises | falls


def _between(x: Column, y: Column, begins: np.ndarray, level: float) -> Column:
    """Return where the lines that begin at those points meet the level."""
    x0, x1, y0, y1 = x[begins], x[begins + 1], y[begins], y[begins + 1]
    # Halved, since the difference of two doubles may be none.
    part = (level / 2 - y0 / 2) / (y1 / 2 - y0 / 2)
    found: Column = np.clip(x0 * (1 - part) + x1 * part, x0, x1)
    return found
