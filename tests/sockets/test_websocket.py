"""The WebSocket, from outside: raw sockets in the test's thread against servers in a hub's own
thread.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import logging
import os
import random
import select
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import gevent
import gevent.event
import pytest
from hypothesis import given, strategies as st

from zwsnb.server.error_log import ErrorLog
from zwsnb.server.http import Server
from zwsnb.server.inbox import Inbox
from zwsnb.server.websocket import Closed, Limits, WebSocket

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
KEY = base64.b64encode(b"sixteen bytes ok").decode()
PATIENCE = 5  # seconds that a state may take to come
DESCRIPTORS = Path("/proc/self/fd")
STATUS = Path("/proc/self/status")


# --- the servers ---


def echo(ws: WebSocket, _notes: list[Any]) -> None:
    while (message := ws.receive()) is not None:
        ws.send(message)


def stall(ws: WebSocket, notes: list[Any]) -> None:
    try:
        while True:
            ws.send(bytes(1 << 20))
    except Closed as error:
        notes.append((str(error), ws.closed))
        raise


def big(ws: WebSocket, notes: list[Any]) -> None:
    """A writer that is blocked for as long as the peer likes, beside the reader."""

    def write() -> None:
        for letter in b"abc":
            ws.send(bytes([letter]) * BIG)
        notes.append("written")

    writer = gevent.spawn(write)
    while (message := ws.receive()) is not None:
        notes.append(message)
    writer.join()


def leave(ws: WebSocket, notes: list[Any]) -> None:
    notes.append(ws.receive())
    ws.close(4000, "the service stops" + "·" * 100)
    notes.append(ws.receive())
    notes.append((ws.closed, ws.close_code, ws.close_reason))
    with pytest.raises(Closed):
        ws.send("too late")


def hear(ws: WebSocket, notes: list[Any]) -> None:
    while ws.receive() is not None:
        pass
    notes.append((ws.close_code, ws.close_reason))


def go(_ws: WebSocket, _notes: list[Any]) -> None:
    """Return at once: what the peer still sends is nobody's."""


def linger(ws: WebSocket, notes: list[Any]) -> None:
    """An application that takes its time after the end."""
    notes.append(ws.receive())
    with gevent.Timeout(PATIENCE):
        while notes[-1] != "seen":
            gevent.sleep(0.002)


def killed(ws: WebSocket, notes: list[Any]) -> None:
    """A greenlet that is killed in the middle of a frame."""
    writer = gevent.spawn(ws.send, b"a" * BIG)
    notes.append(ws.receive())
    writer.kill()
    notes.append(ws.receive())
    notes.append((ws.close_code, ws.close_reason))


def timed(ws: WebSocket, notes: list[Any]) -> None:
    """An application with a deadline of its own around `receive`."""
    with gevent.Timeout(0.05) as deadline:
        try:
            ws.receive()
        except gevent.Timeout as late:
            notes.append(late is deadline)
    echo(ws, notes)


def fail(_ws: WebSocket, _notes: list[Any]) -> None:
    raise RuntimeError("a fault in the application")


ROUTES = {
    function.__name__: function
    for function in (echo, stall, big, leave, hear, go, linger, killed, timed, fail)
}
BIG = 8 << 20  # bytes: more than the kernel's buffers of one connection hold
LIMITS = {
    "roomy": Limits(message=1 << 20),
    "usual": Limits(),
    "hasty": Limits(header=0.3, write=0.3, ping=0.15, pong=0.15, close=0.2, connections=8),
    "curt": Limits(write=0.05, ping=0.2, pong=PATIENCE, close=0.3),
}


class House(threading.Thread):
    """A hub in a thread, and in it a server of each kind. `notes[key]` is what the route of
    /route/key wrote.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.notes: defaultdict[str, list[Any]] = defaultdict(list)
        self.servers: dict[str, Server] = {}
        self._ready = threading.Event()
        self.start()
        assert self._ready.wait(PATIENCE)

    def run(self) -> None:
        hub = gevent.get_hub()
        hub.print_exception = ErrorLog().exception  # type: ignore[method-assign]  # as the service does
        self._loop, self._over = hub.loop, gevent.event.Event()
        for name, limits in LIMITS.items():
            server = Server(("127.0.0.1", 0), self.application, admit=self.admit, limits=limits)
            server.start()
            self.servers[name] = server
        self._ready.set()
        self._over.wait()
        for server in self.servers.values():
            server.stop(timeout=0)
        hub.destroy(destroy_loop=True)

    def stop(self) -> None:
        self._loop.run_callback_threadsafe(self._over.set)
        self.join(PATIENCE)
        assert not self.is_alive()

    def application(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        ws = environ.get("wsgi.websocket")
        if ws is None:
            if environ["PATH_INFO"] == "/fail":
                raise RuntimeError("a fault in the application")
            start_response("200 OK", [])
            return [b"page" if environ["PATH_INFO"] != "/large" else bytes(BIG)]
        route, _, key = environ["PATH_INFO"].strip("/").partition("/")
        ROUTES[route](ws, self.notes[key])
        return []

    def admit(self, environ: dict[str, Any]) -> str | None:
        """Stand in for zwsnb.access."""
        return "No, and this is why." if "secret" in environ["QUERY_STRING"] else None

    def port(self, kind: str) -> int:
        return int(self.servers[kind].server_port or 0)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    house = House()
    yield house
    house.stop()


@pytest.fixture(autouse=True)
def silence(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing is ever printed: it would appear in a notebook's cell."""
    yield
    assert capfd.readouterr() == ("", "")


