"""A page: it gets patches, at its own pace, and asks questions.

Two greenlets around one WebSocket: one receives (where the page looks, what it has painted), the
other sends, whenever something is new and the page has credit; what follows an acknowledgement is
sent by the receiver itself. Whichever sends asks for the newest state at that moment, so nothing
ever queues for a slow page, and nobody waits for it.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import gevent
from gevent.event import Event

from zwsnb.clients.asked.measuring import Measuring
from zwsnb.clients.asked.reading import reader_of
from zwsnb.clients.drawings import Drawings
from zwsnb.clients.hands import Hands
from zwsnb.clients.large import LARGE, QUICK, has_turns, large_patches
from zwsnb.clients.news import News
from zwsnb.clients.page_messages import (
    ALL,
    BAD,
    Ack,
    Click,
    Clock,
    Drawn,
    LookAt,
    Measure,
    PageMessage,
    Read,
    Remove,
    Rename,
    Rights,
    SetTrigger,
    Smooth,
    Steer,
    greeting,
    parse,
)
from zwsnb.clients.page_socket import Closed
from zwsnb.clients.told.told import Told
from zwsnb.protocol.messages import ENDED, InvalidMessage, json_text
from zwsnb.protocol.patch import making_messages
from zwsnb.relay.schedule import Schedule, SendSchedule, rest_after, should_take_before_sending
from zwsnb.turns.turns import first_of, in_turns
from zwsnb.view.subscription import Subscription

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.patch import Patch
    from zwsnb.protocol.stats import Counts, ViewerStats
    from zwsnb.relay.relay import Relay
    from zwsnb.view.streams.plot_streams import StreamCache

T = TypeVar("T")

STATUS_EVERY: Final = 1.0
"""Seconds between two `status` messages at least."""

REST: Final = 1.0
"""Seconds without a patch after an error of zwsnb, which would else fail at every wake-up."""


class PageClient:
    """One page on one plot, for as long as its connection is open. streams: what pages whose
    screens are alike share.
    """

    is_reader = True
    asks = True  # it acknowledges what it has painted, and so asks for the newest points

    def __init__(
        self,
        socket: PageSocket,
        plot: Plot,
        relay: Relay,
        streams: StreamCache,
        rights: Rights = ALL,
        schedule: Schedule | None = None,
    ) -> None:
        self.plot = plot
        self.view = Subscription(plot, streams)
        self._socket = socket
        self._rights = rights
        self._relay = relay
        self._wake = Event()  # the writer should look whether something is due
        self._hands = Hands(plot, relay, rights)
        self._measuring = Measuring(plot, self.send_json, self._hands.selected, self)
        self._reading = reader_of(plot, self.send_json, self)
        self.drawings = Drawings(self.view, self.send_json, self.may_draw)
        self._told = Told(plot, self.view, self._wake.set)
        self._news = News()  # of what is neither series nor options
        self._status: tuple[Counts, list[str]] | None = None  # the last one that it was sent
        self._next_status = 0.0  # when it may be sent another one
        self._schedule: Schedule = schedule or SendSchedule()
        self._large = large_patches()
        self._is_flushing = False  # one of the two greenlets is sending
        self._most = 0  # bytes that the next patch has at most
        self._rests_until = -math.inf  # after an error of zwsnb

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look whether something is due, if a patch could be sent."""
        self.view.note(published)
        if self.can_send and not self._is_flushing:
            self._wake.set()

    @property
    def is_painting(self) -> bool:
        """True when it owes an acknowledgement, and with it will ask for more."""
        return self.view.in_flight > 0

    @property
    def is_paused(self) -> bool:
        """True when it wants no points for now."""
        return self.view.paused

    @property
    def can_send(self) -> bool:
        """True when a patch would be sent now: nothing is in flight, or what is has been for
        long.
        """
        return self._schedule.can_send(
            time.monotonic(), has_credit=self.view.has_credit, in_flight=self.view.in_flight
        )

    def may_draw(self) -> bool:
        """Return whether its own drawing may be asked for: a notebook keeps it."""
        return self._rights.edits

    def run(self) -> None:
        """Serve the page until its connection ends."""
        self._told.options = self.plot.options_version
        self.send_json(greeting(self.plot, self._rights, time.time()))
        writer = gevent.spawn(self._write)
        try:
            while (message := self._socket.receive()) is not None:
                self.on_message(message)
        finally:
            self._measuring.stop()
            self._reading.stop()
            self.drawings.stop()
            writer.kill()

    # -- receiving ---------------------------------------------------------------------------------

    def on_message(self, text: str | bytes) -> None:
        """Handle what the page has sent, and send what it can be sent then."""
        message = self._handle(text)
        # After an acknowledgement not by the writer: a busy cell would have to hand over the
        # interpreter's lock once more.
        if not isinstance(message, Ack) or not self.flush(may_wait=False):
            self._wake.set()

    def _handle(self, text: str | bytes) -> PageMessage | None:
        """Parse and dispatch a message; the page's fault and an error of zwsnb are told apart."""
        try:
            message = parse(text)
            self.dispatch(message)
        except InvalidMessage as error:
            error.plot = self.plot.name
            self._relay.refuse(error)
        except Closed:
            raise
        except Exception as error:  # noqa: BLE001  # one failed question must not end the page
            self._relay.refusals.fail(error)
        else:
            return message
        return None

    def dispatch(self, message: PageMessage) -> None:
        """Do what a message asks for.

        Raises:
            InvalidMessage: an acknowledgement is of no patch that was sent, a picture was not asked
                for; there is no such series, or another has its new name; a control cannot do that.
        """
        match message:
            case Ack(patch):
                self._acknowledge(patch)
            case LookAt(viewport, paused):
                self.view.set_viewport(viewport, paused=paused)
                self.drawings.note_look()
            case Clock(sent):
                self.send_json({"type": "clock", "sent": sent, "clock": time.time()})
            case Read():
                self._reading.begin(message)
            case Measure():
                if message.is_selected:
                    self._hands.check_rights()
                self._measuring.start(message)
            case Rename() | Remove() | Smooth() | Steer() | Click() | SetTrigger():
                self._hands.do(message)
            case Drawn():
                self.drawings.answered(message)

    def _acknowledge(self, patch: int) -> None:
        try:
            self._schedule.painted(self.view.ack(patch))
        except InvalidMessage as error:
            raise InvalidMessage(BAD, str(error)) from error

    # -- sending -----------------------------------------------------------------------------------

    def _write(self) -> None:
        while not self._socket.closed:
            self._wake.wait(self.pause())
            self._wake.clear()
            self.flush()

    def pause(self) -> float:
        """Return the seconds after which the writer looks again, unless it is woken."""
        return STATUS_EVERY

    def flush(self, *, may_wait: bool = True) -> bool:
        """Send what is new, and the newest state if the page can take it; False while the other
        greenlet does so. may_wait: for other pages too; else the writer is to do so.
        """
        if self._is_flushing:
            return False
        if time.monotonic() < self._rests_until:
            return True
        self._is_flushing = True
        try:
            if self._tell() and self.can_send:
                self._send_newest(may_wait=may_wait)
        except Closed:
            pass  # the receiver sees the end
        except Exception as error:  # noqa: BLE001  # one failed patch must not freeze the page
            self._begin_again(error)
        finally:
            self._is_flushing = False
        return True

    def _begin_again(self, error: Exception) -> None:
        """Report an error of zwsnb; after a rest the page is told everything anew, since nobody
        knows how much of it has arrived.
        """
        self._relay.refusals.fail(error)
        self._rests_until = time.monotonic() + REST
        self._told.forget()
        self.view.start_afresh()

    def _tell(self) -> bool:
        """Send what is new besides points, unless it is held."""
        is_held = self._told.is_held()
        if not is_held:
            self._send_changes()
        return not is_held

    def _send_newest(self, *, may_wait: bool) -> None:
        # What was published since the hub last looked belongs to the newest state as well.
        is_fresh = self._relay.has_just_taken
        if should_take_before_sending(is_due=self.view.is_due, is_fresh=is_fresh):
            self._relay.take_own()
            if not self._tell():
                return
        while self._told.has_news:  # something came while it was sent
            if self._told.is_held():
                return
            self._send_news()
        if not self.view.is_due:
            return
        most = self._most = self._in_turns(self.view.weighing(QUICK)) or 0
        if most >= LARGE and not may_wait:
            self._wake.set()
            return
        is_guest = not self._rights.edits
        # Who waits for others is told meanwhile what is new.
        with self._large.making(most, self._tell, is_guest=is_guest):
            messages = self._next_messages()
        with self._large.sending(self._socket, sum(map(len, messages)), is_guest=is_guest):
            for message in messages:
                self._socket.send(message)

    def _next_messages(self) -> list[str | bytes | memoryview]:
        """Return the next patch as messages, none where there is none: those that wait for a slow
        page keep nothing of what they were made of. Before it is what came while it waited.
        """
        if self._told.is_held():
            return []
        news: list[str | bytes | memoryview] = list(self._told.news())
        patch = self._next_patch()
        if patch is None:
            return news
        now = time.monotonic()
        series = len(patch.entries) if self.view.follows and not patch.fresh else 0
        patch.rest = max(self._relay.budget.delay_after(now), rest_after(series))
        messages = news + (self._in_turns(making_messages(patch)) or [])
        self._schedule.sent(now, patch.rest, sum(map(len, messages)))
        return messages

    def _next_patch(self) -> Patch | None:
        return self._in_turns(self.view.patching())

    def _in_turns(self, steps: Iterator[T | None]) -> T | None:
        """Return what `steps` yields at last; at once where that takes less than a turn."""
        if has_turns(len(self.plot.series), self._most):
            return next(in_turns(self, steps), None)
        return first_of(steps)

    def _send_changes(self) -> None:
        """Send what is new besides points, and once a second the counters."""
        self._send_news()
        for message in self._news.of(self.plot):
            self.send_json(message)
        if (now := time.monotonic()) >= self._next_status:
            self._next_status = now + STATUS_EVERY
            self._send_status()

    def _send_news(self) -> None:
        """Send what a patch is about."""
        for text in self._told.news():
            self.send_text(text)

    def _send_status(self) -> None:
        counts, notices = self._relay.counts(self.plot), self._relay.notices(self.plot)
        if (counts, notices) != self._status:
            self._status = counts, notices
            self.send_json({"type": "status", "counts": counts, "notices": notices})

    def send_json(self, message: dict[str, Any]) -> None:
        """Send a message as JSON text."""
        self.send_text(json_text(message))

    def send_text(self, text: str) -> None:
        """Send a message that is text already."""
        self._socket.send(text)

    def end(self, reason: str) -> None:
        """Close the connection: this was all. A proxy hands no close code on: it is said before."""
        with contextlib.suppress(Closed):
            self._socket.send(json_text({"type": "end", "reason": reason}), timeout=1.0)
        self._socket.close(ENDED, reason)

    def stats(self) -> ViewerStats:
        """Return the page's account, in points, and what it has in flight, in patches."""
        return self.view.stats(self._rights.through)

    def totals(self) -> Counter[str]:
        """Return what it has got so far."""
        return self.view.totals + Counter(bytes=self._socket.sent)
