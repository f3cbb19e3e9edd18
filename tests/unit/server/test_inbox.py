"""From bytes to messages: however they are cut, with the shortcut and without it."""

from __future__ import annotations

import random
import re
import struct
from dataclasses import dataclass, field
from importlib.metadata import version

import pytest
from hypothesis import given, settings, strategies as st
from support.characters import CHARACTERS
from support.paths import ROOT
from websockets.frames import Frame, Opcode
from websockets.protocol import SEND_EOF

from zwsnb.server.inbox import Inbox, whole_text

MAX_SIZE = 1 << 16

MASKS = st.binary(min_size=4, max_size=4)


def masked(opcode: int, payload: bytes, mask: bytes = bytes(4), *, fin: bool = True) -> bytes:
    """A frame of a client, its length as short as may be."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", fin << 7 | opcode, 0x80 | size)
    else:
        head = struct.pack("!BBH", fin << 7 | opcode, 0x80 | 126, size)
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


@dataclass
class Reader:
    """What a connection makes of bytes, with the shortcut or by the parser alone."""

    takes_shortcut: bool
    inbox: Inbox = field(default_factory=lambda: Inbox(MAX_SIZE))
    messages: list[str | bytes] = field(default_factory=list)
    replies: list[bytes] = field(default_factory=list)

    def read(self, data: bytes) -> None:
        if not (self.takes_shortcut and self.inbox.try_take(data)):
            self.inbox.receive_data(data) if data else self.inbox.receive_eof()
        self.messages += self.inbox.messages
        self.inbox.messages.clear()
        self.replies += self.inbox.data_to_send()

    def outcome(self) -> tuple[object, ...]:
        inbox = self.inbox
        return self.messages, self.replies, inbox.close_rcvd, inbox.close_sent, inbox.state


SHORT_TEXT = st.builds(
    lambda text, mask: masked(Opcode.TEXT, text.encode()[:125], mask),
    st.text(CHARACTERS, max_size=40),
    MASKS,
)
ANY_FRAME = st.builds(
    lambda opcode, payload, mask, fin: masked(opcode, payload, mask, fin=fin),
    st.integers(0, 15),
    st.binary(max_size=140),
    MASKS,
    st.booleans(),
)
CLOSE = st.builds(
    lambda code, reason: masked(Opcode.CLOSE, struct.pack("!H", code) + reason.encode()),
    st.sampled_from([999, 1000, 1001, 4000, 5000]),
    st.text(CHARACTERS, max_size=20),
)
UNMASKED = st.binary(max_size=20).map(lambda data: bytes([0x81, len(data)]) + data)
FRAGMENT = st.builds(
    lambda opcode, payload: masked(opcode, payload, fin=False),
    st.sampled_from([Opcode.TEXT, Opcode.BINARY]),
    st.binary(max_size=5),
)
BYTES = SHORT_TEXT | ANY_FRAME | FRAGMENT | CLOSE | UNMASKED | st.binary(max_size=10)


def nested(before: bytes, text: bytes, more: bytes) -> list[bytes]:
    """A frame that contains another one, cut before and after that."""
    whole = before + masked(Opcode.BINARY, text + more)
    head = len(whole) - len(text + more)
    return [whole[:head], whole[head : head + len(text)], whole[head + len(text) :]]


# Each as it comes from the socket: a frame by itself, two pieces of one, two at once, or a frame
# within a frame.
PIECES = st.lists(
    BYTES.map(lambda data: [data])
    | st.builds(lambda data, at: [data[:at], data[at:]], BYTES, st.integers(0, 150))
    | st.builds(lambda one, other: [one + other], BYTES, BYTES)
    | st.builds(nested, st.just(b"") | SHORT_TEXT, SHORT_TEXT, st.binary(max_size=20)),
    max_size=8,
).map(lambda groups: [piece for group in groups for piece in group if piece])


@settings(max_examples=300, deadline=None)
@given(PIECES, st.booleans())
def test_the_shortcut_reads_what_the_parser_reads(pieces: list[bytes], ends: bool) -> None:
    quick, slow = Reader(takes_shortcut=True), Reader(takes_shortcut=False)
    for data in [*pieces, *[b""] * ends]:
        quick.read(data)
        slow.read(data)
        assert quick.outcome() == slow.outcome()


@settings(deadline=None)
@given(SHORT_TEXT)
def test_a_short_text_takes_the_shortcut(frame: bytes) -> None:
    parsed = Reader(takes_shortcut=False)
    parsed.read(frame)
    text = whole_text(frame)
    assert parsed.messages == ([text] if text is not None else parsed.messages)
    is_utf8 = bool(parsed.messages) and parsed.messages != [""]
    assert (text is not None) == is_utf8


@settings(deadline=None)
@given(st.binary(max_size=140))
def test_the_shortcut_takes_nothing_else(data: bytes) -> None:
    text = whole_text(data)
    assert text is None or (data[0], data[1] & 0x7F) == (0x81, len(data) - 6)


@settings(deadline=None)
@given(st.lists(st.text(CHARACTERS) | st.binary(), max_size=5), st.randoms(use_true_random=False))
def test_however_the_bytes_are_cut_the_messages_are_the_same(
    messages: list[str | bytes], rng: random.Random
) -> None:
    sent = b"".join(
        masked(Opcode.TEXT, message.encode())
        if isinstance(message, str)
        else masked(Opcode.BINARY, message)
        for message in messages
    )
    inbox = Inbox(MAX_SIZE)
    while sent:
        size = rng.randint(1, len(sent))
        inbox.receive_data(sent[:size])
        sent = sent[size:]
    assert list(inbox.messages) == messages


def test_empty_fragments_are_not_kept() -> None:
    inbox = Inbox(MAX_SIZE)
    inbox.receive_data(
        masked(Opcode.TEXT, b"x", fin=False) + masked(Opcode.CONT, b"", fin=False) * 1000
    )
    assert inbox._begun is not None
    assert inbox._begun.parts == ["x"]


# -- what is relied upon of websockets -------------------------------------------------------------


def test_the_version_of_websockets_is_bounded() -> None:
    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    found = re.search(r"^ +websockets >= [0-9.]+, < ([0-9]+)$", setup, re.MULTILINE)
    assert found, "internals of it are subclassed"
    assert int(version("websockets").partition(".")[0]) < int(found[1])


def test_each_whole_frame_is_handled_once_and_in_order() -> None:
    seen: list[Opcode] = []

    class Watched(Inbox):
        def recv_frame(self, frame: Frame) -> None:
            seen.append(frame.opcode)
            super().recv_frame(frame)

    data = masked(Opcode.TEXT, b"a", fin=False) + masked(Opcode.PING, b"") + masked(0, b"b")
    inbox = Watched(MAX_SIZE)
    for i in range(len(data)):
        inbox.receive_data(data[i : i + 1])
    assert seen == [Opcode.TEXT, Opcode.PING, Opcode.CONT]
    assert list(inbox.messages) == ["ab"]


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (masked(Opcode.TEXT, b"\xff"), 1007),
        (masked(Opcode.CONT, b"x"), 1002),
        (masked(3, b"x"), 1002),
        (bytes([0x81, 0xFE, 0xFF, 0xFF]) * 2, None),  # not yet a whole frame
        (bytes([0x82, 0xFF]) + struct.pack("!Q", MAX_SIZE + 1), 1009),
    ],
)
def test_what_is_raised_fails_the_connection_with_its_code(frames: bytes, code: int | None) -> None:
    inbox = Inbox(MAX_SIZE)
    inbox.receive_data(frames)
    assert (inbox.close_sent.code if inbox.close_sent else None) == code


def test_the_size_that_is_counted_is_none_between_two_messages() -> None:
    inbox = Inbox(MAX_SIZE)
    sizes = []
    for frame in (
        masked(Opcode.TEXT, b"x", fin=False),
        masked(Opcode.CONT, b"yz", fin=False),
        masked(Opcode.CONT, b""),
    ):
        inbox.receive_data(frame)
        sizes.append((getattr(inbox, "current_size", None), inbox.cur_size))
    # Its name was another one before websockets 16.
    assert sizes in ([(1, None), (3, None), (None, None)], [(None, 1), (None, 3), (None, None)])


def test_a_close_frame_between_two_fragments_is_answered() -> None:
    inbox = Inbox(MAX_SIZE)
    close = masked(Opcode.CLOSE, struct.pack("!H", 1001))
    inbox.receive_data(masked(Opcode.TEXT, b"x", fin=False) + close)
    assert inbox.close_sent is not None
    assert inbox.close_sent.code == 1001


def test_the_buffer_holds_what_is_no_whole_frame() -> None:
    inbox = Inbox(MAX_SIZE)
    frame = masked(Opcode.TEXT, b"text")
    inbox.receive_data(frame + frame[:1])
    assert (bytes(inbox.reader.buffer), inbox.is_between) == (frame[:1], False)
    inbox.receive_data(frame[1:])
    assert (bytes(inbox.reader.buffer), inbox.is_between) == (b"", True)


def test_replies_are_whole_frames_and_then_the_end() -> None:
    inbox = Inbox(MAX_SIZE)
    close = struct.pack("!H", 1000)
    inbox.receive_data(
        masked(Opcode.PING, b"a") + masked(Opcode.PING, b"b") + masked(Opcode.CLOSE, close)
    )
    assert inbox.data_to_send() == [b"\x8a\x01a", b"\x8a\x01b", b"\x88\x02" + close, SEND_EOF]
