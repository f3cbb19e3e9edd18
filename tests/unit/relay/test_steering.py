"""What a page does with a control: who is told, and what is refused."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pytest

from zwsnb.clients.news import News
from zwsnb.controls.control import Control, Steered, button, slider
from zwsnb.derived.derivations import Derivations
from zwsnb.events.happened import Happened, Told
from zwsnb.events.watch import Watch, gesture
from zwsnb.history.plots import Plot
from zwsnb.history.runs import MAX_RUNS, Arrival
from zwsnb.protocol.derivation import Derive
from zwsnb.protocol.messages import Declare, InvalidMessage, Listen
from zwsnb.relay import steering
from zwsnb.relay.steering import Steering

LR = slider("lr", 0.1, 0, 1, 0, log=False)


class Listener:
    """Counts what is reported."""

    def __init__(self) -> None:
        self.arrived = 0

    def points_arrived(self, plot: Plot, published: float) -> None:
        assert plot.name == "p"
        assert math.isnan(published)
        self.arrived += 1

    def plot_closed(self, plot: Plot) -> None:
        raise AssertionError(plot)

    def take_interval(self) -> float:
        return 1.0


class World:
    """A plot with controls, and the program that has declared them."""

    def __init__(self, *controls: Control) -> None:
        self.listener = Listener()
        self.plot = Plot("p")
        self.steering = Steering(self.listener, lambda: 100.0, lambda: [self.plot])
        self.told: list[Told] = []
        self.steering.hear("me", self.told.append)
        for control in controls:
            self.plot.controls.declare(Declare("p", control.name, control.declared()), "me")

    def steer(self, name: str, value: object = None, *, is_released: bool = True) -> None:
        self.steering.steer(self.plot, name, value, is_released=is_released)

    def watch(self, watch: Watch, producer: str = "me") -> None:
        self.plot.watches.declare(Listen("p", watch.name, watch.declared()), producer)

    def publish(self, *x: float, run: str = "") -> None:
        self.plot.append("y", np.array(x), np.array(x), Arrival(run))

    def look(self, x: list[float], y: list[float], run: str = "") -> None:
        """Take points, and look at them."""
        columns = np.array(x), np.array(y)
        self.plot.append("y", *columns, Arrival(run))
        self.steering.look(self.plot, "y", run, *columns)

    @property
    def alerts(self) -> list[tuple[float, float]]:
        return [(alert.x, alert.y) for alert in self.plot.watches.alerts]

    @property
    def marks(self) -> list[tuple[float, str]]:
        return self.plot.marks


def test_the_program_and_all_pages_are_told() -> None:
    world = World(LR)
    before = world.plot.version
    world.steer("lr", 0.5)
    assert world.told == [Steered("p", "lr", 0.5, 0)]
    assert (world.listener.arrived, world.plot.version > before) == (1, True)


def test_a_program_that_hears_again_is_told_what_its_controls_are_set_to() -> None:
    world = World(LR, button("go"))
    world.steer("lr", 0.5)
    world.steer("go")
    told: list[Told] = []
    world.steering.hear("me", told.append)
    assert told == [Steered("p", "lr", 0.5, 0), Steered("p", "go", 1, 0)]
    others: list[Told] = []
    world.steering.hear("another", others.append)
    assert others == []


@pytest.mark.parametrize(("name", "value"), [("lr", 2), ("lr", None), ("lr", "x"), ("none", 1)])
def test_what_cannot_be_is_refused(name: str, value: object) -> None:
    world = World(LR)
    with pytest.raises(InvalidMessage, match="bad control"):
        world.steer(name, value)
    assert (world.told, world.listener.arrived) == ([], 0)
    assert world.plot.controls.find("lr").control == LR


def test_a_program_that_has_gone_is_not_steered() -> None:
    world = World(LR)
    world.steering.leave("me", print)
    world.steer("lr", 0.2)
    world.steering.leave("me", world.told.append)
    with pytest.raises(InvalidMessage, match="does not listen"):
        world.steer("lr", 0.3)
    assert world.plot.controls.find("lr").control.value == 0.2


def test_a_drag_leaves_one_mark_where_the_plot_is() -> None:
    world = World(LR, button("go"))
    world.publish(1, 2, 3)
    for value in (0.2, 0.3, 0.4):
        world.steer("lr", value, is_released=False)
    assert world.marks == []
    world.steer("lr", 0.4)
    world.steer("lr", 0.4)
    assert world.marks == [(3.0, "lr = 0.4")]
    world.publish(4)
    world.steer("go")
    world.steer("go")
    assert world.marks[1:] == [(4.0, "go"), (4.0, "go")]


def test_a_drag_that_ends_where_it_began_leaves_none() -> None:
    world = World(LR)
    world.publish(1)
    world.steer("lr", 0.2, is_released=False)
    world.steer("lr", 0.1)
    assert world.marks == []


def test_the_mark_is_at_the_newest_run() -> None:
    world = World(LR)
    world.publish(*range(100))
    world.publish(0, 1, 2)
    world.steer("lr", 0.2)
    assert world.marks == [(2.0, "lr = 0.2")]


def test_without_points_there_is_no_mark() -> None:
    world = World(LR)
    world.steer("lr", 0.2)
    assert world.marks == []


HIGH = Watch("high", "cross", "y", 5, 5, again=0, number=3)


def test_a_crossing_leaves_a_mark_and_is_told() -> None:
    world = World()
    world.watch(HIGH)
    world.look([1, 2], [4, 6], run="a")
    its = {"series": "y", "run": "a", "x": 2.0, "y": 6.0, "skipped": 0}
    assert world.told == [Happened("p", "high", "cross", 3, None, its)]
    assert world.marks == [(2.0, "high")]
    assert [alert.time for alert in world.plot.watches.alerts] == [100.0]


def test_the_alert_of_a_program_that_has_gone_is_seen_all_the_same() -> None:
    world = World()
    world.watch(HIGH, "gone")
    world.look([1], [6])
    assert (world.told, world.marks) == ([], [(1.0, "high")])


def test_a_hand_is_told_to_all_who_watch_it_with_where_times_are_counted_from() -> None:
    world = World()
    for name in ("one", "two"):
        world.watch(gesture("click", name))
    world.watch(gesture("select", "three"))
    world.plot.count_from(86_400)
    world.plot.bring_times()
    world.steering.happened(world.plot, "click", {"x": 1.0})
    assert world.told == [
        Happened("p", name, "click", 0, 86_400, {"x": 1.0}) for name in ("one", "two")
    ]


def test_the_next_run_is_not_beyond_since_the_one_before_was() -> None:
    world = World()
    world.watch(HIGH)
    world.look([1.0, 2.0, 3.0], [4.0, 6.0, 7.0])
    world.look([1.0, 2.0, 3.0], [7.0, 7.0, 7.0])
    assert len(world.plot.series) == 2
    assert world.alerts == [(2, 6), (1, 7)]


def test_points_of_two_runs_may_come_together() -> None:
    world = World()
    world.watch(HIGH)
    world.look([1.0, 2.0], [4.0, 6.0])
    world.look([3.0, 1.0, 2.0, 3.0], [7.0, 4.0, 6.0, 6.0])
    assert len(world.plot.series) == 2
    assert world.alerts == [(2, 6), (2, 6)]


@pytest.mark.parametrize("xy", ["auto", False])
def test_each_point_of_very_many_runs_that_come_together_is_looked_at(xy: Any) -> None:
    world = World()
    world.plot.set_options({"xy": xy})
    world.watch(HIGH)
    y = [[4.0, 4, 6, 4, 4], [4.0, 4, 4, 4, 6], [6.0, 6, 4, 4, 4], [4.0] * 5] * 20
    world.look([1.0, 2, 3, 4, 5] * len(y), [each for run in y for each in run])
    assert len(world.plot.series) == MAX_RUNS
    assert world.alerts == [(3, 6), (5, 6), (1, 6)] * 20


def test_points_are_those_of_the_newest_run_wherever_it_stands() -> None:
    world = World()
    world.watch(HIGH)
    for _ in range(2):
        world.look([1.0, 2.0, 3.0], [4.0, 6.0, 7.0])
    world.plot.remove("y")
    world.look([1.0, 2.0, 3.0], [7.0, 7.0, 7.0])  # the new one stands behind the past one
    assert list(world.plot.series) == ["y (1)", "y"]
    assert world.alerts == [(2, 6), (2, 6), (1, 7)]


def test_a_series_that_was_cleared_crosses_anew() -> None:
    world = World()
    world.watch(HIGH)
    for _ in range(2):
        world.look([1.0], [6.0])
        world.plot.clear("y")
    assert world.alerts == [(1, 6), (1, 6)]


def test_the_marks_of_very_many_alerts_leave_those_of_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(steering, "MAX_ALERT_MARKS", 5)
    monkeypatch.setattr(steering, "MAX_ALERTS", 2)
    world = World()
    world.watch(HIGH)
    world.plot.mark(0.0, "mine")
    world.plot.mark(1.0, "high")
    told: dict[int, tuple[float, str]] = {}
    news = News()
    for x in range(10):
        world.look([x, x + 0.5], [6, 4])
        for said in news.of(world.plot):
            if said["type"] == "marks":
                new = [(mark["x"], mark["text"]) for mark in said["marks"]]
                end = world.plot.marks_dropped + len(world.plot.marks)
                told |= dict(enumerate(new, end - len(new)))
                told = {number: mark for number, mark in told.items() if number >= said["first"]}
    assert world.marks[:2] == [(0.0, "mine"), (1.0, "high")]
    assert [x for x, _ in world.marks[2:]] == [4, 5, 6, 7, 8, 9][-len(world.marks[2:]) :]
    assert 2 <= len(world.marks[2:]) <= 5
    assert list(told.values()) == world.marks, "and so a page knows them"


def test_a_watch_is_ended_by_whoever_is_there_once_its_program_has_gone() -> None:
    world = World()
    world.watch(HIGH, "gone")
    world.look([1], [1])
    world.plot.watches.declare(Listen("p", "high", None), "me")
    assert world.plot.watches.held == {}


DOUBLE: Final = "y + y"


class Coming:
    """Publishes points to a world with a derived series, and looks at what is derived."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.derived = Derivations(world.plot)
        self.derived.declare(Derive("p", DOUBLE, DOUBLE))

    def __call__(self, at: float, y: float) -> None:
        self.world.plot.append("y", np.array([at]), np.array([y]))
        self.derived.update(1_000)
        self.world.steering.look_at_derived(self.world.plot)


