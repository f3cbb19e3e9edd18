"""What stands for a service of this process in the hands of others: the sink of its publisher, and
the pages behind comms.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from zwsnb.producer.sink import HoldsNothing, Unheard

if TYPE_CHECKING:
    from zwsnb.comm.comm_socket import CommSocket, Tell
    from zwsnb.producer.publisher import Publisher
    from zwsnb.producer.sink import Connection
    from zwsnb.service.assembly import Assembly
    from zwsnb.service.hub_thread import HubThread


class OwnSink(HoldsNothing):
    """What wakes the relay for the publisher of its own process."""

    def __init__(self, hub: HubThread[Assembly]) -> None:
        self._hub = hub
        self._relay = hub.resident.relay
        self._switch_interval = hub.resident.switch_interval

    def wake(self) -> None:
        """Have the relay take soon."""
        self._switch_interval.boost()
        self._relay.wake()

    def connect(self, connection: Connection) -> None:
        """Stay with the relay of this process."""

    def flush(self, timeout: float) -> bool:
        """Have the relay take now."""
        with contextlib.suppress(RuntimeError, TimeoutError):
            self._hub.wait_for(self._hub.resident.take_all, timeout=timeout)
            return True
        return False

    def close(self, timeout: float) -> None:
        """Have the relay take for the last time."""
        self.flush(timeout)


def silence(publisher: Publisher) -> None:
    """Deliver what there is, and have all that is published from now on go nowhere."""
    if (sink := publisher.hand_over(Unheard())) is not None:
        sink.close(2.0)


class OwnAttachment:
    """A page behind a comm of this process, for the threads of its kernel."""

    def __init__(self, hub: HubThread[Assembly], socket: CommSocket) -> None:
        self._hub, self._socket = hub, socket

    def receive(self, text: str) -> None:
        """Take a message of the page."""
        self._hub.post(self._socket.deliver, text)

    def close(self) -> None:
        """End the connection: the page has gone."""
        self._hub.post(self._socket.leave)


def attached(hub: HubThread[Assembly], plot: str, tell: Tell, **how: bool) -> OwnAttachment:
    """Serve a page that is reached by `tell`; see `Service.attach`."""
    sockets: list[CommSocket] = []
    try:
        attach = hub.resident.attach
        hub.call(lambda: sockets.append(attach(plot, tell, **how)))
    except BaseException:  # an interrupt as well
        # What is posted comes behind what was called.
        hub.post(_leave, sockets)
        raise
    return OwnAttachment(hub, sockets[0])


def _leave(sockets: list[CommSocket]) -> None:
    for socket in sockets:
        socket.leave()
