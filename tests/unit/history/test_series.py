"""A series: order, XY mode, what it knows of its points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.small_blocks import POINT_ROWS, XY_POINTS

from zwsnb.history.series import Series
from zwsnb.protocol.arrays import LIST_LIMIT


def series_of(*batches: list[float]) -> Series:
    """A series with these x, in batches; y counts from 0 in each."""
    series = Series(0, "y")
    for x in batches:
        series.append(np.array(x, dtype=np.float64), np.arange(float(len(x))))
    return series


def test_a_series_knows_its_count_its_last_point_and_its_range() -> None:
    series = series_of([1, 2, 3], [5, 8])
    assert (series.count, series.last, series.x_range) == (5, (8.0, 1.0), (1.0, 8.0))
    assert series.ordered


def test_nothing_appended_is_nothing() -> None:
    series = series_of([])
    assert (series.count, series.nbytes, series.ordered) == (0, 0, True)
    assert all(math.isnan(v) for v in (*series.last, *series.x_range))


def test_append_says_when_it_takes_more_memory() -> None:
    series = Series(0, "y")
    grown = [series.append(np.array([float(i)]), np.zeros(1)) for i in range(3)]
    assert grown == [True, False, False]


def test_next_x_is_that_of_the_first_point_not_left_of_it() -> None:
    series = series_of([1, 2, 4])
    assert [series.next_x(x) for x in (0.0, 2.0, 3.0, 9.0)] == [1, 2, 4, 4]
    assert series_of([4, 2, 1]).next_x(0.0) == 4


@pytest.mark.parametrize("n", [10, LIST_LIMIT + 1])
def test_equal_x_is_no_step_backwards(n: int) -> None:
    series = Series(0, "y")
    for _ in range(3):
        series.append(np.full(n, 7.0), np.arange(float(n)))
    assert series.ordered
    assert series.find(7.0) == 0
    assert series.find(7.1) == 3 * n


# -- XY --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batches", [[[0, 2, 1]], [[0, 2], [1]], [[0], [2], [1]], [[5, 6], [0, 1]]])
def test_x_that_goes_backwards_turns_a_series_into_xy(batches: list[list[float]]) -> None:
    series = series_of(*batches)
    flat = [value for x in batches for value in x]
    assert not series.ordered
    assert series.points.slice(0, 9)[0].tolist() == flat
    assert series.x_range == (min(flat), max(flat))


def test_one_step_backwards_in_many_points_is_found() -> None:
    x = np.arange(2.0 * LIST_LIMIT)
    x[LIST_LIMIT] = 0
    series = Series(0, "y")
    series.append(x, x)
    assert not series.ordered


def test_xy_keeps_its_newest_points_and_no_more() -> None:
    series, chance = Series(0, "y"), np.random.default_rng(0)
    series.append(np.arange(1000.0), np.arange(1000.0))
    for _ in range(100):
        series.append(chance.random(37), chance.random(37))
        assert (
            series.count - series.first_shown == XY_POINTS
            or series.first_shown == series.points.start
        )
        assert series.points.end - series.points.start < XY_POINTS + 2 * POINT_ROWS
    assert len(series.held()) == 1
    assert series.count - series.first_shown == XY_POINTS


def test_xy_can_forget_its_oldest_points_but_not_the_last_block() -> None:
    series = series_of([1.0], [0.0], [float(i) for i in range(3 * POINT_ROWS)])
    while series.evict():
        pass
    assert series.points.start == 3 * POINT_ROWS


# -- reset -----------------------------------------------------------------------------------------


def test_a_series_that_is_reset_is_as_new_but_for_its_account() -> None:
    series = series_of([2, 1])
    series.reset()
    assert (series.count, series.cleared, series.nbytes, series.ordered) == (0, 2, 0, True)
    assert all(math.isnan(v) for v in (*series.last, *series.x_range))
    series.append(np.array([-5.0]), np.array([1.0]))
    assert (series.count, series.cleared, series.x_range) == (1, 2, (-5.0, -5.0))


def test_the_generation_counts_what_makes_void_what_was_made_of_the_points() -> None:
    series = series_of([1, 2], [3])
    before = series.generation
    series.append(np.array([0.0]), np.array([0.0]))
    turned = series.generation
    series.append(np.array([-1.0]), np.array([0.0]))
    assert series.generation == turned
    series.reset()
    assert before < turned < series.generation
