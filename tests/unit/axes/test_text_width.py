"""Texts are as wide as the broadest font of a reader has them."""

from __future__ import annotations

import pytest
from support.rules import check_golden

from zwsnb.axes.text_width import fitted, width_of


@pytest.mark.parametrize("rule", ["ellipsis", "wrapped"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


@pytest.mark.parametrize("pixels", [-1, 0, 10, 40, 60, 100])
def test_a_text_that_is_cut_fits(pixels: float) -> None:
    shown = fitted("a text that is too long", pixels)
    assert shown == "" or shown.endswith("…")
    assert width_of(shown) <= max(0, pixels)
