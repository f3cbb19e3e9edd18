"""The caller's side: what `publish` takes, in which order it is taken, what it costs when nobody
takes, and nothing twice.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import textwrap
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import zmq
from support.eventually import PATIENCE, eventually

from zwsnb.producer import publisher as module
from zwsnb.producer.batching import PART
from zwsnb.producer.publisher import Connection, Publisher
from zwsnb.producer.sender import Sender
from zwsnb.protocol.batch import (
    Batch,
    Clear,
    Close,
    Command,
    Points,
    SetOptions,
    decode_batch,
)
from zwsnb.relay.accounts import Accounts

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
SECONDS = 1709208000.0


class FakeSink:
    """A sink that takes when it is told to."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.wakes = 0
        self.closed = False

    def wake(self) -> None:
        self.wakes += 1

    def flush(self, timeout: float) -> bool:  # noqa: ARG002 - as the protocol has it
        self.publisher.take()
        return True

    def close(self, timeout: float) -> None:  # noqa: ARG002 - as the protocol has it
        self.closed = True


@pytest.fixture
def publisher() -> Publisher:
    made = Publisher()
    made.sink = FakeSink(made)
    return made


Publish = Callable[..., None]


@pytest.fixture
def publish(publisher: Publisher) -> Publish:
    return publisher.bind("plot")


def by_series(batches: list[Batch]) -> dict[str, list[tuple[float, float]]]:
    """The points of batches by "plot/series", NaN as None."""
    found: dict[str, list[Any]] = defaultdict(list)
    for p in points_of(batches):
        ys = [None if math.isnan(y) else y for y in p.y.tolist()]
        found[f"{p.plot}/{p.series}"] += zip(p.x.tolist(), ys, strict=True)
    return dict(found)


def points_of(batches: list[Batch]) -> list[Points]:
    """The runs of points among the bodies of batches."""
    return [b.body for b in batches if isinstance(b.body, Points)]


def kinds_of(batches: list[Batch]) -> list[type]:
    return [type(b.body) for b in batches]


def assert_account(publisher: Publisher, accepted: int) -> None:
    stats = publisher.stats()
    assert stats["accepted"] == accepted
    assert stats["taken"] + stats["dropped"] + stats["queued"] == accepted


# -- every form ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named", "points"),
    [
        ((1, 2), {}, {"plot/y": [(1, 2)]}),
        ((1.5, np.float64(2)), {}, {"plot/y": [(1.5, 2)]}),
        ((np.float32(1), np.int8(2)), {}, {"plot/y": [(1, 2)]}),
        ((True, False), {}, {"plot/y": [(1, 0)]}),
        ((1, math.nan), {}, {"plot/y": [(1, None)]}),
        ((1, -math.inf), {}, {"plot/y": [(1, None)]}),
        ((NOON, 2), {}, {"plot/y": [(SECONDS, 2)]}),
        ((1, 2), {"series": "loss"}, {"plot/loss": [(1, 2)]}),
        ((1, 2), {"plot": "other"}, {"other/y": [(1, 2)]}),
        ((1, 2, "loss", "other"), {}, {"other/loss": [(1, 2)]}),
        ((1,), {"loss": 0.25, "acc": 3}, {"plot/loss": [(1, 0.25)], "plot/acc": [(1, 3)]}),
        ((1, 2), {"acc": 3}, {"plot/y": [(1, 2)], "plot/acc": [(1, 3)]}),
        ((1, {"any name": 4, "ü": 5}), {}, {"plot/any name": [(1, 4)], "plot/ü": [(1, 5)]}),
        ((1, {}), {}, {}),
        (([1, 2], [3, 4]), {}, {"plot/y": [(1, 3), (2, 4)]}),
        ((range(2), (x for x in (3, None))), {}, {"plot/y": [(0, 3), (1, None)]}),
        ((np.arange(2), np.array([3, np.inf])), {"series": "a"}, {"plot/a": [(0, 3), (1, None)]}),
        (([NOON], [1]), {}, {"plot/y": [(SECONDS, 1)]}),
        (
            ([1], {"a": [2], "b": [3]}),
            {"c": [4]},
            {"plot/a": [(1, 2)], "plot/b": [(1, 3)], "plot/c": [(1, 4)]},
        ),
        (([], []), {}, {"plot/y": []}),
    ],
)
def test_every_form_of_publish(
    publisher: Publisher,
    publish: Publish,
    arguments: Any,
    named: dict[str, Any],
    points: dict[str, Any],
) -> None:
    publish(*arguments, **named)
    assert by_series(publisher.take()) == points
    assert publisher.take() == []
    assert_account(publisher, sum(map(len, points.values())))


