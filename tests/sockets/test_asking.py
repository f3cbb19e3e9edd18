"""Whoever has taken the port of a service that has ended is told no token, and is not believed."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.request import HTTPSHandler

import pytest
from support.eventually import PATIENCE
from support.services import own, running

from zwsnb.producer.publisher import Publisher
from zwsnb.service.addresses.asking import direct
from zwsnb.service.connection_file import Info
from zwsnb.service.remote import Remote, Silent

ANSWERS = {
    "statistics": b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"delivered": 1}',
    "a proof of its own": b"HTTP/1.1 200 OK\r\nX-Zwsnb-Proof: xx\r\nContent-Length: 2\r\n\r\n{}",
    "an upgrade": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
    "nonsense": b"220 mail\r\n",
}


@pytest.fixture
def ended() -> Info:
    """A service that has ended."""
    with running() as service:
        own(service).bind("p")(1, 2)
        return service.info


def who_has_the_port_hears(info: Info, answer: bytes, asks: Callable[[Remote], object]) -> str:
    """Take the port of a service, let a process ask it, and return what it has heard."""
    heard: list[bytes] = []
    port = Remote(Publisher(), info)._address.base.rpartition(":")[2]
    with socket.create_server(("127.0.0.1", int(port))) as taken:

        def listen() -> None:
            peer, _ = taken.accept()
            with peer:
                heard.append(peer.recv(65536))
                with contextlib.suppress(ConnectionError):  # who asks may have heard enough
                    peer.sendall(answer)

        thread = threading.Thread(target=listen)
        thread.start()
        with pytest.raises((RuntimeError, OSError), match=r"another program|refuses|status 101"):
            asks(Remote(Publisher(), info))
        thread.join(PATIENCE)
    return heard[0].decode()


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize(
    "asks",
    [
        lambda remote: remote.stats(),
        lambda remote: remote.attach("p", print),
        lambda remote: remote.hear("producer", print),
    ],
    ids=["stats", "attach", "hear"],
)
def test_who_has_the_port_hears_no_token_and_is_not_believed(
    ended: Info, answer: bytes, asks: Callable[[Remote], object]
) -> None:
    heard = who_has_the_port_hears(ended, answer, asks)
    assert heard.startswith("GET /")
    assert "proof=" in heard
    assert ended["token"] not in heard


FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\n"
ENDLESS = {
    "a status": (b"HTTP/1.1 200", b"K"),
    "headers": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "more and more of them": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a refusal": (FORBIDDEN + b"\r\n", b"x"),
}


@pytest.mark.parametrize("pause", [0.05, 0.0], ids=["slowly", "without a pause"])
@pytest.mark.parametrize(("begin", "rest"), ENDLESS.values(), ids=ENDLESS)
def test_who_has_the_port_holds_nobody_who_asks_longer_than_he_waits(
    ended: Info, begin: bytes, rest: bytes, pause: float
) -> None:
    port = int(Remote(Publisher(), ended)._address.base.rpartition(":")[2])
    has_asked = threading.Event()
    with socket.create_server(("127.0.0.1", port)) as taken:

        def drip() -> None:
            peer, _ = taken.accept()
            with peer, contextlib.suppress(OSError):
                peer.sendall(begin)
                while not has_asked.wait(pause):
                    peer.sendall(rest)

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        with pytest.raises((OSError, RuntimeError)):
            Remote(Publisher(), ended)._get("/version", 0.5, plot="p")
        took = time.monotonic() - began
        has_asked.set()
        thread.join(PATIENCE)
    assert took < PATIENCE / 2


def test_a_service_whose_process_has_ended_is_not_looked_for_at_its_port(ended: Info) -> None:
    """Who has it may say nothing at all."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    remote = Remote(Publisher(), {**ended, "pid": process.pid})
    port = int(remote._address.base.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)) as taken:
        with pytest.raises(Silent, match=f"its process {process.pid} has ended"):
            remote.version("p")
        taken.settimeout(0.1)
        with pytest.raises(TimeoutError):
            taken.accept()


def error_at(ended: Info, answer: bytes, error: type[Exception]) -> str:
    """What the error says of who asks where that is the answer."""
    said = []

    def asks(remote: Remote) -> None:
        try:
            remote.version("p")
        except error as raised:
            said.append(str(raised))
            raise

    who_has_the_port_hears(ended, answer, asks)
    return said[0]


def test_a_refusal_of_who_has_the_port_is_one_sentence(ended: Info) -> None:
    """Without what a terminal takes for orders, and not as long as he likes."""
    answer = FORBIDDEN + b"\r\n\x1b[31m\rlocked" + bytes(1 << 20)
    said = error_at(ended, answer, PermissionError)
    assert "refuses this process:  [31m locked" in said
    assert "\x1b" not in said
    assert len(said) < 500


@pytest.mark.parametrize(
    "answer",
    [b"\x1b]0;a title\x07\r\n", b"HTTP/1.1 \x1b[2J\r\n\r\n", b"HTTP/9\x1b[2J 200 OK\r\n\r\n"],
    ids=["no head", "a status", "a version"],
)
def test_what_is_no_head_is_not_repeated(ended: Info, answer: bytes) -> None:
    """A terminal would take it for orders."""
    said = error_at(ended, answer, Silent)
    assert said.endswith("(another program has its port)")


def test_who_has_the_port_does_not_say_what_there_is(ended: Info) -> None:
    answer = b"HTTP/1.1 404 Not Found\r\n\r\n"
    who_has_the_port_hears(ended, answer, lambda remote: remote.version("p"))


def test_what_it_heard_opens_no_other_service(ended: Info) -> None:
    """One that has the same token again, at another port, as after a restart."""
    heard = who_has_the_port_hears(ended, ANSWERS["nonsense"], lambda remote: remote.stats())
    target = heard.split()[1]
    with running() as service:
        gate = service._hub.resident.app.gate
        gate.access = dataclasses.replace(gate.access, token=ended["token"])
        with socket.create_connection(("127.0.0.1", service.port)) as peer:
            peer.sendall(
                f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n\r\n".encode()
            )
            assert peer.recv(12) == b"HTTP/1.1 403"


def test_a_service_that_lives_is_believed() -> None:
    with running() as service:
        own(service).bind("p")(1, 2)
        remote = Remote(Publisher(), service.info)
        assert remote.points("p", "y").tolist() == [[1, 2]]
        assert json.dumps(remote.stats())


def test_no_certificates_are_read_for_a_service_of_this_machine() -> None:
    """Python 3.12 and later read them where a handler of HTTPS is made: a tenth of a second."""
    assert not any(isinstance(handler, HTTPSHandler) for handler in vars(direct)["handlers"])
