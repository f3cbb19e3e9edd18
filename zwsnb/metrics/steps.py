"""The steps that `zwsnb.log` counts, for each plot and run.

They go on from cell to cell, and begin anew at 0 when the cell in which they began runs again: x
falls back then, which is a new run of the plot.
"""

from __future__ import annotations

import math
import numbers
import operator
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from zwsnb import api
from zwsnb.display.cell import running_code
from zwsnb.display.place import cell
from zwsnb.producer import native

_NONE_YET: Final = object()
"""No cell: None is one without a number."""


class _State(NamedTuple):
    """Where a count is."""

    execution: object = _NONE_YET  # of the cell that has logged last
    cell: str = ""  # in which the count began
    following: int = 0

    def entering(self, execution: object, name: str) -> _State:
        """Begin anew where the cell is the one in which the count began."""
        if self.execution is _NONE_YET or name == self.cell:
            return _State(execution, name)
        return self._replace(execution=execution)


class Steps:
    """The count of one plot and run, from any thread."""

    def __init__(self) -> None:
        self._state = _State()
        # A signal's handler may log in the midst of a change by its own thread.
        self._changing = native.RLock()
        native.call_after_fork(self)

    def after_fork(self) -> None:
        """In a child, where nobody would release the lock."""
        self._changing = native.RLock()

    def next(self, given: Any = None) -> Any:
        """Return the next step: the one that is given, after which the count goes on, or else that
        of the count.
        """
        return self._take(given)[0]

    def publish(self, publish: Callable[[Any, Any], object], values: object, given: Any) -> None:
        """Publish values at the next step; where that fails the count is as if nobody had asked,
        unless another thread has gone on with it.
        """
        step, before, after = self._take(given)
        try:
            publish(step, values)
        except Exception:
            with self._changing:
                if self._state is after:
                    self._state = before
            raise

    def _take(self, given: Any) -> tuple[Any, _State, _State]:
        """Return the next step, and the states before and after it."""
        execution, code = running_code()
        number = None if given is None else _number_of(given)
        with self._changing:
            before = state = self._state
            if execution != state.execution:
                state = state.entering(execution, cell() or code)
            step = state.following if given is None else given
            after = step + 1 if given is None else state.following
            if number is not None:
                after = math.floor(number) + 1
            self._state = _State(state.execution, state.cell, after)
            return step, before, self._state


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