@pytest.mark.parametrize(
    ("arguments", "named", "error", "sentence"),
    [
        (([1, 2, 3], [1, 2, 3, 4]), {}, ValueError, "x has 3 values, y has 4"),
        (([1, 2], {"a": [1]}), {}, ValueError, "x has 2 values, y of 'a' has 1"),
        (([1, 2], 3), {}, ValueError, "x has 2 values, y is only one: publish as many of both"),
        ((1, [1, 2]), {}, ValueError, "x is one value, y is a list: publish as many of both"),
        (
            (1, np.zeros(1)),
            {},
            ValueError,
            "x is one value, y is a ndarray: publish as many of both",
        ),
        ((math.nan, 1), {}, ValueError, "x is nan; x must be finite"),
        ((-math.inf, 1), {}, ValueError, "x is -inf; x must be finite"),
        (([0, math.nan], [1, 2]), {}, ValueError, "x[1] is nan; x must be finite"),
        ((10**400, 1), {}, ValueError, "x is too large for a double"),
        ((1, 10**400), {}, ValueError, "y is too large for a double"),
        (
            ("1", 1),
            {},
            TypeError,
            "x is a str ('1'); publish takes numbers, times, sequences and arrays",
        ),
        ((1, None), {}, TypeError, "y is None; publish takes numbers, times, sequences and arrays"),
        (
            (1, "b"),
            {"series": "a"},
            TypeError,
            "y of 'a' is a str ('b'); publish takes numbers, times, sequences and arrays",
        ),
        ((1, NOON), {}, TypeError, "y is a time; only x may be one"),
        (([1], [NOON]), {}, TypeError, "y holds times; only x may"),
        (
            (1,),
            {},
            TypeError,
            "publish needs y: publish(x, y), publish(x, {name: y}) or publish(x, name=y)",
        ),
        (
            (1, {"a": 1}),
            {"series": "b"},
            TypeError,
            "publish(x, {name: y, ...}) names its series itself; leave out series=",
        ),
        ((1, 2), {"series": ""}, ValueError, "series is empty; a name has 1 to 256 characters"),
        (
            (1, 2),
            {"plot": "p" * 257},
            ValueError,
            "plot has 257 characters; a name has at most 256",
        ),
        ((1, {3: 4}), {}, TypeError, "series is a int; a name is a string"),
        ((1, 2), {"series": ["a"]}, TypeError, "series is a list; a name is a string"),
        ((1, 2), {"plot": ["a"]}, TypeError, "plot is a list; a name is a string"),
    ],
)
def test_what_is_no_point_is_told_so_and_harms_nothing(
    publisher: Publisher,
    publish: Publish,
    arguments: Any,
    named: dict[str, Any],
    error: Any,
    sentence: str,
) -> None:
    publish(1, 1)
    with pytest.raises(error) as caught:
        publish(*arguments, **named)
    assert str(caught.value) == sentence
    publish(2, 2)
    assert by_series(publisher.take()) == {"plot/y": [(1, 1), (2, 2)]}


def test_of_several_series_none_is_taken_when_one_is_wrong(
    publisher: Publisher, publish: Publish
) -> None:
    for wrong in ((1, {"a": 1, "b": "x"}), ([1], {"a": [1], "b": [1, 2]})):
        with pytest.raises((TypeError, ValueError)):
            publish(*wrong)
    assert publisher.take() == []
    assert_account(publisher, 0)


def test_gaps_are_counted(publisher: Publisher, publish: Publish) -> None:
    publish(1, math.nan)
    publish([2, 3, 4], [math.inf, 1, math.nan])
    assert publisher.stats()["gaps"] == 3


def test_without_a_service_publish_says_what_starts_one() -> None:
    publish = Publisher().bind("plot")
    with pytest.raises(
        RuntimeError, match=r"zwsnb is not running: %load_ext zwsnb or zwsnb\.start\(\) starts it"
    ):
        publish(1, 2)


def test_after_stop_publish_says_so_too(publisher: Publisher, publish: Publish) -> None:
    publish(1, 2)
    sink = publisher.sink
    publisher.stop()
    assert isinstance(sink, FakeSink)
    assert sink.closed
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        publish(1, 2)


# -- times -----------------------------------------------------------------------------------------


