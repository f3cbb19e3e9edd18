"""What a widget uses of the connections of its pages, and they of it.  [no I/O]"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias


class Attachment(Protocol):
    """The connection of one page."""

    def receive(self, text: str) -> None:
        """Take a message of the page."""

    def close(self) -> None:
        """End it."""


class Ended(Protocol):
    """The end of a connection."""

    @property
    def code(self) -> int:
        """As that of a WebSocket."""

    @property
    def reason(self) -> str:
        """In a sentence."""


Message: TypeAlias = str | bytes | memoryview | Ended
"""What goes to a page: text, a patch, or the end."""


class Attach(Protocol):
    """Opens the connection of one page."""

    def __call__(
        self, tell: Callable[[Message], object], /, *, everyone: bool = False
    ) -> Attachment:
        """Open one that says what it says by `tell`; or the one of all views at once.

        Raises:
            OSError, RuntimeError: there is no service.
        """


class Send(Protocol):
    """Sends a message to all views of the widget; any thread may call it."""

    def __call__(
        self, content: Mapping[str, object], buffers: list[bytes | memoryview] | None = None
    ) -> object:
        """Send it."""
