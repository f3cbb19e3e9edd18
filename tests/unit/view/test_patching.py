"""Patches that are made in steps, and what happens between these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pytest
from support.fake_page import link_to

from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.protocol.patch import encode_patch
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

LOOK: Final = Viewport(100)


def publish(plot: Plot, name: str, x: float, n: int = 10) -> None:
    plot.append(name, x + np.arange(float(n)), np.arange(float(n)))


def plot_of(*names: str) -> Plot:
    plot = Plot("p")
    for name in names:
        publish(plot, name, 0.0)
    return plot


def publish_all(plot: Plot, _: Subscription) -> None:
    for name in "abc":
        publish(plot, name, 50.0)


def clear_and_publish(plot: Plot, _: Subscription) -> None:
    plot.clear("a")
    publish(plot, "a", 100.0)


def become_a_curve(plot: Plot, _: Subscription) -> None:
    plot.set_options({"xy": True})


def look_elsewhere(_: Plot, view: Subscription) -> None:
    view.set_viewport(Viewport(50, 2.0, 5.0))


EVENTS: Final[dict[str, Callable[[Plot, Subscription], object]]] = {
    "nothing": lambda _, __: None,
    "points": publish_all,
    "a late point": lambda plot, _: plot.append("a", np.array([0.5]), np.zeros(1)),
    "a run": lambda plot, _: plot.append("a", np.arange(9.0), np.ones(9)),
    "a named run": lambda plot, _: plot.append("a", np.ones(1), np.ones(1), Arrival(run="r")),
    "a series leaves": lambda plot, _: plot.remove("a"),
    "one that has had no step leaves": lambda plot, _: plot.remove("c"),
    "all leave": lambda plot, _: plot.clear(),
    "it comes again": clear_and_publish,
    "it becomes a curve": become_a_curve,
    "the page looks elsewhere": look_elsewhere,
    "it begins again": lambda _, view: view.start_afresh(),
    "options": lambda plot, _: plot.set_options({"log": "x"}),
}


@pytest.mark.parametrize("is_known", [False, True], ids=["fresh", "known"])
@pytest.mark.parametrize("event", EVENTS)
def test_whatever_happens_between_two_steps_the_page_has_all_in_the_end(
    event: str, *, is_known: bool
) -> None:
    plot = plot_of("a", "b", "c")
    link = link_to(plot, LOOK)
    view = link.subscription
    if is_known:
        link.settle()
        for name in "abc":
            publish(plot, name, 20.0)
    named = {each.ident for each in plot.series.values()}
    steps = view.patching()
    assert next(steps) is None
    EVENTS[event](plot, view)
    patch = next(each for each in steps if each is not None)
    assert {entry.series for entry in patch.entries} <= named
    link.down.append(encode_patch(patch))
    link.settle()
    after = link_to(plot, view.viewport or LOOK)
    after.settle()
    assert link.page.vertices.keys() == after.page.vertices.keys()
    for ident, vertices in after.page.vertices.items():
        assert np.array_equal(link.page.vertices[ident], vertices)
    assert plot.count == view.delivered + view.conflated + view.dropped + view.queued
    assert view.queued == 0


@pytest.mark.parametrize(
    ("key", "word"), [("style", "candles"), ("style", "density"), ("xy", True)]
)
def test_what_another_page_takes_in_between_two_steps_comes_all_the_same(
    key: str, word: object
) -> None:
    plot, streams = plot_of("a", "b"), StreamCache()
    plot.set_options({"series": {"a": {key: word}}})
    page, other = (link_to(plot, Viewport(1_000), streams) for _ in range(2))
    page.settle()
    for name in "ab":
        publish(plot, name, 50.0, 120_000)
    steps = page.subscription.patching()
    assert next(steps) is None
    other.settle()
    patch = next(each for each in steps if each is not None)
    page.down.append(encode_patch(patch))
    page.settle()
    for ident, vertices in other.page.vertices.items():
        assert np.array_equal(page.page.vertices[ident], vertices, equal_nan=True)


def test_there_is_a_step_for_each_series_that_has_something_new() -> None:
    plot = plot_of(*"abcdef")
    view = Subscription(plot)
    view.set_viewport(LOOK)
    *steps, patch = view.patching()
    assert steps == [None] * 6
    assert patch is not None
    view.ack(patch.number)
    publish(plot, "b", 20.0)
    assert len(list(view.patching())) == 1 + 1
