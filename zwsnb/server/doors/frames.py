"""Messages as frames of a WebSocket, as a server sends them.  [no I/O]"""

from __future__ import annotations

import struct
from typing import Final

from websockets.frames import Frame, Opcode

PING: Final = Frame(Opcode.PING, b"").serialize(mask=False)
CLOSE_BYTE: Final = b"\x88"
"""The first byte of a close frame: FIN and the opcode."""

PONG_BYTE: Final = b"\x8a"

LARGE: Final = 1 << 16
"""Bytes of a message from which on the length of its frame takes eight bytes, and what it holds is
a piece of its own: a copy of tens of megabytes would hold the hub, and wait for the reader too.
"""

_FIN: Final = 0x80
_EIGHT_BYTES: Final = 127

_HEAD: Final = struct.Struct("!BBQ")


def frame_of(
    opcode: Opcode, message: str | bytes | bytearray | memoryview
) -> tuple[bytes | memoryview, ...]:
    """Return a message as one whole frame, in one piece or two."""
    data = message.encode() if isinstance(message, str) else memoryview(message).cast("B")
    if len(data) < LARGE:
        return (Frame(opcode, data).serialize(mask=False),)
    return _HEAD.pack(_FIN | opcode, _EIGHT_BYTES, len(data)), memoryview(data)
