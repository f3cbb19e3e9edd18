"""What an object of any library holds, as numpy has it: by one conversion, never by a loop over its
elements.  [no I/O]

No library is imported: an object says itself where it comes from, and how it becomes an array.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import numpy as np

from zwsnb.kinds.units import quantity_of
from zwsnb.kinds.words import kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]

EXACT_NUMBERS: Final = frozenset({int, float, np.float64})
"""Types that need no conversion; what `publish` takes without a second look."""

NUMBERS: Final = EXACT_NUMBERS | {bool, *(np.dtype(code).type for code in "?bhilqBHILQefdg")}
"""Types of numbers, Python's and numpy's own; numpy makes an array of a list of them."""

PLAIN: Final = NUMBERS | {*(np.ndarray, datetime, date, timedelta, str, type(None), dict, set)}
"""Types of values that are what they are, and have no unit."""

_LIKE_PLAIN: Final = (
    *(np.ndarray, np.generic, Number, date, timedelta, str, bytes, bytearray),
    *(Mapping, set, frozenset),
)

NO_NUMBER: Final = (
    *(TypeError, ValueError, ArithmeticError, RuntimeError),
    *(LookupError, AttributeError, AssertionError, BufferError, ImportError, Warning),
)
"""What numpy, and the methods of a class, raise of what becomes no number. Not all that there is:
between them comes what the handler of a signal raises, as a TimeoutError, which is not for them.
"""

_LAST_OWN: Final = np.dtype("e").num
"""The number of the last type that is numpy's own; others register theirs behind it."""

_PROTOCOLS: Final = ("__array__", "__array_interface__", "numpy", "to_numpy", "__dlpack__")
"""By each of these an object says that it becomes an array."""


def plain(value: object, what: str) -> Any:
    """Return a value of any library as numpy has it: a number, a time or an array; a list where it
    is one of other things; and as it is, where it is nothing of all that, or has a unit.

    Raises:
        TypeError: it should become an array, and does not.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if is_missing(value):
        return None
    if kind is list or kind is tuple:
        return _of_list(cast("Sequence[object]", value))
    if isinstance(value, _LIKE_PLAIN):
        return _unmasked(value)
    return value if quantity_of(value) is not None else _of_library(value, what)


def is_missing(value: object) -> bool:
    """True for what says that there is no value: None, pandas.NA, NaT, a masked element."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, np.datetime64 | np.timedelta64):
        return bool(np.isnat(value))
    # To ask of numpy.ma imports it, which takes the first `publish` some milliseconds, and under
    # many interrupts would never end.
    is_array = isinstance(value, np.ndarray) and type(value) is not np.ndarray
    return is_array and value is np.ma.masked


def is_gap(value: object) -> bool:
    """True for what is missing, and for NaN."""
    return is_missing(value) or (isinstance(value, float) and math.isnan(value))


def is_number_dtype(dtype: np.dtype[Any]) -> bool:
    """True for what becomes float64 by a cast: the numbers of numpy, and those of ml_dtypes
    (bfloat16, float8, int4), which are of the kind "V", as records are.
    """
    if dtype.kind != "V":
        return dtype.kind in "fiub"
    return dtype.names is None and dtype.type is not np.void


# -- lists -----------------------------------------------------------------------------------------


def _of_list(values: Sequence[object]) -> Array | Sequence[object]:
    """Return a list of numbers as an array, any other one as it is."""
    if values and type(values[0]) in NUMBERS:
        return _array_or(values)
    kinds = set(map(type, values))
    if kinds <= {list, tuple, np.ndarray} and all(map(_is_single, values)):
        # Of shape (n, 1), as a network has its outputs.
        values = [cast("Any", value)[0] for value in values]
        kinds = set(map(type, values))
    # numpy is not asked about others: it would drop units, and promote spans to one unit.
    is_of_one_unit = kinds in ({np.datetime64}, {np.timedelta64}) and (
        len({cast("np.generic", value).dtype for value in values}) == 1
    )
    return _array_or(values) if kinds <= NUMBERS or is_of_one_unit else values


def _array_or(values: Sequence[object]) -> Array | Sequence[object]:
    """Return a list as an array when that keeps each value; else as it is, to be looked at one by
    one.
    """
    try:
        array = np.array(values)
    except NO_NUMBER:
        return values
    # A type that numpy does not have itself may round its neighbours: an int beside a float8.
    is_exact = array.ndim == 1 and array.dtype.num <= _LAST_OWN and array.dtype.kind in "fiubmM"
    is_mixed = array.dtype.kind in "mM" and type(values[0]) in NUMBERS
    return array if is_exact and not is_mixed else values


def _is_single(value: object) -> bool:
    return getattr(value, "ndim", 1) == 1 and len(cast("Any", value)) == 1


