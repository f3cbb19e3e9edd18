"""The values beside the names of a snapshot, its title and its date."""

from __future__ import annotations

import math
from typing import Any

import pytest
from support.snapshots import plot_of, plot_with, texts

from zwsnb.snapshot.frame import Side
from zwsnb.snapshot.render import render_svg
from zwsnb.snapshot.values import value_text


@pytest.mark.parametrize(
    ("value", "range_", "unit", "log", "text"),
    [
        (0.123456, (0, 1), "", False, "0.123"),
        (0.123456, (0.12, 0.13), "", False, "0.12346"),
        (0.5, (0, 1), "V", False, "0.500 V"),
        (1234.5678, (0, 2000), "", False, "1235"),
        (1e-9, (-1, 1), "V", False, "0 V"),
        (math.nan, (0, 1), "V", False, ""),
        (math.inf, (0, 1), "V", False, ""),
        (0.00123456, (-4, 0), "", True, "0.00123"),
        (5.0, (5, 5), "", False, "5"),
        (1.7e308, (-1.7e308, 1.7e308), "", False, "1.70×10³⁰⁸"),
    ],
)
def test_a_value_has_the_digits_that_its_axis_deserves(
    value: float, range_: tuple[float, float], unit: str, log: bool, text: str
) -> None:
    found = value_text(value, Side(range_, unit, "", None, (), named=False), log=log)
    assert found.replace("\u202f", " ") == text


def test_a_legend_has_the_newest_values_of_its_panel() -> None:
    plot = plot_with({"y_unit": "V"}, a=[0, 1, 2], b=[1, 2, 0.5])
    assert {"a", "b", "2 V", "0.500 V"} <= set(texts(plot))


def long_title(**options: Any) -> list[str]:
    return texts(plot_of((0, 1), (1, 2), title="a long title " * 12, **options), font_weight="600")


def test_a_long_title_goes_on_in_the_next_line() -> None:
    rows = long_title()
    assert len(rows) > 1
    assert " ".join(rows) == ("a long title " * 12).strip()


def test_a_date_stands_below_the_plot_and_makes_room_for_itself() -> None:
    plot = plot_of((0, 1), (1, 2))
    plain, dated = render_svg(plot), render_svg(plot, date="2026-11-29 12:00:00")
    assert ">2026-11-29 12:00:00</text></svg>" in dated
    assert 'height="320"' in plain
    assert 'height="343"' in dated
