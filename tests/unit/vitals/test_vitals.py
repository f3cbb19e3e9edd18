"""What a service knows of itself: nothing that is counted ever becomes less, whatever happens to
plots and viewers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.fake_page import FakeLink

from zwsnb.clients.viewers import Viewers
from zwsnb.delivery.receipts import Held
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.batch import Batch, Body, Clear, Close, Points, Remove, SetOptions
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.stats import VitalStats
from zwsnb.relay.relay import Relay
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport
from zwsnb.vitals.vitals import PlotVitals, Vitals


class FakeViewer:
    """A page without a connection, which is there as long as a test lets it."""

    asks = is_reader = True
    is_painting = is_paused = False
    drawings = None

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.link = FakeLink(Subscription(plot))
        self.link.subscription.set_viewport(Viewport(200))

    def wake(self, published: float) -> None:
        self.link.subscription.note(published)

    def look(self) -> None:
        self.link.settle()

    def totals(self) -> Counter[str]:
        return self.link.subscription.totals + Counter(bytes=self.link.page.number)


class World:
    """A relay, its viewers, and what is known of them, by a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.relay = Relay(History(64 << 20), "a token of a service")
        self.viewers = Viewers(self.relay.history)
        self.vitals = self.begin()

    def begin(self, before: Vitals | None = None) -> Vitals:
        count, clock = self.relay.history.count, lambda: self.now
        return Vitals(self.relay, self.viewers, count, None, before, clock)

    def come(self, plot: str) -> FakeViewer:
        viewer = FakeViewer(self.relay.history.get_or_create(plot))
        self.viewers._viewers.append(viewer)  # type: ignore[arg-type]  # it is never told the end
        return viewer

    def leave(self, viewer: FakeViewer) -> None:
        self.viewers._leave(viewer)  # type: ignore[arg-type]

    def do(self, body: Body) -> None:
        self.relay._guard(self.relay.dispatch, body)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.relay.stop()


def counted(stats: VitalStats) -> dict[str, int]:
    """All that is counted, by one name each."""
    groups: dict[str, Any] = {"shown": stats["shown"], "lost": stats["lost"], **stats["refused"]}
    found = {f"{name} {key}": its for name, group in groups.items() for key, its in group.items()}
    return found | {"points": stats["points"], "errors": stats["errors"]}


def points(plot: str, x: list[float], y: float = 1.0, run: str = "") -> Points:
    return Points(plot, "y", np.array(x), np.full(len(x), y), run=run)


def test_a_service_that_has_done_nothing(world: World) -> None:
    world.now += 5
    found = world.vitals.stats()
    assert found["uptime"] == 5
    assert set(counted(found).values()) == {0}
    assert found["rates"] == {"points": 0, "shown": 0, "bytes": 0}
    assert (found["memory"]["history"], found["memory"]["budget"]) == (0, 64 << 20)
    assert found["refused"] == {"messages": {}, "requests": {}}
    assert found["restarts"] == {"count": 0, "reason": ""}
    assert found["lag"] == {"last": 0, "worst": 0}


def test_rates_are_those_of_the_last_seconds(world: World) -> None:
    viewer = world.come("a")
    for second in range(20):
        if second < 10:
            world.do(points("a", [float(second)] * 100))
            viewer.look()
        world.vitals.look()
        if second == 9:
            busy = world.vitals.stats()["rates"]
        world.now += 1
    assert busy["points"] == busy["shown"] == 100
    assert busy["bytes"] == 1  # a patch a second, of which this viewer counts one byte each
    assert world.vitals.stats()["rates"] == {"points": 0, "shown": 0, "bytes": 0}


@pytest.mark.parametrize(
    ("body", "reason", "messages"),
    [
        (Points("a", "y", np.array([1e300]), np.zeros(1), is_time=True), 1, {"no time": 1}),
        (Remove("a", "none"), 0, {"no such series": 1}),
        (SetOptions("a", {"window": -1}), 0, {"bad options": 1}),
    ],
)
def test_what_is_refused_is_told_with_the_reason(
    world: World, body: Body, reason: int, messages: dict[str, int]
) -> None:
    world.do(body)
    found = world.vitals.stats()
    assert found["lost"]["refused"] == reason
    assert found["refused"]["messages"] == messages


