"""What a trigger adds to a snapshot: the sweeps before the one that is seen, below it; a line at
the level, and one where the series has crossed it; and x counted from there.

The rules are those of the page: ``static/picture/triggered.js``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from zwsnb.axes.numbers import format_reading
from zwsnb.axes.readings import format_said_beside
from zwsnb.axes.scales import positions_of
from zwsnb.axes.ticks import Ticks, ticks_from
from zwsnb.kinds.times import zone_of
from zwsnb.painting.looks import paler
from zwsnb.snapshot.composition import Line, is_log, panel_options
from zwsnb.view.entries import entries_of
from zwsnb.view.viewport import Viewport

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.kinds.arrays import Vertices
    from zwsnb.snapshot.annotations import Mark, Threshold
    from zwsnb.snapshot.frame import Side
    from zwsnb.triggers.trigger import Sweep

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 9
_THIN = 1.0  # pixels of an earlier line


class Level(NamedTuple):
    """Where that of the trigger stands: in a panel, on the axis of a side."""

    y: float
    panel: int
    side: str


def sweep_of(plot: Plot) -> Sweep | None:
    """Return the sweep that a snapshot shows; None where it follows the points."""
    window = plot.options["window"]
    return plot.trigger.newest(window) if window else None


def over_earlier(plot: Plot, panels: Sequence[Sequence[Line]], pixels: int) -> list[list[Line]]:
    """Return the lines of each panel over those of the earlier sweeps, on so many pixels."""
    if (newest := sweep_of(plot)) is None or not plot.trigger.persist:
        return [list(lines) for lines in panels]
    kept = islice(plot.trigger.complete(newest.hi - newest.lo), 1, 1 + plot.trigger.persist)
    shown = [(entries_of(plot, Viewport(pixels, s.lo, s.hi)), newest.x - s.x) for s in kept]

    def earlier(line: Line, log_y: bool) -> list[Line]:  # noqa: FBT001 - one of two words
        return [
            replace(
                line,
                points=_moved(plot, entries[line.name].vertices, by, log_y=log_y),
                color=paler(line.color, age),
                width=line.width or _THIN,
                dots=False,
                head=None,
                band=None,
                is_earlier=True,
            )
            for age, (entries, by) in reversed(list(enumerate(shown, 1)))
            if line.name in entries
        ]

    logs = [panel_options(plot, index)["log"] for index in range(len(panels))]
    return [
        [*(each for line in lines for each in earlier(line, log)), *lines]
        for lines, log in zip(panels, logs, strict=True)
    ]


def _moved(plot: Plot, vertices: Vertices, by: float, *, log_y: bool) -> Vertices:
    moved = vertices + np.array((by, 0.0))
    return positions_of(moved, log_x=is_log(plot, "x"), log_y=log_y)[0]


def level_of(plot: Plot, panels: Sequence[Sequence[Line]]) -> Level | None:
    """Return where the level of the trigger stands; None where there is none to be seen."""
    said = plot.shown_options["trigger"]
    if said is None or said["mode"] == "roll":
        return None
    names = {s.name for s in plot.series.values() if s.of == said["series"] and not s.number}
    for index, lines in enumerate(panels):
        for line in lines:
            if line.name in names:
                return Level(said["level"], index, line.side)
    return None


def with_level(
    options: Mapping[str, Any], level: Level | None, panel: int, sides: Mapping[str, Side]
) -> list[Threshold]:
    """Return the thresholds of a panel with the level, where that is on it, as its axis has it."""
    thresholds: Sequence[Threshold] = options["lines"]
    if level is None or level.panel != panel:
        return list(thresholds)
    words = format_said_beside(level.y, sides[level.side].beside(log=options["log"]))
    return [*thresholds, {"y": level.y, "text": f"trigger {words}", "axis": level.side}]


def with_trigger(marks: Sequence[Mark], sweep: Sweep | None) -> list[Mark]:
    """Return the marks with a line at the trigger."""
    return list(marks) if sweep is None else [*marks, (sweep.x, "")]


def ticks_since(plot: Plot, low: float, high: float, pixels: float, unit: str) -> Ticks | None:
    """Return the ticks of x counted from the trigger; None where there is no sweep."""
    sweep = sweep_of(plot)
    if sweep is None or is_log(plot, "x"):
        return None
    suffix = "s" if plot.is_time else unit
    return ticks_from(low, high, sweep.x, f"trigger at {_at(plot, sweep.x, unit)}", pixels, suffix)


def _at(plot: Plot, x: float, unit: str) -> str:
    if plot.is_time:
        zone = zone_of(plot.options["tz"]) if plot.options["tz"] else None
        try:
            time = (_EPOCH + timedelta(seconds=plot.origin)).astimezone(zone)
            return f"{time + timedelta(seconds=x):%H:%M:%S.%f}"
        except (OverflowError, ValueError):  # a year that has no four digits
            x += plot.origin
    return "".join(format_reading(float(f"{x:.{_DIGITS}g}"), _DIGITS, unit))
