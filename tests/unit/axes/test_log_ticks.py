"""Ticks of logarithmic axes: the page's, with labels that never touch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from support.rules import check_golden
from support.snapshots import check_labels_apart

from zwsnb.axes.log_ticks import log_label_spacing, log_ticks
from zwsnb.axes.scales import LARGEST_POSITION, SMALLEST_POSITION


@pytest.mark.parametrize("rule", ["log_ticks"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_label_between_the_ends_may_be_the_widest() -> None:
    labels = [tick.label for tick in log_ticks(0, 8, 744, log_label_spacing, "s").list]
    assert len(labels) == 5
    assert "1\u202f000\u202f000\u202fs" in labels


def test_an_axis_that_begins_below_all_logarithms_begins_at_the_smallest() -> None:
    assert log_ticks(-400, 0, 744, log_label_spacing).list[0].position >= SMALLEST_POSITION


@pytest.mark.parametrize("pixels", range(20, 300, 10))
@pytest.mark.parametrize("span", [0.01, 0.1, 0.3, 0.5, 0.7, 0.96])
def test_where_no_step_is_large_enough_the_largest_is_taken(span: float, pixels: int) -> None:
    ticks = log_ticks(LARGEST_POSITION - span, LARGEST_POSITION, pixels, log_label_spacing)
    assert len(ticks.list) < pixels


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    st.floats(-300, 307),
    st.sampled_from([0.01, 0.3, 0.9, 1.0, 2.5, 8.0, 40.0, 500.0]),
    st.integers(240, 3840),
    st.sampled_from(["", "V", "%", "<unit>"]),
)
def test_labels_never_touch(low: float, span: float, pixels: int, unit: str) -> None:
    high = min(low + span, 308.0)
    ticks = log_ticks(low, high, pixels, log_label_spacing, unit)
    check_labels_apart(ticks, low, high, pixels)
