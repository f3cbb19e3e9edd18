"""A derived series is at all times what its expression gives for all points of its source."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.deriving import World

from zwsnb.derived import follower
from zwsnb.derived.follower import interpolated
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Column

EXPRESSIONS = ["ema(y, .9)", "mean(y, 5)", 'mean(y, "3s")', "derivative(y)", "integral(y)", "y + 1"]


@settings(deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=12), max_size=8),
    st.sampled_from(EXPRESSIONS),
    st.integers(0, 3),
)
def test_points_in_any_order_and_pieces(
    columns: list[list[int]], expression: str, when: int
) -> None:
    world = World()
    world.plot.set_options({"xy": False})
    for i, x in enumerate(columns):
        if i == when:
            world.derive(expression)
        # Times never begin a run: what goes back is late.
        world.publish([1.7e9 + each for each in x], [each % 7 for each in x])
    world.derive(expression)
    if "y" in world.plot.series:
        world.check(expression)
        assert world.series(expression).x_range == world.series("y").x_range


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """States are saved often, and work is done in small pieces."""
    monkeypatch.setattr(follower, "SAVED_EVERY", 10)
    monkeypatch.setattr(follower, "PIECE", 16)


def sine(world: World, expression: str, count: int) -> Column:
    """Derive from a sine of so many points, and return their x."""
    world.derive(expression)
    x = 1.7e9 + np.arange(float(count))
    world.publish(x.tolist(), np.sin(x).tolist())
    return x


@pytest.mark.usefixtures("often")
def test_a_late_point_costs_what_lies_behind_it(world: World) -> None:
    x = sine(world, "ema(y, .9)", 1_000)
    its = follower_of(world, "ema(y, .9)")
    assert len(its._saved) < 24
    world.publish([x[980] + 0.5], [50])
    assert its.update(1_000) == 0
    rows = world.series("ema(y, .9)").rewrites.since(0)
    assert rows is not None
    assert rows.first == 981
    world.check("ema(y, .9)")
    world.publish([x[3] + 0.5], [50])
    world.check("ema(y, .9)")


@pytest.mark.usefixtures("often")
def test_states_that_carry_many_points_are_saved_as_rarely(world: World) -> None:
    x = sine(world, "mean(y, 200)", 4_000)
    its = follower_of(world, "mean(y, 200)")
    places = [at for at, _ in its._saved]
    assert min(np.diff([0, *places])) >= 2 * 2 * 199
    world.publish([x[3_900] + 0.5], [50])
    world.check("mean(y, 200)")


def test_of_what_has_left_the_memory_the_last_state_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "SAVED_EVERY", 10)
    world.derive("ema(y, .9)")
    for i in range(100):
        world.publish(range(10 * i, 10 * i + 10), [1.0] * 10)
        world.plot.fit(6_000)
    start = world.series("y").points.start
    places = [at for at, _ in follower_of(world, "ema(y, .9)")._saved]
    assert places[0] > start - 200
    assert any(at <= start for at in places), "from there it goes on"


def test_what_was_derived_stays_when_raw_points_leave(world: World) -> None:
    world.derive("integral(y)")
    for i in range(100):
        world.publish(range(10 * i, 10 * i + 10), [1.0] * 10)
        world.plot.fit(6_000)
    assert world.series("y").points.start > 0
    assert world.series("integral(y)").count == 1_000
    assert world.series("integral(y)").last == (999, 999)
    assert world.derived.notices() == []


@pytest.mark.parametrize("late", ["a", "b"])
def test_a_late_point_before_all_that_is_held_breaks_nothing(world: World, late: str) -> None:
    world.derive("a + b", "sum")
    x = 1.7e9 + np.arange(20_000.0)
    for series in "ab":
        world.publish(x.tolist(), [1.0] * len(x), series)
    for name in ("a", "sum"):
        while world.series(name).evict():
            pass
    start = world.series("a").points.start
    at = x[0] if late == "b" else x[start]
    world.publish([at + 0.5], [3.0], late)
    world.publish([x[-1] + 1], [5.0], "a")
    world.publish([x[-1] + 1], [5.0], "b")
    found = world.points("sum")
    np.testing.assert_array_equal(found[:, 0], world.points("a")[-len(found) :, 0])
    assert np.nansum(found[:, 1] != 2) <= 3
    assert found[-1].tolist() == [x[-1] + 1, 10.0]
    assert world.series("sum").last == (x[-1] + 1, 10.0)


@pytest.mark.parametrize("late", [1, 3, 40])
def test_late_points_before_all_that_is_held_are_not_doubled_nor_lost(
    world: World, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    monkeypatch.setattr(follower, "MOST_REDONE", 20)
    world.plot.set_options({"xy": False})
    world.derive("y * 2", "twice")
    world.publish(range(1_000), range(1_000))
    its = world.series("twice")
    while its.evict():
        pass
    first = int(world.points("twice")[0, 0])
    x = first - 0.5 - np.arange(float(late))[::-1]
    world.publish(x.tolist(), x.tolist())
    world.publish([1_000, first + 50.5], [1_000, first + 50.5])
    found, source = world.points("twice"), world.points("y")
    assert math.isnan(found[0, 1]), "where the rest has left the memory"
    np.testing.assert_array_equal(found[1:, 0], source[-len(found) + 1 :, 0])
    np.testing.assert_array_equal(found[1:, 1], 2 * found[1:, 0])
    assert its.too_late == 0
    assert its.count == world.series("y").count


@pytest.fixture
def chained(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """One of a series that is derived from a derived one, and little is computed in a turn."""
    monkeypatch.setattr(follower, "MOST_REDONE", 20)
    world.plot.set_options({"xy": False})
    world.derive("y * 2", "twice")
    world.derive("twice + 1", "more")
    return world


def test_what_is_derived_of_nothing_waits_for_points(chained: World) -> None:
    """A late point before all others, and no time left to compute what it has changed."""
    chained.publish(range(100), [1.0] * 100)
    chained.plot.append("y", np.array([-1.0]), np.array([1.0]))
    follower_of(chained, "twice").update(0)
    assert chained.series("twice").count == 0
    follower_of(chained, "more").update(50)
    chained.update()
    chained.check("twice + 1", "more")


def test_what_has_left_and_is_derived_of_nothing_has_no_place_before_all(chained: World) -> None:
    chained.publish(range(1_000), [1.0] * 1_000)
    while chained.series("more").evict():
        pass
    chained.plot.append("y", np.array([-1.0]), np.array([1.0]))
    follower_of(chained, "twice").update(0)
    follower_of(chained, "more").update(50)
    assert np.isfinite(chained.points("more")[:, 0]).all()
    chained.update()
    assert np.isfinite(chained.points("more")[:, 0]).all()


def test_what_is_declared_late_begins_with_the_points_that_are_held(world: World) -> None:
    for i in range(100):
        world.publish(range(10 * i, 10 * i + 10), [1.0] * 10)
        world.plot.fit(6_000)
    start = world.series("y").points.start
    world.derive("integral(y)")
    assert world.series("integral(y)").count == 1_000 - start
    assert world.derived.notices() == [
        "integral(y) begins where the points are that were held when it was declared."
    ]


def test_two_series_meet_as_far_as_both_have_come(world: World) -> None:
    world.derive("a - b")
    world.publish([0, 1, 2, 3], [10, 11, 12, 13], "a")
    assert "a - b" not in world.plot.series
    world.publish([0, 2], [1, 3], "b")
    assert world.points("a - b").tolist() == [[0, 9], [1, 9], [2, 9]]
    world.publish([4], [5], "b")
    assert world.points("a - b").tolist() == [[0, 9], [1, 9], [2, 9], [3, 9]]


def test_a_late_point_of_another_series_moves_the_line_on_both_sides(world: World) -> None:
    world.derive("a - b")
    x = [1.7e9 + each for each in range(9)]
    world.publish(x, [0] * 9, "a")
    world.publish([x[0], x[8]], [0, 0], "b")
    world.publish([x[4]], [4], "b")
    assert world.points("a - b")[:, 1].tolist() == [0, -1, -2, -3, -4, -3, -2, -1, 0]


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), max_size=12), st.lists(st.integers(-5, 25), max_size=12))
def test_a_series_between_its_points(of: list[int], x: list[int]) -> None:
    if not x:
        return
    series = Series(0, "y")
    xs = np.array(sorted(of), float)
    series.append(xs, xs * 2)
    found = interpolated(series, np.array(sorted(x), float))
    for at, y in zip(sorted(x), found.tolist(), strict=True):
        inside = bool(of) and min(of) <= at <= max(of)
        assert y == pytest.approx(2 * at) if inside else math.isnan(y)


def follower_of(world: World, expression: str) -> follower.Follower:
    return next(iter(world.derived.by_name[expression]._followers.values()))


@pytest.mark.parametrize("again", [None, 100.5, 700.5])
def test_old_values_are_seen_until_there_are_as_many_new_ones(
    world: World, monkeypatch: pytest.MonkeyPatch, again: float | None
) -> None:
    monkeypatch.setattr(follower, "SAVED_EVERY", 100)
    monkeypatch.setattr(follower, "MOST_TURNS", 100)
    world.plot.set_options({"xy": False, "time": True})
    world.derive("integral(y)")
    x = 1.7e9 + np.arange(1_000.0)
    world.publish(x.tolist(), np.sin(x).tolist())
    its = follower_of(world, "integral(y)")
    world.plot.append("y", np.array([x[300] + 0.5]), np.array([50.0]))
    seen, turns = [], 0
    while its.update(50) >= 50:
        seen.append(world.series("integral(y)").count)
        turns += 1
        if turns == 5 and again is not None:
            world.plot.append("y", np.array([1.7e9 + again]), np.array([9.0]))
    assert turns > 9
    assert min(seen) == 1_000
    world.check("integral(y)")


def test_of_very_many_points_there_is_a_cut(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "MOST_REDONE", 500)
    world.plot.set_options({"xy": False, "time": True})
    world.derive("integral(y)")
    x = 1.7e9 + np.arange(1_000.0)
    world.publish(x.tolist(), np.sin(x).tolist())
    world.plot.append("y", np.array([x[300] + 0.5]), np.array([50.0]))
    follower_of(world, "integral(y)").update(50)
    assert 300 < world.series("integral(y)").count < 500
    world.update()
    world.check("integral(y)")


@pytest.mark.parametrize("places", [[300], [300, 200, 100], [300, 310, 305]])
def test_the_newest_points_wait_for_few_turns_wherever_late_ones_come(
    world: World, places: list[int]
) -> None:
    world.plot.set_options({"xy": False, "time": True})
    world.derive("median(y, 101)")
    x = 1.7e9 + np.arange(1_000.0)
    world.publish(x.tolist(), np.sin(x).tolist())
    its, series = follower_of(world, "median(y, 101)"), world.series("median(y, 101)")
    counts = []
    for i in range(follower.MOST_TURNS):
        if i < len(places):
            world.plot.append("y", np.array([x[places[i]] + 0.5]), np.array([50.0]))
        its.update(50)
        counts.append(series.count)
    assert set(counts[:-1]) == {1_000}
    assert counts[-1] < 1_000
    world.update()
    world.check("median(y, 101)")


def test_what_it_takes_is_counted_as_that_of_its_plot(world: World) -> None:
    world.derive("y + 1")
    world.publish(range(10_000), [1.0] * 10_000)
    assert world.plot.nbytes == sum(series.nbytes for series in world.plot.series.values())
