"""One connection of a plain producer, over a pair of sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from support.zmtp_peer import HELLO, message, ping

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.plain.connection import AT_ONCE, Connection
from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.wire import command, ready


@pytest.fixture
def pair() -> Iterator[tuple[Connection, socket.socket]]:
    """A connection, and the producer's end of it."""
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    theirs.settimeout(1)
    connection = Connection(ours)
    yield connection, theirs
    connection.close()
    theirs.close()


def test_hands_are_shaken_and_messages_come(pair: tuple[Connection, socket.socket]) -> None:
    connection, theirs = pair
    theirs.sendall(HELLO + message(b"a", b"b"))
    assert connection.shake_hands(5)
    assert theirs.recv(999) == GREETING + ready(b"SUB") + command(b"SUBSCRIBE")
    assert connection.can_take
    assert connection.take(10) == [[b"a", b"b"]]
    theirs.sendall(message(b"c") + ping(b"here?"))
    assert connection.read()
    assert connection.held > 0
    assert connection.take(10) == [[b"c"]]
    assert theirs.recv(999) == command(b"PONG", b"here?")
    assert connection.held == 0


def test_a_peer_that_says_nothing_is_not_waited_for(
    pair: tuple[Connection, socket.socket],
) -> None:
    connection, theirs = pair
    theirs.sendall(GREETING)
    with pytest.raises(InvalidMessage, match=r"bad connection: no handshake in 0.01 s"):
        connection.shake_hands(0.01)


def test_a_peer_that_has_gone_is_no_fault(pair: tuple[Connection, socket.socket]) -> None:
    connection, theirs = pair
    theirs.sendall(GREETING[:20])
    theirs.shutdown(socket.SHUT_WR)
    assert not connection.shake_hands(5)


def test_what_is_read_at_once_is_bounded(pair: tuple[Connection, socket.socket]) -> None:
    connection, theirs = pair
    theirs.sendall(HELLO)
    connection.shake_hands(5)
    theirs.settimeout(0)
    sent = theirs.send(message(bytes(250)) * 4_000)
    while sent:
        before = connection.held
        assert connection.read()
        sent -= connection.held - before
        assert 0 < connection.held - before <= AT_ONCE


def test_messages_that_are_left_out_are_told_once(
    pair: tuple[Connection, socket.socket],
) -> None:
    connection, theirs = pair
    theirs.sendall(HELLO + message(bytes(70_000)) + message(b"a"))
    connection.shake_hands(5)
    found: list[list[bytes]] = []
    while not found:
        while connection.can_take:
            found += connection.take(10)
        if not found:
            connection.read()
    assert found == [[b"a"]]
    assert [connection.new_left_out() for _ in range(2)] == [1, 0]


def test_a_peer_that_reads_no_answers_is_given_up(
    pair: tuple[Connection, socket.socket],
) -> None:
    connection, theirs = pair
    theirs.sendall(HELLO)
    connection.shake_hands(5)
    with pytest.raises(OSError):  # noqa: PT011, PT012 - which one is the system's
        for _ in range(1_000_000):
            theirs.sendall(ping(bytes(16)))
            connection.read()
            connection.take(10)


def test_a_closed_one_reads_nothing(pair: tuple[Connection, socket.socket]) -> None:
    connection, _ = pair
    connection.close()
    connection.close()
    assert not connection.is_open
    assert not connection.read()
