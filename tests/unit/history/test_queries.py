"""Questions about points: the nearest one, the statistics of a selection."""

from __future__ import annotations

import math
import statistics
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.queries import (
    Measurement,
    Passage,
    Reordered,
    Statistics,
    measure,
    nearest,
)
from zwsnb.history.series import Series


def series_of(n: int) -> Series:
    """Points 0 to n, y twice x."""
    series = Series(3, "y")
    series.append(np.arange(float(n)), 2 * np.arange(float(n)))
    return series


def evict_all(series: Series) -> None:
    while series.evict():
        pass


# -- nearest ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("x", "found"), [(-5.0, 0), (0.4, 0), (0.6, 1), (7.0, 7), (1e9, 9)])
def test_the_nearest_point_is_the_nearest_in_x(x: float, found: int) -> None:
    assert nearest(series_of(10), x) == {"id": 3, "x": found, "y": 2 * found, "exact": True}


def test_a_gap_is_a_point_without_y() -> None:
    series = series_of(3)
    series.append(np.array([9.0]), np.array([math.nan]))
    found = nearest(series, 8.0)
    assert found is not None
    assert (found["x"], found["y"]) == (9, None)


def test_of_evicted_points_an_extreme_of_their_cell_is_the_nearest() -> None:
    series = series_of(2000)
    evict_all(series)
    for x in range(0, 2000, 37):
        found = nearest(series, x)
        assert found is not None
        assert found["y"] == 2 * found["x"]
        assert found["exact"] is (x > series.points.start)
        # The coarsest cells that are left stand for 512 points.
        assert abs(found["x"] - x) <= 512


def test_nothing_is_near_where_there_is_nothing_or_no_order() -> None:
    assert nearest(Series(0, "y"), 1.0) is None
    series = series_of(3)
    series.turn_xy()
    assert nearest(series, 1.0) is None


# -- statistics ------------------------------------------------------------------------------------

numbers = st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(math.nan)), max_size=12)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(numbers, max_size=5))
def test_statistics_are_those_of_all_values_however_they_came(parts: list[list[float]]) -> None:
    found = Statistics()
    for part in parts:
        found.add(np.array(part, dtype=np.float64))
    every = [value for part in parts for value in part]
    values = [value for value in every if not math.isnan(value)]
    summary = found.summary()
    assert (summary["count"], summary["gaps"]) == (len(values), len(every) - len(values))
    assert summary["min"] == min(values, default=None)
    assert summary["max"] == max(values, default=None)
    if values:
        assert summary["mean"] == pytest.approx(statistics.fmean(values), rel=1e-9, abs=1e-6)
    if len(values) > 1:
        assert summary["sd"] == pytest.approx(statistics.stdev(values), rel=1e-6, abs=1e-6)
    else:
        assert summary["sd"] is None


def test_statistics_keep_their_digits_far_from_zero() -> None:
    found = Statistics()
    for _ in range(100):
        found.add(1e9 + np.array([0.0, 1.0]))
    assert found.summary()["sd"] == pytest.approx(statistics.stdev([0.0, 1.0] * 100))


# -- measure ---------------------------------------------------------------------------------------


def measured(series: Series, lo: float, hi: float) -> Measurement:
    """The answer, after the blocks."""
    *blocks, answer = measure(series, lo, hi)
    assert blocks == [None] * len(blocks)
    assert answer is not None
    return answer


def test_a_selection_holds_both_its_ends() -> None:
    found = measured(series_of(1000), 10.0, 20.0)
    assert (found["id"], found["complete"], found["count"]) == (3, True, 11)
    assert (found["min"], found["max"], found["mean"]) == (20, 40, 30)


@pytest.mark.parametrize(("lo", "hi"), [(-5.0, -1.0), (2000.0, 3000.0), (10.1, 10.9)])
def test_an_empty_selection_has_no_statistics(lo: float, hi: float) -> None:
    found = measured(series_of(1000), lo, hi)
    assert (found["count"], found["mean"], found["complete"]) == (0, None, True)


def test_a_selection_of_evicted_points_is_not_complete() -> None:
    series = series_of(1000)
    evict_all(series)
    found = measured(series, 0.0, 2000.0)
    assert not found["complete"]
    assert found["count"] == series.points.end - series.points.start


def test_of_xy_every_point_is_compared() -> None:
    series = series_of(100)
    series.append(np.array([5.0]), np.array([-1.0]))
    found = measured(series, 5.0, 6.0)
    assert (found["count"], found["min"]) == (3, -1)


@pytest.mark.parametrize(("size", "has_sd"), [(1.7e308, False), (1e-306, False), (1e100, True)])
def test_statistics_at_the_ends_of_doubles_are_numbers_or_none(size: float, has_sd: bool) -> None:
    found = Statistics()
    for _ in range(3):
        found.add(np.array([size, size, -size, size]))
    summary = found.summary()
    assert summary["mean"] == pytest.approx(size / 2)
    assert (summary["min"], summary["max"]) == (-size, size)
    assert (summary["sd"] is not None) == has_sd


