"""What pages see of a plot as it is at the moment, and the steps that bring them there.  [no I/O]

A hundred viewers of a plot ask within one frame, and most of them have the same of it and look at
the same. So what a step costs is paid once, by the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.protocol.patch import Entry
from zwsnb.view.shown import (
    Shown,
    choose,
    difference,
    extent,
    kind_of,
    marks_beside,
    most_bytes,
)
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.triggers.trigger import Sweep
    from zwsnb.view.streams.series_streams import SeriesStreams

MOST_SIGHTS: Final = 64
MOST_STEPS: Final = 2048
MOST_VERTICES: Final = 256
"""That are kept: sights of a plot, steps in all of them, and vertices of a step: up to 10 MiB."""


class Step(NamedTuple):
    """How a page comes by the newest of a series: what it has then, and the entry that says so;
    None where that is not worth one, and it has what it had.
    """

    new: Shown
    entry: Entry | None


class _Room:
    """So many steps, and weights of steps, may still be kept of one plot."""

    def __init__(self) -> None:
        self.steps = self.weights = MOST_STEPS


class Sight:
    """What a viewport shows of a plot as it is, and the steps to it of all who look at it. room:
    for these; None where nobody else does.
    """

    def __init__(self, visible: VisibleRange, room: _Room | None) -> None:
        self.visible = visible
        self._room = room
        self._steps: dict[tuple[Series, Shown | None], Step] = {}
        self._most: dict[tuple[Series, Shown | None], int] = {}

    def step(self, streams: SeriesStreams, plot: Plot, old: Shown | None) -> Step:
        """Return the step from `old` to the newest of a series of `plot`."""
        if self._room is None:
            return step_from(old, streams, plot, self.visible)
        found = self._steps.get((streams.series, old))
        if found is None:
            was_behind = old is not None and old.is_behind
            found = step_from(old, streams, plot, self.visible)
            if not was_behind and _is_worth_keeping(found) and self._room.steps > 0:
                self._room.steps -= 1
                self._steps[streams.series, old] = found
        return found

    def most_bytes(self, streams: SeriesStreams, plot: Plot, old: Shown | None) -> int:
        """Return the most bytes of that step, as `zwsnb.view.shown.most_bytes`."""
        if self._room is None:
            return most_bytes(streams, plot, self.visible, old)
        found = self._most.get((streams.series, old))
        if found is None:
            found = most_bytes(streams, plot, self.visible, old)
            # Of a stream that is behind it grows with each part that another page takes in.
            is_up = old is None or not old.stream.is_behind
            if is_up and self._room.weights > 0:
                self._room.weights -= 1
                self._most[streams.series, old] = found
        return found


class Sights:
    """Those of one plot, as long as nothing is new in it."""

    def __init__(self) -> None:
        self._state: object = None
        self._room = _Room()
        self._sights: dict[tuple[Viewport, Sweep | None], Sight] = {}

    def of(
        self, viewport: Viewport, plot: Plot, sweep: Sweep | None, *, is_shared: bool = False
    ) -> Sight:
        """Return what a viewport shows of the plot, where it follows that sweep, if there is one.
        is_shared: more than one page looks at the plot.
        """
        state = plot.version, plot.options_version, is_shared
        if state != self._state:
            self._state, self._room = state, _Room()
            self._sights.clear()
        key = viewport, sweep
        found = self._sights.get(key)
        if found is None:
            if len(self._sights) >= MOST_SIGHTS:
                del self._sights[next(iter(self._sights))]  # the oldest
            visible = VisibleRange.of(viewport, plot, sweep)
            found = self._sights[key] = Sight(visible, self._room if is_shared else None)
        return found

    def clear(self) -> None:
        """Forget all, and so the streams that they hold."""
        self._sights.clear()


def step_from(old: Shown | None, streams: SeriesStreams, plot: Plot, visible: VisibleRange) -> Step:
    """Return the step of a page that has `old`, or nothing, of a series of `plot`."""
    series = streams.series
    stream = choose(streams, plot, visible, old)
    new = extent(series, stream, visible)
    if old and old.will_do_for(new):
        return Step(old, None)
    drop, keep, begin = difference(old, new)
    vertices = np.concatenate((stream.vertices(begin, new.settled), stream.tail), axis=1).T
    entry = Entry(
        series.ident,
        kind_of(stream),
        drop,
        keep,
        vertices,
        series.count,
        series.last,
        series.x_range,
        marks_beside(stream, begin, new.settled),
    )
    return Step(new, entry)


def _is_worth_keeping(step: Step) -> bool:
    # A stream that is behind takes a part in at each look, and is one of many megabytes.
    few = step.entry is None or len(step.entry.vertices) <= MOST_VERTICES
    return few and not step.new.is_behind
