"""The way back over real sockets: what a page sets, a busy program reads."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from support.eventually import PATIENCE, eventually
from support.services import Page, page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import zwsnb
from zwsnb import Plot, api
from zwsnb.controls.control import switch
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Close
from zwsnb.protocol.messages import Declare
from zwsnb.server.doors.keys import Keys
from zwsnb.service.addresses.address import Address
from zwsnb.steering import loop, registry
from zwsnb.steering.events import Alert, Click, Selection
from zwsnb.steering.handles import Slider


@pytest.fixture(params=["its own process", "another process"])
def service(own_session: None, request: pytest.FixtureRequest) -> Served:
    """A service of `zwsnb`, as much of it as pages need."""
    del own_session
    return Served(zwsnb.start(process=request.param == "another process"))


class Served:
    """Where pages find a service, and its keys."""

    def __init__(self, backend: Any) -> None:
        self.token = backend.info["token"]
        self.port = Address.of(backend.info["url"]).base.rpartition(":")[2].strip("/")


def spin_until(condition: Callable[[], object]) -> None:
    """Compute in the main thread, and read, as a training loop does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline


@pytest.fixture
def child(own_session: None) -> Any:
    """A service in a process of its own, as the program has it."""
    del own_session
    return zwsnb.start(process=True)


def controls_of(viewer: Page) -> dict[str, Any]:
    """Return what a page is told of the controls next."""
    return {one["name"]: one["value"] for one in viewer.hear_of("controls")["controls"]}


def test_a_page_steers_a_busy_loop_and_other_pages_follow(service: Any) -> None:
    p = Plot("p")
    p.publish([1, 2], [3, 4])
    lr, stop = p.slider("lr", 1e-3, (1e-5, 1), log=True), p.button("stop")
    with page(service, plot="p") as one, page(service, plot="p") as other:
        for each in (one, other):
            each.look()
            while controls_of(each) != {"lr": 1e-3, "stop": 0}:
                pass
        one.say("steer", name="lr", value=0.5, released=False)
        spin_until(lambda: lr.value == 0.5)
        one.say("steer", name="lr", value=0.25)
        one.say("steer", name="stop")
        spin_until(stop.pressed)
        assert lr.value == 0.25
        while controls_of(other) != {"lr": 0.25, "stop": 1}:
            pass
        marks = [{"x": 2.0, "text": text} for text in ("lr = 0.25", "stop")]
        with page(service, plot="p") as late:
            late.look()
            assert late.hear_of("marks")["marks"] == marks
            assert controls_of(late) == {"lr": 0.25, "stop": 1}
            lr.value = 0.125
            assert controls_of(late) == {"lr": 0.125, "stop": 1}


def test_a_busy_loop_is_told_what_a_reader_selects_and_clicks(service: Any) -> None:
    p, selected, clicked = Plot("p"), list[Selection](), list[Click]()
    p.publish(range(10), range(10))
    p.on_select(selected.append, name="select")
    p.on_click(clicked.append, name="click")
    with page(service, plot="p") as viewer:
        viewer.look()
        while set(viewer.hear_of("listens")["to"]) != {"click", "select"}:
            pass
        viewer.say("measure", id=1, **{"from": 2, "to": 4})
        viewer.say("measure", id=2, **{"from": 3, "to": 5}, selected=True)
        viewer.say("click", x=4.3, y=2.5, point={"id": 0, "x": 4.1, "y": 4})
        spin_until(lambda: selected and clicked)
    assert len(selected) == 1
    figures = selected[0].series["y"]
    assert (selected[0].start, selected[0].end) == (3, 5)
    assert (figures.count, figures.mean, figures.min, figures.max) == (3, 4, 3, 5)
    assert clicked == [Click("p", 4.3, 2.5, "y", (4.0, 4.0))]


def test_a_busy_loop_is_told_of_each_crossing_whoever_has_published(service: Any) -> None:
    p, told = Plot("p"), list[Alert]()
    p.on_cross("loss", told.append, above=2, again=0)
    with page(service, plot="p") as viewer:
        viewer.look()
        p.publish([1, 2, 3, 4], [1, 3, 1, 4], series="loss")
        spin_until(lambda: len(told) == 2)
        assert [(each.x, each.y) for each in told] == [(2, 3), (4, 4)]
        alerts = viewer.hear_of("alerts")
        assert (alerts["first"], [each["x"] for each in alerts["alerts"]]) == (0, [2, 4])
    other = Publisher(make_sender=api._make_sender)
    other.connection = api.service().connection
    other.publish([5, 6], [1, 5], "loss", "p", {})
    spin_until(lambda: len(told) == 3)
    other.stop()
    assert [each.x for each in p.alerts()] == [2, 4, 6]
    with page(service, plot="p") as late:
        late.look()
        marks = {"x": 6.0, "text": "loss above 2"}
        assert late.hear_of("marks")["marks"][-1] == marks
        assert [each["x"] for each in late.hear_of("alerts")["alerts"]] == [2, 4, 6]


def test_what_is_wrong_changes_nothing_and_is_counted(service: Any) -> None:
    p = Plot("p")
    lr = p.slider("lr", 0.5)
    wrong: list[dict[str, Any]] = [
        {"name": "lr", "value": 7},
        {"name": "lr"},
        {"name": "none", "value": 1},
        {"name": ""},
    ]
    with page(service, plot="p") as viewer:
        viewer.look()
        assert controls_of(viewer) == {"lr": 0.5}
        for members in wrong:
            viewer.say("steer", **members)
        viewer.say("steer", name="lr", value=0.75)
        spin_until(lambda: lr.value == 0.75)
        eventually(lambda: sum(zwsnb.stats()["plots"]["p"]["counts"]["refused"].values()) == 4)