def test_what_is_lost_on_the_way_of_others_is_told_by_reason(world: World) -> None:
    account = world.relay.accounts.of("another")
    account.begin(Held(0, 0, 0))
    account.record(Batch("another", 0, 0, 0, points("a", [1.0])))
    account.record(Batch("another", 3, 11, 4, points("a", [2.0])))
    lost = world.vitals.stats()["lost"]
    assert (lost["dropped"], lost["missing"]) == (4, 6)


def test_what_a_plot_has_taken_stays_counted_when_it_is_closed(world: World) -> None:
    world.do(points("a", [1.0, 2.0]))
    world.relay.history.plots["a"].image.late = 5  # rows that nobody held a place for
    world.do(Close("a"))
    world.do(points("a", [1.0]))
    found = world.vitals.stats()
    assert (found["points"], found["lost"]["late"]) == (3, 5)
    assert [plot.points for plot in world.vitals.plots()] == [1]


def test_a_service_that_goes_on_for_another_has_its_refusals(world: World) -> None:
    world.vitals.requests["host"] += 2
    world.do(points("a", [1.0]))
    after = world.begin(world.vitals).stats()
    assert after["refused"]["requests"] == {"host": 2}
    assert after["points"] == 1


def test_of_each_plot_it_is_known_how_much_it_has_and_who_looks(world: World) -> None:
    world.do(points("a", [1.0]))
    world.come("b")
    world.come("b")
    size = world.relay.history.plots["a"].nbytes
    assert list(world.vitals.plots()) == [PlotVitals("a", 1, size, 0), PlotVitals("b", 0, 0, 2)]


x = st.floats(-10, 10).map(lambda each: round(each, 1))
plot = st.sampled_from("ab")
what_viewers_do = st.sampled_from(["look", "look", "leave", "refuse", "begin anew"])
deeds = st.one_of(
    what_viewers_do,
    what_viewers_do,
    st.builds(points, plot, st.lists(x, min_size=1, max_size=30), run=st.sampled_from(["", "r"])),
    st.builds(points, plot, st.lists(x, min_size=1, max_size=30), y=st.just(math.nan)),
    st.builds(lambda name, at: Rows(name, "i", np.array([at]), np.zeros((1, 3), np.float32),
                                    (0.0, 2.0)), plot, x),
    st.builds(Clear, plot, st.sampled_from(["", "y", "r"])),
    st.builds(Close, plot),
    st.builds(Remove, plot, st.sampled_from(["y", "r", "none"])),
    st.builds(lambda name, style: SetOptions(name, {"style": style}), plot,
              st.sampled_from(["line", "spectrum"])),
    st.tuples(st.just("come"), plot),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(deeds, min_size=10, max_size=60))
def test_nothing_that_is_counted_ever_becomes_less(done: list[Any]) -> None:
    world = World()
    viewers = [world.come("a"), world.come("b")]
    try:
        before = counted(world.vitals.stats())
        for deed in done:
            match deed:
                case ("come", name):
                    viewers.append(world.come(name))
                case "look":
                    for viewer in viewers:
                        viewer.link.subscription.turn()
                        viewer.look()
                case "leave" if viewers:
                    world.leave(viewers.pop())
                case "refuse":
                    world.relay.refuse(InvalidMessage("not JSON", "why", "a"))
                case "begin anew":
                    world.viewers.forget()
                    viewers.clear()
                    world.vitals = world.begin(world.vitals)
                case "leave":
                    pass
                case _:
                    world.do(deed)
            after = counted(world.vitals.stats())
            assert {key: n for key, n in before.items() if after[key] < n} == {}
            before = after
        assert before["errors"] == 0
    finally:
        world.relay.stop()
