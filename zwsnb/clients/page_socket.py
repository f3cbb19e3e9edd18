"""The connection of a client, whatever it goes by."""

from __future__ import annotations

from typing import Protocol


class Closed(ConnectionError):
    """The connection is closed: nothing more can be sent. Its text says why."""


class PageSocket(Protocol):
    """What a client uses of a `zwsnb.server.websocket.WebSocket`, or of what stands for one."""

    closed: bool

    @property
    def sent(self) -> int:
        """Bytes that have been sent so far."""

    def receive(self) -> str | bytes | None:
        """Return the next message, or None when the connection has ended."""

    def send(self, message: str | bytes | memoryview, *, timeout: float = ...) -> None:
        """Send a message, or raise `Closed`."""

    def close(self, code: int = ..., reason: str = ...) -> None:
        """End the connection."""