# --- the peer ---


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, mask: bool = True
) -> bytes:
    size = len(payload)
    length, more = size, b""
    if size > 125:
        length, more = (
            (126, struct.pack("!H", size)) if size < 65536 else (127, struct.pack("!Q", size))
        )
    head = bytes([fin << 7 | rsv << 4 | opcode, mask << 7 | length]) + more
    # A mask of zeros is valid, and leaves the payload readable; one test uses another.
    return head + bytes(4 * mask) + payload


def closing(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason)


def octets(data: bytes, size: int = 1) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def until(state: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Wait for a state, with a deadline."""
    deadline = time.monotonic() + patience
    while not state():
        assert time.monotonic() < deadline, "the state did not come"
        time.sleep(0.002)


class Peer:
    """A socket that speaks bytes."""

    def __init__(self, port: int, *, buffer: int | None = None) -> None:
        self.sock = socket.socket()
        if buffer is not None:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self.sock.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.sock.close()

    def send(self, *pieces: bytes) -> None:
        """Send each piece by itself; a server that has closed before the last one is no error."""
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                self.sock.sendall(piece)

    def request(self, path: str = "/echo", **headers: str | None) -> None:
        """Ask for an upgrade, with headers replaced, or left out if None."""
        usual: dict[str, str | None] = {
            "Host": "127.0.0.1",
            "Upgrade": "websocket",
            "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": KEY,
        }
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in usual.items() if value is not None]
        self.send("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())

    def answer(self) -> tuple[int, str]:
        """The status and the headers of an answer."""
        status = self._file.readline()
        assert status.startswith(b"HTTP/1.1 ")
        head = "".join(iter(lambda: self._file.readline().decode(), "\r\n"))
        return int(status.split()[1]), head

    def body(self) -> str:
        with contextlib.suppress(ConnectionError):
            return self._file.read().decode()
        return ""

    def frame(self) -> tuple[int, bytes] | None:
        """The next frame as opcode and payload; None at the end. The server's frames are whole and
        plain.
        """
        try:
            head = self._file.read(2)
            if not head:
                return None
            length = head[1]
            if length >= 126:
                size, layout = (2, "!H") if length == 126 else (8, "!Q")
                (length,) = struct.unpack(layout, self._file.read(size))
            payload = self._file.read(length)
        except ConnectionError:
            return None
        assert head[0] & 0xF0 == 0x80
        assert len(payload) == length
        return head[0] & 0x0F, payload

    def frames(self) -> list[tuple[int, bytes]]:
        return list(iter(self.frame, None))

    def ask(self, message: bytes) -> None:
        """Send a text, and get its echo."""
        self.send(frame(TEXT, message))
        assert self.frame() == (TEXT, message)

    def is_gone(self) -> bool:
        """Whether the server has ended the connection."""
        try:
            return (
                bool(select.select([self.sock], [], [], 0)[0])
                and self.sock.recv(1, socket.MSG_PEEK) == b""
            )
        except ConnectionError:
            return True


@contextlib.contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a connection: for a WebSocket, and for its peer."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        yield ours, theirs


def connect(port: int, path: str = "/echo", *, buffer: int | None = None) -> Peer:
    peer = Peer(port, buffer=buffer)
    peer.request(path)
    assert peer.answer()[0] == 101
    return peer


# --- conformance: the cases of the Autobahn test suite, groups 1 to 7 ---

Case = tuple[str, list[bytes], list[Any]]
FAILED, GARBLED, NORMAL = ("close", 1002), ("close", 1007), ("close", 1000)


def framing() -> Iterator[Case]:
    for group, opcode, letter in ((1, TEXT, b"*"), (2, BINARY, b"\xfe")):
        for number, size in enumerate([0, 125, 126, 127, 128, 65535, 65536], 1):
            yield f"1.{group}.{number}", [frame(opcode, letter * size)], [(opcode, letter * size)]
        yield f"1.{group}.8", octets(frame(opcode, letter * 65536), 997), [(opcode, letter * 65536)]


def pings() -> Iterator[Case]:
    hello, odd, full = b"Hello, world!", b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff", b"\xfe" * 125
    ten = [b"payload-%d" % i for i in range(10)]
    yield "2.1", [frame(PING)], [(PONG, b"")]
    yield "2.2", [frame(PING, hello)], [(PONG, hello)]
    yield "2.3", [frame(PING, odd)], [(PONG, odd)]
    yield "2.4", [frame(PING, full)], [(PONG, full)]
    yield "2.5", [frame(PING, full + b"\xfe")], [FAILED]
    yield "2.6", octets(frame(PING, full)), [(PONG, full)]
    yield "2.7", [frame(PONG)], []
    yield "2.8", [frame(PONG, b"unsolicited")], []
    yield "2.9", [frame(PONG, b"unsolicited"), frame(PING, b"ping")], [(PONG, b"ping")]
    yield "2.10", [frame(PING, payload) for payload in ten], [(PONG, payload) for payload in ten]
    yield (
        "2.11",
        octets(b"".join(frame(PING, p) for p in ten)),
        [(PONG, payload) for payload in ten],
    )


def reserved_bits() -> Iterator[Case]:
    hello, ping = (TEXT, b"Hello, world!"), frame(PING)
    good, bad = frame(*hello), [frame(*hello, rsv=rsv) for rsv in range(8)]
    yield "3.1", [bad[1]], [FAILED]
    yield "3.2", [good + bad[2] + ping], [hello, FAILED]
    yield "3.3", [good, bad[3], ping], [hello, FAILED]
    yield "3.4", octets(good + bad[4] + ping), [hello, FAILED]
    yield "3.5", [frame(BINARY, b"\x00\xff", rsv=5)], [FAILED]
    yield "3.6", [frame(PING, b"Hello", rsv=6)], [FAILED]
    yield "3.7", [frame(CLOSE, rsv=7)], [FAILED]


def opcodes() -> Iterator[Case]:
    hello, ping = (TEXT, b"Hello, world!"), frame(PING)
    for group, first in ((1, 3), (2, 11)):
        bad = [frame(first + i, b"reserved" if i % 2 else b"") for i in range(5)]
        yield f"4.{group}.1", [bad[0]], [FAILED]
        yield f"4.{group}.2", [bad[1]], [FAILED]
        yield f"4.{group}.3", [frame(*hello) + bad[2] + ping], [hello, FAILED]
        yield f"4.{group}.4", [frame(*hello), bad[3], ping], [hello, FAILED]
        yield f"4.{group}.5", octets(frame(*hello) + bad[4] + ping), [hello, FAILED]


def part(opcode: int, payload: bytes) -> bytes:
    return frame(opcode, payload, fin=False)


def three_ways(first: int, group: int, pieces: list[bytes], expected: list[Any]) -> Iterator[Case]:
    """The same bytes in one piece, frame by frame, byte by byte."""
    ways = [b"".join(pieces)], pieces, octets(b"".join(pieces))
    for number, way in enumerate(ways, first):
        yield f"{group}.{number}", way, expected


def fragmentation() -> Iterator[Case]:
    whole, (one, two) = (
        (TEXT, b"fragment1fragment2"),
        (part(TEXT, b"fragment1"), frame(CONT, b"fragment2")),
    )
    ping, pong = frame(PING, b"ping"), (PONG, b"ping")
    stray = [frame(CONT, b"stray"), frame(TEXT, b"text")]
    loose = [part(CONT, b"stray"), frame(TEXT, b"text")]
    yield "5.1", [part(PING, b"fragment1"), two], [FAILED]
    yield "5.2", [part(PONG, b"fragment1"), two], [FAILED]
    yield from three_ways(3, 5, [one, two], [whole])
    yield from three_ways(6, 5, [one, ping, two], [pong, whole])
    yield from three_ways(9, 5, stray, [FAILED])
    yield from three_ways(12, 5, loose, [FAILED])
    yield "5.15", [one + two + b"".join(loose)], [whole, FAILED]
    yield "5.16", [loose[0], one, two] * 2, [FAILED]
    yield "5.17", [stray[0], one, two] * 2, [FAILED]
    yield "5.18", [one, frame(TEXT, b"fragment2")], [FAILED]
    five = [part(TEXT, b"1"), part(CONT, b"2"), frame(PING, b"a"), part(CONT, b"3")]
    five += [part(CONT, b"4"), frame(PING, b"b"), frame(CONT, b"5")]
    yield "5.19", [b"".join(five)], [(PONG, b"a"), (PONG, b"b"), (TEXT, b"12345")]
    yield "5.20", five, [(PONG, b"a"), (PONG, b"b"), (TEXT, b"12345")]


# Whole messages by section, in hex.
VALID = {
    "6.1": " ",
    "6.2": "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",
    "6.5": "68c3a96c6c6f cebae1bdb9cf83cebcceb5",
    "6.6": "ceba cebae1bdb9 cebae1bdb9cf83 cebae1bdb9cf83cebc cebae1bdb9cf83cebcceb5",
    "6.7": "00 c280 e0a080 f0908080",
    "6.9": "7f dfbf efbfbf f48fbfbf",
    "6.11": "ed9fbf ee8080 efbfbd f48fbfbf",
    "6.22": "efbfbe efbfbf f09fbfbe f09fbfbf f0afbfbe f0bfbfbf f18fbfbe f29fbfbf f3bfbfbe f3bfbfbf f48fbfbe f48fbfbf",
    "6.23": "efbfb0 efbfb9 efbfba efbfbb efbfbc efbfbd",
}
INVALID = {
    "6.3": "cebae1bdb9cf83cebcceb5eda080656469746564",
    "6.6": "ce cebae1 cebae1bd cebae1bdb9cf cebae1bdb9cf83ce cebae1bdb9cf83cebcce",
    "6.8": "f888808080 fc8480808080",
    "6.10": "f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf",
    "6.11": "f4908080",
    "6.12": "80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf 808182838485868788898a8b8c8d8e8f909192939495969798",
    "6.13": "c020c120c220df20 e020e120ef20 f020f120f720 f820f920fb20 fc20fd20",
    "6.14": "c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf",
    "6.15": "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf",
    "6.16": "fe ff fefeffff",
    "6.17": "c0af e080af f08080af f8808080af fc80808080af",
    "6.18": "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf",
    "6.19": "c080 e08080 f0808080 f880808080 fc8080808080",
    "6.20": "eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf",
    "6.21": "eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf",
}


def fragments(payload: bytes, *cuts: int) -> list[bytes]:
    """A text message in fragments, cut at the given places."""
    bounds = [0, *cuts, len(payload)]
    parts = [payload[a:b] for a, b in itertools.pairwise(bounds)]
    codes = [TEXT] + [CONT] * (len(parts) - 1)
    return [
        frame(code, p, fin=i == len(parts))
        for i, (code, p) in enumerate(zip(codes, parts, strict=True), 1)
    ]


def utf8() -> Iterator[Case]:
    for table, good in ((VALID, True), (INVALID, False)):
        for section, row in table.items():
            for number, word in enumerate(row.split(" "), 1):
                text = bytes.fromhex(word)
                yield (
                    f"{section}.{number}{'' if good else 'x'}",
                    [frame(TEXT, text)],
                    [(TEXT, text) if good else GARBLED],
                )
    hello = bytes.fromhex(VALID["6.2"])
    kosme = bytes.fromhex("cebae1bdb9cf83cebcceb5")
    yield "6.1.2", fragments(b"", 0, 0), [(TEXT, b"")]
    yield "6.1.3", fragments(b"middle frame payload", 0, 20), [(TEXT, b"middle frame payload")]
    yield "6.2.2", fragments(hello, 10), [(TEXT, hello)]
    yield "6.2.3", fragments(hello, *range(1, len(hello))), [(TEXT, hello)]
    yield "6.2.4", fragments(kosme, *range(1, len(kosme))), [(TEXT, kosme)]
    bad = bytes.fromhex(INVALID["6.3"])
    yield "6.3.2", fragments(bad, *range(1, len(bad))), [GARBLED]
    # Fail fast: the last fragment, which would make the message whole, is not sent.
    yield "6.4.1", fragments(kosme + b"\xf4\x90\x80\x80edited", 11, 15)[:2], [GARBLED]
    yield "6.4.2", fragments(kosme + b"\xf4\x90\x80\x80edited", 12, 13)[:2], [GARBLED]
    yield "6.4.3", [frame(TEXT, kosme + b"\xf4\x90\x80\x80edited")], [GARBLED]
    yield "6.4.4", octets(frame(TEXT, kosme + b"\xf4\x90\x80\x80edited")), [GARBLED]


def closes() -> Iterator[Case]:
    hello, bye, ping = (TEXT, b"Hello, world!"), closing(1000), frame(PING)
    much = (TEXT, b"BAsd7&jh23" * 26214)
    yield "7.1.1", [frame(*hello) + bye], [hello, NORMAL]
    yield "7.1.2", [bye, bye], [NORMAL]
    yield "7.1.3", [bye, ping], [NORMAL]
    yield "7.1.4", [bye, frame(*hello)], [NORMAL]
    yield "7.1.5", [part(TEXT, b"fragment1") + bye + frame(CONT, b"fragment2")], [NORMAL]
    yield "7.1.6", [frame(*much) + bye + ping], [much, NORMAL]
    yield "7.3.1", [frame(CLOSE)], [("close", None)]
    yield "7.3.2", [frame(CLOSE, b"a")], [FAILED]
    yield "7.3.3", [bye], [NORMAL]
    yield "7.3.4", [closing(1000, b"Hello, world!")], [NORMAL]
    yield "7.3.5", [closing(1000, b"*" * 123)], [NORMAL]
    yield "7.3.6", [closing(1000, b"*" * 124)], [FAILED]
    yield "7.5.1", [closing(1000, b"\xce\xba\xed\xa0\x80edited")], [GARBLED]
    good = 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999
    for number, code in enumerate(good, 1):
        yield f"7.7.{number}", [closing(code)], [("close", code)]
    for number, code in enumerate((0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999), 1):
        yield f"7.9.{number}", [closing(code)], [FAILED]
    for number, code in enumerate((5000, 65535), 1):
        yield f"7.13.{number}", [closing(code)], [FAILED]


GROUPS = framing, pings, reserved_bits, opcodes, fragmentation, utf8, closes
CASES = [pytest.param(*case[1:], id=case[0]) for group in GROUPS for case in group()]


def code_of(answer: tuple[int, bytes]) -> tuple[int | str, Any]:
    """A close frame as its code; any other frame as it is."""
    opcode, payload = answer
    if opcode != CLOSE:
        return answer
    return "close", struct.unpack("!H", payload[:2])[0] if payload else None


@pytest.mark.parametrize(("pieces", "expected"), CASES)
def test_conformance(house: House, pieces: list[bytes], expected: list[Any]) -> None:
    ends = bool(expected) and expected[-1][0] == "close"
    with connect(house.port("roomy")) as peer:
        peer.send(*pieces)
        if not ends:
            peer.send(closing(1000))
        assert [code_of(answer) for answer in peer.frames()] == (
            expected if ends else [*expected, NORMAL]
        )


def test_a_mask_is_taken_off(house: House) -> None:
    with connect(house.port("usual")) as peer:
        masked = bytes(byte ^ b"\x01\x02\x03\x04"[i % 4] for i, byte in enumerate(b"Hello"))
        peer.send(b"\x81\x85\x01\x02\x03\x04" + masked)
        assert peer.frame() == (TEXT, b"Hello")


@given(st.lists(st.text() | st.binary(), max_size=5), st.randoms(use_true_random=False))
def test_however_the_bytes_are_cut_the_messages_are_the_same(
    messages: list[str | bytes], rng: random.Random
) -> None:
    sent = b"".join(
        frame(TEXT, message.encode()) if isinstance(message, str) else frame(BINARY, message)
        for message in messages
    )
    inbox = Inbox(1 << 16)
    while sent:
        size = rng.randint(1, len(sent))
        inbox.receive_data(sent[:size])
        sent = sent[size:]
    assert list(inbox.messages) == messages


# --- the upgrade ---


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({"Sec_WebSocket_Version": "12"}, 426, "version 13"),
        ({"Sec_WebSocket_Version": "8"}, 426, "version 13"),
        ({"Sec_WebSocket_Version": "7"}, 426, "version 13"),
        ({"Sec_WebSocket_Version": "13, 8"}, 426, "version 13"),
        ({"Sec_WebSocket_Version": None}, 426, "version 13"),
        ({"Sec_WebSocket_Key": None}, 400, "16 bytes in base64"),
        ({"Sec_WebSocket_Key": ""}, 400, "16 bytes in base64"),
        ({"Sec_WebSocket_Key": KEY[:-1]}, 400, "16 bytes in base64"),
        ({"Sec_WebSocket_Key": "!" + KEY}, 400, "16 bytes in base64"),
        ({"Sec_WebSocket_Key": "é" * 24}, 400, "16 bytes in base64"),
        ({"Sec_WebSocket_Key": base64.b64encode(bytes(17)).decode()}, 400, "16 bytes in base64"),
        ({"Connection": "close"}, 400, "Connection: Upgrade"),
        ({"Connection": "not-an-upgrade"}, 400, "Connection: Upgrade"),
        ({"Connection": None}, 400, "Connection: Upgrade"),
    ],
)
def test_a_faulty_upgrade_is_refused_with_a_sentence(
    house: House, headers: dict[str, Any], status: int, words: str
) -> None:
    with Peer(house.port("usual")) as peer:
        peer.request(**headers)
        assert peer.answer()[0] == status
        assert words in peer.body()


def test_the_answer_to_an_upgrade_is_the_standard_s(house: House) -> None:
    with Peer(house.port("usual")) as peer:
        peer.request(
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
            Sec_WebSocket_Extensions="permessage-deflate",
        )
        status, head = peer.answer()
        assert status == 101
        assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
        assert "Extensions" not in head


def test_frames_right_behind_the_request_are_not_lost(house: House) -> None:
    with Peer(house.port("usual")) as peer:
        request = f"Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}"
        peer.send(f"GET /echo HTTP/1.1\r\n{request}\r\n\r\n".encode() + frame(TEXT, b"early"))
        assert peer.answer()[0] == 101
        assert peer.frame() == (TEXT, b"early")


@pytest.mark.parametrize("upgrade", ["websocket", None])
def test_who_is_not_admitted_gets_a_sentence_and_no_frame(
    house: House, upgrade: str | None
) -> None:
    before = house.servers["usual"].counts["forbidden"]
    with Peer(house.port("usual")) as peer:
        peer.request("/echo?secret", Upgrade=upgrade)
        peer.send(frame(TEXT, b"let me in"))
        assert peer.answer()[0] == 403
        assert peer.body() == "No, and this is why."
    assert house.servers["usual"].counts["forbidden"] == before + 1


def test_without_an_upgrade_it_is_a_page_and_one_request_a_connection(house: House) -> None:
    with Peer(house.port("usual")) as peer:
        peer.request(Upgrade=None)
        status, head = peer.answer()
        assert (status, peer.body()) == (200, "page")
        assert "Connection: close" in head


@pytest.mark.parametrize("kind", ["usual", "hasty"])
def test_a_page_that_is_not_read_to_its_end_is_no_error(
    house: House, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    server = house.servers[kind]
    until(lambda: not server._connections)
    server.error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), Peer(house.port(kind), buffer=65536) as peer:
        peer.request("/large", Upgrade=None)
        begin_to_read(peer)
        if kind == "usual":  # this one goes away, the other one stays and is dropped
            peer.sock.shutdown(socket.SHUT_RDWR)
            peer.__exit__()
        until(lambda: not server._connections)
    assert not caplog.records


@pytest.mark.parametrize("fault", [RuntimeError("a fault in pywsgi"), ConnectionResetError()])
def test_a_fault_outside_of_the_application_is_not_printed(
    house: House,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    server = house.servers["usual"]
    server.error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's

    def get_environ() -> None:
        raise fault

    monkeypatch.setattr(server, "get_environ", get_environ)
    with caplog.at_level(logging.DEBUG), Peer(house.port("usual")) as peer:
        peer.request()
        assert peer.body() == ""
        until(lambda: not server._connections)
    assert ["a fault in pywsgi" in record.message for record in caplog.records] == [
        True
    ] * isinstance(fault, RuntimeError)


def test_an_application_may_set_a_deadline_around_receive(house: House) -> None:
    with connect(house.port("usual"), "/timed/out") as peer:
        until(lambda: house.notes["out"])
        peer.ask(b"nothing is lost")
    assert house.notes["out"] == [True]


def test_a_page_that_fails_is_a_500_and_one_line_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.servers["usual"].error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), Peer(house.port("usual")) as peer:
        peer.request("/fail", Upgrade=None)
        assert peer.answer()[0] == 500
        assert peer.body() == "Internal Server Error"
    (record,) = caplog.records
    assert "RuntimeError: a fault in the application at " in record.message


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
        b"GET /echo HTTP/1.0\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100) + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % i for i in range(200)) + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_plain_request_gets_a_400(house: House, request_: bytes) -> None:
    with Peer(house.port("usual")) as peer:
        peer.send(request_)
        assert peer.answer()[0] == 400


# --- limits ---


@pytest.mark.parametrize("size", [65537, 2**31, 2**63 - 1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING])
def test_a_frame_that_claims_too_much_costs_the_connection_and_no_memory(
    house: House, opcode: int, size: int
) -> None:
    with connect(house.port("usual")) as peer:
        peer.ask(b"warm")
        before, start = address_space(), time.perf_counter()
        peer.send(bytes([0x80 | opcode, 0xFF]) + struct.pack("!Q", size) + bytes(4))
        assert [code_of(answer) for answer in peer.frames()] == [("close", 1009)]
        assert time.perf_counter() - start < 0.1
        assert address_space() - before < 2 << 20


def address_space() -> int:
    """The bytes of this process's address space, or 0 where the system does not tell."""
    if not STATUS.exists():
        return 0
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmSize"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([frame(TEXT, b"x" * 65536)], (TEXT, b"x" * 65536)),
        ([frame(TEXT, b"x" * 65537)], ("close", 1009)),
        ([part(TEXT, b"x" * 40000), frame(CONT, b"x" * 25536)], (TEXT, b"x" * 65536)),
        ([part(TEXT, b"x" * 40000), frame(CONT, b"x" * 25537)], ("close", 1009)),
        ([part(TEXT, b"")] + [part(CONT, b"")] * 1000 + [frame(CONT, b"x")], (TEXT, b"x")),
        ([frame(TEXT, b"x", mask=False)], FAILED),
        ([frame(PING, mask=False)], FAILED),
    ],
)
def test_messages_have_a_size_and_frames_a_mask(
    house: House, pieces: list[bytes], expected: Any
) -> None:
    with connect(house.port("usual")) as peer:
        peer.send(*pieces)
        answer = peer.frame()
        assert answer is not None
        assert code_of(answer) == expected


