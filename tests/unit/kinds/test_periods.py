"""Round periods: where candles begin and end, by the clock of a zone, and how wide they are."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings, strategies as st

from zwsnb.kinds.periods import DAY, HOUR, Periods, round_width

BERLIN = ZoneInfo("Europe/Berlin")
KOLKATA = ZoneInfo("Asia/Kolkata")


def at(text: str, zone: ZoneInfo = BERLIN, origin: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() - origin


@pytest.mark.parametrize(
    ("width", "zone", "x", "begin", "end"),
    [
        (900, BERLIN, "2026-10-02T12:50", "2026-10-02T12:45", "2026-10-02T13:00"),
        (HOUR, KOLKATA, "2026-10-02T12:50", "2026-10-02T12:00", "2026-10-02T13:00"),
        (4 * HOUR, BERLIN, "2026-10-02T12:50", "2026-10-02T12:00", "2026-10-02T16:00"),
        (DAY, BERLIN, "2026-10-02T00:00", "2026-10-02T00:00", "2026-10-03T00:00"),
        # Clocks go forward, and back: a day of 23 hours, and one of 25.
        (DAY, BERLIN, "2026-03-29T12:00", "2026-03-29T00:00", "2026-03-30T00:00"),
        (DAY, BERLIN, "2026-10-25T12:00", "2026-10-25T00:00", "2026-10-26T00:00"),
        (7 * DAY, BERLIN, "2026-10-01T12:00", "2026-09-28T00:00", "2026-10-05T00:00"),
        (5 * HOUR, BERLIN, "1970-01-01T02:00", "1970-01-01T01:00", "1970-01-01T06:00"),
    ],
)
@pytest.mark.parametrize("origin", [0, 1_790_899_200])
def test_times_are_cut_by_the_clock(
    width: float, zone: ZoneInfo, x: str, begin: str, end: str, origin: int
) -> None:
    periods = Periods(width, zone, origin)
    assert periods.bounds(at(x, zone, origin)) == (at(begin, zone, origin), at(end, zone, origin))


def test_the_last_part_of_a_short_day_ends_with_it() -> None:
    begin, end = Periods(12 * HOUR, BERLIN).bounds(at("2026-10-25T23:30"))
    assert (end - begin, end) == (HOUR, at("2026-10-26T00:00"))


def test_beyond_the_calendar_and_for_numbers_they_are_multiples() -> None:
    assert Periods(DAY, BERLIN).bounds(1e15) == (1e15 - 1e15 % DAY, 1e15 - 1e15 % DAY + DAY)
    assert Periods(0.5).bounds(-0.25) == (-0.5, 0.0)
    assert Periods(DAY, UTC).bounds(0.0) == (0.0, DAY)


finite = st.floats(-1e300, 1e300)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.one_of(finite, st.floats(-4e9, 4e9)),
    st.sampled_from([0.1, 1.0, 3.0, 60.0, 3600.0, 4 * HOUR, DAY, 7 * DAY, 1e-9, 1e9]),
    st.sampled_from([None, UTC, BERLIN, KOLKATA]),
    st.sampled_from([0, 1_790_935_200]),
)
def test_every_x_is_in_its_period(
    x: float, width: float, zone: ZoneInfo | None, origin: int
) -> None:
    begin, end = Periods(width, zone, origin).bounds(x)
    assert begin <= x < end


@pytest.mark.parametrize(
    ("least", "finest", "is_time", "width"),
    [
        (0.3, 0, True, 0.5), (7, 0, True, 10), (61, 0, True, 120), (5000, 0, True, 7200),
        (90_000, 0, True, 7 * DAY), (4e7, 0, True, 5e7), (7, 0, False, 10), (3e-7, 0, False, 5e-7),
        (7, 60, True, 60), (70, 60, True, 120), (700, 180, True, 900), (70, 33, True, 165),
        (0, 5, False, 5), (12, 5, False, 25),
    ],
)  # fmt: skip
def test_a_width_is_round_or_a_multiple_of_that_which_was_asked_for(
    least: float, finest: float, is_time: bool, width: float
) -> None:
    assert round_width(least, finest, is_time=is_time) == pytest.approx(width)


positive = st.floats(0, allow_infinity=False, exclude_min=True)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(positive, st.one_of(st.just(0.0), positive), st.booleans(), finite)
@example(least=1.0, finest=1e-320, is_time=False, x=1.0)
@example(least=1.0, finest=1e-320, is_time=True, x=1.0)
@example(least=1.7e308, finest=3e307, is_time=False, x=1.0)
@example(least=5e-324, finest=0.0, is_time=False, x=1.0)
def test_any_width_may_be_asked_for(least: float, finest: float, is_time: bool, x: float) -> None:
    width = round_width(least, finest, is_time=is_time)
    assert min(least, 1e308) * (1 - 1e-9) <= width < math.inf
    begin, end = Periods(width, UTC if is_time else None).bounds(x)
    assert begin <= x < end
