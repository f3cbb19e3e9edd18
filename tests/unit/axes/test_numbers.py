"""Numbers as people read them: the page's digits, prefixes and round steps."""

from __future__ import annotations

import pytest
from support.doubles import LARGEST
from support.rules import check_golden

from zwsnb.axes.numbers import (
    format_all,
    format_tick,
    nice_step,
    offset_of,
    parts_of,
    power_of_ten,
    unit_for,
)


@pytest.mark.parametrize("rule", ["nice_step", "number", "offset"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


@pytest.mark.parametrize("exponent", [-323, -101, -3, 0, 22, 23, 210, 308])
def test_a_power_of_ten_is_the_nearest_double(exponent: int) -> None:
    assert repr(power_of_ten(exponent)) == repr(float(f"1e{exponent}"))


def test_a_step_is_never_beyond_the_largest_double() -> None:
    assert nice_step(float("inf")) == 1e308


def test_nothing_is_plainly_0_on_an_axis() -> None:
    assert format_tick(0.0, unit_for(1e6, 2.5e5, "V")) == "0"


def test_a_tie_is_rounded_away_from_0_as_javascript_does() -> None:
    assert format_tick(0.25, unit_for(1.0, 0.1)) == "0.3"
    assert format_tick(-2.5, unit_for(10.0, 1.0)) == "\u22123"


def test_a_step_is_a_whole_number_times_a_power_of_ten() -> None:
    assert [parts_of(step) for step in (21_600.0, 0.05, 5e-307)] == [(216, 2), (5, -2), (5, -307)]


def test_an_offset_is_a_double_at_the_end_of_them_too() -> None:
    found = offset_of(LARGEST * (1 - 1e-14), LARGEST)
    assert found is not None
    assert 1.79e308 < found.value <= LARGEST


def test_differences_from_an_offset_are_decimals() -> None:
    found = offset_of(1e6, 1e6 + 3e-9)
    assert found is not None
    assert found.difference(1e6 + 2e-9, 1e-9) == 2e-9 != 1e6 + 2e-9 - 1e6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (0.1, "0.1"), (1e6, "1\u202f000\u202f000"), (-2.5, "\u22122.5"),
        (1.79581194e18, "1.79581194×10¹⁸"), (-1e-5, "\u221210⁻⁵"),
    ],
)  # fmt: skip
def test_a_number_has_all_its_digits(value: float, text: str) -> None:
    assert format_all(value) == text
