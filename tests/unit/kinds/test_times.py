"""Times and spans as seconds."""

from __future__ import annotations

import math
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.kinds.times import (
    are_times,
    check_calendar,
    check_unit,
    is_time,
    looks_like_seconds,
    moved,
    seconds_of_date,
    seconds_of_numbers,
    seconds_of_span,
    seconds_of_spans,
    seconds_of_times,
    unit_of,
    which_are_times,
    why_no_time,
    zone_of,
)

UNITS = {
    "W": Fraction(604800), "D": Fraction(86400), "h": Fraction(3600), "m": Fraction(60),
    **{unit: Fraction(1, 1000**i) for i, unit in enumerate(["s", "ms", "us", "ns", "ps", "fs"])},
}  # fmt: skip
"""Seconds of each."""


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.sampled_from(sorted(UNITS)), st.integers(-(2**44), 2**44))
def test_a_span_is_the_double_nearest_to_its_seconds(unit: str, count: int) -> None:
    spans = np.array([count], f"m8[{unit}]")
    expected = float(count * UNITS[unit])
    assert seconds_of_spans(spans, "x").tolist() == [expected]
    assert seconds_of_spans(spans.reshape(()), "x") == expected


def test_spans_of_several_steps_and_missing_ones() -> None:
    spans = np.array([1, "NaT", -2], "m8[10ms]")
    np.testing.assert_array_equal(seconds_of_spans(spans, "x"), [0.01, np.nan, -0.02])


@pytest.mark.filterwarnings("ignore:The 'generic' unit")  # of numpy 2.5
@pytest.mark.parametrize(
    ("dtype", "sentence"),
    [
        ("m8[M]", "x is a span with the unit 'M', which has no length in seconds"),
        ("m8[Y]", "x is a span with the unit 'Y', which has no length in seconds"),
        ("m8", "x is a span with no unit, which has no length in seconds"),
    ],
)
def test_a_span_without_a_length_is_told_so(dtype: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="length") as caught:
        seconds_of_spans(np.array([5], dtype), "x")
    assert str(caught.value) == sentence
    assert np.isnan(seconds_of_spans(np.array(["NaT"], dtype), "x")).all()


def test_a_span_of_pandas_has_its_nanoseconds() -> None:
    assert seconds_of_span(pd.Timedelta(1, "ns"), "x") == 1e-9
    assert seconds_of_span(timedelta(days=1, microseconds=1), "x") == 86400.000001


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.sampled_from(["D", "h", "m", "s", "ms", "us"]), st.integers(-(2**44), 2**44))
def test_a_time_of_numpy_is_the_double_nearest_to_its_seconds(unit: str, count: int) -> None:
    time = np.array([count], f"M8[{unit}]")
    assert seconds_of_times(time).tolist() == [float(count * UNITS[unit])]


@pytest.mark.filterwarnings("ignore:The 'generic' unit")  # of numpy 2.5
def test_years_and_months_and_what_is_missing() -> None:
    for unit in ("Y", "M", "D", "ns"):
        found = seconds_of_times(np.array(["1971-01-01", "NaT"], f"M8[{unit}]"))
        np.testing.assert_array_equal(found, [365 * 86400, np.nan])
    assert np.isnan(seconds_of_times(np.array("NaT", "M8")))


def test_a_datetime_and_a_date() -> None:
    assert seconds_of_date(datetime(1970, 1, 2, tzinfo=UTC), "x") == 86400
    assert seconds_of_date(date(2024, 1, 2), "x") == datetime(2024, 1, 2).timestamp()  # noqa: DTZ001 - local
    with pytest.raises(ValueError, match=r"^x is .*, which is no time here: "):
        seconds_of_date(datetime(1, 1, 1), "x")  # noqa: DTZ001 - before the year 1 in the east


@pytest.mark.parametrize(
    ("x", "looks"),
    [(1.7e9, True), (946_684_800, True), (0.0, False), (1.7e12, False), (-1.7e9, False)],
)
def test_what_looks_like_seconds_since_1970(x: float, looks: bool) -> None:
    assert looks_like_seconds(x) is looks


