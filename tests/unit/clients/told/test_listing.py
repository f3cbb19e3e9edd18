"""What all pages of a plot are told, by one text."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from zwsnb.clients.told import listing
from zwsnb.clients.told.listing import BYTES_A_SECOND, OPTIONS, SERIES, SHORT, Text, Texts
from zwsnb.history.plots import Plot
from zwsnb.relay.schedule import MAX_SPACING


class World:
    """A clock, and how many texts were made of a plot whose state is a number."""

    def __init__(self, size: int) -> None:
        self.now, self.state, self.made, self.size = 0.0, 0, 0, size
        self.plot = Plot("p")
        self.texts = Texts(self.make, lambda _: (self.state, None), lambda: self.now)

    def make(self, _: Plot) -> dict[str, object]:
        self.made += 1
        return {"type": "x", "number": self.state, "more": "x" * self.size}

    def told(self) -> int:
        number: int = json.loads(self.texts.of(self.plot).text)["number"]
        return number


def test_a_text_is_made_once_for_all_pages() -> None:
    world = World(10)
    assert len({id(world.texts.of(world.plot)) for _ in range(100)}) == 1
    assert world.made == 1


def test_a_short_text_is_made_anew_at_once() -> None:
    world = World(10)
    for state in range(5):
        world.state = state
        assert world.texts.wait(world.plot) == 0
        assert world.told() == state


def test_of_a_long_one_there_are_no_more_than_it_is_worth() -> None:
    world = World(SHORT)
    told = set()
    for _ in range(1_000):  # names that come one by one, a page that looks after each
        world.now += 0.001
        world.state += 1
        told.add(world.told())
    assert world.made == len(told)
    assert world.made * SHORT <= 1.1 * BYTES_A_SECOND
    world.now += 1.0
    world.state += 1
    world.told()
    world.state += 1
    wait = world.texts.wait(world.plot)
    assert 0 < wait <= MAX_SPACING
    world.now += wait
    assert world.texts.wait(world.plot) == 0
    assert world.told() == world.state


def test_nobody_waits_long_however_long_it_is() -> None:
    world = World(10 * SHORT * 100)
    world.told()
    world.state = 1
    assert world.texts.wait(world.plot) == MAX_SPACING


@pytest.mark.parametrize(
    ("texts", "change"),
    [
        (SERIES, lambda plot: plot.append("b", np.zeros(1), np.zeros(1))),
        (SERIES, lambda plot: plot.rename("a", "c")),
        (SERIES, lambda plot: plot.remove("a")),
        (SERIES, lambda plot: plot.set_options({"style": "spectrum"})),
        (OPTIONS, lambda plot: plot.set_options({"title": "other"})),
    ],
)
def test_it_is_another_where_the_plot_is(texts: Texts, change: Callable[[Plot], object]) -> None:
    plot = Plot("p")
    plot.append("a", np.zeros(1), np.zeros(1))
    before = texts.of(plot)
    assert texts.of(plot) is before
    change(plot)
    assert texts.of(plot) is not before


def test_a_list_names_its_series() -> None:
    plot = Plot("p")
    for name in "ab":
        plot.append(name, np.zeros(1), np.zeros(1))
    found = SERIES.of(plot)
    assert isinstance(found, Text)
    assert found.idents == {0, 1}
    assert json.loads(found.text) == listing._series_message(plot)
    assert OPTIONS.of(plot).idents == set()
