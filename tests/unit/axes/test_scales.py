"""Positions and ranges of a snapshot: those of the page, and never none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.doubles import any_ends
from support.rules import check_golden

from zwsnb.axes.scales import ENDLESS, Axis, Range, extent_of, widened, y_range_of

NONE = (math.inf, -math.inf)


@pytest.mark.parametrize("rule", ["position", "positions", "widened", "x_range", "y_range"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_only_what_is_seen_counts_and_bars_stand_on_0() -> None:
    curve = np.array([(0, 99), (1, 2), (2, math.nan), (3, 4), (9, 99)])
    assert extent_of([curve], (1, 3), grounded=False) == (2, 4)
    assert extent_of([curve], (1, 3), grounded=True) == (0, 4)
    assert extent_of([curve], ENDLESS, grounded=False) == (2, 99)
    assert extent_of([], ENDLESS, grounded=False) == NONE


def test_an_axis_goes_from_its_begin_to_its_end() -> None:
    axis = Axis(1, 3, 200, 0, log=True)
    assert axis.pixel_of(2.0) == 100
    assert [axis.pixel_of_value(value) for value in (10, 100, 1000)] == pytest.approx([200, 100, 0])
    assert all(math.isnan(axis.pixel_of_value(value)) for value in (-1, 0, 1, 1001))
    assert axis.ground == 200
    assert [Axis(low, 3, 200, 0).ground for low in (-3, 0, 1)] == [100, 200, 200]


anything = st.floats(allow_nan=False, allow_infinity=False)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(anything, anything, st.booleans(), st.one_of(st.none(), st.just("grow")))
def test_a_range_holds_its_data_and_has_an_extent(
    a: float, b: float, log: bool, said: str | None
) -> None:
    low, high = sorted((a, b))
    ends = [widened(low, high), y_range_of((low, high), said, log=False)]
    for bottom, top in ends:
        assert bottom <= low <= high <= top
        assert top / 2 - bottom / 2 > 0
        middle = Axis(bottom, top, 0, 100).pixels_of(np.array([low, high]))
        assert np.isfinite(middle).all()
        assert (middle >= 0).all() and (middle <= 100).all()  # noqa: PT018


@settings(derandomize=True, max_examples=300, deadline=None)
@given(any_ends())
def test_ends_that_any_double_can_be_have_a_range(data: Range) -> None:
    for low, high in (widened(*data), y_range_of(data, None, log=False)):
        assert -math.inf < low <= data[0] <= data[1] <= high < math.inf
        assert low < high
        assert 0 <= Axis(low, high, 0, 100).pixel_of(data[0]) <= 100


def test_small_differences_of_large_values_are_seen_and_rounding_is_not() -> None:
    assert y_range_of((1 - 1e-13, 1 + 1e-13), None, log=False) == pytest.approx(
        (1 - 1.2e-13, 1 + 1.2e-13), abs=1e-15
    )
    assert y_range_of((0.3, 0.1 + 0.2), None, log=False) == pytest.approx((0.24, 0.36))
    assert y_range_of((0.0, 4.5e-323), None, log=False) == (-1, 1)
