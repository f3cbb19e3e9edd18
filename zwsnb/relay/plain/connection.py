"""One connection of a plain producer: it reads what has come, and answers."""

from __future__ import annotations

import socket
from typing import Final

import gevent
from gevent.socket import wait_read

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.zmtp.frames import Message
from zwsnb.zmtp.greeting import BAD_CONNECTION
from zwsnb.zmtp.subscriber import Subscriber

AT_ONCE: Final = 128 << 10
"""Bytes that are read at once."""

_scratch: Final = bytearray(AT_ONCE)
"""Where they are read to: all connections of a hub take turns, and none waits between."""


class Connection:
    """A producer's connection, whose `sock` does not block; one greenlet calls `shake_hands` and
    `read`.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.reader: gevent.Greenlet[..., None] | None = None
        self._sock: socket.socket | None = sock
        self._peer = Subscriber()
        self._left_out = 0

    @property
    def held(self) -> int:
        """Bytes that are held."""
        return self._peer.held

    @property
    def can_take(self) -> bool:
        """True when something has come that was not taken yet."""
        return self._peer.can_take

    @property
    def is_open(self) -> bool:
        """False when nothing more can come."""
        return self._sock is not None

    def shake_hands(self, timeout: float) -> bool:
        """Wait until the peer has said that it is a producer; False when it has gone before.

        Raises:
            InvalidMessage: it is none, or takes longer than `timeout` seconds to say so.
            OSError: the connection broke.
        """
        late = InvalidMessage(BAD_CONNECTION, f"no handshake in {timeout:g} s")
        with gevent.Timeout(timeout, late):
            self._answer()
            while not self._peer.is_ready:
                if not self.read():
                    return False
                self._peer.shake_hands()
                self._answer()
        return True

    def read(self) -> bool:
        """Wait for what comes next, and hold it; False when the peer has gone.

        Raises:
            OSError: the connection broke.
        """
        if self._sock is None:
            return False
        wait_read(self._sock.fileno())
        try:
            size = self._sock.recv_into(_scratch)
        except BlockingIOError:
            return True
        self._peer.receive(memoryview(_scratch)[:size])
        return size > 0

    def take(self, at_most: int) -> list[Message]:
        """Return messages that have come, as `Subscriber.take`.

        Raises:
            InvalidMessage: what comes is no ZMTP, or has no measure.
            OSError: the connection broke.
        """
        messages = self._peer.take(at_most)
        self._answer()
        return messages

    def new_left_out(self) -> int:
        """Return how many messages were too large since it was asked for."""
        new = self._peer.left_out - self._left_out
        self._left_out += new
        return new

    def _answer(self) -> None:
        """Send what is due. It is little, and a peer that does not read so much is given up."""
        data = self._peer.data_to_send()
        if data and self._sock is not None and self._sock.send(data) < len(data):
            raise BlockingIOError

    def close(self) -> None:
        """Let go of the descriptor."""
        if self._sock is not None:
            self._sock.close()
        self._sock = None