def test_empty_fragments_are_not_kept() -> None:
    inbox = Inbox(1 << 16)
    inbox.receive_data(part(TEXT, b"x") + part(CONT, b"") * 1000)
    assert len(inbox._begun.parts) < 3


def test_a_header_that_drips_is_dropped_while_others_come_in(house: House) -> None:
    server = house.servers["hasty"]
    before = server.counts["slow header"]
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(Peer(house.port("hasty"))) for _ in range(6)]
        for byte in octets(b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 1000):
            for peer in slow:
                peer.send(byte)
            with connect(house.port("hasty")) as viewer:
                viewer.ask(b"quick")
            if all(peer.is_gone() for peer in slow):
                break
    assert 0.25 < time.monotonic() - start < 1
    until(lambda: server.counts["slow header"] == before + 6)


def test_a_connection_that_says_nothing_is_dropped(house: House) -> None:
    with Peer(house.port("hasty")) as peer:
        until(peer.is_gone, 1)


def test_too_many_connections_are_told_so_at_once(house: House) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(connect(house.port("hasty"), "/hear"))
        with Peer(house.port("hasty")) as peer:
            assert peer.answer()[0] == 503
    until(lambda: not house.servers["hasty"].sockets)
    with connect(house.port("hasty")) as peer:
        peer.ask(b"room again")


