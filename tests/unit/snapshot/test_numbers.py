"""Numbers as people read them: the page's digits, prefixes and round steps."""

from __future__ import annotations

import pytest
from support.rules import check_golden

from zwsnb.snapshot.numbers import format_tick, nice_step, power_of_ten, unit_for


@pytest.mark.parametrize("rule", ["nice_step", "number"])
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
