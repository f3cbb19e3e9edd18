"""A page behind a comm: as any page, but at its own pace, and heard or not while a cell runs."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, Final

from zwsnb.clients.page_client import PageClient
from zwsnb.clients.page_messages import PageMessage, Pong, Rights
from zwsnb.comm.schedule import CommSchedule, Pace
from zwsnb.protocol.messages import json_text
from zwsnb.protocol.stats import COMM

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.patch import Patch
    from zwsnb.relay.relay import Relay
    from zwsnb.view.streams.plot_streams import StreamCache

ALL: Final = Rights(through=COMM)
"""Whoever runs the kernel's cells may do everything."""

LOOK: Final = Rights(edits=False, through=COMM)
"""Readers of what others run may not."""


class CommClient(PageClient):
    """One page on one plot, for as long as its view of the widget is there."""

    def __init__(
        self,
        socket: PageSocket,
        plot: Plot,
        relay: Relay,
        streams: StreamCache,
        pace: Pace,
        rights: Rights = ALL,
        *,
        is_deaf: bool = False,
    ) -> None:
        self._comm_schedule = CommSchedule(pace, is_deaf=is_deaf)
        super().__init__(socket, plot, relay, streams, rights, self._comm_schedule)
        self.view.credit = self._comm_schedule.credit
        self._pings = 0
        self._said_open = False
        self._painted = -1  # when it was pinged last
        self._has_timer = False  # for when there may be more to send
        self._waits = False  # there may be something to say, when it has its turn
        self._said = 0  # characters in this turn

    def run(self) -> None:
        """As `PageClient.run`. Who has gone waits for no turn."""
        try:
            super().run()
        finally:
            self._comm_schedule.pace.leave(self._comm_schedule)

    def on_message(self, text: str | bytes) -> None:
        """Handle what the page has sent: it is heard."""
        self._comm_schedule.heard()
        self._set_pace()
        super().on_message(text)

    def dispatch(self, message: PageMessage) -> None:
        """Do what a message asks for."""
        if isinstance(message, Pong):
            self._heard_of(message.patch)
        else:
            super().dispatch(message)

    def _heard_of(self, painted: int) -> None:
        """Go on where messages were lost: a page that has painted nothing more from one ping to the
        next, and owes all that it may, has not got what it was sent.
        """
        if 0 < painted <= self.view.number:
            self.view.ack(painted)
        if painted == self._painted and not self.view.paused and not self.view.has_credit:
            self.view.ack(self.view.number)
            self.view.start_afresh()
        self._painted = painted

    @property
    def is_painting(self) -> bool:
        """False: it acknowledges too seldom to ask for what is new with that, so the relay looks by
        the clock.
        """
        return False

    def may_draw(self) -> bool:
        """Return whether its own drawing may be asked for: not while nobody would hear it."""
        return super().may_draw() and not self._comm_schedule.is_open

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look whether something is due, if it does not know by itself when."""
        self.view.note(published)
        if self.view.has_credit and not self._is_flushing and not self._has_timer:
            self._wake.set()

    def pause(self) -> float:
        """Return the seconds after which the writer looks again."""
        now = time.monotonic()
        self._has_timer = self.view.is_due or self._waits
        longest = super().pause()
        if self._waits:
            longest = min(longest, self._comm_schedule.delay(now))
        return self._comm_schedule.pause(now, longest, has_credit=self._has_timer)

    def flush(self, *, may_wait: bool = True) -> bool:
        """As `PageClient.flush`; False also where its turn comes later: the writer is to look then.
        What is new besides points takes one turn with its patch.
        """
        if self._is_flushing:
            return False
        self._said = 0
        super().flush(may_wait=may_wait)
        if self._said:
            self._comm_schedule.said(time.monotonic(), self._said)
        elif not self._waits:
            self._comm_schedule.pace.leave(self._comm_schedule)
        return not self._waits

    def _tell(self) -> bool:
        """As `PageClient._tell`, when it has its turn: what is new as often as turns would else
        take all of them, and no patch had any.
        """
        now = time.monotonic()
        if self._comm_schedule.look(now):
            self._pings += 1
            is_open = self._comm_schedule.is_open
            self._say({"type": "ping", "number": self._pings, "open": is_open})
        self._set_pace()
        self._waits = self._comm_schedule.delay(now) > 0
        return not self._waits and super()._tell()

    def _set_pace(self) -> None:
        """Send as much as an open loop does, or as a closed one, and tell the page which."""
        is_open = self._comm_schedule.is_open
        if is_open == self._said_open:
            return
        self._said_open = is_open
        self.view.credit = self._comm_schedule.credit
        self._say({"type": "pace", "open": is_open})

    def _say(self, message: dict[str, Any]) -> None:
        """Say something that waits for nobody."""
        super().send_text(json_text(message))

    def _next_patch(self) -> Patch | None:
        if self._comm_schedule.is_open and self.view.is_due:
            self.view.start_afresh()
        return super()._next_patch()

    def _next_messages(self) -> list[str | bytes | memoryview]:
        messages = super()._next_messages()
        self.view.credit = self._comm_schedule.credit
        return messages

    def send_text(self, text: str) -> None:
        """Send a message that is text already."""
        if self._is_flushing:
            self._said += len(text)
        else:
            self._comm_schedule.pace.answered(time.monotonic())
        super().send_text(text)
