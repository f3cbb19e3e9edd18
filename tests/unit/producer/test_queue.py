"""What waits for the sink: what it costs when nobody takes, and what is dropped and counted."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from support.fake_quantity import quantity
from support.sinks import FakeSink, assert_account, by_series, kinds_of, points_of

from zwsnb.producer import native, queue
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.protocol.batch import Batch, Clear, Points, SetOptions


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
    monkeypatch.setattr(
        publisher._queue, "_wait_until_below", lambda _, timeout: waits.append(timeout)
    )
    for _ in range(50):
        publish(np.arange(30), np.zeros(30))
    assert waits == [queue.MAX_WAIT]
    publisher.take()
    for _ in range(50):
        publish(np.arange(30), np.zeros(30))
    assert waits == [queue.MAX_WAIT] * 2


@pytest.mark.usefixtures("_small")
def test_a_caller_waits_for_a_sink_that_is_behind_before_anything_is_dropped(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def catch_up(_: int, timeout: float) -> bool:
        waits.append(timeout)
        publisher.take()
        return True

    monkeypatch.setattr(publisher._queue, "_wait_until_below", catch_up)
    for _ in range(9):
        publish(np.arange(20), np.zeros(20))
    assert waits == [queue.MAX_WAIT] * 3
    assert publisher.stats()["dropped"] == 0


def test_of_callers_who_wait_together_none_waits_for_ever_when_nobody_takes_any_more() -> None:
    for _ in range(10):
        full, end = queue.Queue(), time.monotonic() + 0.1
        full.add([Points("plot", "y", np.arange(4.0), np.arange(4.0))])
        callers = [threading.Thread(target=_wait_until, args=(full, end)) for _ in range(16)]
        for caller in callers:
            caller.daemon = True
            caller.start()
        while time.monotonic() < end:
            full.put_back(full.take([]))
            full.in_hand.clear()
        for caller in callers:
            caller.join(2)
        assert not any(caller.is_alive() for caller in callers)


def _wait_until(full: queue.Queue, end: float) -> None:
    while time.monotonic() < end:
        full._wait_until_below(0, 0.001)


def test_a_take_of_many_series_ends_and_leaves_the_rest(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MAX_BODIES", 3)
    for i in range(7):
        publisher.bind("plot")(i, i, series=f"s{i}")
    taken = []
    while batches := publisher.take():
        taken.append([batch.body.series for batch in batches if isinstance(batch.body, Points)])
    assert taken == [["s0", "s1", "s2"], ["s3", "s4", "s5"], ["s6"]]


def test_a_checkpoint_is_passed_however_fast_others_go_on(
    publisher: Publisher, publish: Publish
) -> None:
    publish(1, 1)
    publish([2, 3], [2, 3])
    publisher.send_command(Clear("plot"))
    checkpoint, takes = publisher.checkpoint(), 0
    while not publisher.is_past(checkpoint):
        publisher.take()
        publish([takes], [takes])
        takes += 1
    assert takes == 1
    assert publisher.has_more


def test_what_is_said_again_goes_before_all_that_waits(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.said = lambda: [SetOptions("plot", {"window": 30}), SetOptions("b", {"window": 9})]
    publish(1, 1)
    checkpoint = publisher.checkpoint()
    publisher.say_again()
    publish(2, 2)
    plots = [batch.body.plot for batch in publisher.take()]
    assert plots == ["plot", "b", "plot"]
    assert publisher.is_past(checkpoint)
    assert publisher.stats()["taken"] == 2


def test_the_units_that_quantities_have_said_are_said_again_too(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.said = lambda: [SetOptions("plot", {"x_unit": "s"}, is_whole=True)]
    publisher.send_command(SetOptions("plot", {"x_unit": "s"}))
    publish(quantity(1, "s"), quantity(5, "mV"))
    publisher.take()
    publisher.say_again()
    assert [batch.body for batch in publisher.take()] == [
        SetOptions("plot", {"x_unit": "s"}, is_whole=True),
        SetOptions("plot", {"y_unit": "mV"}),
    ]


@pytest.mark.usefixtures("_small")
def test_one_array_larger_than_the_limit_is_not_dropped(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.send_command(SetOptions("plot", {"window": 30}))
    publish(np.arange(500), np.zeros(500))
    assert publisher.stats()["dropped"] == 0
    assert kinds_of(publisher.take()) == [SetOptions, Points]


@pytest.mark.usefixtures("_small")
def test_one_call_of_many_columns_that_is_larger_than_the_limit_is_whole(
    publisher: Publisher, publish: Publish
) -> None:
    publish(np.arange(60), np.zeros(60), series="before")
    publish(np.arange(60), {name: np.zeros(60) for name in "abcde"})
    assert publisher.stats()["dropped"] == 60
    publisher.send_command(SetOptions("plot", {"window": 30}))
    assert list(by_series(publisher.take())) == [f"plot/{name}" for name in "abcde"]
    publish(np.arange(60), {name: np.zeros(60) for name in "abcde"})
    publish(np.arange(20), np.zeros(20))
    assert publisher.stats()["dropped"] == 60 + 4 * 60


@pytest.mark.usefixtures("_small")
def test_commands_are_not_dropped(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"window": 30}))
    for _ in range(5):
        publish(np.arange(90), np.zeros(90))
    assert kinds_of(publisher.take()) == [SetOptions, Points]


def test_of_commands_without_end_the_newest_wait(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MAX_COMMANDS", 10)
    publish(1, 1)
    assert publisher.is_whole()
    for window in range(1, 101):
        publisher.send_command(SetOptions("plot", {"window": window}))
    assert not publisher.is_whole()
    bodies = [batch.body for batch in publisher.take()]
    windows = [body.options["window"] for body in bodies if isinstance(body, SetOptions)]
    assert windows == list(range(91, 101))
    assert isinstance(bodies[0], Points)


def test_who_blocks_waits_for_commands_too(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MAX_COMMANDS", 10)
    publisher.on_full = "block"
    publisher.why_ended = lambda: "it has ended"
    for window in range(1, 11):
        publisher.send_command(SetOptions("plot", {"window": window}))
    with pytest.raises(RuntimeError, match="it has ended"):
        publisher.send_command(SetOptions("plot", {"window": 11}))
    assert len(publisher.take()) == 11


def test_a_take_has_few_commands(publisher: Publisher) -> None:
    for window in range(1, 101):
        publisher.send_command(SetOptions("plot", {"window": window}))
    sizes = []
    while batches := publisher.take():
        sizes.append(len(batches))
    assert sizes == [32, 32, 32, 4]


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
def test_a_publisher_that_may_block_waits_until_something_was_taken(
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


@pytest.mark.usefixtures("_small")
def test_who_takes_never_waits_for_room(publisher: Publisher, publish: Publish) -> None:
    publisher.on_full = "block"
    with native.taking():
        for i in range(0, 1000, 20):
            publish(np.arange(i, i + 20), np.zeros(20))
    assert publisher.stats()["dropped"] == 900
    assert not native.is_taker()


# -- the queue by itself ---------------------------------------------------------------------------


def run_of(n: int, series: str = "y") -> Points:
    return Points("plot", series, np.arange(float(n)), np.zeros(n))


def take(waiting: queue.Queue) -> list[Batch]:
    with waiting.lock:
        batches = waiting.take([("plot", "y", "")])
    waiting.in_hand.clear()
    return batches


def test_batches_are_numbered_when_they_are_taken() -> None:
    waiting = queue.Queue()
    for body in (run_of(3), Clear("plot"), run_of(2)):
        waiting.add([body])
    assert waiting.account()["queued"] == 5
    taken = take(waiting)
    assert [(b.number, b.points_before, b.dropped) for b in taken] == [
        (0, 0, 0),
        (1, 3, 0),
        (2, 3, 0),
    ]
    assert {b.producer for b in taken} == {waiting.producer}
    assert (waiting.taken, waiting.batches, waiting.account()["queued"]) == (5, 3, 0)


def test_two_queues_are_two_producers() -> None:
    assert len({queue.Queue().producer for _ in range(3)}) == 3
    assert len(queue.Queue().producer) == 32


def test_a_take_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MAX_TAKEN", 16 * 30)
    waiting = queue.Queue()
    for _ in range(5):
        waiting.add([run_of(20)])
    sizes = []
    while waiting.has_more:
        sizes.append(sum(sizes_of(take(waiting))))
    assert sizes == [40, 40, 20]


def sizes_of(batches: list[Batch]) -> list[int]:
    return [len(p.x) for p in points_of(batches)]


@pytest.mark.usefixtures("_small")
def test_below_the_soft_limit_nobody_is_woken() -> None:
    waiting, wakes = queue.Queue(), []
    waiting.add([run_of(50)])
    waiting.make_room(lambda: wakes.append(1))
    assert wakes == []
    waiting.add([run_of(1)])
    waiting.make_room(lambda: wakes.append(1))
    assert wakes == [1]


@pytest.mark.usefixtures("_small")
def test_who_blocks_for_a_sink_that_has_ended_is_told_why_and_loses_nothing(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.on_full = "block"
    for i in range(0, 100, 20):
        publish(np.arange(i, i + 20), np.zeros(20))
    publisher.why_ended = lambda: "the relay has ended"
    with pytest.raises(RuntimeError, match="the relay has ended"):
        publish(np.arange(100, 120), np.zeros(20))
    assert_account(publisher, 120)
    for _ in range(3):  # what comes later is refused, and takes no memory
        with pytest.raises(RuntimeError, match="the relay has ended"):
            publish(np.arange(120, 140), np.zeros(20))
    assert_account(publisher, 120)
    assert publisher.stats()["dropped"] == 0
    publisher.why_ended = str
    publisher.take()
    publish(np.arange(120, 140), np.zeros(20))


def test_what_has_not_come_is_put_back_before_the_others_under_its_old_number() -> None:
    waiting = queue.Queue()
    for n in (3, 2):
        waiting.add([run_of(n)])
    came, *others = take(waiting), waiting.batches
    assert (len(came), others) == (1, [1])
    waiting.add([run_of(4, "z")])
    checkpoint = waiting.checkpoint()
    waiting.put_back(came)
    assert waiting.account()["queued"] == 9
    assert waiting.checkpoint() == checkpoint
    assert [(batch.number, batch.points_before) for batch in take(waiting)] == [(0, 0), (1, 5)]
    assert waiting.account() == {"accepted": 9, "taken": 9, "dropped": 0, "queued": 0, "gaps": 0}
    assert waiting.is_past(checkpoint)
