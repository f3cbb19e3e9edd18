"""Plots and the history: names, options, marks, clearing, budgets against sums."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from zwsnb.history import plots
from zwsnb.history.budgets import TooMany
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import History, Plot
from zwsnb.history.series import Series
from zwsnb.protocol.options import DEFAULTS
from zwsnb.protocol.sizes import history_bytes


def ramp(append: Callable[..., object], *names: str, n: int, batch: int = 100) -> None:
    """Append a long ramp with a spike every 1,000 points, to a plot or to the history."""
    for begin in range(0, n, batch):
        x = np.arange(float(begin), min(n, begin + batch))
        append(*names, x, np.where(x % 1000 == 500, 1e6, x))


# -- one plot --------------------------------------------------------------------------------------


def test_a_plot_sums_up_its_series() -> None:
    plot = Plot("p")
    plot.append("a", np.array([3.0, 4.0]), np.array([1.0, math.nan]))
    plot.append("b", np.array([-1.0]), np.array([0.0]))
    assert (plot.count, plot.cleared, plot.gaps, plot.x_range) == (3, 0, 1, (-1.0, 4.0))
    assert plot.nbytes == sum(series.nbytes for series in plot.series.values())
    assert [series.ident for series in plot.series.values()] == [0, 1]


def test_nothing_appended_is_nothing() -> None:
    plot = Plot("p")
    plot.append("y", np.empty(0), np.empty(0))
    assert (plot.count, plot.series["y"].points.nbytes) == (0, 0)
    assert all(math.isnan(x) for x in plot.x_range)


def test_every_change_has_a_version() -> None:
    plot = Plot("p")
    versions = [plot.version]
    changes: tuple[Callable[[], object], ...] = (
        lambda: plot.append("y", np.zeros(1), np.zeros(1)),
        lambda: plot.set_options({"title": "t"}),
        lambda: plot.mark(0.0, "mark"),
        plot.clear,
    )
    for change in changes:
        change()
        versions.append(plot.version)
    assert versions == sorted(set(versions))
    assert plot.options_version == 1


@pytest.mark.parametrize(
    ("log", "time", "is_log"),
    [
        ("none", False, False),
        ("x", False, True),
        ("y", False, False),
        ("xy", False, True),
        ("x", True, False),
    ],
)
def test_the_x_axis_is_logarithmic_unless_x_is_a_time(log: str, time: bool, is_log: bool) -> None:
    plot = Plot("p")
    plot.set_options({"log": log, "time": time})
    assert plot.is_log_x is is_log


def test_the_least_x_above_a_value_is_that_of_any_series() -> None:
    plot = Plot("p")
    plot.append("a", np.array([-3.0, 5.0]), np.zeros(2))
    plot.append("b", np.array([-2.0, 4.0]), np.zeros(2))
    assert [plot.least_x_above(x) for x in (-9.0, 0.0, 4.5, 9.0)] == [-3, 4, 4, 4]


def test_a_cleared_plot_is_as_new_but_for_its_account() -> None:
    plot = Plot("p")
    ramp(plot.append, "a", n=300)
    plot.append("b", np.array([3.0, 2.0, 1.0, 0.0]), np.full(4, math.nan))
    assert not plot.series["b"].ordered
    plot.clear()
    assert (plot.count, plot.cleared, plot.gaps, plot.nbytes) == (304, 304, 0, 0)
    assert not plot.series
    assert all(math.isnan(x) for x in plot.x_range)
    plot.append("b", np.array([-5.0]), np.array([1.0]))
    assert (plot.count, plot.x_range) == (305, (-5.0, -5.0))
    # The number that it had: a page takes its points for the old ones in one step.
    assert {name: (s.ident, s.count, s.ordered) for name, s in plot.series.items()} == {
        "b": (1, 1, True)
    }


# -- the history -----------------------------------------------------------------------------------


def test_getting_a_plot_does_not_make_it() -> None:
    held = History()
    assert held.get("p") is None
    made = held.get_or_create("p")
    assert held.get("p") is made
    assert held.get_or_create("p") is made


def test_plots_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 1)
    held = History()
    held.get_or_create("p")
    with pytest.raises(TooMany, match="there are 1 plots"):
        held.get_or_create("q")


def test_a_plot_too_many_costs_no_look_at_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 20)
    looks, is_unused = Counter[str](), Plot.is_unused.fget  # type: ignore[attr-defined]

    def counted(plot: Plot) -> bool:
        looks["unused"] += 1
        return bool(is_unused(plot))

    monkeypatch.setattr(Plot, "is_unused", property(counted))
    held = History()
    for i in range(20):
        held.append(f"p{i}", "y", np.zeros(1), np.zeros(1))
    for i in range(1_000):
        with pytest.raises(TooMany):
            held.get_or_create(f"q{i}")
    assert looks["unused"] == 20
    held.close("p3")
    assert held.get_or_create("q").is_unused


def test_series_of_all_plots_are_bounded_by_what_memory_has_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plots, "MAX_SERIES", 4)
    held = History(5 * plots.BYTES_A_SERIES)
    for plot, series in ("ax", "ay", "bx", "by", "bz"):
        held.append(plot, series, np.zeros(1), np.zeros(1))
    with pytest.raises(TooMany, match="all plots have 5 series"):
        held.append("c", "x", np.zeros(1), np.zeros(1))
    held.close("b")
    for name in "xyz":
        held.append("c", name, np.zeros(1), np.zeros(1))


def test_of_a_plot_that_was_closed_nothing_is_counted() -> None:
    held = History(1_000_000)
    plot = held.append("p", "y", np.arange(100.0), np.zeros(100))
    before = held._held.nbytes
    assert (before, held.nbytes) == (plot.nbytes, plot.nbytes)
    assert held.close("p") is plot
    plot.append("y", np.arange(100.0, 200), np.zeros(100))
    assert (held._held.nbytes, held.nbytes, held.close("p")) == (0, 0, None)


def test_a_plot_that_was_cleared_makes_room_for_others() -> None:
    held = History(400_000)
    ramp(held.append, "p", "y", n=15_000)
    held.plots["p"].clear()
    ramp(held.append, "q", "y", n=15_000)
    assert held.plots["q"].series["y"].points.start == 0


# -- budgets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", [30_000, 100_000])
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
    ramp(held.append, "p", "y", n=20_000)
    series = held.plots["p"].series["y"]
    assert series.points.end - series.points.start > 500
    x, y = series.points.slice(series.points.start, series.count)
    assert x.tolist() == list(range(series.points.start, 20_000))
    assert y[-1] == 19_999
    reach = [level["from_point"] for level in series.held()]
    assert reach == sorted(reach, reverse=True)


def test_a_spike_survives_its_points() -> None:
    held = History(40_000)
    ramp(held.append, "p", "y", n=20_000)
    _, y = held.plots["p"].series["y"].gather(0, 20_000, Grid(4000.0))
    assert np.count_nonzero(y == 1e6) >= 5


def test_the_largest_plot_pays_for_a_common_budget() -> None:
    held = History(150_000)
    ramp(held.append, "small", "y", n=200)
    small = held.plots["small"].nbytes
    ramp(held.append, "large", "y", n=20_000)
    assert held.nbytes <= 150_000
    assert held.plots["small"].nbytes == small
    assert held.plots["small"].series["y"].points.start == 0


def test_a_plot_has_a_budget_of_its_own() -> None:
    held = History()
    held.get_or_create("p").set_options({"history": 2000})
    ramp(held.append, "p", "y", n=10_000)
    ramp(held.append, "q", "y", n=10_000)
    assert held.plots["p"].nbytes <= history_bytes(2000)
    assert held.plots["q"].series["y"].points.start == 0


def test_a_smaller_budget_is_kept_at_once() -> None:
    plot = Plot("p")
    ramp(plot.append, "y", n=5000)
    plot.set_options({"history": "20 kB"})
    assert plot.nbytes <= 20_000
    with pytest.raises(ValueError, match="more than nothing"):
        plot.set_options({"history": -1, "title": "t"})
    assert plot.options["title"] is None


def test_a_budget_too_small_for_anything_is_no_endless_loop() -> None:
    held = History(1)
    ramp(held.append, "p", "y", n=1000)
    assert held.plots["p"].count == 1000


@pytest.mark.parametrize("options", [{}, {"history": 1}])
def test_what_a_point_costs_does_not_grow_with_the_series_beside_it(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a budget holds no more than the newest block of each, either. To add up what all hold
    for each that grows had the relay busy for minutes with thousands of them.
    """
    added = Counter[str]()

    def nbytes(series: Series) -> int:
        added["up"] += 1
        return series._pyramid.nbytes

    monkeypatch.setattr(Series, "nbytes", property(nbytes))

    def cost(count: int) -> float:
        held, before = History(1), added["up"]
        held.get_or_create("p").set_options(options)
        for begin in range(0, 320, 64):
            x = np.arange(float(begin), begin + 64)
            for i in range(count):
                held.append("p", f"layer {i}", x, x)
        assert held.plots["p"].count == 320 * count
        return (added["up"] - before) / (5 * count)

    assert cost(160) < 1.5 * cost(40)


