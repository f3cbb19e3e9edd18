"""A SUB peer that wants everything: greeting, READY, its subscription, and answers to PING.  [no
I/O]

Whoever has a connection hands its bytes to `receive`, sends what `data_to_send` returns, calls
`shake_hands` until it `is_ready`, and then takes messages.
"""

from __future__ import annotations

from typing import Final

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.frames import TOO_LARGE, Frames, Limits, Message
from zwsnb.zmtp.greeting import BAD_CONNECTION, GREETING, GREETING_SIZE, read_greeting
from zwsnb.zmtp.wire import command, frame, read_command, read_properties, ready

LONGEST_HANDSHAKE: Final = 4 << 10
"""Bytes before a peer has said what it is."""

_PRODUCERS: Final = (b"PUB", b"XPUB")
_TTL: Final = 2
_LONGEST_CONTEXT: Final = 16
"""Bytes of a PING: how long to wait for the next one, and what the answer repeats."""


class Subscriber:
    """Our side of one connection, to which a PUB or XPUB socket has connected."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.is_ready = False
        self._minor: int | None = None  # of the peer's version, which begins with 3
        self._greeting = bytearray()
        self._frames = Frames(limits or Limits(), self._on_command)
        self._to_send = bytearray(GREETING)

    @property
    def held(self) -> int:
        """Bytes of the peer that are held."""
        return len(self._greeting) + self._frames.held

    @property
    def left_out(self) -> int:
        """Messages that were too large, so far."""
        return self._frames.left_out

    @property
    def can_take(self) -> bool:
        """True when `take` has something to do."""
        return self.is_ready and self._frames.can_take

    def data_to_send(self) -> bytes:
        """Return what is to be sent to the peer now."""
        data = bytes(self._to_send)
        self._to_send.clear()
        return data

    def receive(self, data: bytes | memoryview) -> None:
        """Hold bytes of the peer."""
        if self._minor is None:
            missing = GREETING_SIZE - len(self._greeting)
            self._greeting += data[:missing]
            data = data[missing:]
        self._frames.receive(data)

    def shake_hands(self) -> None:
        """Go on with the handshake, as far as the peer has come.

        Raises:
            InvalidMessage: it is no producer.
        """
        if self._minor is None:
            self._minor = read_greeting(bytes(self._greeting))
            if self._minor is None:
                return
            self._greeting.clear()
            self._to_send += ready(b"SUB")
        while not self.is_ready and self._frames.can_take:
            if self._frames.take(1):
                raise InvalidMessage(BAD_CONNECTION, "a message before READY")
        if not self.is_ready and self.held > LONGEST_HANDSHAKE:
            raise InvalidMessage(TOO_LARGE, f"a handshake of {self.held} bytes so far")

    def take(self, at_most: int) -> list[Message]:
        """Return messages that are complete, as `Frames.take`.

        Raises:
            InvalidMessage: what the peer sends is not ZMTP, or has no measure.
        """
        return self._frames.take(at_most)

    def _on_command(self, body: bytes) -> None:
        name, data = read_command(body)
        if name == b"ERROR":
            raise InvalidMessage(BAD_CONNECTION, f"it says that {data[1:101]!r} is wrong")
        if self.is_ready:
            self._answer(name, data)
        elif name == b"READY":
            self._on_ready(data)
        else:
            raise InvalidMessage(BAD_CONNECTION, f"{name[:20]!r} before READY")

    def _on_ready(self, data: bytes) -> None:
        kind = read_properties(data).get(b"socket-type", b"")
        if kind not in _PRODUCERS:
            raise InvalidMessage(
                BAD_CONNECTION, f"it is a socket of type {kind[:20]!r}, and not a PUB one"
            )
        self.is_ready = True
        # ZMTP 3.1 has a command for what was a message that begins with 1.
        self._to_send += command(b"SUBSCRIBE") if self._minor else frame(b"\x01")

    def _answer(self, name: bytes, data: bytes) -> None:
        """Answer a PING; other commands are of no use here, and harm nothing."""
        if name != b"PING":
            return
        if not _TTL <= len(data) <= _TTL + _LONGEST_CONTEXT:
            raise InvalidMessage(BAD_CONNECTION, f"a PING of {len(data)} bytes")
        self._to_send[:] = command(b"PONG", data[_TTL:])
