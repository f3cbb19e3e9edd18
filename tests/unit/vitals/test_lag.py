"""How late the hub came: the last time, and at worst in a minute."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.vitals.lag import WITHIN, Lag


@pytest.mark.parametrize(
    ("noted", "now", "last", "worst"),
    [
        ([], 0.0, 0.0, 0.0),
        ([(1, 0.2)], 1.0, 0.2, 0.2),
        ([(1, 0.2), (2, 0.1)], 2.0, 0.1, 0.2),
        ([(1, 0.2), (2, 0.3)], 2.0, 0.3, 0.3),
        ([(1, 0.2), (2, 0.1)], 61.0, 0.1, 0.1),
        ([(1, 0.2), (2, 0.1)], 62.0, 0.1, 0.0),
        ([(1, -0.001)], 1.0, 0.0, 0.0),  # a timer may be early by a hair
    ],
)
def test_the_last_and_the_worst_of_a_minute(
    noted: list[tuple[float, float]], now: float, last: float, worst: float
) -> None:
    lag = Lag()
    for at, late in noted:
        lag.note(at, late)
    assert (lag.last, lag.worst(now)) == (last, worst)


@given(
    st.lists(st.tuples(st.floats(0, 40), st.floats(0, 5)), min_size=1, max_size=50),
    st.floats(0, 100),
)
def test_the_worst_is_that_of_all_that_is_no_older_than_a_minute(
    steps: list[tuple[float, float]], later: float
) -> None:
    lag, noted, now = Lag(), [], 0.0
    for pause, late in steps:
        now += pause
        lag.note(now, late)
        noted.append((now, late))
        assert lag.worst(now) == max(late for at, late in noted if at > now - WITHIN)
    now += later
    assert lag.worst(now) == max((late for at, late in noted if at > now - WITHIN), default=0.0)


def test_a_day_of_looks_holds_no_more_than_a_minute_of_them() -> None:
    lag = Lag()
    for look in range(4 * 3_600):
        lag.note(look / 4, 1 / (1 + look))  # each less than those before it: none is passed over
    assert len(lag._worst) <= 4 * WITHIN
