"""Places and ranges of the still picture: those of the page, and never none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.snapshot.scales import ENDLESS, Axis, extent_of, places_of, widened, x_places, y_places

NONE = (math.inf, -math.inf)


@pytest.mark.parametrize(
    ("low", "high", "bottom", "top"),
    [
        (0, 1, 0, 1.1),
        (-1, 1, -1.2, 1.2),
        (5, 5, 4, 6),
        (0, 0, -1, 1),
        (-3, -1, -3.2, -0.8),
        (-1, 0, -1.1, 0),
        (100, 101, 99.9, 101.1),
    ],
)
def test_data_has_a_margin_and_a_round_range(
    low: float, high: float, bottom: float, top: float
) -> None:
    assert y_places((low, high), None, log=False) == pytest.approx((bottom, top), abs=0.11)


@pytest.mark.parametrize(
    ("said", "extent", "log", "expected"),
    [
        ([10, 1000], (0, 1), False, (10, 1000)),
        ([10, 1000], (0, 1), True, (1, 3)),
        ([0, 1000], (0, 1), True, (0, 3)),
        ([-5, 0], (1, 1), True, (0.5, 1.5)),
        ("auto", (2, 2), True, (1.5, 2.5)),
        ("grow", NONE, False, (0, 1)),
        (None, NONE, True, (0, 1)),
    ],
)
def test_a_range_is_fixed_in_values_or_fitted(
    said: Any, extent: tuple[float, float], log: bool, expected: tuple[float, float]
) -> None:
    assert y_places(extent, said, log=log) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "window", "least", "log", "expected"),
    [
        ((0, 8), None, 0, False, (0, 8)),
        ((0, 8), 5, 0, False, (3, 8)),
        ((0, 8), 10, 0, False, (0, 10)),
        ((3, 3), None, 3, False, (2.5, 3.5)),
        ((math.nan, math.nan), 30, math.inf, False, (0, 30)),
        ((math.nan, math.nan), None, math.inf, True, (0, 1)),
        ((1, 1000), None, 0, True, (0, 3)),
        ((-5, 1000), None, 1, True, (1, 3)),
        ((-5, -1), None, math.inf, True, (0, 1)),
        ((10, 10), None, 1, True, (0, 1)),
    ],
)
def test_x_is_followed_as_far_as_the_window_reaches(
    values: tuple[float, float],
    window: float | None,
    least: float,
    log: bool,
    expected: tuple[float, float],
) -> None:
    assert x_places(values, window, least, log=log) == pytest.approx(expected)


def test_what_has_no_logarithm_is_a_gap() -> None:
    vertices = np.array([(-1, 5), (0, 5), (1, 10), (10, -3), (100, 0.1), (1000, math.nan)])
    nan = math.nan
    assert np.array_equal(places_of(vertices, log_x=False, log_y=False), vertices, equal_nan=True)
    both = [(nan, nan), (nan, nan), (0, 1), (1, nan), (2, -1), (3, nan)]
    assert np.allclose(places_of(vertices, log_x=True, log_y=True), both, equal_nan=True)


def test_only_what_is_seen_counts_and_bars_stand_on_0() -> None:
    curve = np.array([(0, 99), (1, 2), (2, math.nan), (3, 4), (9, 99)])
    assert extent_of([curve], (1, 3), grounded=False) == (2, 4)
    assert extent_of([curve], (1, 3), grounded=True) == (0, 4)
    assert extent_of([curve], ENDLESS, grounded=False) == (2, 99)
    assert extent_of([], ENDLESS, grounded=False) == NONE


def test_an_axis_goes_from_its_begin_to_its_end() -> None:
    axis = Axis(1, 3, 200, 0, log=True)
    assert axis.at(2.0) == 100
    assert [axis.at_value(value) for value in (10, 100, 1000)] == pytest.approx([200, 100, 0])
    assert all(math.isnan(axis.at_value(value)) for value in (-1, 0, 1, 1001))
    assert axis.ground == 200
    assert [Axis(low, 3, 200, 0).ground for low in (-3, 0, 1)] == [100, 200, 200]


anything = st.floats(allow_nan=False, allow_infinity=False)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(anything, anything, st.booleans(), st.one_of(st.none(), st.just("grow")))
def test_a_range_holds_its_data_and_has_an_extent(
    a: float, b: float, log: bool, said: str | None
) -> None:
    low, high = sorted((a, b))
    ends = [widened(low, high), y_places((low, high), said, log=False)]
    for bottom, top in ends:
        assert bottom <= low <= high <= top
        assert top / 2 - bottom / 2 > 0
        middle = Axis(bottom, top, 0, 100).at(np.array([low, high]))
        assert np.isfinite(middle).all()
        assert (middle >= 0).all() and (middle <= 100).all()  # noqa: PT018
