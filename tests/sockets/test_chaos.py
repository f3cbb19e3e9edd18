"""Publishers and pages with a line to the relay that fails in every way: nothing is lost or comes
twice, every account adds up at every moment, and all is live soon after the line has healed.

`make soak` does it for long; the number that a fault follows from is in the test's name.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from support.chaos import FAULTS, Fault, Line, line
from support.eventually import eventually
from support.services import running

from zwsnb.delivery.sender import Sender
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection
from zwsnb.service.service import Service

LIVE_WITHIN = 5.0
"""Seconds after which all is live again; a shared machine gets some more."""


@pytest.fixture
def service() -> Iterator[Service]:
    with running(ingress="tcp://127.0.0.1:*") as found:
        yield found


@pytest.fixture
def between(service: Service) -> Iterator[Line]:
    """A line to the way in of publishers."""
    with line(urlsplit(service.connection.ingress).port or 0) as made:
        yield made


@pytest.fixture
def publisher(service: Service, between: Line) -> Iterator[Publisher]:
    made = Publisher(make_sender=Sender)
    made.connection = Connection(f"tcp://127.0.0.1:{between.port}", service.token)
    yield made
    made.stop(0.5)


class Stream:
    """A publisher's points, one after the other, and what has come of them."""

    def __init__(self, service: Service, publisher: Publisher, plot: str) -> None:
        self.service, self.publisher, self.plot = service, publisher, plot
        self.publish = publisher.bind(plot)
        self.published = 0

    def go_on(self, seconds: float) -> None:
        """Publish for a while, in bursts, and look whether the accounts add up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for _ in range(50):
                self.publish(self.published, self.published)
                self.published += 1
            self.assert_account()
            time.sleep(0.005)

    def assert_account(self) -> None:
        its = self.service.call(self.service.relay.accounts.of, self.publisher.producer)
        sent = self.publisher.stats()  # after it, since it goes on
        assert sent["accepted"] == sent["taken"] + sent["dropped"] + sent["queued"]
        assert its.accepted == its.delivered + its.dropped + its.missing + its.refused
        assert its.delivered <= sent["taken"]
        assert (its.missing, its.refused, its.dropped) == (0, 0, 0)

    def come(self) -> list[float]:
        """The points that have come."""
        if self.plot not in self.service.stats()["plots"]:
            return []
        x: list[float] = self.service.points(self.plot, "y")[:, 0].tolist()
        return x


@pytest.mark.parametrize("fault", FAULTS)
def test_a_publisher_outlives_every_fault_of_its_line(
    service: Service, between: Line, publisher: Publisher, fault: Fault
) -> None:
    stream = Stream(service, publisher, fault)
    stream.go_on(0.2)
    between.break_(fault, random.Random(1))
    stream.go_on(0.5)
    between.heal()
    stream.go_on(0.2)
    assert publisher.flush(4 * LIVE_WITHIN)
    assert stream.come() == list(range(stream.published))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_publisher_outlives_many_faults_one_upon_the_other(
    service: Service, between: Line, publisher: Publisher, seed: int
) -> None:
    chance = random.Random(seed)
    stream = Stream(service, publisher, f"seed {seed}")
    for _ in range(8):
        between.break_(chance.choice(FAULTS), chance)
        stream.go_on(chance.uniform(0.05, 0.3))
        if chance.random() < 0.3:
            between.heal()
    between.heal()
    assert publisher.flush(4 * LIVE_WITHIN)
    assert stream.come() == list(range(stream.published))


def test_a_line_that_stands_still_for_long_loses_nothing(
    service: Service, between: Line, publisher: Publisher
) -> None:
    """Longer than a sender waits before it connects anew, by a line that carries nothing."""
    stream = Stream(service, publisher, "still")
    stream.go_on(0.1)
    between.break_("stop", random.Random(1))
    stream.go_on(5.0)
    between.heal()
    eventually(lambda: publisher.flush(0.5), "all has come", 4 * LIVE_WITHIN)
    assert stream.come() == list(range(stream.published))
