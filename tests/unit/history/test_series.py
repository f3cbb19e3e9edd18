"""A series: order, late points, curves, what it knows of its points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference
from support.small_blocks import POINT_ROWS

from zwsnb.history import pyramid as pyramid_module, series as series_module
from zwsnb.history.cells import cell_size
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.pyramid import Pyramid
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import LIST_LIMIT


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
    assert (series.count, series.points.nbytes, series.ordered) == (0, 0, True)
    assert all(math.isnan(v) for v in (*series.last, *series.x_range))


def test_it_says_when_it_takes_more_memory_or_less() -> None:
    series, sizes = Series(0, "y"), list[int]()
    series.resized = lambda it: sizes.append(it.nbytes)
    for i in range(3):
        series.append(np.array([float(i)]), np.zeros(1))
    assert len(sizes) == 1
    series.append(np.array([0.5]), np.zeros(1))  # late: it waits
    assert sizes[1] > sizes[0]
    assert series.points.end == 4
    assert sizes[2:] == [series.nbytes]


def test_next_x_is_that_of_the_first_point_not_left_of_it() -> None:
    series = series_of([1, 2, 4])
    assert [series.next_x(x) for x in (0.0, 2.0, 3.0, 9.0)] == [1, 2, 4, 4]


@pytest.mark.parametrize("n", [10, LIST_LIMIT + 1])
def test_equal_x_is_no_step_backwards(n: int) -> None:
    series = Series(0, "y")
    for _ in range(3):
        series.append(np.full(n, 7.0), np.arange(float(n)))
    assert series.ordered
    assert series.find(7.0) == 0
    assert series.find(7.1) == 3 * n


# -- late points -----------------------------------------------------------------------------------


def held(series: Series) -> list[list[float]]:
    """The points that are held, as pairs."""
    points: list[list[float]] = series.points.slice(0, series.count).T.tolist()
    return points


def test_late_points_are_put_in_their_places_behind_others_of_the_same_x() -> None:
    series = series_of([1, 3, 5, 7])
    series.append(np.array([0.0, 3.0, 4.0]), np.array([10.0, 11.0, 12.0]))
    series.append(np.array([3.0, 7.0, 8.0]), np.array([13.0, 14.0, 15.0]))
    assert series.count == 10
    assert held(series) == [
        [0, 10], [1, 0], [3, 1], [3, 11], [3, 13], [4, 12], [5, 2], [7, 3], [7, 14], [8, 15],
    ]  # fmt: skip
    assert (series.last, series.x_range, series.ordered) == ((8.0, 15.0), (0.0, 8.0), True)


def test_late_points_wait_for_a_reader_and_count_at_once() -> None:
    series = series_of([1, 5])
    for x in (2.0, 4.0, 3.0):
        series.append(np.array([x]), np.array([x]))
    assert (series.count, series._pyramid.points.end) == (5, 2)
    assert [x for x, _ in held(series)] == [1, 2, 3, 4, 5]
    assert series.rewrites.since(0) == (1, 2.0)


def test_counting_between_two_x_merges_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    series = series_of([0, 1, 2, 3, 4], [1.5], [2.5, 2.6])
    monkeypatch.setattr(series, "_merge", lambda: pytest.fail("merged"))
    assert [series.count_between(*ends) for ends in ((1, 2.5), (2.6, 2.6), (5, 6))] == [4, 1, 0]


def test_very_many_late_points_wait_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_module, "MAX_WAITING", 100)
    series = series_of([0, 1000])
    for i in range(101):
        series.append(np.array([500.0 - i]), np.zeros(1))
    assert series._pyramid.points.end == series.count


times = st.lists(st.integers(0, 400), min_size=1, max_size=40)


@settings(derandomize=True, deadline=None)
@given(st.lists(times, max_size=12), st.sets(st.integers(0, 11)))
def test_whatever_comes_late_the_series_is_what_it_had_been_in_order(
    batches: list[list[int]], reads: set[int]
) -> None:
    series, y = Series(0, "y"), 0.0
    published: list[tuple[float, float]] = []
    for number, batch in enumerate(batches):
        x = np.sort(np.array(batch, dtype=np.float64))
        column = np.arange(y, y + len(x))
        y += len(x)
        series.append(x, column)
        published += zip(x.tolist(), column.tolist(), strict=True)
        if number in reads:
            series.pyramid.raise_levels()
    expected = Series(1, "y")
    for point in sorted(published):
        expected.append(np.array(point[:1]), np.array(point[1:]))
    assert series.count == len(published)
    assert sorted(map(tuple, held(series))) == sorted(published)
    assert [x for x, _ in held(series)] == sorted(x for x, _ in published)
    assert repr((series.last[0], series.x_range)) == repr((expected.last[0], expected.x_range))
    # The cells are those of the points as they stand.
    anew = Pyramid()
    anew.points.append(*series.points.slice(0, series.count))
    for pyramid in (anew, series.pyramid):
        pyramid.raise_levels()
    assert len(anew.levels) == len(series.pyramid.levels)
    for one, other in zip(anew.levels, series.pyramid.levels, strict=True):
        np.testing.assert_array_equal(one.slice(0, one.end), other.slice(0, other.end))


def test_what_is_older_than_all_that_is_held_is_counted() -> None:
    series = series_of([float(i) for i in range(5 * POINT_ROWS)])
    series.evict()
    series.append(np.array([3.0, POINT_ROWS + 0.5]), np.zeros(2))
    assert (series.count, series.too_late) == (5 * POINT_ROWS + 1, 1)
    assert series.points.start == POINT_ROWS


def test_what_loses_its_place_while_it_waits_is_counted() -> None:
    series = series_of([float(i) for i in range(5 * POINT_ROWS)])
    series.append(np.array([3.5]), np.zeros(1))
    series._pyramid.evict()
    assert series.points.start == POINT_ROWS
    assert (series.count, series.too_late) == (5 * POINT_ROWS, 1)


def test_points_that_were_no_late_ones_are_taken_back() -> None:
    series = series_of([2, 4, 6])
    x, y = np.array([1.0, 4.0, 5.0]), np.array([7.0, math.nan, 9.0])
    series.append(x, y)
    series.append(np.array([8.0]), np.array([0.0]))
    series.take_back(x, y)
    assert held(series) == [[2, 0], [4, 1], [6, 2], [8, 0]]
    assert (series.count, series.x_range) == (4, (2.0, 8.0))
    assert series.late_since(0) == []


def test_a_reader_of_the_stream_learns_which_points_came_late() -> None:
    series = series_of([1, 5])
    series.append(np.array([2.0, 6.0]), np.array([7.0, 8.0]))
    series.append(np.array([3.0]), np.array([9.0]))
    assert series.late_since(2) == [(2, 2.0, 7.0), (4, 3.0, 9.0)]
    assert series.late_since(3) == [(4, 3.0, 9.0)]
    assert series.late_since(5) == []


def test_views_that_were_taken_before_stay_as_they_were() -> None:
    series = series_of([float(i) for i in range(100)])
    views = list(series.points.slices(0, 100))
    before = [view.copy() for view in views]
    series.append(np.array([10.5, 70.5]), np.zeros(2))
    assert series.points.end == 102
    for view, copy in zip(views, before, strict=True):
        np.testing.assert_array_equal(view, copy)


# -- curves ----------------------------------------------------------------------------------------


def test_a_curve_holds_its_points_in_the_order_of_publishing() -> None:
    series = series_of([0, 2])
    generation = series.generation
    series.turn_xy()
    series.append(np.array([1.0, 0.5, 3.0, -1.0]), np.arange(4.0))
    assert not series.ordered
    assert [x for x, _ in held(series)] == [0, 2, 1, 0.5, 3, -1]
    assert (series.x_range, series.last, series.next_x(0.0)) == ((-1.0, 3.0), (-1.0, 3.0), 0.5)
    assert series.generation > generation
    assert len(series.held()) == 1


def test_a_curve_that_was_taken_for_late_points_is_put_as_it_came() -> None:
    series = series_of([0, 2])
    for x, y in [(1, 7), (3, 8), (1, 7), (0.5, math.nan), (2, 9), (4, 10)]:
        series.append(np.array([x]), np.array([y]))
    series.turn_xy()
    x, y = series.points.slice(0, 8)
    assert x.tolist() == [0, 2, 1, 3, 1, 0.5, 2, 4]
    np.testing.assert_array_equal(y, [0, 1, 7, 8, 7, math.nan, 9, 10])


def test_a_long_series_that_becomes_a_curve_is_rewritten_from_its_late_points_on() -> None:
    series = Series(0, "y")
    x = np.arange(3.0 * POINT_ROWS)
    series.append(x, x)
    before, view = series.points.blocks[0], series.rewrites.count
    late = np.array([x[-1] - 2.5, x[-1] - 1.5])
    for one in late[::-1]:
        series.append(np.array([one]), np.array([one]))
    series.append(x[-1:] + 1, x[-1:] + 1)
    series.turn_xy()
    assert series.points.blocks[0] is before
    held = series.points.slice(0, series.count)
    np.testing.assert_array_equal(held[0], [*x, *late[::-1], x[-1] + 1])
    np.testing.assert_array_equal(held[0], held[1])
    change = series.rewrites.since(view)
    assert change is not None
    assert change.first == 0, "readers have it as a line"
    assert series.least_above_0 == 1


def test_a_curve_can_be_put_in_order() -> None:
    series = series_of([0, 2])
    series.turn_xy()
    series.append(np.array([1.0, 3.0, -1.0]), np.arange(3.0))
    generation = series.generation
    series.turn_ordered()
    assert series.ordered
    assert [x for x, _ in held(series)] == [-1, 0, 1, 2, 3]
    assert series.last == (3.0, 1.0)
    assert series.generation > generation
    assert series.rewrites.since(0) == (0, -math.inf)
    Series(0, "y").turn_ordered()  # an empty one as well


def test_a_curve_forgets_its_oldest_points_but_not_the_last_block() -> None:
    series = series_of([1.0])
    series.turn_xy()
    series.append(np.arange(3.0 * POINT_ROWS)[::-1], np.zeros(3 * POINT_ROWS))
    while series.evict():
        pass
    assert series.points.start == 3 * POINT_ROWS
    series.turn_ordered()  # its numbers cannot change any more
    assert not series.ordered


def test_no_cells_are_made_where_there_is_nothing_to_forget() -> None:
    series = Series(0, "y")
    series.append(np.arange(20.0), np.zeros(20))
    assert not series.evict()
    assert series.pyramid.levels == [series.points]
    ramp = np.arange(20.0, 20_000.0)
    series.append(ramp, ramp)
    assert series.evict()


@pytest.mark.parametrize("seed", range(12))
def test_of_what_is_forgotten_by_halves_the_cells_are_right(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With late points among them, and evictions at any time."""
    monkeypatch.setattr(pyramid_module, "POINT_ROWS", 1024)
    monkeypatch.setattr(pyramid_module, "CELL_ROWS", 64)
    monkeypatch.setattr(pyramid_module, "BUNCH", 100)
    rng = np.random.default_rng(seed)
    series, points = Series(0, "y"), np.empty((2, 0))
    for _ in range(40):
        n = int(rng.integers(1, 400))
        newest = points[0, -1] if points.size else 0.0
        x = newest + np.cumsum(rng.random(n))
        if rng.random() < 0.4 and series.points.end - series.points.start > 50:
            begin = series.points.slice(series.points.start, series.count)[0, 1]
            x = np.sort(rng.uniform(begin, newest, 5))
        new = np.stack((x, rng.standard_normal(len(x))))
        series.append(*new)
        points = np.concatenate((points, new), axis=1)
        points = points[:, np.argsort(points[0], kind="stable")]
        while rng.random() < 0.5 and series.evict():
            pass
    while series.evict():
        pass
    held = series.points
    np.testing.assert_array_equal(held.slice(held.start, held.end), points[:, held.start :])
    assert held.start % 32 == 0
    assert 128 <= held.end - held.start <= 192
    for level, rows in enumerate(series.pyramid.levels[1:], 1):
        size = cell_size(level)
        assert (rows.end, rows.start % 4) == (held.end // size, 0)
        assert rows.start * size <= series.pyramid.held_from(level - 1)
        for row in range(rows.start, rows.end):
            cell = reference.cell(*points[:, row * size : (row + 1) * size])
            np.testing.assert_array_equal(rows.slice(row, row + 1)[:, 0], cell)
    x, _ = series.gather(0, series.count, Grid(0.0))
    assert (x[0] < points[0, size]) & (x[-1] == points[0, -1]) & (np.diff(x) >= 0).all()
