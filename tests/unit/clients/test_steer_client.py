"""What waits for a program that does not read."""

from __future__ import annotations

import json

import gevent

from zwsnb.clients.steer_client import MAX_WAITING, SteerClient
from zwsnb.comm.comm_socket import CommSocket, Message
from zwsnb.controls.control import Steered
from zwsnb.events.happened import Happened, Told
from zwsnb.relay.listener import Nobody
from zwsnb.relay.steering import Hear, Steering


class Busy(Steering):
    """Has much to tell to whoever begins to hear."""

    def __init__(self, *told: Told) -> None:
        super().__init__(Nobody())
        self._much = told

    def hear(self, producer: str, tell: Hear) -> None:
        super().hear(producer, tell)
        for each in self._much:
            tell(each)


def test_what_happens_too_often_takes_the_place_of_no_value_that_was_set() -> None:
    goes_on = Steered("plot", "loop", 1, 0)
    alerts = [Happened("plot", "high", "cross", 0, None, {"x": x}) for x in range(2 * MAX_WAITING)]
    told: list[Message] = []
    socket = CommSocket(told.append)
    program = gevent.spawn(SteerClient(socket, Busy(goes_on, *alerts), "producer").run)
    while len(told) < MAX_WAITING and not program.ready():
        gevent.sleep(0)
    socket.leave()
    program.get(timeout=10)
    first, *others = [json.loads(text) for text in told if isinstance(text, str)]
    assert first == goes_on._asdict()
    newest = range(MAX_WAITING + 1, 2 * MAX_WAITING)
    assert [each["members"]["x"] for each in others] == list(newest)
