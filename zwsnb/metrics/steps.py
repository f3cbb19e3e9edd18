"""The steps that `zwsnb.log` counts, for each plot and run.

They go on from cell to cell, and begin anew at 0 when the cell in which they began runs again: x
falls back then, which is a new run of the plot.
"""

from __future__ import annotations

import itertools
import math
import numbers
import operator
from typing import Any, Final

from zwsnb import api
from zwsnb.display.cell import running_code
from zwsnb.display.place import cell

_NONE_YET: Final = object()
"""No cell: None is one without a number."""


class Steps:
    """The count of one plot and run, from any thread."""

    def __init__(self) -> None:
        self._execution: object = _NONE_YET  # of the cell that has logged last
        self._cell = ""  # in which the count began
        self._count = itertools.count()

    def next(self, given: Any = None) -> Any:
        """Return the next step: the one that is given, after which the count goes on, or else that
        of the count.
        """
        execution, code = running_code()
        if execution != self._execution:
            self._enter(execution, cell() or code)
        if given is None:
            return next(self._count)
        if (number := _number_of(given)) is not None:
            self._count = itertools.count(math.floor(number) + 1)
        return given

    def _enter(self, execution: object, name: str) -> None:
        """Begin anew where the cell is the one in which the count began."""
        if self._execution is _NONE_YET or name == self._cell:
            self._cell, self._count = name, itertools.count()
        self._execution = execution


def _number_of(step: object) -> float | None:
    """Return the number that a step is, also as a tensor or an array of one; None for a time."""
    if isinstance(step, numbers.Real) and not isinstance(step, numbers.Integral):
        return float(step) if math.isfinite(step) else None
    try:
        return operator.index(step)  # type: ignore[arg-type]  # which is what is asked
    except TypeError:
        return None


_steps: Final[dict[tuple[str, str], Steps]] = {}


def steps_of(plot: str, run: str) -> Steps:
    """Return the steps of a plot and run."""
    found = _steps.get((plot, run))
    return _steps.setdefault((plot, run), Steps()) if found is None else found


def forget(plot: str) -> None:
    """Begin anew with a plot that is gone."""
    for key in [key for key in list(_steps) if key[0] == plot]:
        _steps.pop(key, None)


api.after_close.append(forget)
api.before_stop.append(_steps.clear)
