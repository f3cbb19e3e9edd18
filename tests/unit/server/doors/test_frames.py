"""Messages as frames: those that are large are not copied."""

from __future__ import annotations

import struct

import pytest
from websockets.frames import Frame, Opcode

from zwsnb.server.doors.frames import LARGE, frame_of


@pytest.mark.parametrize("size", [0, 125, 126, LARGE - 1, LARGE, LARGE + 1])
@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.BINARY])
def test_a_frame_is_that_of_the_library(opcode: Opcode, size: int) -> None:
    message = b"m" * size
    whole = Frame(opcode, message).serialize(mask=False)
    assert b"".join(frame_of(opcode, message)) == whole
    assert b"".join(frame_of(opcode, message.decode())) == whole


def test_a_large_message_is_seen_and_not_copied() -> None:
    message = bytearray(LARGE)
    _, data = frame_of(Opcode.BINARY, message)
    message[0] = 7
    assert data[0] == 7


def test_whatever_holds_bytes_is_counted_in_bytes() -> None:
    head, data = frame_of(Opcode.BINARY, memoryview(bytes(2 * LARGE)).cast("Q"))
    assert struct.unpack("!BBQ", head) == (0x82, 127, 2 * LARGE)
    assert len(data) == 2 * LARGE