def test_a_peer_that_does_not_answer_a_ping_is_dropped(house: House) -> None:
    start = time.monotonic()
    with connect(house.port("hasty"), "/hear/half-open") as peer:
        assert peer.frames() == [(PING, b"")]
        assert 0.25 < time.monotonic() - start < 1
    until(lambda: house.notes["half-open"])
    assert house.notes["half-open"] == [(1006, "the peer was silent for 0.3 s")]


def test_the_deadline_of_a_write_is_none_for_a_read(house: House) -> None:
    with connect(house.port("curt")) as peer:
        assert peer.frame() == (PING, b"")  # after 0.2 s, when a write has 0.05
        peer.ask(b"still here")


def test_a_peer_that_answers_pings_stays(house: House) -> None:
    with connect(house.port("hasty")) as peer:
        for _ in range(4):  # 0.6 s, twice what a silent one is given
            assert peer.frame() == (PING, b"")
            peer.send(frame(PONG))
        peer.ask(b"still here")


def test_a_peer_that_reads_nothing_is_dropped_and_delays_nobody(house: House) -> None:
    with (
        connect(house.port("hasty"), "/stall/reader", buffer=4096) as peer,
        connect(house.port("hasty")) as viewer,
    ):
        start = time.monotonic()
        while not house.notes["reader"]:
            viewer.ask(b"%f" % time.monotonic())
            assert time.monotonic() - start < PATIENCE
        until(lambda: len(house.servers["hasty"].sockets) == 1)
        with pytest.raises(ConnectionResetError):  # and nothing is kept for it in the kernel
            peer._file.read()
    assert house.notes["reader"] == [("the peer took nothing for 0.3 s", True)]


