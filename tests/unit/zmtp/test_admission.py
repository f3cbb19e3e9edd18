"""A handshake that is passed on: when the client is in, and what it may send before."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from support.zmtp_peer import chunks, message

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.admission import LONGEST_HANDSHAKE, Admission
from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.wire import command

WELCOME = command(b"WELCOME", bytes(160))
READY = command(b"READY", bytes(300))
"""What a server of CURVE says, as long as it is."""


@given(st.lists(st.integers(1, 700), max_size=9))
def test_it_is_granted_when_the_server_has_said_ready_however_that_is_cut(cuts: list[int]) -> None:
    admission = Admission()
    said = [*chunks(GREETING + WELCOME + READY[:-1], cuts)]
    assert [admission.answer(each) for each in said] == [False] * len(said)
    assert admission.answer(READY[-1:] + message(b"receipt"))
    assert admission.is_granted


@pytest.mark.parametrize(
    "said",
    [
        READY,  # in place of the greeting
        GREETING + command(b"ERROR", b"\x03400"),
        GREETING + command(b"READ") + command(b"READYY"),
        GREETING + message(b"\x05READY"),
    ],
)
def test_nothing_else_grants_it(said: bytes) -> None:
    admission = Admission()
    assert not admission.answer(said)


@pytest.mark.parametrize("said", [b"\xff\0\0", command(b"WELCOME", bytes(5000)), command(b"")])
def test_a_server_that_speaks_otherwise_is_none(said: bytes) -> None:
    with pytest.raises(InvalidMessage):
        Admission().answer(GREETING + said)


def test_a_stranger_has_the_bytes_of_a_handshake_and_who_is_in_has_any_number() -> None:
    admission = Admission()
    admission.take(LONGEST_HANDSHAKE)
    with pytest.raises(InvalidMessage, match=f"a handshake of {LONGEST_HANDSHAKE + 1} bytes so"):
        admission.take(1)
    admission.answer(GREETING + READY)
    admission.take(1 << 30)
