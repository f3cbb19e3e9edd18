"""The image of a plot: its newest run, and how its values become colours.  [no I/O]

A run goes on as long as its rows are of one name, as long as each other, over the same y, and x
does not go back; anything else begins the next one, and the one before is forgotten.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.images.pyramid import Pyramid

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Cells, Rows

_MARGIN: Final = 0.1
"""Parts of the range of colours by which it grows beyond a value outside: all cells change their
colours then, so it is to be rare.
"""

_TOLD_APART: Final = 4
"""Steps of a double between the edges of a value, at least."""


class ImageRun:
    """Rows of one image. ``z``: from the lowest value to the highest one, or some more; NaN where
    there is none yet; ``z_log``: that of their decadic logarithms. ``counts_x``: each x is a whole
    number. ``began``: how many rows came before it to the same plot, which no other run has.
    """

    def __init__(self, rows: Rows, began: int = 0) -> None:
        self.began = began
        self.name = rows.series
        self.y = rows.y
        self.bins = rows.cells.shape[1]
        self.is_whole = rows.is_whole
        self.pyramid = Pyramid(self.bins)
        self.first_x = self.last_x = math.nan
        self.first_step = self.last_step = math.nan  # from the first x to the next one, and last
        self.z = self.z_log = (math.nan, math.nan)
        self.counts_x = True

    @property
    def count(self) -> int:
        """How many rows it has had."""
        return self.pyramid.rows.end

    @property
    def bin_height(self) -> float:
        """What of y a value of a row stands for; where y does not say, 1, or as much as doubles can
        tell apart there.
        """
        low, high = self.y
        return (high - low) / max(1, self.bins - 1) or max(1.0, _TOLD_APART * math.ulp(high))

    @property
    def counts_y(self) -> bool:
        """True when y counts the values of a row, in whole numbers."""
        return self.bin_height == 1 and self.y[0].is_integer()

    @property
    def y_edges(self) -> tuple[float, float]:
        """The lower edge of the first value, and the upper one of the last."""
        half = self.bin_height / 2
        return self.y[0] - half, self.y[1] + half

    @property
    def x_range(self) -> tuple[float, float]:
        """Smallest and largest x, to the edges of the outer rows: half of what is usual between
        two; but a positive x does not become one that has no logarithm.
        """
        first, last = self.first_x, self.last_x
        if last > first:
            mean = last / (self.count - 1) - first / (self.count - 1)
            half = min(mean, self.first_step, self.last_step) / 2
        else:
            half = 0.5 if self.is_whole else 0.0
        return first if first - half <= 0 < first else first - half, last + half

    def continues(self, rows: Rows) -> bool:
        """True when rows may go on with it."""
        return (
            not rows.is_whole
            and rows.series == self.name
            and rows.y == self.y
            and rows.cells.shape[1] == self.bins
            and not rows.x[0] < self.last_x
        )

    def append(self, x: Column, cells: Cells) -> None:
        """Append rows, none of which is left of those before."""
        self._note_steps(x)
        if not self.count:
            self.first_x = float(x[0])
        self.last_x = float(x[-1])
        self.counts_x = self.counts_x and bool((x == np.floor(x)).all())
        self.pyramid.append(x, cells)
        self._widen_z(cells)

    def _note_steps(self, x: Column) -> None:
        steps = np.diff(x, prepend=self.last_x)
        steps = steps[steps > 0]  # the first row has none: it is NaN
        if len(steps):
            self.last_step = float(steps[-1])
            if math.isnan(self.first_step):
                self.first_step = float(steps[0])

    def _widen_z(self, cells: Cells) -> None:
        finite = cells[np.isfinite(cells)]
        if not finite.size:
            return
        self.z = _widened(self.z, float(finite.min()), float(finite.max()))
        positive = finite[finite > 0] if self.z[0] <= 0 else finite
        if positive.size:
            low, high = (math.log10(end) for end in (positive.min(), positive.max()))
            self.z_log = _widened(self.z_log, low, high)


def _widened(z: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """Return a range that has these values as well, with a margin where it grows."""
    before, after = z
    if math.isnan(before):
        return low, high
    margin = _MARGIN * (max(high, after) - min(low, before))
    return (
        low - margin if low < before else before,
        high + margin if high > after else after,
    )


class Image:
    """What a plot holds of its image: the ``run``, if there is one; ``count`` are the rows that it
    ever took. Of one that comes in parts the run before is there until the last part is.
    """

    def __init__(self) -> None:
        self.run: ImageRun | None = None
        self._coming: ImageRun | None = None
        self.count = 0

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(run.pyramid.nbytes for run in (self.run, self._coming) if run is not None)

    @property
    def x_ranges(self) -> list[tuple[float, float]]:
        """The x-range of the run, if there is one."""
        return [] if self.run is None else [self.run.x_range]

    def next_xs(self, x: float) -> list[float]:
        """Return the smallest x of a row that is not below `x`, if there is one."""
        if self.run is None or not self.run.last_x >= x:
            return []
        return [self.run.pyramid.next_x(x)]

    def append(self, rows: Rows) -> None:
        """Take rows, at least one."""
        self.count += len(rows.x)
        # Of rows among which x goes back, only the last run is to be held.
        begin = max(np.flatnonzero(np.diff(rows.x) < 0).tolist(), default=-1) + 1
        run = self._coming or self.run
        if run is None or begin or not run.continues(rows):
            run = ImageRun(rows, self.count - len(rows.x) + begin)
        run.append(rows.x[begin:], rows.cells[begin:])
        if rows.has_more:
            self._coming = run
        else:
            self.run, self._coming = run, None

    def clear(self, name: str) -> None:
        """Forget the run; where a name is said, only one of that name."""
        if self.run is not None and name in ("", self.run.name):
            self.run = None
        if self._coming is not None and name in ("", self._coming.name):
            self._coming = None

    def evict(self) -> bool:
        """Forget the oldest block of rows; False when there is none to spare."""
        runs = (run for run in (self.run, self._coming) if run is not None)
        return any(run.pyramid.evict() for run in runs)
