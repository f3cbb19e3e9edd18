"""How fast counts grow, over the last looks at them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.vitals.rates import EVERY, OVER, Rates


@pytest.mark.parametrize(
    ("counts", "rate"),
    [
        ([], 0.0),
        ([7], 0.0),
        ([0, 10], 10.0),
        ([100, 110, 130], 15.0),
        ([0, 100, 100, 100, 100, 100], 20.0),
        ([0, 100, 100, 100, 100, 100, 100], 0.0),  # what is older than five seconds is forgotten
        ([50, 10], 0.0),  # a service that begins anew
    ],
)
def test_a_rate_is_a_second_over_the_last_five(counts: list[int], rate: float) -> None:
    rates = Rates()
    for second, count in enumerate(counts):
        rates.note(second, {"points": count})
    assert rates["points"] == rate


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=30), st.floats(0.5, 4))
def test_a_rate_is_no_less_than_the_slowest_and_no_more_than_the_fastest(
    grown: list[int], pause: float
) -> None:
    rates, count = Rates(), 0
    for look, more in enumerate(grown):
        count += more
        rates.note(look * pause, {"points": count})
    last = grown[1:][-OVER:]
    slack = 1e-9 * max(last) / pause
    assert min(last) / pause - slack <= rates["points"] <= max(last) / pause + slack


def test_it_is_due_once_in_a_second() -> None:
    rates = Rates()
    due = []
    for quarter in range(12):
        if rates.is_due(now := quarter * EVERY / 4 - 1e-4 * (quarter % 2)):
            rates.note(now, {})
            due.append(quarter)
    assert due == [0, 4, 8]
