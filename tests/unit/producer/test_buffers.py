"""The list of a series: it gathers, it is sealed, and an empty one wakes the sink again."""

from __future__ import annotations

import time

import pytest

from zwsnb.producer.buffers import Buffer
from zwsnb.producer.inputs import UNKNOWN, Count
from zwsnb.producer.one_step import Step
from zwsnb.protocol.batch import Points


@pytest.fixture
def buffer() -> Buffer:
    return Buffer("plot", "y")


def test_a_new_buffer_asks_for_the_sink(buffer: Buffer) -> None:
    assert (buffer.is_awake, buffer.is_open, buffer.items) == (False, False, [])


@pytest.mark.parametrize("is_time", [False, True])
def test_only_plain_numbers_need_no_second_look(buffer: Buffer, is_time: bool) -> None:
    before = time.time()
    buffer.open(is_time=is_time)
    assert (buffer.is_awake, buffer.is_open) == (True, not is_time)
    assert before <= buffer.since <= time.time()


def test_what_has_gathered_is_sealed_with_the_time_of_its_oldest_point(buffer: Buffer) -> None:
    sealed: list[Points] = []

    def add(points: Points, remove: Step) -> None:
        sealed.append(points)
        assert items == [1, 2, 3, 4], "nothing is removed before it is there"
        remove()

    buffer.open(is_time=False)
    items, since = buffer.items, buffer.since
    items.extend((1.0, 2.0, 3.0, 4.0))
    buffer.seal(add, UNKNOWN)
    [points] = sealed
    assert (points.x.tolist(), points.y.tolist()) == ([1, 3], [2, 4])
    assert (points.plot, points.series, points.published) == ("plot", "y", since)
    assert buffer.items is items
    assert items == []
    assert buffer.is_open


def test_what_comes_while_it_is_sealed_stays(buffer: Buffer) -> None:
    def add(points: Points, remove: Step) -> None:
        buffer.items.extend((3.0, 4.0))
        remove()
        assert points.x.tolist() == [1]

    buffer.open(is_time=False)
    buffer.items.extend((1.0, 2.0))
    buffer.seal(add, UNKNOWN)
    assert buffer.items == [3, 4]


def test_an_empty_buffer_is_closed(buffer: Buffer) -> None:
    sealed: list[Points] = []
    buffer.open(is_time=False)
    buffer.seal(lambda points, _: sealed.append(points), UNKNOWN)
    assert sealed == []
    assert not buffer.is_awake
    assert not buffer.is_open


def test_whole_numbers_that_are_times_keep_their_digits(buffer: Buffer) -> None:
    sealed: list[Points] = []
    first = 1_795_867_200_123_456_789
    for x in (first, first + 1, first + 7):
        buffer.items.extend((x, 0.0))
    buffer.seal(lambda points, _: sealed.append(points), Count(unit="ns"))
    [points] = sealed
    assert [points.origin + int(x) for x in points.x] == [first, first + 1, first + 7]
    assert not points.is_time
    buffer.seal(lambda points, _: sealed.append(points), Count(origin=86_400))
    assert (sealed[-1].origin, sealed[-1].is_time) == (86_400, True)
