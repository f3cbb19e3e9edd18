"""Counts of points by their places, against counting one by one."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.cells.density import MOST_COLUMNS, MOST_ROWS, Density
from zwsnb.history.pixel_grid import Grid

numbers = st.floats(-1e9, 1e9) | st.integers(-50, 50).map(float)


def by_hand(density: Density, points: np.ndarray) -> Counter[tuple[int, int]]:
    width, height = density.sizes
    return Counter(zip(np.floor(points[0] / width), np.floor(points[1] / height), strict=True))


def counted(density: Density) -> dict[tuple[int, int], int]:
    x, y, logarithms, nothing = density.rows()
    assert np.isnan(nothing).all()
    width, height = density.cell
    places = zip(np.floor(x / width), np.floor(y / height), strict=True)
    return dict(zip(places, np.rint(10**logarithms).tolist(), strict=True))


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(numbers, numbers), max_size=30), max_size=6))
def test_every_count_is_exact(parts: list[list[tuple[float, float]]]) -> None:
    density = Density(Grid(0.25))
    for part in parts:
        density.add(np.array(part, float).reshape(-1, 2).T)
    points = np.array([point for part in parts for point in part], float).reshape(-1, 2).T
    assert density.total == points.shape[1]
    assert density.counts.shape[0] <= MOST_COLUMNS
    assert density.counts.shape[1] <= MOST_ROWS
    if points.shape[1]:
        assert counted(density) == by_hand(density, points)


def test_what_is_left_of_a_window_is_forgotten() -> None:
    density = Density(Grid(0.25))
    for begin in range(0, 2000, 20):
        x = np.arange(begin, begin + 20, 0.5)
        density.add(np.stack((x, x % 7)))
        density.forget(begin - 50.0)
    assert density.rows()[0].min() > 1900
    assert density.total == density.counts.sum() < 200
    assert density.cell[0] <= 1, "columns stay as narrow as they were"


@pytest.mark.parametrize(("log_x", "log_y"), [(True, False), (False, True), (True, True)])
def test_cells_lie_on_logarithmic_axes(log_x: bool, log_y: bool) -> None:
    points = np.stack([10.0 ** np.arange(-3, 4)] * 2)
    density = Density(Grid(0.25, log=log_x), log_y=log_y)
    density.add(points)
    found = density.rows()
    for axis, log in enumerate((log_x, log_y)):
        if log:
            distance = np.abs(np.log10(found[axis]) - np.log10(points[axis]))
            assert distance.max() <= density.cell[axis] / 2 + 1e-9
    assert density.total == 7


@pytest.mark.parametrize(
    "y", [[0, 0], [1e300, -1e300], [5e-324, 0], [1.7e308, -1.7e308], [1.7e308, 1.7e308]]
)
def test_any_y_will_do(y: list[float]) -> None:
    density = Density(Grid(1.0))
    density.add(np.array([[0.0, 1.0], y]))
    assert density.total == density.counts.sum() == 2
    assert np.isfinite(density.rows()[1]).all()
    assert math.isfinite(density.cell[1])
