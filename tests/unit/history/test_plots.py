"""The history against a slow, obvious one: blocks against a list, cells against their definition,
budgets against sums.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference

from zwsnb.history import plots, series as series_module
from zwsnb.history.blocks import Blocks
from zwsnb.history.cells import cell_size, cells_of_points
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import History, Plot
from zwsnb.history.series import Series
from zwsnb.protocol.sizes import history_bytes

POINT_ROWS, CELL_ROWS, XY_POINTS, BUNCH = 64, 8, 150, 40


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Iterator[None]:
    """Blocks so small that a few hundred points make pyramids, and evictions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series_module, "POINT_ROWS", POINT_ROWS)
        patch.setattr(series_module, "CELL_ROWS", CELL_ROWS)
        patch.setattr(series_module, "XY_POINTS", XY_POINTS)
        patch.setattr(series_module, "BUNCH", BUNCH)
        yield


# -- blocks ----------------------------------------------------------------------------------------

steps = st.lists(st.one_of(st.integers(0, 25), st.just("evict")), max_size=20)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(steps, st.integers(-5, 60), st.integers(0, 130), st.integers(0, 130))
def test_blocks_are_a_list_that_forgets_its_front(
    drawn: list[Any], value: int, lo: int, hi: int
) -> None:
    blocks, rows, start = Blocks(2, 8), [], 0
    for step in drawn:
        if step != "evict":
            rows += [(len(rows) + i) // 3 for i in range(step)]
            x = np.array(rows[len(rows) - step :], dtype=np.float64)
            blocks.append(x, -x)
        elif len(blocks.blocks) > 1:
            blocks.evict()
            start += 8
    assert (blocks.start, blocks.end) == (start, len(rows))
    assert blocks.slice(lo, hi)[0].tolist() == rows[max(lo, start) : hi]
    assert (blocks.slice(lo, hi)[1] == -blocks.slice(lo, hi)[0]).all()
    assert blocks.find(value) == next(
        (i for i in range(start, len(rows)) if rows[i] >= value), len(rows)
    )


def test_a_slice_within_a_block_is_no_copy() -> None:
    blocks = Blocks(2, 8)
    blocks.append(np.arange(20.0), np.arange(20.0))
    assert blocks.slice(9, 15).base is not None
    assert blocks.slice(7, 9).tolist() == [[7, 8], [7, 8]]


# -- cells -----------------------------------------------------------------------------------------


def cell_of(x: Any, y: Any) -> list[float]:
    """A cell by its definition: x of the first point, the earlier extreme, the later one, and where
    it borders on gaps.
    """
    finite = np.flatnonzero(~np.isnan(y))
    low = min(finite, key=lambda i: y[i], default=0)
    high = max(finite, key=lambda i: y[i], default=0)
    a, b = sorted((low, high))
    return [x[0], x[a], y[a], x[b], y[b], np.isnan(y[0]) + 2 * np.isnan(y[-1])]


def assert_cells(series: Series, x: Any, y: Any) -> None:
    """Compare every cell with its definition; among equal values either point may stand for them."""
    for level, rows in enumerate(series.levels, 1):
        size = cell_size(level)
        assert (len(x) - BUNCH) // size <= rows.end <= len(x) // size
        cells = [
            cell_of(x[i * size : (i + 1) * size], y[i * size : (i + 1) * size])
            for i in range(rows.start, rows.end)
        ]
        expected = np.array(cells).reshape(-1, 6).T
        held = rows.slice(rows.start, rows.end)
        np.testing.assert_array_equal(held[[0, 5]], expected[[0, 5]])
        np.testing.assert_array_equal(
            np.sort(held[[2, 4]], axis=0), np.sort(expected[[2, 4]], axis=0)
        )
        assert (held[1] <= held[3]).all()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(reference.stretches)
def test_cells_are_what_their_definition_says_however_the_points_came(drawn: list[Any]) -> None:
    series = Series(0, "y")
    points = reference.points_of(drawn)
    for x, y in points:
        series.append(x, y)
    x, y = (np.concatenate(column) for column in zip(*points, strict=True))
    assert series.count == len(x)
    np.testing.assert_array_equal(series.points.slice(0, len(x)), np.stack((x, y)))
    assert_cells(series, x, y)


@pytest.mark.parametrize("n", [*range(1, 40), 63, 64, 65, 127, 1000, 2048, 4099])
def test_the_reducer_cuts_cells_of_exactly_32_points(n: int) -> None:
    x = np.arange(32.0 * n)
    y = np.where(x % 32 == 0, -1.0, 0.0) + (x % 32 == 31)
    cells = cells_of_points(np.stack((x, y)))
    assert (cells[1] == x[::32]).all()
    assert (cells[3] == x[31::32]).all()


def test_a_few_points_at_a_time_raise_the_pyramid_in_bunches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts: list[int] = []
    monkeypatch.setattr(
        series_module,
        "cells_of_points",
        lambda part: parts.append(part.shape[1]) or cells_of_points(part),
    )
    series = Series(0, "y")
    for i in range(2_000):
        series.append(np.arange(i, i + 1.0), np.zeros(1))
    assert sum(parts) > 2_000 - 2 * BUNCH
    assert len(parts) <= 2 * 2_000 / BUNCH  # a bunch may end one block and begin the next


# -- finding ---------------------------------------------------------------------------------------


@settings(derandomize=True, max_examples=100, deadline=None)
@given(reference.stretches, st.lists(st.integers(0, 12), max_size=6), st.floats(-0.1, 1.1))
def test_a_point_is_found_by_its_x_or_the_cell_that_it_was_in(
    drawn: list[Any], evictions: list[int], at: float
) -> None:
    series = Series(0, "y")
    points = reference.points_of(drawn)
    for i, (xs, ys) in enumerate(points):
        series.append(xs, ys)
        for _ in range(evictions[i] if i < len(evictions) else 0):
            series.evict()
    x = np.concatenate([xs for xs, _ in points])
    value = at * x[-1]
    first = int(np.searchsorted(x, value))
    before, after = series.find(value), series.find(value, after=True)
    assert before <= first <= after
    if first > series.points.start:
        assert before == first == after
    coarsest = cell_size(len(series.levels))
    assert after - before <= coarsest or before == 0


# -- forgetting ------------------------------------------------------------------------------------


def ramp(plot: Plot | History, *names: str, n: int, batch: int = 50) -> None:
    """Append a long ramp with a spike every 1,000 points."""
    for begin in range(0, n, batch):
        x = np.arange(float(begin), min(n, begin + batch))
        plot.append(*names, x, np.where(x % 1000 == 500, 1e6, x))


BUDGETS = (30_000, 100_000)


@pytest.mark.parametrize("budget", BUDGETS)
def test_memory_is_within_the_budget_and_the_overview_reaches_back(budget: int) -> None:
    held = History(budget)
    for begin in range(0, 20_000, 100):
        x = np.arange(float(begin), begin + 100)
        plot = held.append("p", "y", x, x)
        assert held.nbytes <= budget
    series = plot.series["y"]
    assert series.count == 20_000
    assert series.held()[-1]["from_point"] == 0
    gathered = series.gather(0, series.count, Grid(2000.0))
    assert gathered[0, 0] < 2000 / 4
    assert gathered[0, -1] == 19_999


def test_the_newest_points_stay_whole() -> None:
    held = History(40_000)
    ramp(held, "p", "y", n=20_000)
    series = held.plots["p"].series["y"]
    assert series.points.end - series.points.start > 500
    x, y = series.points.slice(series.points.start, series.count)
    assert x.tolist() == list(range(series.points.start, 20_000))
    assert [begin["from_point"] for begin in series.held()] == sorted(
        (b["from_point"] for b in series.held()), reverse=True
    )
    assert y[-1] == 19_999


def test_a_spike_survives_its_points() -> None:
    held = History(40_000)
    ramp(held, "p", "y", n=20_000)
    _, y = held.plots["p"].series["y"].gather(0, 20_000, Grid(4000.0))
    assert np.count_nonzero(y == 1e6) >= 5


def test_every_level_keeps_a_share_and_the_last_block_is_never_forgotten() -> None:
    series = Series(0, "y")
    for begin in range(0, 20_000, 500):
        series.append(np.arange(float(begin), begin + 500), np.zeros(500))
    while series.evict():
        assert all(rows.blocks for rows in (series.points, *series.levels))
        reach = [begin["from_point"] for begin in series.held()]
        assert reach == sorted(reach, reverse=True), (
            "a coarse level reaches less far back than a finer one"
        )
    assert [len(rows.blocks) for rows in (series.points, *series.levels)] == [1] * (
        1 + len(series.levels)
    )


def test_the_largest_plot_pays_for_a_common_budget() -> None:
    held = History(150_000)
    ramp(held, "small", "y", n=200)
    small = held.plots["small"].nbytes
    ramp(held, "large", "y", n=20_000)
    assert held.nbytes <= 150_000
    assert held.plots["small"].nbytes == small
    assert held.plots["small"].series["y"].points.start == 0


def test_a_plot_has_a_budget_of_its_own() -> None:
    held = History()
    held.get_or_create("p").set_options({"history": 2000})
    ramp(held, "p", "y", n=20_000)
    ramp(held, "q", "y", n=20_000)
    assert held.plots["p"].nbytes <= history_bytes(2000)
    assert held.plots["q"].series["y"].points.start == 0


def test_a_smaller_budget_is_kept_at_once() -> None:
    plot = Plot("p")
    ramp(plot, "y", n=5000)
    plot.set_options({"history": "20 kB"})
    assert plot.nbytes <= 20_000
    with pytest.raises(ValueError, match="more than nothing"):
        plot.set_options({"history": -1, "title": "t"})
    assert plot.options["title"] is None


def test_a_point_costs_at_most_19_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_module, "POINT_ROWS", 65_536)
    monkeypatch.setattr(series_module, "CELL_ROWS", 4_096)
    series, n = Series(0, "y"), 2_000_000
    for begin in range(0, n, 100_000):
        series.append(np.arange(begin, begin + 100_000.0), np.zeros(100_000))
    assert 16 <= series.nbytes / n <= 19


