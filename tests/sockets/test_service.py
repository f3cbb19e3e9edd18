"""The service: it starts or says why not, it is called from other threads, and it leaves nothing
behind.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import socket
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zmq
from support.eventually import eventually
from support.raw_websocket import TEXT, Peer, frame
from support.services import Page, get, own, page, running

from zwsnb.history.plots import History
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Mark, SetOptions
from zwsnb.protocol.derivation import Derive
from zwsnb.protocol.messages import VERSION
from zwsnb.relay.relay import Relay
from zwsnb.relay.schedule import MANY
from zwsnb.service import connection_file
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service

DESCRIPTORS = Path("/proc/self/fd")
ANYWHERE = "tcp://127.0.0.1:*"


def left() -> tuple[int, int]:
    """How many threads and descriptors there are."""
    gc.collect()
    return threading.active_count(), len(list(DESCRIPTORS.iterdir())) if DESCRIPTORS.exists() else 0


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """What a test starts has to be gone afterwards."""
    with running():
        pass  # what is made once a process is made now
    before = left()
    yield
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


# -- its end ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_left")
def test_a_stopped_service_leaves_nothing() -> None:
    for _ in range(5):
        with running(listen=[ANYWHERE], subscribe=["tcp://127.0.0.1:9"]) as service:
            own(service).bind("plot")(1, 1)
            assert get(service, "/")[0] == 200
    assert connection_file.running() == []
    with socket.create_server(("127.0.0.1", service.port)):
        pass


@pytest.mark.parametrize("viewers", [0, 2])
def test_a_stopped_service_frees_its_points(viewers: int) -> None:
    def life() -> weakref.ref[History]:
        with running() as service, contextlib.ExitStack() as pages:
            own(service).bind("plot")(np.arange(1000), np.zeros(1000))
            for _ in range(viewers):
                viewer = pages.enter_context(page(service)).look()
                viewer.until_x(999)
            own(service).send_command(Derive("plot", "mean", "mean(y, 10)"))
            service.snapshot("plot")
            assert get(service, "/csv", plot="plot")[0] == 200
            return weakref.ref(service.relay.history)

    history = life()
    gc.collect()
    assert history() is None


def test_a_service_that_was_stopped_says_so() -> None:
    with running() as service:
        pass
    assert not service.is_running
    service.stop()
    with pytest.raises(
        RuntimeError, match=r"this zwsnb service has stopped: zwsnb\.start\(\) starts another"
    ):
        service.stats()
    service.relay.wake()
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        own(service).bind("plot")(1, 1)


@pytest.mark.usefixtures("nothing_left")
def test_a_service_stops_while_pages_look_and_points_flow() -> None:
    with running() as service, page(service) as viewer:
        viewer.look()
        flowing = threading.Thread(target=flow, args=(own(service),))
        flowing.start()
        eventually(lambda: own(service).stats()["taken"] > 1000)
        service.stop()
        flowing.join(5)
        assert not flowing.is_alive()
        assert not service.is_running


def flow(publisher: Publisher) -> None:
    """Publish until the service has stopped."""
    publish = publisher.bind("plot")

    def publish_on() -> None:
        for i in range(10**9):
            publish(i, i)

    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        publish_on()


@pytest.mark.usefixtures("nothing_left")
def test_a_service_stops_although_pages_have_stopped_reading() -> None:
    with running() as service:
        sockets = [stalled(service) for _ in range(4)]
        own(service).bind("plot")(np.arange(400_000), np.random.default_rng(0).random(400_000))
        eventually(lambda: all(v["in_flight"] for v in service.stats()["plots"]["plot"]["viewers"]))
        service.stop()
        assert not service.is_running
        for each in sockets:
            each.close()


def stalled(service: Service) -> socket.socket:
    """A page that asks for very much, and reads nothing."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", service.port))
    raw.sendall(
        f"GET /ws?token={service.token}&v={VERSION} HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: c2l4dGVlbiBieXRlcyBvaw==\r\n\r\n".encode()
    )
    look = b'{"type": "view", "width": 16384, "mode": "all"}'
    raw.sendall(bytes([0x81, 0x80 | len(look), 0, 0, 0, 0]) + look)
    return raw


def test_what_was_published_before_the_stop_is_delivered() -> None:
    with running() as service:
        for i in range(1000):
            own(service).bind("plot")(i, i)
        history = service.relay.history
        service.stop()
    assert history.plots["plot"].count == 1000


