"""What `publish` accepts, as float64: numbers, times and spans of time, sequences and arrays, each
with an error that names what is wrong.  [no I/O]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sized
from datetime import date, timedelta
from numbers import Number
from typing import TYPE_CHECKING, Any, Final, SupportsFloat, cast

import numpy as np

from zwsnb.kinds.arrays import Column
from zwsnb.kinds.plain import (
    EXACT_NUMBERS,
    NO_NUMBER,
    NUMBERS,
    is_missing,
    is_number_dtype,
    plain,
)
from zwsnb.kinds.times import (
    seconds_of_date,
    seconds_of_span,
    seconds_of_spans,
    seconds_of_times,
)
from zwsnb.kinds.units import quantity_of
from zwsnb.kinds.words import kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST: Final = 1.7976931348623157e308

_TEXT: Final = str | bytes | bytearray
_ADVICE: Final = "publish takes numbers, times, sequences and arrays"


def subtractable(value: Any, low: float, high: float) -> tuple[Any, float, float]:
    """Return a value, or many, and the ends of a range, halved where the range is wider than
    doubles go.
    """
    return (value / 2, low / 2, high / 2) if math.isinf(high - low) else (value, low, high)


def is_many(value: object) -> bool:
    """True for what holds several values: a sequence, an array, a column of a table; not for a
    string or a number.
    """
    # The most frequent kinds first: to ask of abstract ones takes longer.
    if type(value) in EXACT_NUMBERS:
        return False
    if isinstance(value, np.ndarray):
        return value.ndim != 0
    if isinstance(value, _TEXT | Number | date | timedelta):
        return False
    return getattr(value, "ndim", None) != 0 and isinstance(value, Iterable)


def as_number(value: object, what: str, origin: int = 0) -> tuple[float, bool]:
    """Return `value` as a float, and whether it is a time; NaN for what is missing.

    A time is its seconds since `origin`, whole seconds since 1970; a span of time its seconds, and
    no time.

    Raises:
        TypeError: it is neither a number nor a time, or it has a unit.
        ValueError: it is too large for a double.
    """
    if type(value) in NUMBERS:
        return _double(value, value, what), False
    found = plain(value, what)
    if isinstance(found, np.ndarray | np.generic):
        return _number_of_numpy(found, value, what, origin)
    return _number_of_python(found, value, what, origin)


def _number_of_python(found: object, value: object, what: str, origin: int) -> tuple[float, bool]:
    if is_missing(found):
        return math.nan, False
    if isinstance(found, date):
        return seconds_of_date(found, what, origin), True
    if isinstance(found, timedelta):
        return seconds_of_span(found, what), False
    if isinstance(found, _TEXT | complex | list | tuple) or quantity_of(found) is not None:
        raise TypeError(f"{what} is {named(value)}; {_ADVICE}")
    return _double(found, value, what), False


def _number_of_numpy(
    found: NDArray[Any] | np.generic, value: object, what: str, origin: int
) -> tuple[float, bool]:
    """Return one value of numpy, of any dtype, as a float, and whether it is a time."""
    array = np.asarray(found)
    if array.ndim or quantity_of(found) is not None:
        raise TypeError(f"{what} is {named(value)}; {_ADVICE}")
    if _may_be_masked(found) and np.ma.is_masked(found):
        return math.nan, False
    if array.dtype.kind == "O":
        return _number_of_python(array.item(), value, what, origin)
    if not _is_cast(array.dtype):
        raise TypeError(f"{what} is {named(value)}; {_ADVICE}")
    number = float(_seconds_or_numbers(array, what, origin))
    return number, array.dtype.kind == "M" and not math.isnan(number)


def _is_cast(dtype: np.dtype[Any]) -> bool:
    return is_number_dtype(dtype) or dtype.kind in "mM"


def _seconds_or_numbers(array: NDArray[Any], what: str, origin: int) -> Column:
    """Return a new array as float64, NaN for what is missing, of its shape."""
    if array.dtype.kind == "M":
        return seconds_of_times(array, origin)
    if array.dtype.kind == "m":
        return seconds_of_spans(array, what)
    if array.dtype.itemsize <= 8:
        return array.astype(np.float64)
    # Beyond a double is infinite, and infinity has a sentence of its own.
    with np.errstate(over="ignore", invalid="ignore"):
        return array.astype(np.float64)


def _double(found: object, value: object, what: str) -> float:
    try:
        return float(cast("SupportsFloat", found))
    except OverflowError:
        raise ValueError(f"{what} is too large for a double") from None
    except NO_NUMBER:
        raise TypeError(f"{what} is {named(value)}; {_ADVICE}") from None


def as_column(values: object, what: str, origin: int = 0) -> tuple[Column, bool]:
    """Return a new column of `values`, which nobody else holds, and whether they are times, as
    seconds since `origin`; NaN for what is missing. A column may be of shape (n,) or (n, 1).

    Raises:
        TypeError: one of them is neither a number nor a time, or they mix both.
        ValueError: they have more than one dimension.
    """
    found = plain(values, what)
    if type(found) is np.ndarray:
        return _column_of_array(found, what, origin)
    if isinstance(found, set | frozenset):
        raise TypeError(f"{what} is {kind_of(found)}, which has no order; publish a list")
    if isinstance(found, Mapping) or quantity_of(found) is not None:
        raise TypeError(f"{what} is {named(values)}; {_ADVICE}")
    if _may_be_masked(found) and isinstance(found, np.ma.MaskedArray):
        found = _unmasked(found)
    if not isinstance(found, np.ndarray):
        return _column_of_list(list(found), what, origin)
    return _column_of_array(np.asarray(found), what, origin)


def _column_of_array(array: NDArray[Any], what: str, origin: int) -> tuple[Column, bool]:
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    _check_dimensions(array.shape, what)
    if _is_cast(array.dtype):
        return _seconds_or_numbers(array, what, origin), array.dtype.kind == "M"
    return _column_of_list(list(array), what, origin)


def _check_dimensions(shape: tuple[int, ...], what: str) -> None:
    if len(shape) != 1:
        raise ValueError(
            f"{what} has {len(shape)} dimensions, shape {shape}; publish takes one: publish a"
            " column at a time"
        )


def _may_be_masked(value: object) -> bool:
    """False where numpy.ma need not be asked: numpy imports it with the first question, which takes
    the first `publish` some milliseconds, and under many interrupts would never end.
    """
    return isinstance(value, np.ndarray) and type(value) is not np.ndarray


def _unmasked(values: np.ma.MaskedArray[Any, Any]) -> NDArray[Any]:
    """Return the values of a masked array, with NaN, NaT or None for those that are masked."""
    if values.dtype.kind in "mM":
        # numpy 2.5 warns of a NaT without a unit: this one has that of the values.
        missing: Any = np.array("NaT", values.dtype)
        return np.asarray(values.filled(missing))
    if is_number_dtype(values.dtype):
        return np.asarray(np.ma.filled(values.astype(np.float64), np.nan))
    objects = np.array(values.data, dtype=object)
    objects[np.ma.getmaskarray(values)] = None
    return objects


def _column_of_list(values: list[object], what: str, origin: int) -> tuple[Column, bool]:
    lengths = {len(v) if isinstance(v, list | tuple) else 0 for v in values}
    if len(lengths) == 1 and lengths != {0}:
        _check_dimensions((len(values), *lengths), what)
    pairs = [as_number(v, f"{what}[{i}]", origin) for i, v in enumerate(values)]
    kinds = {is_time for number, is_time in pairs if not math.isnan(number)}
    if len(kinds) > 1:
        raise TypeError(f"{what} mixes numbers and times")
    return np.array([number for number, _ in pairs], dtype=np.float64), True in kinds


def named(value: object) -> str:
    """Return a value with its type, as an error names it: "a str ('1.5')"."""
    if value is None:
        return "None"
    text = repr(value)
    return f"{kind_of(value)} ({text if len(text) <= 40 else text[:37] + '...'})"


def check_x(x: Column) -> None:
    """Raise ValueError unless every x is finite."""
    finite = np.isfinite(x)
    if not finite.all():
        i = int(np.argmin(finite))
        raise ValueError(f"x[{i}] is {x[i]}; x must be finite")


def check_lengths(x: Sized, y: Sized, what: str) -> None:
    """Raise ValueError unless the columns are of one length."""
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} values, {what} has {len(y)}")


def gaps_of(y: Column) -> int:
    """Make every infinity in `y`, in place, the gap that NaN is, and return how many gaps there
    are.
    """
    finite = np.isfinite(y)
    if finite.all():
        return 0
    y[~finite] = np.nan
    return int(len(y) - np.count_nonzero(finite))