def test_a_thousand_short_series_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_module, "POINT_ROWS", 65_536)
    held = History(10_000_000)
    ramp(held, "long", "y", n=300_000, batch=100_000)
    for i in range(1000):
        held.append("short", f"layer {i}", np.arange(10.0), np.zeros(10))
    assert held.plots["short"].nbytes < 5_000_000
    assert held.plots["long"].series["y"].points.start == 0


# -- XY --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batches", [[[0, 2, 1]], [[0, 2], [1]], [[0], [2], [1]], [[5, 6], [0, 1]]])
def test_x_that_goes_backwards_turns_a_series_into_xy(batches: list[list[float]]) -> None:
    series = Series(0, "y")
    for x in batches:
        series.append(np.array(x, dtype=np.float64), np.arange(float(len(x))))
    flat = [value for x in batches for value in x]
    assert not series.ordered
    assert series.points.slice(0, 9)[0].tolist() == flat
    assert series.x_range == (min(flat), max(flat))


def test_equal_x_is_no_step_backwards() -> None:
    series = Series(0, "y")
    for _ in range(100):
        series.append(np.full(3, 7.0), np.arange(3.0))
    assert series.ordered
    assert series.find(7.0) == 0
    assert series.find(7.1) == 300


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
    assert series.levels == []
    assert series.count - series.first_shown == XY_POINTS


