"""Times and spans as seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.kinds.times import (
    seconds_of_date,
    seconds_of_span,
    seconds_of_spans,
    seconds_of_times,
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
