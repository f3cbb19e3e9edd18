"""Messages of frames: however they are cut, whatever they are, and no more memory than is said."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, strategies as st
from support.zmtp_peer import chunks, long_frame, message

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.frames import TOO_LARGE, Frames, Limits, Message
from zwsnb.zmtp.wire import COMMAND, LONG_HEAD, MORE, command, frame

LIMITS: Final = Limits(frame=300, message=500, skipped=2_000, frames=5, command=50)


def frames(limits: Limits = LIMITS) -> tuple[Frames, list[bytes]]:
    """Frames, and where they put commands."""
    commands: list[bytes] = []
    return Frames(limits, commands.append), commands


def take_all(taken_from: Frames, at_most: int = 1_000) -> list[Message]:
    """Take until there is nothing more; it is never asked for nothing for ever."""
    found: list[Message] = []
    for _ in range(100_000):
        if not taken_from.can_take:
            return found
        found += taken_from.take(at_most)
    raise AssertionError("it has something to do without end")


def is_kept(sent: Message) -> bool:
    return max(map(len, sent)) <= LIMITS.frame and sum(map(len, sent)) <= LIMITS.message


bodies = st.one_of(
    st.binary(max_size=8),
    st.integers(0, 600).map(bytes),
    st.sampled_from([255, 256, LIMITS.frame, LIMITS.frame + 1]).map(bytes),
)
messages = st.lists(bodies, min_size=1, max_size=LIMITS.frames).filter(
    lambda sent: sum(map(len, sent)) <= LIMITS.skipped
)
sizes = st.lists(st.integers(0, 700), max_size=30)


@given(st.lists(st.one_of(messages, st.binary(min_size=1, max_size=9)), max_size=20), sizes,
       st.integers(1, 7))  # fmt: skip
def test_however_it_is_cut_the_same_messages_come(
    sent: list[Message | bytes], cuts: list[int], at_most: int
) -> None:
    """A bytes object of `sent` is a command."""
    inbox, commands = frames()
    data = b"".join(command(each) if isinstance(each, bytes) else message(*each) for each in sent)
    found = []
    for chunk in chunks(data, cuts):
        inbox.receive(chunk)
        found += take_all(inbox, at_most)
    said = [each for each in sent if not isinstance(each, bytes)]
    assert found == [each for each in said if is_kept(each)]
    assert inbox.left_out == sum(not is_kept(each) for each in said)
    assert commands == [bytes([len(each)]) + each for each in sent if isinstance(each, bytes)]
    assert inbox.held == 0


noise = st.one_of(
    st.binary(max_size=40),
    st.builds(long_frame, st.binary(max_size=9), st.integers(0, 7)),
    st.builds(lambda head, body: bytes(head) + body, st.lists(st.integers(0, 8), max_size=12),
              st.binary(max_size=500)),
    messages.map(lambda sent: message(*sent)),
)  # fmt: skip


@given(st.lists(noise, max_size=30))
def test_noise_is_refused_and_costs_no_more_than_the_limit(sent: list[bytes]) -> None:
    inbox, _ = frames()
    try:
        for chunk in sent:
            inbox.receive(chunk)
            assert inbox.held <= LIMITS.message + LIMITS.command + LONG_HEAD + len(chunk)
            take_all(inbox)
            assert inbox.held <= LIMITS.message + LIMITS.command + LONG_HEAD
    except InvalidMessage:
        pass


def test_no_more_frames_are_taken_than_are_asked_for() -> None:
    inbox, _ = frames()
    inbox.receive(message(b"a") * 5 + message(b"a", b"b") * 5)
    assert inbox.take(3) == [[b"a"]] * 3
    assert inbox.take(3) == [[b"a"]] * 2
    assert inbox.take(3) == [[b"a", b"b"]] * 2  # one frame was taken before
    assert inbox.can_take


def test_no_more_bytes_are_taken_than_the_largest_frame_has() -> None:
    inbox, _ = frames()
    inbox.receive(message(bytes(98)) * 20)
    assert len(inbox.take(1_000)) == 3
    assert len(take_all(inbox)) == 17


@pytest.mark.parametrize(
    "sent", [[bytes(301)], [bytes(300), bytes(201)], [b"", bytes(301), b"", b""], [bytes(2_000)]]
)
def test_a_message_that_is_too_large_is_left_out_and_takes_no_memory(sent: Message) -> None:
    inbox, _ = frames()
    for chunk in chunks(message(*sent), [100] * 50):
        inbox.receive(chunk)
        assert take_all(inbox) == []
        assert inbox.held <= LIMITS.frame + 100
    assert inbox.left_out == 1
    inbox.receive(message(b"next"))
    assert take_all(inbox) == [[b"next"]]


@pytest.mark.parametrize(
    "sent",
    [
        [b""] * 7,
        [bytes(2_001)],
        [bytes(400)] * 5 + [b"a"],
        [bytes(500)] * 4 + [b"a"],
    ],
)
def test_a_message_beyond_all_measure_is_refused_before_it_ends(sent: Message) -> None:
    inbox, _ = frames()
    data = message(*sent)
    with pytest.raises(InvalidMessage, match="a message has over") as refused:  # noqa: PT012
        for chunk in chunks(data[:-1], [100] * 50):
            inbox.receive(chunk)
            take_all(inbox)
    assert refused.value.kind == TOO_LARGE


def test_a_frame_of_no_measure_is_refused_by_its_head() -> None:
    inbox, _ = frames()
    inbox.receive(b"\x02" + b"\xff" * 8)
    with pytest.raises(InvalidMessage, match="18446744073709551615 bytes"):
        inbox.take(1)


def test_a_large_command_is_refused_by_its_head() -> None:
    inbox, _ = frames()
    inbox.receive(long_frame(bytes(51), COMMAND)[:9])
    with pytest.raises(InvalidMessage, match="a command of 51 bytes"):
        inbox.take(1)


def test_a_command_may_come_between_the_frames_of_a_message() -> None:
    inbox, commands = frames()
    inbox.receive(frame(b"a", MORE) + command(b"PING") + frame(b"b"))
    assert take_all(inbox) == [[b"a", b"b"]]
    assert commands == [b"\x04PING"]


def test_what_came_before_bytes_that_are_none_is_taken() -> None:
    inbox, _ = frames()
    inbox.receive(message(b"a") + message(b"b") + b"\xff" * 4 + message(b"c"))
    assert inbox.take(100) == [[b"a"], [b"b"]]
    for _ in range(2):
        assert inbox.can_take
        with pytest.raises(InvalidMessage, match="flags 0xff"):
            inbox.take(100)
