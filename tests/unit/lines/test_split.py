"""Lines parted into cells: which delimiter, quotes, and where a comma is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.lines.split import LEADING_TIME, split


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("1 2", ["1", "2"]),
        ("  1   2 ", ["1", "2"]),
        ("1,2", ["1", "2"]),
        ("1, 2, 3", ["1", "2", "3"]),
        ("1 , 2", ["1", "2"]),
        ("1;2,5", ["1", "2,5"]),
        ("1\t2,5", ["1", "2,5"]),
        ("1,,3,", ["1", "", "3", ""]),
        ("1;;3", ["1", "", "3"]),
        ("\t1\t\t3", ["", "1", "", "3"]),
        ("1,5 2,5", ["1,5", "2,5"]),
        ("1 2,5", ["1", "2,5"]),
        ("sda 1,5 2,5", ["sda", "1,5", "2,5"]),
        ("Room 12,5", ["Room 12", "5"]),
        ("Time, Temp", ["Time", "Temp"]),
        ('"a, b",c', ["a, b", "c"]),
        ('"say ""hi""";2', ['say "hi"', "2"]),
        ('1\t\t"3"', ["1", "", "3"]),
        ('"1"\t2\t', ["1", "2", ""]),
        ('"1"\t\t"3"', ["1", "", "3"]),
        ('"Air Temp" 2', ["Air Temp", "2"]),
        ("1 | 2|3 |", ["1", "2", "3"]),
        ("1|2|3", ["1", "2", "3"]),
        ("1||3|", ["1", "", "3", ""]),
        ("|2,5|3", ["", "2,5", "3"]),
        ("|100|501|", ["100", "501"]),
        ("|  1| 10|", ["1", "10"]),
        ("|step|loss|", ["step", "loss"]),
        ("2026-01-01 12:00:00||3", ["2026-01-01 12:00:00", "", "3"]),
        ("1|cat|dog,5", ["1|cat|dog", "5"]),
        ("2026-01-01 12:00 5", ["2026-01-01 12:00", "5"]),
        ("2026-01-01 12:00:00,1.5", ["2026-01-01 12:00:00", "1.5"]),
        ("2026-01-01 12:00:00,123 0.5", ["2026-01-01 12:00:00,123", "0.5"]),
        ("2026-01-01 12:00:00.5 +01:00 7", ["2026-01-01 12:00:00.5 +01:00", "7"]),
        ("2026/01/01 12:00:00.5 7", ["2026/01/01 12:00:00.5", "7"]),
        ("2026-01-01 5 6", ["2026-01-01", "5", "6"]),
        ("2026-01-01 12:00:00 UTC 5", ["2026-01-01 12:00:00 UTC", "5"]),
        ("2026-01-01 12:00 -5", ["2026-01-01 12:00", "-5"]),
        ("2026-01-01 12:00 -15", ["2026-01-01 12:00", "-15"]),
        ("2026-01-01 12:00:00.5+00|5", ["2026-01-01 12:00:00.5+00", "5"]),
        ('5" 6', ['5"', "6"]),
    ],
)
def test_the_delimiter_is_the_lines_own(line: str, cells: list[str]) -> None:
    assert split(line) == cells


@pytest.mark.parametrize(
    ("line", "delimiter", "cells"),
    [
        ("a b;c", ";", ["a b", "c"]),
        ("a|b||c", "|", ["a", "b", "", "c"]),
        ("a,b c", " ", ["a,b", "c"]),
        ('"a:b":c', ":", ["a:b", "c"]),
    ],
)
def test_a_delimiter_may_be_given(line: str, delimiter: str, cells: list[str]) -> None:
    assert split(line, delimiter) == cells


def test_a_cell_beyond_the_limit_of_csv_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="field larger than"):
        split('"' + "1" * 200_000 + '",2')


def test_a_log_begins_with_its_time() -> None:
    for line in ("2026-01-01 12:00:00,123 INFO", "[2026-01-01T12:00:00Z] a=1", "2026-01-01; 1"):
        assert LEADING_TIME.match(line)
    assert not LEADING_TIME.match("2026-01-01")
    assert not LEADING_TIME.match("12:00 a=1")


@given(st.text(st.characters(exclude_characters="\r\n")), st.sampled_from([None, ";", " ", "|"]))
def test_any_line_can_be_parted(line: str, delimiter: str | None) -> None:
    assert all(cell == cell.strip() or '"' in line for cell in split(line, delimiter))


@given(st.lists(st.integers(-(2**53), 2**53) | st.floats(allow_nan=False), min_size=2, max_size=5))
def test_numbers_come_back_by_every_delimiter(numbers: list[float]) -> None:
    for delimiter in ("\t", ";", ",", " ", ", ", "   "):
        assert [float(cell) for cell in split(delimiter.join(map(repr, numbers)))] == numbers
