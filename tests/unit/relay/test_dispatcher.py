"""What each body does to the history, and what is reported of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zwsnb.derived.derivations import DerivedSeries
from zwsnb.events.happened import Happened
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.batch import Body, Clear, Close, Mark, Points, Remove, Rename, SetOptions
from zwsnb.protocol.messages import Declare, InvalidMessage, Listen, Progress
from zwsnb.relay import said
from zwsnb.relay.dispatcher import Dispatcher
from zwsnb.relay.steering import Steering


class Listener:
    """Remembers what was reported."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, float]] = []
        self.closed: list[str] = []

    def points_arrived(self, plot: Plot, published: float) -> None:
        self.arrived.append((plot.name, published))

    def plot_closed(self, plot: Plot) -> None:
        self.closed.append(plot.name)

    def take_interval(self) -> float:
        return 1.0


class World:
    """A history, what is done to it, and who hears of it."""

    def __init__(self) -> None:
        self.history = History()
        self.listener = Listener()
        self.derived = DerivedSeries(self.history)
        self.steering = Steering(self.listener, lambda: 100.0)
        self.dispatcher = Dispatcher(self.history, self.listener, self.derived, self.steering)

    def do(self, *bodies: Body) -> Plot:
        for body in bodies:
            self.dispatcher.dispatch(body, "producer", lambda: 7)
        return self.history.get_or_create("plot")


@pytest.fixture
def world() -> World:
    return World()


def points_at(*x: float, series: str = "y", run: str = "", is_time: bool = False) -> Points:
    return Points("plot", series, np.array(x), np.zeros(len(x)), is_time, 5.0, run)


def test_points_are_appended_and_reported_with_their_time(world: World) -> None:
    plot = world.do(points_at(1, 2), points_at(3, run="a"))
    assert plot.count == 3
    assert [(s.name, s.run, s.cell) for s in plot.series.values()] == [("y", "", 7), ("a", "a", 7)]
    assert world.listener.arrived == [("plot", 5.0), ("plot", 5.0)]


def test_a_time_makes_a_time_axis_once(world: World) -> None:
    plot = world.do(points_at(1, is_time=True), points_at(2, is_time=True))
    assert plot.is_time
    assert plot.options_version == 1


@pytest.mark.parametrize(
    ("said", "x", "seconds"),
    [
        ("ms", [1_700_000_000_250.0], [1_700_000_000.25]),
        ("us", [1_700_000_000_000_250.0, 0.0], [1_700_000_000.00025, 0]),
        ("ns", [1.7e18], [1.7e9]),
        ("s", [1.7e9], [1.7e9]),
        (True, [1.7e9, -6e10], [1.7e9, -6e10]),
        (False, [1.7e12], [1.7e12]),
        ("auto", [1.7e12], [1.7e12]),
    ],
)
def test_numbers_are_in_the_unit_that_is_said(
    world: World, said: bool | str, x: list[float], seconds: list[float]
) -> None:
    plot = world.do(SetOptions("plot", {"time": said}))
    world.do(points_at(*x), Mark("plot", x[0], "a"), Mark("plot", 5.0, "b", is_time=True))
    [points] = plot.series["y"].points.slices(0, len(x))
    assert sorted(points[0].tolist()) == sorted(seconds)
    assert plot.marks == [(seconds[0], "a"), (5.0, "b")]
    world.do(points_at(5.0, is_time=True))
    assert plot.x_range[0] <= 5.0


def test_what_takes_away_needs_no_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    control = {"name": "lr", "kind": "switch", "value": True, "number": 1}
    plot = world.do(Declare("plot", "lr", control))
    monkeypatch.setattr(said, "MOST_SAID", 0)
    with pytest.raises(InvalidMessage, match="too much said"):
        world.do(Declare("plot", "more", control))
    world.do(Declare("plot", "lr", None), Listen("plot", "w", None), Progress("plot", ()))
    assert not plot.controls.held


def test_too_much_that_is_said_is_refused_until_some_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(said, "MOST_SAID", 20_000)
    title = SetOptions("other", {"title": "of another plot"})
    with pytest.raises(InvalidMessage, match="too much said"):
        world.do(*[Mark("plot", i, 100 * "x") for i in range(1000)])
    with pytest.raises(InvalidMessage, match="too much said"):
        world.do(title)
    world.do(points_at(1, 2))
    assert world.history.find("plot").count == 2
    world.do(Clear("plot"), title)
    with pytest.raises(InvalidMessage):
        world.do(*[Mark("plot", i, 100 * "x") for i in range(1000)])
    world.do(Close("plot"), title)


