"""The parts of x that are sorted."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.kinds.arrays import LIST_LIMIT
from zwsnb.order.parts import ends_of_parts, is_sorted, late_ahead, rounds, rounds_ahead


@pytest.mark.parametrize("scale", [1, LIST_LIMIT])
@pytest.mark.parametrize(
    ("x", "ends"), [([1.0], [1]), ([1.0, 1.0, 2.0], [3]), ([3.0, 4.0, 1.0, 2.0, 0.0], [2, 4, 5])]
)
def test_parts_end_where_x_goes_back(x: list[float], ends: list[int], scale: int) -> None:
    column = np.repeat(np.array(x), scale)
    assert ends_of_parts(column) == [end * scale for end in ends]
    assert is_sorted(column) is (len(ends) == 1)


@pytest.mark.parametrize(
    ("x", "starts"),
    [
        ([0, 1, 2], []),
        ([0, 1, 2, 0, 1, 2, 0], [3, 6]),
        ([5, 0, 1, 2, 0, 1, 2], [1, 4]),
        ([0, 1, 0, 1, 0, 1], [2]),  # to and fro in one step
        ([1, 0, 1, 0, 0, 1, 2, 0, 1], [1, 7]),
        ([1, 0, 2, 1, 3, 0, 1], [1, 5]),  # one is late
        ([1, 0, 2, 3, 2, 0, 1], [1]),  # so is all that follows it, until 3 is passed
        ([1, 0, 1, 2, -1, 0, 1, 2, 0], [8]),  # less than where it began
    ],
)
def test_rounds_begin_at_the_same_x_and_go_on_from_there(x: list[float], starts: list[int]) -> None:
    assert rounds(np.array(x, dtype=np.float64), 0.0) == starts


@pytest.mark.parametrize(
    ("x", "late"),
    [
        ([5, 6, 7], "..."),
        ([5, 4, 6, 5.5, 7], ".x.x."),
        ([4, 5], "x."),  # behind the front from the begin on
        ([5, 4, 4.5, 6], ".xx."),
        ([5, 4, 3, 6], "."),  # it falls twice
        ([5, 2, 3, 4, 6], "."),  # three of them
        ([5, 1, 6], "."),  # where it began
        ([5, 4, 6, 5.5], ".x."),  # what follows is not known
        ([3, 4], ""),
    ],
)
def test_points_come_late_as_far_as_it_is_certain(x: list[float], late: str) -> None:
    found = late_ahead(np.array(x, dtype=np.float64), 4.5, 1.0, fewer_than=3, falls=2)
    assert "".join(".x"[each] for each in found.tolist()) == late


@pytest.mark.parametrize(
    ("x", "edges"),
    [
        ([1, 2], [0]),
        ([0, 1, 2], [0]),  # which may go on
        ([0, 1, 2, 0, 1, 2, 3, 0], [0, 3, 7]),
        ([0, 1, 2, 0, 1, 2, 1, 0], [0, 3]),  # one is late
        ([0, 1, 2, 0, 1, 0], [0, 3]),  # too short
        ([0, 1, 2, 0, 2, 2, 0], [0, 3]),  # in one step
    ],
)
def test_rounds_ahead_are_those_that_are_whole(x: list[float], edges: list[int]) -> None:
    assert rounds_ahead(np.array(x, dtype=np.float64), 0.0, longer_than=2) == edges
