"""Tables with named columns (pandas, polars, pyarrow) as x and the values of series.  [no I/O]

pandas has an index, which is x. The others have none: there x is the number of the row, or the
column whose name is given for x.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from itertools import filterfalse
from typing import Any, Final, TypeAlias

import numpy as np

from zwsnb.kinds.plain import PLAIN, is_gap, plain
from zwsnb.producer.inputs import MISSING

Call: TypeAlias = tuple[Any, Any, str | None]
"""x, y and series of a call of `publish`."""

_NO_FRAMES: Final = PLAIN | {list, tuple}

_told: set[tuple[str, ...]] = set()


def without_frames(x: object, y: object, series: str | None, named: Mapping[str, object]) -> Call:
    """Return a call in which there are columns in place of frames, and x and y of a Series.

    Columns of text are left out, and a warning names them, once.

    Raises:
        ValueError: two columns have one name, there is none of that name, or none of numbers.
    """
    if type(x if y is MISSING else y) in _NO_FRAMES:
        return x, y, series
    if y is MISSING:
        if (columns := _columns_of(x)) is not None:
            return _index_of(x), _numeric(columns, x), series
        return _call_of_series(x, series) if not named and _is_series(x) else (x, y, series)
    columns = _columns_of(y)
    if columns is None:
        return x, y, series
    if isinstance(x, str):
        if x not in columns:
            known = ", ".join(map(repr, columns))
            raise ValueError(f"the frame has no column {x!r} for x; it has {known[:200]}")
        x = columns.pop(x)
    return x, _numeric(columns, y), series


def _caller() -> int:
    """Return how many frames above the one that asks the line is that calls `publish`."""
    level, frame = 1, sys._getframe(1)  # noqa: SLF001 - as `warnings` does it
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("zwsnb."):
        level, frame = level + 1, frame.f_back
    return level


def _columns_of(value: Any) -> dict[str, Any] | None:
    """Return the columns of a frame by name; None for what is no frame."""
    if hasattr(value, "iloc") and hasattr(value, "columns") and getattr(value, "ndim", 0) == 2:
        names = list(value.columns)
        columns = [value.iloc[:, i] for i in range(len(names))]
    elif hasattr(value, "get_columns") and hasattr(value, "to_numpy"):
        columns = value.get_columns()
        names = value.columns
    elif hasattr(value, "column_names") and hasattr(value, "columns"):
        names, columns = value.column_names, value.columns
    else:
        return None
    texts = [_text_of(name) for name in names]
    found = dict(zip(texts, columns, strict=True))
    if len(found) < len(texts):
        twice = [name for name in texts if texts.count(name) > 1]
        raise ValueError(f"the frame has two columns {twice[0]!r}; rename one")
    return found


def _text_of(name: object) -> str:
    """Return a column's name as that of a series: those of several levels as "outer/inner"."""
    return "/".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _numeric(columns: Mapping[str, Any], frame: Any) -> dict[str, Any]:
    """Return the columns that are not of text."""
    arrays = {name: plain(column, f"y of {name!r}") for name, column in columns.items()}
    texts = tuple([name for name, array in arrays.items() if _is_text(array)])
    if len(texts) == len(arrays):
        raise ValueError(f"the {type(frame).__name__} has no column of numbers for y")
    if texts and texts not in _told:
        _told.add(texts)
        names = ", ".join(map(repr, texts))
        many = ("columns", "hold", "are") if len(texts) > 1 else ("column", "holds", "is")
        sentence = "{} {} {} text and {} left out".format(many[0], names, *many[1:])
        warnings.warn(sentence, stacklevel=_caller())
    return {name: array for name, array in arrays.items() if name not in texts}


def _is_text(array: Any) -> bool:
    if isinstance(array, np.ndarray) and array.dtype.kind != "O":
        return array.dtype.kind in "UST"
    first = next(filterfalse(is_gap, array), None)
    return isinstance(first, str | bytes)


def _is_series(value: Any) -> bool:
    if hasattr(value, "iloc"):
        return getattr(value, "ndim", 0) == 1 and hasattr(value, "index")
    return hasattr(value, "to_frame") and hasattr(value, "to_numpy") and hasattr(value, "name")


def _call_of_series(value: Any, series: str | None) -> Call:
    """Return the call for a Series: its name, where it has one, names the series."""
    name = value.name
    if series is None and name not in (None, ""):
        series = _text_of(name)
    return _index_of(value), value, series


def _index_of(value: Any) -> Any:
    """Return the index of pandas, the number of the row of others."""
    if hasattr(value, "iloc"):
        return value.index
    return np.arange(len(value), dtype=np.float64)
