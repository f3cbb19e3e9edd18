"""Late points: those that wait, and when the newest came."""

from __future__ import annotations

import math
import random
import time

import numpy as np

from zwsnb.history.blocks import Blocks
from zwsnb.history.late import MAX_PIECES, MAX_REMEMBERED, Late, numbers_of
from zwsnb.kinds.arrays import Column


def add(late: Late, x: Column, y: Column, first: int) -> None:
    """Add points that came one behind the other."""
    late.add(x, y, np.arange(first, first + len(x), dtype=np.float64))


def test_late_points_wait_as_they_came() -> None:
    late = Late()
    assert late.rows().shape == (2, 0)
    add(late, np.array([2.0]), np.array([1.0]), 5)
    add(late, np.array([1.0, 0.0]), np.array([2.0, 3.0]), 6)
    assert (late.waiting, late.take().tolist()) == (3, [[2, 1, 0], [1, 2, 3]])
    assert (late.waiting, late.rows().shape) == (0, (2, 0))
    assert [point.arrival for point in late.since(6)] == [6, 7]
    assert late.since(0)[0] == (5, 2.0, 1.0)


def test_they_wait_in_few_pieces() -> None:
    late = Late()
    for i in range(2_000):
        add(late, np.array([0.5]), np.array([float(i)]), i)
    assert len(late._pieces) <= MAX_PIECES
    assert late.take()[1].tolist() == list(range(2_000))


def test_of_very_many_the_newest_are_known_and_counted() -> None:
    late = Late()
    assert (late.nbytes, late.since(0)) == (0, [])
    x = np.arange(3.0 * MAX_REMEMBERED)
    add(late, x, x, 0)
    for i in range(100):
        add(late, x[:100], x[:100], len(x) + 100 * i)
    late.take()
    known = late.since(0)
    assert 0.8 * MAX_REMEMBERED < len(known) <= MAX_REMEMBERED
    assert known[-1].arrival == len(x) + 100 * 100 - 1
    assert late.nbytes <= 1.2 * 24 * MAX_REMEMBERED


def test_when_they_came_may_be_forgotten() -> None:
    late = Late()
    late.forget_newest(3)
    add(late, np.arange(5.0), np.zeros(5), 0)
    late.forget_newest(2)
    assert [point.arrival for point in late.since(0)] == [0, 1, 2]
    late.forget_newest(9)
    assert late.since(0) == []
    add(late, np.arange(5.0), np.zeros(5), 7)
    assert [point.arrival for point in late.since(0)] == [7, 8, 9, 10, 11]
    late.forget()
    assert late.since(0) == []


# -- where they are --------------------------------------------------------------------------------


def held(x: Column, y: Column) -> Blocks:
    """Points in the order of x."""
    points = Blocks(2, 64)
    points.append(x, y)
    return points


def test_each_of_equal_points_is_found_once() -> None:
    choice = random.Random(7)
    values = [0.0, -0.0, 1.0, math.nan, -math.inf]
    pairs = sorted([(float(i // 5), choice.choice(values)) for i in range(100)], key=lambda p: p[0])
    x, y = (np.array(column) for column in zip(*pairs, strict=True))
    wanted = choice.sample(pairs, 60)
    found = numbers_of(held(x, y), wanted)
    assert len({*found}) == 60
    for number, (at, value) in zip(found, wanted, strict=True):
        assert number is not None
        assert x[number] == at
        np.testing.assert_equal(abs(y[number]), abs(value))
    assert numbers_of(held(x, y), [(0.5, 1.0), (0.0, 2.0), (99.0, math.nan)]) == [None] * 3
    assert numbers_of(held(np.ones(2), np.zeros(2)), [(1.0, 0.0)] * 3) == [0, 1, None]


def test_to_find_thousands_of_points_at_one_x_takes_a_moment() -> None:
    points = held(np.ones(200_000), np.zeros(200_000))
    begin = time.perf_counter()
    assert numbers_of(points, [(1.0, 0.0)] * MAX_REMEMBERED) == list(range(MAX_REMEMBERED))
    assert time.perf_counter() - begin < 1  # and not a minute, while nobody is served
