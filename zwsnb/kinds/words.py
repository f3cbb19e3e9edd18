"""What kind of thing a value is, in the words of an error: "a text", "a whole number", "a list".
[no I/O]

Nothing here imports numpy, for errors that are raised before it is needed.
"""

from __future__ import annotations

import numbers
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from types import BuiltinFunctionType, FunctionType, GeneratorType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (str, "a text"),
    ((bytes, bytearray, memoryview), "bytes"),
    (numbers.Integral, "a whole number"),
    (numbers.Real, "a number"),
    (numbers.Complex, "a complex number"),
    (list, "a list"),
    (tuple, "a tuple"),
    (dict, "a dict"),
    (AbstractSet, "a set"),
    (date, "a time"),
    (timedelta, "a span of time"),
    ((FunctionType, BuiltinFunctionType, MethodType), "a function"),
    (GeneratorType, "a generator"),
    (ModuleType, "a module"),
    (type, "a class"),
)
"""The first that a value is an instance of. The numbers of numpy are `numbers`, too."""

_ITEMS: Final = {
    "U": "texts",
    "T": "texts",
    "S": "bytes",
    "O": "objects",
    "V": "records",
    "M": "times",
    "m": "spans of time",
    "c": "complex numbers",
    "b": "True and False",
}
"""What an array has, by the kind of its dtype."""


def kind_of(value: object) -> str:
    """Return what a value is, with its article; by the name of its class where there is no word."""
    if value is None or isinstance(value, bool):
        return str(value)
    name = type(value).__name__
    if name in ("bool", "bool_"):  # of numpy
        return str(value)
    if any(base.__name__ == "ndarray" for base in type(value).__mro__):
        return "an array"
    known = (word for kinds, word in _KINDS if isinstance(value, kinds))
    return next(known, f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}")


def items_of(dtype: np.dtype[Any]) -> str:
    """Return what an array of that dtype has: "texts" for <U96."""
    return _ITEMS.get(dtype.kind, "numbers")