# -- why it does not start -------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_left")
def test_a_port_that_is_taken_is_told_with_what_helps() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for _ in range(3):
            with pytest.raises(
                OSError,
                match=f"port {port} at 127.0.0.1 cannot be used .*: choose another, or 0 for a "
                "free one",
            ):
                Service.start(port=port)


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("option", ["listen", "ingress"])
def test_an_address_that_is_taken_is_told_with_what_helps(option: str) -> None:
    with zmq.Context() as context, context.socket(zmq.PULL) as taken:
        taken.bind(ANYWHERE)
        address = taken.getsockopt_string(zmq.LAST_ENDPOINT)
        value: Any = [address] if option == "listen" else address
        with pytest.raises(
            OSError,
            match=f"{address} is in use by another program: choose another port, or end that "
            "program",
        ):
            Service.start(**{option: value})


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("option", ["listen", "subscribe"])
@pytest.mark.parametrize("address", ["nonsense", "", "tcp://127.0.0.1", "http://127.0.0.1:1"])
def test_an_address_that_is_none_is_told_with_an_example(option: str, address: str) -> None:
    addresses: dict[str, Any] = {option: [address]}
    with pytest.raises(
        OSError,
        match=r"is no address that can be used \(.*\); one looks like tcp://127\.0\.0\.1:5000",
    ):
        Service.start(**addresses)


@pytest.mark.usefixtures("nothing_left")
def test_what_fails_in_the_thread_is_raised_by_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Relay, "start", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Service.start()


@pytest.mark.parametrize("memory", ["much", "1 TB", "-1 MB"])
def test_a_memory_that_is_none_is_told_so(memory: str) -> None:
    with pytest.raises(ValueError, match="is no size; write bytes as in"):
        Service.start(memory=memory)


def test_two_services_live_side_by_side() -> None:
    with running() as one, running() as other:
        own(one).bind("plot")(1, 1)
        own(other).bind("plot")([1, 2], [1, 2])
        assert one.stats()["points"] == 1
        assert other.stats()["points"] == 2
        assert get(one, "/stats", token=other.token)[0] == 403


# -- calls -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as found:
        yield found


def test_a_call_returns_and_raises_what_the_function_does(service: Service) -> None:
    assert service.call(lambda a, b: (a + b, threading.current_thread().name), 1, 2) == (
        3,
        "zwsnb-hub",
    )
    with pytest.raises(ZeroDivisionError):
        service.call(lambda: 1 / 0)


def test_a_call_from_the_hub_itself_does_not_wait_for_itself(service: Service) -> None:
    assert service.call(lambda: service.call(lambda: 5)) == 5


