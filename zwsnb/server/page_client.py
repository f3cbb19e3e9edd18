"""Those who watch a plot: a page, which gets patches, or a plain WebSocket client, which gets the
article's JSON.

Each is two greenlets around one WebSocket: one reads what it says (where a page looks, what it has
painted), the other writes, whenever something is new and, for a page, it has credit; an
acknowledgement is answered by the reader itself. Who writes asks for the newest state at that
moment, so nothing ever queues for a slow viewer, and nobody waits for it.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from typing import TYPE_CHECKING, Any, Final

import gevent
from gevent.event import Event

from zwsnb._version import __version__
from zwsnb.history.queries import measure, nearest
from zwsnb.protocol.messages import ENDED, VERSION, InvalidMessage
from zwsnb.protocol.patch import encode_patch
from zwsnb.relay.hub import yield_to_hub
from zwsnb.relay.schedule import SendSchedule, should_take_before_sending
from zwsnb.server.websocket import Closed, WebSocket
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.relay.relay import Relay
    from zwsnb.view.streams import StreamCache

STATUS_EVERY: Final = 1.0
"""Seconds between two `status` messages at least."""

JSON_BACKLOG: Final = 10_000
"""Points that a reader of /json may be behind, per series, before it skips to the newest."""

_JSON_AT_ONCE: Final = 200


class PageClient:
    """One page on one plot, for as long as its WebSocket is open."""

    def __init__(self, socket: WebSocket, plot: Plot, relay: Relay, streams: StreamCache) -> None:
        self.view = Subscription(plot, streams)
        self._socket = socket
        self._plot = plot
        self._relay = relay
        self._wake = Event()
        self._measuring: gevent.Greenlet[..., None] | None = None
        self._series = self._options = -1
        self._marks = self._first_mark = 0
        self._status: dict[str, Any] = {}
        self._next_status = 0.0
        self._schedule = SendSchedule()
        self._is_telling = False

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look whether something is due, if it could send."""
        self.view.note(published)
        if self.is_hungry and not self._is_telling:
            self._wake.set()

    @property
    def is_painting(self) -> bool:
        """True when it owes an acknowledgement, and with it will ask for more."""
        return self.view.in_flight > 0

    @property
    def is_hungry(self) -> bool:
        """True when a patch would be sent now: nothing is in flight, or what is has been for long."""
        return self._schedule.can_send(
            time.monotonic(), has_credit=self.view.has_credit, in_flight=self.view.in_flight
        )

    def run(self) -> None:
        """Serve the page until its connection ends."""
        hello = {
            "type": "hello",
            "version": VERSION,
            "plot": self._plot.name,
            "options": self._plot.options,
        }
        self._say(hello | {"clock": time.time(), "zwsnb": __version__})
        self._options = self._plot.options_version
        writer = gevent.spawn(self._write)
        try:
            while (message := self._socket.receive()) is not None:
                self._hear(message)
        finally:
            self._stop_measuring()
            writer.kill()

    def _hear(self, message: str | bytes) -> None:
        """Do what the page says, and look what it can be sent then."""
        try:
            said = json.loads(message)
            self._obey(said)
        except (
            InvalidMessage,
            ValueError,
            TypeError,
            KeyError,
            OverflowError,
            RecursionError,
        ) as error:
            self._relay.refuse(InvalidMessage("bad page message", repr(error)[:100]))
            said = {}
        # After an acknowledgement not by the writer: a busy cell would have to hand over the
        # interpreter's lock once more.
        if said.get("type") != "ack" or not self._tell():
            self._wake.set()

    def _obey(self, said: dict[str, Any]) -> None:
        kind = said["type"]
        if kind == "ack":
            self.view.ack(said["patch"])
        elif kind == "view":
            self.view.set_viewport(Viewport.of(said), paused=said.get("paused") is True)
        elif kind == "clock":
            self._say({"type": "clock", "sent": said["sent"], "clock": time.time()})
        elif kind == "read":
            self._read(said["id"], float(said["x"]))
        elif kind == "measure":
            self._start_measuring(said["id"], float(said["from"]), float(said["to"]))

    def _read(self, ident: Any, x: float) -> None:
        found = [point for s in self._plot.series.values() if (point := nearest(s, x)) is not None]
        self._say({"type": "read", "id": ident, "x": x, "points": found})

    def _start_measuring(self, ident: Any, lo: float, hi: float) -> None:
        """Measure in a greenlet of its own; a newer question ends an older one."""
        self._stop_measuring()
        self._measuring = gevent.spawn(self._measure, ident, lo, hi)

    def _stop_measuring(self) -> None:
        if self._measuring is not None:
            self._measuring.kill(block=False)

    def _measure(self, ident: Any, lo: float, hi: float) -> None:
        figures = []
        for series in list(self._plot.series.values()):
            for result in measure(series, lo, hi):
                yield_to_hub()
                if result is not None:
                    figures.append(result)
        with contextlib.suppress(Closed):
            self._say({"type": "measure", "id": ident, "from": lo, "to": hi, "series": figures})

    def _write(self) -> None:
        while not self._socket.closed:
            self._wake.wait(STATUS_EVERY)
            self._wake.clear()
            self._tell()

    def _tell(self) -> bool:
        """Say what is new, and send the newest state, if the page can take it; False while the
        other greenlet is at it.
        """
        if self._is_telling:
            return False
        self._is_telling = True
        try:
            self._say_changes()
            if self.is_hungry:
                self._send_newest()
        except Closed:
            pass  # the reader sees the end
        finally:
            self._is_telling = False
        return True

    def _send_newest(self) -> None:
        # What was published since the hub last looked belongs to the newest state as well.
        is_due = self.view.is_due
        if should_take_before_sending(is_due=is_due, is_fresh=self._relay.has_just_taken):
            self._relay.take_own()
            self._say_changes()
        patch = self.view.next_patch()
        if patch is not None:
            now = time.monotonic()
            patch.rest = self._relay.budget.delay_after(now)
            self._schedule.sent(now, patch.rest)
            self._socket.send(encode_patch(patch))

    def _say_changes(self) -> None:
        """Say what is new besides points: series, options, and once a second the counters."""
        if self._series != len(self._plot.series):
            self._series = len(self._plot.series)
            names = [{"id": s.ident, "name": s.name} for s in self._plot.series.values()]
            self._say({"type": "series", "series": names})
        if self._options != self._plot.options_version:
            self._options = self._plot.options_version
            self._say({"type": "options", "options": self._plot.options})
        self._say_marks()
        if (now := time.monotonic()) >= self._next_status:
            self._next_status = now + STATUS_EVERY
            self._say_status()

    def _say_marks(self) -> None:
        """Say which marks have come, counted from the first that the plot ever had, and from where
        on they count.
        """
        first, end = self._plot.marks_dropped, self._plot.marks_dropped + len(self._plot.marks)
        if end != self._marks or first > self._first_mark:
            new = self._plot.marks[max(0, self._marks - first) :]
            self._marks, self._first_mark = end, first
            self._say(
                {
                    "type": "marks",
                    "first": first,
                    "marks": [{"x": x, "text": text} for x, text in new],
                }
            )

    def _say_status(self) -> None:
        status = {"counts": self._relay.counts(self._plot), "notices": self._relay.notices()}
        if status != self._status:
            self._status = status
            self._say({"type": "status", **status})

    def _say(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps(message))

    def end(self, reason: str) -> None:
        """Tell the page that this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> dict[str, Any]:
        """Return the viewer's account, in points, and what it has in flight, in patches."""
        view = self.view
        return {
            "accepted": view.plot.count,
            "delivered": view.delivered,
            "conflated": view.conflated,
            "dropped": view.dropped,
            "queued": view.queued,
            "in_flight": view.in_flight,
            "patches": view.number,
            "paused": view.paused,
        }