@pytest.mark.parametrize("is_time", [True, False])
def test_what_can_be_no_time_is_refused_with_the_repair_and_the_rest_is_taken(
    world: World, is_time: bool
) -> None:
    plot = world.do(SetOptions("plot", {"time": True}))
    with pytest.raises(
        InvalidMessage, match=r'x is 1.7e12: .* year 55840; say time="ms"'
    ) as caught:
        world.do(points_at(1.7e9, 1.7e12, 1.8e9, is_time=is_time))
    assert caught.value.kind == "no time"
    assert (plot.count, plot.x_range) == (2, (1.7e9, 1.8e9))
    with pytest.raises(InvalidMessage):
        world.do(points_at(1e300, series="other", is_time=is_time))
    assert list(plot.series) == ["y"]


@pytest.mark.parametrize(
    ("body", "series", "marks"),
    [
        (Clear("plot"), {}, []),
        (Clear("plot", "a"), {"b": 1}, []),
        (Remove("plot", "a (1)"), {"a": 4, "b": 1}, []),
        (Rename("plot", "a (1)", "first"), {"a": 4, "first": 4, "b": 1}, []),
        (Mark("plot", 1.0, "here"), {"a": 4, "a (1)": 4, "b": 1}, [(1.0, "here")]),
        (SetOptions("plot", {"title": "t"}), {"a": 4, "a (1)": 4, "b": 1}, []),
    ],
)
def test_a_command_changes_its_plot_and_is_reported(
    world: World, body: Body, series: dict[str, int], marks: list[tuple[float, str]]
) -> None:
    steps = points_at(0, 1, 2, 3, series="a")
    plot = world.do(steps, steps, points_at(0, series="b"), body)
    assert {name: its.count for name, its in plot.series.items()} == series
    assert plot.marks == marks
    assert plot.count == 9
    name, published = world.listener.arrived[-1]
    assert (name, math.isnan(published)) == ("plot", True)
    assert plot.version == len(world.listener.arrived)


def test_a_closed_plot_is_reported_once(world: World) -> None:
    for body in (points_at(1), Close("plot"), Close("plot")):
        world.dispatcher.dispatch(body)
    assert world.listener.closed == ["plot"]
    assert world.history.get("plot") is None


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (SetOptions("plot", {"colour": "red"}), "bad options: there is no option 'colour'"),
        (Remove("plot", "z"), "no such series: plot 'plot' has no series 'z'; it has 'y'"),
        (Rename("plot", "y", "y (1)"), None),
        (Rename("plot", "z", "a"), "no such series: plot 'plot' has no series 'z'; it has 'y'"),
    ],
)
def test_what_cannot_be_done_is_the_peers_fault(
    world: World, body: Body, error: str | None
) -> None:
    world.do(points_at(1))
    if error is None:
        world.do(body)
        return
    with pytest.raises(InvalidMessage, match=error):
        world.do(body)


MIDNIGHT = 1_795_824_000


def since(origin: int, *x: float, is_time: bool = True) -> Points:
    return points_at(*x, is_time=is_time)._replace(origin=origin)


def test_the_first_times_say_from_where_all_of_a_plot_are_counted(world: World) -> None:
    plot = world.do(since(MIDNIGHT, 0.25, 0.5), since(MIDNIGHT - 86_400, 86_400.75))
    assert plot.origin == MIDNIGHT
    assert plot.series["y"].points.slice(0, 3)[0].tolist() == [0.25, 0.5, 0.75]
    plot = world.do(points_at(MIDNIGHT + 7.0, is_time=True), points_at(MIDNIGHT + 8.0))
    assert plot.series["y"].last[0] == 8


def test_numbers_in_a_unit_of_time_are_counted_so_too(world: World) -> None:
    day = 86_400 * 10**9
    first = MIDNIGHT * 10**9
    plot = world.do(
        SetOptions("plot", {"time": "ns"}),
        since(first, 1, 2, is_time=False),
        since(first - day, day + 3, is_time=False),
    )
    assert plot.origin == MIDNIGHT
    assert plot.series["y"].points.slice(0, 3)[0].tolist() == [1e-9, 2e-9, 3e-9]
    with pytest.raises(InvalidMessage, match="a time is of the years 1 to 9999"):
        world.do(since(first, 1e300, is_time=False))


def test_numbers_that_may_yet_be_no_times_are_counted_from_0(world: World) -> None:
    plot = world.do(since(MIDNIGHT, 1, is_time=False))
    assert (plot.origin, plot.is_time, plot.x_range[0]) == (0, True, MIDNIGHT + 1)
    plot = world.do(Clear("plot"), SetOptions("plot", {"time": True}))
    plot = world.do(since(MIDNIGHT, 1, is_time=False), SetOptions("plot", {"time": False}))
    assert (plot.origin, plot.is_time, plot.x_range[0]) == (0, False, MIDNIGHT + 1)


