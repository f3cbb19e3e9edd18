"""A plot with a trigger over a real WebSocket: what pages are sent, what they change."""

from __future__ import annotations

import numpy as np
from support.eventually import eventually
from support.services import own, page, stats

from zwsnb.protocol.batch import Clear, SetOptions
from zwsnb.service.service import Service

WINDOW = 10.0


def scope(service: Service, plot: str, **said: object) -> None:
    trigger = {"level": 0.5, "pre": 0.2, **said}
    own(service).send_command(SetOptions(plot, {"window": WINDOW, "trigger": trigger}))


def publish(service: Service, plot: str, begin: int, end: int) -> None:
    """Publish a series that rises through a half at 19.5, 39.5, .."""
    x = np.arange(float(begin), float(end))
    own(service).bind(plot)(x, np.where(x % 20 < 10, 1.0, 0.0))


def test_pages_stand_at_the_newest_sweep(service: Service, plot: str) -> None:
    scope(service, plot)
    with page(service, plot=plot) as one, page(service, plot=plot) as other:
        for viewer, window in ((one, WINDOW), (other, 20.0)):
            viewer.say("view", width=100, mode="follow", window=window, paused=False)
        assert one.hear_of("trigger")["state"] == "waiting"
        publish(service, plot, 1, 37)
        sweep = {"type": "sweep", "number": 1, "x": 19.5, "first": 1}
        assert one.hear_of("sweep") == sweep | {"from": 17.5, "to": 27.5}
        assert other.hear_of("sweep") == sweep | {"from": 15.5, "to": 35.5}
        eventually(lambda: stats(service)["plots"][plot]["sweeps"] == 1)
        states = [said["state"] for said in one.said if said["type"] == "trigger"]
        assert states == ["waiting", "triggered"]


def test_a_page_arms_a_single_sweep_for_all(service: Service, plot: str) -> None:
    scope(service, plot)
    publish(service, plot, 1, 30)
    with page(service, plot=plot) as one, page(service, plot=plot) as other:
        for viewer in (one, other):
            viewer.say("view", width=100, mode="follow", window=WINDOW, paused=False)
            assert viewer.hear_of("sweep")["number"] == 1
        one.say("trigger", trigger={"mode": "single", "level": 0.25})
        for viewer in (one, other):
            its = viewer.hear_of("options")["options"]["trigger"]
            assert (its["mode"], its["level"], its["pre"]) == ("single", 0.25, 0.2)
        publish(service, plot, 30, 200)
        for viewer in (one, other):
            assert viewer.hear_of("sweep")["number"] == 2
        eventually(lambda: stats(service)["plots"][plot]["triggers"] == 9)
        assert stats(service)["plots"][plot]["sweeps"] == 2


def test_one_that_comes_later_has_those_before(service: Service, plot: str) -> None:
    scope(service, plot, persist=2)
    publish(service, plot, 1, 150)
    with page(service, plot=plot) as viewer:
        viewer.say("view", width=100, mode="follow", window=WINDOW, paused=False)
        seen: list[int] = []
        while len(seen) < 3:
            seen.append(viewer.hear_of("sweep")["number"])
        assert seen == [5, 6, 7]


def test_what_is_no_trigger_is_counted_and_takes_none_back(service: Service, plot: str) -> None:
    scope(service, plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        viewer.say("trigger", trigger={"slope": "up"})
        viewer.say("trigger", trigger=7)
        viewer.say("trigger", trigger={"level": None})
        eventually(lambda: stats(service)["counts"]["refused"]["bad page message"] >= 3)
        assert stats(service)["plots"][plot]["options"]["trigger"]["level"] == 0.5


def test_pages_of_a_cleared_plot_forget_its_sweeps(service: Service, plot: str) -> None:
    scope(service, plot, persist=2)
    publish(service, plot, 1, 50)
    with page(service, plot=plot) as viewer:
        viewer.say("view", width=100, mode="follow", window=WINDOW, paused=False)
        assert viewer.hear_of("sweep")["first"] == 1
        own(service).send_command(Clear(plot))
        while (its := viewer.hear_of("sweep"))["number"] is not None:
            pass
        assert its["first"] == 3
