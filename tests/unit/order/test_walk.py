"""What it means when a producer falls back in x: a table of walks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from zwsnb.order.walk import MAX_FALLEN, Verdict, Walk

LATE, RUN, CURVE = Verdict.LATE, Verdict.RUN, Verdict.CURVE


def verdicts(x: Sequence[float], *, others: Sequence[float] = (), may_change: bool = True) -> str:
    """What becomes of each point of a walk, one at a time: "." for one at the front, L, R or C; it
    ends with a run or a curve. others: x of further points in the series.
    """
    walk, held, found = Walk(x[0]), list(others), ""
    for value in x:
        if value >= walk.front:
            walk.advance(np.array([value]))
            found += "."
        else:
            verdict = walk.fall_back(
                np.array([[value], [0.0]]),
                lambda lo, hi: sum(lo <= each <= hi for each in held),
                may_change=may_change,
            )
            found += verdict.name[0]
            if verdict is not LATE:
                break
        held.append(value)
    return found


STEPS = list(map(float, range(10)))


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        # One late point, and two: the front comes at once.
        ([1, 2, 3, 2.5, 4, 5], "...L.."),
        ([1, 2, 3, 2.5, 2.7, 4, 2.9, 5], "...LL.L."),
        # A cell that runs again, whether it had come far or not.
        ([*STEPS, 0], "." * 10 + "R"),
        ([0, 1, 2, 0], "...R"),
        ([1, 10, 100, 1000, 1], "....R"),
        # Two points are too few to tell.
        ([0, 1, 0, 1, 0], "..L.L"),
        # A clock of its own starts again, not at exactly the same x.
        ([*STEPS, 0.1, 1.1, 2.1, 3.1], "." * 10 + "LLLR"),
        # Training is resumed from a checkpoint.
        ([*STEPS, 5.5, 6, 6.5, 7], "." * 10 + "LLLR"),
        # A backlog that fills a gap, however long.
        ([0, 1, 2, 50, 51, 10, 11, 12, 13, 14, 15, 52], "....." + "LLLLLL" + "."),
        # Curves: a circle, one that turns later, a countdown, no order at all.
        ([1, 0.99, 0.97, 0.94], ".LLC"),
        ([0, 0.5, 0.9, 1, 0.9, 0.5, 0], "....LLC"),
        ([10, 9, 8, 7], ".LLC"),
        ([0.5, 0.7, 0.3, 0.6, 0.1, 0.65, 0.2], "..LLLLC"),
        # It hangs back, and does not turn.
        ([1, 2, 2, 2], "...."),
    ],
)
def test_what_follows_tells_what_a_fall_was(x: list[float], expected: str) -> None:
    assert verdicts(x) == expected


def test_a_walk_that_may_not_change_has_late_points_only_but_for_an_exact_restart() -> None:
    assert verdicts([1, 0.99, 0.97, 0.94, 0.9], may_change=False) == ".LLLL"
    assert verdicts([*STEPS, 5.5, 6, 6.5, 7], may_change=False) == "." * 10 + "LLLL"
    assert verdicts([*STEPS, 0], may_change=False) == "." * 10 + "R"


def test_points_of_others_are_what_a_walk_may_go_over() -> None:
    x = [0.0, 1, 2, 30, 50, 10, 11, 12, 13]
    assert verdicts(x) == ".....LLLL"
    assert verdicts(x, others=[10.5, 11.5, 12.5]) == ".....LLLR"


def test_what_has_fallen_back_is_forgotten_at_the_front_and_when_it_is_too_much() -> None:
    walk = Walk(0.0)
    walk.advance(np.array([0.0, 1e6]))
    for i in range(MAX_FALLEN + 2):
        walk.fall_back(np.array([[float(i)], [0.0]]), lambda _lo, _hi: 0)
    assert (walk.fallen, walk.is_open) == ([], False)
    walk.advance(np.array([2e6]))
    walk.fall_back(np.array([[5.0], [1.0]]), lambda _lo, _hi: 0)
    assert [points.tolist() for points in walk.fallen] == [[[5.0], [1.0]]]
    assert (walk.is_open, walk.n_fallen) == (True, 1)


def test_what_falls_back_point_by_point_is_kept_in_few_arrays_of_its_own() -> None:
    walk, came = Walk(0.0), np.arange(40.0).reshape(2, 20)
    walk.advance(np.array([100.0]))
    for i in range(20):
        walk.fall_back(came[:, i : i + 1], lambda *_: 0)
    assert np.concatenate(walk.fallen, axis=1).tolist() == came.tolist()
    assert len(walk.fallen) < 20
    assert all(each.base is None for each in walk.fallen)
