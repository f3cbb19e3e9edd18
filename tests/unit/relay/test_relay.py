"""The relay without a socket: what each message does to the history, and what is counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from unittest.mock import Mock

import gevent
import numpy as np
import pytest
from support.sinks import IdleSink

from zwsnb.delivery.receipts import Receipt, decode_receipt
from zwsnb.history.blocks import Blocks
from zwsnb.history.plots import History, Plot
from zwsnb.kinds.arrays import Rows
from zwsnb.order.parts import is_sorted
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import (
    Batch,
    Body,
    Close,
    Points,
    encode_batch,
)
from zwsnb.protocol.derivation import Derive
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay import relay as relay_module, schedule
from zwsnb.relay.relay import Relay
from zwsnb.relay.schedule import SLOW_TICK
from zwsnb.relay.sockets import Sockets

TOKEN = "token"


class Listener:
    """Keeps what it is told; empty, it is false, and yet it is told."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, float]] = []
        self.closed: list[str] = []

    def __len__(self) -> int:
        return len(self.arrived)

    def points_arrived(self, plot: Plot, published: float) -> None:
        self.arrived.append((plot.name, published))

    def plot_closed(self, plot: Plot) -> None:
        self.closed.append(plot.name)

    def take_interval(self) -> float:
        return SLOW_TICK


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def publisher() -> Publisher:
    made = Publisher()
    made.sink = IdleSink()
    return made


@pytest.fixture
def relay(listener: Listener, publisher: Publisher) -> Iterator[Relay]:
    made = Relay(History(), TOKEN, publisher, listener=listener)
    yield made
    made.stop()


def run_of(*x: float, plot: str = "plot", is_time: bool = False, at: float = 5.0) -> Points:
    return Points(plot, "y", np.array(x), np.zeros(len(x)), is_time, at)


def frames_of(body: Body, token: str = TOKEN) -> list[bytes]:
    return [bytes(f) for f in encode_batch(Batch("p", 0, 0, 0, body), token)]


def receive(relay: Relay, body: Body, token: str = TOKEN) -> Receipt:
    return decode_receipt(relay._receive(frames_of(body, token)) or b"")


# -- batches ---------------------------------------------------------------------------------------


def test_a_batch_is_accounted_for_and_dispatched(relay: Relay) -> None:
    receive(relay, run_of(1, 2))
    assert relay.stats()["remote"] == {
        "producers": 1,
        "accepted": 2,
        "delivered": 2,
        "refused": 0,
        "dropped": 0,
        "missing": 0,
    }


def test_a_wrong_token_is_told_and_not_accounted_for(relay: Relay) -> None:
    assert receive(relay, run_of(1), "other").refused == "wrong token"
    assert relay.counts() == {"refused": {"wrong token": 1}}
    assert relay.accounts.by_producer == {}


def test_a_batch_that_comes_twice_is_taken_once(relay: Relay) -> None:
    assert receive(relay, run_of(1)) == receive(relay, run_of(1)) == Receipt(1)
    assert relay.history.get_or_create("plot").count == 1


