"""What a call of `p.image` gives, as rows of an image, or an error that says what is wrong.
[no I/O]
"""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.kinds.plain import is_number_dtype, plain
from zwsnb.kinds.values import as_column, is_many
from zwsnb.kinds.words import items_of, kind_of
from zwsnb.protocol.images.rows import MAX_BINS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Cells

MAX_HISTOGRAM: Final = 1_000
"""Bins of a histogram."""

_EVEN: Final = 1e-3
"""Of a step, by which equally spaced values may differ from it."""

Ends = tuple[float, float]


def cells_of(values: object, what: str, dimensions: tuple[int, ...]) -> Cells:
    """Return values as float32, of one of so many dimensions; NaN where one is missing.

    Raises:
        TypeError: they are no numbers.
        ValueError: there are none, or they are of another shape, or too large.
    """
    array = _array_of(values, what)
    if array.ndim == 1 and _is_column(values):
        array = array[:, np.newaxis]
    if array.ndim not in dimensions or not array.size:
        shapes = " or ".join(f"{n}-dimensional" for n in dimensions)
        raise ValueError(f"{what} has the shape {array.shape}; it is {shapes}, and not empty")
    with np.errstate(over="ignore"):
        cells: Cells = array.astype(np.float32)
    if (too_large := np.isinf(cells) & np.isfinite(array)).any():
        raise ValueError(
            f"{what} holds {array[too_large][0]:.3g}; an image has values up to 3.4e38: divide"
            " them, or give their logarithms"
        )
    return cells


def _is_column(values: object) -> bool:
    """True for a list of lists of one value each, which is a list of values elsewhere."""
    return (
        isinstance(values, list | tuple)
        and bool(values)
        and all(isinstance(each, list | tuple) or np.ndim(each) == 1 for each in values)
    )


def _array_of(values: object, what: str) -> NDArray[Any]:
    found = plain(values, what)
    if isinstance(found, np.ma.MaskedArray):
        found = np.ma.filled(found.astype(np.float64), np.nan)
    try:
        array = np.asarray(found)
    except ValueError:
        raise ValueError(f"the rows of {what} are not of one length") from None
    if array.dtype.kind == "O" and _is_flat(array):  # numbers, with None among them
        array = as_column(array.reshape(-1).tolist(), what)[0].reshape(array.shape)
    if not is_number_dtype(array.dtype):
        words = (
            "is complex: publish its size, as in abs(row)"
            if array.dtype.kind == "c"
            else f"has {items_of(array.dtype)} in it, where numbers belong"
        )
        raise TypeError(f"{what} {words}")
    return array


def _is_flat(array: NDArray[Any]) -> bool:
    """True where each is a number or None."""
    return all(each is None or isinstance(each, Real) for each in array.reshape(-1).tolist())


def check_bins(bins: int) -> None:
    """Raise ValueError when a row is too long."""
    if bins > MAX_BINS:
        raise ValueError(f"a row has at most {MAX_BINS:,} values, this one has {bins:,}")


def check_origin(origin: object, *, is_matrix: bool) -> bool:
    """Return whether y is counted from the top down.

    Raises:
        TypeError, ValueError: it is no origin, or none of rows.
    """
    if origin not in ("lower", "upper"):
        raise ValueError(f'origin is {origin!r:.50}; it is "lower" or "upper"')
    if origin == "upper" and not is_matrix:
        raise TypeError("origin is of a matrix; rows stand at the y that is said")
    return origin == "upper"


def ends_of(said: object, count: int, what: str) -> Ends:
    """Return where the first and the last of so many values stand, which are equally spaced: from 0
    on in steps of 1 where nothing is said.

    said: both, or all of them.

    Raises:
        TypeError, ValueError: they are none.
    """
    if said is None:
        return 0.0, float(count - 1)
    if not is_many(said):
        raise TypeError(f"{what} is (low, high), or as many values as there are: {count}")
    column, is_time = as_column(said, what)
    if is_time:
        raise TypeError(f"{what} holds times; give numbers")
    if len(column) not in (2, count) or not np.isfinite(column).all():
        raise ValueError(
            f"{what} has {len(column)} values; it is (low, high), or {count} finite numbers"
        )
    first, last = float(column[0]), float(column[-1])
    step = (last - first) / max(1, len(column) - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        uneven = np.abs(np.diff(column) - step) > _EVEN * abs(step)
    if count > 1 and (step == 0 or uneven.any()):
        raise ValueError(f"{what} is not equally spaced: give (low, high), or even steps")
    return first, last


def numbers_of(values: object) -> Column:
    """Return the values of a histogram, shape (n,).

    Raises:
        TypeError: they are no numbers.
    """
    array = _array_of(values, "values")
    numbers: Column = array.astype(np.float64).reshape(-1)
    return numbers


def bins_of(bins: object, limits: object) -> tuple[int, Ends | None]:
    """Return how many bins there are to be, and from where to where they reach, if it is said.

    Raises:
        TypeError, ValueError: they cannot be.
    """
    if not isinstance(bins, int) or isinstance(bins, bool):
        raise TypeError(f"bins is {kind_of(bins)}; it is a whole number, of how many there are")
    if not 0 < bins <= MAX_HISTOGRAM:
        raise ValueError(f"bins is {bins}; there are 1 to {MAX_HISTOGRAM}")
    if limits is None:
        return bins, None
    low, high = ends_of(limits, 2, "range")
    if low > high:
        raise ValueError(f"range is from {low:g} to {high:g}: it begins with the lower one")
    if not 0 < (high - low) / bins < math.inf:
        raise ValueError(f"range is from {low:g} to {high:g}: no double is as wide as its bins")
    return bins, (low, high)
