"""What a page gets by a comm that others get by HTTP."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest
from support.eventually import PATIENCE
from support.services import address, own

from zwsnb.service.addresses.answers import PIECE, get
from zwsnb.service.service import Service


def test_an_answer_comes_in_pieces(service: Service, plot: str) -> None:
    own(service).bind(plot)(range(20_000), range(20_000))
    answer = get(address(service, "/csv", plot=plot))
    pieces = list(answer.pieces)
    assert (answer.status, answer.headers["X-Zwsnb-Rows"]) == (200, "20000")
    assert len(pieces) > 1
    assert all(len(piece) <= PIECE for piece in pieces)
    assert b"".join(pieces).count(b"\n") == 20_001


def test_what_is_asked_without_the_token_is_answered_with_a_proof(
    service: Service, plot: str
) -> None:
    own(service).bind(plot)(1, 2)
    asked = service.proved("/csv", plot=plot, **{"from": "0"})
    assert service.info["token"] not in asked.url
    assert b"".join(get(asked.url, asked.answer).pieces).endswith(b",1.0,2.0\r\n")
    missing = service.proved("/csv", plot="missing")
    assert get(missing.url, missing.answer).status == 404
    with pytest.raises(OSError, match="another program has its port"):
        get(service.proved("/csv", plot=plot).url, asked.answer)


def test_what_is_not_there_is_said(service: Service, plot: str) -> None:
    answer = get(address(service, "/plot", plot=plot))
    assert answer.status == 404
    assert plot.encode() in b"".join(answer.pieces)


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        get(f"http://127.0.0.1:{port}/csv?plot=p")


@pytest.mark.parametrize("pause", [0.05, 0.0], ids=["slowly", "without a pause"])
def test_who_has_the_port_holds_nobody_longer_than_he_waits(
    pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.service.addresses.answers.ANSWERS_WITHIN", 0.3)
    has_asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def drip() -> None:
            peer, _ = taken.accept()
            with peer, contextlib.suppress(OSError):
                until = time.monotonic() + PATIENCE
                while not has_asked.wait(pause) and time.monotonic() < until:
                    peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        with pytest.raises(OSError, match="does not answer"):
            get(f"http://127.0.0.1:{taken.getsockname()[1]}/csv?plot=p", "right")
        took = time.monotonic() - began
        has_asked.set()
        thread.join(PATIENCE)
    assert took < PATIENCE / 2


def test_an_answer_that_ends_before_its_length_has_failed() -> None:
    """A saved page has one: half of it would be taken for all."""
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def die() -> None:
            peer, _ = taken.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

        thread = threading.Thread(target=die)
        thread.start()
        pieces = get(f"http://127.0.0.1:{taken.getsockname()[1]}/html?plot=p").pieces
        assert next(pieces) == b"half"
        with pytest.raises(OSError, match="stopped in mid-answer"):
            next(pieces)
        thread.join(PATIENCE)
