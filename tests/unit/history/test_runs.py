"""Which run points go to, and what a series becomes."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.plots import Plot
from zwsnb.history.queries import with_marks
from zwsnb.history.runs import MAX_RUNS, MOST_AT_ONCE, PARTS_AT_ONCE, SILENCE, Arrival
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Column


def publish(plot: Plot, x: Sequence[float], **came: Any) -> None:
    """Publish points of the series "y", y counted from 0."""
    column = np.array(x, dtype=np.float64)
    plot.append("y", column, np.arange(float(len(column))), Arrival(**came))


def runs(plot: Plot) -> dict[str, list[float]]:
    """The x of each run that is held."""
    return {
        name: series.points.slice(0, series.count)[0].tolist()
        for name, series in plot.series.items()
    }


@pytest.fixture
def appended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many points series take, each time that they do."""
    lengths: list[int] = []
    append = Series.append

    def count(self: Series, x: Column, y: Column) -> None:
        lengths.append(len(x))
        append(self, x, y)

    monkeypatch.setattr(Series, "append", count)
    return lengths


STEPS = [0, 1, 2, 3, 4]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_cell_that_runs_again_begins_a_run(at_once: bool) -> None:
    plot = Plot("p")
    x = [*STEPS, *STEPS[:3], *STEPS]
    for part in [x] if at_once else [[value] for value in x]:
        publish(plot, part)
    assert runs(plot) == {"y": STEPS, "y (2)": STEPS[:3], "y (1)": STEPS}
    assert plot.count == len(x)


@pytest.mark.parametrize("n", [1, 3, 7])
def test_a_run_that_is_resumed_leaves_nothing_in_the_past_one(n: int) -> None:
    plot = Plot("p")
    x = [*range(20), 10.5, 11.5, 12.5, 13.5, 14.5, 15.5, 16.5, 17.5, 18.5, 19.5, 20.5]
    for begin in range(0, len(x), n):
        publish(plot, x[begin : begin + n])
    assert runs(plot) == {"y": x[20:], "y (1)": x[:20]}
    assert plot.series["y"].inherited == {1: 3, 3: 1, 7: 1}[n]


@pytest.mark.parametrize("first", [68.5, 70.5, 90.5])
def test_a_run_that_is_resumed_where_nothing_is_held_counts_each_point_once(first: float) -> None:
    plot = Plot("p")
    publish(plot, range(300))
    assert plot.series["y"].evict()
    resumed = [first + i for i in range(-8, 12)]
    for x in resumed:
        publish(plot, [x])
    assert plot.count + plot.catalog.too_late == 300 + len(resumed)
    assert list(plot.series) == ["y", "y (1)"]


def test_late_points_and_a_backlog_begin_no_run() -> None:
    plot = Plot("p")
    publish(plot, [0, 1, 2, 50, 51])
    publish(plot, [1.5, 52])
    publish(plot, list(range(10, 40)))
    publish(plot, [53])
    assert runs(plot) == {"y": [0, 1, 1.5, 2, *range(10, 40), 50, 51, 52, 53]}


def test_a_circle_is_a_curve_with_every_point_in_its_order() -> None:
    plot = Plot("p")
    x = np.cos(np.linspace(0, 20, 500)).tolist()
    for begin in range(0, 500, 7):
        publish(plot, x[begin : begin + 7])
    assert runs(plot) == {"y": x}
    assert not plot.series["y"].ordered


def test_runs_that_are_all_too_short_are_a_curve() -> None:
    plot = Plot("p")
    publish(plot, [0, 1, 2] * 10)
    assert [len(x) for x in runs(plot).values()] == [24, 3, 3]
    assert not plot.series["y"].ordered
    assert plot.count == 30


NOW = 1_795_811_940.0


@pytest.mark.parametrize("x", [[NOW, NOW + 9, NOW, NOW + 1, NOW + 2, NOW + 1.5, NOW + 1, NOW]])
def test_no_clock_begins_a_run_or_a_curve(x: list[float]) -> None:
    plot = Plot("p")
    for value in x:
        publish(plot, [value])
    publish(plot, x)
    assert runs(plot) == {"y": sorted(x * 2)}


def test_what_is_said_to_be_a_time_is_one() -> None:
    plot = Plot("p")
    plot.set_options({"time": True})
    publish(plot, [*STEPS, *STEPS])
    assert runs(plot) == {"y": sorted(STEPS * 2)}


