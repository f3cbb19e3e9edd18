"""Kinds of values, as errors call them."""

from __future__ import annotations

import collections
import datetime as dt
import fractions
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from zwsnb.kinds.words import items_of, kind_of


class Elephant:
    pass


class Cat:
    pass


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (True, "True"),
        (np.False_, "False"),
        ("a", "a text"),
        (np.str_("a"), "a text"),
        (b"a", "bytes"),
        (np.bytes_(b"a"), "bytes"),
        (bytearray(b"a"), "bytes"),
        (3, "a whole number"),
        (np.int32(3), "a whole number"),
        (np.uint64(3), "a whole number"),
        (3.5, "a number"),
        (np.float32(3), "a number"),
        (np.float64(3), "a number"),
        (fractions.Fraction(1, 2), "a number"),
        (1j, "a complex number"),
        (np.complex64(1j), "a complex number"),
        (Decimal(1), "a Decimal"),
        ([1], "a list"),
        ((1, 2), "a tuple"),
        ({"a": 1}, "a dict"),
        (collections.OrderedDict(), "a dict"),
        ({1}, "a set"),
        (frozenset({1}), "a set"),
        (np.array([1.0]), "an array"),
        (np.ma.masked_array([1.0]), "an array"),
        (np.array(1j), "an array"),
        (range(3), "a range"),
        ((each for each in "ab"), "a generator"),
        (dt.date(2026, 1, 1), "a time"),
        (pd.Timestamp(0), "a time"),
        (dt.timedelta(1), "a span of time"),
        (len, "a function"),
        (lambda: None, "a function"),
        ("".join, "a function"),
        (np, "a module"),
        (Elephant, "a class"),
        (Elephant(), "an Elephant"),
        (Cat(), "a Cat"),
        (pd.DataFrame(), "a DataFrame"),
    ],
)
def test_a_value_is_called_by_a_plain_word(value: object, words: str) -> None:
    assert kind_of(value) == words


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (["a text of some length"], "texts"),
        ([b"a"], "bytes"),
        ([object()], "objects"),
        (np.array([(1, 2.0)], dtype="i4,f8"), "records"),
        (np.array(["2026-01-01"], "datetime64[s]"), "times"),
        (np.array([1], "timedelta64[s]"), "spans of time"),
        ([1j], "complex numbers"),
        ([True], "True and False"),
        ([1], "numbers"),
        ([1.5], "numbers"),
    ],
)
def test_what_an_array_has_is_called_so_too(array: Any, words: str) -> None:
    assert items_of(np.asarray(array).dtype) == words
