"""WebSocket servers in a hub's thread, and a peer that sends bytes as it likes."""

from __future__ import annotations

import base64
import contextlib
import os
import select
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self
from wsgiref.types import StartResponse, WSGIEnvironment

import gevent
import gevent.event
import pytest

from zwsnb.clients.page_socket import Closed
from zwsnb.server.doors.answers import Refusal
from zwsnb.server.doors.places import STRANGER
from zwsnb.server.error_log import ErrorLog
from zwsnb.server.http import Server
from zwsnb.server.websocket import Limits, WebSocket

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
KEY = base64.b64encode(b"sixteen bytes ok").decode()
PATIENCE = 5  # seconds that a state may take to come
DESCRIPTORS = Path("/proc/self/fd")


# -- the servers ----------------------------------------------------------------------------------


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


def drain(ws: WebSocket, notes: list[Any]) -> None:
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
    for function in (echo, stall, big, leave, drain, go, linger, killed, timed, fail)
}


BIG = 8 << 20  # bytes: more than the kernel's buffers of one connection hold


LIMITS = {
    "roomy": Limits(message=1 << 20),
    "usual": Limits(),
    "hasty": Limits(header=0.3, write=0.3, ping=0.15, pong=0.15, close=0.2, connections=8),
    "curt": Limits(write=0.05, ping=0.2, pong=PATIENCE, close=0.3),
}


class Servers(threading.Thread):
    """A hub in a thread, and in it a server of each kind of `LIMITS`.

    `notes[key]` is what the application at /route/key wrote.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.notes: defaultdict[str, list[Any]] = defaultdict(list)
        self.by_kind: dict[str, Server] = {}
        self._ready = threading.Event()
        self.start()
        assert self._ready.wait(PATIENCE)

    def run(self) -> None:
        hub = gevent.get_hub()
        hub.print_exception = ErrorLog().exception  # type: ignore[method-assign]  # as the service does
        self.loop, self._over = hub.loop, gevent.event.Event()
        for name, limits in LIMITS.items():
            server = Server(("127.0.0.1", 0), self.application, admit=self.admit, limits=limits)
            server.start()
            self.by_kind[name] = server
        self._ready.set()
        self._over.wait()
        for server in self.by_kind.values():
            server.stop(timeout=0)
        hub.destroy(destroy_loop=True)

    def stop(self) -> None:
        self.loop.run_callback_threadsafe(self._over.set)
        self.join(PATIENCE)
        assert not self.is_alive()

    def application(
        self, environ: WSGIEnvironment, start_response: StartResponse
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

    def admit(self, environ: WSGIEnvironment) -> Refusal | None:
        """Stand in for `zwsnb.server.access`."""
        environ[STRANGER] = environ["PATH_INFO"] == "/large"
        if "secret" in environ["QUERY_STRING"]:
            return Refusal("403 Forbidden", b"No, and this is why.")
        return None

    def port(self, kind: str) -> int:
        return int(self.by_kind[kind].server_port or 0)


# -- the peer --------------------------------------------------------------------------------------


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

    def sipped(self, size: int, *, seconds: float) -> bytes:
        """So many bytes, or fewer where the server ends it, read slowly: in so many seconds."""
        began, read = time.monotonic(), bytearray()
        with contextlib.suppress(ConnectionError):
            while len(read) < size and (piece := self._file.read1(min(65536, size - len(read)))):
                read += piece
                time.sleep(max(0.0, began + seconds * len(read) / size - time.monotonic()))
        return bytes(read)

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


def part(opcode: int, payload: bytes) -> bytes:
    return frame(opcode, payload, fin=False)


def code_of(answer: tuple[int, bytes]) -> tuple[int | str, Any]:
    """A close frame as its code; any other frame as it is."""
    opcode, payload = answer
    if opcode != CLOSE:
        return answer
    return "close", struct.unpack("!H", payload[:2])[0] if payload else None


def begin_to_read(peer: Peer) -> None:
    """Wait until the server's first message is on its way, and not only its head, which may come
    by itself: it does not fit, so its writer is blocked then.
    """
    peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 256)
    assert select.select([peer.sock], [], [], PATIENCE)[0]
    peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)


def descriptors() -> int:
    return len(os.listdir(DESCRIPTORS)) if DESCRIPTORS.exists() else 0  # noqa: PTH208  # iterdir() would hold one
