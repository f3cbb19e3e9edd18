"""What an image and a histogram take, and the sentences of what they do not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zwsnb.images.inputs import bins_of, cells_of, check_bins, ends_of, numbers_of
from zwsnb.protocol.images.rows import MAX_BINS


@pytest.mark.parametrize(
    "values",
    [[1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3], np.uint8), np.array([1, 2, 3], np.float16)],
)
def test_numbers_of_any_type_are_cells(values: object) -> None:
    cells = cells_of(values, "the row", (1, 2))
    assert cells.dtype == np.float32
    assert cells.tolist() == [1, 2, 3]


def test_the_callers_array_stays_the_callers() -> None:
    values = np.zeros(3, np.float32)
    cells = cells_of(values, "the row", (1,))
    values[:] = 1
    assert cells.tolist() == [0, 0, 0]


def test_what_is_masked_is_no_value() -> None:
    masked = np.ma.MaskedArray([1.0, 2.0], mask=[False, True])
    assert np.isnan(cells_of(masked, "the row", (1,))).tolist() == [False, True]
    assert np.isinf(cells_of([np.inf], "the row", (1,)))


@pytest.mark.parametrize(
    "values", [[[1.0], [2]], ((1.0,), (2.0,)), [np.ones(1), np.ones(1)], np.ones((2, 1))]
)
def test_lists_of_one_value_each_are_a_column(values: object) -> None:
    assert cells_of(values, "the matrix", (2,)).shape == (2, 1)
    assert cells_of(values, "the row", (1, 2)).shape == (2, 1)


@pytest.mark.parametrize(
    ("values", "dimensions", "error", "words"),
    [
        ([], (1,), ValueError, "not empty"),
        ([[1.0, 2.0]], (1,), ValueError, r"shape \(1, 2\)"),
        (np.zeros((2, 2, 3)), (2,), ValueError, "2-dimensional"),
        ([1j], (1,), TypeError, "abs"),
        (["a"], (1,), TypeError, "has texts in it, where numbers belong"),
        ([[1, 2], [3]], (2,), ValueError, "one length"),
    ],
)
def test_what_is_no_row_is_said(
    values: Any, dimensions: tuple[int, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        cells_of(values, "the row", dimensions)


@pytest.mark.parametrize(
    ("said", "count", "ends"),
    [
        (None, 5, (0, 4)),
        ((0, 10), 5, (0, 10)),
        ((10, 0), 5, (10, 0)),
        (np.linspace(2, 4, 5), 5, (2, 4)),
        ([7.0, 7.0], 1, (7, 7)),
    ],
)
def test_where_values_stand(said: object, count: int, ends: tuple[float, float]) -> None:
    assert ends_of(said, count, "y") == ends


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (3, TypeError, "low, high"),
        ([1, 2, 3], ValueError, "y has 3 values"),
        ([0, 1, 2, 3, 5], ValueError, "equally spaced"),
        ([1, 1], ValueError, "equally spaced"),
        ([0, np.nan], ValueError, "finite"),
        ([np.datetime64("2026-01-01"), np.datetime64("2026-01-02")], TypeError, "times"),
    ],
)
def test_what_is_no_place_is_said(said: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        ends_of(said, 5, "y")


def test_a_row_has_an_end() -> None:
    check_bins(MAX_BINS)
    with pytest.raises(ValueError, match="4,096"):
        check_bins(MAX_BINS + 1)


def test_what_is_counted() -> None:
    assert numbers_of([[1, 2], [3, 4]]).tolist() == [1, 2, 3, 4]
    assert bins_of(10, None) == (10, None)
    assert bins_of(10, (0, 1)) == (10, (0, 1))
    for bins, limits, error in (
        ("10", None, TypeError), (True, None, TypeError), (0, None, ValueError),
        (1001, None, ValueError), (10, (1, 0), ValueError), (10, 3, TypeError),
    ):  # fmt: skip
        with pytest.raises(error):
            bins_of(bins, limits)
