"""Kinds of values that people publish: for numbers drawn at random, one by one and as a whole, and
the float64 that each is.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from support.optional import library
from support.tensors import WAYS

Values = Sequence[Any]
Make = Callable[[list[Any]], tuple[Values, Any]]
"""Takes what a strategy has drawn; returns the values one by one, and all as one."""


class Kind(NamedTuple):
    """A kind of values.

    ``draw`` is the strategy of one of them, None for a gap; ``expected`` the float of one; ``role``
    what it may be: "number", which both x and y may, "time", which only x may, or "none".
    """

    draw: st.SearchStrategy[Any]
    make: Make
    expected: Callable[[Any], float] = float
    role: str = "number"


FLOATS = st.floats(width=32)
DOUBLES = st.floats()
INTS = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-8, 7)
GAPPED = st.none() | DOUBLES
MICROSECONDS = st.integers(-(2**50), 2**50)


def as_list(values: list[Any]) -> tuple[Values, Any]:
    return values, values


def of_numpy(dtype: str) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        with np.errstate(all="ignore"):
            array = np.array(values).astype(dtype)
        return list(array), array

    return make


def of_ml(name: str) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        dtype = getattr(library("ml_dtypes"), name, None) or pytest.skip(f"no {name} yet")
        with np.errstate(all="ignore"):
            array = np.array(values, float).astype(dtype)
        return list(array), array

    return make


def of_objects(values: list[Any]) -> tuple[Values, Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return values, array


def of_pandas(dtype: str, as_whole: Callable[[Any], Any] = lambda series: series) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        if "pyarrow" in dtype:
            library("pyarrow")
        series = pd.Series(values, dtype=dtype)
        return list(series), as_whole(series)

    return make


def of_polars(dtype: str) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        pl = library("polars")
        series = pl.Series(values, dtype=getattr(pl, dtype))
        return series.to_list(), series

    return make


def of_arrow(dtype: str, *, is_chunked: bool = False) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        pa = library("pyarrow")
        kind = pa.decimal128(20, 3) if dtype == "decimal" else pa.type_for_alias(dtype)
        array = pa.array(values, kind)
        return list(array), pa.chunked_array([array[:1], array[1:]]) if is_chunked else array

    return make


def of_tensors(way: Any, dtype: str) -> Make:
    def make(values: list[Any]) -> tuple[Values, Any]:
        array = np.array(values).astype(dtype)
        return [way(np.array(value)) for value in array], way(array)

    return make


def of_astropy(values: list[Any]) -> tuple[Values, Any]:
    units = library("astropy.units")
    return [value * units.mV for value in values], np.array(values, float) * units.mV


def of_pint(values: list[Any]) -> tuple[Values, Any]:
    quantity = library("pint").get_application_registry().Quantity
    return [quantity(value, "mV") for value in values], quantity(np.array(values, float), "mV")


def of_pint_list(values: list[Any]) -> tuple[Values, Any]:
    ones, _ = of_pint(values)
    return ones, ones


def of_spans(values: list[int]) -> tuple[Values, Any]:
    spans = [timedelta(microseconds=value) for value in values]
    return spans, spans


def of_datetimes(values: list[int]) -> tuple[Values, Any]:
    times = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value) for value in values]
    return times, times


def microseconds(value: int) -> float:
    return value / 1e6


def rounded_to(dtype: Any) -> Callable[[Any], float]:
    def expected(value: Any) -> float:
        with np.errstate(all="ignore"):
            return float(np.array(value).astype(dtype))

    return expected


def rounded_by_ml(name: str) -> Callable[[Any], float]:
    def expected(value: Any) -> float:
        with np.errstate(all="ignore"):
            dtype = getattr(importlib.import_module("ml_dtypes"), name)
            return float(np.array(value, float).astype(dtype)[()])

    return expected


def gap_or_float(value: Any) -> float:
    return math.nan if value is None else float(value)


def number(draw: st.SearchStrategy[Any], make: Make, expected: Any = float) -> Kind:
    return Kind(draw, make, expected)


def none(draw: st.SearchStrategy[Any], make: Make = as_list) -> Kind:
    return Kind(draw, make, role="none")


FLOAT_DTYPES: Final = ("f2", "f4", "f8", ">f8")
INT_DTYPES: Final = ("i1", "i8", "u8", "g", "?")
ML: Final = ("bfloat16", "float8_e4m3", "float8_e5m2", "float8_e4m3fn", "float4_e2m1fn")
DECIMALS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
SHORT = st.text("ab1", min_size=1, max_size=3)

KINDS: Final[dict[str, Kind]] = {
    "int": number(st.integers(-(2**70), 2**70), as_list),
    "float": number(DOUBLES, as_list),
    "bool": number(st.booleans(), as_list),
    "Decimal": number(st.decimals(-(10**30), 10**30) | st.just(Decimal("NaN")), as_list),
    "Fraction": number(st.fractions(), as_list),
    "mixed": number(
        INTS | DOUBLES | st.booleans() | st.none() | DECIMALS | FLOATS.map(np.float32)
        | SMALL.map(np.int8) | st.fractions() | st.just(pd.NA) | INTS.map(np.int64),
        as_list, lambda v: math.nan if v is pd.NA else gap_or_float(v),
    ),
    "objects": number(INTS | GAPPED | st.fractions(), of_objects, gap_or_float),
    **{f"numpy {d}": number(DOUBLES, of_numpy(d), rounded_to(d)) for d in FLOAT_DTYPES},
    **{f"numpy {d}": number(INTS, of_numpy(d), rounded_to(d)) for d in INT_DTYPES},
    **{f"ml {name}": number(FLOATS, of_ml(name), rounded_by_ml(name)) for name in ML},
    "ml int4": number(SMALL, of_ml("int4")),
    "ml uint2": number(st.integers(0, 3), of_ml("uint2")),
    "pandas Int64": number(st.none() | INTS, of_pandas("Int64"), gap_or_float),
    "pandas Float64": number(st.none() | DOUBLES, of_pandas("Float64"), gap_or_float),
    "pandas boolean": number(st.none() | st.booleans(), of_pandas("boolean"), gap_or_float),
    "pandas array": number(st.booleans(), of_pandas("boolean", lambda s: s.array)),
    "pandas object": number(st.none() | INTS | DECIMALS, of_pandas("object"), gap_or_float),
    "pandas category": number(SMALL, of_pandas("category")),
    "pandas Index": number(DOUBLES, of_pandas("float64", pd.Index)),
    "pandas arrow int": number(st.none() | INTS, of_pandas("int64[pyarrow]"), gap_or_float),
    "pandas arrow bool": number(
        st.none() | st.booleans(), of_pandas("bool[pyarrow]"), gap_or_float
    ),
    "polars Int64": number(st.none() | INTS, of_polars("Int64"), gap_or_float),
    "polars UInt64": number(st.integers(0, 2**64 - 1), of_polars("UInt64")),
    "polars Int128": number(st.integers(-(2**99), 2**99), of_polars("Int128")),
    "polars Float64": number(GAPPED, of_polars("Float64"), gap_or_float),
    "polars Float32": number(FLOATS, of_polars("Float32")),
    "polars Boolean": number(st.none() | st.booleans(), of_polars("Boolean"), gap_or_float),
    "polars Decimal": number(DECIMALS, of_polars("Decimal")),
    "pyarrow int64": number(st.none() | INTS, of_arrow("int64"), gap_or_float),
    "pyarrow double": number(GAPPED, of_arrow("double"), gap_or_float),
    "pyarrow bool": number(st.none() | st.booleans(), of_arrow("bool"), gap_or_float),
    "pyarrow chunks": number(GAPPED, of_arrow("double", is_chunked=True), gap_or_float),
    "pyarrow decimal": number(DECIMALS, of_arrow("decimal")),
    **{f"{way.__name__} f4": number(FLOATS, of_tensors(way, "f4")) for way in WAYS},
    **{f"{way.__name__} i8": number(INTS, of_tensors(way, "i8")) for way in WAYS},
    "astropy": number(DOUBLES, of_astropy),
    "pint": number(DOUBLES, of_pint),
    "pint list": number(DOUBLES, of_pint_list),
    "timedelta": number(MICROSECONDS, of_spans, microseconds),
    "timedelta64": number(MICROSECONDS, of_numpy("m8[us]"), microseconds),
    "pandas timedelta": number(MICROSECONDS, of_pandas("m8[us]"), microseconds),
    "polars duration": number(MICROSECONDS, of_polars("Duration"), microseconds),
    "pyarrow duration": number(MICROSECONDS, of_arrow("duration[us]"), microseconds),
    "datetime": Kind(MICROSECONDS, of_datetimes, microseconds, "time"),
    "datetime64": Kind(MICROSECONDS, of_numpy("M8[us]"), microseconds, "time"),
    "pandas datetime": Kind(MICROSECONDS, of_pandas("M8[us]"), microseconds, "time"),
    "pandas zone": Kind(MICROSECONDS, of_pandas("datetime64[us, UTC]"), microseconds, "time"),
    "pyarrow timestamp": Kind(MICROSECONDS, of_arrow("timestamp[us]"), microseconds, "time"),
    "text": none(SHORT),
    "bytes": none(st.binary(max_size=3)),
    "complex": none(st.complex_numbers()),
    "numpy text": none(SHORT, of_numpy("U3")),
    "numpy complex": none(INTS, of_numpy("c16")),
    "ml complex": none(SMALL, of_ml("complex32")),
    "pandas str": none(SHORT, of_pandas("object")),
    "polars str": none(SHORT, of_polars("String")),
    "pyarrow string": none(SHORT, of_arrow("string")),
    "huge": none(st.just(10**400)),
    "object": none(st.builds(object)),
    "dict": none(st.just({1: 2})),
    "set": none(st.just({1, 2})),
    "list": none(st.lists(SMALL, min_size=2, max_size=2)),
    "unlike": none(st.just(Fraction(10**400))),
}  # fmt: skip
"""By name."""
