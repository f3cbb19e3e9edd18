"""What one page is told while names and options come faster than they are worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import gevent
import numpy as np
import pytest
from support.greenlets import run_all

from zwsnb.clients.told import listing, told
from zwsnb.clients.told.told import Told
from zwsnb.history.plots import Plot
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport


class World:
    """A plot, a page of it, and a clock of the texts that stands still."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.woken = 0.0, 0
        for name in ("SERIES", "OPTIONS"):
            of = getattr(listing, name)
            texts = listing.Texts(of._make, of._state, lambda: self.now)
            monkeypatch.setattr(told, name, texts)
        monkeypatch.setattr(listing, "SHORT", 0)  # each is long
        monkeypatch.setattr(listing, "BYTES_A_SECOND", 1_000)
        self.plot = Plot("p")
        self.view = Subscription(self.plot)
        self.view.set_viewport(Viewport(100))
        self.told = Told(self.plot, self.view, self.wake)
        self.told.options = self.plot.options_version

    def wake(self) -> None:
        self.woken += 1

    def add(self, name: str) -> None:
        self.plot.append(name, np.zeros(1), np.zeros(1))

    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.told.news()]

    def drawn(self) -> list[int]:
        """The series that the next patch is of."""
        patch = self.view.next_patch()
        self.view.ack(self.view.number)
        return [] if patch is None else [entry.series for entry in patch.entries]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    yield World(monkeypatch)
    run_all(1)


def test_a_patch_is_of_the_series_that_the_page_has_heard_of(world: World) -> None:
    world.add("a")
    assert [len(each["series"]) for each in world.heard()] == [1]
    world.add("b")
    assert world.heard() == []  # not yet: the last list was a moment ago
    assert not world.told.is_held()  # what it knows goes on
    assert world.drawn() == [0]
    world.now += 1.0
    assert world.told.has_news
    assert [len(each["series"]) for each in world.heard()] == [2]
    assert world.view.is_due
    assert world.drawn() == [1]
    gevent.sleep(0.06)
    assert world.woken == 1


def test_options_that_may_not_be_told_yet_hold_the_patches(world: World) -> None:
    world.add("a")
    world.heard()
    world.plot.set_options({"title": "a"})
    assert [each["type"] for each in world.heard()] == ["options"]
    world.plot.set_options({"title": "b"})
    assert world.told.is_held()
    assert not world.told.has_news
    world.now += 1.0
    assert [world.told.is_held(), world.told.has_news] == [False, True]
    assert [each["options"]["title"] for each in world.heard()] == ["b"]
    assert not world.told.has_news


def test_who_begins_again_is_told_everything(world: World) -> None:
    world.add("a")
    world.heard()
    world.told.forget()
    assert [each["type"] for each in world.heard()] == ["series", "options"]


def test_a_page_hears_nothing_for_a_moment_of_a_series_that_may_come_again(world: World) -> None:
    world.add("a")
    world.heard()
    world.now += 1.0
    world.plot.clear()
    assert world.told.is_held()
    world.add("a")
    assert not world.told.is_held()
