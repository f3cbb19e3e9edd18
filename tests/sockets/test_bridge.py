"""The WebSocket of a kernel, in place of its pages' own."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest
from support.comm_page import CommPage
from support.eventually import PATIENCE, eventually
from support.services import address, running
from websockets.utils import accept_key

from zwsnb.comm.bridge import Bridge
from zwsnb.comm.comm_socket import Ended, Message
from zwsnb.protocol.messages import ENDED, VERSION
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        Bridge(f"http://127.0.0.1:{port}/ws", print)


def test_a_service_that_refuses_says_so(service: Service) -> None:
    with pytest.raises(OSError, match="refuses this page"):
        Bridge(address(service, "/ws", token="wrong"), print)


def test_another_version_is_told_and_closed(service: Service) -> None:
    told: list[Message] = []
    Bridge(address(service, "/ws", plot="p", v=VERSION + 1, comm=1), told.append)
    eventually(lambda: told and isinstance(told[-1], Ended))


def test_a_message_after_the_end_is_lost_and_no_error() -> None:
    with running() as service:
        page = CommPage(Remote(service._publisher, service.info), "p")  # type: ignore[arg-type]
        page.until_told("hello")
    assert page.until_ended().code == ENDED
    page.look()
    page.close()


KEY = b"Sec-WebSocket-Key: "
BEGIN = b"HTTP/1.1 101 Switching Protocols\r\n"
UPGRADE = BEGIN + (
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n"
    b"X-Zwsnb-Proof: wrong\r\n\r\n"
)
BINARY = 0x82
MUCH = bytes(1 << 20)


def accepting(peer: socket.socket, answer: bytes) -> bytes:
    """Read a request, and return the answer with what it asks for."""
    key = peer.recv(1 << 16).partition(KEY)[2].partition(b"\r")[0]
    return answer.replace(b"ACCEPT", accept_key(key.decode()).encode())


class Stranger:
    """A program that has the port of a service: it says `begin`, and then `rest` for ever, whatever
    it hears. sent: bytes of that.
    """

    def __init__(self, taken: socket.socket, begin: bytes, rest: bytes) -> None:
        self.address = f"http://127.0.0.1:{taken.getsockname()[1]}/ws"
        self.sent = 0
        self._begin, self._rest = begin, rest
        self._thread = threading.Thread(target=self._run, args=(taken,))
        self._thread.start()

    def _run(self, taken: socket.socket) -> None:
        peer, _ = taken.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        with peer, contextlib.suppress(OSError):
            peer.settimeout(2 * PATIENCE)
            peer.sendall(accepting(peer, self._begin))
            until = time.monotonic() + 2 * PATIENCE
            while self._rest and time.monotonic() < until:
                self.sent += peer.send(self._rest)
            while time.monotonic() < until:  # its close frame is not answered
                if not peer.recv(1 << 16):
                    break

    def join(self) -> None:
        self._thread.join(3 * PATIENCE)


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken


STRANGERS = {
    "large frames": (UPGRADE, struct.pack("!BBQ", BINARY, 127, len(MUCH)) + MUCH),
    "a frame without an end": (UPGRADE + struct.pack("!BBQ", BINARY, 127, 1 << 62), MUCH),
    "small frames": (UPGRADE, b"\x81\x01x" * 10_000),
    "pings": (UPGRADE, b"\x89\x01x" * 10_000),
    "a head without an end": (BEGIN, b"X: " + bytes(1000)),
    "headers without an end": (BEGIN, b"X: x\r\n" * 100),
    "a refusal without an end": (b"HTTP/1.1 403 Forbidden\r\n\r\n", MUCH),
    "no goodbye": (UPGRADE, b""),
    "the way to another": (
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/ws\r\nContent-Length: 0\r\n\r\n",
        b"",
    ),
}


@pytest.mark.parametrize(("begin", "rest"), STRANGERS.values(), ids=STRANGERS)
def test_of_who_has_not_proved_itself_little_is_read_and_it_is_left_at_once(
    taken: socket.socket, begin: bytes, rest: bytes
) -> None:
    threads = set(threading.enumerate())
    stranger = Stranger(taken, begin, rest)
    began = time.monotonic()
    with pytest.raises(OSError, match="refuses this page"):
        Bridge(stranger.address, print, "right")
    assert time.monotonic() - began < PATIENCE / 2
    stranger.join()
    assert stranger.sent < 2 * len(MUCH), "what its system and ours hold"
    eventually(lambda: set(threading.enumerate()) <= threads, "no thread stays")


def test_who_says_little_and_nothing_more_is_waited_for_as_long_as_anybody(
    taken: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.comm.bridge.ANSWERS_WITHIN", 0.3)
    threads = set(threading.enumerate())
    stranger = Stranger(taken, BEGIN, b"")
    with pytest.raises(OSError, match="refuses this page"):
        Bridge(stranger.address, print, "right")
    stranger.join()
    eventually(lambda: set(threading.enumerate()) <= threads, "no thread stays")


def test_a_service_that_takes_nothing_holds_nobody_who_says_something(
    taken: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.comm.bridge.ANSWERS_WITHIN", 0.3)
    is_over, told = threading.Event(), list[Message]()

    def take_nothing() -> None:
        peer, _ = taken.accept()
        with peer:
            peer.sendall(accepting(peer, UPGRADE))
            is_over.wait(2 * PATIENCE)

    thread = threading.Thread(target=take_nothing)
    thread.start()
    bridge = Bridge(f"http://127.0.0.1:{taken.getsockname()[1]}/ws", told.append, "wrong")
    began = time.monotonic()
    for _ in range(300):  # more than a system holds for a peer
        bridge.receive("x" * 100_000)
    took = time.monotonic() - began
    is_over.set()
    thread.join()
    assert took < PATIENCE / 2
    assert told == [Ended(1006, "")], "the page opens another"


def test_half_of_a_character_is_no_error(service: Service, plot: str) -> None:
    page = CommPage(Remote(service._publisher, service.info), plot)  # type: ignore[arg-type]
    page.until_told("hello")
    assert page._attachment is not None
    page._attachment.receive('"\ud800"')
    page.say(type="clock", sent=3)
    page.until_told("clock", sent=3)
    page.close()
