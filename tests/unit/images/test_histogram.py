"""Histograms: exact counts in bins that follow the values, and means of what was before."""

from __future__ import annotations

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
        histograms.add(np.array(values))
    assert histograms.bins.count <= 2 * bins
    if not histograms.bins.width:
        return
    for values, row in zip(calls, histograms.rows, strict=True):
        # numpy's last bin holds its upper edge: none of ours does.
        expected = np.histogram(values, edges(histograms))[0]
        assert row.tolist() == expected.tolist()
        assert row.sum() == len(values)
    assert histograms.newest.tolist() == histograms.rows[-1].tolist()


def test_bins_that_are_said_stay() -> None:
    histograms = Histograms(4, (0.0, 1.0))
    histograms.add(np.array([-1, 0, 0.25, 0.99, 1.0, 1.1, np.nan, np.inf]))
    assert histograms.newest.tolist() == [1, 1, 0, 2]
    assert histograms.bins.centres.tolist() == [0.125, 0.375, 0.625, 0.875]


@pytest.mark.parametrize("calls", [1, 5, MOST_ROWS, 3 * MOST_ROWS + 1, 1000])
def test_many_histograms_become_means(calls: int) -> None:
    histograms = Histograms(1, (0.0, 2.0))
    for i in range(calls):
        histograms.add(np.ones(i))
    rows, per_row = histograms.rows[:, 0], histograms.per_row
    assert len(rows) <= MOST_ROWS + 1
    parts = [range(calls)[i : i + per_row] for i in range(0, calls, per_row)]
    assert rows.tolist() == pytest.approx([sum(part) / len(part) for part in parts])
    first, last = histograms.numbers
    assert first == (per_row - 1) / 2
    assert last == first + per_row * (len(rows) - 1)


def test_nothing_is_counted_as_nothing() -> None:
    histograms = Histograms(10, None)
    histograms.add(np.array([]))
    histograms.add(np.array([np.nan]))
    histograms.add(np.array([3.0, 3.0]))
    assert histograms.newest.sum() == 2
    assert histograms.rows.sum(axis=1).tolist() == [0, 0, 2]
