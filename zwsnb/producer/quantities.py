"""A value of the user's, opened: what it measures, as numpy has it, and in which unit.  [no I/O]"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, cast

import numpy as np

from zwsnb.kinds.arrays import Column
from zwsnb.kinds.plain import NUMBERS, PLAIN, is_gap, plain
from zwsnb.kinds.units import Unit, quantity_of
from zwsnb.kinds.values import as_number


def opened(value: object, what: str) -> tuple[Any, Unit | None]:
    """Return a value without its unit, as `plain` has it, and the unit, None where it has none.

    Of a list of quantities in several units the first one counts.

    Raises:
        TypeError: it should become an array, and does not; or some of its values have a unit, and
            some have none.
        ValueError: the units of its values do not become one another.
    """
    kind = type(value)
    if kind in NUMBERS or (kind is np.ndarray and cast("np.ndarray", value).dtype.kind != "O"):
        return value, None
    if kind not in PLAIN and (found := quantity_of(value)) is not None:
        magnitude, unit = found
        return plain(magnitude, what), unit
    value = plain(value, what)
    if isinstance(value, list | tuple) or _is_array_of_objects(value):
        return _opened_list(value, what)
    return value, None


def _is_array_of_objects(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "O" and value.ndim == 1


def _opened_list(values: Any, what: str) -> tuple[Any, Unit | None]:
    # One of each type is asked, and not all of them.
    if not any(map(quantity_of, {type(v): v for v in values}.values())):
        return values, None
    _, first = next(filter(None, map(quantity_of, values)))
    return _magnitudes(values, first, what), first


def _magnitudes(values: Iterable[object], first: Unit, what: str) -> Column:
    """Return quantities, None among them for those that are missing, in the unit of the first."""
    numbers = []
    for i, value in enumerate(values):
        its = f"{what}[{i}]"
        found = quantity_of(value)
        if found is None:
            if not is_gap(value):
                raise TypeError(f"{its} has no unit, others in {what} have one")
            numbers.append(math.nan)
            continue
        number, _ = as_number(found[0], its)
        target = first.like(found[1])
        if target is None or not found[1].becomes(target):
            raise ValueError(f"{its} is in {found[1]}, others in {what} in {first}")
        numbers.append(in_unit(number, found[1], target))
    return np.array(numbers, dtype=np.float64)


def in_unit(numbers: Any, unit: Unit, target: Unit) -> Any:
    """Return a float, or a column, in `unit` as one in `target`, which it becomes."""
    if target is unit:
        return numbers
    converted = unit.convert(np.atleast_1d(numbers), target)
    return converted if isinstance(numbers, np.ndarray) else float(converted[0])