# --- one writer ---


def test_a_pong_waits_for_the_message_that_is_being_written(house: House) -> None:
    with connect(house.port("usual"), "/big/pong", buffer=65536) as peer:
        begin_to_read(peer)
        peer.send(frame(PING, b"now"), frame(TEXT, b"mark"))
        until(
            lambda: house.notes["pong"] == ["mark"]
        )  # so the ping was read, and the message is not yet written
        assert letters(peer, 4) == [
            (BINARY, b"a", BIG),
            (PONG, b"now"),
            (BINARY, b"b", BIG),
            (BINARY, b"c", BIG),
        ]


def test_a_flood_of_pings_takes_little_memory_and_the_newest_is_answered(house: House) -> None:
    with connect(house.port("usual"), "/big/flood", buffer=65536) as peer:
        begin_to_read(peer)
        (ws,) = house.servers["usual"].sockets
        peer.send(b"".join(frame(PING, b"%0125d" % i) for i in range(2000)), frame(TEXT, b"mark"))
        until(lambda: house.notes["flood"] == ["mark"])
        assert len(ws._control) < 24_000
        answers = letters(peer, 4)
        while answers[-1][0] == PONG or answers[-1][1] != b"c":
            answers += letters(peer, 1)
    assert [answer for answer in answers if answer[0] == BINARY] == [
        (BINARY, letter, BIG) for letter in (b"a", b"b", b"c")
    ]
    assert [answer for answer in answers if answer[0] == PONG][-1] == (PONG, b"%0125d" % 1999)


