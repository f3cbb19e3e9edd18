"""What a WebSocket client sends, from bytes to messages: the parser of `websockets`, and a shortcut
for the one kind of frame that a page sends 60 times a second.

The parser of `websockets` returns frames; `Inbox` decodes text as it comes, so that invalid UTF-8
fails the connection at its first byte, and joins fragments to messages. To do so it relies upon a
few things of `websockets.protocol.Protocol` that its documentation does not promise, so setup.cfg
bounds the version, and tests/unit/server/test_inbox.py names them:

- `receive_data` and `receive_eof` call `recv_frame` once for each whole frame, in order, and what
  `recv_frame` raises fails the connection: UnicodeDecodeError with 1007, ProtocolError with 1002;
- `current_size`, which was `cur_size` before websockets 16, is None except between the fragments of
  a message, and may be set;
- `reader.buffer` holds the bytes of a frame that is not yet whole, and is empty between two;
- `data_to_send` returns whole frames, one an item, and `SEND_EOF` when the server is to close TCP.
"""

from __future__ import annotations

import codecs
from collections import deque
from typing import TYPE_CHECKING, AnyStr, Final, Generic

from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol, Side, State

from zwsnb.server.error_log import SILENT

if TYPE_CHECKING:
    from collections.abc import Callable

_WHOLE_TEXT: Final = 0x81
"""The first byte of a text frame that is a whole message: FIN and the opcode."""

_MASKED: Final = 0x80
"""The bit beside the length that says that a mask follows."""


class Inbox(Protocol):
    """The messages of one client, in the order in which they came.

    max_size: bytes of one message, its fragments together; more fails the connection with 1009.
    """

    def __init__(self, max_size: int) -> None:
        super().__init__(Side.SERVER, state=State.OPEN, max_size=max_size, logger=SILENT)
        self.messages: deque[str | bytes] = deque()
        self.cur_size: int | None = None  # `current_size` before websockets 16
        # Between two frames and between two messages: the next byte begins both.
        self.is_between = True
        self._begun: _Parts[str] | _Parts[bytes] | None = None  # a message whose end has not come

    def try_take(self, data: bytes) -> bool:
        """Take `data` if that is one short message which needs no parser; False if it needs one,
        and nothing has happened.
        """
        text = whole_text(data) if self.is_between else None
        if text is None:
            return False
        self.messages.append(text)
        return True

    def receive_data(self, data: bytes | bytearray) -> None:
        """Parse what the client has sent."""
        self.is_between = False
        super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        """Take a frame. What is raised here fails the connection, with the code that is its."""
        if frame.opcode is Opcode.CLOSE:
            # A close frame may stand between two fragments (RFC 6455, 5.4).
            self.current_size = self.cur_size = None
        super().recv_frame(frame)
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            self._join(frame)
        self.is_between = (
            self.state is State.OPEN and self._begun is None and not self.reader.buffer
        )

    def _join(self, frame: Frame) -> None:
        if self._begun is None:  # the parser refuses a frame that continues nothing
            self._begun = _text() if frame.opcode is Opcode.TEXT else _binary()
        self._begun.add(bytes(frame.data), final=frame.fin)
        if frame.fin:
            self.messages.append(self._begun.joined())
            self._begun = None


class _Parts(Generic[AnyStr]):
    """The fragments of a message, decoded."""

    def __init__(self, empty: AnyStr, decode: Callable[[bytes, bool], AnyStr]) -> None:
        self.parts: list[AnyStr] = []
        self._empty: AnyStr = empty
        # Takes the data of a fragment, and whether it is the last one.
        self._decode: Callable[[bytes, bool], AnyStr] = decode

    def add(self, data: bytes, *, final: bool) -> None:
        """Add a fragment. Raises UnicodeDecodeError at the first byte that is no UTF-8."""
        part = self._decode(data, final)
        if part:  # fragments without content are free to send, and must be free to receive
            self.parts.append(part)

    def joined(self) -> AnyStr:
        """Return the message."""
        return self._empty.join(self.parts)


def _text() -> _Parts[str]:
    return _Parts("", codecs.getincrementaldecoder("utf-8")().decode)


def _binary() -> _Parts[bytes]:
    return _Parts(b"", lambda data, _final: data)


def whole_text(data: bytes) -> str | None:
    """Return the text of `data` if that is one short text frame of a client, whole and alone; else
    None.

    A page sends nothing else 60 times a second, and the parser would take as long as all that the
    relay does with it.
    """
    n = len(data) - 6
    if not 0 < n < 126 or data[0] != _WHOLE_TEXT or data[1] != _MASKED | n:
        return None
    mask = data[2:6] * (n // 4 + 1)
    text = int.from_bytes(data[6:], "big") ^ int.from_bytes(mask[:n], "big")
    try:
        return text.to_bytes(n, "big").decode()
    except UnicodeDecodeError:
        return None
