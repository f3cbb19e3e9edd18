"""What `publish` accepts, as float64: numbers, times, sequences and arrays, each with an error that
names what is wrong.  [no I/O]

A time becomes seconds since 1970 in UTC, exact to the microsecond, by the rule of the library that
it comes from: a datetime without a zone is local time, as for its ``timestamp()``; a
numpy.datetime64 and a pandas.Timestamp without a zone are UTC.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from numbers import Real
from typing import TYPE_CHECKING, Any, Final, SupportsFloat, cast

import numpy as np

from zwsnb.protocol.arrays import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST: Final = 1.7976931348623157e308
EXACT_NUMBERS: Final = frozenset({int, float, np.float64})
"""Types that need no conversion; what `publish` takes without a second look."""

_TEXT: Final = str | bytes | bytearray
_ADVICE: Final = "publish takes numbers, times, sequences and arrays"


def is_many(value: object) -> bool:
    """True for what holds several values: a sequence, an array, a column of a table; not for a
    string or a number.
    """
    # The most frequent kinds first: to ask of abstract ones takes longer.
    if type(value) in EXACT_NUMBERS:
        return False
    if isinstance(value, np.ndarray):
        return value.ndim != 0
    if isinstance(value, _TEXT | Real | datetime):
        return False
    return getattr(value, "ndim", None) != 0 and isinstance(value, Iterable)


def as_number(value: object, what: str) -> tuple[float, bool]:
    """Return `value` as a float, and whether it is a time.

    Raises:
        TypeError: it is neither a number nor a time.
        ValueError: it is too large for a double.
    """
    if type(value) in EXACT_NUMBERS:
        return _double(value, what), False
    if isinstance(value, date):
        return _seconds_of(value, what), True
    if _may_be_masked(value) and value is np.ma.masked:
        return math.nan, False
    # numpy would make a number of a complex one, and of some spans of time.
    kind = value.dtype.kind if isinstance(value, np.generic | np.ndarray) else "O"
    if kind == "M":
        return float(_seconds_of_many(np.asarray(value), what)), True
    if kind not in "fiubO" or isinstance(value, _TEXT | complex) or value is None:
        raise TypeError(f"{what} is {_named(value)}; {_ADVICE}")
    return _double(value, what), False


def _double(value: object, what: str) -> float:
    try:
        return float(cast("SupportsFloat", value))
    except OverflowError:
        raise ValueError(f"{what} is too large for a double") from None
    except (TypeError, ValueError):
        raise TypeError(f"{what} is {_named(value)}; {_ADVICE}") from None


def as_column(values: object, what: str) -> tuple[Column, bool]:
    """Return a new column of `values`, which nobody else holds, and whether they are times.

    Raises:
        TypeError: one of them is neither a number nor a time, or they mix both.
        ValueError: they have more than one dimension.
    """
    if isinstance(values, Mapping):
        raise TypeError(f"{what} is {_named(values)}; {_ADVICE}")
    if _may_be_masked(values) and isinstance(values, np.ma.MaskedArray):
        values = _unmasked(values)
    elif not hasattr(values, "__getitem__"):
        values = list(cast("Iterable[object]", values))
    array = _array_of(values)
    if array.ndim != 1:
        raise ValueError(
            f"{what} has {array.ndim} dimensions, shape {array.shape}; publish takes one: publish a"
            " column at a time"
        )
    if array.dtype.kind == "M":
        return _seconds_of_many(array, what), True
    if array.dtype.kind in "fiub":
        # Beyond a double is infinite, and infinity has a sentence of its own.
        with np.errstate(over="ignore"):
            return array.astype(np.float64), False
    return _column_of_objects(list(cast("Iterable[object]", values)), what)


def _may_be_masked(value: object) -> bool:
    """False where numpy.ma need not be asked: numpy imports it with the first question, which takes
    the first `publish` some milliseconds, and under many interrupts would never end.
    """
    return isinstance(value, np.ndarray) and type(value) is not np.ndarray


def _unmasked(values: np.ma.MaskedArray[Any, Any]) -> NDArray[Any]:
    """Return the values of a masked array, with NaN, NaT or None for those that are masked."""
    if values.dtype.kind == "M":
        # numpy 2.5 warns of a NaT without a unit: this one has that of the values.
        missing: Any = np.array("NaT", values.dtype)
        return np.asarray(values.filled(missing))
    if values.dtype.kind in "fiub":
        return np.asarray(np.ma.filled(values.astype(np.float64), np.nan))
    objects = np.array(values.data, dtype=object)
    objects[np.ma.getmaskarray(values)] = None
    return objects


def _array_of(values: object) -> NDArray[Any]:
    try:
        return np.asarray(values)
    except (ValueError, TypeError, RuntimeError):
        # Ragged lists, and what refuses to become an array as it is (a tensor with a gradient):
        # look at each value.
        items = list(cast("Iterable[object]", values))
        objects = np.empty(len(items), dtype=object)
        objects[:] = items
        return objects


def _column_of_objects(values: list[object], what: str) -> tuple[Column, bool]:
    pairs = [
        (math.nan, None) if v is None else as_number(v, f"{what}[{i}]")
        for i, v in enumerate(values)
    ]
    kinds = {is_time for _, is_time in pairs if is_time is not None}
    if len(kinds) > 1:
        raise TypeError(f"{what} mixes numbers and times")
    return np.array([number for number, _ in pairs], dtype=np.float64), True in kinds


def _seconds_of(value: date, what: str) -> float:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a date without a zone is local, as a datetime is
    try:
        return value.timestamp()
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError(f"{what} is {value!r}, which is no time here: {error}") from None


_DATE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)"
    r"(?:[T ](\d\d(?::\d\d)*(?:[.,]\d+)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


def seconds_of_text(text: str) -> float | None:
    """Return an ISO 8601 date, or date and time, as seconds since 1970; None for other text. The
    date may have slashes.

    Without a zone it is local time, as a datetime without one.

    Raises:
        ValueError: it is before or after what the system's clock can tell.
    """
    parts = _DATE.fullmatch(text.strip())
    if parts is None:
        return None
    day, clock, zone = parts.groups()
    try:
        found = datetime.fromisoformat(
            f"{day.replace('/', '-')}T{clock or '00:00'}{'Z' if zone == 'UTC' else zone or ''}"
        )
    except ValueError:
        return None
    return _seconds_of(found, "x")


def _seconds_of_many(array: NDArray[Any], what: str) -> Column:
    if np.isnat(array).any():
        raise ValueError(
            f"{what} is not a time (NaT)"
            if array.ndim == 0
            else f"{what} holds NaT; x must be finite"
        )
    return array.astype("datetime64[us]").astype(np.int64) / 1e6


def _named(value: object) -> str:
    if value is None:
        return "None"
    text = repr(value)
    return f"a {type(value).__name__} ({text if len(text) <= 40 else text[:37] + '...'})"


def check_x(x: Column) -> None:
    """Raise ValueError unless every x is finite."""
    finite = np.isfinite(x)
    if not finite.all():
        i = int(np.argmin(finite))
        raise ValueError(f"x[{i}] is {x[i]}; x must be finite")


def check_lengths(x: Column, y: Column, what: str) -> None:
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
