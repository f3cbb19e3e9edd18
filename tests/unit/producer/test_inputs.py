"""The y of a call of `publish`, by series."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from zwsnb.producer.inputs import MISSING, by_series, y_column, y_number


@pytest.mark.parametrize(
    ("y", "series", "named", "found"),
    [
        (1, None, {}, {"y": 1}),
        (1, "a", {}, {"a": 1}),
        (1, "a", {"b": 2}, {"a": 1, "b": 2}),
        (MISSING, None, {"b": 2}, {"b": 2}),
        ({"a": 1}, None, {"b": 2}, {"a": 1, "b": 2}),
        ({}, None, {}, {}),
    ],
)
def test_values_are_found_by_the_name_of_their_series(
    y: object, series: str | None, named: Mapping[str, object], found: Mapping[str, object]
) -> None:
    assert by_series(y, series, named) == found


def test_no_y_is_told_with_the_forms_that_there_are() -> None:
    with pytest.raises(TypeError, match=r"publish needs y: publish\(x, y\), publish\(x, \{name"):
        by_series(MISSING, None, {})


def test_the_series_is_named_once() -> None:
    with pytest.raises(TypeError, match="names its series itself; leave out series="):
        by_series({"a": 1}, "b", {})


def test_what_is_not_given_says_so_in_a_signature() -> None:
    assert repr(MISSING) == "<not given>"


@pytest.mark.parametrize("y", [3, 3.0, np.float32(3), np.array(3), True + 2])
def test_one_y_is_a_float(y: object) -> None:
    number = y_number(y, "a")
    assert (type(number), number) == (float, 3.0)


@pytest.mark.parametrize(
    ("y", "name", "sentence"),
    [
        ([1], "y", "x is one value, y is a list: publish as many of both"),
        ([1], "a", "x is one value, y of 'a' is a list: publish as many of both"),
        ("1", "a", "y of 'a' is a str ('1'); publish takes numbers, times, sequences and arrays"),
        (np.datetime64("2024-01-01"), "y", "y is a time; only x may be one"),
        (1, "", "series is empty; a name has 1 to 256 characters"),
    ],
)
def test_what_is_not_one_y_is_told_so(y: object, name: str, sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        y_number(y, name)
    assert str(caught.value) == sentence


def test_many_y_are_a_column() -> None:
    column = y_column(np.zeros(3), [1, None, 3.5], "a")
    assert column.dtype == np.float64
    assert column.tolist() == pytest.approx([1, math.nan, 3.5], nan_ok=True)


@pytest.mark.parametrize(
    ("y", "name", "sentence"),
    [
        (1, "y", "x has 2 values, y is only one: publish as many of both"),
        ([1, 2, 3], "a", "x has 2 values, y of 'a' has 3"),
        (np.array(["2024-01-01"] * 2, "M8[D]"), "y", "y holds times; only x may"),
        ([1, 2], "a\n", "series 'a\\n' has the control character '\\n'"),
    ],
)
def test_what_is_no_column_of_y_is_told_so(y: object, name: str, sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        y_column(np.zeros(2), y, name)
    assert str(caught.value) == sentence
