"""Bytes by which a client breaks the protocol of WebSockets."""

from __future__ import annotations

import random

from support.raw_websocket import BINARY, CLOSE, CONT, PING, TEXT, closing, frame, part


def malformed(rng: random.Random) -> bytes:
    """Bytes that are no valid exchange of frames."""
    noise = rng.randbytes(rng.randint(1, 200))
    return rng.choice(
        [
            noise,
            frame(rng.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), noise),
            frame(TEXT, noise, rsv=rng.randint(1, 7)),
            frame(TEXT, noise, mask=False),
            frame(TEXT, noise + b"\xff"),
            frame(CONT, noise),
            frame(PING, bytes(126)),
            part(PING, b""),
            frame(CLOSE, rng.randbytes(1)),
            closing(rng.choice([0, 999, 1005, 65535])),
            part(TEXT, noise[:0]) + frame(TEXT, noise),
            bytes([0x82, 0xFF]) + rng.randbytes(8),
            frame(BINARY, noise)[: rng.randint(1, 5)],
        ]
    )