@pytest.mark.parametrize(
    ("said", "unit"),
    [(None, None), (False, None), ("auto", None), (True, "s"), ("s", "s"), ("ns", "ns")],
)
def test_the_unit_of_numbers_is_what_is_said(said: object, unit: str | None) -> None:
    assert unit_of(said) == unit


@pytest.mark.parametrize(
    ("x", "unit", "repair"),
    [
        (1.7e12, "s", 'x is 1.7e12: seconds since 1970 would be in the year 55840; say time="ms"'),
        (1.7e15, "s", '; say time="us"'),
        (1.7e18, "ms", "x is 1.7e18: milliseconds since 1970 would be in the year 5.38728e7; say"),
        (1.7e18, "s", '; say time="ns"'),
        (-1e30, "ns", "; a time is of the years 1 to 9999"),
    ],
)
def test_a_number_that_is_no_time_has_its_repair(x: float, unit: str, repair: str) -> None:
    assert not is_time(x, unit)
    assert not are_times(np.array([0.0, x]), unit)
    assert repair in why_no_time(x, unit)
    for numbers in (x, np.array([0.0, x])):
        with pytest.raises(ValueError, match="since 1970 would be in the year"):
            check_unit(numbers, unit)


def test_numbers_become_seconds_and_those_of_the_calendar_pass() -> None:
    for unit, per_second in (("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)):
        numbers = np.array([-62_135_596_800, 1.5, 253_402_300_799]) * per_second
        assert are_times(numbers, unit)
        check_unit(numbers, unit)
        assert seconds_of_numbers(1.5 * per_second, unit) == 1.5
    assert are_times(np.empty(0))
    check_calendar(np.array([-62_135_596_800.0]))
    with pytest.raises(
        ValueError, match="x is a time in the year 12000; a time is of the years 1 to"
    ):
        check_calendar(np.array([0.0, 316_528_000_000.0]))


def test_a_time_zone_has_its_name() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    found = [noon.astimezone(zone_of(name)).hour for name in ("America/New_York", "UTC")]
    assert found == [8, 12]


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "New York"])
def test_a_name_of_no_zone_is_told_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_zone(key: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.delattr(zoneinfo, "available_timezones")  # which reads hundreds of files
    with pytest.raises(ValueError, match=r'tz is .*; it is a time zone, as "America/New_York"'):
        zone_of(name)
    monkeypatch.setattr(zoneinfo, "ZoneInfo", no_zone)
    with pytest.raises(ValueError, match="this machine has no time zones: pip install tzdata"):
        zone_of(name)


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(253_402_300_800.0, 10000), (-62_135_600_400.0, 0), (1e300, "3.16887e292")],
)
def test_just_beyond_the_calendar_is_the_year_beyond(seconds: float, year: object) -> None:
    with pytest.raises(ValueError, match=f"x is a time in the year {year}; a time is of the years"):
        check_calendar(seconds)


def test_times_at_the_end_of_doubles_are_moved_without_a_warning() -> None:
    # A warning fails a test, and would stand below a cell.
    assert moved(np.array([1e308, -1e308, 1.25]), 1).tolist() == [1e308, -1e308, 2.25]


@given(
    unit=st.sampled_from(["s", "ms", "us", "ns"]),
    origin=st.integers(-(2**64) + 1, 2**64 - 1),
    others=st.lists(st.floats(allow_nan=False)),
)
def test_of_many_numbers_each_is_a_time_or_none(
    unit: str, origin: int, others: list[float]
) -> None:
    """To the very double where the calendar begins and ends."""
    scale = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    ends = [float(year * scale - origin) for year in (-62_135_596_800, 253_402_300_800)]
    near = [math.nextafter(end, to) for end in ends for to in (-math.inf, end, math.inf)]
    each = [*near, *others]
    found = which_are_times(np.array(each), unit, origin).tolist()
    assert found == [is_time(one, unit, origin) for one in each]
