"""The ways in for plain producers: by TCP to a door of zwsnb's own, which strangers may come to; by
libzmq where the user has said who comes, or libzmq alone knows the transport.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import zmq

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.plain.addresses import SCHEME
from zwsnb.relay.plain.door import Door
from zwsnb.relay.refusals import BROKEN_OFF
from zwsnb.relay.sockets import Handler, Sockets


class Guard(Protocol):
    """Calls ``take(what)``, raises nothing, and counts what that raises."""

    def __call__(self, take: Callable[[Any], object], what: Any, /) -> object:
        """Do so."""


class Doors:
    """The ways in of one relay. Make and use it in the hub's own thread.

    guard: calls what may fail. take: takes the frames of a message. after_turn: called when a turn
    of messages has been taken.
    """

    def __init__(
        self, sockets: Sockets, guard: Guard, take: Handler, after_turn: Callable[[], None]
    ) -> None:
        self._sockets = sockets
        self._handle: Handler = partial(guard, take)
        self._refuse: Callable[[Exception], object] = partial(guard, _raise)
        self.door = Door(self._handle, after_turn, self._refuse)

    def listen(self, address: str) -> str:
        """Take messages of PUB sockets that connect to `address`; return it with its port.

        Raises:
            OSError: the address cannot be used.
        """
        if address.startswith(SCHEME):
            return self.door.listen(address)
        return self._sockets.bind(zmq.SUB, address, self._handle)

    def subscribe(self, address: str) -> None:
        """Take messages of a PUB socket that binds `address`.

        Raises:
            OSError: the address cannot be used.
        """
        self._sockets.connect(zmq.SUB, address, self._handle, partial(self._broke_off, address))

    def _broke_off(self, address: str) -> None:
        self._refuse(InvalidMessage(BROKEN_OFF, f"what {address} has sent is none of a PUB socket"))

    def close(self) -> None:
        """Close the door; the sockets close by themselves."""
        self.door.close()


def _raise(error: Exception) -> None:
    raise error
