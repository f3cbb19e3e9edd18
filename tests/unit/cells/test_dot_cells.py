"""Which dots are the newest of their cells, against a dictionary."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.cells.dot_cells import Cells
from zwsnb.history.pixel_grid import Grid

numbers = st.integers(-9, 9).map(float) | st.sampled_from([-1e300, -1e9, 1e9, 1.5e308])


@settings(deadline=None)
@given(st.lists(st.tuples(numbers, numbers), max_size=40))
def test_of_each_cell_the_newest_is_one(pairs: list[tuple[float, float]]) -> None:
    cells = Cells(Grid(2.0), 4.0, log_y=False)
    newest: dict[tuple[float, float], int] = {}
    for number, (x, y) in enumerate(pairs):
        newest[math.floor(x / 2), math.floor(y / 4)] = number
    found = cells.newest(np.array(pairs).reshape(-1, 2).T)
    assert np.flatnonzero(found).tolist() == sorted(newest.values())


@pytest.mark.parametrize("far", [1e3, 1e300])
def test_cells_are_as_high_as_most_points_want_them(far: float) -> None:
    points = np.random.default_rng(0).random((4, 1_000))
    cells = Cells.of(points, Grid(1 / 512), log_y=False)
    points[1, 500] = far
    assert Cells.of(points, Grid(1 / 512), log_y=False) == cells
    assert cells.coarser().coarser() == Cells(Grid(1 / 128), 2 * cells.height, log_y=False)
    assert np.count_nonzero(cells.newest(points)) > 950


@pytest.mark.parametrize("y", [1.0, sys.float_info.max, -sys.float_info.max])
def test_points_at_one_y_have_cells(y: float) -> None:
    points = np.full((4, 9), [[1.0], [y], [1.0], [1.0]])
    assert math.isfinite(Cells.of(points, Grid(1.0), log_y=False).height)
    assert np.flatnonzero(Cells.of(points, Grid(1.0), log_y=False).newest(points)) == [8]
    points = np.abs(points)
    assert np.flatnonzero(Cells.of(points, Grid(1.0), log_y=True).newest(points)) == [8]
