"""How far the handshake of a connection is that others secure: whoever passes its bytes on holds a
stranger to those of a handshake.  [no I/O]

A server of CURVE (RFC 26) says READY to those alone who have its key.
"""

from __future__ import annotations

from typing import Final

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.frames import TOO_LARGE, Frames, Limits
from zwsnb.zmtp.greeting import GREETING_SIZE
from zwsnb.zmtp.wire import read_command

LONGEST_HANDSHAKE: Final = 4 << 10
"""Bytes before a peer has said what it is."""


class Admission:
    """Both sides of one connection, until its server has let the client in."""

    def __init__(self) -> None:
        self.is_granted = False
        self._sent = 0
        self._greeting = GREETING_SIZE  # bytes of the server's that are still to come
        self._said = Frames(Limits(), self._on_command)

    def take(self, size: int) -> None:
        """Count bytes of the client's.

        Raises:
            InvalidMessage: they are more than a handshake has.
        """
        self._sent += size
        if not self.is_granted and self._sent > LONGEST_HANDSHAKE:
            raise InvalidMessage(TOO_LARGE, f"a handshake of {self._sent} bytes so far")

    def answer(self, data: bytes) -> bool:
        """Look at bytes of the server's, and return whether it has let the client in.

        Raises:
            InvalidMessage: they are not ZMTP.
        """
        rest = data[self._greeting :]
        self._greeting -= len(data) - len(rest)
        self._said.receive(rest)
        while not self.is_granted and self._said.can_take:
            self._said.take(1)
        return self.is_granted

    def _on_command(self, body: bytes) -> None:
        name, _ = read_command(body)
        self.is_granted |= name == b"READY"
