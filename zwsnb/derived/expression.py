"""An expression, as a tree, and what it gives for columns of points.  [no I/O]"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from zwsnb.derived.functions import (
    Function,
    Setting,
    State,
    cost_of,
    cost_of_carrying,
    stepped,
)
from zwsnb.kinds.arrays import Column


@dataclass(slots=True, frozen=True)
class Number:
    """A number, the same at every x."""

    value: float


@dataclass(slots=True, frozen=True)
class Ref:
    """The y of a series, by the name under which it is published."""

    series: str


@dataclass(slots=True, frozen=True)
class Call:
    """A function of some nodes; ``at``, its place in the text, tells it from the others."""

    at: int
    function: Function
    of: Sequence[Node]
    settings: Sequence[Setting] = ()


Node: TypeAlias = Number | Ref | Call

States: TypeAlias = Mapping[int, State]
"""What each call of an expression carries on; it is never changed."""


@dataclass(slots=True, frozen=True)
class Expression:
    """What was written, ``text``, and its tree."""

    text: str
    tree: Node

    @property
    def series(self) -> tuple[str, ...]:
        """The series that it names, each once: the first one has the x of what is derived."""
        return tuple(dict.fromkeys(_series_in(self.tree)))

    @property
    def smooths(self) -> bool:
        """True when it is a series, smoothed, and is seen in place of that."""
        tree = self.tree
        return isinstance(tree, Call) and tree.function.smooths and isinstance(tree.of[0], Ref)

    @property
    def cost(self) -> float:
        """What a point costs, as `cost_of`; 1 of it is to put it into a series."""
        return 1 + _cost_of(self.tree)

    def values(
        self, states: States, x: Column, columns: Mapping[str, Column]
    ) -> tuple[States, Column]:
        """Return what it gives at each of `x`, sorted, where ``columns`` has the y of each series;
        and what it carries on behind them.

        states: those behind the points before; empty before the first.
        """
        after: dict[int, State] = {}

        def value_of(node: Node) -> Column:
            if isinstance(node, Number):
                return np.full(len(x), node.value)
            if isinstance(node, Ref):
                return columns[node.series]
            given = [value_of(each) for each in node.of]
            state, y = stepped(node.function, states.get(node.at), x, given, node.settings)
            after[node.at] = state
            return y

        return after, value_of(self.tree)


def cost_of_states(states: States) -> int:
    """Return what it costs to go on from them, as `cost_of_carrying`."""
    return sum(cost_of_carrying(state) for state in states.values())


def _cost_of(node: Node) -> float:
    if not isinstance(node, Call):
        return 0.0
    return cost_of(node.function, node.settings) + sum(_cost_of(each) for each in node.of)


def _series_in(node: Node) -> Iterator[str]:
    if isinstance(node, Ref):
        yield node.series
    elif isinstance(node, Call):
        for each in node.of:
            yield from _series_in(each)
