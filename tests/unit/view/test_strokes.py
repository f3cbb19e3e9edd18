"""Strokes against a slow drawing of every step."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.pixel_grid import Grid
from zwsnb.kinds.arrays import Rows
from zwsnb.view.strokes import MAX_SAMPLES, Cells, Strokes

CELLS = Cells(Grid(1.0), 1.0, 0, 16, 0, 16)


def inked(vertices: Rows) -> set[tuple[int, int]]:
    """The cells that a polyline passes, looked at as finely as a step is."""
    found = set()
    points = vertices.T.tolist()
    for (ax, ay), (bx, by) in pairwise(points):
        if math.isnan(ay) or math.isnan(by):
            continue
        count = min(MAX_SAMPLES, max(1, math.ceil(max(abs(bx - ax), abs(by - ay)))))
        for i in range(1, count + 1):
            share = i / count
            found.add((int(ax + (bx - ax) * share), int(ay + (by - ay) * share)))
    return found


at = st.floats(0, 15.9)
points = st.lists(st.tuples(at, st.one_of(at, at, at, st.just(math.nan))), max_size=60)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(points, st.integers(1, 20))
def test_every_cell_that_the_curve_passes_is_inked_and_no_other(
    drawn: list[tuple[float, float]], n: int
) -> None:
    curve = np.array(drawn, dtype=np.float64).reshape(-1, 2).T
    strokes = Strokes(CELLS)
    parts = [strokes.add(curve[:, i : i + n]) for i in range(0, curve.shape[1], n)]
    vertices = np.concatenate([np.empty((2, 0)), *parts], axis=1)
    assert inked(vertices) == inked(curve)
    # Each stroke is a step of the curve.
    steps = set(pairwise(map(tuple, curve.T.tolist())))
    mine = vertices.T.tolist()
    for a, b in pairwise(mine):
        if not math.isnan(a[1]) and not math.isnan(b[1]):
            assert (tuple(a), tuple(b)) in steps


def test_what_is_drawn_is_bounded_by_the_cells_and_not_by_the_points() -> None:
    strokes, chance = Strokes(CELLS), np.random.default_rng(0)
    drawn = sum(strokes.add(16 * chance.random((2, 5000))).shape[1] for _ in range(20))
    assert drawn < 3 * 5000
    assert strokes.add(16 * chance.random((2, 5000))).shape[1] == 0
    strokes.forget()
    assert strokes.add(16 * chance.random((2, 5000))).shape[1] > 0


def test_only_steps_in_sight_are_drawn() -> None:
    x = np.array([0.0, 1, 2, 3, 9, 10, 0])
    vertices = Strokes(None, 2.5, 4.0).add(np.stack((x, x)))
    np.testing.assert_array_equal(vertices[0], [2, 2, 3, 9, 10, 10, 0])
    assert np.isnan(vertices[1, [0, 4 + 0]][:1]).all()


@pytest.mark.parametrize("value", [1e300, -1e300])
def test_what_is_far_outside_is_on_the_edge(value: float) -> None:
    with np.errstate(all="raise"):
        found = CELLS.positions(np.array([[value], [value]]))
    assert found[:, 0].tolist() == ([15.5, 15.5] if value > 0 else [0.0, 0.0])