def test_a_plot_has_numbers_or_times_and_not_both(publisher: Publisher, publish: Publish) -> None:
    publish(1, 1)
    with pytest.raises(
        TypeError,
        match="x is a time, but was a number in plot 'plot' before; clear the plot or use another",
    ):
        publish(NOON, 1)
    publish(NOON, 1, plot="times")
    with pytest.raises(TypeError, match="x is a number, but was a time in plot 'times' before"):
        publish([1], [1], plot="times")
    assert {(p.plot, p.is_time) for p in points_of(publisher.take())} == {
        ("plot", False),
        ("times", True),
    }


@pytest.mark.parametrize("command", [Clear("plot"), Close("plot")])
def test_a_plot_that_was_forgotten_may_have_the_other(
    publisher: Publisher, publish: Publish, command: Command
) -> None:
    publish(1, 1)
    publisher.send_command(command)
    publish(NOON, 1)
    with pytest.raises(TypeError, match="x is a number, but was a time"):
        publish(2, 1)
    taken = publisher.take()
    assert kinds_of(taken) == [Points, type(command), Points]
    assert [p.is_time for p in points_of(taken)] == [False, True]


# -- order and numbers -----------------------------------------------------------------------------


def test_numbers_and_arrays_of_a_series_keep_their_order(
    publisher: Publisher, publish: Publish
) -> None:
    for i in range(0, 40, 4):
        publish(i, i)
        publish([i + 1, i + 2], [0, 0])
        publish(i + 3, i)
        if i % 12 == 0:
            publish(i, i, series="other")
    [points, _] = points_of(publisher.take())
    assert points.x.tolist() == list(range(40))


def test_words_stand_between_the_points_before_and_after(
    publisher: Publisher, publish: Publish
) -> None:
    publish(1, 1)
    publisher.send_command(SetOptions("plot", {"window": 3}))
    publish(2, 2)
    publish([3], [3])
    publisher.send_command(Clear("plot"))
    publish(4, 4)
    taken = publisher.take()
    assert kinds_of(taken) == [Points, SetOptions, Points, Clear, Points]
    assert [p.x.tolist() for p in points_of(taken)] == [[1], [2, 3], [4]]
    assert taken[1].body == SetOptions("plot", {"window": 3})


def test_batches_are_numbered_and_say_how_many_points_came_before(
    publisher: Publisher, publish: Publish
) -> None:
    publish([1, 2, 3], [1, 2, 3])
    publisher.send_command(Clear("plot"))
    publish(4, 4)
    publish(4, 4, series="b")
    taken = [*publisher.take()]
    publish(5, 5)
    taken += publisher.take()
    assert [(b.number, b.points_before) for b in taken] == [(0, 0), (1, 3), (2, 3), (3, 4), (4, 5)]
    assert {b.producer for b in taken} == {publisher.producer}


def test_what_does_not_fit_into_one_message_is_cut(publisher: Publisher, publish: Publish) -> None:
    n = 2 * PART + 5
    publish(np.arange(n), np.zeros(n))
    taken = publisher.take()
    assert [(b.number, b.points_before) for b in taken] == [(0, 0), (1, PART), (2, 2 * PART)]
    assert np.concatenate([p.x for p in points_of(taken)]).tolist() == list(range(n))


def test_the_sink_is_woken_by_the_first_point_and_when_it_has_slept(
    publisher: Publisher, publish: Publish
) -> None:
    sink = publisher.sink
    assert isinstance(sink, FakeSink)
    for i in range(100):
        publish(i, i)
    assert sink.wakes == 1
    publisher.take()
    publish(100, 0)
    assert sink.wakes == 1
    for _ in range(2):
        publisher.take()
    publish(101, 0)
    assert sink.wakes == 2


def test_a_caller_may_change_its_arrays_afterwards(publisher: Publisher, publish: Publish) -> None:
    x, y = np.arange(3.0), np.arange(3.0)
    publish(x, y)
    publish(x, y, series="strided")
    x[:], y[:] = -1, -1
    assert set(map(str, by_series(publisher.take()).values())) == {
        "[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]"
    }


def test_a_long_list_is_sealed_by_the_caller(publisher: Publisher, publish: Publish) -> None:
    n = module.SEAL
    for i in range(n):
        publish(i, i)
    assert len(publisher._buffers["plot", "y"].items) < module.SEAL
    assert_account(publisher, n)
    [points] = points_of(publisher.take())
    assert points.x.tolist() == list(range(n))


# -- threads ---------------------------------------------------------------------------------------


