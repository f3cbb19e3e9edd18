"""The y of a call of `publish`, by series."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from support.fake_quantity import quantity

from zwsnb.kinds.units import Unit
from zwsnb.producer.inputs import (
    MISSING,
    by_series,
    columns_of,
    finite_x,
    point_of,
    y_column,
    y_number,
)


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


@pytest.mark.parametrize(
    ("y", "named", "found"),
    [
        ({"train": {"loss": 1, "acc": 2}, "lr": 3}, {}, {"train/loss": 1, "train/acc": 2, "lr": 3}),
        (MISSING, {"train": {"loss": {"mean": 1}}}, {"train/loss/mean": 1}),
        ({"train": {}}, {"a": 1}, {"a": 1}),
        (1, {"train": {"loss": 2}}, {"y": 1, "train/loss": 2}),
    ],
)
def test_a_dict_in_a_dict_names_its_series_with_a_slash(
    y: object, named: Mapping[str, object], found: Mapping[str, object]
) -> None:
    assert by_series(y, None, named) == found


def a_circle() -> dict[str, object]:
    found: dict[str, object] = {}
    found["a"] = found
    return found


@pytest.mark.parametrize(
    ("y", "sentence"),
    [
        ({"a/b": 1, "a": {"b": 2}}, "there are two values for series 'a/b'; rename one"),
        ({"a": {3: 1}}, "series is a whole number; a name is a text"),
        (a_circle(), "series has 257 characters; a name has at most 256"),
    ],
    ids=["twice", "no text", "a circle"],
)
def test_a_dict_that_names_no_series_is_told_so(y: object, sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        by_series(y, None, {})
    assert str(caught.value) == sentence


@pytest.mark.parametrize("x", [None, np.datetime64("NaT", "s"), np.timedelta64("NaT", "s")])
def test_one_x_that_is_missing_is_told_so(x: object) -> None:
    with pytest.raises(ValueError, match=r"^x is missing; x must be finite$"):
        finite_x(x)


def test_an_array_of_missing_times_is_one_of_gaps_and_one_of_times_is_refused() -> None:
    gaps, _ = y_column(np.zeros(2), np.array(["NaT"] * 2, "M8[s]"), "a")
    assert np.isnan(gaps).all()
    with pytest.raises(TypeError, match="y of 'a' holds times; only x may"):
        y_column(np.zeros(2), np.array(["NaT", "2024"], "M8[s]"), "a")


def test_a_call_is_a_point_or_columns_with_the_units_that_it_has() -> None:
    volts = Unit("pint", None)
    assert point_of(1, volts, {"a": 2}) == (1.0, False, {"a": 2.0}, {None: volts}, 0)
    assert point_of(1, None, {"a": quantity(2, "mV"), "b": 3}).units.keys() == {"a"}
    given = columns_of([1, 2], None, {"a": [3, quantity(4, "mV")][1:] * 2})
    assert (given.x.tolist(), given.y["a"].tolist()) == ([1, 2], [4, 4])
    assert given.units["a"].text == "mV"


def test_what_is_not_given_says_so_in_a_signature() -> None:
    assert repr(MISSING) == "<not given>"


@pytest.mark.parametrize("y", [3, 3.0, np.float32(3), np.array(3), True + 2])
def test_one_y_is_a_float(y: object) -> None:
    number, unit = y_number(y, "a")
    assert (type(number), number, unit) == (float, 3.0, None)


@pytest.mark.parametrize("y", [None, math.nan, np.datetime64("NaT", "s"), np.ma.masked])
def test_one_y_that_is_missing_is_a_gap(y: object) -> None:
    assert math.isnan(y_number(y, "a")[0])


@pytest.mark.parametrize(
    ("y", "name", "sentence"),
    [
        ([1], "y", "x is one value, y is a list: publish as many of both"),
        ([1], "a", "x is one value, y of 'a' is a list: publish as many of both"),
        ("1", "a", "y of 'a' is a text ('1'); publish takes numbers, times, sequences and arrays"),
        (np.datetime64("2024-01-01"), "y", "y is a time; only x may be one"),
        (1, "", "series is empty; a name has 1 to 256 characters"),
    ],
)
def test_what_is_not_one_y_is_told_so(y: object, name: str, sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        y_number(y, name)
    assert str(caught.value) == sentence


def test_many_y_are_a_column() -> None:
    column, unit = y_column(np.zeros(3), [1, None, 3.5], "a")
    assert (column.dtype.name, unit) == ("float64", None)
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