# -- plots -----------------------------------------------------------------------------------------


def test_a_cleared_plot_is_as_new_but_for_its_names_and_its_account() -> None:
    plot = Plot("p")
    ramp(plot, "a", n=300)
    plot.append("b", np.array([2.0, 1.0]), np.array([0.0, 0.0]))
    epoch = plot.epoch
    plot.clear()
    assert (plot.count, plot.cleared, plot.epoch) == (302, 302, epoch + 1)
    assert {name: (s.ident, s.count, s.ordered) for name, s in plot.series.items()} == {
        "a": (0, 0, True),
        "b": (1, 0, True),
    }
    assert all(math.isnan(x) for x in plot.x_range)
    plot.append("b", np.array([-5.0]), np.array([1.0]))
    assert (plot.count, plot.x_range) == (303, (-5.0, -5.0))


def test_nothing_appended_is_nothing() -> None:
    plot = Plot("p")
    plot.append("y", np.empty(0), np.empty(0))
    assert (plot.count, plot.nbytes) == (0, 0)
    assert all(math.isnan(x) for x in plot.x_range)


def test_marks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "MAX_MARKS", 3)
    plot = Plot("p")
    for i in range(5):
        plot.mark(float(i), f"mark {i}")
    assert ([x for x, _ in plot.marks], plot.marks_dropped) == ([2, 3, 4], 2)
    plot.clear()
    assert (plot.marks, plot.marks_dropped) == ([], 5)
