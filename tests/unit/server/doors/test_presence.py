"""Who waits for an answer is looked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import gevent
import pytest
from gevent import socket as green
from gevent.lock import BoundedSemaphore

from zwsnb.server.doors import presence
from zwsnb.server.doors.presence import CONNECTION, has_gone, while_there

Pair = tuple[green.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A connection of a server's, whose client is the other end."""
    ours, theirs = socket.socketpair()
    with theirs, green.socket(fileno=ours.detach()) as connection:
        connection.settimeout(30)
        yield connection, theirs


def test_who_has_sent_more_or_nothing_is_there_and_who_has_closed_is_not(pair: Pair) -> None:
    connection, client = pair
    assert not has_gone(connection)
    client.send(b"more")
    assert not has_gone(connection)
    assert connection.gettimeout() == 30
    client.send(b"more")
    client.close()
    assert not has_gone(connection), "the end is behind that"
    assert has_gone(connection)


def test_a_connection_that_was_reset_has_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
    with green.socket(fileno=ours.detach()) as connection:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
        client.close()
        assert has_gone(connection)


def test_who_leaves_ends_what_waits_for_others(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_LOOK_EVERY", 0.01)
    connection, client = pair
    queue = BoundedSemaphore()

    def wait() -> None:
        with while_there({CONNECTION: connection}), queue:
            raise AssertionError("it had its turn")

    with queue, gevent.Timeout(5):
        waiting = gevent.spawn(wait)
        gevent.sleep(0.05)
        assert not waiting.ready()
        client.close()
        with pytest.raises(ConnectionAbortedError, match="the client has gone"):
            waiting.get()
    with queue:  # and it is not behind one who has gone
        pass


def test_what_is_done_meanwhile_is_not_looked_at_any_more(pair: Pair) -> None:
    connection, client = pair
    with while_there({CONNECTION: connection}) as check:
        check()
        gevent.sleep(0)
    client.close()
    gevent.sleep(0.01)
    with pytest.raises(ConnectionAbortedError, match="the client has gone"):
        check()
    with while_there({}) as check:  # nobody knows the client
        check()
        gevent.sleep(0)
