"""Functions of a column that comes in pieces, against slow obvious ones on all of it."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.derived import running
from zwsnb.kinds.arrays import Column

Step = Callable[[Any, Column, Column], tuple[Any, Column]]

VALUES = st.floats(-1e6, 1e6) | st.just(math.nan)
STEPS = st.floats(0, 10)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Column, Column, list[int]]:
    """Draw x and y, and where they are cut."""
    y = draw(st.lists(VALUES, max_size=24))
    x = np.cumsum(draw(st.lists(STEPS, min_size=len(y), max_size=len(y))))
    cuts = draw(st.lists(st.integers(0, len(y)), max_size=8))
    return x, np.array(y), [0, *sorted(cuts), len(y)]


def in_pieces(step: Step, x: Column, y: Column, cuts: Sequence[int]) -> Column:
    state, found = None, [np.empty(0)]
    for lo, hi in pairwise(cuts):
        before = pickle.dumps(state)
        after, values = step(state, x[lo:hi], y[lo:hi])
        assert pickle.dumps(state) == before  # it can be gone on from once more
        state = after
        found.append(values)
    return np.concatenate(found)


def slow_ema(_: Column, y: Column, weight: float) -> list[float]:
    mean, total, found = 0.0, 0.0, []
    for value in y.tolist():
        if not math.isnan(value):
            mean = weight * mean + (1 - weight) * value
            total = weight * total + (1 - weight)
        found.append(math.nan if math.isnan(value) else mean / total)
    return found


def slow_window(
    x: Column, y: Column, has: Callable[[int, int], bool], how: Callable[[Column], float]
) -> list[float]:
    found = []
    for i in range(len(y)):
        seen = np.array([y[j] for j in range(i + 1) if has(j, i) and not math.isnan(y[j])])
        found.append(math.nan if math.isnan(y[i]) else float(how(seen)))
    return found


def slow_derivative(x: Column, y: Column) -> list[float]:
    found, last = [], None
    for one, value in zip(x.tolist(), y.tolist(), strict=True):
        if math.isnan(value):
            found.append(math.nan)
            continue
        is_new = last is not None and one != last[0]
        found.append((value - last[1]) / (one - last[0]) if last and is_new else math.nan)
        last = one, value
    return found


def slow_integral(x: Column, y: Column) -> list[float]:
    found, last, area = [], None, 0.0
    for one, value in zip(x.tolist(), y.tolist(), strict=True):
        if math.isnan(value):
            found.append(math.nan)
            continue
        area += (one - last[0]) * (value + last[1]) / 2 if last else 0.0
        found.append(area)
        last = one, value
    return found


def check(found: Column, wanted: Sequence[float], y: Column) -> None:
    largest = np.nanmax(np.abs(y), initial=0.0)
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9 * float(largest) + 1e-300)


@settings(deadline=None)
@given(pieces(), st.sampled_from([0.0, 1e-9, 0.1, 0.5, 0.9, 0.99, 0.999999]))
def test_the_exponential_mean(given_: tuple[Column, Column, list[int]], weight: float) -> None:
    x, y, cuts = given_
    found = in_pieces(lambda state, _, its: running.ema(state, its, weight), x, y, cuts)
    check(found, slow_ema(x, y, weight), y)


@settings(deadline=None)
@given(pieces(), st.integers(1, 30))
def test_the_mean_of_the_last_points(given_: tuple[Column, Column, list[int]], count: int) -> None:
    x, y, cuts = given_
    found = in_pieces(lambda state, a, b: running.mean(state, a, b, count), x, y, cuts)
    check(found, slow_window(x, y, lambda j, i: i - j < count, np.mean), y)


@settings(deadline=None)
@given(pieces(), st.sampled_from([1e-9, 1.0, 7.5, 1e6]))
def test_the_mean_of_a_span(given_: tuple[Column, Column, list[int]], span: float) -> None:
    x, y, cuts = given_
    found = in_pieces(lambda state, a, b: running.mean_over(state, a, b, span), x, y, cuts)
    check(found, slow_window(x, y, lambda j, i: x[j] > x[i] - span or j == i, np.mean), y)


@settings(deadline=None)
@given(pieces(), st.integers(1, 30))
def test_the_median(given_: tuple[Column, Column, list[int]], count: int) -> None:
    x, y, cuts = given_
    found = in_pieces(lambda state, a, b: running.median(state, a, b, count), x, y, cuts)
    check(found, slow_window(x, y, lambda j, i: i - j < count, np.median), y)


@settings(deadline=None)
@given(pieces())
def test_the_slope(given_: tuple[Column, Column, list[int]]) -> None:
    x, y, cuts = given_
    with np.errstate(all="ignore"):
        found = in_pieces(running.derivative, x, y, cuts)
        wanted = slow_derivative(x, y)
    found = np.where(np.isfinite(found), found, np.nan)
    np.testing.assert_allclose(found, np.where(np.isfinite(wanted), wanted, np.nan), rtol=1e-9)


@settings(deadline=None)
@given(pieces())
def test_the_area(given_: tuple[Column, Column, list[int]]) -> None:
    x, y, cuts = given_
    found = in_pieces(running.integral, x, y, cuts)
    largest = float(np.nanmax(np.abs(y), initial=0.0) * (x[-1] if len(x) else 0))
    # Of the smallest doubles half is nothing.
    np.testing.assert_allclose(found, slow_integral(x, y), 1e-9, 1e-9 * largest + 1e-300)


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e300])
def test_an_exponential_mean_neither_overflows_nor_vanishes(size: float) -> None:
    y = np.sin(np.arange(5_000.0)) * size
    _, found = running.ema(None, y, 0.99)
    np.testing.assert_allclose(found / size, slow_ema(y, y / size, 0.99), rtol=1e-12, atol=1e-15)


def test_a_mean_is_the_same_however_many_points_come() -> None:
    y = np.random.default_rng(0).normal(size=2_000)
    _, wanted = running.mean(None, y, y, 900)
    for size in (1, 64, 65, 500):
        cuts = [*range(0, len(y), size), len(y)]
        found = in_pieces(lambda state, a, b: running.mean(state, a, b, 900), y, y, cuts)
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


def test_a_large_value_leaves_no_trace_in_the_mean_of_the_points_behind_it() -> None:
    y = np.array([1e18, *[1.0] * 50])
    _, found = running.mean(None, y, y, 10)
    assert found[10:].tolist() == [1.0] * 41


def test_a_large_value_leaves_no_trace_in_the_mean_of_a_span_behind_it() -> None:
    y = np.array([1e18, *[1.0] * 50])
    _, found = running.mean_over(None, np.arange(51.0), y, 10)
    assert found[10:].tolist() == [1.0] * 41


def test_a_span_has_so_many_points_at_most() -> None:
    y = np.arange(running.MAX_WINDOW + 10.0)
    state, found = running.mean_over(None, np.zeros(len(y)), y, 1.0)
    assert found[-1] == pytest.approx(y[-running.MAX_WINDOW :].mean())
    assert len(state.y) == running.MAX_WINDOW - 1