def test_xy_decides_what_the_points_do_not() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True})
    publish(plot, [*STEPS, *STEPS])
    assert runs(plot) == {"y": [*STEPS, *STEPS]}
    plot.set_options({"xy": False})
    assert runs(plot) == {"y": sorted(STEPS * 2)}
    publish(plot, [3, 2, 1, 0.5])
    assert runs(plot) == {"y": sorted([*STEPS, *STEPS, 3, 2, 1, 0.5])}
    plot.set_options({"xy": "auto", "series": {"z": {"xy": True}}})
    plot.append("z", np.array([1.0, 0.0]), np.zeros(2))
    assert [s.ordered for s in plot.series.values()] == [True, False]


# -- several producers -----------------------------------------------------------------------------


def test_producers_side_by_side_are_one_run() -> None:
    plot = Plot("p")
    for begin in range(0, 100, 10):
        for producer in "ab":
            x = [begin + i + (0.5 if producer == "b" else 0) for i in range(10)]
            publish(plot, x, producer=producer, published=NOW + begin / 100)
    assert runs(plot) == {"y": [i / 2 for i in range(200)]}


def test_a_producer_that_begins_again_takes_the_others_to_the_next_run() -> None:
    plot = Plot("p")
    for producer in "ab":
        publish(plot, STEPS, producer=producer)
    publish(plot, STEPS, producer="a")
    publish(plot, [5, 6], producer="b")
    publish(plot, STEPS, producer="b")
    assert runs(plot) == {"y": sorted(STEPS * 2), "y (1)": [*sorted(STEPS * 2), 5, 6]}


@pytest.mark.parametrize(("silence", "expected"), [(SILENCE + 1, 2), (SILENCE - 1, 1)])
def test_a_script_that_runs_again_begins_a_run(silence: float, expected: int) -> None:
    plot = Plot("p")
    publish(plot, STEPS, producer="a", published=NOW)
    publish(plot, STEPS, producer="b", published=NOW + silence)
    assert len(plot.series) == expected


def test_a_producer_that_goes_on_is_remembered_among_very_many() -> None:
    plot = Plot("p")
    for i in range(100):
        publish(plot, [i, i + 0.5], producer="long", published=NOW)
        publish(plot, [i + 0.25], producer=str(i), published=NOW)
    publish(plot, [0, 1], producer="long", published=NOW)
    assert runs(plot)["y"] == [0, 1]


def test_producers_without_end_are_not_remembered() -> None:
    plot = Plot("p")
    for i in range(1000):
        publish(plot, [i, i + 0.5], producer=str(i), published=NOW)
    assert plot.series["y"].count == 2000
    [(_, taker)] = plot.catalog._runs.items()
    assert len(taker._ways) == 64


# -- whatever comes --------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.lists(st.integers(0, 30).map(float), min_size=1, max_size=9)
        ),
        max_size=40,
    )
)
def test_no_point_is_lost_or_there_twice(batches: list[tuple[str, list[float]]]) -> None:
    plot, y = Plot("p"), 0.0
    published: list[tuple[float, ...]] = []
    for producer, x in batches:
        column = np.arange(y, y + len(x))
        y += len(x)
        plot.append("y", np.array(x), column, Arrival(producer=producer))
        published += zip(x, column.tolist(), strict=True)
    held = [
        tuple(point)
        for series in plot.series.values()
        for point in series.points.slice(0, series.count).T.tolist()
    ]
    gone = plot.catalog.dropped_points
    assert len(held) + gone == len(published) == plot.count
    assert len(set(held)) == len(held)
    assert set(held) <= set(published)
    for series in plot.series.values():
        assert series.ordered in (True, False)
        x = series.points.slice(0, series.count)[0]
        assert not series.ordered or bool((np.diff(x) >= 0).all())
        assert math.isfinite(series.x_range[0])
        assert series.x_range == (x.min(), x.max())


