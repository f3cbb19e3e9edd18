"""What browsers send: page messages, WebSocket frames, requests."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from hypothesis import strategies as st
from websockets.protocol import State

from support.fuzzing.draws import byte_inputs, json_inputs
from support.fuzzing.target import Broken, Target, check_same
from support.raw_websocket import BINARY, CONT, KEY, PING, TEXT, closing, frame
from support.tiny_png import PNG
from zwsnb.clients.page_messages import PageMessage, parse
from zwsnb.protocol.checks.trigger_checks import trigger
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.server.access import Access
from zwsnb.server.doors.gate import Gate
from zwsnb.server.error_log import ErrorLog
from zwsnb.server.http import Handler, Server
from zwsnb.server.inbox import Inbox
from zwsnb.server.request import HTTPError, Request

GOOD_MESSAGES: Final[list[dict[str, Any]]] = [
    {"type": "ack", "patch": 7},
    {"type": "view", "width": 500, "height": 200, "mode": "follow", "window": 10, "paused": False},
    {"type": "view", "width": 500, "mode": "range", "from": -1.5, "to": 1e9},
    {"type": "view", "width": 500, "mode": "all", "paused": True},
    {"type": "clock", "sent": 1.5},
    {"type": "read", "id": 1, "x": 2, "y": 3},
    {"type": "measure", "id": 2, "from": 0, "to": 5, "selected": True},
    {"type": "click", "x": 1, "y": 2, "point": {"id": 0, "x": 1, "y": 2}},
    {"type": "rename", "id": 0, "to": "loss"},
    {"type": "remove", "id": 0},
    {"type": "smooth", "id": 0, "weight": 0.9},
    {"type": "steer", "name": "rate", "value": 0.5, "released": False},
    {"type": "trigger", "trigger": {"level": 1, "mode": "single", "slope": "rising"}},
    {"type": "pong", "number": 1, "patch": 3},
    {"type": "picture", "id": 1, "png": None, "width": 300, "height": 200},
    {"type": "picture", "id": 1, "png": PNG, "width": 300, "height": 200},
]  # fmt: skip

_TOKEN: Final = "right-0123456789-abcdefgh"

MOST: Final = 4096
"""Bytes of a message of the inbox that is tried."""


def read_message(data: bytes) -> PageMessage:
    """Read a page's message, as text where it is text; a trigger as the relay does then."""
    try:
        text: str | bytes = data.decode()
    except UnicodeDecodeError:
        text = data
    message = parse(text)
    said = getattr(message, "said", None)
    if said is not None:
        try:
            trigger(said, "trigger")
        except (TypeError, ValueError) as error:
            raise InvalidMessage("not a trigger", str(error)) from error
    return message


def read_frames(data: bytes) -> list[object]:
    """Read a client's frames, in pieces and at once, with the shortcut: it is the same."""
    ways = [_received(data, size) for size in (1, 5, len(data) or 1)]
    check_same(ways[0], ways[1])
    check_same(ways[1], ways[2])
    return ways[0]


def _received(data: bytes, size: int) -> list[object]:
    """Return the messages in `data`, and how the connection is then."""
    inbox, sent = Inbox(MOST), b""
    for at in range(0, len(data), size):
        piece = data[at : at + size]
        if inbox.state is not State.OPEN:
            break
        if not inbox.try_take(piece):
            inbox.receive_data(piece)
        sent += b"".join(inbox.data_to_send())
    if any(len(message) > MOST for message in inbox.messages):
        raise Broken("a message is larger than any may be")
    return [*inbox.messages, sent, str(inbox.state)]


# -- requests --------------------------------------------------------------------------------------


class _Sock:
    """A connection that only hears."""

    def __init__(self) -> None:
        self.heard = b""

    def sendall(self, data: bytes) -> None:
        self.heard += data

    def settimeout(self, _: float) -> None: ...

    def setsockopt(self, *_: object) -> None: ...

    def close(self) -> None: ...


