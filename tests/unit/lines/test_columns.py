"""Columns: which line is the heading, what each column is called, which one is x, what is left
out.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

import pytest

from zwsnb.lines.columns import Columns

NAN = math.nan


class Reader:
    """Reads lines of columns, and keeps what is said about them."""

    def __init__(self, x: str | None = None, *, header: bool = False) -> None:
        self.said: list[str] = []
        self.left: list[str] = []
        self.refused: list[str] = []
        self.points: list[Any] = []
        self.columns = Columns(
            x=x,
            delimiter=None,
            has_header=header,
            say=self.said.append,
            left_out=lambda name, _: self.left.append(name),
            refuse=self.refused.append,
        )

    def read(self, text: str) -> list[Any]:
        """The points of a text: x, None where it counts the lines, and the values."""
        for line in text.split("\n"):
            point = self.columns.read(line, may_be_heading=not self.points)
            if point is not None:
                self.points.append((point.x, point.values))
        return self.points


def same(found: list[Any], wanted: list[Any]) -> bool:
    """True for equal points, where a gap is equal to a gap."""
    return repr([exact(*point) for point in found]) == repr([exact(*point) for point in wanted])


def exact(x: float | None, values: dict[str, float]) -> tuple[float | None, dict[str, float]]:
    return None if x is None else float(x), {name: float(y) for name, y in values.items()}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1\n2", [(None, {"y": 1}), (None, {"y": 2})]),
        ("1 2\n3 4", [(1, {"y": 2}), (3, {"y": 4})]),
        ("1 2 3 4", [(1, {"y": 2, "y2": 3, "y3": 4})]),
        ("1\n1 2\n3", [(None, {"y": 1}), (1, {"y": 2}), (None, {"y": 3})]),
        ("1,2\n3,", [(1, {"y": 2}), (3, {"y": NAN})]),
        ("1,,3", [(1, {"y": NAN, "y2": 3})]),
        ("1,2,\n3,4,", [(1, {"y": 2}), (3, {"y": 4})]),
        ("sda 1 2\nsda 3 4", [(1, {"y": 2}), (3, {"y": 4})]),
        ("7 2011-03-13T07:06:40Z 8", [(1300000000, {"y": 7, "y2": 8})]),
        ("12 monkeys\n1 2", [(None, {"y": 12}), (1, {"y": 2})]),
        ("nan\n1", [(None, {"y": NAN}), (None, {"y": 1})]),
        ("1 nan inf", [(1, {"y": NAN, "y2": NAN})]),
        ("1 12ms\n2 1s", [(1, {"y": 12}), (2, {"y": 1000})]),
    ],
)
def test_without_a_heading_the_first_of_several_is_x(text: str, points: list[Any]) -> None:
    assert same(Reader().read(text), points)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("loss\n0.5", [(None, {"loss": 0.5})]),
        ("x loss acc\n1 2 3", [(1, {"loss": 2, "acc": 3})]),
        ("loss acc\n1 2 3", [(1, {"loss": 2, "acc": 3})]),
        ("a,b\n1,2", [(None, {"a": 1, "b": 2})]),
        ("loss,Step,time\n0.5,3,9", [(3, {"loss": 0.5, "time": 9})]),
        ("Time (s),V\n1,2", [(1, {"V": 2})]),
        ("index,V\n1,2", [(1, {"V": 2})]),
        (",V\n1,2", [(1, {"V": 2})]),
        ("V,index\n1,2", [(None, {"V": 1, "index": 2})]),
        ("a,wann\n1,2011-03-13T07:06:40Z", [(1300000000, {"a": 1})]),
        ("x;y\n1,5;2,5", [(1.5, {"y": 2.5})]),
        ("x y\n1,5 2,5", [(1.5, {"y": 2.5})]),
        ("x y\n1,2", [(1, {"y": 2})]),
        ("Temp\n21,5", [(None, {"Temp": 21.5})]),
        ("Air Temp\n21\n22", [(None, {"Air Temp": 21}), (None, {"Air Temp": 22})]),
        ('"Air Temp","Hum, rel"\n"1,5",2', [(None, {"Air Temp": 1.5, "Hum, rel": 2})]),
        ("x,a,b\n1,,3\n2,5", [(1, {"a": NAN, "b": 3}), (2, {"a": 5, "b": NAN})]),
        ("x|a|b\n1||3\n2|5|", [(1, {"a": NAN, "b": 3}), (2, {"a": 5, "b": NAN})]),
        ("x,a,a,\n1,2,3,4", [(1, {"a": 2, "a (2)": 3, "column 4": 4})]),
        ("x,a\n1,2\n3", [(1, {"a": 2}), (3, {"a": NAN})]),
        ("x,a\n1,2,3", [(1, {"a": 2, "column 3": 3})]),
        ("x,a\n1,2\n1,2,3", [(1, {"a": 2}), (1, {"a": 2, "column 3": 3})]),
        ("x,city,v\n1,Ulm,5\n2,,6", [(1, {"v": 5}), (2, {"v": 6})]),
        ("x,v,w\n1,wait,5\n2,3,6", [(1, {"w": 5}), (2, {"v": 3, "w": 6})]),
        ("Time,Volt\n(s),(V)\n0,1", [(0, {"Volt": 1})]),
        ("x  a\n---  ---\n1  2", [(1, {"a": 2})]),
        ("x   loss\n--  ----\n1   2", [(1, {"loss": 2})]),
        ("=== ===\nx   a\n=== ===\n1   2\n=== ===", [(1, {"a": 2})]),
        ("| x | a |\n|--:|:-:|\n| 1 | 2 |", [(1, {"a": 2})]),
        ("+---+\n| x | a |\n|(s)|(V)|\n+---+\n| 1 | 2 |\n+---+", [(1, {"a": 2})]),
        ("┌───┬───┐\nx a\n├───┼───┤\n1 2", [(1, {"a": 2})]),
        ("---\n1", [(None, {"y": 1})]),
        ("Hello there you\nx loss\n1 2", [(1, {"loss": 2})]),
        ("procs --memory--\n r  b  swpd\n 1 0 5", [(None, {"r": 1, "b": 0, "swpd": 5})]),
        ("total used\nMem: 5 6", [(None, {"total": 5, "used": 6})]),
        ("x a\n1 2\nx a\n3 4", [(1, {"a": 2}), (3, {"a": 4})]),
    ],
)
def test_a_heading_names_the_columns_and_x(text: str, points: list[Any]) -> None:
    assert same(Reader().read(text), points)


@pytest.mark.parametrize("text", ["7:06:40", "07:06:40", "07:06:40,0"])
def test_the_time_of_day_may_have_a_column_of_its_own(text: str) -> None:
    x = datetime(2011, 3, 13, 7, 6, 40).timestamp()  # noqa: DTZ001 - without a zone it is local
    assert same(Reader().read(f"Date;Time;V\n2011-03-13;{text};1"), [(x, {"V": 1})])


def test_a_heading_of_numbers_has_to_be_said() -> None:
    assert same(Reader(header=True).read("2020,2021\n1,2"), [(None, {"2020": 1, "2021": 2})])
    assert same(
        Reader(header=True).read("a\n1,2,3"), [(None, {"a": 1, "column 2": 2, "column 3": 3})]
    )


@pytest.mark.parametrize(
    ("x", "text", "points"),
    [
        ("b", "a,b,c\n1,2,3", [(2, {"a": 1, "c": 3})]),
        ("B", "a,b,c\n1,2,3", [(2, {"a": 1, "c": 3})]),
        ("3", "a,b,c\n1,2,3", [(3, {"a": 1, "b": 2})]),
        ("2", "1 2 3", [(2, {"y": 1, "y2": 3})]),
        ("line", "x a\n1 2", [(None, {"x": 1, "a": 2})]),
        ("now", "1 2", [(None, {"y": 1, "y2": 2})]),
    ],
)
def test_x_may_be_chosen(x: str, text: str, points: list[Any]) -> None:
    assert same(Reader(x).read(text), points)


@pytest.mark.parametrize(
    ("x", "text", "why"),
    [
        ("q", "a,b\n1,2", "there is no column 'q': the heading has a, b"),
        ("q", "1,2", "there is no column 'q': there is no heading"),
        ("3", "1,2", "there is no column 3: the line has 2"),
        ("0", "1,2", "there is no column 0: the line has 2"),
        ("1", "5", "there is no y in it"),
        (None, "x,a\n,2", "x is ''; x must be finite"),
        (None, "x,a\n1,2\n,3", "x is ''; x must be finite"),
        (None, "x,a\n1,2\ninf,3", "x is 'inf'; x must be finite"),
        (None, "x,a\n1,2\ntwo,3", "x is 'two', which is no number"),
        (None, "1 2\n1 two", "'two' is no number"),
        (None, "1\n12 monkeys", "'monkeys' is no number"),
        (None, "x a\n1 2\n1 2 b", "'b' is no number"),
        (None, "1 2\ntwo", "there is no number in it"),
        (None, "1 2 3\n1 nan x", "'x' is no number"),
        (None, "x a b\n1 2 3\n1 2", "it has 2 columns, the heading 3"),
        (None, "1 2V\n1 2A", "'y' is in A, and was in V before"),
        (None, "2026-01-01 12:00", "there is no y in it"),
    ],
)
def test_a_line_that_is_no_point_says_why(x: str | None, text: str, why: str) -> None:
    reader = Reader(x)
    with pytest.raises(ValueError, match=rf"^{re.escape(why)}"):
        reader.read(text)


def test_a_name_goes_before_a_number() -> None:
    reader = Reader("3", header=True)
    assert same(reader.read("3,b,c\n1,2,4"), [(1, {"b": 2, "c": 4})])


def test_words_are_left_out_by_the_name_of_their_column() -> None:
    reader = Reader()
    reader.read("x,city,v,when\n1,Ulm,5,2026-01-01")
    assert set(reader.left) == {"city", "when"}
    other = Reader()
    other.read("1 2 km\n1 2 km")
    assert set(other.left) == {"column 3"}


def test_the_oldest_of_many_lines_of_words_is_no_heading() -> None:
    reader = Reader()
    reader.read("one\ntwo\nthree\nfour\nfive\n6")
    assert reader.refused == ["one", "two"]
    assert same(reader.points, [(None, {"five": 6})])


def test_what_a_user_should_know_is_said_once() -> None:
    reader = Reader()
    reader.read("voltage,current\n1,2\n2,3")
    assert reader.said == ["x counts the lines; --x COLUMN or --x now chooses another"]
    for text in ("x a\n1 2", "loss\n1", "1 2", "1"):
        quiet = Reader()
        quiet.read(text)
        assert quiet.said == []


def test_a_heading_that_does_not_fit_is_not_used_and_this_is_said() -> None:
    reader = Reader()
    assert same(reader.read("one two three four\n1 2"), [(1, {"y": 2})])
    assert reader.said == [
        "the heading 'one two three four' is not used: it does not fit the lines"
    ]


def test_a_name_is_one_line_and_not_too_long() -> None:
    reader = Reader()
    [(_, values)] = reader.read("x," + "n" * 400 + ",a   b\n1,2,3")
    assert list(values) == ["n" * 248, "a b"]


def test_columns_with_a_heading_claim_lines_that_look_like_pairs() -> None:
    reader = Reader()
    reader.read("id,query")
    assert reader.columns.claims("1,a=5")
    assert not reader.columns.claims("a=5")
    reader.read("1,a=5\n2,a=6")
    assert reader.left == ["query", "query"]
