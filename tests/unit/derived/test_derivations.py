"""Derivations are declared, replaced and withdrawn; those of all plots are kept up in turns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.deriving import World

from zwsnb.derived import derivations
from zwsnb.derived.declaring import MAX_DERIVED
from zwsnb.derived.derivations import PALE, DerivedSeries
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.derivation import Derive


def opacity(world: World, series: str) -> float:
    found: float = world.plot.options["series"].get(series, {}).get("opacity", 1.0)
    return found


def test_the_same_again_changes_nothing(world: World) -> None:
    world.publish([0, 1], [0, 1])
    world.derive("y + 1")
    before = world.series("y + 1")
    world.derive("y + 1")
    assert world.series("y + 1") is before


def test_another_expression_takes_the_place_of_the_old_one(world: World) -> None:
    world.publish([0, 1], [0, 1])
    world.derive("y + 1", "more")
    ident = world.series("more").ident
    world.derive("y + 2", "more")
    assert world.points("more").tolist() == [[0, 2], [1, 3]]
    assert world.series("more").ident == ident


def test_one_may_be_derived_from_another_in_whatever_order_they_come(world: World) -> None:
    world.derive("twice + 1", "more")
    world.derive("y * 2", "twice")
    world.publish([0, 1], [0, 1])
    world.publish([2], [2])
    assert world.points("more")[:, 1].tolist() == [1, 3, 5]


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ([("a + 1", "a")], "cannot be derived from itself: 'a' from 'a'"),
        ([("b", "a"), ("c", "b"), ("a", "c")], "cannot be derived from itself"),
        ([("y + 1", "y")], "has a series 'y' already"),
        ([("em(y)", "a")], "did you mean"),
    ],
)
def test_what_cannot_be_is_refused_and_said(
    world: World, declared: list[tuple[str, str]], sentence: str
) -> None:
    world.publish([0], [0])
    *first, last = declared
    for expression, name in first:
        world.derive(expression, name)
    with pytest.raises(ValueError, match=r"series|function") as raised:
        world.derive(*last)
    assert sentence in str(raised.value)
    assert str(raised.value) in world.derived.notices()[0]
    assert last[1] not in world.derived.by_name
    world.derive("y + 1")
    assert not any("refused" in notice for notice in world.derived.notices())


def test_there_are_so_many_at_most(world: World) -> None:
    for number in range(MAX_DERIVED):
        world.derive(f"y + {number}")
    with pytest.raises(ValueError, match=f"has {MAX_DERIVED} derived series"):
        world.derive("y - 1")


def test_what_is_smooth_has_the_colour_of_its_source_which_is_pale(world: World) -> None:
    world.publish([0, 1], [0, 1], "other")
    world.publish([0, 1], [0, 1])
    world.derive("ema(y, .9)")
    world.derive("other - y")
    slots = {name: series.slot for name, series in world.plot.series.items()}
    assert slots == {"other": 0, "y": 1, "ema(y, .9)": 1, "other - y": 2}
    assert (opacity(world, "y"), opacity(world, "other")) == (PALE, 1.0)
    assert world.derived.withdraw("ema(y, .9)")
    assert opacity(world, "y") == 1.0


def test_a_curve_is_not_pale_of_which_nothing_is_computed(world: World) -> None:
    world.derive("ema(y, .9)")
    assert opacity(world, "y") == PALE, "it may become an ordered one"
    world.publish([0, 5, 1, 4, 2, 3, 0, 5] * 20, range(160))
    assert not world.series("y").ordered
    assert opacity(world, "y") == 1.0
    assert "is not computed" in world.derived.notices()[0]


def dashes(world: World) -> dict[str, str]:
    series = world.plot.options["series"]
    return {name: series.get(name, {}).get("dash", "auto") for name in world.derived.by_name}


def test_smooth_lines_of_one_source_have_dashes_of_their_own(world: World) -> None:
    world.publish([0, 1], [0, 1])
    for name in ("ema(y, .9)", "mean(y, 3)", "median(y, 3)", "mean(other, 3)", "y + 1"):
        world.derive(name)
    assert dashes(world) == {
        "ema(y, .9)": "auto", "mean(y, 3)": "dash", "median(y, 3)": "dot",
        "mean(other, 3)": "auto", "y + 1": "auto",
    }  # fmt: skip
    assert world.derived.withdraw("ema(y, .9)")
    assert dashes(world)["mean(y, 3)"] == "dash", "it keeps its own"
    world.derive("ema(y, .5)")
    world.derive("mean(other, 3)", "mean(y, 3)")
    assert dashes(world)["ema(y, .5)"] == "auto"
    assert dashes(world)["mean(y, 3)"] == "dash", "the second one of the other source"


LINE = {"y": {"style": "line"}}


@pytest.mark.parametrize("options", [{"style": "candles"}, {"series": {"y": {"style": "candles"}}}])
def test_candles_are_not_pale(world: World, options: dict[str, Any]) -> None:
    world.plot.set_options(options)
    world.publish([0, 1], [0, 1])
    world.derive("mean(y, 3)")
    assert opacity(world, "y") == 1.0
    world.plot.set_options({"style": "bars"} if "style" in options else {"series": LINE})
    world.update()
    assert opacity(world, "y") == PALE


def test_what_is_smooth_is_a_line_whatever_its_source_is(world: World) -> None:
    world.plot.set_options({"style": "bars"})
    world.derive("mean(y, 3)")
    world.derive("y + 1")
    series = world.plot.options["series"]
    assert series["mean(y, 3)"] == {"style": "line"}
    assert "y + 1" not in series


def test_of_what_is_derived_no_more_nothing_is_proposed(world: World) -> None:
    world.derive("mean(y, 3)")
    world.derive("ema(y, .9)", "smooth")
    world.derive("y + 1", "smooth")
    assert world.plot.options["series"].keys() == {"mean(y, 3)", "y"}
    world.plot.set_options({"series": {"mean(y, 3)": {"opacity": 0.5}}})
    assert world.derived.withdraw("mean(y, 3)")
    assert world.plot.options["series"] == {
        "mean(y, 3)": {"opacity": 0.5}, "y": {"opacity": 1.0}
    }  # fmt: skip


def test_how_pale_it_is_is_what_the_user_says(world: World) -> None:
    world.plot.set_options({"series": {"y": {"opacity": 0.8}}})
    world.derive("ema(y, .9)")
    assert opacity(world, "y") == 0.8


def test_it_is_withdrawn_by_its_name_or_by_that_which_its_current_run_has(world: World) -> None:
    for _ in range(2):
        world.derive("y + 1", "more")
        for _ in range(2):
            world.publish(range(9), range(9))
        assert not world.derived.withdraw("more (1)")
        assert not world.derived.withdraw("y")
        world.plot.rename("more", "other")
        assert world.derived.withdraw("other")
        assert {s.of for s in world.plot.series.values()} == {"y"}
        world.publish([9], [9])
        assert {s.of for s in world.plot.series.values()} == {"y"}
    assert not world.derived.withdraw("other")


def test_all_plots_are_kept_up_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivations, "A_TURN", 125)
    every, plot, other = DerivedSeries(History()), Plot("plot"), Plot("other")
    every.note("plot")
    assert list(every.update()) == []  # nothing is derived there
    every.of(plot).declare(Derive("plot", "more", "y + 1"))
    plot.append("y", np.arange(250.0), np.zeros(250))
    every.note("plot")
    every.note("other")
    assert list(every.update()) == [plot]
    assert plot.series["more"].count == 100  # at 1.25 each
    assert not every.withdraw(other, "more")
    while every.is_due:
        list(every.update())
    assert plot.series["more"].count == 250
    every.forget("plot")
    assert every.notices(plot) == []


def test_a_plot_that_was_closed_and_made_anew_has_none() -> None:
    every = DerivedSeries(History())
    every.of(Plot("plot")).declare(Derive("plot", "more", "y + 1"))
    assert every.of(Plot("plot")).by_name == {}


def test_an_update_that_fails_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    every, plot = DerivedSeries(History()), Plot("plot")
    monkeypatch.setattr(every.of(plot), "update", lambda _: 1 / 0)
    every.note("plot")
    with pytest.raises(ZeroDivisionError):
        list(every.update())
    assert not every.is_due


def test_one_that_fails_keeps_no_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    every, bad, good = DerivedSeries(History()), Plot("bad"), Plot("good")
    for plot in (bad, good):
        every.of(plot).declare(Derive(plot.name, "more", "y + 1"))
        plot.append("y", np.arange(9.0), np.zeros(9))
        every.note(plot.name)
    monkeypatch.setattr(every.of(bad), "update", lambda _: 1 / 0)
    told: list[Plot] = []
    with pytest.raises(ZeroDivisionError):
        told.extend(every.update())
    assert good.series["more"].count == 9
    assert not every.is_due


def test_a_turn_is_one_for_all_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivations, "A_TURN", 125)
    every, plots = DerivedSeries(History()), [Plot(name) for name in "abc"]
    for plot in plots:
        every.of(plot).declare(Derive(plot.name, "more", "y + 1"))
        plot.append("y", np.arange(150.0), np.zeros(150))
        every.note(plot.name)
    # Whoever has not come to an end is behind those that have not begun.
    assert [list(every.update()) for _ in plots] == [[plot] for plot in plots]
    while every.is_due:
        list(every.update())
    assert [plot.series["more"].count for plot in plots] == [150] * 3


@pytest.mark.parametrize(
    ("expression", "points"),
    [("y + 1", 6_400), ("median(y, 9)", 1_000), ("median(y, 999)", 24), ("mean(y, 500)", 1_600)],
)
def test_a_turn_has_so_much_work_whatever_is_derived(
    world: World, expression: str, points: int
) -> None:
    world.derive(expression)
    world.plot.append("y", np.arange(1e5), np.zeros(100_000))
    assert world.derived.update(8_000)
    assert world.derived.spent < 8_400
    assert world.series(expression).count == points


def test_who_is_far_behind_keeps_no_others_waiting(world: World) -> None:
    world.derive("median(y, 999)")
    world.derive("y + 1")
    world.plot.append("y", np.arange(2_000.0), np.zeros(2_000))
    for _ in range(2):
        assert world.derived.update(8_000)
    assert world.series("y + 1").count == 2_000
    assert world.series("median(y, 999)").count < 50
    world.update()
    assert world.series("median(y, 999)").count == 2_000


@pytest.mark.parametrize("expression", ["mean(y, 5000)", 'mean(y, "5000s")', "median(y, 999)"])
def test_a_window_counts_as_work_though_one_point_has_come(world: World, expression: str) -> None:
    world.derive(expression)
    world.publish(range(9_999), range(9_999))
    world.plot.append("y", np.array([1e4]), np.array([0.0]))
    world.derived.update(derivations.A_TURN)
    assert world.derived.spent > 1_900
    world.check(expression)


def test_before_points_leave_there_is_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivations, "A_TURN", 1_000)
    world = World()
    world.derive("integral(y)")
    world.plot.append("y", np.arange(9_999.0), np.ones(9_999))
    world.plot.fit(6_000)
    assert world.series("integral(y)").count == 800
    world.update()
    assert world.derived.notices() == [
        "integral(y) has gone on behind points that had left the memory."
    ]


def test_what_is_derived_is_within_the_budget_at_once() -> None:
    history = History(budget=1 << 20)
    every = DerivedSeries(history)
    x = np.arange(20_000.0)
    plot = history.append("plot", "y", x, x)
    for i in range(10):
        every.of(plot).declare(Derive("plot", f"d{i}", f"y + {i}"))
    every.note("plot")
    for _ in range(100):
        list(every.update())
        assert history.nbytes <= history.budget
    assert not every.is_due


@pytest.mark.parametrize("budget", [None, 200 << 20])
def test_to_look_for_room_takes_no_second_turn(budget: int | None) -> None:
    history = History()
    every = DerivedSeries(history)
    x = np.arange(12_000.0)
    for name in "abcdefghijkl":
        plot = history.append(name, "y", x, x)
        for i in range(3):
            every.of(plot).declare(Derive(name, f"d{i}", f"ema(y, .9{i})"))
        every.note(name)
    for plot in history.plots.values():
        plot.budget = budget
    assert len(list(every.update())) == 4
