"""The caller's side: what `publish` takes, in which order it is taken, and nothing twice."""

from __future__ import annotations

import enum
import math
import sys
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.sinks import FakeSink, IdleSink, assert_account, by_series, kinds_of, points_of

from zwsnb.producer import publisher as publisher_module, queue
from zwsnb.producer.batching import EACH, PART
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.producer.sink import Connection, Source
from zwsnb.protocol.batch import Clear, Close, Command, Points, SetOptions
from zwsnb.quick.pairs import SEAL

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
SECONDS = 1709208000.0


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
        ((1, None), {}, {"plot/y": [(1, None)]}),
        ((1,), {"loss": None, "acc": 3}, {"plot/loss": [(1, None)], "plot/acc": [(1, 3)]}),
        ((1, {"train": {"loss": 2}}), {}, {"plot/train/loss": [(1, 2)]}),
        ((timedelta(seconds=1.5), 2), {}, {"plot/y": [(1.5, 2)]}),
        ((np.array([[1], [2]]), np.array([[3], [4]])), {}, {"plot/y": [(1, 3), (2, 4)]}),
        ((pd.DataFrame({"a": [1, None]}, index=[5, 6]),), {}, {"plot/a": [(5, 1), (6, None)]}),
        ((pd.Series([1, None], index=[5, 6]),), {}, {"plot/y": [(5, 1), (6, None)]}),
        (([1, 2], [3, 4]), {}, {"plot/y": [(1, 3), (2, 4)]}),
        ((np.arange(2), np.array([3, np.inf])), {"series": "a"}, {"plot/a": [(0, 3), (1, None)]}),
        (([NOON], [1]), {}, {"plot/y": [(SECONDS, 1)]}),
        (
            ([1], {"a": [2], "b": [3]}),
            {"c": [4]},
            {"plot/a": [(1, 2)], "plot/b": [(1, 3)], "plot/c": [(1, 4)]},
        ),
        (([], []), {}, {}),
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


class Name(str, enum.Enum):  # noqa: UP042 - as many have it
    """Names as programs keep them."""

    A = "a"
    B = "b"


