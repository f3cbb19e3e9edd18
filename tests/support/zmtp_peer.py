"""The bytes of a producer, to be cut and spoiled: what a PUB socket sends that has connected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.wire import LONG, MORE, command, frame, ready

HELLO: Final = GREETING + ready(b"PUB")
"""What it sends before its first message."""


def message(*frames: bytes) -> bytes:
    """Return the bytes of a message."""
    last = len(frames) - 1
    return b"".join(frame(body, MORE if i < last else 0) for i, body in enumerate(frames))


def long_frame(body: bytes, flags: int = 0) -> bytes:
    """Return a frame whose size has eight bytes, as it may have where it is small."""
    return bytes([flags | LONG]) + len(body).to_bytes(8, "big") + body


def ping(context: bytes = b"") -> bytes:
    """Return a PING: the next one comes within a second."""
    return command(b"PING", b"\x00\x0a" + context)


def chunks(data: bytes, sizes: Iterable[int]) -> list[bytes]:
    """Cut data after so many bytes each, the last sizes for what is left."""
    found = []
    for size in sizes:
        found.append(data[:size])
        data = data[size:]
    return [each for each in (*found, data) if each]
