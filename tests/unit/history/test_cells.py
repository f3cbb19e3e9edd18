"""Cells against their definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import reference

from zwsnb.history.cells import (
    FACTOR,
    POINTS_PER_CELL,
    cell_size,
    cells_of_cells,
    cells_of_points,
    vertices_of,
)
from zwsnb.kinds.arrays import Rows


def test_a_cell_of_a_level_stands_for_so_many_points() -> None:
    assert [cell_size(level) for level in range(4)] == [1, 32, 128, 512]


@pytest.mark.parametrize("n", [*range(1, 40), 63, 64, 65, 127, 1000, 2048, 4099])
def test_the_reducer_cuts_cells_of_exactly_32_points(n: int) -> None:
    x = np.arange(32.0 * n)
    y = np.where(x % 32 == 0, -1.0, 0.0) + (x % 32 == 31)
    cells = cells_of_points(np.stack((x, y)))
    assert (cells[1] == x[::32]).all()
    assert (cells[3] == x[31::32]).all()


def points_with_gaps(n: int, seed: int) -> Rows:
    """Points of distinct y, with holes, whole cells of gaps, and gaps at the edges of cells."""
    chance = np.random.default_rng(seed)
    y = chance.permutation(n).astype(float)
    y[chance.random(n) < 0.1] = np.nan
    for begin in chance.integers(0, n, 4):
        y[begin : begin + 70] = np.nan
    return np.stack((np.cumsum(chance.random(n)), y))


@pytest.mark.parametrize("seed", range(5))
def test_cells_are_what_their_definition_says(seed: int) -> None:
    points = points_with_gaps(POINTS_PER_CELL * FACTOR * 10, seed)
    cells = np.stack(cells_of_points(points))
    coarse = np.stack(cells_of_cells(cells))
    for found, size in ((cells, POINTS_PER_CELL), (coarse, POINTS_PER_CELL * FACTOR)):
        parts = np.split(points, points.shape[1] // size, axis=1)
        expected = np.array([reference.cell(x, y) for x, y in parts]).T
        # A cell of nothing but gaps has no extreme; any of its points may stand for it.
        empty = np.isnan(expected[2])
        found[[1, 3]] = np.where(empty, expected[[1, 3]], found[[1, 3]])
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("flags", "y"),
    [
        ((0, 0), [1, 2, 3, 4]),
        ((1, 0), [math.nan, 1, 2, 3, 4]),
        ((2, 0), [1, 2, math.nan, 3, 4]),
        ((0, 1), [1, 2, math.nan, 3, 4]),
        ((2, 1), [1, 2, math.nan, math.nan, 3, 4]),
        ((3, 3), [math.nan, 1, 2, math.nan, math.nan, 3, 4, math.nan]),
    ],
)
def test_a_gap_at_the_edge_of_a_cell_is_a_vertex(flags: tuple[int, int], y: list[float]) -> None:
    cells = np.array([[0.0, 10], [1, 11], [1, 3], [9, 19], [2, 4], flags])
    vertices = vertices_of(cells)
    np.testing.assert_array_equal(vertices[1], y)
    assert (np.diff(vertices[0]) >= 0).all()
