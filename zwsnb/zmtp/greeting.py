"""The first 64 bytes of a connection: that it is ZeroMQ's, its version, and how it is secured.  [no
I/O]
"""

from __future__ import annotations

from typing import Final

from zwsnb.protocol.messages import InvalidMessage

BAD_CONNECTION: Final = "bad connection"
OLD_ZEROMQ: Final = "old ZeroMQ"
"""Kinds of refusals."""

GREETING_SIZE: Final = 64

_SIGNATURE_SIZE: Final = 10
_OLDEST: Final = 3
_MECHANISM: Final = slice(12, 32)

GREETING: Final = b"\xff\0\0\0\0\0\0\0\x01\x7f" + b"\x03\x01" + b"NULL".ljust(20, b"\0") + bytes(32)
"""That of libzmq 4.3 and ours: a signature, version 3.1, not secured, and no server of that."""


def read_greeting(data: bytes) -> int | None:
    """Return the minor version of a greeting, or None as long as `data` is the beginning of one.

    Raises:
        InvalidMessage: it is no greeting of ZMTP 3 without encryption. A stranger is told by the
            first byte.
    """
    if data and data[0] != 0xFF:
        # A socket of ZeroMQ 2 begins with its name as a frame, which is empty: 1 byte, of flags.
        if data == b"\x01":
            return None
        kind = OLD_ZEROMQ if data.startswith(b"\x01\x00") else BAD_CONNECTION
        raise InvalidMessage(kind, f"it begins with {data[:8]!r}, which is no ZMTP 3")
    if len(data) >= _SIGNATURE_SIZE and not data[9] & 1:
        raise InvalidMessage(BAD_CONNECTION, "its signature is none of ZMTP")
    if len(data) > _SIGNATURE_SIZE and data[10] < _OLDEST:
        raise InvalidMessage(OLD_ZEROMQ, "it speaks ZMTP 2, as ZeroMQ 3 does")
    if len(data) < GREETING_SIZE:
        return None
    mechanism = data[_MECHANISM].rstrip(b"\0")
    if mechanism != b"NULL":
        raise InvalidMessage(BAD_CONNECTION, f"it wants to be secured by {mechanism!r}")
    return data[11]