def storm(publisher: Publisher, thread: int, n: int) -> None:
    """Publish n points whose y is x, by one and by many, to a series that all threads share."""
    publish = publisher.bind("plot")
    for i in range(0, n, 10):
        base = thread * 1_000_000 + i
        for x in range(base, base + 8):
            publish(x, x)
        publish([base + 8, base + 9], [base + 8, base + 9])


def test_eight_threads_and_a_taker_lose_nothing_and_tear_no_pair(publisher: Publisher) -> None:
    n, took, before = 20_000, [], sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    threads = [threading.Thread(target=storm, args=(publisher, i, n)) for i in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        took += publisher.take()
        stats = publisher.stats()
        assert stats["taken"] == sum(len(p.x) for p in points_of(took))
    sys.setswitchinterval(before)
    x, y = np.array(by_series(took + publisher.take())["plot/y"]).T
    assert (x == y).all()
    for i in range(8):
        mine = x[(x // 1_000_000) == i]
        assert mine.tolist() == [i * 1_000_000.0 + k for k in range(n)]
    assert_account(publisher, 8 * n)


# -- when nobody takes -----------------------------------------------------------------------------


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for 100 points, the sink behind with more than 50."""
    monkeypatch.setattr(module, "HIGH_WATER_MARK", 1600)
    monkeypatch.setattr(module, "SOFT_LIMIT", 800)


@pytest.mark.usefixtures("_small")
def test_a_full_publisher_drops_the_oldest_and_says_how_many(
    publisher: Publisher, publish: Publish
) -> None:
    for i in range(0, 1000, 20):
        publish(np.arange(i, i + 20), np.zeros(20))
        assert_account(publisher, i + 20)
    assert publisher.stats()["dropped"] == 900
    [batch] = publisher.take()
    assert isinstance(batch.body, Points)
    assert batch.body.x.tolist() == list(range(900, 1000))
    assert (batch.points_before, batch.dropped) == (900, 900)


@pytest.mark.usefixtures("_small")
def test_a_full_publisher_waits_once_a_stall_and_not_long(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []
    monkeypatch.setattr(publisher._room, "wait_for", lambda _, timeout=None: waits.append(timeout))
    for _ in range(50):
        publish(np.arange(30), np.zeros(30))
    assert waits == [module.MAX_WAIT]
    publisher.take()
    for _ in range(50):
        publish(np.arange(30), np.zeros(30))
    assert waits == [module.MAX_WAIT] * 2


@pytest.mark.usefixtures("_small")
def test_a_caller_lets_a_sink_that_is_behind_catch_up_long_before_anything_is_dropped(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def catch_up(is_done: Callable[[], bool], timeout: float | None = None) -> bool:
        waits.append(timeout)
        publisher._sealed.clear()
        publisher._sealed_bytes = 0
        return is_done()

    monkeypatch.setattr(publisher._room, "wait_for", catch_up)
    for _ in range(9):
        publish(np.arange(20), np.zeros(20))
    assert waits == [module.MAX_WAIT] * 3
    assert publisher.stats()["dropped"] == 0


def test_a_goal_is_reached_however_fast_others_go_on(
    publisher: Publisher, publish: Publish
) -> None:
    publish(1, 1)
    publish([2, 3], [2, 3])
    publisher.send_command(Clear("plot"))
    goal, takes = publisher.checkpoint(), 0
    while not publisher.is_past(goal):
        publisher.take()
        publish([takes], [takes])
        takes += 1
    assert takes == 1
    assert publisher.has_more


@pytest.mark.usefixtures("_small")
def test_one_array_larger_than_the_room_is_not_dropped(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.send_command(SetOptions("plot", {"window": 30}))
    publish(np.arange(500), np.zeros(500))
    assert publisher.stats()["dropped"] == 0
    assert kinds_of(publisher.take()) == [SetOptions, Points]


@pytest.mark.usefixtures("_small")
def test_words_are_not_dropped(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"window": 30}))
    for _ in range(5):
        publish(np.arange(90), np.zeros(90))
    assert kinds_of(publisher.take()) == [SetOptions, Points]


@pytest.mark.usefixtures("_small")
def test_a_sleeping_sink_is_woken_before_anything_is_dropped(
    publisher: Publisher, publish: Publish
) -> None:
    class Prompt(FakeSink):
        def wake(self) -> None:
            super().wake()
            threading.Thread(target=publisher.take).start()

    publisher.sink = Prompt(publisher)
    publisher.on_full = "block"
    publish(np.arange(80), {"a": np.zeros(80), "b": np.zeros(80)})
    assert publisher.stats()["dropped"] == 0


@pytest.mark.usefixtures("_small")
def test_a_publisher_that_may_block_waits_until_there_is_room(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.on_full = "block"

    def fill() -> None:
        for i in range(100):
            publish(np.arange(i * 30, i * 30 + 30), np.zeros(30))

    thread, took = threading.Thread(target=fill), []
    thread.start()
    while thread.is_alive():
        took += publisher.take()
    took += publisher.take()
    assert [x for x, _ in by_series(took)["plot/y"]] == list(range(3000))
    assert publisher.stats()["dropped"] == 0


# -- over a socket ---------------------------------------------------------------------------------


class Ingress:
    """A PULL socket that accounts for what arrives as a relay does."""

    def __init__(self, address: str = "tcp://127.0.0.1:*") -> None:
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.PULL)
        self.socket.rcvhwm = 4
        self.socket.bind(address)
        self.connection = Connection(self.socket.getsockopt_string(zmq.LAST_ENDPOINT), "token")
        self.ledger = Accounts()
        self.points: dict[str, list[float]] = defaultdict(list)

    def drain(self, timeout: float = 0.0) -> int:
        """Take what is there; return how many points have arrived so far."""
        while self.socket.poll(int(1000 * timeout)):
            batch, token = decode_batch(self.socket.recv_multipart())
            assert token == "token"
            assert self.ledger.record(batch), "twice"
            if isinstance(batch.body, Points):
                assert (batch.body.x == batch.body.y).all()
                self.points[batch.producer] += batch.body.x.tolist()
        return sum(map(len, self.points.values()))

    def close(self) -> None:
        self.context.destroy(linger=0)


@pytest.fixture
def ingress() -> Iterator[Ingress]:
    made = Ingress()
    yield made
    made.close()


@pytest.fixture
def sender(ingress: Ingress) -> Iterator[Publisher]:
    """A publisher that sends to `ingress`."""
    made = Publisher()
    made.connection = ingress.connection
    yield made
    made.stop(0.2)


def test_a_point_arrives_at_once_and_many_arrive_in_order(
    ingress: Ingress, sender: Publisher
) -> None:
    publish = sender.bind("plot")
    publish(0, 0)
    eventually(lambda: ingress.drain() == 1, within=module.HEARTBEAT)
    for i in range(1, 100_000):
        publish(i, i)
    publish(np.arange(100_000, 400_000), np.arange(100_000, 400_000))
    eventually(lambda: ingress.drain() == 400_000)
    assert ingress.points[sender.producer] == list(range(400_000))
    assert ingress.ledger.total().missing == 0


def test_flush_is_true_when_everything_is_on_its_way(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(200):
        publish(i, i)
        assert sender.flush()
        assert sender.stats()["queued"] == 0


def test_flush_waits_for_a_point_that_comes_while_the_sender_finds_nothing(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, take, queued = sender.bind("plot"), sender.take, []

    def flush() -> None:
        assert sender.flush()
        queued.append(sender.stats()["queued"])

    def late_take() -> list[Batch]:
        found = take()
        if not found and not flushing.ident:
            publish(1, 1)
            flushing.start()
            eventually(lambda: isinstance(sender.sink, Sender) and sender.sink._waiting)
        return found

    flushing = threading.Thread(target=flush)
    monkeypatch.setattr(sender, "take", late_take)
    publish(0, 0)
    eventually(lambda: queued)
    assert queued == [0]


def test_stop_delivers_what_there_is(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(50_000):
        publish(i, i)
    sender.stop()
    assert ingress.drain(0.2) == 50_000
    assert not [t for t in threading.enumerate() if t.name == "zwsnb-sender"]


def test_stop_does_not_wait_for_a_relay_that_has_gone(sender: Publisher, ingress: Ingress) -> None:
    publish = sender.bind("plot")
    ingress.close()
    publish(np.arange(10**6), np.arange(10**6))
    stopped = threading.Thread(target=sender.stop, args=(0.2,))
    stopped.start()
    stopped.join(PATIENCE)
    assert not stopped.is_alive()


def test_a_relay_that_comes_back_gets_the_newest_and_hears_of_the_rest(
    sender: Publisher, ingress: Ingress
) -> None:
    publish = sender.bind("plot")
    publish(0, 0)
    eventually(lambda: ingress.drain() == 1)
    ingress.close()
    for i in range(1, 1001):
        publish(i, i)
    back = Ingress(ingress.connection.ingress)

    def has_arrived() -> bool:
        publish(1001, 1001)
        return bool(back.drain() and back.points[sender.producer][-1] == 1001)

    eventually(has_arrived)
    back.close()
    total = back.ledger.total()
    assert total.missing + total.delivered == back.ledger.by_producer[sender.producer].accepted


def test_a_relay_that_stands_still_costs_the_caller_nothing_but_what_is_dropped(
    sender: Publisher, ingress: Ingress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HIGH_WATER_MARK", 1 << 20)
    publish, n = sender.bind("plot"), 50_000
    for i in range(400):
        publish(np.arange(i * n, i * n + n), np.arange(i * n, i * n + n))
    assert_account(sender, 400 * n)
    assert sender.stats()["dropped"] > 0
    eventually(lambda: ingress.drain() + sender.stats()["dropped"] == 400 * n)
    publish(400 * n, 400 * n)
    eventually(
        lambda: ingress.drain() and ingress.ledger.total().dropped == sender.stats()["dropped"]
    )
    assert ingress.ledger.total().missing == 0
    assert (np.diff(ingress.points[sender.producer]) > 0).all()


# -- other processes -------------------------------------------------------------------------------


def run(script: str, connection: Connection, *words: str) -> subprocess.Popen[str]:
    """Run a script, which finds the connection in its argument; it ends like a user's."""
    head = """
        import json, os, sys, threading
        from zwsnb.producer.publisher import Connection
        from zwsnb.api import publish, publisher
        publisher.connection = Connection(*json.loads(sys.argv[1]))
    """
    code = textwrap.dedent(head) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(connection), *words],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_script_delivers_everything_although_it_ends_at_once(ingress: Ingress) -> None:
    script = """
        for i in range(100_000):
            publish(i, i)
    """
    with run(script, ingress.connection) as process:
        eventually(lambda: ingress.drain() == 100_000)
        assert process.wait(PATIENCE) == 0
    assert list(ingress.points.values()) == [list(range(100_000))]


def test_a_forked_child_is_another_producer_and_sends_nothing_of_its_parents(
    ingress: Ingress,
) -> None:
    script = """
        for i in range(1000):
            publish(i, i)
        pid = os.fork()
        for i in range(1000, 2000):
            publish(i, i)
        if pid:
            sys.exit(os.waitpid(pid, 0)[1])
    """
    with run(script, ingress.connection) as process:
        eventually(lambda: ingress.drain() == 3000)
        assert process.wait(PATIENCE) == 0
    assert sorted(map(len, ingress.points.values())) == [1000, 2000]
    parent, child = sorted(ingress.points.values())
    assert parent == list(range(2000))
    assert child == list(range(1000, 2000))


BURST = """
    import multiprocessing

    def work(n):
        for i in range(n):
            publish(i, i)
        print(publisher.producer)

    def child(connection, n):
        publisher.connection = Connection(*connection)
        work(n)

    if __name__ == "__main__":
        n = int(sys.argv[2])
        context = multiprocessing.get_context(sys.argv[3])
        processes = [context.Process(target=child, args=(tuple(publisher.connection), n)) for _ in range(4)]
        for process in processes:
            process.start()
        threads = [threading.Thread(target=work, args=(n,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for each in (*threads, *processes):
            each.join()
        sys.exit(sum(process.exitcode for process in processes))
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_million_points_from_4_threads_and_4_processes_all_arrive_once_and_in_order(
    ingress: Ingress, method: str, tmp_path: Any
) -> None:
    n = 125_000
    head = "import json, sys, threading\nfrom zwsnb.producer.publisher import Connection\nfrom zwsnb.api import publish, publisher\n"
    head += 'if __name__ == "__main__":\n    publisher.connection = Connection(*json.loads(sys.argv[1]))\n'
    script = tmp_path / "burst.py"
    script.write_text(head + textwrap.dedent(BURST), encoding="utf-8")
    words = [sys.executable, str(script), json.dumps(ingress.connection), str(n), method]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        eventually(lambda: ingress.drain() == 8 * n, within=40)
        assert process.wait(PATIENCE) == 0
    assert ingress.ledger.total().missing == 0
    assert sorted(map(len, ingress.points.values())) == [n] * 4 + [4 * n]
    for points in ingress.points.values():
        if len(points) == n:
            assert points == list(range(n))
        else:
            assert np.bincount(np.array(points, dtype=np.int64), minlength=n).tolist() == [4] * n
