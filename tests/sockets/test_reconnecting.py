"""A connection that libzmq has given up is made anew, and who is refused for it is told once."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
import zmq
from support.eventually import PATIENCE
from support.keeper import Keeper

from zwsnb.relay import reconnecting
from zwsnb.relay.sockets import MAX_MESSAGE


class Taken(Keeper):
    """Keeps messages of a subscription, and counts how often it was made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.given_up = 0

    def subscribe(self, address: str) -> None:
        self.sockets.connect(zmq.SUB, address, self.take, self.count)

    def count(self) -> None:
        self.given_up += 1

    def is_given_up(self) -> bool:
        """Wait until it was made anew."""
        with gevent.Timeout(PATIENCE):
            while not self.given_up:
                gevent.sleep(0.01)
        return True


@pytest.fixture
def taken() -> Iterator[Taken]:
    made = Taken()
    yield made
    made.sockets.close()


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that was given up is made anew soon."""
    monkeypatch.setattr(reconnecting, "LOOK_EVERY", 0.05)


@pytest.mark.usefixtures("_soon")
def test_a_message_that_is_too_large_breaks_a_subscription_off_and_does_not_end_it(
    taken: Taken,
) -> None:
    with zmq.Context() as context, context.socket(zmq.PUB) as plain:
        plain.linger = 0
        plain.bind("tcp://127.0.0.1:*")
        taken.subscribe(plain.getsockopt_string(zmq.LAST_ENDPOINT))
        assert taken.hears(plain, b"a")
        plain.send(bytes(MAX_MESSAGE + 1))
        assert taken.is_given_up()
        assert taken.hears(plain, b"b")
    assert taken.given_up == 1


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize("other", [zmq.REP, zmq.ROUTER])
def test_another_program_that_had_the_port_does_not_keep_a_subscription_from_its_producer(
    taken: Taken, other: int
) -> None:
    with zmq.Context() as context:
        with context.socket(other) as another:
            another.bind("tcp://127.0.0.1:*")
            address = another.getsockopt_string(zmq.LAST_ENDPOINT)
            taken.subscribe(address)
            assert taken.is_given_up()
        with context.socket(zmq.PUB) as plain, gevent.Timeout(PATIENCE):
            plain.linger = 0
            while True:
                try:
                    plain.bind(address)
                    break
                except zmq.ZMQError:  # the other one is about to go
                    gevent.sleep(0.01)
            assert taken.hears(plain, b"a")


def test_a_producer_that_comes_and_goes_is_left_to_libzmq(taken: Taken) -> None:
    with zmq.Context() as context, context.socket(zmq.PUB) as plain:
        plain.linger = 0
        plain.bind("tcp://127.0.0.1:*")
        address = plain.getsockopt_string(zmq.LAST_ENDPOINT)
        taken.subscribe(address)
        assert taken.hears(plain, b"a")
        plain.unbind(address)
        gevent.sleep(2.5 * reconnecting.LOOK_EVERY)
        plain.bind(address)
        assert taken.hears(plain, b"b")
    assert not taken.given_up
