"""The upgrade in a server of somebody's own: plain pywsgi, with our handler."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import gevent
import pytest
from gevent.event import Event
from gevent.pywsgi import WSGIServer
from support import autobahn
from support.autobahn import assert_conforms
from support.raw_websocket import (
    BINARY,
    CLOSE,
    PATIENCE,
    TEXT,
    Peer,
    closing,
    connect,
    frame,
)

from zwsnb.websocket import WebSocket, WebSocketHandler


def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """As the users of gevent-websocket write it."""
    ws: WebSocket | None = environ.get("wsgi.websocket")
    if ws is None:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["REQUEST_METHOD"].encode(), environ["wsgi.input"].read()]
    if environ["PATH_INFO"] == "/bye":
        ws.close(4001, "bye")
        ws.close(4002, b"twice")
        return []
    while True:
        message = ws.receive()
        if message is None:
            break
        if message == "as binary":
            ws.send(message, binary=True)
        elif message == b"as text":
            ws.send(message, False)
        else:
            ws.send(message)
    return []


class Plain(threading.Thread):
    """A plain server of pywsgi in a thread with a hub of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ready = threading.Event()
        self.start()
        assert self._ready.wait(PATIENCE)

    def run(self) -> None:
        self._hub, self._over = gevent.get_hub(), Event()
        server = WSGIServer(
            ("127.0.0.1", 0), application, handler_class=WebSocketHandler, log=None, error_log=None
        )
        server.start()
        self.port = int(server.server_port or 0)
        self._ready.set()
        self._over.wait()
        server.stop(timeout=0)
        self._hub.destroy(destroy_loop=True)

    def stop(self) -> None:
        self._hub.loop.run_callback_threadsafe(self._over.set)
        self.join(PATIENCE)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = Plain()
    yield server.port
    server.stop()


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [pytest.param(*case[1:], id=name) for name, case in autobahn.cases().items()],
)
def test_conformance(port: int, pieces: list[bytes], expected: list[Any]) -> None:
    with connect(port) as peer:
        assert_conforms(peer, pieces, expected)


def test_a_code_and_a_reason_are_sent_once(port: int) -> None:
    with connect(port, "/bye") as peer:
        assert peer.frame() == (CLOSE, b"\x0f\xa1bye")
        peer.send(closing(4001))
        assert peer.frames() == []


def test_a_message_may_say_what_it_is(port: int) -> None:
    with connect(port) as peer:
        peer.send(frame(TEXT, b"as binary"), frame(BINARY, b"as text"), frame(BINARY, b"\xff"))
        assert [peer.frame() for _ in range(3)] == [
            (BINARY, b"as binary"), (TEXT, b"as text"), (BINARY, b"\xff")
        ]  # fmt: skip


def test_other_requests_are_the_applications_of_any_method(port: int) -> None:
    with Peer(port) as peer:
        peer.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
        assert peer.answer()[0] == 200
        assert peer._file.read(8) == b"POSTbody"


def test_a_faulty_upgrade_is_refused_with_a_sentence(port: int) -> None:
    with Peer(port) as peer:
        peer.request(Sec_WebSocket_Version="8", Connection="close, Upgrade")
        assert peer.answer()[0] == 426
