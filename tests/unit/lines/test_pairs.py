"""Lines of names with values: which are some, and what they hold."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, strategies as st

from zwsnb.lines.cells import Units
from zwsnb.lines.pairs import Pairs, read_pairs


def pairs(line: str) -> Pairs:
    found = read_pairs(line, Units())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("cpu=1.5 mem=20", {"cpu": 1.5, "mem": 20}),
        ("cpu = 1.5, mem = 20", {"cpu": 1.5, "mem": 20}),
        ("cpu=12% up=3ms", {"cpu": 12, "up": 3}),
        ("a=1,b=2;c=3&d=4|e=5", {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}),
        ("ä=1,5 b=2,5", {"ä": 1.5, "b": 2.5}),
        ('msg="it is = 3" loss=0.5', {"msg": "it is = 3", "loss": 0.5}),
        ("INFO step=3 train/loss=0.5 [rate=7]", {"step": 3, "train/loss": 0.5, "rate": 7}),
        ("64 bytes from a (::1): icmp_seq=1 ttl=64 time=0.04 ms",
         {"icmp_seq": 1, "ttl": 64, "time": 0.04}),
        ("loss=0.5 for all", {"loss": 0.5}),
        ("Temp:21.5,Hum:40", {"Temp": 21.5, "Hum": 40}),
        ("Temp:21,5;Hum:40,1", {"Temp": 21.5, "Hum": 40.1}),
        ("Temp: 21.5 C, Hum: 40 %", {"Temp": 21.5, "Hum": 40}),
        ("Air Temp:21.5\tState:ok", {"Air Temp": 21.5, "State": "ok"}),
        ("Temp:21.5 Hum:40", {"Temp": 21.5, "Hum": 40}),
        ("Temp: 21,5 Hum: 40,0", {"Temp": 21.5, "Hum": 40}),
        ("Temp:21.5,", {"Temp": 21.5}),
        ("Temp1:21,Sensor 2:40.5", {"Temp1": 21, "Sensor 2": 40.5}),
        ("2026-01-01 12:00 Temp:5", {"Temp": 5}),
        ("t=2026-01-01 v=1", {"t": "2026-01-01", "v": 1}),
    ],
)  # fmt: skip
def test_pairs_are_members(line: str, members: dict[str, Any]) -> None:
    assert pairs(line).members == members


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *(("1,234", 1234), ("-1,234", -1234), ("12,345.5", 12345.5), ("1,234,567", 1234567)),
        *(("1,234ms", 1234), ("999,999.25 s", 999999.25), ("1,234e3", 1234000)),
        ('"1,234"', 1234),
    ],
)
@pytest.mark.parametrize("line", ["n={} m=2", "epoch done: n={}, m=2", "n={}", "n: {}", "[n={}]"])
def test_a_comma_before_three_digits_parts_thousands_behind_a_name(
    line: str, value: str, number: float
) -> None:
    assert pairs(line.format(value)).members["n"] == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *(("0,123", 0.123), ("1,23", 1.23), ("1,2345", 1.2345), ("1234,567", 1234.567)),
        *(("01,234", 1.234), ("-0,5", -0.5)),
    ],
)
def test_another_comma_is_a_decimal_one(value: str, number: float) -> None:
    assert pairs(f"n={value} m=2").members == {"n": number, "m": 2}


def test_a_series_that_has_had_a_decimal_comma_has_no_thousands() -> None:
    units = Units()
    found = [
        read_pairs(f"t={text} n=1,234", units) for text in ("21,375", "21,5", "21,375", "0,125")
    ]
    assert [its.members for its in found if its is not None] == [
        {"t": t, "n": 1234} for t in (21375, 21.5, 21.375, 0.125)
    ]


def test_a_list_of_numbers_is_no_number_of_thousands() -> None:
    assert pairs("shape=100,200,3 a=1").members == {"shape": 100, "a": 1}


@pytest.mark.parametrize(
    "line", ["Temp:21.5,Hum:", "Temp:1 Hum:-", "Temp=1 Hum=", "Temp=1 Hum=nan"]
)
def test_an_empty_value_is_a_gap(line: str) -> None:
    value = pairs(line).members["Hum"]
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "line",
    [
        "", "1 2", "words", "a=b", "a:b", "Name: foo", "12:00:05 5", "http://a/b", "Hum:", "==",
        "Nov 27 23:05", "at 9:30 Temp:5", "INFO: starting 5 workers",
        "rtt min/avg/max/mdev = 0.04/0.05/0.06/0.01 ms",
    ],
)  # fmt: skip
def test_without_a_number_by_name_it_is_no_line_of_pairs(line: str) -> None:
    assert read_pairs(line, Units()) is None


def test_what_has_a_unit_is_a_measure() -> None:
    assert pairs("a=1 time=12.3 ms b=5% c=3 apples").measures == {"time", "b"}


@pytest.mark.parametrize(
    "line", ["2011-03-13T07:06:40Z cpu=1", "[2011-03-13 07:06:40Z] INFO cpu=1",
             "2011-03-13 07:06:40Z, Temp:1,Hum:2"],
)  # fmt: skip
def test_a_date_at_the_beginning_is_told(line: str) -> None:
    assert pairs(line).date == 1300000000


def test_a_unit_that_changes_is_an_error() -> None:
    units = Units()
    read_pairs("a=1V", units)
    with pytest.raises(ValueError, match="'a' is in A"):
        read_pairs("a=1A", units)


@given(st.text() | st.from_regex(r"[a-z=:, .0-9;\"]{0,20}"))
def test_any_line_is_one_of_pairs_or_not(line: str) -> None:
    found = read_pairs(line, Units())
    assert found is None or any(isinstance(value, float) for value in found.members.values())


@pytest.mark.parametrize(
    "line",
    ["a" + " " * 50_000, "a" * 50_000 + "=", "a=" + "1," * 50_000, "a:" * 50_000,
     "a b" * 20_000 + ":"],
)  # fmt: skip
def test_a_long_line_takes_no_long_time(line: str) -> None:
    read_pairs(line, Units())
