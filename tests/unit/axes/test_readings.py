"""Values as they are read beside an axis."""

from __future__ import annotations

import pytest
from support.rules import check_golden

from zwsnb.axes.readings import Beside, format_beside, format_said_beside


def test_the_golden_table_holds() -> None:
    check_golden("readings")


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def axis(low: float, high: float, suffix: str = "", *, log: bool = False) -> Beside:
    return Beside(low, high, suffix, log, 250)


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        (0.5, axis(0, 1), "0.500"),
        (1, axis(0, 1), "1"),
        (0.5, axis(-2, 2, "V"), "0.50 V"),
        (999.996, axis(0, 1200, "V"), "1.000 kV"),
        (-0.0, axis(-1, 1, "V"), "0 V"),
        (1e-9, axis(-1, 1), "0"),
        (0.01, axis(1e-4, 1, log=True), "0.0100"),
    ],
)
def test_a_value_keeps_the_zeros_that_a_pixel_deserves(
    value: float, beside: Beside, text: str
) -> None:
    assert plain(format_beside(value, beside)) == text


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        (0.5, axis(-2, 2, "V"), "0.5 V"),
        (0.5, axis(0, 0.9, "V"), "500 mV"),
        (250, axis(0, 1200, "V"), "0.25 kV"),
        (45_000, axis(0, 1e6, "V"), "45 kV"),
        (0, axis(0, 2, "V"), "0 V"),
    ],
)
def test_a_number_that_was_said_has_the_size_of_its_axis(
    value: float, beside: Beside, text: str
) -> None:
    assert plain(format_said_beside(value, beside)) == text
