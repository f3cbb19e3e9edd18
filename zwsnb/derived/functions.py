"""The functions that an expression may use, as a table: nothing else is ever called.  [no I/O]"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np

from zwsnb.derived import running
from zwsnb.kinds.arrays import Column

State: TypeAlias = Any
"""What a function carries from one piece of a column to the next; None before the first point."""


class Count(NamedTuple):
    """So many points."""

    points: int


class Span(NamedTuple):
    """So much of x: seconds, for times."""

    x: float


Setting: TypeAlias = float | Count | Span


class Function(NamedTuple):
    """A function of an expression: of so many ``series``, and then of a setting, of which kind it
    may be.
    """

    usage: str
    step: Callable[..., tuple[State, Column]]
    series: int = 1
    setting: Literal["", "weight", "count", "window"] = ""
    most: int = 0  # points of a count
    smooths: bool = False  # what it gives is seen in place of the series that it is given
    cost: float = 0.25  # of a point ...
    cost_of_window: float = 0.0  # ... and of each point of a count, besides


def _each(function: Callable[..., Any]) -> Callable[..., tuple[State, Column]]:
    """Return the step of a function that looks at one point at a time."""

    def step(_: State, __: Column, *columns: Column) -> tuple[State, Column]:
        return None, function(*columns)

    return step


def _ema(state: State, _: Column, y: Column, weight: float) -> tuple[State, Column]:
    return running.ema(state, y, weight)


def _mean(state: State, x: Column, y: Column, window: Count | Span) -> tuple[State, Column]:
    if isinstance(window, Span):
        return running.mean_over(state, x, y, window.x)
    return running.mean(state, x, y, window.points)


def _median(state: State, x: Column, y: Column, window: Count) -> tuple[State, Column]:
    return running.median(state, x, y, window.points)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "ema": Function("ema(y, 0.99)", _ema, setting="weight", smooths=True, cost=1),
    "mean": Function(
        'mean(y, 100) or mean(y, "10s")', _mean, setting="window", most=running.MAX_WINDOW,
        smooths=True, cost=4,
    ),
    "median": Function(
        "median(y, 9)", _median, setting="count", most=running.MAX_MEDIAN, smooths=True,
        cost=4, cost_of_window=1 / 3,
    ),
    "derivative": Function("derivative(y)", running.derivative),
    "integral": Function("integral(y)", running.integral),
    "abs": Function("abs(y)", _each(np.abs)),
    "exp": Function("exp(y)", _each(np.exp)),
    "log": Function("log(y)", _each(np.log)),
    "log10": Function("log10(y)", _each(np.log10)),
    "sqrt": Function("sqrt(y)", _each(np.sqrt)),
}  # fmt: skip

OPERATORS: Final[Mapping[str, Function]] = {
    "+": Function("a + b", _each(np.add), series=2),
    "-": Function("a - b", _each(np.subtract), series=2),
    "*": Function("a * b", _each(np.multiply), series=2),
    "/": Function("a / b", _each(np.divide), series=2),
}


def cost_of(function: Function, settings: Sequence[Setting]) -> float:
    """Return what a point costs, in units of some 40 ns: of one that is put into a series."""
    window = sum(each.points for each in settings if isinstance(each, Count))
    return function.cost + function.cost_of_window * window


def cost_of_carrying(state: State) -> int:
    """Return what it costs, in the same units, to go on from a state, however few points come."""
    return 2 * len(state.y) if isinstance(state, running.Recent) else 0


def stepped(
    function: Function,
    state: State,
    x: Column,
    columns: Sequence[Column],
    settings: Sequence[Setting],
) -> tuple[State, Column]:
    """Return the next state of a function, and its value at each x: a gap where it has none."""
    with np.errstate(all="ignore"):
        state, y = function.step(state, x, *columns, *settings)
    return state, np.where(np.isfinite(y), y, np.nan)