def test_of_what_falls_back_in_very_many_walks_no_more_is_remembered_than_in_one() -> None:
    """Each of 64 producers had its own thousand, beside the budget."""
    plot = Plot("p")
    for i in range(50):
        publish(plot, [0.25, 1_000 + i], producer=str(i))
        publish(plot, (np.linspace(1, 9, 300) + i / 100).tolist(), producer=str(i))
    walks = [way.walk for way in plot.catalog.runs_of("y", Arrival())._ways.values()]
    assert sum(points.shape[1] for walk in walks for points in walk.fallen) == 900
    assert [walk.is_open for walk in walks] == [False] * 47 + [True] * 3
    assert runs(plot)["y"] == sorted(runs(plot)["y"])
    assert plot.count == 50 * 302
    publish(plot, [2_000, 2_001], producer="0")
    assert walks[0].is_open, "at the front it is known again"


def test_x_without_any_order_does_not_take_long() -> None:
    plot, x = Plot("p"), np.random.default_rng(0).random(1_000_000)
    began = time.process_time()
    plot.append("y", x, x)
    assert not plot.series["y"].ordered
    assert time.process_time() - began < 20  # it takes milliseconds; a loop over parts, minutes


def test_x_that_is_said_to_be_in_order_is_put_in_order_at_once(appended: list[int]) -> None:
    plot, x = Plot("p"), np.random.default_rng(0).random(10_000)
    plot.set_options({"xy": False})
    plot.append("y", x, x)
    assert runs(plot) == {"y": sorted(x)}
    assert len(appended) <= 3


def held(plot: Plot) -> int:
    """The points that are there, or are counted as those of runs that had to go."""
    return sum(len(x) for x in runs(plot).values()) + plot.catalog.dropped_points


@pytest.mark.parametrize("n", [2, 5, 100])
def test_x_that_begins_again_and_again_is_a_curve_that_is_whole(n: int) -> None:
    plot, x = Plot("p"), [*map(float, range(n))] * (MOST_AT_ONCE + 2)
    publish(plot, x)
    publish(plot, x)
    assert runs(plot) == {"y": x + x}
    assert plot.counts() == {}


