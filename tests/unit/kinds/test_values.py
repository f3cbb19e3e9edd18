"""What `publish` accepts, and the sentence that everything else gets."""

from __future__ import annotations

import array
import math
from collections import deque
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.kinds.values import as_column, as_number, check_lengths, check_x, gaps_of, is_many

DTYPES = ("f2", "f4", "f8", "g", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")
UNITS = ("D", "h", "m", "s", "ms", "us", "ns")
NOON = datetime(2024, 2, 29, 12, 0, 0, 250_000, tzinfo=UTC)
SECONDS = 1709208000.25
BERLIN = timezone(timedelta(hours=1))
ADVICE = "publish takes numbers, times, sequences and arrays"


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        1,
        1.0,
        True,
        Decimal("1.0"),
        Fraction(2, 2),
        np.array(1.0),
        np.array(1),
        np.array(Decimal(1), object),
    ],
)
def test_a_number_of_any_kind_is_a_number(value: Any) -> None:
    assert as_number(value, "x") == (1.0, False)
    assert not is_many(value)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_scalar_and_a_0_d_array_of_any_dtype_are_numbers(dtype: str) -> None:
    for value in (np.dtype(dtype).type(1), np.ones((), dtype)):
        assert as_number(value, "x") == (1.0, False)
        assert not is_many(value)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        np.float32("nan"),
        np.ma.masked,
        Decimal("NaN"),
        np.ma.array([1.0], mask=True)[0],
        np.ma.array(1.0, mask=True),
        None,
        pd.NA,
        pd.NaT,
        np.array(None),
        np.datetime64("NaT", "s"),
        np.datetime64("NaT", "ns"),
        np.timedelta64("NaT", "s"),
        np.array("NaT", "M8[s]"),
    ],
    ids=repr,
)
def test_what_is_missing_is_nan(value: Any) -> None:
    number, is_time = as_number(value, "y")
    assert math.isnan(number)
    assert not is_time


def test_a_long_double_beyond_a_double_is_infinite() -> None:
    largest = np.finfo(np.longdouble).max
    assert as_number(largest, "y")[0] == math.inf
    assert as_column(np.array([0, -largest]), "y")[0].tolist() == [0, -math.inf]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1.5", "x is a text ('1.5')"),
        (b"1", "x is bytes (b'1')"),
        (bytearray(b"1"), "x is bytes (bytearray(b'1'))"),
        (np.str_("1"), "x is a text (np.str_('1'))"),
        (1 + 2j, "x is a complex number ((1+2j))"),
        (np.complex64(1), "x is a complex number (np.complex64(1+0j))"),
        (np.void(b"1"), "x is a void (np.void(b'\\x31'))"),
        (np.array(1j), "x is an array (array(0.+1.j))"),
        (np.array([1.0]), "x is an array (array([1.]))"),
        ([1.0], "x is a list ([1.0])"),
        (Decimal("sNaN"), "x is a Decimal (Decimal('sNaN'))"),
        ("x" * 50, "x is a text ('" + "x" * 36 + "...)"),
    ],
)
def test_what_is_no_number_is_named_with_its_type(value: Any, sentence: str) -> None:
    with pytest.raises(TypeError) as caught:
        as_number(value, "x")
    assert str(caught.value) == f"{sentence}; {ADVICE}"


@pytest.mark.parametrize("value", [10**400, -(10**400), Fraction(10**400)])
def test_a_number_beyond_a_double_is_told_so(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^x is too large for a double$"):
        as_number(value, "x")


class Interrupting:
    """One in whose midst the handler of a signal comes, and raises."""

    def __float__(self) -> float:
        raise TimeoutError


def test_what_the_handler_of_a_signal_raises_says_nothing_of_a_number() -> None:
    with pytest.raises(TimeoutError):
        as_number(Interrupting(), "x")


def test_a_decimal_beyond_a_double_is_infinite() -> None:
    assert as_number(Decimal("-1e400"), "x") == (-math.inf, False)


# -- times -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        NOON,
        NOON.astimezone(BERLIN),
        np.datetime64("2024-02-29T12:00:00.250"),
        np.array("2024-02-29T12:00:00.250", "M8[ns]"),
        pd.Timestamp(NOON),
        pd.Timestamp("2024-02-29 12:00:00.25"),
        pd.Timestamp("2024-02-29 13:00:00.25", tz="Europe/Berlin"),
    ],
)
def test_a_time_is_seconds_since_1970(value: Any) -> None:
    assert as_number(value, "x") == (SECONDS, True)
    assert not is_many(value)


