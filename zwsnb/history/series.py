"""One series: its points, and over them a pyramid of extremes.  [no I/O]

x has to grow. When it goes backwards the series turns into XY mode, for phase plots and restarted
counters: it keeps its newest 100,000 points, to be drawn in the order in which they were published.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zwsnb.history.pyramid import Pyramid
from zwsnb.protocol.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.pyramid import Held
    from zwsnb.protocol.arrays import Column, Rows

XY_POINTS: Final = 100_000
"""Points that a series keeps whose x goes backwards."""


class Series:
    """One series: points 0 to ``count``, of which ``points`` holds the newest, and ``pyramid``
    their extremes.

    ``cleared`` points came before. ``ordered`` is False in XY mode. ``last`` is the newest point,
    ``x_range`` the smallest and largest x ever seen. ``generation`` changes whenever what was made
    of the points before is void: at a reset, and when the series turns into XY mode.
    """

    def __init__(self, ident: int, name: str) -> None:
        self.ident = ident
        self.name = name
        self.cleared = 0
        self.generation = 0
        self._start_empty()

    def _start_empty(self) -> None:
        self.pyramid = Pyramid()
        self.points = self.pyramid.points
        self.ordered = True
        self.last = (math.nan, math.nan)
        self.x_range = (math.nan, math.nan)

    def reset(self) -> None:
        """Forget everything, and count it as cleared."""
        self.cleared += self.count
        self.generation += 1
        self._start_empty()

    @property
    def count(self) -> int:
        """Points that it took since it was last cleared."""
        return self.points.end

    @property
    def first_shown(self) -> int:
        """Number of the oldest point that can be drawn: in XY mode of the newest 100,000, else of
        those that are held.
        """
        return self.points.start if self.ordered else max(self.points.start, self.count - XY_POINTS)

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return self.pyramid.nbytes

    # -- growing -----------------------------------------------------------------------------------

    def append(self, x: Column, y: Column) -> bool:
        """Take points; `x` is finite, `y` may be NaN for a gap. O(1) amortised a point.

        Returns True when it takes more memory than before.
        """
        if not len(x):
            return False
        if self.ordered and not (self._is_next(x[0]) and _is_sorted(x)):
            self._turn_xy()
        before = self.nbytes
        self.points.append(x, y)
        self.last = (float(x[-1]), float(y[-1]))
        lo, hi = (x[0], x[-1]) if self.ordered else (x.min(), x.max())
        least, largest = self.x_range
        # Both are NaN before the first point.
        self.x_range = (
            least if least <= lo else float(lo),
            largest if largest >= hi else float(hi),
        )
        if self.ordered:
            self.pyramid.raise_in_bunches()
        else:
            self._keep_newest()
        return self.nbytes > before

    def _is_next(self, x: float) -> bool:
        return self.count == 0 or bool(x >= self.last[0])

    def _turn_xy(self) -> None:
        self.ordered = False
        self.pyramid.drop_cells()
        self.generation += 1

    def _keep_newest(self) -> None:
        while self.points.end - self.points.start - self.points.rows >= XY_POINTS:
            self.points.evict()

    # -- what is held ------------------------------------------------------------------------------

    def find(self, x: float, *, after: bool = False) -> int:
        """Return the number of the first point that is not left of `x`, as `Pyramid.find`."""
        return self.pyramid.find(x, after=after)

    def next_x(self, x: float) -> float:
        """Return x of the first point that is not left of `x`, or the largest x: where all are, and
        in XY mode.
        """
        if not self.ordered:
            return self.x_range[1]
        return self.pyramid.x_of(min(self.find(x, after=True), self.count - 1))

    def gather(self, lo: int, hi: int, grid: Grid) -> Rows:
        """Return what stands for the points lo to hi in the columns of `grid`, shape (2, n), as
        `Pyramid.gather`.
        """
        return self.pyramid.gather(lo, hi, grid)

    def evict(self) -> bool:
        """Forget the oldest block, as `Pyramid.evict`; False when there is none to spare."""
        if self.ordered:
            # The points that leave have to stand in cells.
            self.pyramid.raise_levels()
        return self.pyramid.evict()

    def held(self) -> list[Held]:
        """Return what is held at which resolution, finest first."""
        return self.pyramid.held()


def _is_sorted(x: Column) -> bool:
    if len(x) > LIST_LIMIT:
        return bool((x[1:] >= x[:-1]).all())
    numbers = x.tolist()
    return bool(numbers == sorted(numbers))
