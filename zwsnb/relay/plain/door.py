"""Where plain producers come in by TCP: a SUB socket of our own, since libzmq's has no bound for
the parts of a message, for connections, or for what it holds.

Greenlets read what comes at once, since a PUB socket drops what nobody reads, and hold the bytes as
they are. One more greenlet takes messages, in turns that are shared by all producers. Bytes,
connections and the time of a turn are bounded, so that no stranger costs more.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gevent
from gevent.event import Event

from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.hub import spawn_lasting, yield_to_hub
from zwsnb.relay.plain.accepting import accept
from zwsnb.relay.plain.addresses import address_of, keep_alive, listen_at, shut
from zwsnb.relay.plain.connection import Connection
from zwsnb.relay.refusals import TOO_MANY_PRODUCERS
from zwsnb.relay.sockets import AT_ONCE, Handler
from zwsnb.zmtp.frames import TOO_LARGE

if TYPE_CHECKING:
    import socket


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLimits:
    """What all plain producers together may cost.

    connections: at once. held: bytes that have come and wait to be taken; beyond it each connection
    has the ``reserved`` ones, and the bytes of one read. handshake: seconds for it. turn: seconds
    after which the hub's other greenlets have theirs.
    """

    connections: int = 64
    held: int = 16 << 20
    reserved: int = 64 << 10
    handshake: float = 5.0
    turn: float = 0.01


class Door:
    """Takes messages of PUB sockets that connect. Make and use it in the hub's own thread.

    after_turn: called when a turn of messages has been handled. blame: counts an exception, as the
    peer's fault or as an error of zwsnb. clock: seconds that only grow.
    """

    def __init__(
        self,
        handle: Handler,
        after_turn: Callable[[], None],
        blame: Callable[[Exception], object],
        limits: DoorLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._handle = handle
        self._after_turn = after_turn
        self._blame = blame
        self._limits = limits or DoorLimits()
        self._clock = clock
        self._listeners: list[socket.socket] = []
        self._greenlets: list[gevent.Greenlet[..., None]] = []
        # In the order of their turns: those that had theirs stand behind.
        self._connections: dict[Connection, None] = {}
        self._has_come, self._turn_ended = Event(), Event()

    @property
    def connections(self) -> int:
        """How many producers are connected, or have gone and left something to take."""
        return len(self._connections)

    @property
    def held(self) -> int:
        """Bytes that have come and were not taken yet."""
        return sum(connection.held for connection in self._connections)

    def listen(self, address: str) -> str:
        """Listen at `address`, ``tcp://HOST:PORT``; return it with its port.

        Raises:
            OSError: the address cannot be used.
        """
        listener = listen_at(address)
        if not self._greenlets:
            self._greenlets.append(spawn_lasting(self._take_turns))
        self._listeners.append(listener)
        self._greenlets.append(spawn_lasting(accept, listener, self._admit))
        return address_of(listener)

    def close(self) -> None:
        """Close everything."""
        readers = [each.reader for each in self._connections if each.reader is not None]
        gevent.killall([*self._greenlets, *readers])
        for connection in self._connections:
            connection.close()  # its reader had not begun
        self._connections.clear()
        for listener in self._listeners:
            shut(listener)

    # -- connections -------------------------------------------------------------------------------

    def _admit(self, sock: socket.socket) -> None:
        if len(self._connections) >= self._limits.connections:
            sock.close()
            self._blame(InvalidMessage(TOO_MANY_PRODUCERS, f"{len(self._connections)} are there"))
            return
        sock.settimeout(0)
        with contextlib.suppress(OSError):  # the peer may have gone already
            keep_alive(sock)
        connection = Connection(sock)
        self._connections[connection] = None
        connection.reader = gevent.spawn(self._serve, connection)

    def _serve(self, connection: Connection) -> None:
        """Read what comes by one connection, until it ends."""
        try:
            is_there = connection.shake_hands(self._limits.handshake)
            while is_there:
                self._has_come.set()
                while not self._has_room(connection):
                    self._turn_ended.wait()
                is_there = connection.read()
        except OSError:
            pass  # the peer has gone
        except Exception as error:  # noqa: BLE001 - gevent would print it
            self._blame(error)
        finally:
            connection.close()
            self._forget_if_done(connection)

    def _has_room(self, connection: Connection) -> bool:
        """Return whether more may come. What cannot be taken yet has to: it is one message."""
        has_own = connection.held < self._limits.reserved or not connection.can_take
        return has_own or self.held < self._limits.held

    def _forget_if_done(self, connection: Connection) -> None:
        if not connection.is_open and not connection.can_take:
            self._connections.pop(connection, None)

    # -- turns -------------------------------------------------------------------------------------

    def _take_turns(self) -> None:
        while True:
            while self._take_turn():  # first, as after one that has failed nobody may call
                yield_to_hub()
            self._has_come.wait()
            self._has_come.clear()

    def _take_turn(self) -> bool:
        """Handle a turn's worth of messages, in equal parts of all who have sent some; False where
        there were none.
        """
        waiting = [connection for connection in self._connections if connection.can_take]
        if not waiting:
            return False
        end = self._clock() + self._limits.turn
        for connection in waiting:
            self._take(connection, max(1, AT_ONCE // len(waiting)))
            if self._clock() >= end:
                break
        self._turn_ended.set()
        self._turn_ended.clear()
        self._after_turn()  # last, for there may be no memory for what it does
        return True

    def _take(self, connection: Connection, at_most: int) -> None:
        """Handle messages of one connection, and put it behind the others."""
        del self._connections[connection]
        self._connections[connection] = None
        try:
            messages = connection.take(at_most)
        except OSError:
            self._give_up(connection)  # the peer has gone
        except Exception as error:  # noqa: BLE001 - a bug of ours must not close the door
            self._give_up(connection)
            self._blame(error)
        else:
            for message in messages:
                self._handle(message)
            for _ in range(connection.new_left_out()):
                self._blame(InvalidMessage(TOO_LARGE, "a message that is no point"))
            self._forget_if_done(connection)

    def _give_up(self, connection: Connection) -> None:
        if connection.reader is not None:
            connection.reader.kill(block=False)  # it closes the connection
        self._connections.pop(connection, None)
