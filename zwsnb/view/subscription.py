"""One viewer: what it looks at, what it has, what it owes, and so the next patch, or None.  [no
I/O]

Credit, not queues: a page acknowledges a patch when it has painted it, and while it owes
acknowledgements it gets nothing; then it gets the newest state, whatever happened meanwhile. So a
hidden tab or a slow link costs nothing and delays nobody, and what it did not see point by point is
counted as conflated. A patch says, for each series, how many of the vertices that the page has
leave at the front, how many stay, and which ones come, so a view that follows costs only its newest
columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zwsnb.history.pixel_grid import SMALLEST, Grid
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import COLUMNS, POINTS, XY, Entry, Patch
from zwsnb.protocol.values import LARGEST
from zwsnb.view.streams import ColumnStream

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.view.streams import PointStream

    Stream = PointStream | ColumnStream

CREDIT: Final = 2
"""Patches in flight: one that is being painted, and one on its way."""

VERTICES_PER_PIXEL: Final = 4
"""Up to so many points a pixel are sent as they are: M4 would not be fewer."""

MAX_PIXELS: Final = 16_384
DROP_AT_ONCE: Final = 256


@dataclass(slots=True, frozen=True)
class Viewport:
    """What a page looks at: x from ``lo`` to ``hi``, or (``hi`` None) up to the newest point, on
    ``pixels`` device pixels.

    ``lo`` None and ``window`` None: everything. ``window``: the last so much of x.
    """

    pixels: int
    lo: float | None = None
    hi: float | None = None
    window: float | None = None

    @classmethod
    def of(cls, message: dict[str, Any]) -> Viewport:
        """Return the viewport of a page's `view` message.

        Raises:
            InvalidMessage: it has no width, or a range that is none.
        """
        pixels = int(min(max(_number(message, "width"), 1), MAX_PIXELS))
        mode = message.get("mode")
        if mode == "all":
            return cls(pixels)
        if mode == "follow" and (window := _number(message, "window")) > 0:
            return cls(pixels, window=window)
        if mode == "range" and (lo := _number(message, "from")) < (hi := _number(message, "to")):
            return cls(pixels, lo, hi)
        raise InvalidMessage("not a view", f"mode {mode!r} without a range")


def _number(message: dict[str, Any], key: str) -> float:
    value = message.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise InvalidMessage("not a view", f"{key} is {value!r}, not a finite number")
    return float(value)


class _Sight(NamedTuple):
    """A viewport on a plot as it is now: x from ``lo`` to before ``hi`` (infinite when the newest
    points are followed), in the columns of ``grid``.
    """

    lo: float
    hi: float
    grid: Grid
    pixels: int

    @classmethod
    def of(cls, viewport: Viewport, plot: Plot) -> _Sight:
        """Return what `viewport` shows of `plot`."""
        lo, largest = plot.x_range
        hi, span = math.inf, largest - lo
        if viewport.window is not None:
            # Not the difference of its ends, whose rounding would change the width of the columns
            # now and then.
            span = viewport.window
            lo = max(lo, largest - span)
        elif viewport.lo is not None and viewport.hi is not None:
            lo, largest = viewport.lo, viewport.hi
            hi, span = math.nextafter(largest, math.inf), largest - lo
        if plot.is_log_x:
            lo = max(lo, plot.least_x_above(SMALLEST))
            return cls(lo, hi, Grid.logarithmic(lo, largest, viewport.pixels), viewport.pixels)
        return cls(lo, hi, Grid.linear(lo, span, viewport.pixels), viewport.pixels)


class _Shown(NamedTuple):
    """What the page has of a series: vertices first to settled of a stream, and then a tail, of so
    many `points`.
    """

    stream: Stream
    first: int
    settled: int
    tail: int
    points: int

    @property
    def vertices(self) -> int:
        """How many the page has."""
        return self.settled - self.first + self.tail


class _Flight(NamedTuple):
    """A patch that is not yet painted, and the points it accounts for."""

    number: int
    delivered: int
    conflated: int


class Subscription:
    """The state of one viewer of `plot`. At all times ``plot.count == delivered + conflated +
    dropped + queued``.

    A point is delivered when the page has painted it as a vertex of its own or as one of a column
    that is no denser, conflated when it is painted only as a part of a column (or not at all, since
    the page looks elsewhere), dropped when the plot was cleared before.
    """

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.viewport: Viewport | None = None
        self.paused = False
        self.number = 0
        self.delivered = self.conflated = 0
        self.dropped = plot.cleared
        self._epoch = plot.epoch
        self._version = -1
        self._fresh = True
        self._published = math.nan
        self._shown: dict[int, _Shown] = {}
        self._counts: dict[int, int] = {}
        self._flights: list[_Flight] = []

    # -- what travels back -------------------------------------------------------------------------

    def look(self, viewport: Viewport, *, paused: bool = False) -> None:
        """Look at `viewport`: the next patch starts afresh, unless only `paused` has changed."""
        self.paused = paused
        if viewport != self.viewport:
            self.viewport = viewport
            self._start_afresh()

    def _start_afresh(self) -> None:
        self._fresh = True
        self._shown.clear()

    def ack(self, number: int) -> None:
        """Take the page's word that it has painted everything up to patch `number`.

        Raises:
            InvalidMessage: no such patch was sent.
        """
        if not 0 < number <= self.number:
            raise InvalidMessage("not an ack", f"of patch {number}; {self.number} were sent")
        while self._flights and self._flights[0].number <= number:
            flight = self._flights.pop(0)
            self.delivered += flight.delivered
            self.conflated += flight.conflated

    # -- what goes out -----------------------------------------------------------------------------

    def note(self, published: float) -> None:
        """Remember when the oldest point was published that the page has not been sent."""
        if published < self._published or math.isnan(self._published):
            self._published = published

    @property
    def in_flight(self) -> int:
        """Patches that are not yet acknowledged."""
        return len(self._flights)

    @property
    def queued(self) -> int:
        """Points that the page has not yet painted, in any form."""
        return self.plot.count - self.delivered - self.conflated - self.dropped

    @property
    def has_credit(self) -> bool:
        """True when the page looks, and does not owe too many acknowledgements."""
        return len(self._flights) < CREDIT and not self.paused and self.viewport is not None

    @property
    def is_due(self) -> bool:
        """True when the page has credit and there is something new for it."""
        return self.has_credit and (self._fresh or self._version != self.plot.version)

    def next_patch(self) -> Patch | None:
        """Return what the page needs to be up to date, or None when it owes acknowledgements or has
        everything.
        """
        viewport = self.viewport
        if viewport is None or not self.is_due:
            return None
        if self._epoch != self.plot.epoch:
            self._forget()
        sight = _Sight.of(viewport, self.plot)
        entries = [e for s in self.plot.series.values() if s.count and (e := self._entry(s, sight))]
        self.number += 1
        self._launch(entries)
        patch = Patch(
            self.number, entries, self._fresh, self._published, self.plot.x_range, self.plot.count
        )
        patch.conflated = self.conflated + sum(f.conflated for f in self._flights)
        self._fresh, self._version, self._published = False, self.plot.version, math.nan
        return patch

    def _forget(self) -> None:
        """Follow a plot that was cleared: what had not been sent is gone."""
        self._epoch = self.plot.epoch
        in_flight = sum(f.delivered + f.conflated for f in self._flights)
        self.dropped += (
            self.plot.cleared - self.delivered - self.conflated - self.dropped - in_flight
        )
        self._counts.clear()
        self._start_afresh()

    def _entry(self, series: Series, sight: _Sight) -> Entry | None:
        old = self._shown.get(series.ident)
        stream = _stream_for(series, sight, old.stream if old else None)
        new = _extent(series, stream, sight)
        if (
            old
            and old.stream is stream
            and old.points == series.count
            and new.first - old.first < DROP_AT_ONCE
        ):
            return None
        self._shown[series.ident] = new
        drop, keep, begin = _difference(old, new)
        vertices = np.concatenate((stream.vertices(begin, new.settled), stream.tail), axis=1).T
        kind = COLUMNS if isinstance(stream, ColumnStream) else POINTS if series.ordered else XY
        return Entry(
            series.ident, kind, drop, keep, vertices, series.count, series.last, series.x_range
        )

    def _launch(self, entries: list[Entry]) -> None:
        """Account for the points that are new in `entries`, as in flight."""
        delivered = conflated = 0
        for entry in entries:
            new = entry.points - self._counts.get(entry.series, 0)
            self._counts[entry.series] = entry.points
            own = min(new, len(entry.vertices))
            delivered += own
            conflated += new - own
        self._flights.append(_Flight(self.number, delivered, conflated))


def _stream_for(series: Series, sight: _Sight, current: Stream | None) -> Stream:
    """Return the points of `series` where they are few a pixel, else columns that reach back to
    ``lo``, up to date.
    """
    if not series.ordered:
        return series.raw
    begin = max(0, series.find(sight.grid.floor(sight.lo)) - 1)
    if sight.grid.log:
        begin = max(begin, series.find(SMALLEST))
    end = (
        series.count
        if sight.hi == math.inf
        else min(series.count, series.find(sight.hi, after=True) + 1)
    )
    # A stream in use has to halve before it changes its kind, so that a rate at the limit does not
    # flip it at every frame.
    few = VERTICES_PER_PIXEL * sight.pixels // (2 if isinstance(current, ColumnStream) else 1)
    if end - begin <= few and begin >= series.points.start:
        return series.raw
    is_past = end < series.count
    # A stream that has an end has all that its viewport ever shows; one without forgets it in the
    # long run.
    if isinstance(current, ColumnStream) and (
        current.end is not None or (not is_past and current.grid == sight.grid)
    ):
        current.update()
        return current
    return series.columns(sight.grid, begin, sight.lo, end if is_past else None)


def _extent(series: Series, stream: Stream, sight: _Sight) -> _Shown:
    """Return which vertices of `stream` draw what is in sight, with one more at each side so that
    the lines reach the edges.
    """
    first, settled = stream.first, stream.settled
    if series.ordered:
        first = max(first, stream.find(sight.lo) - 1)
        if sight.hi < math.inf:
            settled = min(settled, stream.find(sight.hi) + 1)
        settled = max(first, settled)
    return _Shown(stream, first, settled, stream.tail.shape[1], series.count)


def _difference(old: _Shown | None, new: _Shown) -> tuple[int, int, int]:
    """Return (drop, keep, begin): what leaves at the front, what stays, and the first vertex of
    `new` that has to come.
    """
    if old is None:
        return 0, 0, new.first
    if old.stream is not new.stream or not old.first <= new.first <= old.settled:
        return old.vertices, 0, new.first
    return new.first - old.first, old.settled - new.first, old.settled
