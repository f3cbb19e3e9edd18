"""M4 against its definition, and its two ways, by arrays and by lists, against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference

from zwsnb.history.pixel_grid import Grid
from zwsnb.kinds.arrays import Rows
from zwsnb.view import m4
from zwsnb.view.m4 import m4_mask, reduced

values = st.sampled_from([math.nan, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 1e300, -1e300])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), values), max_size=30))
def test_m4_is_what_its_definition_says(drawn: list[tuple[int, float]]) -> None:
    column = np.array(sorted(number for number, _ in drawn), dtype=np.float64)
    y = np.array([value for _, value in drawn], dtype=np.float64)
    assert set(np.flatnonzero(m4_mask(column, y))) == reference.m4(column, y)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-40, 40), values), max_size=30),
    st.integers(-3, 3),
    st.sampled_from([Grid(2.0), Grid(16.0), Grid(0.5, log=True)]),
)
def test_what_is_reduced_is_m4_of_the_columns_asked_for(
    drawn: list[tuple[int, float]], since: int, grid: Grid
) -> None:
    x = np.array(sorted(x for x, _ in drawn), dtype=np.float64)
    y = np.array([y for _, y in drawn], dtype=np.float64)
    found = reduced(np.stack((x, y)), grid, since)
    column = grid.columns(x)
    inside = column >= since
    marked = sorted(reference.m4(column[inside], y[inside]))
    np.testing.assert_array_equal(found.vertices, np.stack((x, y))[:, inside][:, marked])
    last = float(column[-1]) if inside.any() else since
    assert found.column == last
    assert found.settled == np.count_nonzero(column[inside][marked] < last)


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