class JsonClient:
    """A plain WebSocket client that gets each new point as the article's JSON message, as fast as
    it reads.
    """

    def __init__(self, socket: WebSocket, plot: Plot, series: str | None) -> None:
        self._socket = socket
        self._plot = plot
        self._only = series
        self._wake = Event()
        # By series, counted from its first point ever: where to go on.
        self._next = {s.name: s.cleared + s.count for s in plot.series.values()}
        self.delivered = self.conflated = self.dropped = 0

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look for new points."""
        del published
        self._wake.set()

    def run(self) -> None:
        """Send points until the connection ends; what the client says is ignored."""
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
        return [s for s in self._plot.series.values() if self._only in (None, s.name)]

    def _send_series(self, series: Series) -> bool:
        begin = self._skip(series) - series.cleared
        points = series.points.slice(begin, begin + _JSON_AT_ONCE).T.tolist()
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
        begin = max(held, series.cleared + max(series.points.start, series.count - JSON_BACKLOG))
        self.dropped += held - lo
        self.conflated += begin - held
        self._next[series.name] = begin
        return begin

    def end(self, reason: str) -> None:
        """Tell the client that this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> dict[str, Any]:
        """Return the reader's account, in points."""
        queued = sum(s.cleared + s.count - self._next.get(s.name, 0) for s in self._chosen())
        return {
            "accepted": self.delivered + self.conflated + self.dropped + queued,
            "delivered": self.delivered,
            "conflated": self.conflated,
            "dropped": self.dropped,
            "queued": queued,
        }
