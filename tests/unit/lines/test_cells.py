"""Cells of text: numbers with units, dates, gaps, words; and units that change on the way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from zwsnb.lines.cells import Cell, Units, read_cell


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1", 1, ""), ("-3e2", -300, ""), (" 2.5 ", 2.5, ""), (".5", 0.5, ""), ("5.", 5, ""),
        ("1,5", 1.5, ""), ("-0,25", -0.25, ""), ("1,5e3", 1500, ""), ("1,234", 1.234, ""),
        ("1.234,5", 1234.5, ""), ("1,234.5", 1234.5, ""), ("1,234,567", 1234567, ""),
        ("1.234.567", 1234567, ""), ("1'234.5", 1234.5, ""), ("1\u202f234,5", 1234.5, ""),
        ("\u22125", -5, ""), ("12%", 12, "%"), ("12ms", 12, "ms"), ("3.2Gi", 3.2, "Gi"),
        ("21.5 °C", 21.5, "°C"), ("21,5°C", 21.5, "°C"), ("9.9it/s", 9.9, "it/s"),
        ("9.8 m/s²", 9.8, "m/s²"), ("40 %", 40, "%"), ("inf", math.inf, ""),
        ("1e999", math.inf, ""),
    ],
)  # fmt: skip
def test_a_number_may_have_a_decimal_comma_and_a_unit(text: str, number: float, unit: str) -> None:
    assert read_cell(text) == Cell(number, unit)


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "NA", "n/a", "[N/A]", "NaN", "null", "None"])
def test_an_empty_cell_is_a_gap_and_so_are_the_words_for_it(text: str) -> None:
    cell = read_cell(text)
    assert cell is not None
    assert cell.is_gap


@pytest.mark.parametrize(
    "text",
    [
        "two", "0x10", "0xff", "-0Xab", "\u22120xff", "00xff", "1__0", "1.2.3.4", "12:00",
        "12:00:05", "2026-13-01",
        "5 received", "1 Main St", "1,2,3", "1.23,4.5", "'", "---", "1-2", "5e3f0", "12 / 30",
    ],
)  # fmt: skip
def test_words_are_no_number(text: str) -> None:
    assert read_cell(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2011-03-13T07:06:40Z", 1300000000.0),
        ("2011-03-13 07:06:40 UTC", 1300000000.0),
        ("2011-03-13 08:06:40.25+01:00", 1300000000.25),
        ("2011-03-13 08:06:40,250 +0100", 1300000000.25),
        ("2011-03-13T07:06Z", 1299999960.0),
        ("2011/03/13 07:06:40.25Z", 1300000000.25),
    ],
)
def test_a_date_is_seconds_since_1970(text: str, seconds: float) -> None:
    assert read_cell(text) == Cell(seconds, is_time=True)


def test_a_date_that_no_clock_can_tell_is_an_error() -> None:
    with pytest.raises(ValueError, match="is no time here"):
        read_cell("0001-01-01")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["12ms", "1s", "500us", "0"], [12, 1000, 0.5, 0]),
        (["900Mi", "1Gi", "0B"], [900, 1024, 0]),
        (["1.5kB", "1MB"], [1.5, 1000]),
        (["900", "1.2k"], [900, 1200]),
        (["0", "12%", "13%"], [0, 12, 13]),
        (["", "5V", "6V"], [math.nan, 5, 6]),
    ],
)
def test_units_of_one_kind_are_converted_to_the_first(
    cells: list[str], values: list[float]
) -> None:
    units = Units()
    found = [units.same("a", cell) for text in cells if (cell := read_cell(text)) is not None]
    assert found == pytest.approx(values, nan_ok=True)


def test_a_unit_of_another_kind_is_an_error_for_its_series_only() -> None:
    units = Units()
    units.same("a", Cell(1, "V"))
    with pytest.raises(ValueError, match=r"^'a' is in A, and was in V before$"):
        units.same("a", Cell(1, "A"))
    assert units.same("b", Cell(1, "A")) == 1


@given(st.text() | st.from_regex(r"[-+0-9.,eE' %a-z:/]{0,12}"))
def test_any_text_is_a_cell_or_words(text: str) -> None:
    try:
        cell = read_cell(text)
    except ValueError as error:
        assert "no time here" in str(error)  # noqa: PT017 - either is right
        return
    assert cell is None or isinstance(cell.number, float)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["", "ms", "%", " °C"]))
def test_a_number_is_read_as_python_wrote_it(number: float, unit: str) -> None:
    assert read_cell(f"{number!r}{unit}") == Cell(number, unit.strip())
    assert read_cell(repr(number).replace(".", ",")) == Cell(number)


@pytest.mark.parametrize(
    "text", ["1" * 50_000 + "!", "1," * 50_000, "a" * 50_000, "1" + "a" * 50_000]
)
def test_a_long_cell_takes_no_long_time(text: str) -> None:
    assert read_cell(text) is None
