"""M4 against its definition, and its two ways, by arrays and by lists, against each other."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference

from zwsnb.history.pixel_grid import Grid
from zwsnb.kinds.arrays import Rows
from zwsnb.view import m4
from zwsnb.view.m4 import MOST_OF_A_COLUMN, m4_mask, reduced

values = st.sampled_from([math.nan, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 1e300, -1e300])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), values), max_size=30))
def test_m4_is_what_its_definition_says(drawn: list[tuple[int, float]]) -> None:
    column = np.array(sorted(number for number, _ in drawn), dtype=np.float64)
    y = np.array([value for _, value in drawn], dtype=np.float64)
    assert set(np.flatnonzero(m4_mask(column, y))) == reference.m4(column, y)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(-40, 40), values), max_size=30),
    st.integers(-3, 3),
    st.sampled_from([2.0, 16.0]),
)
def test_what_is_reduced_draws_the_columns_asked_for(
    drawn: list[tuple[int, float]], since: int, width: float
) -> None:
    x = np.array(sorted(x for x, _ in drawn), dtype=np.float64)
    y = np.array([y for _, y in drawn], dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        found = reduced(np.stack((x, y)), Grid(width), since)
        column = np.floor(x / width)
        inside = column >= since
        marked = reference.drawn(x[inside], y[inside], width)
    np.testing.assert_array_equal(found.vertices, np.stack((x, y))[:, inside][:, marked])
    last = float(column[-1]) if inside.any() else since
    assert found.column == last
    assert found.settled == np.count_nonzero(column[inside][marked] < last)


COLUMN: Final = 64.0


def kept(y: list[float]) -> list[tuple[float, float]]:
    """What is kept of the first of two columns."""
    both = points_of([*y, *[0.0] * int(COLUMN)])
    found = reduced(both, Grid(COLUMN), -math.inf)
    return [(x, height) for x, height in found.vertices.T.tolist() if x < COLUMN]


@pytest.mark.parametrize(
    ("shape", "xs"),
    [
        ([0.0] * 30 + [9.0] + [0.0] * 33, [0, 29, 30, 31, 63]),
        ([0.0] * 30 + [9.0] * 34, [0, 29, 30, 63]),
        ([float(x) for x in range(64)], [0, 63]),
        ([3.0] * 64, [0, 63]),
        ([0.0] * 10 + [5.0] + [0.0] * 20 + [-5.0] + [0.0] * 32, [0, 9, 10, 11, 30, 31, 32, 63]),
    ],
    ids=["spike", "step", "slope", "level", "spikes"],
)
def test_both_ends_of_a_jump_are_kept(shape: list[float], xs: list[float]) -> None:
    assert [x for x, _ in kept(shape)] == xs


def test_a_busy_column_is_the_extremes_of_its_halves() -> None:
    y = np.random.default_rng(0).normal(size=64)
    halves = y[:32], y[32:]
    wanted = sorted(
        32 * i + int(f(half)) for i, half in enumerate(halves) for f in (np.argmin, np.argmax)
    )
    assert [x for x, _ in kept(y.tolist())] == wanted


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(values, min_size=1, max_size=64))
def test_a_column_has_no_more_vertices_than_are_counted_with(y: list[float]) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        assert reduced(points_of(y), Grid(COLUMN), -math.inf).vertices.shape[1] <= MOST_OF_A_COLUMN


@pytest.mark.parametrize("height", [5e-324, 1e-310, 1.0, 0.5e308, 0.9e308, 1.7e308])
@pytest.mark.parametrize("count", [64, 4096])
@pytest.mark.parametrize("shape", ["noise", "spike", "gap"])
def test_values_of_any_size_are_few_vertices(height: float, count: int, shape: str) -> None:
    y = np.where(np.arange(count) % 2, height, -height)
    if shape == "spike":
        y = np.where(np.arange(count) == 9, height, 0.0)
    if shape == "gap":
        y[9] = math.nan
    found = reduced(points_of(y.tolist()), Grid(2.0**13), -math.inf).vertices
    assert found.shape[1] <= MOST_OF_A_COLUMN
    assert np.nanmax(found[1]) == height


def test_rounding_of_a_sum_does_not_make_lists_and_arrays_differ() -> None:
    chance = np.random.default_rng(4)
    for _ in range(1500):
        y = np.cumsum(chance.choice([0.1, -0.1, 0.3], chance.integers(8, 40)))
        by_lists = m4._reduced_by_lists(points := points_of(y.tolist()), Grid(COLUMN), 0.0)
        by_arrays = m4._reduced_by_arrays(points, Grid(COLUMN), 0.0)
        if by_lists is not None:
            np.testing.assert_array_equal(by_lists.vertices, by_arrays.vertices)


def test_the_newest_point_is_always_there() -> None:
    y = np.random.default_rng(0).normal(size=60)
    for count in range(1, 60):
        assert reduced(points_of(y[:count].tolist()), Grid(COLUMN), 0).vertices[0, -1] == count - 1


def test_columns_of_a_logarithmic_axis_have_halves_in_it() -> None:
    x = np.arange(1.0, 5000.0)
    y = np.random.default_rng(0).normal(size=len(x))
    found = reduced(np.stack((x, y)), Grid(0.5, log=True), -math.inf)
    busy = found.vertices[0][found.vertices[0] > 2.0**9]
    assert len(busy) <= 4 * 7 + 1
    assert set(np.floor(4 * np.log2(busy))) == set(range(36, 50))


def points_of(y: list[float]) -> Rows:
    return np.stack((np.arange(float(len(y))), np.array(y)))


@pytest.mark.parametrize(
    ("points", "grid"),
    [
        (np.empty((2, 0)), Grid(4.0)),
        (points_of([0.0, math.nan, 1.0]), Grid(4.0)),
        (points_of([0.0, 1.0]), Grid(4.0, log=True)),
        (np.array(((0.0, 1e300), (0.0, 1.0))), Grid(4.0)),
    ],
)
def test_lists_leave_to_arrays_what_they_cannot_do(points: Rows, grid: Grid) -> None:
    assert m4._reduced_by_lists(points, grid, -math.inf) is None


@pytest.mark.parametrize("since", [-math.inf, 0.0, 3.0, 4.0, 9.0])
def test_lists_and_arrays_find_the_same(since: float) -> None:
    y = np.random.default_rng(0).integers(0, 5, 100).astype(float)
    points = np.stack((np.arange(100.0), y))
    by_lists = m4._reduced_by_lists(points, Grid(16.0), since)
    by_arrays = m4._reduced_by_arrays(points, Grid(16.0), since)
    assert by_lists is not None
    if not by_arrays.vertices.size:
        assert (by_lists.vertices.size, by_lists.column) == (0, since)
        return
    np.testing.assert_array_equal(by_lists.vertices, by_arrays.vertices)
    assert by_lists[1:] == by_arrays[1:]
