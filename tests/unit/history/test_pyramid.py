"""The pyramid against a slow, obvious one: cells, finding, gathering, forgetting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference
from support.reference import Stretch
from support.small_blocks import BUNCH

from zwsnb.history import pyramid as pyramid_module
from zwsnb.history.cells import cell_size, cells_of_points
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.pyramid import Pyramid
from zwsnb.kinds.arrays import Column, Rows


def ramp(n: int, batch: int = 500) -> Pyramid:
    """A pyramid over points 0 to n, y as x."""
    pyramid = Pyramid()
    for begin in range(0, n, batch):
        x = np.arange(float(begin), min(n, begin + batch))
        pyramid.points.append(x, x)
        pyramid.raise_in_bunches()
    return pyramid


def evict_all(pyramid: Pyramid) -> None:
    while pyramid.evict():
        pass


# -- growing ---------------------------------------------------------------------------------------


def assert_cells(pyramid: Pyramid, x: Column, y: Column) -> None:
    """Compare each cell with its definition; of equal values either point may stand for them."""
    for level, rows in enumerate(pyramid.levels[1:], 1):
        size = cell_size(level)
        assert (len(x) - BUNCH) // size <= rows.end <= len(x) // size
        cells = [
            reference.cell(x[i * size : (i + 1) * size], y[i * size : (i + 1) * size])
            for i in range(rows.start, rows.end)
        ]
        expected = np.array(cells).reshape(-1, 6).T
        held = rows.slice(rows.start, rows.end)
        np.testing.assert_array_equal(held[[0, 5]], expected[[0, 5]])
        np.testing.assert_array_equal(
            np.sort(held[[2, 4]], axis=0), np.sort(expected[[2, 4]], axis=0)
        )
        assert (held[1] <= held[3]).all()


@settings(derandomize=True, max_examples=60, deadline=None)
@given(reference.stretches)
def test_cells_are_what_their_definition_says_however_the_points_came(
    drawn: Sequence[Stretch],
) -> None:
    pyramid = Pyramid()
    points = reference.points_of(drawn)
    for x, y in points:
        pyramid.points.append(x, y)
        pyramid.raise_in_bunches()
    x, y = (np.concatenate(column) for column in zip(*points, strict=True))
    np.testing.assert_array_equal(pyramid.points.slice(0, len(x)), np.stack((x, y)))
    assert_cells(pyramid, x, y)


def test_a_few_points_at_a_time_raise_the_pyramid_in_bunches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts: list[int] = []

    def counted(points: Rows) -> Sequence[Column]:
        parts.append(points.shape[1])
        return cells_of_points(points)

    monkeypatch.setattr(pyramid_module, "cells_of_points", counted)
    ramp(2_000, batch=1)
    assert sum(parts) > 2_000 - 2 * BUNCH
    assert len(parts) <= 2 * 2_000 / BUNCH  # a bunch may end one block and begin the next


@pytest.mark.usefixtures("_large_blocks")
def test_a_point_costs_at_most_19_bytes() -> None:
    n = 2_000_000
    assert 16 <= ramp(n, batch=100_000).nbytes / n <= 19


# -- finding ---------------------------------------------------------------------------------------


@settings(derandomize=True, max_examples=60, deadline=None)
@given(reference.stretches, st.lists(st.integers(0, 12), max_size=6), st.floats(-0.1, 1.1))
def test_a_point_is_found_by_its_x_or_the_cell_that_it_was_in(
    drawn: Sequence[Stretch], evictions: list[int], at: float
) -> None:
    pyramid = Pyramid()
    points = reference.points_of(drawn)
    for i, (xs, ys) in enumerate(points):
        pyramid.points.append(xs, ys)
        pyramid.raise_levels()
        for _ in range(evictions[i] if i < len(evictions) else 0):
            pyramid.evict()
    x = np.concatenate([xs for xs, _ in points])
    value = at * x[-1]
    first = int(np.searchsorted(x, value))
    before, after = pyramid.find(value), pyramid.find(value, after=True)
    assert before <= first <= after
    if first > pyramid.points.start:
        assert before == first == after
    coarsest = cell_size(len(pyramid.levels) - 1)
    assert after - before <= coarsest or before == 0


def test_x_of_a_point_is_its_own_or_that_of_the_cell_that_still_holds_it() -> None:
    pyramid = ramp(5000)
    assert pyramid.x_of(37) == 37
    evict_all(pyramid)
    for number in range(0, 5000, 37):
        x = pyramid.x_of(number)
        assert x == number or (x < number and x % cell_size(1) == 0)
    assert pyramid.x_of(5000) == 4999


# -- gathering -------------------------------------------------------------------------------------


def test_few_points_are_gathered_as_they_are() -> None:
    pyramid = ramp(5000)
    np.testing.assert_array_equal(
        pyramid.gather(100, 100 + BUNCH, Grid(1e6)), pyramid.points.slice(100, 100 + BUNCH)
    )


def test_the_finest_grid_gathers_every_point() -> None:
    pyramid = ramp(5000)
    np.testing.assert_array_equal(pyramid.gather(0, 5000, Grid(0.0)), pyramid.points.slice(0, 5000))


@pytest.mark.parametrize("width", [256.0, 1024.0, 4096.0])
def test_what_is_gathered_depends_on_the_columns_and_not_on_the_points(width: float) -> None:
    pyramid = ramp(20_000)
    x = pyramid.gather(5, 19_990, Grid(width))[0]
    assert (x[0], x[-1]) == (5, 19_989)
    assert (np.diff(x) >= 0).all()
    # Cells of a quarter of a column at most, and of a sixteenth at least; finer at both ends.
    assert np.diff(x).max() <= width / 4
    assert len(x) <= 2 * 16 * (20_000 / width) + 300


def test_a_pause_in_x_is_gathered_by_finer_cells() -> None:
    pyramid = Pyramid()
    x = np.concatenate((np.arange(3000.0), 1e6 + np.arange(3000.0)))
    pyramid.points.append(x, np.sin(x))
    pyramid.raise_levels()
    found = pyramid.gather(0, 6000, Grid(4096.0))[0]
    # Both sides of the pause are there to the point, whatever cell they are in.
    assert {2999.0, 1e6} <= set(found.tolist())


def test_nothing_gathers_nothing() -> None:
    assert ramp(1000).gather(500, 500, Grid(1.0)).shape == (2, 0)
    assert Pyramid().gather(0, 0, Grid(1.0)).shape == (2, 0)


# -- forgetting ------------------------------------------------------------------------------------


def test_every_level_keeps_a_share_and_the_last_block_is_never_forgotten() -> None:
    pyramid = ramp(20_000)
    while pyramid.evict():
        assert all(rows.blocks for rows in pyramid.levels)
        reach = [held["from_point"] for held in pyramid.held()]
        assert reach == sorted(reach, reverse=True), (
            "a coarse level reaches less far back than a finer one"
        )
    assert [len(rows.blocks) for rows in pyramid.levels] == [1] * len(pyramid.levels)


def test_the_overview_reaches_back_when_points_have_been_evicted() -> None:
    pyramid = ramp(20_000)
    evict_all(pyramid)
    x = pyramid.gather(0, 20_000, Grid(2000.0))[0]
    assert pyramid.points.start > 19_000
    assert x[0] < pyramid.levels[-1].start * cell_size(len(pyramid.levels) - 1) + 2000
    assert x[-1] == 19_999
    assert (np.diff(x) >= 0).all()


def test_what_is_held_is_told_by_level() -> None:
    pyramid = ramp(1000)
    assert pyramid.held() == [
        {"points_per_row": 1, "rows": 1000, "from_point": 0},
        {"points_per_row": 32, "rows": 31, "from_point": 0},
        {"points_per_row": 128, "rows": 7, "from_point": 0},
        {"points_per_row": 512, "rows": 1, "from_point": 0},
    ]
    pyramid.drop_cells()
    assert pyramid.held() == [{"points_per_row": 1, "rows": 1000, "from_point": 0}]
