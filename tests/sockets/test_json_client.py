"""A reader of /json over a real WebSocket: the article's messages, and readers that are slow."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.services import address, own, page, stats, strict, viewers
from websockets.sync.client import ClientConnection, connect

from zwsnb.clients.json_client import MAX_BEHIND, JsonClient
from zwsnb.history.late import MAX_REMEMBERED
from zwsnb.history.plots import Plot
from zwsnb.history.runs import MAX_RUNS, Arrival
from zwsnb.protocol.batch import Clear
from zwsnb.server.websocket import WebSocket
from zwsnb.service.service import Service


class Sent(WebSocket):
    """A connection that keeps the x of what is sent."""

    def __init__(self) -> None:
        self.xs: list[float] = []

    def send_texts(self, messages: Sequence[str]) -> None:
        self.xs += [json.loads(message)["x"] for message in messages]


@contextlib.contextmanager
def reader(service: Service, plot: str, **query: str) -> Iterator[ClientConnection]:
    """A plain WebSocket client that is known to the service."""
    before = stats(service)["viewers"]
    url = address(service, "/json", "ws", plot=plot, **query)
    # One that does not read would not see the answer to its pings either.
    with connect(url, proxy=None, ping_interval=None) as socket:
        eventually(lambda: stats(service)["viewers"] == before + 1)
        yield socket


def test_json_gives_new_points_as_the_articles_own(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    publish(0, 0)
    with reader(service, plot) as socket:
        publish(1, 0.5)
        publish(2, math.nan, series="b")
        got = [strict(socket.recv(PATIENCE)) for _ in range(2)]
        assert got == [{"x": 1, "y": 0.5, "series": "y"}, {"x": 2, "y": None, "series": "b"}]


def test_json_may_be_of_one_series(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot, series="b") as socket:
        publish(1, 1)
        publish(2, 2, series="b")
        assert strict(socket.recv(PATIENCE)) == {"x": 2, "y": 2, "series": "b"}
        eventually(lambda: viewers(service, plot)[0]["delivered"] == 1)
        assert viewers(service, plot)[0]["queued"] == 0


def test_a_reader_that_is_behind_skips_to_the_newest_and_is_told_how_many(
    service: Service, plot: str
) -> None:
    n = 5 * MAX_BEHIND
    with reader(service, plot) as socket:
        own(service).bind(plot)(np.arange(n), np.zeros(n))
        xs = [strict(socket.recv(PATIENCE))["x"] for _ in range(MAX_BEHIND)]
        assert xs == list(range(n - MAX_BEHIND, n))
        eventually(lambda: viewers(service, plot)[0]["delivered"] == MAX_BEHIND)
        account = viewers(service, plot)[0]
        assert (account["conflated"], account["queued"]) == (n - MAX_BEHIND, 0)


@pytest.mark.slow
def test_a_reader_that_does_not_read_holds_up_nobody(service: Service, plot: str) -> None:
    publish, n = own(service).bind(plot), 0
    with reader(service, plot) as socket, page(service, plot=plot) as viewer:
        viewer.look()
        while viewers(service, plot)[0]["queued"] < 3 * MAX_BEHIND:
            publish(np.arange(n, n + 5000), np.full(5000, 1 / 3))
            n += 5000
            viewer.until_x(n - 1)
        while strict(socket.recv(PATIENCE))["x"] != n - 1:
            pass
        account = viewers(service, plot)[0]
        assert account["conflated"] >= 2 * MAX_BEHIND
        assert (account["accepted"], account["queued"]) == (n, 0)


def test_a_reader_goes_on_after_a_clear(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot) as socket:
        publish([1, 2], [1, 2])
        assert [strict(socket.recv(PATIENCE))["x"] for _ in range(2)] == [1, 2]
        own(service).send_command(Clear(plot))
        publish(3, 3)
        assert strict(socket.recv(PATIENCE))["x"] == 3
        eventually(lambda: viewers(service, plot)[0]["queued"] == 0)


def test_a_reader_gets_late_points_when_they_come_and_every_run(
    service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot) as socket:
        sent = [0, 1, 2, 3, 1.5, 4, 2.5, 3.5, 5, 0, 1, 0.5, 2]
        for x in sent:
            publish(x, x)
            assert strict(socket.recv(PATIENCE)) == {"x": x, "y": x, "series": "y"}
        publish(7, 8, run="lr")
        assert strict(socket.recv(PATIENCE)) == {"x": 7, "y": 8, "series": "y", "run": "lr"}
        account = viewers(service, plot)[0]
        assert (account["accepted"], account["delivered"]) == (len(sent) + 1, len(sent) + 1)


def runs_of(service: Service, plot: str) -> list[list[float]]:
    """The x of each run that is held."""
    names = service.stats()["plots"][plot]["series"]
    return [service.points(plot, name)[:, 0].tolist() for name in names]


def test_a_reader_gets_the_first_points_of_a_run_once(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot) as socket:
        sent = [*range(20), 10.5, 11.5, 12.5, 13.5, 14.5]
        for x in sent:
            publish(x, x)
            assert strict(socket.recv(PATIENCE))["x"] == x
        publish(99, 99)
        assert strict(socket.recv(PATIENCE))["x"] == 99
    assert [len(s) for s in runs_of(service, plot)] == [6, 20]


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_the_first_points_of_a_run_are_sent_once_whenever_the_reader_looks(seen: int) -> None:
    plot, sent = Plot("p"), Sent()
    client = JsonClient(sent, plot, None)
    resumed = [5.5, 6.5, 7.5, 8.5]

    def publish(*xs: float) -> None:
        for x in xs:
            plot.append("y", np.array([x]), np.zeros(1))

    publish(*range(10))
    while client._send_some():
        pass
    publish(*resumed[:seen])
    client._send_some()
    publish(*resumed[seen:])
    client._send_some()
    assert sorted(sent.xs) == sorted([*range(10), *resumed])
    assert client.stats()["queued"] == 0


@pytest.mark.parametrize("name", ["", "a"])
def test_the_first_points_of_each_run_are_sent_once(name: str) -> None:
    plot, sent = Plot("p"), Sent()
    client = JsonClient(sent, plot, None)
    published: list[float] = []
    for run in range(5):
        for x in range(20):
            published.append(10.125 * run + x)
            plot.append("y", np.array(published[-1:]), np.zeros(1), Arrival(name))
            client._send_some()
    assert len(plot.series) == 5
    assert sent.xs == published
    assert client.stats()["queued"] == 0


@pytest.mark.parametrize(
    "later",
    [[5.5, 6.5, 7.5, 8.5, 9.5], [2.5, 3.5, 4.5, 5.5, 6.5], [8.0, 6.5, 6.0, 4.0, 1.0, 0.0]],
    ids=["a run before the place of the reader", "a run around it", "a curve"],
)
@pytest.mark.parametrize("places", [2, 7])
def test_a_reader_that_is_behind_gets_each_point_once_whatever_x_turns_out_to_be(
    later: list[float], places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.clients.json_client._AT_ONCE", 1)
    plot, sent = Plot("p"), Sent()
    client = JsonClient(sent, plot, None)
    plot.append("y", np.arange(20.0), np.zeros(20))
    for _ in range(places):
        client._send_some()
    for x in later:
        plot.append("y", np.array([x]), np.zeros(1))
        client._send_some()
    while client._send_some():
        pass
    assert sorted(sent.xs) == sorted([*map(float, range(20)), *later])
    account = client.stats()
    assert (account["delivered"], account["conflated"]) == (20 + len(later), 0)


def test_what_leaves_before_the_reader_looks_is_dropped() -> None:
    plot = Plot("p")
    plot.append("y", np.array([0.0]), np.zeros(1))
    plot.append("z", np.array([0.0]), np.zeros(1))
    client = JsonClient(Sent(), plot, "y")
    for series in ("y", "z"):
        plot.append(series, np.array([1.0, 2.0]), np.zeros(2))
    plot.clear()
    assert client.stats()["dropped"] == 2


def test_runs_that_come_and_go_between_two_looks_are_dropped() -> None:
    plot, sent = Plot("p"), Sent()
    plot.append("y", np.arange(5.0), np.zeros(5))
    client = JsonClient(sent, plot, None)
    plot.append("y", np.tile(np.arange(10.0), MAX_RUNS + 20), np.zeros(10 * (MAX_RUNS + 20)))
    plot.append("z", np.arange(7.0), np.zeros(7))
    plot.clear("z")
    while client._send_some():
        pass
    account = client.stats()
    assert account["delivered"] == len(sent.xs) == 10 * MAX_RUNS
    assert account["dropped"] == 10 * 20 + 7
    assert account["accepted"] == plot.count - 5


def test_more_late_points_than_are_remembered_send_nothing_twice() -> None:
    plot, sent = Plot("p"), Sent()
    client = JsonClient(sent, plot, None)
    plot.append("y", np.arange(10.0) + 90_000, np.zeros(10))
    while client._send_some():
        pass
    plot.append("y", np.arange(5_000.0), np.zeros(5_000), Arrival(producer="b"))
    while client._send_some():
        pass
    account = client.stats()
    assert len(set(sent.xs)) == len(sent.xs) == account["delivered"] == 10 + MAX_REMEMBERED
    assert account["conflated"] == 5_000 - MAX_REMEMBERED
    assert account["queued"] == 0