def test_many_threads_may_call_at_once(service: Service) -> None:
    results: list[int] = []
    threads = [
        threading.Thread(
            target=lambda i=i: results.extend(service.call(lambda: i) for _ in range(50))
        )
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted(i for i in range(8) for _ in range(50))


def test_points_that_were_just_published_are_there(service: Service) -> None:
    publish = own(service).bind("fresh")
    for i in range(100):
        publish(i, -i)
        assert service.points("fresh", "y")[-1].tolist() == [i, -i]


def test_what_is_not_there_is_told_with_what_there_is_and_not_made(service: Service) -> None:
    own(service).bind("some")(1, 1)
    with pytest.raises(KeyError, match="plot 'some' has no series 'none'; it has 'y'"):
        service.points("some", "none")
    sentence = r"plot 'none' has had no points; the plots are .*'some'"
    for read in (lambda: service.points("none", "y"), lambda: service.snapshot("none")):
        with pytest.raises(KeyError, match=sentence):
            read()
    assert "none" not in service.stats()["plots"]


def test_points_are_a_copy(service: Service) -> None:
    own(service).bind("copied")([1, 2], [3, 4])
    service.points("copied", "y")[:] = 0
    assert service.points("copied", "y").tolist() == [[1, 3], [2, 4]]


def test_a_picture_shows_what_was_just_published(service: Service) -> None:
    own(service).bind("drawn")([1, 2], [3, 4], series="curve")
    assert "curve" in service.snapshot("drawn")


def test_a_single_point_is_taken_without_waiting_for_a_turn(service: Service) -> None:
    taken = threading.Event()
    viewers = service._hub.resident.viewers
    service.call(lambda: setattr(viewers, "points_arrived", lambda *_: taken.set()))
    eventually(
        lambda: (
            not own(service)._buffers["fresh", "y", ""].is_awake
            if ("fresh", "y", "") in own(service)._buffers
            else True
        )
    )
    own(service).bind("single")(1, 1)
    assert taken.wait(0.2)


def test_a_hub_that_is_held_up_costs_publish_nothing_and_loses_nothing() -> None:
    with running() as service:
        publish, held, go = own(service).bind("plot"), threading.Event(), threading.Event()

        def hold() -> None:
            held.set()
            go.wait(10)

        holder = threading.Thread(target=service.call, args=(hold,))
        holder.start()
        held.wait(10)
        for i in range(200_000):
            publish(i, i)
        go.set()
        holder.join()
        assert service.stats()["points"] == 200_000
        assert service.stats()["counts"] == {}


# -- the pace of the interpreter -------------------------------------------------------------------


@pytest.fixture
def usual() -> Iterator[float]:
    """The switch interval that a user has chosen."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.004)
    yield sys.getswitchinterval()
    sys.setswitchinterval(before)


def test_the_pace_is_brisk_only_in_a_flood_at_which_somebody_looks(usual: float) -> None:
    with running(switch_interval=0.001) as service, page(service) as viewer:
        publish, n = own(service).bind("plot"), itertools.count()

        def flood() -> float:
            i = next(n) * 100_000
            publish(np.arange(i, i + 100_000), np.zeros(100_000))
            return sys.getswitchinterval()

        assert flood() == usual
        viewer.look()
        eventually(lambda: flood() == 0.001)
        eventually(lambda: sys.getswitchinterval() == usual)
        eventually(lambda: flood() == 0.001)
        viewer.look(paused=True)
        eventually(lambda: flood() == usual)
        viewer.look(paused=False)
        eventually(lambda: flood() == 0.001)
    assert sys.getswitchinterval() == usual


def test_the_pace_may_be_left_alone(usual: float) -> None:
    with running(switch_interval=None) as service, page(service) as viewer:
        viewer.look()
        own(service).bind("plot")(1, 1)
        viewer.until_x(1)
        assert sys.getswitchinterval() == usual


# -- what it takes of a busy process ---------------------------------------------------------------


def rests(viewer: Page, publish: Callable[..., None], patches: int) -> Iterator[float]:
    """Compute beside so many patches, and yield how long the page should rest after each."""
    viewer.look()
    for i in range(patches):
        publish(i, 0)
        viewer.until_x(i)
        yield viewer.rest
        end = time.monotonic() + 0.015
        while time.monotonic() < end:
            pass


def test_a_page_rests_while_this_process_computes() -> None:
    with running(share=1e-4) as service, page(service) as viewer:
        assert any(rest > 0.02 for rest in rests(viewer, own(service).bind("plot"), 400))


def test_nobody_rests_who_is_not_asked_to() -> None:
    with running(share=None) as service, page(service) as viewer:
        assert not any(rests(viewer, own(service).bind("plot"), 40))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_has_no_running_service(service: Service) -> None:
    service._hub._pid -= 1
    assert not service.is_running
    service._hub._pid += 1
    assert service.is_running


def test_a_version_changes_with_all_that_is_seen(service: Service) -> None:
    publisher = own(service)
    publisher.bind("versions")(1, 2)
    seen = []
    for command in (Mark("versions", 1, "mark"), SetOptions("versions", {"title": "t"}), None):
        publisher.flush()
        seen.append(service.version("versions"))
        if command is not None:
            publisher.send_command(command)
    assert len(set(seen)) == 3
    assert service.version("never seen") is None


def test_after_a_patch_of_many_series_only_a_page_rests_that_follows() -> None:
    with running(share=None) as service, page(service) as viewer:
        publish = [own(service).bind("plot", f"run {i}") for i in range(2 * MANY)]

        def publish_at(x: float) -> float:
            """Publish to all series, and return how long the page rests after the last patch."""
            for each in publish:
                each(x, 0)
            viewer.until_x(x, series=2 * MANY - 1)
            return viewer.rest

        for each in publish:
            each(0, 0)
        own(service).flush(9)
        viewer.look().until_x(0, series=2 * MANY - 1)
        assert viewer.rest == 0, "a page that opens is not delayed"
        assert any(publish_at(i) > 0 for i in range(1, 50))
        viewer.look(mode="range", **{"from": -1, "to": 1000})
        publish_at(100)  # of which the first patches are on their way already
        publish_at(101)
        assert [publish_at(102), publish_at(103)] == [0, 0]


# -- the end, and what is told of it ---------------------------------------------------------------


@pytest.mark.parametrize("buffer", [None, 4096])
def test_a_page_that_does_not_answer_does_not_hold_up_the_end(buffer: int | None) -> None:
    """Nor one that does not even read: a close frame is answered within 1 s, or never."""
    with running() as service, Peer(service.port, buffer=buffer) as page:
        own(service).bind("p")(np.arange(100_000), np.arange(100_000))
        host = f"127.0.0.1:{service.port}"
        page.request(f"/ws?token={service.token}&plot=p&v={VERSION}", Host=host)
        assert page.answer()[0] == 101
        for width in range(500, 700):
            page.send(frame(TEXT, b'{"type": "view", "width": %d, "mode": "all"}' % width))
        begin = time.monotonic()
        service.stop()
        assert time.monotonic() - begin < 0.5  # it takes a tenth of that


def test_a_token_stands_in_no_repr_and_in_no_error() -> None:
    with running() as service:
        remote = Remote(Publisher(), service.info)
        texts = [repr(each) for each in (service, remote, service.connection, remote.connection)]
        assert all(f":{service.port}>" in text for text in texts[:2])
        with pytest.raises(OSError, match="refused") as refused:
            Remote(Publisher(), {**service.info, "url": "http://127.0.0.1:1/?token=x"}).attach(
                "p", print
            )
        with pytest.raises(KeyError) as unknown:
            remote.snapshot("none")
        texts += ["".join(traceback.format_exception(each.value)) for each in (refused, unknown)]
        assert service.token not in "".join(texts)