def test_of_runs_that_begin_somewhere_without_end_the_last_ones_are_there() -> None:
    plot = Plot("p")
    x = [i + (run % 2) / 2 for run in range(2 * MOST_AT_ONCE) for i in range(6)]
    publish(plot, x)
    assert [*runs(plot).values()] == [x[6:12], x[:6]] * (MAX_RUNS // 2)
    assert held(plot) == plot.count == len(x)


def test_a_loop_over_short_runs_that_is_faster_than_the_relay_has_them() -> None:
    plot = Plot("p")
    publish(plot, STEPS * MOST_AT_ONCE)
    assert set(map(tuple, runs(plot).values())) == {tuple(STEPS)}
    assert list(plot.series)[:2] == ["y", f"y ({MOST_AT_ONCE - 1})"]
    assert held(plot) == plot.count == 5 * MOST_AT_ONCE


@pytest.mark.parametrize(
    "x",
    [
        STEPS * MOST_AT_ONCE,
        [0, 1] * MOST_AT_ONCE,
        [i + (run % 2) / 2 for run in range(MOST_AT_ONCE) for i in range(6)],
        [i - late for i in range(32_000) for late in (0, 0.5)],
        [i - late for i in range(32_000) for late in (0, 900.5)],
        np.tile(np.linspace(-0.85, 0.85, 8) * np.finfo(float).max, MOST_AT_ONCE).tolist(),
    ],
    ids=["runs", "to and fro", "anywhere", "late", "very late", "too far"],
)
def test_whatever_x_does_it_is_taken_in_few_parts(x: list[float], appended: list[int]) -> None:
    plot = Plot("p")
    for _ in range(2):
        publish(plot, x)
    assert held(plot) == plot.count == 2 * len(x)
    assert len(appended) <= 2 * 2 * (2 * PARTS_AT_ONCE + 2 * MAX_RUNS)


def test_of_a_plain_loop_hardly_more_runs_begin_than_are_kept(appended: list[int]) -> None:
    plot, run = Plot("p"), [*map(float, range(100))]
    publish(plot, run * 600)
    numbers = range(599, 600 - MAX_RUNS, -1)
    assert runs(plot) == {"y": run, **{f"y ({number})": run for number in numbers}}
    assert held(plot) == plot.count == 600 * 100
    assert len(appended) <= 4 * MAX_RUNS


def noisy(rng: np.random.Generator, kind: int) -> Column:
    """Return x as somebody publishes it who does not always go forward."""
    n = int(rng.integers(20, 400))
    forward = np.arange(float(n))
    swapped = forward.copy()
    at = rng.integers(0, n - 1, n // 4)
    swapped[at], swapped[at + 1] = forward[at + 1], forward[at]
    rounds = forward % int(rng.integers(2, 12))
    return [
        np.concatenate((forward, forward[::-1])) + rng.normal(0, rng.uniform(0, 1.2), 2 * n),
        rounds,
        np.stack((forward, forward - rng.choice([0.5, 3, 40])), axis=1).ravel(),
        rounds - 1.5 * (rng.random(n) < 0.1),
        np.concatenate((swapped, swapped[n // 2 :] + 0.3)),
    ][kind]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(0, 1 << 32), st.lists(st.integers(0, 4), min_size=1, max_size=3), st.booleans())
def test_what_is_certain_is_taken_at_once_as_it_would_be_one_by_one(
    seed: int, kinds: list[int], is_shared: bool
) -> None:
    rng = np.random.default_rng(seed)
    x = np.concatenate([noisy(rng, kind) for kind in kinds])
    plots = []
    for looks in (3, len(x)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("zwsnb.history.runs.PARTS_AT_ONCE", len(x))
            patch.setattr("zwsnb.history.runs.LOOK_AHEAD", looks)
            plots.append(Plot("p"))
            publish(plots[-1], x[:9].tolist())
            if is_shared:
                publish(plots[-1], x[9:11].tolist(), producer="another")
            publish(plots[-1], x[9:].tolist())
    at_once, one_by_one = plots
    assert runs(at_once) == runs(one_by_one)
    for series, other in zip(at_once.series.values(), one_by_one.series.values(), strict=True):
        assert (series.ordered, series.late_since(0)) == (other.ordered, other.late_since(0))
    assert held(at_once) == at_once.count == one_by_one.count
    assert at_once.catalog.dropped == one_by_one.catalog.dropped


def test_a_noisy_sweep_that_comes_at_once_is_a_curve_in_its_order() -> None:
    there = np.arange(4_000.0)
    x = np.concatenate((there, there[::-1], there))
    x += 0.4 * np.random.default_rng(0).standard_normal(len(x))
    plot = Plot("p")
    publish(plot, x.tolist())
    assert runs(plot) == {"y": x.tolist()}
    assert not plot.series["y"].ordered


def test_a_run_that_is_resumed_among_many_late_points_begins() -> None:
    x = np.arange(25_000.0)
    x[::40], x[1::40] = x[1::40], x[::40].copy()
    plot, again = Plot("p"), np.arange(12_000.5, 30_000)
    publish(plot, [*x, *again])
    assert runs(plot) == {"y": again.tolist(), "y (1)": sorted(x)}


@pytest.mark.parametrize(("n", "most"), [(2, 1), (5, MAX_RUNS)])
def test_of_runs_without_end_that_are_no_curve_the_last_ones_begin(n: int, most: int) -> None:
    plot = Plot("p")
    plot.set_options({"xy": False})
    publish(plot, [*range(n)] * 4 * MOST_AT_ONCE)
    assert len(plot.series) == most
    assert held(plot) == plot.count == 4 * n * MOST_AT_ONCE
    assert {series.ordered for series in plot.series.values()} == {True}


def test_a_run_begins_among_late_points_where_no_curve_may() -> None:
    plot = Plot("p")
    plot.set_options({"xy": False})
    publish(plot, [0, 2, 1, 4, 3, 5, 0, 1, 3, 2])
    assert runs(plot) == {"y": [0, 1, 2, 3], "y (1)": [0, 1, 2, 3, 4, 5]}


def test_a_colour_goes_to_the_run_of_its_point() -> None:
    plot = Plot("p")
    publish(plot, STEPS, producer="a", published=0.0)
    publish(plot, STEPS[:2], producer="b", published=9.0)  # begins a run
    marks = np.array([[7.0], [8.0]])
    publish(plot, [5.0], producer="a", published=9.0, marks=marks)
    assert runs(plot) == {"y": STEPS[:2], "y (1)": [*STEPS, 5]}
    assert plot.series["y"].marks is None
    found = with_marks(plot.series["y (1)"], 5, 6)
    assert found[:, 0].tolist() == [5, 0, 7, 8]