def derived_world(x: list[float]) -> tuple[World, Coming]:
    """A world with a derived series that has points at `x`, and what publishes more."""
    world = World()
    come = Coming(world)
    for at in x:
        come(at, 100.0)
    return world, come


def test_points_that_are_derived_are_looked_at() -> None:
    world, come = derived_world([])
    world.watch(Watch("high", "cross", DOUBLE, 5, 5, again=0, number=3))
    world.steering.begin_to_look(world.plot, "high")
    for x, y in ((1, 2), (2, 3), (3, 4), (4, 1), (5, 3)):
        come(x, y)
    assert world.alerts == [(2, 6), (5, 6)]
    assert world.marks == [(2, "high"), (5, "high")]


def test_what_was_derived_before_a_watch_is_not_looked_at() -> None:
    world, come = derived_world([1.0, 2.0])
    world.watch(Watch("high", "cross", DOUBLE, 5, 5, again=0, number=3))
    world.steering.begin_to_look(world.plot, "high")
    come(3, 1)
    come(4, 3)
    assert world.alerts == [(4, 6)]


def test_what_comes_late_is_not_looked_at_and_the_newest_point_once() -> None:
    world, come = derived_world([])
    world.plot.set_options({"xy": False})
    world.watch(Watch("high", "cross", DOUBLE, 5, 5, again=0, number=3))
    world.steering.begin_to_look(world.plot, "high")
    for x, y in ((1, 1), (2, 1), (4, 3), (3, 9), (1.5, 9), (5, 1), (6, 3)):
        come(x, y)
    assert world.alerts == [(4, 6), (6, 6)]


def test_a_watch_of_something_else_loses_no_point() -> None:
    world, come = derived_world([])
    world.watch(Watch("high", "cross", DOUBLE, 5, 5, again=0, number=3))
    world.steering.begin_to_look(world.plot, "high")
    come(1, 1)
    world.plot.append("y", np.array([2.0]), np.array([3.0]))
    come.derived.update(1_000)
    for watch in (gesture("click", "click"), Watch("y", "cross", "y", 9, 9, number=5)):
        world.watch(watch)
        world.steering.begin_to_look(world.plot, watch.name)
    world.steering.begin_to_look(world.plot, "nothing")
    world.steering.look_at_derived(world.plot)
    assert world.alerts == [(2, 6)]
