"""A plain WebSocket client, which gets each new point as the article's JSON message, as fast as it
reads.

Two greenlets around one WebSocket: one receives, and so sees the end; the other sends whenever
something is new, a few messages in each of its turns. Who is too slow skips to the newest points,
and is told so in its account.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import gevent
import numpy as np
from gevent.event import Event

from zwsnb.clients.page_socket import Closed, PageSocket
from zwsnb.protocol.messages import ENDED, json_text
from zwsnb.turns.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows
    from zwsnb.protocol.stats import ViewerStats

MAX_BEHIND: Final = 10_000
"""Points that a reader of /json may be behind, per series, before it skips to the newest."""

_AT_ONCE: Final = 200
"""Points of a series that are sent before the next series has its turn."""

_BUNCH: Final = 64
"""Messages that are made before they are sent: a millisecond of work, and some 4 kB."""


@dataclass(slots=True)
class _Place:
    """How far a reader is in a series: ``next`` is the number of the next point to send, ``seen``
    the points that had come when it last looked, ``x`` that of the last point sent, and ``same``
    how many of that x were; ``rewrites`` and ``ordered`` are those of the series then.

    Of what it has seen of a series in order, all was sent that is before that place.
    """

    next: int = 0
    seen: int = 0
    x: float = -math.inf
    same: int = 0
    rewrites: int = 0
    ordered: bool = True

    @classmethod
    def behind(cls, series: Series, count: int) -> _Place:
        """Return the place behind the first `count` points, those that it has sent and seen."""
        place = cls(count, count, -math.inf, 0, series.rewrites.count, series.ordered)
        if count:
            place.go_on(series, count)
        return place

    def go_on(self, series: Series, end: int) -> None:
        """Come to the place behind point number `end` - 1."""
        self.next, self.x = end, float(series.points.slice(end - 1, end)[0, 0])
        self.same = end - series.find(self.x) if series.ordered else 0

    def late_in(self, series: Series) -> list[tuple[float, float]]:
        """Return the points that have come since and have their place before the next one, and
        follow what they have moved.
        """
        late = [(point.x, point.y) for point in series.late_since(self.seen) if point.x < self.x]
        self.next += len(late)
        return late

    def find_again(self, series: Series) -> int:
        """Find the place in a series in which some have come late, or have turned out to be the
        first ones of another run; return how many points were passed over for that.
        """
        before, self.rewrites = self.next, series.rewrites.count
        if self.next > series.points.start and series.ordered:
            self.next = series.find(self.x) + self.same
        self.next = min(self.next, series.count)
        return max(0, self.next - before)

    def turn(self, series: Series) -> Rows:
        """Go on behind what it has seen of a series that has turned out to be a curve, and return
        what was not sent of that, shape (2, n).
        """
        has_all = self.next >= self.seen
        self.ordered, self.next = False, min(self.seen, series.count)
        if has_all:
            return np.empty((2, 0))
        points = series.points.slice(series.points.start, self.next)
        is_sent = points[0] < self.x
        is_sent[(points[0] == self.x).nonzero()[0][: self.same]] = True
        return points[:, ~is_sent]


class _Socket(PageSocket, Protocol):
    """What a reader's connection has beside."""

    def send_texts(self, messages: Sequence[str]) -> None:
        """Send texts, each a message, in one piece, or raise `Closed`."""


