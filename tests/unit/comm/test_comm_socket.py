"""The connection of a page behind a comm, as its client uses it."""

from __future__ import annotations

import pytest

from zwsnb.clients.page_socket import Closed
from zwsnb.comm.comm_socket import MOST_CHARACTERS, MOST_WAITING, CommSocket, Ended, Message


def test_messages_go_both_ways() -> None:
    told: list[Message] = []
    socket = CommSocket(told.append)
    socket.deliver("ack")
    assert socket.receive() == "ack"
    socket.send("words")
    socket.send(memoryview(b"patch"), timeout=1.0)
    assert told == ["words", b"patch"]


def test_the_end_is_told_once_and_nothing_is_sent_after_it() -> None:
    told: list[Message] = []
    socket = CommSocket(told.append)
    socket.close(4000, "The plot was closed.")
    socket.close(1000)
    assert told == [Ended(4000, "The plot was closed.")]
    assert socket.receive() is None
    with pytest.raises(Closed):
        socket.send("words")
    socket.deliver("too late")


def test_a_page_that_has_gone_is_told_nothing() -> None:
    told: list[Message] = []
    socket = CommSocket(told.append)
    socket.leave()
    assert (socket.receive(), told) == (None, [])
    with pytest.raises(Closed):
        socket.send("words")


def test_a_page_cannot_fill_the_memory() -> None:
    socket = CommSocket(print)
    for i in range(2 * MOST_WAITING):
        socket.deliver(f"{i}")
    socket.close()
    received = list(iter(socket.receive, None))
    assert len(received) == MOST_WAITING


def test_nor_with_a_few_long_messages() -> None:
    socket, most = CommSocket(print), 8
    for _ in range(2):
        for _ in range(3 * most):
            socket.deliver("x" * (MOST_CHARACTERS // most))
        assert len([socket.receive() for _ in range(most)]) == most
    socket.deliver("one more")
    socket.close()
    assert list(iter(socket.receive, None)) == ["one more"]
