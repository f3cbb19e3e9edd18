"""Strokes against a slow drawing of every step."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.pixel_grid import Grid, decades_of
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


def strokes_of(curve: Rows, cells: Cells, n: int) -> Rows:
    """What is drawn of a curve that comes n points at a time."""
    strokes = Strokes(cells)
    parts = [strokes.add(curve[:, i : i + n]) for i in range(0, curve.shape[1], n)]
    return np.concatenate([np.empty((2, 0)), *parts], axis=1)


def around(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Cells and those beside them."""
    near = (-1, 0, 1)
    return {(column + i, row + j) for column, row in cells for i in near for j in near}


LOG = CELLS._replace(log_y=True)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(points, st.integers(1, 20), st.sampled_from([math.nan, 0.0, -3.0]))
def test_on_a_logarithmic_axis_it_is_where_the_curve_is_there(
    drawn: list[tuple[float, float]], n: int, nowhere: float
) -> None:
    curve = np.array(drawn, dtype=np.float64).reshape(-1, 2).T
    powers = np.where(np.isnan(curve[1]), nowhere, 10 ** curve[1])
    vertices = strokes_of(np.stack((curve[0], powers)), LOG, n)
    on_axis = np.stack((vertices[0], decades_of(vertices[1])))
    assert inked(curve) <= around(inked(on_axis))
    assert inked(on_axis) <= around(inked(curve))
    assert set(vertices[0].tolist()) <= set(curve[0].tolist())
    # A page sees that some have no logarithm.
    assert (vertices[1] <= 0).any() == (powers <= 0).any()


@settings(deadline=None, derandomize=True, max_examples=200)
@given(points, st.integers(1, 20))
def test_ink_is_where_the_curve_is_and_there_only(drawn: list[tuple[float, float]], n: int) -> None:
    curve = np.array(drawn, dtype=np.float64).reshape(-1, 2).T
    vertices = strokes_of(curve, CELLS, n)
    assert inked(curve) <= around(inked(vertices))
    assert inked(vertices) <= around(inked(curve))
    # Each vertex is a point of the curve.
    assert set(vertices[0].tolist()) <= set(curve[0].tolist())


SCREEN = Cells(Grid(1.0), 1.0, 0, 200, 0, 200)
TURN = 2 * math.pi


def circle(n: int, turns: float) -> Rows:
    angle = np.linspace(0, turns * TURN, n)
    return 100 + 90 * np.stack((np.cos(angle), np.sin(angle)))


def spiral(n: int, turns: float) -> Rows:
    return 100 + (circle(n, turns) - 100) * np.linspace(0, 1, n)


def walk(n: int, step: float) -> Rows:
    way = np.cumsum(np.random.default_rng(0).normal(size=(2, n)) * step, axis=1)
    return 100 + 99 * np.sin(way / 100)


def flat(n: int, turns: float) -> Rows:
    return np.stack((circle(n, turns)[0], np.full(n, 100.3)))


@pytest.mark.parametrize("n", [2_000, 60_000])
@pytest.mark.parametrize(
    ("curve", "most"),
    [
        (partial(circle, turns=1), 900),
        (partial(circle, turns=7.3), 1100),
        (partial(spiral, turns=20), 13_000),
        (partial(walk, step=1), 60_000),
        (partial(walk, step=0.05), 60_000),
        (partial(flat, turns=3), 250),
    ],
)
def test_a_curve_of_any_number_of_points_has_no_gap(
    curve: Callable[[int], Rows], most: int, n: int
) -> None:
    points = curve(n)
    vertices = strokes_of(points, SCREEN, 5000)
    assert inked(points) <= around(inked(vertices))
    assert inked(vertices) <= around(inked(points))
    assert vertices.shape[1] <= min(most, 4 * n)


@pytest.mark.parametrize(("curve", "most"), [(partial(circle, turns=7.3), 1100), (walk, 60_000)])
def test_so_many_decades_are_bounded_by_the_screen_as_well(
    curve: Callable[..., Rows], most: int
) -> None:
    x, y = curve(60_000, step=1) if curve is walk else curve(60_000)
    vertices = strokes_of(np.stack((x, 10**y)), SCREEN._replace(log_y=True), 5000)
    on_axis = np.stack((vertices[0], decades_of(vertices[1])))
    assert inked(np.stack((x, y))) <= around(inked(on_axis))
    assert vertices.shape[1] <= most


def test_what_is_drawn_is_bounded_by_the_cells_and_not_by_the_points() -> None:
    strokes, chance = Strokes(CELLS), np.random.default_rng(0)
    drawn = sum(strokes.add(16 * chance.random((2, 5000))).shape[1] for _ in range(20))
    assert drawn < 4 * 5000
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
