"""The door of plain producers, with real PUB sockets before it, and with those who are none."""

from __future__ import annotations

import contextlib
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import gevent
import psutil
import pytest
import zmq
from support.eventually import PATIENCE
from support.services import producer
from support.zmtp_peer import HELLO, message

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay import hub
from zwsnb.relay.plain.connection import Connection
from zwsnb.relay.plain.door import Door, DoorLimits
from zwsnb.relay.sockets import AT_ONCE
from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.subscriber import Subscriber
from zwsnb.zmtp.wire import MORE, frame

ANYWHERE: Final = "tcp://127.0.0.1:*"
LIMITS: Final = DoorLimits(connections=5, held=1 << 20, reserved=4 << 10, handshake=PATIENCE)


class Hall:
    """What is behind a door: it keeps messages by turns, and counts who is to blame."""

    def __init__(self, limits: DoorLimits = LIMITS) -> None:
        self.turns: list[list[bytes]] = [[]]
        self.blamed: Counter[str] = Counter()
        self.on_message: Callable[[], object] = lambda: None
        self.most = 0
        self.door = Door(self.handle, self.end_turn, self.blame, limits)
        self.address = self.door.listen(ANYWHERE)

    def handle(self, frames: list[bytes]) -> None:
        self.turns[-1].append(frames[-1])
        self.on_message()

    def end_turn(self) -> None:
        self.turns.append([])

    def blame(self, error: Exception) -> None:
        self.blamed[error.kind if isinstance(error, InvalidMessage) else repr(error)] += 1

    @property
    def messages(self) -> list[bytes]:
        return [message for turn in self.turns for message in turn]

    def has(self, message: bytes) -> bool:
        return message in self.messages

    def look_at_held(self) -> bool:
        """Keep the most bytes that were held at any time."""
        self.most = max(self.most, self.door.held)
        return True

    def until(self, look: Callable[[], object]) -> None:
        """Run the hub until that is true."""
        with gevent.Timeout(PATIENCE):
            while not look():
                gevent.sleep(0.002)

    def connect(self) -> socket.socket:
        """Connect as anybody may, and let the door open."""
        host, _, port = self.address.removeprefix("tcp://").rpartition(":")
        sock = socket.create_connection((host, int(port)))
        gevent.sleep(1e-6)
        return sock

    def say(self, sock: socket.socket, data: bytes) -> None:
        """Send data, and run the hub where it is not read; a connection that ends is no error."""
        sock.settimeout(0)
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[sock.send(rest) :]
            except BlockingIOError:
                gevent.sleep(0.001)
            except ConnectionError:
                return

    @contextlib.contextmanager
    def heard(self) -> Iterator[zmq.Socket[bytes]]:
        """A producer that has sent `heard?`, and was heard."""
        with producer(self.address) as socket:

            def is_heard() -> bool:
                socket.send(b"heard?")
                return b"heard?" in self.messages

            self.until(is_heard)
            yield socket


@pytest.fixture
def hall() -> Iterator[Hall]:
    made = Hall()
    yield made
    made.door.close()


def test_a_burst_of_100000_points_comes_whole_and_in_turns(hall: Hall) -> None:
    n = 100_000
    with hall.heard() as plain:
        for i in range(n):
            plain.send(b'{"x": %d, "y": 1}' % i)
        hall.until(lambda: hall.messages[-1] == b'{"x": %d, "y": 1}' % (n - 1))
    points = [each for each in hall.messages if each != b"heard?"]
    assert points == [b'{"x": %d, "y": 1}' % i for i in range(n)]
    assert max(map(len, hall.turns)) <= AT_ONCE
    assert not hall.blamed


@pytest.mark.parametrize("kind", [zmq.PUB, zmq.XPUB])
def test_frames_of_all_sizes_come(hall: Hall, kind: int) -> None:
    with producer(hall.address, kind) as plain:

        def is_heard() -> bool:
            plain.send_multipart([b"topic" * 100, b"heard?"])
            return bool(hall.messages)

        hall.until(is_heard)
        sizes = [0, 1, 255, 256, 60_000, 65_536]
        for size in sizes:
            plain.send_multipart([b"", b"a" * size])
        hall.until(lambda: len(hall.messages[-1]) == sizes[-1])
    found = [each for each in hall.messages if each != b"heard?"]
    assert [*map(len, found)] == sizes


