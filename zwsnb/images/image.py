"""The image of a plot: its newest run, and how its values become colours.  [no I/O]

A run goes on as long as its rows are of one name, as long as each other, over the same y, and x
does not go back as where one begins again (`zwsnb.images.way`); anything else begins the next one,
and the one before is forgotten.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.images.pyramid import Pyramid
from zwsnb.images.way import Way
from zwsnb.order.parts import is_sorted
from zwsnb.order.rewrites import Rewrites

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
    ``rewrites`` are where rows came late and were put in their places; ``late`` had none any more.
    ``way``: that of x.
    """

    def __init__(self, rows: Rows, began: int = 0, *, is_time: bool = False) -> None:
        self.began = began
        self.name = rows.series
        self.y = rows.y
        self.bins = rows.cells.shape[1]
        self.is_whole, self.is_down = rows.is_whole, rows.is_down
        self.pyramid = Pyramid(self.bins)
        self.first_x = self.last_x = math.nan
        self.first_step = self.last_step = math.nan  # from the first x to the next one, and last
        self.z = self.z_log = (math.nan, math.nan)
        self.counts_x = True
        self.rewrites = Rewrites()
        self.late = 0
        self.way = Way(float(rows.x[0]), is_time=is_time)

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

    def is_of(self, rows: Rows) -> bool:
        """True when rows may go on with it, if their x do."""
        return (
            not rows.is_whole
            and rows.series == self.name
            and rows.y == self.y
            and rows.cells.shape[1] == self.bins
        )

    def take(self, x: Column, cells: Cells) -> int:
        """Take rows, up to where another run begins; return how many. Those that come late are put
        in their places, or are ``late``.
        """
        taken = self.way.follow(x, cells, self._count_between)
        if taken:
            self._place(x[:taken], cells[:taken])
        return taken

    def _count_between(self, lo: float, hi: float) -> int:
        find = self.pyramid.find
        return find(math.nextafter(hi, math.inf)) - find(lo)

    def _place(self, x: Column, cells: Cells) -> None:
        if not is_sorted(x):
            order = np.argsort(x, kind="stable")
            x, cells = x[order], cells[order]
        if self.count and x[0] < self.last_x:
            gone = self.pyramid.count_homeless(x)
            self.late += gone
            self.way.lose(x[:gone])
            self._insert(x[gone:], cells[gone:])
        else:
            self._append(x, cells)

    def _insert(self, x: Column, cells: Cells) -> None:
        """Put rows in their places, which they have."""
        if not len(x):
            return
        first = self.pyramid.insert(x, cells)
        self.rewrites.add(first, float(x[0]))
        self._note(x, cells)

    def _append(self, x: Column, cells: Cells) -> None:
        """Append rows, none of which is left of those before."""
        self._note_steps(x)
        self.pyramid.append(x, cells)
        self._note(x, cells)

    def _note(self, x: Column, cells: Cells) -> None:
        """Note how far rows reach, in x and in their values."""
        first, last = float(x[0]), float(x[-1])
        self.first_x = min(first, self.first_x)  # which is NaN at first
        self.last_x = max(last, self.last_x)
        self.counts_x = self.counts_x and bool((x == np.floor(x)).all())
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


def _why_anew(run: ImageRun, rows: Rows) -> str:
    """Return why rows that go on in x are of no image as the run is; empty where they do not."""
    if run.is_whole or rows.is_whole or rows.x[0] < run.last_x:
        return ""
    bins = rows.cells.shape[1]
    now, before = (f"{low:g} to {high:g}" for low, high in (rows.y, run.y))
    what = f"rows over y {now} came after rows over {before}"
    if bins != run.bins:
        what = f"rows of {bins:,} values came after rows of {run.bins:,}"
    if rows.series != run.name:
        what = f"rows of {rows.series!r:.50} came after rows of {run.name!r:.50}"
    return (
        f"The image has begun anew, without the rows before: {what}. Give images that are not "
        "alike plots of their own, or clear the plot between them."
    )


class Image:
    """What a plot holds of its image: the ``run``, if there is one; ``count`` are the rows that it
    ever took, ``late`` those that came when they had no place any more; ``notice`` says why it
    began anew where nobody can have meant that, else it is empty. Of one that comes in parts
    the run before is there until the last part is.
    """

    def __init__(self) -> None:
        self.run: ImageRun | None = None
        self._coming: ImageRun | None = None
        self.count = self.late = 0
        self.notice = ""

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

    def append(self, rows: Rows, *, is_time: bool = False) -> None:
        """Take rows, at least one. is_time: their x are times."""
        run = self._coming or self.run
        if run is None or not run.is_of(rows):
            self.notice = (run and _why_anew(run, rows)) or self.notice
            run = ImageRun(rows, self.count, is_time=is_time)
        x, cells = rows.x, rows.cells
        while (taken := self._taken_by(run, x, cells)) < len(x):
            fallen = self._take_back(run)
            x = np.concatenate([*(each for each, _ in fallen), x[taken:]])
            cells = np.concatenate([*(each for _, each in fallen), cells[taken:]])
            run = ImageRun(rows._replace(x=x), self.count, is_time=is_time)
        if rows.has_more:
            self._coming = run
        else:
            self.run, self._coming = run, None

    def _taken_by(self, run: ImageRun, x: Column, cells: Cells) -> int:
        """Have a run take rows; return how many it has taken."""
        before = run.late
        taken = run.take(x, cells)
        late = run.late - before
        self.late += late
        self.count += taken - late
        return taken

    def _take_back(self, run: ImageRun) -> list[tuple[Column, Cells]]:
        """Return what came late to a run and is the begin of the next one, to be counted there."""
        late = len(run.way.gone)
        self.late -= late
        self.count -= sum(len(x) for x, _ in run.way.fallen) - late
        return run.way.fallen

    def clear(self, name: str) -> None:
        """Forget the run; where a name is said, only one of that name."""
        self.notice = self.notice if name else ""
        if self.run is not None and name in ("", self.run.name):
            self.run = None
        if self._coming is not None and name in ("", self._coming.name):
            self._coming = None

    def evict(self) -> bool:
        """Forget the oldest block of rows; False when there is none to spare."""
        runs = (run for run in (self.run, self._coming) if run is not None)
        return any(run.pyramid.evict() for run in runs)
