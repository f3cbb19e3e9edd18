"""The frames of a connection, put together to messages; what is too large is not kept.  [no I/O]

Bytes are held as they came, and looked at when somebody takes: their number is all the memory that
a peer can make this cost. What a message has too much is let go of while it still comes, so that
not even an honest peer's mistake has to end the connection; one that ends nowhere does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.wire import COMMAND, LONG_HEAD, MORE, SHORT_HEAD, Head, read_head

TOO_LARGE: Final = "too large"

Message: TypeAlias = list[bytes]
"""The frames of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large what a peer sends may be, in bytes.

    frame, message: what is kept; a larger message is left out. skipped: of a message that is left
    out; one that is larger yet, or has more than ``frames``, ends the connection, and so does a
    larger ``command``.
    """

    frame: int = 64 << 10
    message: int = 128 << 10
    skipped: int = 16 << 20
    frames: int = 64
    command: int = 4 << 10


class Frames:
    """What a peer sends after its greeting.

    on_command: called with the body of each command.
    """

    def __init__(self, limits: Limits, on_command: Callable[[bytes], None]) -> None:
        self.left_out = 0  # messages
        self._limits = limits
        self._on_command = on_command
        self._buffer = bytearray()
        self._wrong: InvalidMessage | None = None  # behind what was taken last
        self._needed = 1  # bytes in the buffer before there is anything to be done with them
        # The message that is coming: its frames, unless it is one that is left out.
        self._parts: Message = []
        self._count = 0
        self._size = 0  # bytes of its frames
        self._is_left_out = False
        self._skip: int | None = None  # bytes of a frame that is not kept which are still to come
        self._has_more = False  # and whether there are further frames behind it

    @property
    def held(self) -> int:
        """Bytes that are held."""
        return len(self._buffer) + (0 if self._is_left_out else self._size)

    @property
    def can_take(self) -> bool:
        """True when `take` has something to do."""
        return self._wrong is not None or len(self._buffer) >= self._needed

    def receive(self, data: bytes | memoryview) -> None:
        """Hold bytes of the peer."""
        self._buffer += data

    def take(self, at_most: int) -> list[Message]:
        """Return messages that are complete, of `at_most` so many frames, and of not many more
        bytes than the largest one may have.

        Raises:
            InvalidMessage: what the peer sends is not ZMTP, or has no measure. What came before
                that is returned first.
        """
        if self._wrong is not None:
            raise self._wrong
        found: list[Message] = []
        self._needed = 1
        if self._skip is None:
            size = LONG_HEAD + max(self._limits.frame, self._limits.command)
            with memoryview(self._buffer) as view:
                data = bytes(view[:size])
            try:
                del self._buffer[: self._read(data, at_most, found)]
            except InvalidMessage as error:
                if not found:
                    raise
                self._wrong = error
        self._let_go()
        return found

    def _read(self, data: bytes, at_most: int, found: list[Message]) -> int:
        """Append to `found` the messages in `data`; return how many bytes they are."""
        at = 0
        while at_most > 0 and self._skip is None:
            before = len(found)
            at = at if self._count else _short_ones(data, at, at_most, found)
            if len(found) > before:
                at_most -= len(found) - before
                continue
            head = read_head(data, at)
            if isinstance(head, int):
                self._needed = head
                break
            end = head.begin + head.size
            is_kept = self._is_kept(head)
            if is_kept and end > len(data):
                self._needed = end - at
                break
            self._take(head, data[head.begin : end] if is_kept else None, found)
            at = end if is_kept else head.begin
            at_most -= 1
        return at

    def _is_kept(self, head: Head) -> bool:
        """Return whether a frame is of a message that is not too large."""
        limits = self._limits
        if head.flags & COMMAND:
            if head.size > limits.command:
                raise InvalidMessage(TOO_LARGE, f"a command of {head.size} bytes")
            return True
        size = self._size + head.size
        if size > limits.skipped or self._count >= limits.frames:
            raise InvalidMessage(
                TOO_LARGE, f"a message has over {self._count} frames, and {size} bytes so far"
            )
        return not self._is_left_out and head.size <= limits.frame and size <= limits.message

    def _take(self, head: Head, body: bytes | None, found: list[Message]) -> None:
        """Take a frame; without a `body`, its message is left out."""
        if body is not None and head.flags & COMMAND:
            self._on_command(body)
            return
        self._count += 1
        self._size += head.size
        self._has_more = bool(head.flags & MORE)
        if body is None:
            self._is_left_out = True
            self._parts = []
            self._skip = head.size
            return
        self._parts.append(body)
        if not self._has_more:
            found.append(self._parts)
            self._begin()

    def _begin(self) -> None:
        """Begin another message."""
        self._parts = []
        self._count = self._size = 0
        self._is_left_out = False

    def _let_go(self) -> None:
        """Let go of what has come of a frame that is not kept."""
        if self._skip is None:
            return
        gone = min(self._skip, len(self._buffer))
        del self._buffer[:gone]
        self._skip -= gone
        if self._skip == 0:
            self._skip = None
            if not self._has_more:
                self.left_out += 1
                self._begin()


def _short_ones(data: bytes, at: int, at_most: int, found: list[Message]) -> int:
    """Append to `found` messages of one short frame, of which most points are, from `at` on; return
    where they end.
    """
    last = len(data) - SHORT_HEAD
    for _ in range(at_most):
        if at > last or data[at]:
            break
        begin = at + SHORT_HEAD
        end = begin + data[at + 1]
        if end > len(data):
            break
        found.append([data[begin:end]])
        at = end
    return at
