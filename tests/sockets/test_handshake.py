"""The upgrade in a server of somebody's own: plain pywsgi, with our handler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support import autobahn
from support.autobahn import assert_conforms
from support.plain_server import Plain
from support.raw_websocket import (
    BINARY,
    CLOSE,
    TEXT,
    Peer,
    closing,
    connect,
    frame,
)


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
