"""The ways in for plain producers: which one an address gets, and that all lead to one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
import zmq
from support.eventually import PATIENCE
from support.keeper import Keeper
from support.services import producer

from zwsnb.relay.plain.doors import Doors


class Taken(Keeper):
    """Keeps messages, and what was guarded that failed."""

    def __init__(self) -> None:
        super().__init__()
        self.failed: list[str] = []
        self.doors = Doors(self.sockets, self.guard, self.take, lambda: None)

    def guard(self, take: Callable[[Any], object], what: Any, /) -> None:
        try:
            take(what)
        except Exception as error:  # noqa: BLE001
            self.failed.append(str(error))

    def take(self, frames: list[bytes]) -> None:
        super().take(frames)
        if frames[-1] == b"bad":
            raise ValueError("bad")


@pytest.fixture
def taken() -> Iterator[Taken]:
    made = Taken()
    yield made
    made.doors.close()
    made.sockets.close()


def test_a_producer_comes_by_tcp_to_a_door_of_our_own(taken: Taken) -> None:
    with producer(taken.doors.listen("tcp://127.0.0.1:*")) as plain:
        assert taken.hears(plain, b"a")
        assert taken.doors.door.connections == 1
        assert taken.hears(plain, b"bad")
        assert taken.hears(plain, b"b")
    assert set(taken.failed) == {"bad"}


def test_a_producer_comes_by_a_file_to_libzmq(taken: Taken, tmp_path: Path) -> None:
    address = f"ipc://{tmp_path}/s"
    assert taken.doors.listen(address) == address
    with producer(address) as plain:
        assert taken.hears(plain, b"a")
    assert taken.doors.door.connections == 0


def test_a_producer_that_binds_is_subscribed_to(taken: Taken) -> None:
    with zmq.Context() as context, context.socket(zmq.PUB) as plain:
        plain.linger = 0
        plain.bind("tcp://127.0.0.1:*")
        taken.doors.subscribe(plain.getsockopt_string(zmq.LAST_ENDPOINT))
        assert taken.hears(plain, b"a")


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://nowhere", "tcp://*"])
def test_an_address_that_is_none_is_told_with_an_example(taken: Taken, address: str) -> None:
    for enter in (taken.doors.listen, taken.doors.subscribe):
        with pytest.raises(OSError, match="is no address that can be used"):
            enter(address)


def test_a_fault_of_a_stranger_is_counted(taken: Taken) -> None:
    with (
        producer(taken.doors.listen("tcp://127.0.0.1:*"), zmq.PUSH) as push,
        gevent.Timeout(PATIENCE),
    ):
        push.linger = 0
        while not taken.failed:
            gevent.sleep(0.002)
    assert "not a PUB one" in taken.failed[0]
