"""Ticks of linear axes: the page's, with labels that never touch."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings, strategies as st
from support.doubles import any_ends, read_label
from support.rules import check_golden
from support.snapshots import check_labels_apart

from zwsnb.axes.numbers import offset_of, offset_text
from zwsnb.axes.scales import Axis, Range, widened, y_range_of
from zwsnb.axes.ticks import Ticks, labelled_ticks, linear_ticks, multiples

RULES = ["linear_ticks", "labelled_ticks", "counted_ticks", "ticks_from"]


@pytest.mark.parametrize("rule", RULES)
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


def check_ticks(ticks: Ticks, low: float, high: float, pixels: int) -> None:
    """Ticks are inside, ascending and distinct; each is what its label says, and has a pixel."""
    offset, axis = offset_of(low, high), Axis(low, high, 0, pixels)
    positions = [tick.position for tick in ticks.list]
    assert positions == sorted(set(positions))
    assert len({tick.label for tick in ticks.list}) == len(positions)
    for tick in ticks.list:
        assert -0.1 <= axis.pixel_of(tick.position) <= pixels + 0.1
        read, half = read_label(tick.label)
        # Two doubles are rounded where there is an offset, and one where there is none.
        rounding = math.ulp(tick.position) * (2 if offset else 1)
        exact = tick.position - (offset.value if offset else 0)
        assert abs(read - exact) <= half * (1 + 1e-9) + rounding, tick


@settings(derandomize=True, max_examples=300, deadline=None)
@given(any_ends(), st.sampled_from([100, 262, 1000]))
def test_any_range_of_y_has_ticks_that_can_be_told_apart(data: Range, pixels: int) -> None:
    low, high = y_range_of(data, None, log=False)
    ticks = linear_ticks(low, high, pixels, max(22, min(50, pixels / 7)))
    check_ticks(ticks, low, high, pixels)
    assert len(ticks.list) >= 2
    assert ticks.context == offset_text(low, high, "")


@settings(derandomize=True, max_examples=300, deadline=None)
@given(any_ends(), st.sampled_from([744, 3840]))
def test_any_range_of_x_has_ticks_that_can_be_told_apart(data: Range, pixels: int) -> None:
    low, high = widened(*data)
    ticks = labelled_ticks(low, high, pixels)
    check_ticks(ticks, low, high, pixels)
    check_labels_apart(ticks, low, high, pixels)
    assert len(ticks.list) >= 2
