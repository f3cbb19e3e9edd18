"""Points as a DataFrame: all of them, whatever their x."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb import frames

pd = pytest.importorskip("pandas")


def series_of(**points: Sequence[Sequence[float]]) -> Any:
    """Series by name, as `frame` takes them."""
    return {
        name: (
            {"of": name, "run": "", "number": 0},
            np.array(its, dtype=np.float64).reshape(-1, 2),
        )
        for name, its in points.items()
    }


points = st.lists(st.tuples(st.integers(0, 5).map(float), st.integers(0, 99).map(float)))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(points, points)
def test_no_row_is_lost(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> None:
    series = series_of(a=sorted(a), b=sorted(b))
    wide = frames.frame(series, origin=None, is_long=False)
    long = frames.frame(series, origin=None, is_long=True)
    for name, its in (("a", a), ("b", b)):
        column = wide[name].dropna()
        assert sorted(zip(column.index, column, strict=True)) == sorted(its)
        rows = long[long["series"] == name]
        assert sorted(zip(rows["x"], rows["y"], strict=True)) == sorted(its)
    assert wide.index.is_monotonic_increasing
    assert wide.index.name == "x"


def test_a_curve_stays_in_its_order() -> None:
    frame = frames.frame(series_of(y=[(1, 0), (0, 1), (1, 2)]), origin=None, is_long=False)
    assert frame.index.tolist() == [1, 0, 1]
    assert frame["y"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("is_long", [True, False])
def test_times_are_utc_to_the_microsecond(is_long: bool) -> None:
    series = series_of(y=[(1_767_268_800.123457, 1)])
    frame = frames.frame(series, origin=0, is_long=is_long)
    (time,) = frame["x"] if is_long else frame.index
    assert time == pd.Timestamp("2026-01-01T12:00:00.123457", tz="UTC")


@pytest.mark.parametrize("is_long", [True, False])
def test_times_that_are_counted_from_nearby_have_nanoseconds(is_long: bool) -> None:
    midnight = 1_795_824_000
    series = series_of(y=[(-1e-9, 0), (43_200.123456789, 1), (2.0**24 + 0.25, 2)])
    frame = frames.frame(series, origin=midnight, is_long=is_long)
    times = pd.DatetimeIndex(frame["x"] if is_long else frame.index)
    assert times.dtype == "datetime64[ns, UTC]"
    assert (times.astype(np.int64) - midnight * 10**9).tolist() == [
        -1,
        43_200_123_456_789,
        2**24 * 10**9 + 250_000_000,
    ]


@pytest.mark.parametrize("is_long", [True, False])
def test_nothing_is_an_empty_frame(is_long: bool) -> None:
    frame = frames.frame({}, origin=None, is_long=is_long)
    assert len(frame) == 0
    assert list(frame.columns) == (["x", "series", "run", "number", "y"] if is_long else [])


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-62_135_596_800, "0001-01-01 00:00:00+00:00"),
        (-1e10 + 0.25, "1653-02-10 06:13:20.250000+00:00"),
        (-4_000_000_000.5, "1843-03-31 16:53:19.500000+00:00"),
        (1e10, "2286-11-20 17:46:40+00:00"),
        (253_402_300_799, "9999-12-31 23:59:59+00:00"),
        (1.7e12, "1700000000000.0"),
    ],
)
def test_times_of_every_year_come_out(seconds: float, text: str, is_long: bool) -> None:
    frame = frames.frame(series_of(y=[(seconds, 1)]), origin=0, is_long=is_long)
    (time,) = frame["x"] if is_long else frame.index
    assert str(time) == text