def test_names_of_an_enumeration_are_texts(publisher: Publisher, publish: Publish) -> None:
    for _ in range(2):  # of the first one nothing is known
        publish(1, 2, Name.A, Name.B, run=Name.A)
        publish(1, {Name.A: 2}, plot=Name.B)
        publish([1], {Name.A: [2]}, plot=Name.B)
        publisher.bind(Name.B)(1, 2, Name.A)
    found = points_of(publisher.take())
    names = {(its.plot, its.series, its.run) for its in found}
    assert names == {("b", "a", "a"), ("b", "a", "")}
    assert {type(name) for each in names for name in each} == {str}


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
            "x is one value, y is an array: publish as many of both",
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
            "x is a text ('1'); publish takes numbers, times, sequences and arrays",
        ),
        ((None, 1), {}, ValueError, "x is missing; x must be finite"),
        (({1, 2}, [1, 2]), {}, TypeError, "x is a set, which has no order; publish a list"),
        (
            (1, "b"),
            {"series": "a"},
            TypeError,
            "y of 'a' is a text ('b'); publish takes numbers, times, sequences and arrays",
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
        ((1, {3: 4}), {}, TypeError, "series is a whole number; a name is a text"),
        ((1, 2), {"series": ["a"]}, TypeError, "series is a list; a name is a text"),
        ((1, 2), {"plot": ["a"]}, TypeError, "plot is a list; a name is a text"),
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


TIMES = pd.to_datetime(["2024-02-29T12:30:15", "2024-02-29T12:30:16"])


@pytest.mark.parametrize(
    "empty", [[], (), np.empty(0), pd.DatetimeIndex([]), pd.Series([], dtype=object)]
)
@pytest.mark.parametrize(("x", "seconds"), [(TIMES, [1709209815, 1709209816]), ([1, 2], [1, 2])])
def test_an_empty_first_poll_decides_nothing(
    publisher: Publisher, publish: Publish, empty: Any, x: Any, seconds: list[float]
) -> None:
    publish(empty, [])
    publish(empty, {"a": [], "b": []})
    assert publisher.take() == []
    publish(x, [3, 4])
    publish(empty, [])
    assert by_series(publisher.take()) == {"plot/y": list(zip(seconds, (3, 4), strict=True))}
    assert_account(publisher, 2)


def test_empty_columns_are_checked_all_the_same(publish: Publish) -> None:
    with pytest.raises(ValueError, match="x has 0 values, y has 1"):
        publish([], [1])


def test_without_a_service_publish_says_what_starts_one() -> None:
    publish = Publisher().bind("plot")
    with pytest.raises(
        RuntimeError, match=r"zwsnb is not running: %load_ext zwsnb or zwsnb\.start\(\) starts it"
    ):
        publish(1, 2)


def test_the_first_point_finds_a_service_and_is_of_its_kind() -> None:
    found: list[FakeSink] = []

    def find() -> None:
        publisher.reset()  # as the start of a service does
        publisher.sink = FakeSink(publisher)
        found.append(publisher.sink)

    publisher = Publisher(find_service=find)
    publish = publisher.bind("plot")
    publish(NOON, 1)
    publish(NOON, 2)
    assert len(found) == 1
    (points,) = points_of(publisher.take())
    assert points.is_time
    assert_account(publisher, 2)
    publisher.stop()
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        publish(NOON, 3)
    assert len(found) == 1


def test_after_stop_publish_says_so_too(publisher: Publisher, publish: Publish) -> None:
    publish(1, 2)
    sink = publisher.sink
    publisher.stop()
    assert isinstance(sink, FakeSink)
    assert sink.closed
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        publish(1, 2)


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


def test_commands_stand_between_the_points_before_and_after(
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


def test_a_sink_that_is_being_made_at_the_end_does_not_outlive_it() -> None:
    """At exit, beside a daemon thread that publishes for the first time: what that sender took
    would go to a service that has ended.
    """
    begun, goes_on, made = threading.Event(), threading.Event(), []

    def make_sender(source: Source, connection: Connection) -> IdleSink:
        del source, connection
        begun.set()
        goes_on.wait(10)
        made.append(IdleSink())
        return made[0]

    publisher, last, found = Publisher(make_sender=make_sender), IdleSink(), []
    publisher.connection = Connection("ipc:///nowhere", "")
    first = threading.Thread(target=publisher.bind("plot"), args=(1, 2))
    first.start()
    assert begun.wait(10)
    end = threading.Thread(target=lambda: found.append(publisher.hand_over(last)))
    end.start()
    goes_on.set()
    for thread in (first, end):
        thread.join(10)
    assert found == made
    assert publisher.sink is last


def test_a_sink_is_not_used_when_a_handler_stops_in_the_midst_of_making_it() -> None:
    """What stops waits in a thread of its own, as `zwsnb.stop` does."""
    made: list[FakeSink] = []

    def make_sender(source: Source, connection: Connection) -> FakeSink:
        del source, connection
        stopper = threading.Thread(target=publisher.stop)
        with publisher.giving_way():
            stopper.start()
            stopper.join(10)
        made.append(FakeSink(publisher))
        return made[0]

    publisher = Publisher(make_sender=make_sender)
    publisher.connection = Connection("ipc:///nowhere", "")
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        publisher.bind("plot")(1, 2)
    assert made[0].closed
    assert publisher.sink is None
    assert_account(publisher, 0)


def test_a_caller_may_change_its_arrays_afterwards(publisher: Publisher, publish: Publish) -> None:
    x, y = np.arange(3.0), np.arange(3.0)
    publish(x, y)
    publish(x, y, series="strided")
    x[:], y[:] = -1, -1
    assert set(map(str, by_series(publisher.take()).values())) == {
        "[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]"
    }


def test_an_array_is_copied_once_and_what_is_sent_is_that_copy(
    publisher: Publisher, publish: Publish
) -> None:
    x, y = np.arange(100_000.0), np.zeros(100_000)
    publish(x[:2], y[:2])
    publisher.take()
    tracemalloc.start()
    try:
        publish(x, y)
        taken = publisher.take()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(len(points.x) for points in points_of(taken)) == len(x)
    # Beside it what says of each whether it is a number, a byte for each at a time.
    assert x.nbytes + y.nbytes <= most <= 1.2 * (x.nbytes + y.nbytes)


def test_what_comes_one_by_one_is_a_column(publisher: Publisher, publish: Publish) -> None:
    publish(range(2), (y for y in (3, None)))
    assert by_series(publisher.take()) == {"plot/y": [(0, 3), (1, None)]}


def test_a_long_list_is_sealed_by_the_caller(publisher: Publisher, publish: Publish) -> None:
    n = SEAL
    for i in range(n):
        publish(i, i)
    assert len(publisher._buffers["plot", "y", ""]) < SEAL
    assert_account(publisher, n)
    [points] = points_of(publisher.take())
    assert points.x.tolist() == list(range(n))


def storm(publisher: Publisher, thread: int, n: int) -> None:
    """Publish n points whose y is x, by one and by many, to a series that all threads share."""
    publish = publisher.bind("plot")
    for i in range(0, n, 10):
        base = thread * 1_000_000 + i
        for x in range(base, base + 8):
            publish(x, x)
        publish([base + 8, base + 9], [base + 8, base + 9])


@pytest.mark.slow
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
    while batches := publisher.take():
        took += batches
    x, y = np.array(by_series(took)["plot/y"]).T
    assert (x == y).all()
    for i in range(8):
        mine = x[(x // 1_000_000) == i]
        assert mine.tolist() == [i * 1_000_000.0 + k for k in range(n)]
    assert_account(publisher, 8 * n)


# -- very many names -------------------------------------------------------------------------------


def test_of_very_many_names_nothing_is_kept_and_no_point_is_lost(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher_module, "MAX_BUFFERS", 3)
    for i in range(20):
        publish(i, 1, series=f"s{i % 10}")
        publish(i, a=2, b=3)
        publish([i], [4], series=f"t{i}")
    publisher.bind("other")(5, 6)
    assert len(publisher._buffers) == 3
    taken = by_series(publisher.take())
    assert taken["plot/s9"] == [(9, 1), (19, 1)]
    assert taken["plot/a"] == [(i, 2) for i in range(20)]
    assert taken["plot/b"] == [(i, 3) for i in range(20)]
    assert taken["plot/t7"] == [(7, 4)]
    assert taken["other/y"] == [(5, 6)]
    assert_account(publisher, 20 * 4 + 1)


def test_times_of_very_many_names_are_those_that_were_given(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher_module, "MAX_BUFFERS", 1)
    for series in ("a", "b"):
        publish(NOON, 1, series=series)
    found = points_of(publisher.take())
    assert [(points.is_time, points.x[0] + points.origin) for points in found] == 2 * [
        (True, SECONDS)
    ]


def test_names_in_a_loop_take_no_memory_beyond_what_waits(
    publisher: Publisher, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each had a list of its own for ever, and each take looked at all of them."""
    monkeypatch.setattr(publisher_module, "MAX_BUFFERS", 100)
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", EACH * 1_000)
    monkeypatch.setattr(queue, "MAX_WAIT", 0.0)
    for i in range(5_000):
        publish(i, 1, series=f"s{i}")
    assert len(publisher._buffers) == 100
    stats = publisher.stats()
    assert stats["accepted"] == 5_000
    assert stats["queued"] <= 1_101
    assert stats["queued"] + stats["dropped"] == 5_000