def test_a_mean_is_a_number_however_far_its_blocks_are_apart() -> None:
    found = Statistics()
    found.add(np.array([-1.7e308]))
    found.add(np.array([1.7e308]))
    assert found.summary()["mean"] == 0
    # numpy adds up every eighth value by itself.
    found.add(np.array(([1.7e308] * 4 + [-1.7e308] * 4) * 10))
    assert found.summary()["mean"] == 0


def test_the_nearest_point_is_found_from_one_end_of_doubles_to_the_other() -> None:
    series = Series(3, "y")
    series.append(np.array([-1.7e308, 1.7e308]), np.array([1.0, 2.0]))
    assert [nearest(series, x)["y"] for x in (-1e308, 1e308)] == [1, 2]  # type: ignore[index]


@pytest.mark.parametrize("value", [1.7e308, -1.7976931348623157e308, 5e-324, 0.1])
@pytest.mark.parametrize("count", [1, 2, 200])
def test_statistics_of_one_value_are_that_value(value: float, count: int) -> None:
    """Near the ends of doubles the deviation was NaN, and ended the connection of the page."""
    found = Statistics()
    for part in np.array_split(np.full(count, value), 3):
        found.add(part)
    its = found.summary()
    assert (its["mean"], its["min"], its["max"]) == (value, value, value)
    assert its["sd"] == (0 if count > 1 else None)


# -- a passage -------------------------------------------------------------------------------------


def taken(way: Passage, most: int = 100) -> list[float]:
    """The x of all that is left."""
    xs: list[float] = []
    while (rows := way.take(most)) is not None:
        xs += rows[0].tolist()
    return xs


def test_a_passage_has_the_points_of_its_range_that_were_there() -> None:
    series = series_of(1000)
    way = Passage(series, 10.0, 20.0)
    assert (way.rows, way.columns) == (11, 2)
    series.append(np.array([2000.0]), np.zeros(1))
    assert taken(way, 4) == [*range(10, 21)]
    assert len(taken(Passage(series))) == 1001


def test_late_points_move_nothing_out_of_a_passage_and_bring_nothing_twice() -> None:
    series = series_of(1000)
    way = Passage(series)
    rows = way.take(500)
    assert rows is not None
    got = rows[0].tolist()
    series.append(np.array([3.5, 499.0, 499.5, 700.5]), np.zeros(4))  # behind it, at it, before it
    series.append(np.array([1000.0]), np.zeros(1))
    got += taken(way)
    assert got == sorted([*range(1000), 499, 499.5, 700.5])


def test_a_passage_passes_over_nothing_where_its_last_point_was_taken_back() -> None:
    series = series_of(10)
    series.append(np.array([4.5]), np.array([1.0]))
    way = Passage(series)
    rows = way.take(6)
    assert rows is not None
    assert rows[0, -1] == 4.5
    series.take_back(np.array([4.5]), np.array([1.0]))  # the first one of another run
    assert taken(way) == [5, 6, 7, 8, 9]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.lists(st.integers(0, 60), max_size=3)), max_size=20)
)
def test_a_passage_has_all_that_was_there_once_in_order(
    steps: list[tuple[int, list[int]]],
) -> None:
    series = Series(0, "y")
    series.append(np.repeat(np.arange(20.0), 3), np.zeros(60))
    way, got = Passage(series), Counter[float]()
    last = -math.inf
    for most, late in steps:
        rows = way.take(most)
        if rows is None:
            break
        xs = rows[0].tolist()
        assert xs == sorted([last, *xs])[1:] or last == -math.inf
        got.update(xs)
        last = xs[-1]
        series.append(np.sort(np.array(late, dtype=np.float64)), np.ones(len(late)))
    got.update(taken(way, 7))
    assert all(got[x] >= 3 for x in range(20))
    assert not Counter(series.points.slice(0, series.count)[0].tolist()) < got


def test_what_is_forgotten_before_its_turn_is_left_out_and_held_by_nobody() -> None:
    series = series_of(300_000)
    way, gone = Passage(series), Passage(series_of(10))
    assert gone.take(5) is None
    rows = way.take(10)
    assert rows is not None
    del rows
    evict_all(series)
    xs = taken(way, 1 << 20)
    assert xs == [*range(series.points.start, 300_000)]
    assert series.points.start > 10


def test_who_becomes_a_curve_has_no_place_any_more() -> None:
    series = series_of(10)
    way = Passage(series)
    way.take(5)
    series.turn_xy()
    with pytest.raises(Reordered, match="another order"):
        way.take(5)
    assert taken(Passage(series, 2.0, 3.0)) == [*range(10)]  # each is still to be compared
