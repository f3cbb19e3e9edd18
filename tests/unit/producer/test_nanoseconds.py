"""Times keep their nanoseconds, of whatever kind they are: in a batch they count from nearby."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.optional import library
from support.sinks import FakeSink, assert_account, nanoseconds_of, points_of

from zwsnb.producer.inputs import Given
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.protocol.batch import Clear, Close, Points, SetOptions

FIRST = 1_795_867_200_123_456_789
NANOSECONDS = [FIRST, FIRST + 1, FIRST + 2, FIRST + 10**9, FIRST + 86_400 * 10**9 + 7]
MIDNIGHT = FIRST // (86_400 * 10**9) * 86_400


def of_numpy(times: list[int]) -> Any:
    return np.array(times, "M8[ns]")


def of_arrow(times: list[int]) -> Any:
    pyarrow = library("pyarrow")
    return pyarrow.array(times, pyarrow.timestamp("ns"))


def of_polars(times: list[int]) -> Any:
    polars = library("polars")
    return polars.Series("x", times, polars.Datetime("ns"))


KINDS: dict[str, Callable[[list[int]], Any]] = {
    "numpy": of_numpy,
    "numpy column": lambda times: of_numpy(times).reshape(-1, 1),
    "a list of numpy": lambda times: list(of_numpy(times)),
    "pandas": pd.to_datetime,
    "pandas series": lambda times: pd.Series(pd.to_datetime(times)),
    "pandas zone": lambda times: pd.to_datetime(times, utc=True).tz_convert("Asia/Kathmandu"),
    "a list of pandas": lambda times: [pd.Timestamp(time) for time in times],
    "pyarrow": of_arrow,
    "polars": of_polars,
}
NUMBERS: dict[str, Callable[[list[int]], Any]] = {
    "a list": list,
    "a tuple": tuple,
    "int64": lambda times: np.array(times, np.int64),
    "uint64": lambda times: np.array(times, np.uint64),
    "pandas": lambda times: pd.Series(times, dtype="int64"),
    "nullable": lambda times: pd.Series(times, dtype="Int64"),
    "(n, 1)": lambda times: np.array(times).reshape(-1, 1),
    "a list of uint64": lambda times: list(np.array(times, np.uint64)),
    "objects": lambda times: np.array(times, object),
}


def seen(batches: list[Points]) -> list[int]:
    return [time for points in batches for time in nanoseconds_of(points)]


def whole(batches: list[Points]) -> list[int]:
    """Numbers that are times: x is a whole number, counted from another."""
    return [points.origin + int(x) for points in batches for x in points.x]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_time_as_a_whole_and_one_by_one(
    publisher: Publisher, publish: Publish, kind: str
) -> None:
    many = KINDS[kind](NANOSECONDS)
    publish(many, range(5))
    for i, one in enumerate(many):
        if not isinstance(one, np.ndarray):
            publish(one, i, series="b")
    batches = points_of(publisher.take())
    assert {(points.origin, points.is_time) for points in batches} == {(MIDNIGHT, True)}
    for points in batches:
        ones = [time // 10**3 * 10**3 for time in NANOSECONDS] if kind == "polars" else NANOSECONDS
        assert nanoseconds_of(points) == (NANOSECONDS if points.series == "y" else ones)
    assert_account(publisher, sum(len(points.x) for points in batches))


def test_datetimes_have_their_microseconds_and_no_more(
    publisher: Publisher, publish: Publish
) -> None:
    times = [datetime(2026, 11, 28, 12, 30, 15, us, UTC) for us in (0, 1, 123_456, 999_999)]
    publish(times, range(4))
    for time in times:
        publish(time, 0)
    expected = [
        (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for time in times
    ]
    assert seen(points_of(publisher.take())) == 2 * [1000 * time for time in expected]


@pytest.mark.parametrize(("unit", "size"), [("ns", 1), ("us", 1_000), ("ms", 1_000_000)])
@pytest.mark.parametrize("kind", NUMBERS)
def test_whole_numbers_keep_all_digits_where_they_are_said_to_be_times(
    publisher: Publisher, publish: Publish, kind: str, unit: str, size: int
) -> None:
    publisher.send_command(SetOptions("plot", {"time": unit}))
    numbers = [time // size for time in NANOSECONDS]
    publish(NUMBERS[kind](numbers), range(5))
    found = whole(points_of(publisher.take()))
    assert found == numbers


@pytest.mark.parametrize("number", [int, np.int64, np.uint64, np.array])
def test_one_by_one_too_by_the_fast_way_and_beside_it(
    publisher: Publisher, publish: Publish, number: Callable[[int], Any]
) -> None:
    publisher.send_command(SetOptions("plot", {"time": "ns"}))
    for time in NANOSECONDS:
        publish(number(time), 0)
        publish(number(time), {"a": 1, "b": 2})
    batches = points_of(publisher.take())
    for series in "yab":
        assert whole([points for points in batches if points.series == series]) == NANOSECONDS
    mark = publisher.x_of("plot", number(FIRST + 3))
    assert mark.origin + int(mark.x) == FIRST + 3


def test_floats_among_them_round_no_others(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"time": "ns"}))
    for x in (float(FIRST), FIRST, -1e300, FIRST + 1):
        publish(x, 0)
    [points] = points_of(publisher.take())
    assert points.x[[0, 2]].tolist() == [float(FIRST) - points.origin, -1e300 - points.origin]
    assert [points.origin + int(x) for x in points.x[[1, 3]]] == [FIRST, FIRST + 1]
    publish(float(FIRST), 0)
    publish(np.array([float(FIRST)]), [0])
    assert {points.origin for points in points_of(publisher.take())} == {0}


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("odd", [-(2**63), 2**63 - 1, 2**64 - 1, 10**300])
def test_a_whole_number_that_is_no_time_stops_nobody(
    publisher: Publisher, publish: Publish, odd: int, unit: str
) -> None:
    publisher.send_command(SetOptions("plot", {"time": unit}))
    refused = is_refused(publish, [odd, 5], [1, 2])
    size = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}[unit]
    publish(FIRST // size - 1, 0)
    publish(odd, 1)
    publish(FIRST // size, 2)
    found = points_of(publisher.take())
    assert sum(len(points.x) for points in found) == 3 + 2 * (not refused)
    assert max(abs(points.origin) for points in found) < 2**64
    assert whole(found[-1:])[-1] == FIRST // size


def is_refused(publish: Publish, x: Any, y: Any) -> bool:
    """True when points are refused by a sentence."""
    try:
        publish(x, y)
    except ValueError as error:
        assert "since 1970" in str(error) or "too large" in str(error)  # noqa: PT017 - or none
        return True
    return False


def test_plain_numbers_are_counted_from_nowhere(publisher: Publisher, publish: Publish) -> None:
    publish(FIRST, 0)
    publish(NANOSECONDS, range(5))
    publish(5, 0)
    assert {points.origin for points in points_of(publisher.take())} == {0}


def test_each_plot_has_an_origin_of_its_own_until_it_is_cleared(
    publisher: Publisher, publish: Publish
) -> None:
    then = pd.Timestamp("1999-12-31T23:59:58.000000001")
    now = pd.Timestamp(FIRST)
    publish(now, 0)
    publish(then, 0, plot="old")
    publish(then, 1)
    origins = {(p.plot, p.origin) for p in points_of(publisher.take())}
    assert origins == {("plot", MIDNIGHT), ("old", 946_598_400)}
    for command in (Clear("plot"), Close("plot")):
        publisher.send_command(command)
        publish(then, 0)
        [points] = points_of(publisher.take())
        assert (points.origin, nanoseconds_of(points)) == (946_598_400, [then.value])
    publisher.send_command(Clear("plot"))
    publish(7, 0)  # and may be one of numbers


@pytest.mark.parametrize("text", ["1678-01-01T00:00:00", "1970-01-01", "2262-01-01T00:00:00.5"])
def test_a_time_far_from_the_first_one_has_what_a_double_has(
    publisher: Publisher, publish: Publish, text: str
) -> None:
    publish(pd.Timestamp(FIRST), 0)
    publish(pd.Timestamp(text), 0)
    publish(np.array([text], "M8[us]"), [0])
    first, *found = seen(points_of(publisher.take()))
    assert first == FIRST
    for time in found:
        assert abs(time - pd.Timestamp(text).value) <= 2_000


def test_of_two_threads_that_come_first_together_one_decides(publisher: Publisher) -> None:
    units, day = publisher.units, 86_400
    first = Given(0.25, True, {}, {}, MIDNIGHT)
    assert units.settled("plot", first) == first
    for x in (day + 1e-9, np.array([day + 1e-9, day + 0.123456789])):
        late = units.settled("plot", Given(x, True, {}, {}, MIDNIGHT - day))
        assert late.origin == MIDNIGHT
        assert type(late.x) is type(x)
        expected = 1e-9 if isinstance(x, float) else [1e-9, 0.123456789]
        assert np.array_equal(late.x, expected)


def test_marks_count_from_nearby_as_well(publisher: Publisher) -> None:
    mark = publisher.x_of("plot", np.datetime64(FIRST, "ns"))
    assert (mark.origin, mark.is_time) == (MIDNIGHT, True)
    assert mark.origin * 10**9 + round(mark.x * 1e9) == FIRST


def test_what_is_delivered_by_a_stop_is_what_was_published(
    publisher: Publisher, publish: Publish
) -> None:
    taken: list[Points] = []

    class Last(FakeSink):
        def close(self, timeout: float) -> None:  # noqa: ARG002 - as the protocol has it
            taken.extend(points_of(self.publisher.take()))

    publisher.sink = Last(publisher)
    publish(np.datetime64(FIRST, "ns"), 0)
    publisher.stop()
    assert (taken[0].is_time, seen(taken)) == (True, [FIRST])