def _of_others(value: object) -> Any:
    try:
        return np.asarray(memoryview(cast("Any", value)))
    except (TypeError, ValueError, NotImplementedError):  # no buffer, or one of no numbers
        pass
    try:
        each = iter(cast("Iterable[object]", value))
    except TypeError:  # nothing to walk along, whatever its class says
        return value
    return _of_list(list(each)) if isinstance(value, Iterable) else value


def _unmasked(value: object) -> object:
    """Return an array of astropy's, which has a mask that numpy does not know, as one of numpy's;
    any other value as it is.
    """
    if type(value).__module__.startswith("astropy.utils.masked"):
        masked = cast("Any", value)
        return np.ma.array(masked.unmasked, mask=masked.mask)
    return value


# -- other libraries -------------------------------------------------------------------------------


def _of_library(value: object, what: str) -> Any:
    homes = _homes_of(value)
    for name, convert in _LIBRARIES.items():
        if name in homes:
            return _tried([convert, *_WAYS], value, what)
    # Not a generator: one that is left early swallows an interrupt that comes then.
    if any(map(partial(hasattr, value), _PROTOCOLS)):
        return _tried(_WAYS, value, what)
    return _of_others(value)


def _tried(ways: Iterable[Callable[[Any], object]], value: object, what: str) -> Any:
    """Return what the first way makes of a value that comes to an end."""
    reason: Exception | None = None
    for way in ways:
        try:
            return way(value)
        except Exception as error:
            if not isinstance(error, NO_NUMBER) and _homes_of(error).isdisjoint(_homes_of(value)):
                raise  # each library has errors of its own, and this is none
            reason = reason or error
    words = (str(reason).splitlines() or [""])[0][:100]
    raise TypeError(f"{what} is {kind_of(value)} that becomes no array: {words}") from None


def _homes_of(value: object) -> set[str]:
    """Return the names of the packages of its class, and of those that it inherits from."""
    kinds = [kind for kind in type(value).__mro__ if kind.__module__ != "builtins"]
    return {kind.__module__.partition(".")[0] for kind in kinds}


def _as_array(value: Any) -> Array:
    """Return what an object gives by the first protocol of arrays that it has, and that works."""
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        return np.asarray(value)
    for name in ("numpy", "to_numpy"):
        if callable(convert := getattr(value, name, None)):
            return _checked(convert())
    return np.from_dlpack(value)


def _by_dlpack(value: Any) -> Array:
    return np.from_dlpack(value)


def _checked(array: object) -> Array:
    if not isinstance(array, np.ndarray | np.generic):
        raise TypeError(f"it gives {kind_of(array)}")
    return np.asarray(array)


def _detached(value: Any) -> Any:
    """Return a tensor without its gradient, in the memory of the processor."""
    for name in ("detach", "cpu"):
        if callable(step := getattr(value, name, None)):
            value = step()
    return value


def _as_doubles(value: Any) -> Array:
    """Return a tensor of a type that numpy does not know (bfloat16) as float64."""
    return _as_array(_detached(value).double())


_WAYS: Final = (_as_array, lambda value: _as_array(_detached(value)), _by_dlpack, _as_doubles)
"""From what costs nothing to what copies."""


def _of_pandas(value: Any) -> Array:
    dtype = getattr(value, "dtype", None)
    if isinstance(dtype, np.dtype) or dtype is None:
        return np.asarray(value)
    if dtype.kind in "iu" and not value.isna().any():
        return _checked(value.to_numpy(dtype=f"{dtype.kind}{dtype.itemsize}"))
    if dtype.kind in "fiub":
        return _checked(value.to_numpy(dtype=np.float64, na_value=np.nan))
    unit = getattr(dtype, "unit", None) or getattr(
        getattr(dtype, "pyarrow_dtype", None), "unit", None
    )
    if dtype.kind == "M" and unit is not None:  # with a zone, it would be an array of objects
        return _checked(value.to_numpy(dtype=f"datetime64[{unit}]"))
    return np.asarray(value)


def _of_polars(value: Any) -> Any:
    if str(value.dtype) == "Boolean":
        value = value.cast(int)
    elif "Int128" in str(value.dtype):
        return _of_list(value.to_list())
    return _checked(value.to_numpy())


def _of_pyarrow(value: Any) -> Any:
    arrow: Any = sys.modules["pyarrow"]
    is_one = isinstance(value, arrow.Scalar)
    # One value goes the way of an array, so that both become the same.
    array = arrow.array([value]) if is_one else value
    if str(getattr(array, "type", "")) == "bool":
        array = array.cast("uint8")
    found = np.asarray(array)
    return found[0] if is_one else found


_LIBRARIES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "pandas": _of_pandas,
    "polars": _of_polars,
    "pyarrow": _of_pyarrow,
}
"""Those whose objects know more than the protocols tell."""
