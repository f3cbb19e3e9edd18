"""The first bytes of a connection: golden ones of libzmq, and who is refused by which of them."""

from __future__ import annotations

import pytest

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.greeting import (
    BAD_CONNECTION,
    GREETING,
    GREETING_SIZE,
    OLD_ZEROMQ,
    read_greeting,
)

LIBZMQ_4_3 = bytes.fromhex("ff00000000000000017f03014e554c4c") + bytes(48)


def with_byte(at: int, value: int) -> bytes:
    return GREETING[:at] + bytes([value]) + GREETING[at + 1 :]


def test_ours_is_that_of_libzmq() -> None:
    assert GREETING == LIBZMQ_4_3
    assert len(GREETING) == GREETING_SIZE


@pytest.mark.parametrize("minor", [0, 1, 2])
def test_the_minor_version_is_known_when_all_has_come(minor: int) -> None:
    greeting = with_byte(11, minor)
    assert [read_greeting(greeting[:size]) for size in range(GREETING_SIZE)] == [None] * 64
    assert read_greeting(greeting) == minor


def test_a_later_version_is_spoken_with_as_version_3() -> None:
    assert read_greeting(with_byte(10, 4)) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"GET / HTTP/1.1\r\n", BAD_CONNECTION),
        (b"\x00", BAD_CONNECTION),
        (b"\x01\x01", BAD_CONNECTION),
        (b"\x16\x03\x01", BAD_CONNECTION),  # TLS
        (with_byte(9, 0x7E)[:10], BAD_CONNECTION),
        (GREETING[:12] + b"CURVE".ljust(20, b"\0") + bytes(32), BAD_CONNECTION),
        (GREETING[:12] + bytes(52), BAD_CONNECTION),
        (b"\x01\x00", OLD_ZEROMQ),  # ZMTP 1: the empty name of a socket
        (with_byte(10, 1)[:11], OLD_ZEROMQ),  # ZMTP 2
        (with_byte(10, 0), OLD_ZEROMQ),
    ],
)
def test_others_are_refused_by_the_first_bytes_that_tell(data: bytes, kind: str) -> None:
    with pytest.raises(InvalidMessage) as refused:
        read_greeting(data)
    assert refused.value.kind == kind


def test_a_first_byte_that_may_become_an_old_name_is_waited_for() -> None:
    assert read_greeting(b"\x01") is None