def test_a_datetime_without_a_zone_is_local_as_python_has_it() -> None:
    naive = datetime(2024, 2, 29, 12)  # noqa: DTZ001 - that is what is tested
    assert as_number(naive, "x") == (naive.timestamp(), True)
    assert as_number(date(2024, 2, 29), "x") == (naive.replace(hour=0).timestamp(), True)


@pytest.mark.parametrize("unit", UNITS)
def test_a_datetime64_of_any_unit_is_a_time(unit: str) -> None:
    day = np.array("2024-02-29", f"M8[{unit}]")[()]
    assert as_number(day, "x") == (1709164800.0, True)
    column, is_time = as_column(np.array([day, day]), "x")
    assert column.tolist() == [1709164800.0] * 2
    assert is_time


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are naive
def test_a_time_is_exact_to_the_microsecond_from_1900_to_2100(time: datetime) -> None:
    naive = np.datetime64(time.replace(tzinfo=None), "us")
    whole = (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    seconds = [as_number(t, "x")[0] for t in (time, naive, pd.Timestamp(time))]
    seconds += (
        as_column([time, time], "x")[0].tolist() + as_column(np.array([naive]), "x")[0].tolist()
    )
    assert {round(s * 1e6) for s in seconds} == {whole}


@pytest.mark.parametrize(
    "value",
    [
        timedelta(seconds=90),
        np.timedelta64(90, "s"),
        np.timedelta64(90_000_000_000, "ns"),
        np.array(90_000, "m8[ms]"),
        pd.Timedelta("90s"),
    ],
    ids=repr,
)
def test_a_span_of_time_is_its_seconds_and_no_time(value: Any) -> None:
    assert as_number(value, "x") == (90, False)
    assert not is_many(value)


def test_a_time_that_the_machine_does_not_know_is_told_so() -> None:
    with pytest.raises(ValueError, match=r"^x is .*, which is no time here: "):
        as_number(datetime(1, 1, 1), "x")  # noqa: DTZ001 - local, and so before the year 1 in the east


# -- columns ---------------------------------------------------------------------------------------

FLOATS = [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    "values",
    [
        [0, 1, 2],
        (0.0, 1, True + 1),
        range(3),
        deque(FLOATS),
        array.array("d", FLOATS),
        array.array("i", [0, 1, 2]),
        memoryview(array.array("f", FLOATS)),
        memoryview(b"\0\1\2"),
        dict.fromkeys([0, 1, 2]).keys(),
        {"a": 0, "b": 1, "c": 2}.values(),
        [Decimal(0), Fraction(1), np.float32(2)],
        [np.array(0), np.array(1.0), 2],
        np.arange(6)[::2] // 2,
        np.arange(3)[::-1][::-1],
        np.array([0, 1, 2], object),
        np.array(FLOATS, ">f8"),
        np.ma.array(FLOATS),
        pd.Series(FLOATS),
        pd.Series([0, 1, 2], dtype="Int64"),
        pd.Series([0, 1, 2], dtype="category"),
        pd.Index([0, 1, 2]),
        [[0], [1], [2]],
        [np.array([0.0]), [1], (2,)],
        np.array([[0], [1], [2]]),
        pd.DataFrame({"a": FLOATS}),
        np.array([0, 1, 2], "m8[s]"),
        [timedelta(0), np.timedelta64(1, "s"), pd.Timedelta("2s")],
        [timedelta(0), np.timedelta64(1000, "ms"), 2],
        pd.Series(pd.to_timedelta([0, 1, 2], unit="s")),
    ],
    ids=lambda v: type(v).__name__,
)
def test_many_numbers_are_a_column(values: Any) -> None:
    assert is_many(values)
    column, is_time = as_column(values, "x")
    assert (column.tolist(), column.dtype.name, is_time) == (FLOATS, "float64", False)


@pytest.mark.parametrize("make", [iter, lambda v: (n for n in v), lambda v: map(float, v)])
def test_what_can_be_walked_once_is_a_column(make: Any) -> None:
    assert is_many(make(FLOATS))
    assert as_column(make(FLOATS), "x")[0].tolist() == FLOATS


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_array_of_any_dtype_is_a_column(dtype: str) -> None:
    column, is_time = as_column(np.array([0, 1], dtype), "x")
    assert (column.tolist(), column.dtype.name, is_time) == ([0, 1], "float64", False)


@pytest.mark.parametrize(
    "values", [[], (), np.empty(0), pd.Series([], dtype=float), np.array([], object), iter([])]
)
def test_nothing_is_an_empty_column(values: Any) -> None:
    column, is_time = as_column(values, "x")
    assert (column.shape, column.dtype.name, is_time) == ((0,), "float64", False)


@pytest.mark.parametrize(
    "values",
    [
        [0, None, 2],
        np.array([0, None, 2], object),
        [0.0, math.nan, 2.0],
        np.ma.array([0.0, 9.0, 2.0], mask=[False, True, False]),
        np.ma.array([0, 9, 2], mask=[False, True, False]),
        np.ma.array(np.array([0, 9, 2], object), mask=[False, True, False]),
        pd.Series([0, None, 2]),
        pd.Series([0, None, 2], dtype="Int64"),
        pd.Series([0, None, 2], dtype="Float64"),
        pd.Series([0, None, 2], dtype=object),
        [0, pd.NA, 2],
        [0, pd.NaT, 2],
        [0, np.datetime64("NaT", "s"), Decimal(2)],
        [0, np.timedelta64("NaT", "s"), 2],
        np.array([0, "NaT", 2], "m8[s]"),
        np.ma.array(np.array([0, 9, 2], "m8[s]"), mask=[False, True, False]),
    ],
    ids=lambda v: type(v).__name__,
)
def test_what_is_missing_in_a_column_is_nan(values: Any) -> None:
    column, is_time = as_column(values, "y")
    assert column.tolist() == pytest.approx([0, math.nan, 2], nan_ok=True)
    assert not is_time


@pytest.mark.parametrize(
    "values",
    [
        [NOON],
        [np.datetime64("2024-02-29T12:00:00.250")],
        [pd.Timestamp(NOON)],
        np.array(["2024-02-29T12:00:00.250"], "M8[ms]"),
        np.array([NOON], object),
        np.ma.array(np.array(["2024-02-29T12:00:00.250"], "M8[ns]")),
        pd.Series([pd.Timestamp(NOON)]),
        pd.DatetimeIndex([NOON]),
        pd.DatetimeIndex([NOON]).tz_convert("Europe/Berlin"),
        pd.DatetimeIndex([NOON]).tz_localize(None),
    ],
    ids=lambda v: type(v).__name__,
)
def test_many_times_are_a_column_of_times(values: Any) -> None:
    column, is_time = as_column(values, "x")
    assert (column.tolist(), is_time) == ([SECONDS], True)


def test_a_missing_time_in_a_column_is_nan() -> None:
    for values in (
        np.array(["1970-01-02", "NaT"], "M8[s]"),
        np.ma.array(np.array(["1970-01-02", "2025-01-01"], "M8[s]"), mask=[False, True]),
        [datetime(1970, 1, 2, tzinfo=UTC), None],
        [np.datetime64("1970-01-02"), pd.NaT],
        pd.Series([pd.Timestamp("1970-01-02"), pd.NaT]),
    ):
        column, is_time = as_column(values, "x")
        assert column.tolist() == pytest.approx([86400, math.nan], nan_ok=True)
        assert is_time


@pytest.mark.parametrize(
    "values",
    [
        np.arange(3.0),
        pd.Series(np.arange(3.0)),
        array.array("d", FLOATS),
        np.arange(3.0).data,
    ],
)
def test_a_column_is_nobody_elses(values: Any) -> None:
    column, _ = as_column(values, "x")
    column[0] = 99
    assert values[0] == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1, "a"], f"x[1] is a text ('a'); {ADVICE}"),
        (["a", 1], f"x[0] is a text ('a'); {ADVICE}"),
        (np.array(["1"]), f"x[0] is a text (np.str_('1')); {ADVICE}"),
        (pd.Series(["1"]), f"x[0] is a text ('1'); {ADVICE}"),
        ([1, 2j], f"x[1] is a complex number (2j); {ADVICE}"),
        (np.array([1j]), f"x[0] is a complex number (np.complex128(1j)); {ADVICE}"),
        ({1}, "x is a set, which has no order; publish a list"),
        (frozenset({1}), "x is a set, which has no order; publish a list"),
        (
            np.zeros(1, [("a", "f8")]),
            f"x[0] is a void (np.void((0.0,), dtype=[('a', '<f8')])); {ADVICE}",
        ),
        ([[1, 2], [3]], f"x[0] is a list ([1, 2]); {ADVICE}"),
        ([NOON, 3], "x mixes numbers and times"),
        ([3, np.datetime64("2024-02-29")], "x mixes numbers and times"),
        ({"a": 1}, f"x is a dict ({{'a': 1}}); {ADVICE}"),
    ],
)
def test_a_column_that_is_none_says_which_value_is_wrong(values: Any, sentence: str) -> None:
    with pytest.raises(TypeError) as caught:
        as_column(values, "x")
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1, 10**400], "x[1] is too large for a double"),
        (
            [[1, 2], [3, 4]],
            "x has 2 dimensions, shape (2, 2); publish takes one: publish a column at a time",
        ),
        (
            np.zeros((1, 2, 3)),
            "x has 3 dimensions, shape (1, 2, 3); publish takes one: publish a column at a time",
        ),
        (
            pd.DataFrame({"a": [1.0], "b": [2.0]}),
            "x has 2 dimensions, shape (1, 2); publish takes one: publish a column at a time",
        ),
    ],
    ids=str,
)
def test_a_column_with_a_wrong_value_is_told_so(values: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"double|finite|dimensions") as caught:
        as_column(values, "x")
    assert str(caught.value) == sentence


