"""The list of a series: it gathers, it is sealed, and an empty one wakes the sink again."""

from __future__ import annotations

import time

import pytest

from zwsnb.producer.buffers import Buffer, sealed
from zwsnb.producer.inputs import UNKNOWN, Count
from zwsnb.producer.one_step import Step
from zwsnb.protocol.batch import Points


@pytest.fixture
def buffer() -> Buffer:
    return Buffer("plot", "y")


def test_a_new_buffer_asks_for_the_sink(buffer: Buffer) -> None:
    assert (buffer.is_awake, buffer.is_open, buffer.items) == (False, False, [])


def seal(buffer: Buffer, count: Count = UNKNOWN) -> tuple[Points, Step]:
    """Seal a buffer that has something."""
    found = buffer.seal(count)
    assert found is not None
    return found


@pytest.mark.parametrize("is_time", [False, True])
def test_only_plain_numbers_need_no_second_look(buffer: Buffer, is_time: bool) -> None:
    before = time.time()
    buffer.open(is_time=is_time)
    assert (buffer.is_awake, buffer.is_open) == (True, not is_time)
    assert before <= buffer.since <= time.time()


def test_what_has_gathered_is_sealed_with_the_time_of_its_oldest_point(buffer: Buffer) -> None:
    buffer.open(is_time=False)
    items, since = buffer.items, buffer.since
    items.extend((1.0, 2.0, 3.0, 4.0))
    points, remove = seal(buffer)
    assert items == [1, 2, 3, 4], "nothing is removed before it is there"
    remove()
    assert (points.x.tolist(), points.y.tolist()) == ([1, 3], [2, 4])
    assert (points.plot, points.series, points.published) == ("plot", "y", since)
    assert buffer.items is items
    assert items == []
    assert buffer.is_open


def test_what_comes_while_it_is_sealed_stays(buffer: Buffer) -> None:
    buffer.open(is_time=False)
    buffer.items.extend((1.0, 2.0))
    points, remove = seal(buffer)
    buffer.items.extend((3.0, 4.0))
    remove()
    assert points.x.tolist() == [1]
    assert buffer.items == [3, 4]


def test_an_empty_buffer_is_closed(buffer: Buffer) -> None:
    buffer.open(is_time=False)
    assert buffer.seal(UNKNOWN) is None
    assert not buffer.is_awake
    assert not buffer.is_open


def test_whole_numbers_that_are_times_keep_their_digits(buffer: Buffer) -> None:
    first = 1_795_867_200_123_456_789
    for x in (first, first + 1, first + 7):
        buffer.items.extend((x, 0.0))
    points, _ = seal(buffer, Count(unit="ns"))
    assert [points.origin + int(x) for x in points.x] == [first, first + 1, first + 7]
    assert not points.is_time
    points, _ = seal(buffer, Count(origin=86_400))
    assert (points.origin, points.is_time) == (86_400, True)


def test_what_many_have_gathered_is_sealed_at_once() -> None:
    buffers = [Buffer("plot", name) for name in "abc"]
    for buffer in buffers:
        buffer.open(is_time=False)
    buffers[0].items.extend((1.0, 2.0))
    buffers[2].items.extend((3.0, 4.0))
    found, steps = sealed(buffers, lambda _: UNKNOWN)
    assert [(each.series, each.y.tolist()) for each in found] == [("a", [2]), ("c", [4])]
    assert [buffer.is_awake for buffer in buffers] == [True, False, True]
    for step in steps:
        step()
    assert [buffer.items for buffer in buffers] == [[], [], []]
