"""The slow, obvious way: what a picture of points has to show, checked point by point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from hypothesis import strategies as st

from zwsnb.history.cells import cell_size
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Column, Mask, Vertices
from zwsnb.view.m4 import BUSY, JUMP

STEPS = (0.0, 1e-6, 1e-3, 0.1, 1.0, 1.0, 7.3, 1e3, 1e6)
"""Of x, from stretch to stretch: equal values, bursts and pauses, over many magnitudes."""

SHAPES = ("flat", "gap", "holes", "noise", "ramp", "spike")


def shaped(shape: str, n: int, chance: np.random.Generator) -> Column:
    """The y of a stretch."""
    y = {
        "flat": np.full(n, 3.0),
        "gap": np.full(n, np.nan),
        "ramp": np.arange(float(n)),
        "spike": np.zeros(n),
    }.get(shape, chance.standard_normal(n))
    if shape == "holes":
        y[chance.random(n) < 0.1] = np.nan
    if shape == "spike":
        y[chance.integers(n)] = chance.choice([-100.0, 100.0])
    return y


Stretch: TypeAlias = tuple[int, float, str, int]
"""How many points, their step in x, their shape, a seed."""

stretches = st.lists(
    st.tuples(
        st.integers(1, 300), st.sampled_from(STEPS), st.sampled_from(SHAPES), st.integers(0, 999)
    ),
    min_size=1,
    max_size=10,
)
"""What is appended, one stretch at a time."""


def points_of(drawn: Sequence[Stretch]) -> list[tuple[Column, Column]]:
    """The points of drawn stretches, x growing from 0."""
    x, points = 0.0, []
    for n, step, shape, seed in drawn:
        chance = np.random.default_rng(seed)
        xs = x + np.cumsum(step * chance.choice([0.5, 1.0, 1.5], n))
        points.append((xs, shaped(shape, n, chance)))
        x = xs[-1]
    return points


@dataclass
class Picture:
    """What the vertices of a series have to show: x from `lo` to `hi`, in columns of `width`, of
    all its points.

    A point may be drawn by an extreme of its column; of the next one, if it is less than a quarter
    of a column away, because a cell of the pyramid may reach over the border; and where points have
    been evicted, of any column that the cell reaches which still stands for it.
    """

    series: Series
    x: Column
    y: Column
    lo: float
    hi: float
    width: float

    def __post_init__(self) -> None:
        self.left = np.floor(self.x / self.width - 0.25) * self.width
        self.right = (np.floor(self.x / self.width + 0.25) + 1) * self.width
        for level in range(1, len(self.series.pyramid.levels)):
            for cell in self._cells_alone(level):
                first, last = self.x[cell][[0, -1]]
                self.left[cell] = np.minimum(
                    self.left[cell], np.floor(first / self.width) * self.width
                )
                self.right[cell] = np.maximum(
                    self.right[cell], (np.floor(last / self.width) + 1) * self.width
                )

    def _cells_alone(self, level: int) -> list[slice]:
        """The cells of a level below which nothing is held any more."""
        size = cell_size(level)
        held_from = self.series.pyramid.held_from
        cells = range(held_from(level), min(held_from(level - 1), len(self.x)), size)
        return [slice(begin, begin + size) for begin in cells]

    def check(self, vertices: Vertices) -> None:
        """Assert that `vertices`, shape (n, 2), draw the picture."""
        x, y = vertices.T
        assert (np.diff(x) >= 0).all(), "x does not grow"
        drawn = ~np.isnan(y)
        assert set(map(tuple, vertices[drawn].tolist())) <= set(
            zip(self.x.tolist(), self.y.tolist(), strict=True)
        )
        self._check_edges(x)
        self._check_extremes(x[drawn], y[drawn])
        self._check_gaps(x, drawn)
        self._check_no_gaps(x[~drawn])

    def _check_edges(self, x: Column) -> None:
        """The lines reach to both edges of the picture."""
        last_before = np.searchsorted(self.x, self.lo, side="right") - 1
        if last_before >= 0:
            assert x[0] <= max(self.lo, self.right[last_before]), "nothing at the left edge"
        first_after = np.searchsorted(self.x, self.hi)
        if first_after < len(self.x):
            assert x[-1] >= min(self.hi, self.left[first_after]), "nothing at the right edge"

    def _check_extremes(self, x: Column, y: Column) -> None:
        """No point stands out from what is drawn."""
        begins = min(self.lo, self.left[0]) if self.lo <= self.x[0] else self.lo
        inside = (
            (self.left >= begins)
            & ((self.right <= self.hi) | (self.hi >= self.x[-1]))
            & ~np.isnan(self.y)
        )
        points = np.flatnonzero(inside)
        begins = np.searchsorted(x, self.left[points])
        ends = np.searchsorted(x, self.right[points], side="right")
        for begin, end in set(zip(begins.tolist(), ends.tolist(), strict=True)):
            own = points[(begins == begin) & (ends == end)]
            around = y[begin:end]
            assert len(around), f"nothing is drawn around point {own[0]}"
            missing = own[(self.y[own] < around.min()) | (self.y[own] > around.max())]
            assert not len(missing), f"point {missing[0]} is missing"

    def _check_gaps(self, x: Column, drawn: Mask) -> None:
        """A gap wider than a column stands between the vertices on its two sides."""
        edges = np.diff(np.isnan(self.y), prepend=False, append=False)
        for begin, end in np.flatnonzero(edges).reshape(-1, 2):
            first, last = self.x[begin], self.x[end - 1]
            if (
                last - first <= self.width
                or begin < self.series.points.start
                or first < self.lo
                or last > self.hi
            ):
                continue
            before, after = (
                np.flatnonzero(drawn & (x <= first)),
                np.flatnonzero(drawn & (x >= last)),
            )
            if len(before) and len(after):
                assert not drawn[before[-1] : after[0]].all(), (
                    f"the gap from point {begin} is not drawn"
                )

    def _check_no_gaps(self, gaps: Column) -> None:
        """There is no gap where none is within two columns."""
        missing = np.isnan(self.y)
        for x in gaps:
            near = (self.left - 2 * self.width <= x) & (self.right + 2 * self.width >= x)
            assert (missing & near).any(), f"there is no gap at {x}"


def m4(column: Column, y: Column) -> set[int]:
    """The points of each column that draw its picture: first, last, and of those with a value
    first, last, lowest, highest.
    """
    marked = set()
    for number in set(column.tolist()):
        inside = [i for i in range(len(y)) if column[i] == number]
        values = [i for i in inside if not np.isnan(y[i])]
        marked |= {inside[0], inside[-1]}
        if values:
            marked |= {
                values[0],
                values[-1],
                min(values, key=lambda i: y[i]),
                max(values, key=lambda i: y[i]),
            }
    return marked


def drawn(x: Column, y: Column, width: float) -> list[int]:
    """The points that draw columns of a width: M4 of a calm one, and both ends of what it jumps;
    the lowest and the highest of each half of a busy one; and the newest point.
    """
    column = np.floor(x / width)
    marked = {len(y) - 1} if len(y) else set()
    for number in set(column.tolist()):
        inside = np.flatnonzero(column == number)
        values = y[inside]
        steps = np.abs(np.diff(values))
        span = values.max() - values.min()
        if steps.sum() > BUSY * span:
            is_left = x[inside] < (number + 0.5) * width
            for half in (inside[is_left], inside[~is_left]):
                marked |= {int(half[f(y[half])]) for f in (np.argmin, np.argmax) if len(half)}
            continue
        marked |= {int(inside[i]) for i in m4(column[inside], values)}
        for before in np.flatnonzero((steps >= JUMP * span) & (span > 0)):
            marked |= {int(inside[before]), int(inside[before + 1])}
    return sorted(marked)


def cell(x: Column, y: Column) -> list[float]:
    """A cell by its definition: x of the first point, the earlier extreme, the later one, and where
    it borders on gaps.
    """
    xs, ys = x.tolist(), y.tolist()
    finite = [i for i in range(len(ys)) if not math.isnan(ys[i])]
    low = min(finite, key=ys.__getitem__, default=0)
    high = max(finite, key=ys.__getitem__, default=0)
    a, b = sorted((low, high))
    flags = math.isnan(ys[0]) + 2 * math.isnan(ys[-1])
    return [xs[0], xs[a], ys[a], xs[b], ys[b], flags]