def test_where_the_largest_plot_can_spare_nothing_another_pays() -> None:
    held = History(3_000_000)
    ramp(held.append, "long", "y", n=20_000)
    for i in range(400):
        held.append("short", f"layer {i}", np.arange(10.0), np.zeros(10))
    before = held.plots["long"].nbytes
    assert held.plots["short"].nbytes > before
    held.budget = held.nbytes - 1
    held.grown(held.plots["short"])
    assert held.plots["long"].nbytes < before


@pytest.mark.usefixtures("_large_blocks")
def test_short_series_cost_little() -> None:
    held = History(10_000_000)
    ramp(held.append, "long", "y", n=300_000, batch=100_000)
    for i in range(300):
        held.append("short", f"layer {i}", np.arange(10.0), np.zeros(10))
    assert held.plots["short"].nbytes < 300 * 5_000
    assert held.plots["long"].series["y"].points.start == 0


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ({"window": 30}, {"window": 0}),
        ({"panels": [["a"]]}, {"panels": []}),
        ({"title": "t", "y_unit": "V"}, {"title": "", "y_unit": ""}),
        ({"style": "step", "points": True}, {"style": "line", "points": False}),
        ({"xy": True, "log": "x"}, {"xy": "auto", "log": "none"}),
        ({"lines": [1], "regions": [(0, 1)]}, {"lines": [], "regions": []}),
        ({"y_range": (0, None)}, {"y_range": "auto"}),
        ({"history": 100}, {"history": "auto"}),
    ],
)
def test_an_option_that_is_taken_back_is_at_its_default(
    given: dict[str, Any], back: dict[str, Any]
) -> None:
    plot = Plot("p")
    plot.set_options(given)
    plot.set_options(back)
    assert plot.options == DEFAULTS
    assert plot.budget is None


