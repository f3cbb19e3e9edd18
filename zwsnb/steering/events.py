"""What the functions of a user are called with: a selection, a click, an alert."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from zwsnb.events.happened import Happened

X: TypeAlias = float | datetime
"""An x as it is published: a number, or where x are times a datetime in UTC, to the microsecond."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """The points of a series in a selection: ``count`` values, and ``gaps`` beside them.

    mean, min, max, sd: of the values, sd of a sample (n - 1); NaN where there is none. complete:
    False when some of the points are no longer held.
    """

    count: int
    gaps: int
    mean: float
    min: float
    max: float
    sd: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """A range of x that a reader has selected on the plot of that name, and the figures of each
    series that has points there, by its name in the legend.
    """

    plot: str
    start: X
    end: X
    series: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Click:
    """Where a reader has clicked on the plot of that name.

    x, y: there, y on the axis of the series, else on that with the grid. series: the name in the
    legend of the one that has a point near, and ``point`` that point; None where none has.
    """

    plot: str
    x: X
    y: float
    series: str | None
    point: tuple[X, float] | None


@dataclass(frozen=True, slots=True)
class Alert:
    """A series has crossed a level: x, y is its first point beyond.

    name: what the plot says of it, as in "loss above 2". run: the name of the run, or empty.
    skipped: crossings before this one that were not told, since they came too soon.
    """

    plot: str
    name: str
    series: str
    run: str
    x: X
    y: float
    skipped: int


def x_of(seconds: float, since: int | None) -> X:
    """Return an x of the relay's: a number as it is, where `since` is None, else a time; a number
    too, of which no calendar has one.
    """
    if since is None:
        return seconds
    whole = math.floor(seconds)
    rest = round((seconds - whole) * 1e6)
    try:
        return _EPOCH + timedelta(seconds=whole + since, microseconds=rest)
    except OverflowError:
        return seconds + since


def selection_of(told: Happened) -> Selection:
    """Return what was selected."""
    its, since = told.members, told.since
    series = {name: _figures_of(figures) for name, figures in its["series"].items()}
    return Selection(told.plot, x_of(its["from"], since), x_of(its["to"], since), series)


def _figures_of(members: Mapping[str, Any]) -> Figures:
    its: dict[str, Any] = {k: math.nan if v is None else v for k, v in members.items()}
    return Figures(**its)


def click_of(told: Happened) -> Click:
    """Return where was clicked."""
    its, since = told.members, told.since
    point = None
    if its["point"] is not None:
        x, y = its["point"]
        point = x_of(x, since), math.nan if y is None else y
    return Click(told.plot, x_of(its["x"], since), its["y"], its["series"], point)


def alert_of(told: Happened) -> Alert:
    """Return what has crossed a level."""
    its = told.members
    names = told.plot, told.name, its["series"], its["run"]
    return Alert(*names, x_of(its["x"], told.since), its["y"], its["skipped"])