def begin_to_read(peer: Peer) -> None:
    """Wait until the server's first message is on its way: it does not fit, so its writer is
    blocked then.
    """
    assert select.select([peer.sock], [], [], PATIENCE)[0]


def letters(peer: Peer, count: int) -> list[tuple[Any, ...]]:
    """The next frames, long ones as their one letter and their size."""
    answers: list[tuple[Any, ...]] = []
    for _ in range(count):
        answer = peer.frame()
        assert answer is not None
        opcode, payload = answer
        if opcode == BINARY:
            assert payload == payload[:1] * len(payload)
            answers.append((opcode, payload[:1], len(payload)))
        else:
            answers.append(answer)
    return answers


def test_a_close_behind_a_blocked_write_resets_and_cuts_no_frame_open(house: House) -> None:
    with connect(house.port("hasty"), "/big/cut", buffer=4096) as peer:
        begin_to_read(peer)
        (ws,) = house.servers["hasty"].sockets
        house._loop.run_callback_threadsafe(gevent.spawn, ws.close, 4000, "over")
        until(lambda: not house.servers["hasty"].sockets)
        received = peer._file.read1(BIG)
        assert received.startswith(b"\x82\x7f" + struct.pack("!Q", BIG) + b"a")
        assert set(received[10:]) == set(b"a")


