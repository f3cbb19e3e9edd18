"""What stands for the points of a series where there is room for so many vertices only.  [no I/O]

It is M4 (`zwsnb.view.m4`) of the narrowest columns that fit, a power of two wide, and after them
the newest points as they are. Columns of that kind lie within wider ones, and M4 of M4 is M4 of the
points: so whoever has the narrowest can draw all wider ones, exactly as from the points.

Points pass once, some thousand at a time, for a caller who lets others run between; where the
vertices become too many the columns are made wider.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import Grid, column_width
from zwsnb.history.queries import blocks_with_marks
from zwsnb.view.m4 import m4_mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows

ROWS_AT_ONCE: Final = 16_384
"""Points that one step takes in: some milliseconds of work."""

_SAMPLES: Final = 4_096
_FINER: Final = 4
"""The narrowest columns are so many times narrower than those that would be enough for points that
lie evenly.
"""


@dataclass(slots=True, frozen=True)
class Held:
    """Vertices of a series in blocks, shape (2, n), in the order of x, those of a scatter shape
    (4, n), with color and size: from number `exact` on they are all points that there are. cell: of
    a density, whose vertices are cells so wide and high.
    """

    blocks: Sequence[Rows]
    exact: int = 0
    cell: tuple[float, float] | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(block.shape[1] for block in self.blocks)

    def vertices(self) -> Rows:
        """Return all of them, shape (2, n)."""
        return np.concatenate(self.blocks, axis=1) if self.blocks else np.empty((2, 0))

    def newest(self, count: int) -> Rows:
        """Return the last so many, shape (2, n)."""
        picked: list[Rows] = []
        for block in reversed(self.blocks):
            if count <= 0:
                break
            picked.insert(0, block[:, max(0, block.shape[1] - count) :])
            count -= block.shape[1]
        return np.concatenate(picked, axis=1) if picked else np.empty((2, 0))


class Newest(NamedTuple):
    """The points of a series that are held, from number `start` on."""

    start: int
    blocks: list[Rows]


def newest_of(series: Series) -> Newest:
    """Return the points that are held now. Points that come later do not change it."""
    start = series.points.start
    return Newest(start, list(blocks_with_marks(series, start, series.count)))


def held_of(series: Series, grid: Grid, newest: Newest) -> Held:
    """Return the `newest` points; before them, where some have been evicted, what stands for those
    in the columns of `grid`, which takes its time.
    """
    if not newest.start or not series.ordered:
        return Held(newest.blocks)
    overview = series.gather(0, newest.start, grid)
    return Held([overview, *newest.blocks], overview.shape[1])


def thin(
    held: Held, most: int, *, log: bool = False, columns_of: Held | None = None
) -> Iterator[Held | None]:
    """Yield None after each step, and at last at most `most` vertices that stand for `held`: all of
    them where they are no more, else columns, and at the end as many of the newest points as there
    is room for. log: the columns are those of a logarithmic axis. columns_of: what came out of it
    for more vertices, in whose columns the wider ones lie.
    """
    if held.count <= most:
        yield Held([held.vertices()], held.exact)
        return
    columns = Columns(_narrowest(held, Grid(0.0, log), most), max(1, most * 7 // 8))
    for part in parts_of((columns_of or held).blocks):
        yield from columns.add(part)
    yield from columns.fit()
    vertices = columns.vertices()
    newest = held.newest(min(most - vertices.shape[1], held.count - held.exact))
    yield _joined(vertices, newest)


def _narrowest(held: Held, axis: Grid, most: int) -> Grid:
    """Return columns that are too narrow rather than too wide, also for points in clusters: they
    are taken to lie evenly, as far from one another as half of them do.
    """
    every = max(1, held.count // _SAMPLES)
    samples = np.concatenate([block[0, ::every] for block in held.blocks])
    steps = np.diff(axis.scaled(samples))
    # Not by numpy's own median, which imports much on its first use.
    steps = np.sort(steps[steps > 0])
    span = float(steps[len(steps) // 2]) * len(samples) if len(steps) else 1.0
    return Grid(max(column_width(span, most) / _FINER, np.finfo(float).tiny), axis.log)


def _joined(vertices: Rows, newest: Rows) -> Held:
    """Return columns, and in place of their last ones points as they are, from a new x on."""
    if not newest.shape[1]:
        return Held([vertices], vertices.shape[1])
    border = newest[0, 0]
    before = vertices[:, : np.searchsorted(vertices[0], border, side="right")]
    after = newest[:, np.searchsorted(newest[0], border, side="right") :]
    return Held([np.concatenate((before, after), axis=1)], before.shape[1])


def parts_of(blocks: Sequence[Rows]) -> Iterator[Rows]:
    """Yield rows in parts that are not long."""
    for block in blocks:
        for begin in range(0, block.shape[1], ROWS_AT_ONCE):
            yield block[:, begin : begin + ROWS_AT_ONCE]


class Columns:
    """M4 of points that come in the order of x, in the columns of `grid` or in wider ones: not
    more than `most` vertices after `fit`.
    """

    def __init__(self, grid: Grid, most: int) -> None:
        self.grid = grid
        self._most = most
        self._parts: list[Rows] = []
        self._count = 0

    def add(self, points: Rows) -> Iterator[None]:
        """Take in points, shape (2, n); each step is short."""
        self._append(points)
        yield
        # Columns that lie in two parts are counted twice until they are joined.
        if self._count > 2 * self._most:
            yield from self.fit()

    def fit(self) -> Iterator[None]:
        """Make the columns as wide as they have to be."""
        yield from self._reduce()
        while self._count > self._most and self.grid.width < np.inf:
            # Columns twice as wide have half as many vertices at least.
            times = 2.0 ** math.ceil(math.log2(self._count / self._most))
            self.grid = Grid(times * self.grid.width, self.grid.log)
            yield from self._reduce()

    def vertices(self) -> Rows:
        """Return all vertices, shape (2, n)."""
        return np.concatenate(self._parts, axis=1) if self._parts else np.empty((2, 0))

    def _reduce(self) -> Iterator[None]:
        parts = list(parts_of([self.vertices()]))
        self._parts, self._count = [], 0
        for part in parts:
            self._append(part)
            yield

    def _append(self, points: Rows) -> None:
        mask = m4_mask(self.grid.columns(points[0]), points[1])
        self._parts.append(points[:, mask])
        self._count += int(np.count_nonzero(mask))
