"""Histograms: exact counts in bins that follow the values, and means of what was before."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.images.histogram import MOST_ROWS, Histograms

VALUES = st.lists(st.integers(-(10**7), 10**7).map(lambda n: n / 64), max_size=30)


def edges(histograms: Histograms) -> np.ndarray:
    bins = histograms.bins
    return bins.low + np.arange(bins.count + 1) * bins.width


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=6), st.integers(1, 50))
def test_each_count_is_exact(calls: list[list[float]], bins: int) -> None:
    histograms = Histograms(bins, None)
    for values in calls:
        histograms = histograms.having(np.array(values))
    assert histograms.bins.count <= 2 * bins
    if not histograms.bins.width:
        return
    for values, row in zip(calls, histograms.rows, strict=True):
        # numpy's last bin holds its upper edge: none of ours does.
        expected = np.histogram(values, edges(histograms))[0]
        assert row.tolist() == expected.tolist()
        assert row.sum() == len(values)
    assert histograms.newest.tolist() == histograms.rows[-1].tolist()


@pytest.mark.parametrize("bins", [1, 2, 3, 50])
@pytest.mark.parametrize("values", [[2.5, 3.5], [0.0, 1.0], [0.1, 0.9], [-3.0, 4.0], [7.0]])
def test_there_are_not_more_bins_than_wanted_at_first(values: list[float], bins: int) -> None:
    found = Histograms(bins, None).having(np.array(values)).bins
    crosses_0 = values[0] < 0  # where the grid has an edge, however wide its bins are
    assert 1 <= found.count <= max(bins, 1 + crosses_0)
    assert found.low <= values[0]
    assert values[-1] < found.low + found.count * found.width


def test_bins_that_are_said_stay() -> None:
    histograms = Histograms(4, (0.0, 1.0))
    histograms = histograms.having(np.array([-1, 0, 0.25, 0.99, 1.0, 1.1, np.nan, np.inf]))
    assert histograms.newest.tolist() == [1, 1, 0, 2]
    assert histograms.bins.centres.tolist() == [0.125, 0.375, 0.625, 0.875]


@pytest.mark.parametrize("calls", [1, 5, MOST_ROWS, 3 * MOST_ROWS + 1, 1000])
def test_many_histograms_become_means(calls: int) -> None:
    histograms = Histograms(1, (0.0, 2.0))
    for i in range(calls):
        histograms = histograms.having(np.ones(i))
    rows, per_row = histograms.rows[:, 0], histograms.per_row
    assert len(rows) <= MOST_ROWS + 1
    parts = [range(calls)[i : i + per_row] for i in range(0, calls, per_row)]
    assert rows.tolist() == pytest.approx([sum(part) / len(part) for part in parts])
    first, last = histograms.numbers
    assert first == (per_row - 1) / 2
    assert last == first + per_row * (len(rows) - 1)


def test_nothing_is_counted_as_nothing() -> None:
    histograms = Histograms(10, None)
    histograms = histograms.having(np.array([]))
    histograms = histograms.having(np.array([np.nan]))
    histograms = histograms.having(np.array([3.0, 3.0]))
    assert histograms.newest.sum() == 2
    assert histograms.rows.sum(axis=1).tolist() == [0, 0, 2]


def test_one_more_leaves_those_before_as_they_are() -> None:
    before = Histograms(4, None).having(np.array([1.0, 2.0]))
    before.per_row = 2  # the next one is in the mean of the last row
    low, rows, newest = before.bins.low, before.rows.tolist(), before.newest.tolist()
    after = before.having(np.array([-1000.0, 1000.0]))
    assert (before.bins.low, before.rows.tolist(), before.newest.tolist()) == (low, rows, newest)
    assert (before.calls, after.calls) == (1, 2)
    assert after.rows.shape == (1, after.bins.count)


@pytest.mark.parametrize("bins", [1, 50, 1000])
@pytest.mark.parametrize(
    "calls",
    [
        [[1e308, -1e308]],
        [[5e-324]],
        [[0.0, 1e-12], [1e300]],
        [[5e-324], [-1e308]],
        [[1.0, math.nextafter(1.0, 2.0)], [0.0], [-1e308, 1e308]],
        [[1e308, math.nextafter(1e308, 0)]],
    ],
)
def test_values_at_the_ends_of_doubles_are_counted(calls: list[list[float]], bins: int) -> None:
    histograms = Histograms(bins, None)
    for values in calls:
        histograms = histograms.having(np.array(values))
    assert histograms.rows.sum(axis=1).tolist() == [len(values) for values in calls]
    assert histograms.bins.count <= 2 * bins
    centres = histograms.bins.centres
    assert np.isfinite(centres).all()
    assert (np.diff(centres) > 0).all()


def test_values_far_outside_of_a_narrow_range_are_in_no_bin() -> None:
    histograms = Histograms(2, (0.0, 1e-300)).having(np.array([1e300, -1e300, 1e-300]))
    assert histograms.newest.tolist() == [0, 1]