def test_nothing_is_written_behind_a_close_frame(house: House) -> None:
    with connect(house.port("usual"), "/big/last", buffer=65536) as peer:
        begin_to_read(peer)
        (ws,) = house.servers["usual"].sockets
        house._loop.run_callback_threadsafe(gevent.spawn, ws.close, 4000, "over")
        until(lambda: ws.closed)
        assert letters(peer, 2) == [(BINARY, b"a", BIG), (CLOSE, struct.pack("!H", 4000) + b"over")]
        peer.send(closing(4000))
        assert peer.frames() == []
    until(lambda: not house.servers["usual"].sockets)
    assert house.notes["last"] == []


def test_a_reader_that_always_finds_something_lets_the_others_run() -> None:
    pongs = frame(PONG) * 10_000  # which nobody answers
    turns = 0

    def other() -> None:
        nonlocal turns
        while not reader.dead:
            turns += 1
            gevent.sleep(
                1e-6
            )  # a timer: it is the loop that has to come round, not only its callbacks

    with pair() as (ours, theirs):
        theirs.sendall(pongs)
        theirs.shutdown(socket.SHUT_WR)
        reader = gevent.spawn(WebSocket(ours, b"", Limits()).receive)
        gevent.joinall([reader, gevent.spawn(other)], timeout=10)
        assert reader.dead
    assert turns > 10


def test_what_comes_with_the_request_is_read_first() -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, frame(TEXT, b"early") + b"\x81", Limits())
        theirs.sendall(frame(TEXT, b"late")[1:])
        assert [ws.receive(), ws.receive()] == ["early", "late"]


def test_a_wakeup_for_nothing_is_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, b"", Limits())
        calls = 0

        def wait() -> None:
            nonlocal calls
            calls += 1
            if calls == 3:
                theirs.sendall(frame(TEXT, b"x"))

        monkeypatch.setattr(ws, "_wait_readable", wait)
        assert (ws.receive(), calls) == ("x", 3)


def test_nobody_watches_a_connection_whose_handler_has_gone() -> None:
    with pair() as (ours, _theirs):
        ws = WebSocket(ours, b"", Limits(ping=0.05, pong=0.05))
        reader = gevent.spawn(ws.receive)
        gevent.sleep(0.01)
        reader.kill()
        ours.close()
        assert gevent.wait([ws._keepalive], timeout=PATIENCE) == [ws._keepalive]


@pytest.mark.parametrize(
    "message", [bytearray(b"\1\2"), memoryview(b"\1\2"), memoryview(b"\1\0\2\0").cast("H")]
)
def test_whatever_holds_bytes_can_be_sent(message: bytearray | memoryview) -> None:
    with pair() as (ours, theirs):
        WebSocket(ours, b"", Limits()).send(message)
        whole = bytes(message)
        assert theirs.recv(99) == bytes([0x82, len(whole)]) + whole


# --- the end ---


def test_the_server_closes_with_a_code_and_a_reason(house: House) -> None:
    with connect(house.port("usual"), "/leave/told") as peer:
        peer.send(frame(TEXT, b"x"))
        opcode, payload = peer.frame() or (None, b"")
        assert (opcode, payload[:2]) == (CLOSE, struct.pack("!H", 4000))
        assert payload[2:].decode().startswith("the service stops·")
        assert len(payload) <= 125
        peer.send(closing(4000, b"bye"))
        assert peer.frames() == []
    until(lambda: len(house.notes["told"]) == 3)
    assert house.notes["told"] == ["x", None, (True, 4000, "bye")]


def test_a_peer_that_does_not_answer_a_close_is_dropped(house: House) -> None:
    start = time.monotonic()
    with connect(house.port("curt"), "/leave/deaf") as peer:
        peer.send(frame(TEXT, b"x"))
        assert code_of(peer.frame() or (0, b"")) == ("close", 4000)
        assert peer.frames() == []
        assert time.monotonic() - start < 1
    until(lambda: len(house.notes["deaf"]) == 3)
    assert house.notes["deaf"][2][:2] == (True, 4000)


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (closing(1001, b"away"), (1001, "away")),
        (frame(CLOSE), (1005, "")),
        (frame(3), (1002, "invalid opcode")),
        (b"", (1006, "")),
        (b"\x81", (1006, "")),
    ],
)
def test_the_application_sees_how_it_ended(
    house: House, last: bytes, seen: tuple[int, str]
) -> None:
    key = last.hex() or "nothing"
    with connect(house.port("usual"), f"/hear/{key}") as peer:
        peer.send(last)
        peer.sock.shutdown(socket.SHUT_WR)
        peer.frames()
    until(lambda: house.notes[key])
    assert house.notes[key] == [seen]


