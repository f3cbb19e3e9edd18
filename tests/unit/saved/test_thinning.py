"""What stands for the points of a series: extremes, columns within columns, the newest points."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, strategies as st
from support.small_blocks import small_blocks

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Rows
from zwsnb.saved.thinning import Columns, Held, held_of, newest_of, parts_of, thin
from zwsnb.view.m4 import m4_mask

RNG = np.random.default_rng(7)


def noise(count: int) -> Rows:
    return np.stack((np.arange(count) * 0.25, RNG.standard_normal(count)))


def thinned(held: Held, most: int, *, log: bool = False) -> Held:
    *steps, found = thin(held, most, log=log)
    assert set(steps) <= {None}
    assert found is not None
    return found


def m4(points: Rows, grid: Grid) -> Rows:
    """M4 of all points at once: the reference."""
    return points[:, m4_mask(grid.columns(points[0]), points[1])]


ORDERED = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([0.0, 1.0, -2.0, 5.0, math.nan])), min_size=1
).map(lambda pairs: np.array(sorted(pairs), dtype=np.float64).T)


@given(ORDERED, st.integers(8, 40), st.integers(0, 6))
def test_wider_columns_of_what_is_left_are_those_of_all_points(
    points: Rows, most: int, wider: int
) -> None:
    found = thinned(Held([points]), most).vertices()
    columns = Columns(Grid(2.0**-4), most * 7 // 8)
    list(columns.add(points))
    list(columns.fit())
    grid = Grid(max(columns.grid.width, 1.0) * 2.0**wider)
    np.testing.assert_array_equal(m4(found, grid), m4(points, grid))


@given(ORDERED, st.integers(9, 40))
def test_it_is_never_more_than_there_is_room_for(points: Rows, most: int) -> None:
    assert thinned(Held([points]), most).count <= most


def test_few_points_are_all_there() -> None:
    points = noise(100)
    found = thinned(Held([points[:, :60], points[:, 60:]]), 100)
    np.testing.assert_array_equal(found.vertices(), points)
    assert found.exact == 0


def test_behind_the_columns_come_the_newest_points_as_they_are() -> None:
    points = noise(100_000)
    found = thinned(Held(list(parts_of([points]))), 5_000)
    newest = found.vertices()[:, found.exact :]
    assert 4_500 <= found.count <= 5_000
    assert newest.shape[1] > 500
    np.testing.assert_array_equal(newest, points[:, -newest.shape[1] :])
    assert (np.diff(found.vertices()[0]) >= 0).all()


def test_the_columns_are_the_narrowest_that_fit() -> None:
    points = noise(50_000)
    columns = Columns(Grid(2.0**-6), 2_000)
    for part in parts_of([points]):
        list(columns.add(part))
    list(columns.fit())
    assert columns.vertices().shape[1] <= 2_000
    assert m4(points, Grid(columns.grid.width / 2)).shape[1] > 2_000


def test_clusters_far_from_one_another_are_told_apart() -> None:
    cluster = np.sort(RNG.random(20_000))
    x = np.concatenate([cluster + far for far in (0.0, 1e6, 2e6)])
    found = thinned(Held([np.stack((x, RNG.standard_normal(60_000)))]), 3_000)
    assert found.exact > 1_000


def test_a_logarithmic_axis_has_columns_of_its_own() -> None:
    x = np.geomspace(1e-3, 1e6, 40_000)
    found = thinned(Held([np.stack((x, RNG.standard_normal(40_000)))]), 2_000, log=True)
    decades = np.histogram(np.log10(found.vertices()[0, : found.exact]), 9)[0]
    assert decades[:7].min() > 0.7 * decades[:7].max()


def test_what_was_thinned_once_is_thinned_further_as_from_the_points() -> None:
    held = Held([noise(40_000)])
    first = thinned(held, 8_000)
    (*_, again) = thin(held, 2_000, columns_of=first)
    assert again is not None
    np.testing.assert_array_equal(again.vertices(), thinned(held, 2_000).vertices())


def test_equal_x_at_the_border_are_there_once() -> None:
    x = np.repeat(np.arange(300.0), 50)
    points = np.stack((x, np.arange(15_000.0)))
    found = thinned(Held([points]), 2_000).vertices()
    assert len(np.unique(found[1])) == found.shape[1]


def test_gaps_everywhere_end_somewhere() -> None:
    points = np.stack((np.arange(5_000.0), np.where(np.arange(5_000) % 2, np.nan, 1.0)))
    assert thinned(Held([points]), 100).count <= 100


def test_points_that_come_later_are_not_in_it() -> None:
    series = Series(0, "y")
    series.append(*noise(100))
    held = held_of(series, Grid(1.0), newest_of(series))
    series.append(np.array([50.0, 1000.0]), np.array([9.0, 9.0]))
    series.append(np.array([0.1]), np.array([9.0]))
    assert series.count == 103
    np.testing.assert_array_equal(held.vertices()[1] == 9.0, False)
    assert held.count == 100


def test_what_was_evicted_is_there_as_cells() -> None:
    x, y = noise(20_000)
    y[70], y[90] = 50.0, -50.0
    with small_blocks():
        series = Series(0, "y")
        series.append(x, y)
        while series.points.start < 15_000:
            assert series.evict()
        held = held_of(series, Grid(8.0), newest_of(series))
        start = series.points.start
    assert held.exact > 0
    assert (held.vertices()[1].max(), held.vertices()[1].min()) == (50.0, -50.0)
    np.testing.assert_array_equal(held.vertices()[0, held.exact :], x[start:])


def test_the_newest_of_several_blocks() -> None:
    points = noise(10)
    held = Held([points[:, :4], points[:, 4:6], points[:, 6:]])
    for count in (0, 1, 5, 10, 20):
        np.testing.assert_array_equal(held.newest(count), points[:, 10 - min(count, 10) :])
