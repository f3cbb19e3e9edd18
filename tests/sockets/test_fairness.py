"""One peer never starves the others: a good viewer beside those who ask for as much as they may.

What is asserted is how much processor time the hub takes between two times that it looks round,
since that says nothing about what else the machine does; before work was cut into turns it was
seconds. The gaps of the viewer are bounded too, far above what they are.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import gevent
import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.raw_websocket import Peer
from support.services import address, get, own, page, stats
from websockets.sync.client import ClientConnection, connect

from zwsnb.answers import long
from zwsnb.protocol.messages import VERSION
from zwsnb.server.doors.keys import Keys
from zwsnb.service.service import Service

SERIES: Final = 200
HELD: Final = 0.15
"""Seconds of processor time; a turn has 0.003, and what is left in one piece some 0.02."""

GAP: Final = 3.0
"""Seconds between two patches, on a machine that is busy with all of this and with other tests."""


class Hub:
    """What the hub takes between two times that it looks round: processor time, in seconds."""

    def __init__(self, service: Service) -> None:
        self.held: list[float] = []
        self.is_over = False
        service.call(gevent.spawn, self._watch)

    def _watch(self) -> None:
        was = time.thread_time()
        while not self.is_over:
            gevent.sleep(0.001)
            now = time.thread_time()
            self.held.append(now - was)
            was = now


def watch(
    service: Service, until: threading.Event, began: threading.Event, at: list[float]
) -> None:
    """A good viewer: it paints each patch at once, and notes when."""
    with page(service, plot="good") as viewer:
        viewer.look()
        while not until.is_set():
            if viewer.hear() is None:
                at.append(time.monotonic())
                began.set()
            viewer.ack()


def publish(service: Service, until: threading.Event) -> None:
    put, n = own(service).bind("good"), 0
    while not until.wait(0.01):
        put(n, n)
        n += 1


@contextlib.contextmanager
def good_viewer(service: Service) -> Iterator[None]:
    """A viewer of a plot that grows 100 times a second, which has nothing to do with what is done
    meanwhile, and notices nothing of it.
    """
    until, silent, began = threading.Event(), threading.Event(), threading.Event()
    at: list[float] = []
    viewer = threading.Thread(target=watch, args=(service, until, began, at))
    producer = threading.Thread(target=publish, args=(service, silent))
    viewer.start()
    producer.start()
    assert began.wait(PATIENCE)
    hub = Hub(service)
    try:
        yield
        seen = len(at)
        eventually(lambda: len(at) > seen + 3)
    finally:
        hub.is_over = True
        until.set()
        viewer.join(PATIENCE)  # it waits for a patch
        silent.set()
        producer.join(PATIENCE)
    gaps = np.diff(at)
    assert max(hub.held) < HELD, f"gaps of up to {max(gaps):.3f} s"
    assert max(gaps) < GAP, f"the hub held for up to {max(hub.held):.4f} s"


@pytest.fixture(scope="module")
def plot(service: Service) -> str:
    """A plot of many series."""
    put, x = own(service).bind("crowd"), np.arange(250.0)
    for number in range(SERIES):
        put(x, np.sin(x + number), series=f"s{number}")
    assert own(service).flush(PATIENCE)
    return "crowd"


def opened(
    service: Service, path: str, **query: Any
) -> contextlib.AbstractContextManager[ClientConnection]:
    return connect(
        address(service, path, "ws", **query), proxy=None, ping_interval=None, max_size=None
    )


def heard(socket: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        message = socket.recv(PATIENCE)
        if isinstance(message, str) and (said := json.loads(message)).get("type") == kind:
            found: dict[str, Any] = said
            return found


@pytest.mark.parametrize(
    "asked",
    [{"type": "read", "x": 7.0}, {"type": "measure", "from": -1.0, "to": 1e9}],
    ids=["read", "measure"],
)
def test_who_asks_a_thousand_times_is_answered_for_the_last(
    service: Service, plot: str, asked: dict[str, Any]
) -> None:
    with good_viewer(service), contextlib.ExitStack() as stack:
        sockets = [
            stack.enter_context(opened(service, "/ws", plot=plot, v=VERSION)) for _ in range(3)
        ]
        for number in range(500):
            for socket in sockets:
                socket.send(json.dumps(asked | {"id": number}))
        for socket in sockets:
            while (said := heard(socket, asked["type"]))["id"] != 499:
                pass
            assert len(said["points" if asked["type"] == "read" else "series"]) == SERIES


def looked(sock: ClientConnection, times: int, width: int = 500) -> None:
    """Look at another width whenever a patch has come: each is a fresh one of all series."""
    sock.send(json.dumps({"type": "view", "width": width, "mode": "all"}))
    for number in range(times):
        while isinstance(message := sock.recv(PATIENCE), str):
            pass
        patch = int.from_bytes(message[4:8], "little")
        sock.send(json.dumps({"type": "view", "width": width + 1 + number, "mode": "all"}))
        sock.send(json.dumps({"type": "ack", "patch": patch}))


def test_pages_of_many_series_that_look_elsewhere_again_and_again(
    service: Service, plot: str
) -> None:
    with good_viewer(service), contextlib.ExitStack() as stack:
        sockets = [
            stack.enter_context(opened(service, "/ws", plot=plot, v=VERSION)) for _ in range(8)
        ]
        threads = [threading.Thread(target=looked, args=(socket, 3)) for socket in sockets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(6 * PATIENCE)


def test_pages_of_few_series_on_very_wide_screens(service: Service) -> None:
    put, x = own(service).bind("wide"), np.arange(400_000.0)
    for number in range(30):
        put(x, np.sin(x * number), series=f"s{number}")
    assert own(service).flush(PATIENCE)
    with good_viewer(service), contextlib.ExitStack() as stack:
        # Each patch has 30 MB, and is begun anew.
        where = {
            "plot": "wide",
            "v": VERSION,
            "token": None,
            "ticket": Keys(service.token).ticket("wide"),
        }
        sockets = [stack.enter_context(opened(service, "/ws", **where)) for _ in range(2)]
        threads = [threading.Thread(target=looked, args=(each, 3, 16_000)) for each in sockets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(6 * PATIENCE)


def test_readers_of_json_of_many_series(service: Service, plot: str) -> None:
    put, x = own(service).bind(plot), 250 + np.arange(200.0)
    with good_viewer(service), contextlib.ExitStack() as stack:
        before = stats(service)["viewers"]
        sockets = [stack.enter_context(opened(service, "/json", plot=plot)) for _ in range(3)]
        eventually(lambda: stats(service)["viewers"] == before + len(sockets))
        for number in range(SERIES // 4):
            put(x, x, series=f"s{number}")
        for socket in sockets:
            got = [json.loads(socket.recv(PATIENCE))["x"] for _ in range(200 * SERIES // 4)]
            assert sum(got) == sum(x) * SERIES // 4


def slow_readers(
    service: Service, path: str, count: int, stack: contextlib.ExitStack, key: str = ""
) -> None:
    """Readers of an answer that read none of it. key: what lets them in, the token unless given."""
    for _ in range(count):
        peer = stack.enter_context(Peer(service.port, buffer=2048))
        peer.send(
            f"GET {path}&{key or f'token={service.token}'} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{service.port}\r\n\r\n".encode()
        )


def test_slow_readers_of_csv(service: Service, plot: str) -> None:
    with contextlib.ExitStack() as stack:
        with good_viewer(service):
            slow_readers(service, f"/csv?plot={plot}", 40, stack)
            whole = get(service, "/csv", plot=plot)[2]
        assert whole.count(b"\r\n") > SERIES * 250


@pytest.mark.parametrize("path", ["/html", "/snapshot", "/csv"])
def test_guests_that_read_nothing_hold_up_each_other_alone(
    service: Service, plot: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long, "MOST_LONG", 4)
    ticket, answers = Keys(service.token).ticket(plot), service._hub.resident.app._long
    with contextlib.ExitStack() as stack:
        slow_readers(service, f"{path}?plot={plot}", 2, stack, f"ticket={ticket}")
        eventually(lambda: answers.open == 2)
        time.sleep(0.2)  # they read nothing, so it stays so
        status, _, said = get(service, path, plot=plot, token=None, ticket=ticket)
        assert (status, said) == (503, b"2 long answers are under way: ask again in a while.")
        status, headers, whole = get(service, path, plot=plot)
        assert (status, int(headers.get("Content-Length", len(whole)))) == (200, len(whole))
    eventually(lambda: answers.open == 0)


def test_pictures_for_guests_are_drawn_one_by_one_and_for_nobody_who_has_gone(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ticket = [], Keys(service.token).ticket(plot)
    answers, places = service._hub.resident.app._long, service._hub.resident._server.places

    def draw(*_of: object, dated: bool) -> str:
        begun.append(dated)
        gevent.sleep(PATIENCE)
        return "<svg/>"

    monkeypatch.setattr("zwsnb.server.snapshot.snapshot", draw)
    with contextlib.ExitStack() as stack:
        slow_readers(service, f"/snapshot?plot={plot}", 12, stack, f"ticket={ticket}")
        eventually(lambda: answers.open == 12)
        time.sleep(0.2)
        assert begun == [False]
    began = time.monotonic()
    eventually(lambda: answers.open == 0 and not places._guests)
    assert time.monotonic() - began < PATIENCE / 2
    assert begun == [False], "nobody is looked for when the turn comes"


ANSWERS: Final[dict[str, tuple[str, int]]] = {
    "stats": ("/stats", 12),
    "csv": ("/csv", 4),
    "snapshot": ("/snapshot", 2),
    "html": ("/html", 2),
}


@pytest.mark.parametrize("route", ANSWERS)
def test_long_answers_at_once(service: Service, plot: str, route: str) -> None:
    path, count = ANSWERS[route]
    get(service, path, plot="good")  # what it needs is imported once
    found: list[int] = []

    def ask() -> None:
        found.append(len(get(service, path, plot=plot)[2]))

    with good_viewer(service):
        threads = [threading.Thread(target=ask) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(6 * PATIENCE)
    assert len(found) == count
    assert min(found) > 10_000


def test_metrics_of_a_thousand_plots_and_the_library_that_writes_them(service: Service) -> None:
    names = {f"plot {number}" for number in range(900)}
    for name in names:
        own(service).bind(name)(1, 1)
    eventually(lambda: names <= stats(service)["plots"].keys())
    with good_viewer(service):
        # The first one imports what it needs.
        found = [get(service, "/metrics")[2] for _ in range(4)]
    assert min(each.count(b'zwsnb_plot_points_total{plot="plot ') for each in found) == 900


def test_names_that_come_one_by_one(service: Service) -> None:
    put: Callable[..., None] = own(service).bind("names")
    with good_viewer(service), contextlib.ExitStack() as stack:
        viewers = [stack.enter_context(page(service, plot="names")) for _ in range(4)]
        for viewer in viewers:
            viewer.look()
        for number in range(300):
            put(1, 1, series=f"n{number}")
            time.sleep(0.001)
        for viewer in viewers:
            viewer.until_x(1, series=299)
            lists = [said for said in viewer.said if said["type"] == "series"]
            assert len(lists[-1]["series"]) == 300
