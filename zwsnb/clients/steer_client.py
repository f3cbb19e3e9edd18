"""A program in another process: it is told what pages do with its controls, and what it watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import gevent
from gevent.event import Event

from zwsnb.clients.page_socket import Closed
from zwsnb.events.happened import Happened

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.events.happened import Told
    from zwsnb.relay.steering import Steering

MAX_WAITING: Final = 1_000
"""Of what has happened, the newest, while the program does not read."""


class SteerClient:
    """The connection of one program, for as long as it is open.

    Of each control the newest value goes on its way: a program that reads slowly skips those in
    between, and clicks are counted, so none is lost. Of what has happened each goes, in order.
    """

    def __init__(self, socket: PageSocket, steering: Steering, producer: str) -> None:
        self._socket, self._steering, self._producer = socket, steering, producer
        self._waiting: dict[tuple[str, str, int], Told] = {}
        self._happened = 0
        self._wake = Event()

    def run(self) -> None:
        """Serve it until its connection ends."""
        self._steering.hear(self._producer, self._take)
        writer = gevent.spawn(self._write)
        try:
            while self._socket.receive() is not None:
                pass  # it says nothing; its end is heard
        finally:
            self._steering.leave(self._producer, self._take)
            writer.kill()

    def _take(self, told: Told) -> None:
        self._happened += isinstance(told, Happened)
        number = self._happened if isinstance(told, Happened) else 0
        self._waiting[told.plot, told.name, number] = told
        if len(self._waiting) > MAX_WAITING:
            # What is set is not said again: a program would wait for ever that was told to go on.
            oldest = next((key for key in self._waiting if key[2]), next(iter(self._waiting)))
            del self._waiting[oldest]
        self._wake.set()

    def _write(self) -> None:
        try:
            while not self._socket.closed:
                self._wake.wait()
                self._wake.clear()
                while self._waiting:
                    told = self._waiting.pop(next(iter(self._waiting)))
                    self._socket.send(told.to_json())
        except Closed:
            pass  # the receiver sees the end
