"""The relay's sockets: every message is handled, in turns, and an address is told what is wrong."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
import zmq
from support.eventually import PATIENCE

from zwsnb.limits import descriptors
from zwsnb.relay.sockets import AT_ONCE, Sockets

ANYWHERE = "tcp://127.0.0.1:*"


class Turns:
    """Keeps the messages of each turn."""

    def __init__(self) -> None:
        self.turns: list[list[list[bytes]]] = [[]]

    def handle(self, frames: list[bytes]) -> None:
        self.turns[-1].append(frames)

    def end(self) -> None:
        if self.turns[-1]:
            self.turns.append([])

    @property
    def count(self) -> int:
        return sum(map(len, self.turns))


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def sockets(turns: Turns) -> Iterator[Sockets]:
    made = Sockets(turns.end)
    yield made
    made.close()


def until(turns: Turns, count: int) -> None:
    """Run the hub until so many messages were handled."""
    with gevent.Timeout(PATIENCE):
        while turns.count < count:
            gevent.sleep(0.002)


def test_a_burst_is_handled_whole_a_turn_at_a_time(sockets: Sockets, turns: Turns) -> None:
    n = 3 * AT_ONCE
    address = sockets.bind(zmq.PULL, ANYWHERE, turns.handle)
    with zmq.Context() as context, context.socket(zmq.PUSH) as socket:
        socket.sndhwm = 0
        socket.connect(address)
        for i in range(n):
            socket.send_multipart([b"header", b"%d" % i])
        until(turns, n)
    frames = [frames for turn in turns.turns for frames in turn]
    assert frames == [[b"header", b"%d" % i] for i in range(n)]
    assert max(map(len, turns.turns)) <= AT_ONCE


def test_a_message_for_which_there_is_no_memory_is_left_and_the_next_are_handled(
    sockets: Sockets, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where that was in the midst of it: what is left is none of the next one's."""
    receive, frames = zmq.Socket.recv, iter([b"header", MemoryError, b"header", MemoryError])

    def recv(socket: zmq.Socket[bytes], *args: Any, **more: Any) -> Any:
        received = receive(socket, *args, **more)
        if more.get("copy", True) and next(frames, None) is MemoryError:
            raise MemoryError
        return received

    monkeypatch.setattr(zmq.Socket, "recv", recv)
    address = sockets.bind(zmq.PULL, ANYWHERE, turns.handle)
    with zmq.Context() as context, context.socket(zmq.PUSH) as socket:
        socket.connect(address)
        for i in range(4):
            socket.send_multipart([b"header", b"%d" % i, b"end"])
        until(turns, 2)
    assert [each for turn in turns.turns for each in turn] == [
        [b"header", b"%d" % i, b"end"] for i in (2, 3)
    ]


def test_a_socket_connects_to_one_that_binds(sockets: Sockets, turns: Turns) -> None:
    with zmq.Context() as context, context.socket(zmq.PUSH) as socket:
        socket.bind(ANYWHERE)
        sockets.connect(zmq.PULL, socket.getsockopt_string(zmq.LAST_ENDPOINT), turns.handle)
        socket.send(b"a")
        until(turns, 1)
    assert turns.turns[0] == [[b"a"]]


def test_an_address_in_use_is_told_with_what_helps(sockets: Sockets, turns: Turns) -> None:
    address = sockets.bind(zmq.PULL, ANYWHERE, turns.handle)
    with pytest.raises(OSError, match=f"{address} is in use by another program: choose another"):
        sockets.bind(zmq.PULL, address, turns.handle)


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://127.0.0.1", "http://127.0.0.1:1"])
def test_what_is_no_address_is_told_with_an_example(
    sockets: Sockets, turns: Turns, address: str
) -> None:
    for open_ in (sockets.bind, sockets.connect):
        with pytest.raises(OSError, match=r"is no address that can be used .*; one looks like"):
            open_(zmq.SUB, address, turns.handle)


@pytest.mark.skipif(os.name != "posix", reason="there are no socket files")
def test_a_way_in_that_is_shut_leaves_no_file_at_which_nobody_answers(
    sockets: Sockets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks would take the service for ended, and remove what tells of it."""
    path = tmp_path / "s"
    sockets.answer(f"ipc://{path}", "token", lambda _: None)
    way_in = sockets._way_in
    assert way_in is not None
    with monkeypatch.context() as patch:
        patch.setattr(descriptors, "are_few", lambda: True)
        assert way_in.look(1e9)
    assert (way_in.is_shut, path.exists()) == (True, False)
    assert not way_in.look(2e9)
    assert (way_in.is_shut, path.exists()) == (False, True)
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(path))
