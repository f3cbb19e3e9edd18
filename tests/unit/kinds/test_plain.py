"""Objects of any library become what numpy has, by one conversion."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.fake_quantity import quantity
from support.optional import library
from support.tensors import WAYS, HasNumpy, Tensor

from zwsnb.kinds.plain import is_gap, is_missing, is_number_dtype, plain

FLOATS = [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    "value",
    [1, 1.5, True, np.float32(1), Decimal(1), Fraction(1), "1", {"a": 1}, {1}, frozenset({1})],
    ids=repr,
)
def test_what_is_plain_stays_as_it_is(value: object) -> None:
    assert plain(value, "x") is value


def test_an_array_stays_the_same_array() -> None:
    found = np.zeros(3)
    assert plain(found, "x") is found


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_object_becomes_an_array_by_its_own_way(way: Any) -> None:
    many, one = plain(way(np.array(FLOATS)), "x"), plain(way(np.array(1.5)), "x")
    assert (many.tolist(), many.dtype.name) == (FLOATS, "float64")
    assert (one.tolist(), one.ndim) == (1.5, 0)


@pytest.mark.parametrize("has_gradient", [False, True])
@pytest.mark.parametrize("is_bfloat", [False, True])
def test_a_tensor_is_detached_and_widened_where_it_must_be(
    has_gradient: bool, is_bfloat: bool
) -> None:
    tensor = Tensor(np.array(FLOATS, "f4"), has_gradient=has_gradient, is_bfloat=is_bfloat)
    assert plain(tensor, "x").tolist() == FLOATS


def test_what_should_become_an_array_and_does_not_is_told_why() -> None:
    with pytest.raises(TypeError) as caught:
        plain(HasNumpy([1.0]), "y of 'a'")
    assert str(caught.value) == "y of 'a' is a HasNumpy that becomes no array: it gives a list"


class Interrupting:
    """One in whose midst the handler of a signal comes, and raises: a time is over, say."""

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        raise TimeoutError("time is over")

    __float__ = __array__


@pytest.mark.parametrize("value", [Interrupting(), [1.0, Interrupting()]])
def test_what_the_handler_of_a_signal_raises_is_not_swallowed(value: object) -> None:
    with pytest.raises(TimeoutError, match="time is over"):
        plain(value, "x")


def test_a_library_has_errors_of_its_own() -> None:
    its_error = type("OpError", (Exception,), {"__module__": "library.errors"})

    def numpy(_: object) -> Any:
        raise its_error("not here")

    its = {"__module__": "library.arrays", "numpy": numpy}
    of_library = type("Array", (HasNumpy,), its)
    with pytest.raises(TypeError, match="an Array that becomes no array: not here"):
        plain(of_library([1.0]), "x")


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, 2], "int64"),
        ((1, 2.5), "float64"),
        ([np.float32(1), np.float32(2)], "float32"),
        ([True, False], "bool"),
        ([], "float64"),
        (range(3), "int64"),
        (array("f", [1, 2]), "float32"),
        ((ctypes.c_double * 2)(1, 2), "float64"),
        ([[1], [2]], "int64"),
        ([np.timedelta64(1, "s")] * 2, "timedelta64[s]"),
        (iter([1, 2]), "int64"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value,
)
def test_a_list_of_numbers_becomes_an_array(values: Any, dtype: str) -> None:
    found = plain(values, "x")
    assert isinstance(found, np.ndarray)
    assert (found.ndim, found.dtype.name) == (1, dtype)


@pytest.mark.parametrize(
    "values",
    [
        [1, None],
        [None, 1],
        [1, "2"],
        ["1", "2"],
        [1, 10**400],
        [1.5, 10**400],
        [1, np.timedelta64(1, "ns")],
        [np.timedelta64(1, "s"), np.timedelta64(1, "ns")],
        [[1, 2], [3, 4]],
        [quantity(1, "V"), quantity(2, "mV")],
        [1, quantity(2, "mV")],
        [Decimal(1), 2],
    ],
    ids=repr,
)
def test_a_list_of_anything_else_is_left_for_a_look_at_each(values: list[Any]) -> None:
    assert plain(values, "x") is values


def test_a_quantity_keeps_its_unit() -> None:
    volts = quantity(np.ones(2), "V")
    assert plain(volts, "x") is volts


@pytest.mark.parametrize(
    "value",
    [None, pd.NA, pd.NaT, np.datetime64("NaT", "s"), np.timedelta64("NaT", "s"), np.ma.masked],
)
def test_what_is_missing_is_found(value: object) -> None:
    assert is_missing(value)
    assert is_gap(value)
    assert plain(value, "y") is None


def test_nan_is_a_gap_and_is_there() -> None:
    assert is_gap(math.nan)
    assert not is_missing(math.nan)
    assert not any(map(is_gap, [0, "", np.array([]), np.timedelta64(0, "s"), []]))


# -- other libraries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (pd.Series([1, None], dtype="Int64"), "float64"),
        (pd.Series([True, None], dtype="boolean"), "float64"),
        (pd.array([True, None], dtype="boolean"), "float64"),
        (pd.Index([1.5, 2.5]), "float64"),
        (pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC")), "datetime64"),
        (pd.Series(pd.to_timedelta([1], unit="s")), "timedelta64"),
        (pd.Series([1, 2], dtype="category"), "int64"),
    ],
    ids=str,
)
def test_a_column_of_pandas_is_no_array_of_objects(value: Any, dtype: str) -> None:
    assert plain(value, "y").dtype.name.startswith(dtype)


@pytest.mark.parametrize("dtype", ["bool", "int64", "double", "timestamp[us, tz=UTC]"])
def test_a_column_of_pandas_by_arrow_is_no_array_of_objects(dtype: str) -> None:
    library("pyarrow")
    found = plain(pd.Series([1, None], dtype=f"{dtype}[pyarrow]"), "y")
    assert found.dtype.kind in "fM"
    assert math.isnan(found[1]) if found.dtype.kind == "f" else np.isnat(found[1])


def test_columns_of_polars_are_arrays() -> None:
    pl = library("polars")
    assert plain(pl.Series([1, None]), "y").tolist() == pytest.approx([1, math.nan], nan_ok=True)
    assert plain(pl.Series([True, None]), "y").dtype.name == "float64"
    big = plain(pl.Series([2**100, None], dtype=pl.Int128), "y")
    assert big == [2**100, None]


def test_columns_and_values_of_pyarrow_are_arrays_and_their_elements() -> None:
    pa = library("pyarrow")
    for values in (pa.array([True, None]), pa.chunked_array([[True], [None]])):
        assert plain(values, "y").dtype.name == "float64"
    assert plain(pa.scalar(True), "y") == 1
    assert plain(pa.scalar(Decimal("1.5")), "y") == Decimal("1.5")
    assert plain(pa.scalar(None), "y") is None
    assert plain(pa.array([1, None]), "y").dtype.name == "float64"


@pytest.mark.parametrize("name", ["bfloat16", "float8_e4m3", "float8_e5m2", "int4", "uint2"])
def test_the_numbers_of_ml_dtypes_are_cast(name: str) -> None:
    ml_dtypes = library("ml_dtypes")
    dtype = np.dtype(getattr(ml_dtypes, name))
    assert is_number_dtype(dtype)
    # An int beside one of them is not rounded to it.
    assert next(map(float, plain([1000, dtype.type(1)], "x"))) == 1000


def test_records_and_complex_numbers_are_not_cast() -> None:
    dtypes = [np.dtype(code) for code in ("V8", "c16", "U1", "O", "M8[s]")]
    assert not any(map(is_number_dtype, [*dtypes, np.dtype([("a", "f8")])]))


def test_what_only_looks_like_many_is_left_as_it_is() -> None:
    astropy_time = library("astropy.time")
    noon = astropy_time.Time("2024-02-29T12:00:00")
    assert plain(noon, "x") is noon


def test_what_goes_wrong_in_a_generator_is_its_own() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise TypeError("broken")

    with pytest.raises(TypeError, match=r"^broken$"):
        plain(broken(), "x")


def test_a_masked_array_of_astropy_is_one_of_numpy() -> None:
    masked = library("astropy.utils.masked")
    found = plain(masked.Masked(np.array([1.0, 2.0]), mask=[True, False]), "y")
    assert found.mask.tolist() == [True, False]


def test_a_masked_value_in_a_list_is_a_gap_where_warnings_are_errors_too() -> None:
    assert plain([1.0, np.ma.masked, 2.0], "y") == [1.0, np.ma.masked, 2.0]
