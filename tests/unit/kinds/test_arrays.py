"""The names of array types: every coordinate is a double."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest

from zwsnb.kinds.arrays import LIST_LIMIT, Column, Mask, Rows, Vertices, count_gaps


@pytest.mark.parametrize(
    ("alias", "scalar"),
    [(Column, np.float64), (Rows, np.float64), (Vertices, np.float64), (Mask, np.bool_)],
)
def test_an_array_type_says_what_its_elements_are(alias: object, scalar: type) -> None:
    # An alias of numpy 2.5 has the scalar alone, one before it the shape and the dtype of it.
    *_, last = get_args(alias)
    assert (get_args(last) or (last,)) == (scalar,)


@pytest.mark.parametrize("n", [3, LIST_LIMIT, LIST_LIMIT + 1])
@pytest.mark.parametrize("gaps", [0, 1, 3])
def test_gaps_are_counted(n: int, gaps: int) -> None:
    y = np.zeros(n)
    y[:gaps] = math.nan
    assert count_gaps(y) == gaps
