"""The watches that a plot holds, and what becomes an alert."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zwsnb.events import held
from zwsnb.events.held import Watches
from zwsnb.events.watch import Watch
from zwsnb.protocol.messages import Listen


class World:
    """The watches of a plot, and points that come."""

    def __init__(self, *watches: Watch) -> None:
        self.watches = Watches()
        self.points = Watches()  # any object
        for watch in watches:
            self.declare(watch)

    def declare(self, watch: Watch, producer: str = "me") -> None:
        self.watches.declare(Listen("p", watch.name, watch.declared()), producer)

    def look(self, *y: float, now: float = 0.0, series: str = "y", run: str = "") -> list[Any]:
        x = np.arange(float(len(y)))
        found = self.watches.look(series, run, x, np.array(y), now, self.points)
        return [(each.x, each.y, each.skipped) for _, each in found]


def above(level: float, again: float = 0.0, name: str = "w", number: int = 0) -> Watch:
    return Watch(name, "cross", "y", level, level, again=again, number=number)


def test_an_alert_has_the_first_point_beyond() -> None:
    world = World(above(2))
    assert world.look(1, 3, 4, 2, 5) == [(1, 3, 0), (4, 5, 0)]
    assert world.look(1, 3, series="other") == []
    assert [alert.name for alert in world.watches.alerts] == ["w", "w"]


def test_after_an_alert_there_is_none_for_a_while_and_what_was_skipped_is_counted() -> None:
    world = World(above(2, again=10))
    assert world.look(3, 1, 3, 1, 3, now=100) == [(0, 3, 0)]
    assert world.look(1, 3, now=109) == []
    assert world.look(1, 3, now=110) == [(1, 3, 3)]
    assert world.look(1, 3, now=50) == [(1, 3, 0)], "its clock was set back"


def test_of_points_that_come_together_there_are_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST_AT_ONCE", 2)
    world = World(above(2))
    assert len(world.look(3, 1, 3, 1, 3, 1, 3)) == 2
    assert world.look(1, 3) == [(1, 3, 2)]


def test_the_newest_alerts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MAX_ALERTS", 2)
    world = World(above(2))
    world.look(3, 1, 4, 1, 5)
    assert ([alert.y for alert in world.watches.alerts], world.watches.dropped) == ([4, 5], 1)


def test_a_plot_that_is_cleared_begins_anew() -> None:
    world = World(above(2, again=10))
    world.look(3, 1, 3)
    world.watches.clear()
    assert (world.watches.alerts, world.watches.dropped) == ([], 1)
    assert world.look(3) == [(0, 3, 0)]


def test_one_that_is_declared_again_takes_its_place_and_one_said_before_does_not() -> None:
    world = World(above(2, number=1))
    world.declare(above(5, number=3))
    world.declare(above(4, number=2))
    assert world.watches.held["w"].watch.level == 5
    world.declare(above(1, number=1), "another program")
    assert world.watches.held["w"].watch.level == 1
    world.watches.declare(Listen("p", "w", None), "me")
    assert world.watches.kinds == ["cross"], "it is another's by now"
    world.watches.declare(Listen("p", "w", None), "another program")
    assert world.watches.kinds == []


def test_a_page_is_told_which_kinds_there_are() -> None:
    world = World(Watch("s", "select"), above(2))
    before = world.watches.version
    world.declare(Watch("c", "click"))
    assert world.watches.kinds == ["click", "cross", "select"]
    assert world.watches.version > before
    assert [one.watch.name for one in world.watches.of_kind("select")] == ["s"]


def test_there_are_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MAX_WATCHES", 1)
    world = World(above(2))
    with pytest.raises(ValueError, match="plot 'p' has 1 watches; stop some"):
        world.declare(above(2, name="another"))
    world.declare(above(3))


def test_the_watch_of_a_program_that_has_gone_is_for_whoever_is_there() -> None:
    world = World(above(2), above(3, name="other"))
    world.watches.note_hearing({"me"})
    world.watches.declare(Listen("p", "w", None), "another program")
    assert set(world.watches.held) == {"w", "other"}
    world.watches.note_hearing(set())
    world.watches.declare(Listen("p", "w", None), "another program")
    assert set(world.watches.held) == {"other"}


def test_those_of_programs_that_have_gone_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MAX_WATCHES", 2)
    world = World(above(2))
    world.declare(above(3, name="left"), "gone")
    world.watches.note_hearing({"me"})
    assert set(world.watches.held) == {"w", "left"}, "there is room"
    world.declare(above(4, name="another"))
    assert set(world.watches.held) == {"w", "another"}
