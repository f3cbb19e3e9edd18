"""Which sweep a page is sent, by a link whose messages move as the tests say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.fake_page import FakeLink, link_to

from zwsnb.history.catalog import Origin
from zwsnb.history.plots import Plot
from zwsnb.protocol.patch import Patch
from zwsnb.view.sweeps import state_of
from zwsnb.view.viewport import Viewport

WINDOW = 10.0
FOLLOW = Viewport(100, window=WINDOW)


def scope(**said: object) -> Plot:
    plot = Plot("scope")
    plot.set_options({"window": WINDOW, "trigger": {"level": 0.5, "pre": 0.2, **said}})
    return plot


def publish(plot: Plot, begin: float, end: float) -> None:
    """Publish a sawtooth that rises through a half at 0, 20, 40, .., in steps of a quarter."""
    x = np.arange(begin, end, 0.25)
    y = np.where((x + 0.25) % 20 < 10, 1.0, 0.0)
    plot.append("y", x, y)
    plot.trigger.look([(plot.series["y"], 0, len(x))], x, y)


def next_of(link: FakeLink) -> Patch:
    patch = link.send()
    assert patch is not None
    link.paint()
    link.ack()
    return patch


def sweep(number: int, x: float, first: int = 1) -> dict[str, object]:
    return {"type": "sweep", "number": number, "x": x, "from": x - 2, "to": x + 8, "first": first}


def none(first: int = 1) -> dict[str, object]:
    return {"type": "sweep", "number": None, "first": first}


def seen(link: FakeLink) -> tuple[float, float]:
    x = link.page.vertices[0][:, 0]
    return float(x[0]), float(x[-1])


def test_a_page_follows_until_there_is_a_sweep_and_then_stands_still() -> None:
    plot = scope()
    link = link_to(plot, FOLLOW)
    publish(plot, 1, 22)
    assert next_of(link).sweep is None
    assert seen(link)[1] == 21.75
    publish(plot, 22, 30)
    patch = next_of(link)
    assert (patch.sweep, patch.fresh) == (sweep(1, 19.625), True)
    assert seen(link) == (17.5, 27.75)  # from 17.625 to 27.625, and a point more at each end
    publish(plot, 30, 38)
    patch = next_of(link)
    assert (patch.sweep, [len(each.vertices) for each in patch.entries]) == (None, [0])
    publish(plot, 38, 60)
    assert next_of(link).sweep == sweep(2, 39.625)


def test_who_looks_elsewhere_while_the_first_ones_are_played_comes_to_rest() -> None:
    plot = scope(persist=3)
    publish(plot, 1, 31 + 20 * 3)
    link = link_to(plot, FOLLOW)
    assert next_of(link).sweep == sweep(1, 19.625)
    link.subscription.set_viewport(Viewport(100))
    assert next_of(link).sweep == none()
    assert link.send() is None
    link.subscription.set_viewport(FOLLOW)
    played = [next_of(link).sweep for _ in range(4)]
    assert played == [sweep(i, 20 * i - 0.375) for i in (1, 2, 3, 4)]
    assert link.send() is None


def test_of_many_sweeps_it_gets_the_newest() -> None:
    plot = scope()
    link = link_to(plot, FOLLOW)
    publish(plot, 1, 31)
    next_of(link)
    publish(plot, 31, 31 + 20 * 50)
    assert next_of(link).sweep == sweep(51, 1019.625)


def test_one_that_comes_later_is_played_the_last_ones() -> None:
    plot = scope(persist=2)
    publish(plot, 1, 111)
    link = link_to(plot, FOLLOW)
    played = [next_of(link).sweep for _ in range(3)]
    assert played == [sweep(number, 20 * number - 0.375) for number in (3, 4, 5)]
    assert not link.subscription.is_due
    publish(plot, 111, 200)
    assert next_of(link).sweep == sweep(9, 179.625)
    assert not link.subscription.is_due


def test_who_looks_elsewhere_has_no_sweep_and_comes_back_to_the_newest() -> None:
    plot = scope(persist=2)
    publish(plot, 1, 31)
    link = link_to(plot, FOLLOW)
    next_of(link)
    link.subscription.set_viewport(Viewport(100, 0.0, 15.0))
    assert next_of(link).sweep == none()
    publish(plot, 31, 111)
    link.subscription.set_viewport(FOLLOW)
    assert next_of(link).sweep == sweep(5, 99.625)


def test_with_each_fresh_patch_it_is_told_once_more() -> None:
    plot = scope()
    publish(plot, 1, 31)
    link = link_to(plot, FOLLOW)
    next_of(link)
    link.subscription.start_afresh()
    assert next_of(link).sweep == sweep(1, 19.625)
    plot.clear()
    next_of(link)
    link.subscription.start_afresh()
    assert next_of(link).sweep == none(first=2)


def test_two_pages_have_each_its_own_width() -> None:
    plot = scope()
    publish(plot, 1, 51)
    narrow, wide = link_to(plot, FOLLOW), link_to(plot, Viewport(100, window=20.0))
    assert next_of(narrow).sweep == sweep(2, 39.625)
    assert next_of(wide).sweep == sweep(1, 19.625) | {"from": 15.625, "to": 35.625}


@pytest.mark.parametrize("points", [10, 100_000])
def test_a_sweep_has_all_that_is_in_it(points: int) -> None:
    plot = Plot("scope")
    plot.set_options({"window": 1.0, "trigger": {"level": 0.0, "pre": 0.5}})
    x = np.linspace(0, 3, 3 * points)
    y = np.sin(2 * math.pi * x + 1)
    plot.append("y", x, y)
    plot.trigger.look([(plot.series["y"], 0, len(x))], x, y)
    link = link_to(plot, Viewport(200, window=1.0))
    its = next_of(link).sweep
    assert its is not None
    vertices = link.page.vertices[0]
    inside = (x >= its["from"]) & (x <= its["to"])
    shown = vertices[(vertices[:, 0] >= its["from"]) & (vertices[:, 0] <= its["to"])]
    assert shown[:, 1].max() == y[inside].max()
    assert shown[:, 1].min() == y[inside].min()
    assert len(vertices) < 1000


def test_a_cleared_plot_follows_again() -> None:
    plot = scope()
    publish(plot, 1, 31)
    link = link_to(plot, FOLLOW)
    next_of(link)
    plot.clear()
    assert next_of(link).sweep == none(first=2)


def test_a_run_that_is_removed_takes_its_sweeps_from_pages() -> None:
    plot = scope()
    publish(plot, 1, 51)
    publish(plot, 0, 31)  # the next run, with one more
    link = link_to(plot, FOLLOW)
    assert next_of(link).sweep == sweep(3, 19.625)
    plot.remove("y (1)")
    assert next_of(link).sweep == sweep(3, 19.625, first=3)
    plot.remove("y")
    assert next_of(link).sweep == none(first=4)


@pytest.mark.usefixtures("_large_blocks")
def test_a_sweep_that_no_longer_can_be_drawn_is_forgotten() -> None:
    plot = scope(mode="single")
    plot.set_options({"history": 1_000_000})
    publish(plot, 1, 60)
    link = link_to(plot, FOLLOW)
    assert next_of(link).sweep == sweep(1, 19.625)
    x = np.arange(60, 60 + 2_000_000, dtype=float)
    for begin in range(0, len(x), 50_000):
        its = x[begin : begin + 50_000]
        plot.append("y", its, np.zeros(len(its)))
        plot.trigger.look([(plot.series["y"], 0, len(its))], its, np.zeros(len(its)))
        plot.fit(1_000_000)
    assert state_of(plot) == "forgotten"
    assert next_of(link).sweep == none(first=2)


@pytest.mark.usefixtures("_large_blocks")
def test_a_sweep_of_very_many_points_outlives_them() -> None:
    plot = Plot("scope")
    plot.set_options({"window": 1e6, "history": 2_000_000, "trigger": {"level": 0.5, "pre": 0.5}})
    x = np.arange(0, 1_200_000, dtype=float)
    for begin in range(0, len(x), 50_000):
        its = x[begin : begin + 50_000]
        y = (its > 500_000).astype(float)
        plot.append("y", its, y)
        plot.trigger.look([(plot.series["y"], 0, len(its))], its, y)
        plot.fit(8_000_000)
    assert plot.series["y"].points.start > 500_000
    assert plot.trigger.newest(1e6) is not None


def test_where_it_waits_for_what_is_not_looked_at_it_says_why() -> None:
    plot = scope()
    assert state_of(plot) == "waiting"
    plot.set_options({"series": {"y": {"xy": True}}})
    plot.append("y", np.array([1.0, 2, 1]), np.array([0.0, 1, 0]))
    assert state_of(plot) == "curve"
    plot.clear()
    plot.catalog.set_derived({"y": Origin("z", is_smooth=False, text="d/dx")})
    assert state_of(plot) == "derived"
    plot.set_options({"trigger": {"mode": "roll"}})
    assert state_of(plot) == ""
