"""The connection of a page behind a comm, as a page's client uses a WebSocket: messages come from a
kernel's thread and go to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from gevent.queue import Queue

from zwsnb.clients.page_socket import Closed

MOST_WAITING: Final = 1000
MOST_CHARACTERS: Final = 1 << 20
"""Messages of a page that have come and are not handled, and how long they are together: more than
it may have in flight.
"""


class Ended(NamedTuple):
    """The end of a connection, as a WebSocket's close event has it."""

    code: int
    reason: str


Message: TypeAlias = str | bytes | memoryview | Ended
"""What goes to a page: text, a patch, or the end."""

Tell: TypeAlias = Callable[[Message], object]
"""Sends a message to the page; any thread may call it, and it does not wait."""


class CommSocket:
    """One connection; use it in the hub's thread. `tell` is called there."""

    def __init__(self, tell: Tell) -> None:
        self.closed = False
        self.sent = 0
        self._tell = tell
        self._inbox: Queue[str | None] = Queue()
        self._characters = 0  # in it

    def deliver(self, text: str) -> None:
        """Take what the page has sent, if there is room."""
        has_room = self._inbox.qsize() < MOST_WAITING and self._characters < MOST_CHARACTERS
        if has_room and not self.closed:
            self._characters += len(text)
            self._inbox.put(text)

    def receive(self) -> str | None:
        """Return the next message, or None when the connection has ended."""
        text = self._inbox.get()
        self._characters -= len(text or "")
        return text

    def send(self, message: str | bytes | memoryview, timeout: float = 0.0) -> None:
        """Send text, or a patch.

        Raises:
            Closed: the connection is closed.
        """
        del timeout  # nothing waits here
        if self.closed:
            raise Closed("closed")
        self.sent += len(message)
        self._tell(message)

    def close(self, code: int = 1000, reason: str = "") -> None:
        """End the connection, and tell the page. A second close does nothing."""
        if not self.closed:
            self.closed = True
            self._inbox.put(None)
            self._tell(Ended(code, reason))

    def leave(self) -> None:
        """End the connection: the page has gone."""
        self.closed = True
        self._inbox.put(None)