# -- checks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        ([0, math.nan, math.inf], "x[1] is nan; x must be finite"),
        ([-math.inf], "x[0] is -inf; x must be finite"),
    ],
)
def test_every_x_is_finite(x: list[float], sentence: str) -> None:
    check_x(np.array([0.0, -1e308]))
    with pytest.raises(ValueError, match="must be finite") as caught:
        check_x(np.array(x))
    assert str(caught.value) == sentence


def test_lengths_are_told_both() -> None:
    check_lengths(np.zeros(3), np.zeros(3), "y")
    with pytest.raises(ValueError, match=r"^x has 3 values, y of 'loss' has 4$"):
        check_lengths(np.zeros(3), np.zeros(4), "y of 'loss'")


def test_infinity_is_a_gap_and_gaps_are_counted() -> None:
    y = np.array([1, math.nan, math.inf, -math.inf, 2])
    assert gaps_of(y) == 3
    assert y.tolist() == pytest.approx([1, math.nan, math.nan, math.nan, 2], nan_ok=True)
    assert gaps_of(np.array([1.0, 2.0])) == 0


@pytest.mark.parametrize(
    "value",
    [
        "abc",
        b"abc",
        bytearray(b"abc"),
        1,
        1.5,
        None,
        NOON,
        date(2024, 1, 1),
        np.datetime64("2024"),
        object(),
    ],
)
def test_what_is_one_is_not_many(value: Any) -> None:
    assert not is_many(value)
