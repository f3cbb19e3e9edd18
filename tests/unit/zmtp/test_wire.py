"""Frames and commands as bytes: golden ones of libzmq, both ways, and what is none."""

from __future__ import annotations

import pytest

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.wire import (
    COMMAND,
    LONG,
    LONG_HEAD,
    MORE,
    SHORT_HEAD,
    Head,
    command,
    frame,
    read_command,
    read_head,
    read_properties,
    ready,
)

GOLDEN = [
    (ready(b"PUB"), "04190552454144590b536f636b65742d5479706500000003505542"),
    (ready(b"XPUB"), "041a0552454144590b536f636b65742d547970650000000458505542"),
    (command(b"PING", b"\x00\x0a"), "04070450494e47000a"),
    (command(b"PONG", b"now"), "040804504f4e476e6f77"),
    (command(b"SUBSCRIBE"), "040a09535542534352494245"),
    (frame(b"\x01"), "000101"),
    (frame(b"hello"), "000568656c6c6f"),
    (frame(b"a", MORE), "010161"),
    (frame(b"a" * 300), "02000000000000012c" + "61" * 300),
    (frame(b"a" * 300, MORE), "03000000000000012c" + "61" * 300),
]


@pytest.mark.parametrize(("data", "golden"), GOLDEN)
def test_bytes_are_those_of_libzmq(data: bytes, golden: str) -> None:
    assert data.hex() == golden


@pytest.mark.parametrize("data", [data for data, _ in GOLDEN])
def test_a_head_says_where_its_body_is(data: bytes) -> None:
    head = read_head(b"before" + data, 6)
    assert isinstance(head, Head)
    assert head.begin + head.size == 6 + len(data)
    assert head.flags == data[0]


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        (b"", SHORT_HEAD),
        (b"\x00", SHORT_HEAD),
        (b"\x02\x00", LONG_HEAD),
        (b"\x02" + bytes(7), LONG_HEAD),
    ],
)
def test_a_head_that_is_not_there_yet_says_how_long_it_is(data: bytes, missing: int) -> None:
    assert read_head(data, 0) == missing


@pytest.mark.parametrize("flags", [8, 0x10, 0x80, 0xFF, COMMAND | MORE, COMMAND | LONG | MORE])
def test_flags_that_are_none_are_refused(flags: int) -> None:
    with pytest.raises(InvalidMessage, match="a frame has the flags"):
        read_head(bytes([flags]) + bytes(9), 0)


def test_a_command_has_a_name_and_data() -> None:
    assert read_command(b"\x04PING\x00\x0aab") == (b"PING", b"\x00\x0aab")
    assert read_command(b"\x01a") == (b"a", b"")


@pytest.mark.parametrize("body", [b"", b"\x00", b"\x00a", b"\x02a", b"\xff"])
def test_a_command_without_its_name_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidMessage, match="a command of"):
        read_command(body)


def test_properties_are_found_in_any_case_of_letters() -> None:
    data = b"\x0bSOCKET-type\0\0\0\x03PUB" + b"\x08Identity\0\0\0\0"
    assert read_properties(data) == {b"socket-type": b"PUB", b"identity": b""}
    assert read_properties(b"") == {}


@pytest.mark.parametrize("cut", [1, 5, 12, 15, 16, 18])
def test_properties_that_are_cut_off_are_refused(cut: int) -> None:
    with pytest.raises(InvalidMessage, match="cut off"):
        read_properties(b"\x0bSocket-Type\0\0\0\x03PUB"[:cut])
