"""The door before the socket of publishers by TCP: strangers, who has the key, and its end."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import numpy as np
import psutil
import pytest
from gevent import socket as green
from gevent.server import StreamServer
from support.eventually import PATIENCE, eventually
from support.services import dealer, running

from zwsnb.delivery.doors import NAME
from zwsnb.delivery.receipts import Receipt, decode_receipt
from zwsnb.limits import descriptors
from zwsnb.protocol.batch import Batch, Points, encode_batch
from zwsnb.relay.tcp import curve_door
from zwsnb.relay.tcp.addresses import listen, parse
from zwsnb.relay.tcp.curve_door import CurveDoor
from zwsnb.zmtp.admission import LONGEST_HANDSHAKE
from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.wire import COMMAND, LONG, command

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")

READY = command(b"READY")
ONE = np.ones(1)
STRANGERS = 3


class House:
    """A door, and behind it a server that lets nobody in before it is told to."""

    def __init__(self) -> None:
        self.came: dict[green.socket, bytearray] = {}
        self.sent_away: list[int] = []
        behind = green.socket(socket.AF_UNIX)
        name = f"zwsnb-test-{os.getpid()}-{id(self)}"
        behind.bind(f"\0{name}")
        behind.listen(100)
        self.server = StreamServer(behind, self.serve)
        self.server.start()
        self.door = CurveDoor(f"{NAME}{name}", lambda: self.sent_away.append(1), STRANGERS)
        self.address = parse(self.door.listen("tcp://127.0.0.1:*"))

    def serve(self, sock: green.socket, _: object) -> None:
        self.came[sock] = bytearray()
        with contextlib.suppress(OSError):
            sock.sendall(GREETING)
            while data := sock.recv(1 << 20):
                self.came[sock] += data

    def connect(self) -> green.socket:
        """Connect, and wait for the greeting."""
        peer = green.create_connection(self.address)
        assert peer.recv(len(GREETING)) == GREETING
        return peer

    def let_in(self, peer: green.socket) -> None:
        """Have the server admit the one that has come last."""
        [*self.came][-1].sendall(READY)
        assert peer.recv(len(READY)) == READY

    def until(self, look: Callable[[], object]) -> None:
        """Run the hub until that is true."""
        with gevent.Timeout(PATIENCE):
            while not look():
                gevent.sleep(0.001)

    def close(self) -> None:
        self.door.close()
        self.server.stop()
        for sock in self.came:
            sock.close()


@pytest.fixture
def house() -> Iterator[House]:
    found = House()
    with gevent.Timeout(PATIENCE):
        yield found
    found.close()


def is_over(peer: green.socket) -> bool:
    """Return whether a connection has been ended, which may take a moment."""
    try:
        return not peer.recv(1)
    except ConnectionError:
        return True


def test_a_stranger_gets_no_more_through_than_a_handshake_has(house: House) -> None:
    with house.connect() as stranger:
        stranger.sendall(bytes(LONGEST_HANDSHAKE))
        (came,) = house.came.values()
        house.until(lambda: len(came) == LONGEST_HANDSHAKE)
        with contextlib.suppress(ConnectionError):
            stranger.sendall(bytes(10 * LONGEST_HANDSHAKE))
        assert is_over(stranger)
        assert len(came) == LONGEST_HANDSHAKE


def test_who_has_the_key_gets_everything_through_both_ways(house: House) -> None:
    data = os.urandom(3 << 20)
    with house.connect() as peer:
        house.let_in(peer)
        (server,) = house.came
        peers_turn = gevent.spawn(peer.sendall, data)
        gevent.spawn(server.sendall, data)
        back = bytearray()
        while len(back) < len(data):
            back += peer.recv(1 << 20)
        peers_turn.join()
        house.until(lambda: len(house.came[server]) == len(data))
        assert house.came[server] == back == data


def test_the_stranger_who_has_waited_longest_gives_his_place_to_the_next(house: House) -> None:
    with contextlib.ExitStack() as stack:
        strangers = [stack.enter_context(house.connect()) for _ in range(STRANGERS)]
        peer = stack.enter_context(house.connect())
        assert is_over(strangers[0])
        house.let_in(peer)
        another = stack.enter_context(house.connect())  # its place is free again
        for each in (*strangers[1:], peer, another):
            each.setblocking(False)
            with pytest.raises(BlockingIOError):
                each.recv(1)


def test_those_who_are_in_are_not_turned_out_whoever_comes(house: House) -> None:
    with contextlib.ExitStack() as stack:
        peers: list[green.socket] = []
        for _ in range(2 * STRANGERS):
            peers.append(stack.enter_context(house.connect()))
            house.let_in(peers[-1])
        for _ in range(2 * STRANGERS):
            stack.enter_context(house.connect())
        for peer in peers:
            peer.sendall(b"here")
        house.until(lambda: [*house.came.values()][: len(peers)] == [b"here"] * len(peers))


def test_each_end_that_goes_takes_the_other_one_with_it(house: House) -> None:
    with house.connect() as peer:
        (server,) = house.came
        server.shutdown(socket.SHUT_RDWR)
        assert is_over(peer)
    before = psutil.Process().num_fds()
    with house.connect():
        house.until(lambda: len(house.came) == 2)
    [*house.came][-1].close()
    house.until(lambda: psutil.Process().num_fds() <= before)


def test_those_whose_turn_never_came_leave_no_descriptor(house: House) -> None:
    before = psutil.Process().num_fds()
    for _ in range(2 * STRANGERS):
        peer, sock = socket.socketpair()
        peer.close()
        house.door._admit(sock)
    house.door.close()
    assert psutil.Process().num_fds() == before - 1  # its listener


def test_without_a_socket_behind_the_peer_is_sent_away(house: House) -> None:
    house.server.stop()
    with green.create_connection(house.address) as peer:
        assert is_over(peer)


@pytest.mark.parametrize("left", [STRANGERS, descriptors.FOR_THOSE_WHO_COME])
def test_where_few_descriptors_are_left_nobody_is_passed_on(
    left: int, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who accepts behind, libzmq, would end the process where it has none."""
    limit = max(descriptors._opened() + left, 1024)
    monkeypatch.setattr(descriptors, "_limit", lambda: limit)
    monkeypatch.setattr(descriptors, "_opened", lambda: limit - left)
    with green.create_connection(house.address) as peer:
        assert is_over(peer)
    assert not house.came
    assert house.sent_away
    monkeypatch.undo()
    house.connect().close()


