"""The list of a series: it gathers, it is sealed, and an empty one wakes the sink again."""

from __future__ import annotations

import time

import pytest
from support.pairs import gather, gathered

from zwsnb.producer.buffers import Buffer, sealed
from zwsnb.producer.inputs import UNKNOWN, Count
from zwsnb.protocol.batch import Points
from zwsnb.quick.one_step import Step


@pytest.fixture
def buffer() -> Buffer:
    return Buffer("plot", "y")


def is_open(buffer: Buffer) -> tuple[bool, bool]:
    return buffer.items.is_open, buffer.exact.is_open


def seal(buffer: Buffer, count: Count = UNKNOWN) -> tuple[Points, Step]:
    """Seal a buffer that has something of one kind."""
    [points], [step] = buffer.seal(count)
    return points, step


def test_a_new_buffer_asks_for_the_sink(buffer: Buffer) -> None:
    assert (buffer.is_awake, is_open(buffer), len(buffer)) == (False, (False, False), 0)


@pytest.mark.parametrize(
    ("count", "opened"),
    [
        (UNKNOWN, (True, False)),
        (Count(unit="s"), (True, False)),
        (Count(unit="ns"), (False, True)),
        (Count(origin=86_400), (False, False)),
    ],
)
def test_only_plain_numbers_need_no_second_look(
    buffer: Buffer, count: Count, opened: tuple[bool, bool]
) -> None:
    before = time.time()
    buffer.open(count)
    assert (buffer.is_awake, is_open(buffer)) == (True, opened)
    assert before <= buffer.since <= time.time()
    buffer.close()
    assert (buffer.is_awake, is_open(buffer)) == (False, (False, False))


def test_what_has_gathered_is_sealed_with_the_time_of_its_oldest_point(buffer: Buffer) -> None:
    buffer.open(UNKNOWN)
    items, since = buffer.items, buffer.since
    gather(items, [1.0, 2.0, 3.0, 4.0])
    points, remove = seal(buffer)
    assert gathered(items) == [1, 2, 3, 4], "nothing is removed before it is there"
    remove()
    assert (points.x.tolist(), points.y.tolist()) == ([1, 3], [2, 4])
    assert (points.plot, points.series, points.published) == ("plot", "y", since)
    assert buffer.items is items
    assert len(buffer) == 0
    assert items.is_open


def test_what_comes_while_it_is_sealed_stays(buffer: Buffer) -> None:
    buffer.open(UNKNOWN)
    gather(buffer.items, [1.0, 2.0])
    points, remove = seal(buffer)
    gather(buffer.items, [3.0, 4.0])
    remove()
    assert points.x.tolist() == [1]
    assert gathered(buffer.items) == [3, 4]


def test_an_empty_buffer_is_closed(buffer: Buffer) -> None:
    buffer.open(UNKNOWN)
    assert buffer.seal(UNKNOWN) == ([], [])
    assert (buffer.is_awake, is_open(buffer)) == (False, (False, False))


def test_whole_numbers_that_are_times_keep_their_digits(buffer: Buffer) -> None:
    first = 1_795_867_200_123_456_789
    ns = Count(unit="ns")
    for x in (first, first + 1, first + 7):
        buffer.adding(x, 0.0, ns)()
    points, remove = seal(buffer, ns)
    assert [points.origin + int(x) for x in points.x] == [first, first + 1, first + 7]
    assert not points.is_time
    remove()
    assert len(buffer) == 0


def test_times_are_counted_as_those_of_their_plot(buffer: Buffer) -> None:
    times = Count(origin=86_400)
    buffer.adding(5.0, 1.0, times)()
    points, _ = seal(buffer, times)
    assert (points.origin, points.is_time, points.x.tolist()) == (86_400, True, [5])


def test_what_came_before_its_numbers_were_times_comes_first(buffer: Buffer) -> None:
    """A thread may have come in between."""
    ns = Count(unit="ns")
    buffer.adding(10**18 + 1, 2.0, ns)()
    buffer.adding(1.0, 1.0, UNKNOWN)()
    points, steps = buffer.seal(ns)
    assert [(each.origin + int(each.x[0]), each.y.tolist()) for each in points] == [
        (1, [1]),
        (10**18 + 1, [2]),
    ]
    assert len(buffer) == 4
    for step in steps:
        step()
    assert len(buffer) == 0


def test_what_many_have_gathered_is_sealed_at_once() -> None:
    buffers = [Buffer("plot", name) for name in "abc"]
    for buffer in buffers:
        buffer.open(UNKNOWN)
    gather(buffers[0].items, [1.0, 2.0])
    gather(buffers[2].items, [3.0, 4.0])
    found, steps = sealed(buffers, lambda _: UNKNOWN)
    assert [(each.series, each.y.tolist()) for each in found] == [("a", [2]), ("c", [4])]
    assert [buffer.is_awake for buffer in buffers] == [True, False, True]
    for step in steps:
        step()
    assert [len(buffer) for buffer in buffers] == [0, 0, 0]


def test_a_buffer_that_is_cleared_is_empty_and_closed(buffer: Buffer) -> None:
    buffer.open(UNKNOWN)
    gather(buffer.items, [1.0, 2.0])
    gather(buffer.exact, [1.0, 2.0])
    buffer.clear()
    assert (len(buffer), is_open(buffer)) == (0, (False, False))