class JsonClient:
    """One reader of /json.

    series: the name of the only one that it reads; None for all.
    """

    asks = False  # points are sent as they come
    is_painting = False
    is_paused = False
    is_reader = True
    drawings = None

    def __init__(self, socket: _Socket, plot: Plot, series: str | None) -> None:
        self.plot = plot
        self.delivered = self.conflated = self.dropped = 0  # points
        self._under_way = 0  # points that are messages, and not yet sent
        self._socket = socket
        self._only = series
        self._cleared = plot.cleared
        self._wake = Event()  # there may be something new
        self._places = {s: _Place.behind(s, s.count) for s in plot.series.values()}

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look for new points."""
        del published
        self._wake.set()

    def run(self) -> None:
        """Send points until the connection ends; what the client sends is ignored."""
        writer = gevent.spawn(self._write)
        try:
            while self._socket.receive() is not None:
                pass
        finally:
            writer.kill()

    def _write(self) -> None:
        try:
            while not self._socket.closed:
                if not self._send_some():
                    self._wake.wait()
                    self._wake.clear()
        except Closed:
            return

    def _send_some(self) -> bool:
        """Send some of what is new in each series; False where nothing was."""
        is_some = False
        for bunch in in_turns(self, _bunches(self._messages())):
            is_some = True
            self._socket.send_texts(bunch)
            self.delivered += len(bunch)
            self._under_way -= len(bunch)
        return is_some

    def _messages(self) -> Iterator[str | None]:
        """Yield what is new, and None after each series."""
        self._drop_gone()
        for series in self._chosen():
            if self.plot.series.get(series.name) is series:  # it may have gone meanwhile
                yield from self._of_series(series)
            yield None

    def _chosen(self) -> list[Series]:
        return [s for s in self.plot.series.values() if self._only in (None, s.of)]

    def _of_series(self, series: Series) -> Iterator[str]:
        for run in self.plot.catalog.family(series.of, series.run):
            self._place_in(run)  # what has left for it is looked at before this place moves
        place = self._place_in(series)
        if place.ordered and not series.ordered:
            unsent = place.turn(series)
            self.conflated += max(0, unsent.shape[1] - MAX_BEHIND)
            late = unsent[:, -MAX_BEHIND:].T.tolist()
        else:
            late = place.late_in(series)
        if series.rewrites.count != place.rewrites:
            self.conflated += place.find_again(series)
        place.seen = series.count
        begin = self._skip(series, place)
        points = series.points.slice(begin, begin + _AT_ONCE).T.tolist()
        if points:
            place.go_on(series, begin + len(points))
        self._under_way += len(late) + len(points)
        for x, y in (*late, *points):
            yield self._text(series, x, y)

    def _text(self, series: Series, x: float, y: float) -> str:
        message = {
            "x": x + self.plot.origin,
            "y": y if math.isfinite(y) else None,
            "series": series.of,
        }
        if series.run:
            message["run"] = series.run
        return json_text(message)

    def _place_in(self, series: Series) -> _Place:
        place = self._places.get(series)
        if place is None:
            sent = self._sent_before(series) if series.inherited else 0
            place = self._places[series] = _Place.behind(series, sent)
        return place

    def _sent_before(self, series: Series) -> int:
        """Return how many of the first points of a run were sent as late ones of the run before."""
        runs = self.plot.catalog.family(series.of, series.run)  # the newest first
        before = runs.index(series) + 1
        place = self._places.get(runs[before]) if before < len(runs) else None
        if place is None:
            return 0
        seen = max(0, min(series.inherited, place.seen - series.inherited_from))
        place.seen -= seen  # what comes late there now has the numbers of those that have left
        # Of those at its very place the ones that are there no more.
        same = max(0, place.same - runs[before].count_between(place.x, place.x))
        place.same -= same
        return int(np.searchsorted(series.points.slice(0, seen)[0], place.x)) + same

    def _skip(self, series: Series, place: _Place) -> int:
        """Go on behind what there is no time for; return where that is."""
        begin = max(place.next, series.points.start, series.count - MAX_BEHIND)
        self.conflated += begin - place.next
        place.next = begin
        return begin

    def _drop_gone(self) -> None:
        """Count what was forgotten with its series before it was sent; of a reader of all also that
        of runs which have come and gone between two looks.
        """
        unseen, self._cleared = self.plot.cleared - self._cleared, self.plot.cleared
        for series in self._places.keys() - set(self.plot.series.values()):
            gone = self._places.pop(series)
            unseen -= max(series.count, gone.next)  # late ones may have left for a run unseen
            if self._only in (None, series.of):
                self.dropped += max(0, series.count - gone.next)
        if self._only is None:
            self.dropped += max(0, unseen)

    def end(self, reason: str) -> None:
        """Close the connection: this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> ViewerStats:
        """Return the reader's account, in points."""
        self._drop_gone()
        queued = sum(s.count - self._place_in(s).next for s in self._chosen()) + self._under_way
        return {
            "accepted": self.delivered + self.conflated + self.dropped + queued,
            "delivered": self.delivered,
            "conflated": self.conflated,
            "dropped": self.dropped,
            "queued": queued,
        }

    def totals(self) -> Counter[str]:
        """Return what the reader has got so far."""
        return Counter(
            delivered=self.delivered,
            conflated=self.conflated,
            dropped=self.dropped,
            bytes=self._socket.sent,
        )


def _bunches(messages: Iterator[str | None]) -> Iterator[list[str] | None]:
    """Yield messages, so many at a time, and None where a turn may end."""
    bunch: list[str] = []
    for message in messages:
        if message is not None:
            bunch.append(message)
        if len(bunch) >= _BUNCH:
            yield bunch
            bunch = []
        else:
            yield None
    if bunch:
        yield bunch