class Endless(green.socket):
    """One that always has room."""

    taken = 0

    def sendall(self, data: Any, _: int = 0) -> None:
        self.taken += len(data)


def test_a_flood_lets_the_others_of_the_hub_have_their_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What always has something to read, and always room to write, never waits."""
    server, end = socket.socketpair()
    endless = Endless(fileno=end.detach())
    monkeypatch.setattr(curve_door, "_connected", lambda _: endless)
    server.sendall(GREETING + READY)
    with server, green.create_connection(house.address) as peer:
        assert len(peer.recv(len(GREETING + READY), socket.MSG_WAITALL)) > 0
        peer.setblocking(False)
        sent = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                sent += peer.send(bytes(1 << 20))
        turns = 0
        while endless.taken < sent:
            gevent.sleep(1e-6)
            turns += 1
    assert turns > sent // curve_door._AT_ONCE


def test_when_it_is_closed_a_fork_holds_neither_the_address_nor_a_connection(house: House) -> None:
    with house.connect() as peer:
        house.let_in(peer)
        ready, done = os.pipe(), os.pipe()
        child = os.fork()
        if not child:  # it has all that the parent has, and calls nothing
            os.close(done[1])
            os.write(ready[1], b"1")
            os.read(done[0], 1)
            os._exit(0)
        os.read(ready[0], 1)
        house.door.close()
        assert is_over(peer)
        listen(house.address).close()
        for end in (*ready, *done):
            os.close(end)
        os.waitpid(child, 0)


def test_strangers_cost_a_service_no_memory_and_few_descriptors() -> None:
    """Each sends a frame that is as long as a batch, and is not whole."""
    begin = GREETING.replace(b"NULL\0", b"CURVE") + bytes([COMMAND | LONG])
    begin += (5 << 20).to_bytes(8, "big")
    with running(ingress="tcp://127.0.0.1:*") as service, contextlib.ExitStack() as stack:
        address = parse(service.connection.ingress)
        before = psutil.Process().num_fds()
        strangers = []
        for _ in range(2 * curve_door.STRANGERS):
            strangers.append(stack.enter_context(socket.create_connection(address)))
            with contextlib.suppress(ConnectionError):
                strangers[-1].sendall(begin)
        for each in strangers:
            each.settimeout(PATIENCE)
            with contextlib.suppress(ConnectionError):
                for _ in range(5 << 4):
                    each.sendall(bytes(1 << 16))
                pytest.fail("a whole frame")
        own = len(strangers)
        eventually(lambda: psutil.Process().num_fds() - own <= before)
        right = stack.enter_context(dealer(service.connection))
        right.send_multipart(
            encode_batch(Batch("p", 0, 0, 0, Points("plot", "y", ONE, ONE)), service.token)
        )
        assert decode_receipt(right.recv()) == Receipt(1)
