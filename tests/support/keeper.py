"""What keeps the messages of plain producers, for tests of the ways by which they come."""

from __future__ import annotations

import gevent
import zmq

from support.eventually import PATIENCE
from zwsnb.relay.sockets import Sockets


class Keeper:
    """Keeps messages that come to its sockets."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.sockets = Sockets(lambda: None)

    def take(self, frames: list[bytes]) -> None:
        self.messages.append(frames[-1])

    def hears(self, socket: zmq.Socket[bytes], message: bytes) -> bool:
        """Send a message until it is heard."""
        with gevent.Timeout(PATIENCE):
            while message not in self.messages:
                socket.send(message)
                gevent.sleep(0.002)
        return True
