"""A range of x, in numbers and in times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from zwsnb.protocol.checks.range_checks import x_range

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "checked"),
    [
        ((0, 100), [0.0, 100.0]),
        ((0, None), [0.0, None]),
        ((None, NOON), [None, 1709208000.0]),
        ((None, None), "auto"),
        ("auto", "auto"),
    ],
)
def test_it_is_a_pair_of_which_an_end_may_be_open(value: Any, checked: Any) -> None:
    assert x_range(value, "x_range") == checked
    assert x_range(checked, "x_range") == checked


@pytest.mark.parametrize("value", ["grow", 3, (1,), (2, 1), (1, "a"), (float("nan"), 1)])
def test_what_is_none_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="x_range"):
        x_range(value, "x_range")


def test_what_was_given_is_what_is_refused() -> None:
    with pytest.raises(TypeError, match=r"x_range is \(0,\); it is a pair \(low, high\)"):
        x_range((0,), "x_range")
