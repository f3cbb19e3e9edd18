"""What a benchmark finds: a figure beside its target and its limit, with the spread of the samples
it is the middle of.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Figure:
    """One line of the table.

    goal: what is to be reached; `more` says on which side of it the figure should be. limit: what
    nothing could better, measured in the same run. low, high: the middle half of the samples.
    """

    target: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    more: bool = False
    limit: float | None = None
    limit_is: str = ""
    low: float | None = None
    high: float | None = None
    samples: int = 1
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """None where there is no goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more else self.value <= self.goal

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of its limit."""
        return self.value / self.limit if self.limit else None

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return asdict(self) | {"met": self.is_met, "ratio": self.ratio}


@dataclass
class Outcome:
    """All that one benchmark brings: lines of the table, and tables or series of its own."""

    figures: list[Figure] = field(default_factory=list)
    tables: dict[str, Any] = field(default_factory=dict)


def middle(samples: Iterable[float], target: str, what: str, unit: str, **more: Any) -> Figure:
    """Return the median of `samples` as a figure, with their quartiles."""
    values = sorted(samples)
    if not values:
        return Figure(target, what, float("nan"), unit, samples=0, **more)
    low, high = percentile(values, 25), percentile(values, 75)
    return Figure(
        target,
        what,
        statistics.median(values),
        unit,
        low=low,
        high=high,
        samples=len(values),
        **more,
    )


def percentile(values: Sequence[float], p: float) -> float:
    """Return the `p`-th percentile of `values`, interpolated; NaN of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    at = (len(ordered) - 1) * p / 100
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)