def test_what_comes_before_a_close_is_received_before_it_is_answered() -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, b"", Limits())
        theirs.sendall(frame(TEXT, b"last words") + closing(1001))
        assert ws.receive() == "last words"
        ws.send("heard")
        ws.close(4000)  # too late: the peer has closed, and gets its own code back
        assert (ws.receive(), ws.receive(), ws.close_code) == (None, None, 1001)
        assert theirs.recv(99) == b"\x81\x05heard" + b"\x88\x02" + struct.pack("!H", 1001)


def test_the_peer_sees_the_end_at_once_however_long_the_application_takes(house: House) -> None:
    with connect(house.port("usual"), "/linger/on") as peer:
        peer.send(frame(3))
        assert [code_of(answer) for answer in peer.frames()] == [FAILED]
        until(lambda: house.notes["on"])
        house.notes["on"].append("seen")
    assert house.notes["on"] == [None, "seen"]


def test_what_comes_after_the_application_is_thrown_away(house: House) -> None:
    with connect(house.port("usual"), "/go") as peer:
        assert peer.frame() == (CLOSE, struct.pack("!H", 1000))
        peer.send(frame(TEXT, b"x"), frame(PING, b"y"), closing(1000))
        assert peer.frames() == [(PONG, b"y")]


def test_a_write_that_is_killed_resets_the_connection(house: House) -> None:
    with connect(house.port("usual"), "/killed/mid", buffer=65536) as peer:
        begin_to_read(peer)
        peer.send(frame(TEXT, b"now"))
        until(lambda: len(house.notes["mid"]) == 3)
        with contextlib.suppress(ConnectionError):
            assert len(peer._file.read()) < BIG
    assert house.notes["mid"] == ["now", None, (1006, "a write was broken off")]


def test_a_reset_ends_the_application_s_loop(house: House) -> None:
    with connect(house.port("usual"), "/hear/reset") as peer:
        peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    until(lambda: house.notes["reset"])
    assert house.notes["reset"][0][0] == 1006


def test_a_failing_application_closes_with_1011_and_one_line_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.servers["usual"].error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), connect(house.port("usual"), "/fail") as peer:
        assert code_of(peer.frame() or (0, b"")) == ("close", 1011)
        peer.send(closing(1011))
        assert peer.frames() == []
        until(lambda: caplog.records)
    (record,) = caplog.records
    assert record.name == "zwsnb"
    assert "RuntimeError: a fault in the application at " in record.message


# --- floods ---


def malformed(rng: random.Random) -> bytes:
    """Bytes that are no valid exchange of frames."""
    noise = rng.randbytes(rng.randint(1, 200))
    return rng.choice(
        [
            noise,
            frame(rng.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), noise),
            frame(TEXT, noise, rsv=rng.randint(1, 7)),
            frame(TEXT, noise, mask=False),
            frame(TEXT, noise + b"\xff"),
            frame(CONT, noise),
            frame(PING, bytes(126)),
            part(PING, b""),
            frame(CLOSE, rng.randbytes(1)),
            closing(rng.choice([0, 999, 1005, 65535])),
            part(TEXT, noise[:0]) + frame(TEXT, noise),
            bytes([0x82, 0xFF]) + rng.randbytes(8),
            frame(BINARY, noise)[: rng.randint(1, 5)],
        ]
    )


def descriptors() -> int:
    return len(os.listdir(DESCRIPTORS)) if DESCRIPTORS.exists() else 0  # noqa: PTH208  # iterdir() would hold one


def test_malformed_frames_leave_nothing_behind_and_a_neighbour_misses_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(20)
    start = time.monotonic()
    with caplog.at_level(logging.DEBUG), connect(house.port("usual")) as neighbour:
        neighbour.ask(b"warm")
        until(lambda: len(house.servers["usual"].sockets) == 1)
        before = descriptors()
        for number in range(1000):
            with connect(house.port("usual")) as peer:
                peer.send(malformed(rng))
                with contextlib.suppress(OSError):
                    peer.sock.shutdown(socket.SHUT_WR)
                peer.frames()
            if number % 10 == 0:
                neighbour.ask(b"%d" % number)
        until(lambda: len(house.servers["usual"].sockets) == 1)
        until(lambda: descriptors() == before)
    assert len(caplog.records) <= 1 + time.monotonic() - start


def test_malformed_requests_are_counted_and_logged_once_a_second(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(21)
    before, start = descriptors(), time.monotonic()
    counts = house.servers["usual"].counts
    refused = counts["malformed"]
    with caplog.at_level(logging.DEBUG):
        for _ in range(100):
            with Peer(house.port("usual")) as peer:
                peer.send(rng.randbytes(300).replace(b"\n", b"") + b"\r\n\r\n")
                peer.body()
        until(lambda: counts["malformed"] == refused + 100)
        until(lambda: descriptors() <= before)
    assert len(caplog.records) <= 1 + time.monotonic() - start


def test_the_error_log_counts_what_it_does_not_say(caplog: pytest.LogCaptureFixture) -> None:
    log = ErrorLog(interval=60)
    log.writelines(["first", "line\r\n"])
    for _ in range(5):
        log.write("again")
    log.flush()
    log._next = 0
    log.exception(None, ValueError, ValueError("x" * 1000), None)  # noqa: LOG004  # no logger
    assert [record.message[:20] for record in caplog.records] == [
        "first line",
        "ValueError: xxxxxxxx",
    ]
    assert caplog.records[1].message.endswith("x (and 5 more)")
    assert len(caplog.records[1].message) < 400


def test_a_warning_is_not_printed_where_logging_is_not_set_up() -> None:
    logger = logging.getLogger("zwsnb")
    assert any(isinstance(handler, logging.NullHandler) for handler in logger.handlers)