class _Server(Server):
    """Our server, without a port: one for each request."""

    def __init__(self) -> None:
        access = Access.loopback(8000, token=_TOKEN)
        pages = {"/": b"<html>", "/plots": b"<html>"}
        super().__init__(
            ("127.0.0.1", 0), _answer, admit=Gate(access, pages).admit, errors=ErrorLog()
        )

    def answer(self, data: bytes) -> bytes:
        """Return what is answered to a client that sends `data` and no more."""
        sock: Any = _Sock()
        self.places.enter(sock)
        Handler(sock, ("127.0.0.1", 1), self, io.BufferedReader(io.BytesIO(data))).handle()
        return bytes(sock.heard)


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Ask all that a route asks of a request."""
    request = Request.of(environ, start_response)
    try:
        said = request.path, request.origin, request.number("x", 0), sorted(request.query)
    except HTTPError as error:
        return request.refuse(error)
    return request.answer([repr(said).encode()], "text/plain")


_LET_IN: Final = re.compile(rb"HTTP/1\.\d (?:200|101)")
_STATUS: Final = re.compile(rb"(?:^|\n)HTTP/1\.")


def read_request(data: bytes) -> bytes:
    """Answer what a client sends: by no error of ours, and to nobody without the token."""
    server = _Server()
    heard = server.answer(data)
    log: Any = server.error_log
    if log.exceptions or heard.startswith(b"HTTP/1.1 5"):
        raise Broken(f"an error of zwsnb's own: {heard[:200]!r}")
    may_come_in = _TOKEN.encode() in data or b"/static/" in data
    if _LET_IN.match(heard) and not may_come_in:
        raise Broken(f"let in: {heard[:200]!r}")
    if len(_STATUS.findall(heard)) > 1:
        raise Broken(f"two answers: {heard[:400]!r}")
    return heard


_HEADERS: Final = "Host: 127.0.0.1:8000\r\nOrigin: http://127.0.0.1:8000\r\n"
_UPGRADE: Final = (
    f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: zwsnb, ticket.x, claim.1.n.m\r\n"
)
GOOD_REQUESTS: Final = [
    f"{line}\r\n{_HEADERS}{more}\r\n".encode()
    for line, more in (
        (f"GET /data?token={_TOKEN}&x=1e3&origin=-12 HTTP/1.1", ""),
        (f"HEAD /csv?plot=%F0%9F%98%80&token={_TOKEN} HTTP/1.0", "Connection: keep-alive\r\n"),
        ("GET /?once=1.a.b&plot=p HTTP/1.1", "Cookie: a=b; c\r\n"),
        ("GET /static/dist/zwsnb.js HTTP/1.1", "Accept: */*\r\n\t folded\r\n"),
        ("GET /data?plot=p&proof=1.2.3 HTTP/1.1", "Transfer-Encoding: chunked\r\n"),
        (f"POST /data?token={_TOKEN} HTTP/1.1", "Content-Length: 5\r\n"),
        (
            f"GET /data?token={_TOKEN} HTTP/1.1",
            _UPGRADE,
        ),
    )
]
_FRAMES: Final = [
    frame(TEXT, b'{"type": "ack", "patch": 1}'),
    frame(TEXT, "é".encode(), fin=False) + frame(PING, b"?") + frame(CONT, "é".encode()),
    frame(BINARY, bytes(200)),
    frame(BINARY, bytes(MOST + 1)),
    b"\x82\xff" + b"\x7f" + b"\xff" * 7 + bytes(4),
    closing(1000, b"bye"),
]


def _heads() -> st.SearchStrategy[bytes]:
    """A frame's head that says anything, and too little behind it."""
    return st.builds(
        lambda first, second, more: bytes([first, second]) + more,
        st.integers(0, 255),
        st.integers(0, 255),
        st.binary(max_size=20),
    )


TARGETS: Final = (
    Target(
        "page_message",
        read_message,
        (InvalidMessage,),
        json_inputs(GOOD_MESSAGES),
        [json.dumps(each).encode() for each in GOOD_MESSAGES],
    ),
    Target(
        "websocket",
        read_frames,
        (),
        byte_inputs(_FRAMES)
        | st.lists(_heads() | st.sampled_from(_FRAMES), max_size=4).map(b"".join),
        _FRAMES,
    ),
    Target("request", read_request, (), byte_inputs(GOOD_REQUESTS), GOOD_REQUESTS),
)
