"""A plain WebSocket client, which gets each new point as the article's JSON message, as fast as it
reads.

Two greenlets around one WebSocket: one receives, and so sees the end; the other sends whenever
something is new. Who is too slow skips to the newest points, and is told so in its account.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final

import gevent
from gevent.event import Event

from zwsnb.protocol.messages import ENDED
from zwsnb.server.websocket import Closed, WebSocket

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.protocol.stats import ViewerStats

MAX_BEHIND: Final = 10_000
"""Points that a reader of /json may be behind, per series, before it skips to the newest."""

_AT_ONCE: Final = 200
"""Points of a series that are sent before the next series has its turn."""


class JsonClient:
    """One reader of /json.

    series: the name of the only one that it reads; None for all.
    """

    asks = False  # points are sent as they come
    is_painting = False
    is_paused = False

    def __init__(self, socket: WebSocket, plot: Plot, series: str | None) -> None:
        self.plot = plot
        self.delivered = self.conflated = self.dropped = 0  # points
        self._socket = socket
        self._only = series
        self._wake = Event()  # there may be something new
        # By series, counted from its first point ever: the next point to send.
        self._next = {s.name: s.cleared + s.count for s in plot.series.values()}

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
        # A list, since every series has its turn.
        return any([self._send_series(series) for series in self._chosen()])  # noqa: C419

    def _chosen(self) -> list[Series]:
        return [s for s in self.plot.series.values() if self._only in (None, s.name)]

    def _send_series(self, series: Series) -> bool:
        begin = self._skip(series) - series.cleared
        points = series.points.slice(begin, begin + _AT_ONCE).T.tolist()
        for x, y in points:
            self._socket.send(
                json.dumps({"x": x, "y": y if math.isfinite(y) else None, "series": series.name})
            )
            self._next[series.name] += 1
            self.delivered += 1
        return bool(points)

    def _skip(self, series: Series) -> int:
        """Go on behind what was cleared, and behind what there is no time for; return where that
        is.
        """
        lo = self._next.get(series.name, 0)
        held = max(lo, series.cleared)
        begin = max(held, series.cleared + max(series.points.start, series.count - MAX_BEHIND))
        self.dropped += held - lo
        self.conflated += begin - held
        self._next[series.name] = begin
        return begin

    def end(self, reason: str) -> None:
        """Close the connection: this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> ViewerStats:
        """Return the reader's account, in points."""
        queued = sum(s.cleared + s.count - self._next.get(s.name, 0) for s in self._chosen())
        return {
            "accepted": self.delivered + self.conflated + self.dropped + queued,
            "delivered": self.delivered,
            "conflated": self.conflated,
            "dropped": self.dropped,
            "queued": queued,
        }
