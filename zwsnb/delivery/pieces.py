"""Frames in pieces, as they go to a way in with keys.  [no I/O]

A frame that is shorter than `PIECE` is one piece, and ends there; of a longer one further pieces
follow, of which the last one is shorter, and may be empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zwsnb.protocol.batch import Frame

PIECE: Final = 16 << 10
"""Bytes of a piece at most. ZeroMQ reads a frame whole before it looks whose it is: as much is held
of a stranger.
"""


def cut(frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames of a message in pieces, which are views."""
    return [
        memoryview(frame)[begin : begin + PIECE]
        for frame in frames
        for begin in range(0, len(frame) + 1, PIECE)
    ]


def joined(pieces: Sequence[bytes]) -> list[bytes]:
    """Return the frames of a message that has come in pieces; those of a message that is not whole
    are what there is of them.
    """
    frames: list[bytes] = []
    begin = 0
    for end, piece in enumerate(pieces, 1):
        if len(piece) < PIECE or end == len(pieces):
            frames.append(b"".join(pieces[begin:end]))
            begin = end
    return frames