def test_points_that_are_refused_are_not_delivered(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.history.plots.MAX_PLOTS", 0)
    assert receive(relay, run_of(1, 2)) == Receipt(1)
    its = relay.stats()["remote"]
    assert (its["accepted"], its["delivered"], its["refused"]) == (2, 0, 2)


def test_an_error_of_ours_is_no_receipt_and_the_next_batch_is_taken(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("zwsnb.delivery.reception.body_in", lambda *_: 1 / 0)
        assert relay._receive(frames_of(run_of(1))) is None
    assert receive(relay, run_of(1)) == Receipt(1)
    assert relay.counts() == {"errors": 1}


# -- the publisher of this process -----------------------------------------------------------------


def test_what_this_process_has_published_is_taken(relay: Relay, publisher: Publisher) -> None:
    publish = publisher.bind("plot")
    for i in range(10):
        publish(i, i)
    assert relay.take_own()
    assert not relay.take_own()
    assert relay.history.get_or_create("plot").count == 10


def test_whoever_asks_gets_all_of_it(relay: Relay, publisher: Publisher) -> None:
    publisher.bind("plot")(np.arange(400_000), np.zeros(400_000))
    publisher.bind("other")(np.arange(400_000), np.zeros(400_000))
    relay.take_all()
    assert [p.count for p in relay.history.plots.values()] == [400_000] * 2


def test_an_error_of_ours_is_no_refusal_and_the_next_point_is_taken(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, append = publisher.bind("plot"), relay.history.append
    monkeypatch.setattr(relay.history, "append", lambda *_: 1 / 0)
    publish(1, 1)
    relay.take_all()
    monkeypatch.setattr(relay.history, "append", append)
    publish(2, 2)
    relay.take_all()
    assert relay.counts() == {"errors": 1}
    assert len(relay.notices()) == 1
    assert relay.history.get_or_create("plot").count == 1


def test_points_for_which_there_is_no_memory_are_counted(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, new = publisher.bind("plot"), Blocks._new
    publish(0, 0)
    relay.take_all()
    made: list[int] = []

    def new_once(self: Blocks, rows: int) -> Rows:
        made.append(rows)
        if len(made) > 1:
            raise MemoryError("no room")
        return new(self, rows)

    with monkeypatch.context() as patched:
        patched.setattr(Blocks, "_new", new_once)
        publish(np.arange(1.0, 100_001), np.zeros(100_000))
        relay.take_all()
    publish(200_000, 0)
    relay.take_all()
    plot = relay.history.find("plot")
    held = plot.series["y"].points
    assert made
    assert held.end == plot.count < 100_000
    assert relay.lost()["refused"] == 100_002 - plot.count
    assert relay.counts() == {"refused": {"no memory": len(made) - 1}}
    assert is_sorted(held.slice(0, held.end)[0])
    assert held.nbytes == sum(block.nbytes for block in held.blocks)


def test_what_went_wrong_is_counted_without_zeros(relay: Relay, publisher: Publisher) -> None:
    assert relay.counts() == {}
    publisher.bind("a")([1, 2], [math.nan, 1])
    publisher.bind("b")([1, 2], [math.nan, math.inf])
    relay.take_all()
    relay.refuse(InvalidMessage("twice", "", "a"))
    assert relay.counts() == {"gaps": 3, "refused": {"twice": 1}}
    assert relay.counts(relay.history.get("a")) == {"gaps": 1, "refused": {"twice": 1}}


# -- when it takes ---------------------------------------------------------------------------------


@pytest.fixture
def rests(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[float]]:
    """How long the relay, which is woken by its publisher, has rested; in each rest a page takes,
    and then something is published.
    """
    found: list[float] = []
    # Long ones: however slow this machine is, none is over before it is asked for.
    monkeypatch.setattr(schedule, "EACH", 1.0)
    monkeypatch.setattr(schedule, "MAX_SPACING", 60.0)

    def sleep(seconds: float) -> None:
        found.append(seconds)
        relay.take_own()
        publisher.bind("late")(1, 1)

    sink = IdleSink()
    monkeypatch.setattr(sink, "wake", relay.wake, raising=False)
    publisher.sink = sink
    monkeypatch.setattr(Sockets, "answer", lambda *_: "nowhere")
    relay.start("")
    gevent.sleep(0.001)
    with monkeypatch.context() as patches:
        patches.setattr(relay_module, "gevent", SimpleNamespace(**{**vars(gevent), "sleep": sleep}))
        yield found


def until(there: Callable[[], bool]) -> None:
    """Let the relay run until something is there."""
    for _ in range(1000):
        if there():
            return
        gevent.sleep(0.001)
    raise AssertionError("it has not come")


def publish_many(publisher: Publisher, count: int) -> None:
    publish = [publisher.bind("many", f"s{i}") for i in range(count)]
    for each in publish:
        each(1, 1)


def count_in(relay: Relay, plot: str) -> int:
    found = relay.history.get(plot)
    return 0 if found is None else found.count


def test_a_relay_rests_after_many_series_and_takes_whatever_has_woken_it(
    relay: Relay, publisher: Publisher, rests: list[float]
) -> None:
    publish_many(publisher, 300)
    relay.take_own()
    publisher.bind("early")(1, 1)
    until(lambda: count_in(relay, "late") > 0)
    assert count_in(relay, "early") == 1
    assert 50 < rests[0] <= 60


def test_it_takes_at_once_what_few_series_have(
    relay: Relay, publisher: Publisher, rests: list[float]
) -> None:
    publish_many(publisher, 20)
    for _ in range(200):
        publisher.bind("many", "array")([1.0, 2.0], [1.0, 2.0])
    relay.take_own()
    publisher.bind("early")(1, 1)
    until(lambda: count_in(relay, "early") == 1)
    assert rests == []


def test_what_could_not_be_taken_is_taken_later(
    relay: Relay, publisher: Publisher, rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("zwsnb.producer.queue.merged", Mock(side_effect=MemoryError))
        publisher.bind("early")(1, 1)
        until(lambda: relay.counts().get("errors", 0) > 0)
    publisher.bind("early")(2, 2)
    until(lambda: count_in(relay, "early") == 2)
    assert rests == []


# -- without -----------------------------------------------------------------------------------


def test_a_relay_without_viewers_and_publisher_takes_and_counts() -> None:
    relay = Relay(History(), TOKEN)
    relay.dispatch(run_of(1))
    relay.dispatch(Close("plot"))
    relay.take_all()
    assert not relay.take_own()
    assert relay.stats()["own"] is None
    assert relay.counts() == {}
    relay.stop()


def test_what_was_being_derived_is_gone_on_with_in_another_thread(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sockets, "answer", lambda *_: "")
    relay.dispatch(run_of(1, 2, 3))
    relay.dispatch(Derive("plot", "twice", "y + y"))
    relay.stop()
    relay.move(publisher)
    assert relay.derived.is_due
    relay.start("")
    gevent.sleep(0.01)
    assert not relay.derived.is_due
