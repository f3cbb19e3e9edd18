"""How long a worker waits for a receipt."""

from __future__ import annotations

import pytest

from zwsnb.delivery.handover import AT_ONCE, HANDOVER, MOST, Handover


class Relay:
    """A relay, and a worker that waits for it: `takes` is how long it has to, in seconds."""

    def __init__(self) -> None:
        self.now = 10.0
        self.takes = 0.0
        self.waits: list[float] = []
        self.handover = Handover(lambda: self.now)

    def flush(self, timeout: float) -> bool:
        self.waits.append(min(timeout, self.takes))
        self.now += self.waits[-1]
        return self.takes < timeout

    def publish(self, takes: float) -> bool:
        self.takes = takes
        return self.handover.wait(self.flush)


@pytest.fixture
def relay() -> Relay:
    return Relay()


def test_it_waits_for_a_few_and_for_some_of_many(relay: Relay) -> None:
    assert sum(relay.publish(0.0) for _ in range(10 * AT_ONCE)) == AT_ONCE
    begin = relay.now
    for i in range(1, 1001):
        relay.now = begin + i / 1000
        relay.publish(0.0)
    assert len(relay.waits) in range(2 * AT_ONCE - 1, 2 * AT_ONCE + 1)
    relay.now = 100.0
    assert relay.publish(0.0)


def test_a_connection_that_takes_long_loses_neither_its_point_nor_the_next_ones(
    relay: Relay,
) -> None:
    """As a first one does beside other work."""
    assert relay.publish(3 * HANDOVER)
    assert all(relay.publish(0.01) for _ in range(50))
    assert relay.publish(3 * HANDOVER)


def test_a_relay_that_answers_soon_costs_no_more_than_the_count(relay: Relay) -> None:
    for _ in range(10_000):
        relay.now += 1 / AT_ONCE
        assert relay.publish(0.02)
    assert relay.publish(0.9 * MOST)


def test_a_relay_that_stands_still_costs_a_worker_little(relay: Relay) -> None:
    assert not relay.publish(1e9)
    assert relay.waits == [MOST]
    begin = relay.now
    while relay.now < begin + 20:
        relay.now += 0.001
        assert not relay.publish(1e9)
    assert sum(relay.waits) <= MOST + 0.1 * 20 + 2 * HANDOVER
    assert min(relay.waits) >= HANDOVER  # what is too short for an answer is for nothing
    assert relay.publish(0.0) is False
    relay.now += 1.01
    assert relay.publish(0.0)
    relay.now += 100.0
    assert relay.publish(0.9 * MOST)