def test_who_may_only_look_may_not_steer(service: Any) -> None:
    p = Plot("p")
    lr = p.slider("lr", 0.5)
    ticket = Keys(service.token).ticket("p")
    told = list[object]()
    p.on_select(told.append, name="select")
    p.on_click(told.append, name="click")
    with page(service, plot="p", token=None, ticket=ticket) as viewer:
        assert viewer.said[0]["edits"] is False
        viewer.look()
        assert controls_of(viewer) == {"lr": 0.5}
        viewer.say("steer", name="lr", value=0.75)
        viewer.say("measure", id=1, **{"from": 3, "to": 5}, selected=True)
        viewer.say("click", x=1, y=1)
        refused = {"bad page message": 3}
        eventually(lambda: zwsnb.stats()["plots"]["p"]["counts"].get("refused") == refused)
    assert (lr.value, told) == (0.5, [])
    address = f"ws://127.0.0.1:{service.port}/steer?plot=p&producer=x&ticket={ticket}"
    with pytest.raises(InvalidStatus, match="403"), connect(address, proxy=None):
        pass


def test_a_control_of_a_plot_that_was_closed_is_gone(service: Any) -> None:
    del service
    p = Plot("p")
    lr = p.slider("lr", 0.5)
    p.close()
    lr.value = 0.75
    assert "p" not in zwsnb.stats()["plots"]
    assert Plot("p").slider("lr", 0.1).value == 0.1


def items_of_a_paused_loop(served: Any, meanwhile: Callable[[], object]) -> list[str]:
    """The items of a loop that a page has paused at the first one, and which goes on since
    something happens meanwhile.
    """
    p, done = Plot("p"), list[str]()
    with page(served, plot="p") as viewer:
        for item in p.loop("abc"):
            done.append(item)
            if item == "a":
                assert zwsnb.flush()
                viewer.say("steer", name="Pause loop", value=True)
                spin_until(lambda: loop._open[0]._pause.value)
                threading.Timer(0.2, meanwhile).start()
                # It would wait for ever where it has not been told.
                given_up = threading.Timer(PATIENCE, loop._open[0].close)
                given_up.start()
    assert given_up.is_alive()
    given_up.cancel()
    return done


def test_a_paused_loop_goes_on_when_its_relay_was_killed(child: Any) -> None:
    killed = partial(os.kill, child.info["pid"], signal.SIGKILL)
    assert items_of_a_paused_loop(Served(child), killed) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "said", [Close("p"), Declare("p", "Pause loop", switch("Pause loop", value=False).declared())]
)
def test_a_paused_loop_goes_on_when_another_program_has_taken_its_buttons_away(
    service: Any, said: Declare | Close
) -> None:
    other = Publisher(make_sender=api._make_sender)
    other.connection = api.service().connection
    taken = partial(other.send_command, said)
    assert items_of_a_paused_loop(service, taken) == ["a", "b", "c"]
    other.stop()


@pytest.mark.parametrize("how", ["restart", "kill"])
def test_a_control_that_is_declared_while_its_relay_starts_anew_is_heard(
    child: Any, how: str
) -> None:
    served: Any = Served(child)
    p = Plot("p")
    p.publish(1, 1)
    p.slider("before", 0.5)
    assert zwsnb.flush()
    if how == "restart":
        zwsnb.restart()
    else:
        os.kill(child.info["pid"], signal.SIGKILL)
        eventually(lambda: not child._child.is_alive)
        time.sleep(0.05)  # as long as its connection takes to end
    lr = p.slider("lr", 0.5)
    eventually(lambda: child._child.is_alive)
    with page(served, plot="p") as viewer:
        viewer.look()
        while "lr" not in controls_of(viewer):
            pass
        steer_until_heard(viewer, lr)
    assert lr.is_shown


def steer_until_heard(viewer: Page, lr: Slider) -> None:
    """Set a slider on a page again and again, until the program has the value."""

    def is_heard() -> bool:
        viewer.say("steer", name="lr", value=0.75)
        time.sleep(0.05)
        return lr.value == 0.75

    eventually(is_heard)


def lose_what_is_on_its_way(child: Any) -> None:
    """Break the connections of this process to its service off."""
    for bridge in list(child._bridges):
        bridge._socket.socket.shutdown(socket.SHUT_RDWR)


def test_what_is_set_while_nothing_gets_through_is_told_when_it_does(
    child: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: Any = Served(child)
    p = Plot("p")
    lr, go, changes = p.slider("lr", 0.5), p.button("go"), list[float]()
    lr.on_change(changes.append)
    assert zwsnb.flush()
    told: list[Any] = []
    with page(served, plot="p") as viewer, monkeypatch.context() as lost:
        nobody = {("p", name): told.append for name in ("lr", "go")}
        lost.setattr(registry, "_handles", nobody)
        for value in (0.25, 0.75):
            viewer.say("steer", name="lr", value=value, released=True)
        viewer.say("steer", name="go", released=True)
        eventually(lambda: {("lr", 0.75), ("go", 1)} <= {(each.name, each.value) for each in told})
    assert (lr.value, go.clicks) == (0.5, 0)
    for _ in range(2):
        lose_what_is_on_its_way(child)
        eventually(lambda: (lr.value, go.clicks) == (0.75, 1) and len(child._bridges) == 1)
    assert changes == [0.75]


def test_a_connection_that_was_lost_is_opened_again(child: Any) -> None:
    served: Any = Served(child)
    p = Plot("p")
    lr = p.slider("lr", 0.5)
    assert zwsnb.flush()
    lose_what_is_on_its_way(child)
    with page(served, plot="p") as viewer:
        steer_until_heard(viewer, lr)
    assert lr.is_shown