def test_marks_and_regions_are_counted_as_the_points_are(world: World) -> None:
    mark, region = MIDNIGHT + 2.0, {"from": MIDNIGHT + 1.0, "to": MIDNIGHT + 3.0, "text": "r"}
    plot = world.do(
        Mark("plot", mark, "before", is_time=True),
        SetOptions("plot", {"regions": [(region["from"], region["to"], "r")]}),
    )
    assert plot.marks == [(mark, "before")]
    assert plot.options_in_x["regions"] == [region]
    version = plot.options_version
    world.do(since(MIDNIGHT, 0))
    assert plot.options_version > version, "pages hear of it"
    world.do(Mark("plot", 1e-9, "exact", is_time=True, origin=MIDNIGHT))
    assert plot.marks == [(2, "before"), (1e-9, "exact")]
    assert plot.options_in_x["regions"] == [{"from": 1, "to": 3, "text": "r"}]
    world.do(Clear("plot"))
    assert plot.options_in_x["regions"] == [region]
    world.do(Mark("plot", 5.0, "a number"))
    assert (plot.origin, plot.marks) == (0, [(5, "a number")])


def test_a_mark_before_the_first_point_keeps_its_nanoseconds(world: World) -> None:
    mark = Mark("plot", 43_200.123456789, "m", is_time=True, origin=MIDNIGHT)
    plot = world.do(mark, since(MIDNIGHT - 86_400, 0))
    assert plot.marks == [(86_400 + 43_200.123456789, "m")]
    assert plot.origin == MIDNIGHT - 86_400


def test_the_same_times_of_two_publishers_are_the_same_numbers(world: World) -> None:
    times = [(second * 10**9 + 123_456_789 * second % 10**9) / 10**9 for second in range(3000)]
    plot = world.do(
        since(MIDNIGHT, *times),
        since(MIDNIGHT - 86_400, *[(n + 86_400 * 10**9) / 10**9 for n in ns_of(times)]),
    )
    assert np.unique(plot.series["y"].points.slice(0, 6000)[0]).tolist() == times


def ns_of(times: list[float]) -> list[int]:
    return [round(time * 1e9) for time in times]


def test_a_control_is_declared_for_a_producer_or_refused() -> None:
    world = World()
    on = {"name": "on", "kind": "switch", "value": True, "number": 1}
    world.dispatcher.dispatch(Declare("p", "on", on), "me")
    assert world.history.plots["p"].controls.find("on").producer == "me"
    with pytest.raises(InvalidMessage, match="bad control: switch 'on' is 3"):
        world.dispatcher.dispatch(Declare("p", "on", on | {"value": 3}), "me")
    world.dispatcher.dispatch(Declare("p", "on", None), "me")
    assert world.history.plots["p"].controls.described() == []


def test_a_level_is_watched_on_each_point_that_is_taken(world: World) -> None:
    level = {"name": "high", "kind": "cross", "series": "y", "above": 5, "number": 1}
    plot = world.do(Listen("plot", "high", level))
    told: list[object] = []
    world.steering.hear("producer", told.append)
    x = np.array([1.0, 2.0, 3.0])
    world.do(Points("plot", "y", x, np.array([4.0, 6.0, 7.0])), Points("plot", "z", x, 9 + x))
    assert (plot.marks, len(told)) == ([(2.0, "high")], 1)
    world.do(Listen("plot", "high", None), Points("plot", "y", x + 3, x + 3))
    assert plot.marks == [(2.0, "high")]


def test_a_program_is_told_when_its_watch_is_anothers_or_its_plot_was_closed(world: World) -> None:
    told: dict[str, list[object]] = {"one": [], "two": []}
    for producer, its in told.items():
        world.steering.hear(producer, its.append)
    for number, producer in enumerate(("one", "two", "two")):
        click = {"name": "n", "kind": "click", "number": number}
        world.dispatcher.dispatch(Listen("plot", "n", click), producer)
    assert told == {"one": [Happened("plot", "n", "end", -1, None, {"number": 0})], "two": []}
    world.dispatcher.dispatch(Listen("plot", "n", None), "one")
    world.do(Close("plot"))
    assert told["two"] == [Happened("plot", "n", "end", -1, None, {"number": 2})]
    assert len(told["one"]) == 1


def test_a_watch_that_cannot_be_is_refused(world: World) -> None:
    with pytest.raises(InvalidMessage, match="bad watch: kind is 'hover'"):
        world.do(Listen("plot", "n", {"name": "n", "kind": "hover", "number": 1}))
