"""Frames and commands as bytes, and what stands in their heads.  [no I/O]

A frame is a byte of flags, its size in one byte or in eight, and its body. A command is a frame
whose body is a name, with its length before it, and what it says.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.greeting import BAD_CONNECTION

MORE: Final = 1
LONG: Final = 2
COMMAND: Final = 4

SHORT_HEAD: Final = 2
LONG_HEAD: Final = 9
"""Bytes before the body."""


class Head(NamedTuple):
    """What stands before a body: its flags, its size, and where it begins."""

    flags: int
    size: int
    begin: int


def read_head(data: bytes, at: int) -> Head | int:
    """Return the head of the frame that begins at `at`, or how many bytes it has, as far as that
    is known, if they are not there yet.

    Raises:
        InvalidMessage: its flags are none.
    """
    if len(data) - at < SHORT_HEAD:
        return SHORT_HEAD
    flags = data[at]
    if flags > (COMMAND | LONG | MORE) or flags & (COMMAND | MORE) == COMMAND | MORE:
        raise InvalidMessage(BAD_CONNECTION, f"a frame has the flags {flags:#x}")
    if not flags & LONG:
        return Head(flags, data[at + 1], at + SHORT_HEAD)
    if len(data) - at < LONG_HEAD:
        return LONG_HEAD
    return Head(flags, int.from_bytes(data[at + 1 : at + LONG_HEAD], "big"), at + LONG_HEAD)


def frame(body: bytes, flags: int = 0) -> bytes:
    """Return a frame of this body."""
    if len(body) < 256:
        return bytes([flags, len(body)]) + body
    return bytes([flags | LONG]) + len(body).to_bytes(8, "big") + body


def command(name: bytes, data: bytes = b"") -> bytes:
    """Return a command as a frame."""
    return frame(bytes([len(name)]) + name + data, COMMAND)


def read_command(body: bytes) -> tuple[bytes, bytes]:
    """Return name and data of the command in the body of a frame.

    Raises:
        InvalidMessage: it has no name, or less of it than it says.
    """
    end = 1 + body[0] if body else 0
    if not 1 < end <= len(body):
        raise InvalidMessage(BAD_CONNECTION, f"a command of {body[:20]!r}")
    return body[1:end], body[end:]


def ready(socket_type: bytes) -> bytes:
    """Return the command that says what kind of socket this is."""
    name, size = b"Socket-Type", len(socket_type).to_bytes(4, "big")
    return command(b"READY", bytes([len(name)]) + name + size + socket_type)


def read_properties(data: bytes) -> dict[bytes, bytes]:
    """Return the properties in the data of a READY command, their names in small letters.

    Raises:
        InvalidMessage: they are cut off.
    """
    properties: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        value = at + 1 + data[at] + 4
        end = value + int.from_bytes(data[value - 4 : value], "big")
        if end > len(data) or value > len(data):
            raise InvalidMessage(BAD_CONNECTION, "the properties of its socket are cut off")
        properties[data[at + 1 : value - 4].lower()] = data[value:end]
        at = end
    return properties
