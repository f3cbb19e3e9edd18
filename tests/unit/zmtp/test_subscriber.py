"""A SUB peer without a socket, and the bytes of producers: whole, cut, spoiled, or refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, strategies as st
from support.zmtp_peer import HELLO, chunks, long_frame, message, ping

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.frames import TOO_LARGE, Message
from zwsnb.zmtp.greeting import BAD_CONNECTION, GREETING
from zwsnb.zmtp.subscriber import LONGEST_HANDSHAKE, Subscriber
from zwsnb.zmtp.wire import COMMAND, command, frame, ready

OLDER = GREETING[:11] + b"\0" + GREETING[12:]
"""The greeting of ZMTP 3.0."""


def receive(peer: Subscriber, data: bytes, *cuts: int) -> list[Message]:
    """Hand over data in pieces, and take what comes of it."""
    found: list[Message] = []
    for chunk in chunks(data, cuts):
        peer.receive(chunk)
        if not peer.is_ready:
            peer.shake_hands()
        while peer.can_take:
            found += peer.take(10)
    return found


@pytest.fixture
def ready_one() -> Subscriber:
    """One that has shaken hands, and owes nothing."""
    peer = Subscriber()
    receive(peer, HELLO)
    peer.data_to_send()
    return peer


@pytest.mark.parametrize(
    ("greeting", "subscription"),
    [(GREETING, command(b"SUBSCRIBE")), (OLDER, frame(b"\x01"))],
)
def test_it_greets_says_what_it_is_and_subscribes_to_everything(
    greeting: bytes, subscription: bytes
) -> None:
    peer = Subscriber()
    assert peer.data_to_send() == GREETING
    receive(peer, greeting)
    assert peer.data_to_send() == ready(b"SUB")
    receive(peer, ready(b"PUB"))
    assert peer.data_to_send() == subscription
    assert receive(peer, message(b"topic", b"{}")) == [[b"topic", b"{}"]]
    assert peer.data_to_send() == b""


@given(st.lists(st.integers(1, 70), max_size=9))
def test_however_a_producer_is_cut_its_messages_come(cuts: list[int]) -> None:
    peer = Subscriber()
    sent = [[b"a"], [b"topic", b"b" * 300], [b""]]
    data = HELLO + ping() + b"".join(message(*each) for each in sent)
    assert receive(peer, data, *cuts) == sent
    assert peer.held == peer.left_out == 0


@given(st.lists(st.binary(max_size=90), max_size=6), st.booleans(), st.booleans())
def test_noise_is_refused_and_nothing_else(noise: list[bytes], greeted: bool, said: bool) -> None:
    data = GREETING * greeted + ready(b"XPUB") * (greeted and said)
    with contextlib.suppress(InvalidMessage):
        receive(Subscriber(), data + b"".join(noise), len(data), *map(len, noise))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (GREETING + ready(b"PUSH"), r"of type b'PUSH', and not a PUB one"),
        (GREETING + command(b"READY"), r"of type b'', and not a PUB one"),
        (GREETING + message(b"early"), "a message before READY"),
        (GREETING + ping(), "b'PING' before READY"),
        (GREETING + command(b"ERROR", b"\x03bad"), "it says that b'bad' is wrong"),
        (HELLO + command(b"ERROR", b"\x03bad"), "it says that b'bad' is wrong"),
        (HELLO + command(b"PING", b"\0"), "a PING of 1 bytes"),
        (HELLO + ping(bytes(17)), "a PING of 19 bytes"),
        (b"GET / HTTP/1.1\r\n\r\n", "no ZMTP 3"),
    ],
)
def test_what_is_no_producer_is_refused_with_a_word(data: bytes, why: str) -> None:
    with pytest.raises(InvalidMessage, match=why) as refused:
        receive(Subscriber(), data)
    assert refused.value.kind == BAD_CONNECTION


def test_a_handshake_has_an_end() -> None:
    peer = Subscriber()
    receive(peer, GREETING)
    with pytest.raises(InvalidMessage, match="a handshake of") as refused:
        receive(peer, long_frame(bytes(8_000)), *[100] * 80)
    assert refused.value.kind == TOO_LARGE
    assert peer.held <= LONGEST_HANDSHAKE + 100
    with pytest.raises(InvalidMessage, match="a command of"):
        receive(Subscriber(), GREETING + long_frame(bytes(8_000), COMMAND))


def test_what_comes_with_the_handshake_waits_to_be_taken() -> None:
    peer = Subscriber()
    peer.receive(HELLO + message(b"a") * 2_000)
    assert not peer.can_take
    peer.shake_hands()
    assert peer.is_ready
    assert peer.held == 6_000
    assert peer.take(1) == [[b"a"]]


def test_a_ping_is_answered_with_what_it_says(ready_one: Subscriber) -> None:
    receive(ready_one, ping(b"context"))
    assert ready_one.data_to_send() == command(b"PONG", b"context")
    receive(ready_one, ping(b"1") + ping(b"2") * 1_000)
    assert ready_one.data_to_send() == command(b"PONG", b"2")


def test_commands_without_use_harm_nothing(ready_one: Subscriber) -> None:
    data = command(b"PONG") + command(b"SUBSCRIBE", b"a") + command(b"LATER", b"more")
    assert receive(ready_one, data + message(b"a")) == [[b"a"]]
    assert ready_one.data_to_send() == b""
