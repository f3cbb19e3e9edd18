"""Ticks of linear axes: the page's, with labels that never touch."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings, strategies as st
from support.rules import check_golden
from support.snapshots import check_labels_apart

from zwsnb.snapshot.scales import widened
from zwsnb.snapshot.ticks import labelled_ticks, linear_ticks, multiples


@pytest.mark.parametrize("rule", ["linear_ticks", "labelled_ticks"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_multiples_are_exact_decimals_and_zero_has_no_sign() -> None:
    assert multiples(-0.3, 0.3, 0.1) == [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]
    assert math.copysign(1, multiples(-1, 1, 1)[1]) == 1


def test_where_doubles_have_no_more_digits_no_two_labels_are_alike() -> None:
    labels = [tick.label for tick in linear_ticks(2.0**53, 2.0**53 + 8, 262, 22).list]
    assert labels
    assert len(set(labels)) == len(labels)


ends = st.sampled_from([0.0, 1.0, 1e-300, 1e-9, 0.02, 7.3, 1e4, 1.7e9, 1e21, 1e300, 1.7e308])
signs = st.sampled_from([-1.0, 1.0])
units = st.sampled_from(["", "V", "%", "<unit>"])


@settings(derandomize=True, max_examples=100, deadline=None)
@given(ends, signs, ends, st.integers(240, 3840), units)
def test_labels_never_touch(end: float, sign: float, span: float, pixels: int, unit: str) -> None:
    low, high = widened(sign * end, sign * end + span)
    check_labels_apart(labelled_ticks(low, high, pixels, unit), low, high, pixels)