def test_what_is_proposed_holds_where_nobody_says_else() -> None:
    plot = Plot("p")
    plot.propose({"panels": "groups"})
    plot.set_options({"title": "t"})
    assert said_by(plot) == {"panels": "groups", "title": "t"}
    plot.set_options({"panels": []})
    plot.propose({"panels": "groups"})
    assert said_by(plot) == {"title": "t"}, "one panel is what was asked for"
    plot.set_options({"title": "u"}, is_whole=True)
    assert said_by(plot) == {"panels": "groups", "title": "u"}
    plot.set_options({"panels": [["a"]]}, is_whole=True)
    assert said_by(plot) == {"panels": [["a"]]}


def test_proposals_for_single_series_are_merged_by_name() -> None:
    plot = Plot("p")
    plot.set_options({"series": {"a": {"color": "#123", "band": ["x", "y"]}, "b": {"width": 2}}})
    for name in ("a", "b", "c"):
        plot.propose({"series": {name: {"band": ["low", "high"], "dash": "dot"}}})
    assert plot.options["series"] == {
        "a": {"color": "#123", "band": ["x", "y"], "dash": "dot"},
        "b": {"width": 2.0, "band": ["low", "high"], "dash": "dot"},
        "c": {"band": ["low", "high"], "dash": "dot"},
    }
    plot.set_options({"series": {"b": {"band": []}}})
    assert plot.options["series"]["b"] == {"width": 2.0, "dash": "dot"}, "no band was asked for"
    plot.set_options({"title": "t"}, is_whole=True)
    proposed = {"band": ["low", "high"], "dash": "dot"}
    assert plot.options["series"] == dict.fromkeys(("a", "b", "c"), proposed)
    plot.set_options({"series": {}})
    assert plot.options["series"] == {}, "none was asked for"


def said_by(plot: Plot) -> dict[str, object]:
    return {key: value for key, value in plot.options.items() if value != DEFAULTS[key]}


def test_a_series_gives_its_options_back() -> None:
    plot = Plot("p")
    plot.set_options({"series": {"a": {"color": "#123", "band": ["lo", "hi"], "axis": "right"}}})
    plot.set_options({"series": {"a": {"color": "auto", "band": []}}})
    assert plot.options["series"] == {"a": {"axis": "right"}}


def test_the_whole_truth_leaves_nothing_of_before_but_what_points_have_said() -> None:
    plot = Plot("p")
    plot.set_options({"title": "t", "window": 3, "series": {"a": {"width": 2}}, "history": 9})
    plot.clock.bring_times(plot.options)
    plot.set_options({"title": "u", "series": {"b": {"width": 3}}}, is_whole=True)
    assert plot.options == {
        **DEFAULTS, "title": "u", "series": {"b": {"width": 3.0}},
    }  # fmt: skip
    assert plot.shown_options["time"] is True
    assert plot.budget is None
    with pytest.raises(ValueError, match="window is -1"):
        plot.set_options({"window": -1}, is_whole=True)
    assert plot.options["title"] == "u"
