"""The server from outside: raw sockets that ask for pages and upgrades, right and wrong ones."""

from __future__ import annotations

import base64
import contextlib
import logging
import random
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from support.raw_websocket import (
    BIG,
    KEY,
    TEXT,
    Peer,
    Servers,
    begin_to_read,
    connect,
    descriptors,
    frame,
    octets,
    until,
)


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def silence(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing is ever printed: it would appear in a notebook's cell."""
    yield
    assert capfd.readouterr() == ("", "")


# -- the upgrade -----------------------------------------------------------------------------------


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
    servers: Servers, headers: dict[str, Any], status: int, words: str
) -> None:
    with Peer(servers.port("usual")) as peer:
        peer.request(**headers)
        assert peer.answer()[0] == status
        assert words in peer.body()


def test_the_answer_to_an_upgrade_is_the_standard_s(servers: Servers) -> None:
    with Peer(servers.port("usual")) as peer:
        peer.request(
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
            Sec_WebSocket_Extensions="permessage-deflate",
        )
        status, head = peer.answer()
        assert status == 101
        assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
        assert "Extensions" not in head


def test_frames_right_behind_the_request_are_not_lost(servers: Servers) -> None:
    with Peer(servers.port("usual")) as peer:
        lines = ["GET /echo HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {KEY}", "", ""]
        peer.send("\r\n".join(lines).encode() + frame(TEXT, b"early"))
        assert peer.answer()[0] == 101
        assert peer.frame() == (TEXT, b"early")


@pytest.mark.parametrize("upgrade", ["websocket", None])
def test_who_is_not_admitted_gets_a_sentence_and_no_frame(
    servers: Servers, upgrade: str | None
) -> None:
    before = servers.by_kind["usual"].refused["forbidden"]
    with Peer(servers.port("usual")) as peer:
        peer.request("/echo?secret", Upgrade=upgrade)
        peer.send(frame(TEXT, b"let me in"))
        assert peer.answer()[0] == 403
        assert peer.body() == "No, and this is why."
    assert servers.by_kind["usual"].refused["forbidden"] == before + 1


def test_without_an_upgrade_it_is_a_page_and_one_request_a_connection(servers: Servers) -> None:
    with Peer(servers.port("usual")) as peer:
        peer.request(Upgrade=None)
        status, head = peer.answer()
        assert (status, peer.body()) == (200, "page")
        assert "Connection: close" in head


@pytest.mark.parametrize("kind", ["usual", "hasty"])
def test_a_page_that_is_not_read_to_its_end_is_no_error(
    servers: Servers, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    server = servers.by_kind[kind]
    until(lambda: not server.places)
    dropped = server.refused["slow reader"]
    server.error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), Peer(servers.port(kind), buffer=65536) as peer:
        peer.request("/large", Upgrade=None)
        begin_to_read(peer)
        if kind == "usual":  # this one goes away, the other one stays and is dropped
            peer.sock.shutdown(socket.SHUT_RDWR)
            peer.__exit__()
        until(lambda: not server.places)
    said = [record.getMessage() for record in caplog.records]
    is_dropped = kind == "hasty"
    assert server.refused["slow reader"] - dropped == is_dropped
    assert said == ["a reader took next to nothing for 0.3 s, and is dropped"] * is_dropped


def test_a_page_that_is_read_slowly_is_read_to_its_end(servers: Servers) -> None:
    with Peer(servers.port("hasty"), buffer=65536) as peer:
        peer.request("/large", Upgrade=None)
        assert peer.answer()[0] == 200
        assert peer.sipped(BIG, seconds=1.0) == bytes(BIG)  # a write has 0.3


@pytest.mark.parametrize("fault", [RuntimeError("a fault in pywsgi"), ConnectionResetError()])
def test_a_fault_outside_of_the_application_is_not_printed(
    servers: Servers,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    server = servers.by_kind["usual"]
    server.error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's

    def get_environ() -> None:
        raise fault

    monkeypatch.setattr(server, "get_environ", get_environ)
    with caplog.at_level(logging.DEBUG), Peer(servers.port("usual")) as peer:
        peer.request()
        assert peer.body() == ""
        until(lambda: not server.places)
    assert ["a fault in pywsgi" in record.message for record in caplog.records] == [
        True
    ] * isinstance(fault, RuntimeError)


def test_a_page_that_fails_is_a_500_and_one_line_in_the_log(
    servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    servers.by_kind["usual"].error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), Peer(servers.port("usual")) as peer:
        peer.request("/fail", Upgrade=None)
        assert peer.answer()[0] == 500
        assert peer.body() == "Internal Server Error"
    (record,) = caplog.records
    assert "RuntimeError: a fault in the application at " in record.message


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /echo HTTP/1.0\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100) + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HEAD / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % i for i in range(200)) + b"\r\n",
    ],
)
def test_what_is_no_plain_request_gets_a_400(servers: Servers, request_: bytes) -> None:
    with Peer(servers.port("usual")) as peer:
        peer.send(request_)
        assert peer.answer()[0] == 400


def test_whose_cookies_are_too_many_is_told_what_helps(servers: Servers) -> None:
    """Any page at another port of the host sets them."""
    with Peer(servers.port("usual")) as peer:
        peer.send(b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 20_000 + b"\r\n\r\n")
        assert peer.answer()[0] == 431
        assert "clear those of this one, or open the page by its other name" in peer.body()


# -- limits ---------------------------------------------------------------------------------------


def test_a_header_that_drips_is_dropped_while_others_come_in(servers: Servers) -> None:
    server = servers.by_kind["hasty"]
    before = server.refused["slow header"]
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(Peer(servers.port("hasty"))) for _ in range(6)]
        for byte in octets(b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 1000):
            for peer in slow:
                peer.send(byte)
            with connect(servers.port("hasty")) as viewer:
                viewer.ask(b"quick")
            if all(peer.is_gone() for peer in slow):
                break
    assert 0.25 < time.monotonic() - start < 1
    until(lambda: server.refused["slow header"] == before + 6)


def test_a_connection_that_says_nothing_is_dropped(servers: Servers) -> None:
    with Peer(servers.port("hasty")) as peer:
        until(peer.is_gone, 1)


def test_too_many_connections_are_told_so_at_once(servers: Servers) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(connect(servers.port("hasty"), "/drain"))
        with Peer(servers.port("hasty")) as peer:
            peer.request()
            assert peer.answer()[0] == 503
    until(lambda: not servers.by_kind["hasty"].sockets)
    with connect(servers.port("hasty")) as peer:
        peer.ask(b"room again")


def test_malformed_requests_are_counted_and_logged_once_a_second(
    servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(21)
    before, start = descriptors(), time.monotonic()
    counts = servers.by_kind["usual"].refused
    refused = counts["malformed"]
    with caplog.at_level(logging.DEBUG):
        for _ in range(100):
            with Peer(servers.port("usual")) as peer:
                peer.send(rng.randbytes(300).replace(b"\n", b"") + b"\r\n\r\n")
                peer.body()
        until(lambda: counts["malformed"] == refused + 100)
        until(lambda: descriptors() <= before)
    assert len(caplog.records) <= 1 + time.monotonic() - start
