"""A connection that libzmq gives up is made anew.

It connects again by itself to whoever has gone, and for ever to nobody. Once it has read what is
none of its protocol, as of another program that had the port, or a message that is too large, it
does not, and tells only who watches.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import gevent
import zmq
from zmq.utils.monitor import parse_monitor_message

LOOK_EVERY: Final = 1.0
"""Seconds between two looks; at the second one a connection that was given up is made anew."""


class Reconnecting:
    """Watches the connection of a socket to `address`.

    given_up: called each time that it is made anew. ``events`` is a socket to be closed with that.
    """

    def __init__(
        self, socket: zmq.Socket[bytes], address: str, given_up: Callable[[], object]
    ) -> None:
        self._socket, self._address, self._given_up = socket, address, given_up
        self._is_given_up = False
        self.events = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED | zmq.EVENT_CONNECT_RETRIED)

    def run(self) -> None:
        """Look, for ever."""
        while True:
            gevent.sleep(LOOK_EVERY)
            was_given_up = self._is_given_up
            if self._hears_nothing_else() and was_given_up:
                self._is_given_up = False
                self._socket.disconnect(self._address)
                self._socket.connect(self._address)
                self._given_up()

    def _hears_nothing_else(self) -> bool:
        """Take what has happened; True when the end of the connection was the last of it."""
        while self.events.poll(0):
            event = parse_monitor_message(self.events.recv_multipart())["event"]
            self._is_given_up = event == zmq.EVENT_DISCONNECTED
        return self._is_given_up
