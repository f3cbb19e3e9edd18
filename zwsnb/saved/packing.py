"""Columns of numbers as few bytes, to the last bit.  [no I/O]

Each number is written as what differs in its bits from the one before it (exclusive or), and then
the first bytes of all, the second ones, and so on (after the Blosc library's shuffle): what
neighbours share becomes runs of zeros, for zlib. A noisy y takes 7 bytes of its 8, one that was a
float32 4, an x that counts 1. ``static/saved/packed.js`` reads it.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwsnb.kinds.arrays import Column

LEVEL: Final = 5

BYTES_AT_ONCE: Final = 64 * 1024
"""Bytes that one step compresses: some milliseconds of work."""

_BYTES: Final = 8  # of a number


def pack(columns: Iterable[Column]) -> Iterator[bytes]:
    """Yield columns as bytes, piece by piece, some of which are empty."""
    packer = zlib.compressobj(LEVEL)
    for column in columns:
        content = _shuffled(column)
        for begin in range(0, len(content), BYTES_AT_ONCE):
            yield packer.compress(content[begin : begin + BYTES_AT_ONCE])
    yield packer.flush()


def unpack(content: bytes, lengths: Iterable[int]) -> Iterator[Column]:
    """Yield columns of so many numbers; for tests."""
    rest = zlib.decompress(content)
    for length in lengths:
        planes = np.frombuffer(rest[: _BYTES * length], dtype=np.uint8).reshape(_BYTES, length)
        rest = rest[_BYTES * length :]
        bits = np.ascontiguousarray(planes.T).view("<u8").reshape(-1)
        yield np.bitwise_xor.accumulate(bits).view("<f8") if length else np.empty(0)


def _shuffled(column: Column) -> bytes:
    bits = np.array(column, dtype="<f8").view("<u8")
    bits[1:] ^= bits[:-1].copy()
    return bits.view(np.uint8).reshape(-1, _BYTES).T.tobytes()
