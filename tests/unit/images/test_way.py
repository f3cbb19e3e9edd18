"""The way of the rows of an image in x: which belong to the run, and which begin the next one."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.images.way import MOST_FALLEN, MOST_PARTS, Way


def followed(way: Way, x: list[float], between: int = 0) -> int:
    column = np.array(x, dtype=float)
    return way.follow(column, np.zeros((len(x), 1), np.float32), lambda _lo, _hi: between)


@pytest.mark.parametrize(
    ("x", "taken"),
    [
        ([0, 1, 2, 3], 4),
        ([0, 1, 2, 1.5, 3], 5),
        ([0, 1, 2, 0, 1], 3),
        ([0, 1, 2, 3, 2.5, 2.4, 2.3, 0], 8),
        ([5, 6, 7, 0, 1], 3),
    ],
)
def test_a_run_ends_where_x_begins_again(x: list[float], taken: int) -> None:
    assert followed(Way(x[0]), x) == taken


def test_what_fell_back_is_remembered_until_the_front_goes_on() -> None:
    way = Way(0)
    assert followed(way, [0, 1, 2, 3, 4, 2.5, 2.75]) == 7
    assert [x.tolist() for x, _ in way.fallen] == [[2.5, 2.75]]
    way.lose(np.array([0.5, 2.5]))
    assert way.gone == [2.5]
    followed(way, [5])
    assert (way.fallen, way.gone) == ([], [])


def test_what_is_remembered_holds_nothing_of_the_message_that_it_came_in() -> None:
    way, x = Way(0), np.array([0, 1, 2, 3, 4, 2.5])
    way.follow(x, np.zeros((6, 9), np.float32), lambda *_: 0)
    ((place, cells),) = way.fallen
    assert (place.base, cells.base, cells.shape) == (None, None, (1, 9))


def test_of_too_many_that_fell_back_none_is_remembered() -> None:
    way = Way(0)
    followed(way, [0, 1, 2000, *np.linspace(100, 200, MOST_FALLEN + 1)])
    assert way.fallen == []


def test_x_without_order_is_followed_at_once() -> None:
    way = Way(0)
    x = [0.0, 1.0] * (MOST_PARTS + 1)
    assert followed(way, x) == len(x)
    assert followed(way, [2, 0]) == 1
