"""Headings: which lines may be one, which one fits, and what it says of x."""

from __future__ import annotations

import pytest

from zwsnb.lines.cells import read_cell
from zwsnb.lines.headings import HEADINGS, Headings, names_x, told_apart, x_by_name


def kept(*lines: str, delimiter: str | None = None, has_header: bool = False) -> Headings:
    headings = Headings(delimiter, has_header=has_header)
    for line in lines:
        headings.keep(line)
    return headings


@pytest.mark.parametrize(
    ("line", "may_be"),
    [
        ("loss", True),
        ("x,loss,", True),
        ('"Air Temp";Hum', True),
        ("Time (s)\tCH1", True),
        ("1", False),
        ("loss 1", False),
        ("2026-01-01,a", False),
        ("nan,a", False),
        ("-", False),
    ],
)
def test_a_line_of_words_may_be_a_heading(line: str, may_be: bool) -> None:
    assert Headings(None, has_header=False).may_be(line) is may_be


def test_where_it_is_said_the_first_line_is_one_and_no_other() -> None:
    headings = kept(has_header=True)
    assert headings.may_be("2020,2021")
    headings.keep("2020,2021")
    assert not headings.may_be("a,b")
    fitting = headings.of("1 2 3 4 5")
    assert fitting is not None
    assert fitting.names == ["2020", "2021"]


@pytest.mark.parametrize(
    ("lines", "numbers", "names"),
    [
        (["a b"], "1 2", ["a", "b"]),
        (["a b"], "1 2 3", ["a", "b"]),
        (["a b"], "1 2 3 4", None),
        (["a b c"], "1 2", None),
        (["a,b,c"], "1,2", ["a", "b", "c"]),
        (["a,b,c"], "1", None),
        (["a,b"], "1 2", None),
        (["Air Temp"], "21", ["Air", "Temp"]),
        (["Temp"], "21,5", ["Temp"]),
        (["hello, world", "x y"], "1 2", ["x", "y"]),
        (["group one two", "x y"], "1 2", ["x", "y"]),
        (["x,y", "(s),(V)"], "1,2", ["x", "y"]),
        (["x,y", "s,"], "1,2", ["x", "y"]),
        (["(s),(V)"], "1,2", ["(s)", "(V)"]),
    ],
)
def test_the_newest_that_fits_is_the_heading(
    lines: list[str], numbers: str, names: list[str] | None
) -> None:
    fitting = kept(*lines).of(numbers)
    assert (fitting and fitting.names) == names


def test_of_many_the_newest_are_kept_and_known_again() -> None:
    headings = Headings(None, has_header=False)
    forgotten = [headings.keep(f"line {'x' * i}") for i in range(HEADINGS + 1)]
    assert forgotten == [None] * HEADINGS + ["line "]
    assert headings.has("line x")
    assert not headings.has("line ")


@pytest.mark.parametrize(
    ("names", "row", "x"),
    [
        ("a b", "1 2", None),
        ("a time", "1 2", 1),
        ("time step", "1 2", 1),
        ("Time(s) a", "1 2", 0),
        ("index a", "1 2", 0),
        ("a index", "1 2", None),
        ("time a", "noon 2", None),
        ("time a", "nan 2", 0),
        ("a when", "1 2026-01-01", 1),
        ("time", "1", None),
    ],
)
def test_x_is_found_by_its_name_or_by_its_dates(names: str, row: str, x: int | None) -> None:
    assert x_by_name(names.split(), [read_cell(cell) for cell in row.split()]) == x


@pytest.mark.parametrize(
    ("name", "is_x"),
    [
        ("Time (s)", True),
        ("time[ms] ", True),
        ("time (a) [s]", False),
        ("time)", False),
        ("time", True),
        ("a" + 300_000 * " " + "b", False),
        (300_000 * "(" + "c", False),
    ],
)
def test_a_unit_in_brackets_is_no_part_of_a_name(name: str, is_x: bool) -> None:
    assert names_x(["a", name]) == is_x


def test_names_of_values_name_no_x() -> None:
    assert names_x(["a", "Time (s)"])
    assert names_x(["", "a"])
    assert not names_x(["loss", "acc"])


def test_columns_of_one_name_are_told_apart() -> None:
    assert told_apart(["a", "b", "a", "", "a", ""]) == [
        "a", "b", "a (2)", "column 4", "a (3)", "column 6",
    ]  # fmt: skip
