"""A page behind a comm: as any page, but at its own pace, and heard or not while a cell runs."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from zwsnb.clients.page_client import PageClient
from zwsnb.clients.page_messages import PageMessage, Pong, Rights
from zwsnb.comm.schedule import CommSchedule, Pace
from zwsnb.protocol.stats import COMM

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.patch import Patch
    from zwsnb.relay.relay import Relay
    from zwsnb.view.streams import StreamCache

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
        self._has_timer = self.view.is_due
        return self._comm_schedule.pause(
            time.monotonic(), super().pause(), has_credit=self._has_timer
        )

    def _send_changes(self) -> None:
        super()._send_changes()
        if self._comm_schedule.look(time.monotonic()):
            self._pings += 1
            is_open = self._comm_schedule.is_open
            self.send_json({"type": "ping", "number": self._pings, "open": is_open})
        self._set_pace()

    def _set_pace(self) -> None:
        """Send as much as an open loop does, or as a closed one, and tell the page which."""
        is_open = self._comm_schedule.is_open
        if is_open == self._said_open:
            return
        self._said_open = is_open
        self.view.credit = self._comm_schedule.credit
        self.send_json({"type": "pace", "open": is_open})

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
        self._comm_schedule.pace.sent(time.monotonic())
        super().send_text(text)
