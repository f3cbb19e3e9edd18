"""Crossings of a level, found in columns as one by one."""

from __future__ import annotations

import gc
import math
import weakref

import numpy as np
import pytest
from hypothesis import given, strategies as st

from zwsnb.events.crossing import Crossing
from zwsnb.events.watch import Watch

NAN = math.nan


def watch(level: float, back: float) -> Watch:
    return Watch("w", "cross", "y", level, back, is_above=back <= level)


class Run:
    """Points of one run."""


def found(its: Watch, *columns: list[float]) -> list[list[int]]:
    crossings, run = Crossing(its), Run()
    return [crossings.find(run, np.array(column, dtype=np.float64)) for column in columns]


@pytest.mark.parametrize(
    ("its", "columns", "at"),
    [
        (watch(2, 2), [[1, 2, 3, 3, 2, 3]], [[2, 5]]),
        (watch(2, 2), [[1, 2], [3, 3], [2], [3]], [[], [0], [], [0]]),
        (watch(2, 1), [[1, 3, 2, 3, 1.5, 3, 1, 3]], [[1, 7]]),
        (watch(2, 2), [[3, 1, 3]], [[0, 2]]),
        (watch(2, 2), [[1, NAN, 3, NAN, 3]], [[2]]),
        (watch(2, 1), [[1.5], [NAN], [], [2.5]], [[], [], [], [0]]),
        (watch(-1, 0.5), [[1, -1, -2, 0, -2, 1, -3]], [[2, 6]]),
    ],
)
def test_each_is_found_once(its: Watch, columns: list[list[float]], at: list[list[int]]) -> None:
    assert found(its, *columns) == at


def test_each_run_crosses_by_itself() -> None:
    crossings, a, b = Crossing(watch(2, 2)), Run(), Run()
    one = np.array([3.0])
    assert [crossings.find(run, one) for run in (a, b, a)] == [[0], [0], []]


def test_of_runs_that_come_together_each_crosses_by_itself() -> None:
    crossings, y = Crossing(watch(2, 2)), np.array([3.0, 3, 3, NAN, 1, 3, 3])
    assert crossings.find(Run(), y, np.array([1, 3])) == [0, 1, 5]


def test_a_run_is_forgotten_with_its_points() -> None:
    crossings, run = Crossing(watch(2, 2)), Run()
    crossings.find(run, np.array([3.0]))
    gone = weakref.ref(run)
    del run
    gc.collect()
    assert gone() is None


def one_by_one(its: Watch, values: list[float]) -> list[int]:
    """The same, slow and obvious."""
    beyond, at = False, []
    for index, y in enumerate(values):
        if y > its.level if its.is_above else y < its.level:
            at += [] if beyond else [index]
            beyond = True
        elif y <= its.back if its.is_above else y >= its.back:
            beyond = False
    return at


VALUES = st.lists(st.one_of(st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0, NAN]), st.floats()))


@given(VALUES, st.integers(0, 20), st.sampled_from([(1, 0), (0, 0), (0, 1), (-1, -1)]))
def test_columns_find_what_single_values_do(
    values: list[float], cut: int, levels: tuple[int, int]
) -> None:
    its = watch(*levels)
    first, second = found(its, values[:cut], values[cut:])
    assert first + [index + len(values[:cut]) for index in second] == one_by_one(its, values)