def test_a_producer_that_asks_whether_we_are_there_stays_connected(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    answer = Subscriber._answer

    def count(peer: Subscriber, name: bytes, data: bytes) -> None:
        asked.append(name)
        answer(peer, name, data)

    monkeypatch.setattr(Subscriber, "_answer", count)
    with zmq.Context() as context, context.socket(zmq.PUB) as plain:
        plain.linger = 0
        plain.heartbeat_ivl = 20
        plain.heartbeat_timeout = 500
        plain.connect(hall.address)
        hall.until(lambda: asked)
        connections = list(hall.door._connections)
        hall.until(lambda: len(asked) > 60)  # in over a second
        assert list(hall.door._connections) == connections
    assert set(asked) == {b"PING"}


def test_a_producer_that_has_gone_leaves_its_last_points_and_may_come_again(hall: Hall) -> None:
    for name in (b"first", b"second"):
        with hall.heard() as plain:
            for i in range(900):
                plain.send(b"%s %d" % (name, i))
        hall.until(partial(hall.has, b"%s 899" % name))
        hall.until(lambda: not hall.door.connections)
        hall.turns = [[each for each in hall.messages if each != b"heard?"]]
    assert hall.messages == [b"%s %d" % (n, i) for n in (b"first", b"second") for i in range(900)]


def test_a_producer_finds_a_door_that_opens_again(hall: Hall) -> None:
    with hall.heard() as plain:
        hall.door.close()
        again = Hall()
        again.door.close()
        again.door = Door(again.handle, again.end_turn, again.blame, LIMITS)
        assert again.door.listen(hall.address) == hall.address

        def is_heard() -> bool:
            plain.send(b"again")
            return bool(again.messages)

        again.until(is_heard)
        again.door.close()


# -- strangers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 200, 60_000, 1 << 20])
def test_a_message_without_end_costs_its_sender_the_connection(hall: Hall, size: int) -> None:
    endless = HELLO + frame(bytes(size), MORE) * 100
    with hall.heard() as plain, hall.connect() as hostile:
        flooding = gevent.spawn(hall.say, hostile, endless)
        hall.until(lambda: hall.look_at_held() and hall.blamed["too large"] == 1)
        hall.until(lambda: hall.door.connections == 1)
        plain.send(b"good")
        hall.until(lambda: hall.messages[-1] == b"good")
        flooding.join()
    assert hall.most < 2 << 20
    assert hall.blamed == {"too large": 1}


def test_what_nobody_takes_yet_is_bounded_and_whole(hall: Hall) -> None:
    hall.on_message = hall.look_at_held
    hall.door._limits = DoorLimits(connections=5, held=200_000, reserved=4_096, turn=0)
    with contextlib.ExitStack() as stack:
        hostile = [stack.enter_context(hall.connect()) for _ in range(4)]
        floods = [
            gevent.spawn(hall.say, each, HELLO + message(bytes(2_000)) * 2_000) for each in hostile
        ]
        gevent.joinall(floods, timeout=PATIENCE, raise_error=True)
        hall.until(lambda: len(hall.messages) == 8_000)
    # Each may read once more than there is room for.
    assert hall.most <= 200_000 + 4 * (4_096 + (128 << 10))


def test_many_connections_are_refused_and_who_is_in_goes_on(hall: Hall) -> None:
    before = psutil.Process().num_fds()
    with hall.heard() as plain:
        strangers = [hall.connect() for _ in range(200)]
        hall.until(lambda: hall.blamed["too many producers"] == 196)
        assert hall.door.connections == 5
        plain.send(b"good")
        hall.until(lambda: hall.messages[-1] == b"good")
        for each in strangers:
            each.close()
        hall.until(lambda: hall.door.connections == 1)
    hall.until(lambda: psutil.Process().num_fds() <= before)


def test_who_is_no_producer_is_refused_by_kind(hall: Hall) -> None:
    for hello in (b"GET / HTTP/1.1\r\n\r\n", GREETING + b"noise", HELLO + b"\xff" * 9):
        with hall.connect() as stranger:
            hall.say(stranger, hello)
            hall.until(partial(has_ended, stranger))
    with hall.connect() as old:
        hall.say(old, GREETING[:10] + b"\x01\x02")
        hall.until(lambda: has_ended(old))
    assert hall.blamed == {"bad connection": 3, "old ZeroMQ": 1}
    assert hall.door.connections == 0


def has_ended(sock: socket.socket) -> bool:
    try:
        while sock.recv(999):
            pass
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    return True


def test_another_kind_of_socket_is_refused(hall: Hall) -> None:
    with producer(hall.address, zmq.PUSH) as push:
        push.linger = 0
        hall.until(lambda: hall.blamed["bad connection"])


def test_who_says_nothing_has_to_go() -> None:
    hall = Hall(DoorLimits(handshake=0.05))
    with hall.connect() as silent, hall.connect() as slow, hall.heard() as plain:
        hall.say(slow, GREETING)
        hall.until(lambda: hall.blamed == {"bad connection": 2})
        assert silent.fileno() > 0
        assert hall.door.connections == 1
        plain.send(b"good")
        hall.until(lambda: hall.messages[-1] == b"good")
    hall.door.close()


def test_who_floods_leaves_their_turns_to_others(hall: Hall) -> None:
    flood = HELLO + message(b"flood") * 50_000
    with hall.heard() as plain, hall.connect() as hostile:
        flooding = gevent.spawn(hall.say, hostile, flood)
        hall.until(lambda: b"flood" in hall.messages)
        for i in range(100):
            plain.send(b"good %d" % i)
        hall.until(lambda: b"good 99" in hall.messages)
        flooding.join(PATIENCE)
        hall.until(lambda: hall.messages.count(b"flood") == 50_000)
    turns = [turn for turn in hall.turns if any(each.startswith(b"good") for each in turn)]
    shared = [turn for turn in turns if b"flood" in turn]
    assert all(turn.count(b"flood") <= AT_ONCE // 2 for turn in shared)


def test_a_turn_ends_in_time(hall: Hall) -> None:
    """Each message takes a second, of which a turn has two."""
    now = 0.0

    def tick() -> None:
        nonlocal now
        now += 1

    hall.on_message = tick
    hall.door._clock = lambda: now
    hall.door._limits = DoorLimits(turn=2.0, handshake=PATIENCE)
    with contextlib.ExitStack() as stack:
        for name in (b"a", b"b", b"c", b"d"):
            sock = stack.enter_context(hall.connect())
            hall.say(sock, HELLO + message(name))
        hall.until(lambda: len(hall.messages) == 4)
    assert sorted(hall.messages) == [b"a", b"b", b"c", b"d"]
    assert max(map(len, hall.turns)) <= 2


def test_an_error_of_ours_closes_one_connection_alone(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Connection.take

    def fail(connection: Connection, at_most: int) -> list[list[bytes]]:
        found = take(connection, at_most)
        if [b"fatal"] in found:
            raise ZeroDivisionError
        return found

    monkeypatch.setattr(Connection, "take", fail)
    with hall.heard() as plain, hall.connect() as other:
        hall.say(other, HELLO + message(b"fatal"))
        hall.until(lambda: hall.blamed["ZeroDivisionError()"] == 1)
        hall.until(lambda: hall.door.connections == 1)
        plain.send(b"good")
        hall.until(lambda: hall.messages[-1] == b"good")


def test_a_turn_whose_end_has_no_memory_stops_nobody(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has sent more than there is room for waits for the end of a turn."""
    fails = iter([False, True])

    def fail() -> None:
        hall.end_turn()
        if next(fails, False):
            raise MemoryError

    hall.door._limits = DoorLimits(held=1, reserved=1, handshake=PATIENCE)
    monkeypatch.setattr(hall.door, "_after_turn", fail)
    monkeypatch.setattr(hub, "AGAIN_AFTER", 0.01)
    monkeypatch.setattr(gevent.get_hub(), "print_exception", lambda *_: None)
    count = 5 * AT_ONCE
    with hall.connect() as plain:
        saying = gevent.spawn(hall.say, plain, HELLO + message(bytes(200)) * count)
        hall.until(lambda: len(hall.messages) == count)
        saying.join()


# -- addresses, and the end ------------------------------------------------------------------------


def test_one_door_has_several_addresses(hall: Hall) -> None:
    second = hall.door.listen(ANYWHERE)
    assert second != hall.address
    hall.address = second
    with hall.heard():
        assert hall.door.connections == 1


def test_an_address_in_use_is_told_with_what_helps(hall: Hall) -> None:
    with pytest.raises(OSError, match=f"{hall.address} is in use by another program: choose"):
        hall.door.listen(hall.address)
    with pytest.raises(OSError, match=r"tcp://nonsense is no address .*; one looks like tcp"):
        hall.door.listen("tcp://nonsense")


def test_nothing_is_left_of_a_closed_door() -> None:
    before = psutil.Process(os.getpid()).num_fds()
    hall = Hall()
    with hall.heard(), hall.connect(), hall.connect():
        hall.until(lambda: hall.door.connections == 3)
        late = hall.connect()
        hall.door.close()
        assert hall.door.connections == 0
        late.close()
    hall.until(lambda: psutil.Process().num_fds() <= before)
    assert not hall.blamed
