"""The relay's ZeroMQ sockets: bound or connected, and read by a greenlet each.

A socket is read until it has nothing more, and then waited for by its descriptor with a deadline,
since that signals edges only.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import gevent
import zmq
from gevent.socket import wait_read

from zwsnb.delivery.doors import allow_ipv6, has_keys, is_file, lock, why_not
from zwsnb.delivery.pieces import joined
from zwsnb.delivery.threads import check_threads
from zwsnb.limits import descriptors
from zwsnb.producer.sink import HEARTBEAT
from zwsnb.relay.hub import spawn_lasting, yield_to_hub
from zwsnb.relay.reconnecting import Reconnecting

MAX_MESSAGE: Final = 16 << 20
"""Bytes of the largest frame that is received at all. Over 64 KiB a JSON point is refused, but seen
and counted.
"""

MAX_FRAME: Final = 5 << 20
"""Bytes of the largest frame of a publisher of zwsnb's own, whose rows of an image take 4 MiB. By
keys, as by TCP, it comes in pieces.
"""

AT_ONCE: Final = 1_000
"""Messages received in a row before the other greenlets of the hub have their turn."""

TURN: Final = 0.01
"""Seconds after which they have it in any case: a batch may be 2 MiB."""

HANDSHAKE_WITHIN: Final = 5_000
"""Milliseconds that a connection may take to say what it is."""

SHUT_FOR: Final = 1.0
"""Seconds for which the way in of publishers is shut at least, where it is."""

Handler: TypeAlias = Callable[[list[bytes]], object]
"""Handles the frames of one message; it raises nothing."""

Answerer: TypeAlias = Callable[[list[bytes]], bytes | None]
"""Handles the frames of one message, and returns the answer to it or None; it raises nothing."""

Attach: TypeAlias = Callable[["zmq.Socket[bytes]", str], object]
"""Binds or connects a socket."""


class Sockets:
    """The sockets of one relay. Make and use it in the hub's own thread.

    after_turn: called when a turn of messages has been handled. has_shut: called each time that the
    way in of publishers was shut, since few descriptors are left.

    Raises:
        OSError: no threads are left.
    """

    def __init__(
        self, after_turn: Callable[[], None], has_shut: Callable[[], object] = lambda: None
    ) -> None:
        self._after_turn = after_turn
        self._has_shut = has_shut
        check_threads()
        self._context = zmq.Context()
        self._sockets: list[zmq.Socket[bytes]] = []
        self._greenlets: list[gevent.Greenlet[..., None]] = []
        self._way_in: _WayIn | None = None

    def bind(self, kind: int, address: str, handle: Handler) -> str:
        """Bind a socket of this kind, and return its address with the port.

        Raises:
            OSError: the address cannot be used.
        """
        return self._open(kind, address, handle, zmq.Socket.bind)

    def connect(
        self,
        kind: int,
        address: str,
        handle: Handler,
        given_up: Callable[[], object] = lambda: None,
    ) -> None:
        """Connect a socket of this kind, anew where libzmq has given the connection up: then
        `given_up` is called.

        Raises:
            OSError: the address cannot be used.
        """
        self._open(kind, address, handle, zmq.Socket.connect)
        watch = Reconnecting(self._sockets[-1], address, given_up)
        self._sockets.append(watch.events)
        self._greenlets.append(spawn_lasting(watch.run))

    def answer(self, address: str, token: str, answer: Answerer) -> str:
        """Bind a ROUTER socket for those who have the token, and return its address with the port.

        Of the answers to the messages of a turn each peer gets the last one.

        Raises:
            OSError: the address cannot be used.
        """
        answers: dict[bytes, bytes] = {}  # by peer
        in_pieces = has_keys(address)

        def handle(frames: list[bytes]) -> None:
            message = joined(frames[1:]) if in_pieces else frames[1:]
            if (said := answer(message)) is not None:
                answers[frames[0]] = said

        def after_turn(socket: zmq.Socket[bytes]) -> None:
            while answers:
                # To one that does not read, or has gone, it is lost: that one asks again.
                socket.send_multipart(answers.popitem(), zmq.NOBLOCK)

        bound = self._open(zmq.ROUTER, address, handle, zmq.Socket.bind, token, after_turn)
        self._way_in = _WayIn(self._sockets[-1], bound, token)
        return bound

    def answer_again(self) -> None:
        """Bind that socket once more, whose file has gone; who is connected stays so.

        Raises:
            OSError: the address cannot be used, or its folder is one by now that others may enter.
        """
        if self._way_in is not None and not self._way_in.is_shut:
            self._way_in.open()

    def _open(
        self,
        kind: int,
        address: str,
        handle: Handler,
        attach: Attach,
        token: str = "",
        after_turn: Callable[[zmq.Socket[bytes]], object] = lambda _: None,
    ) -> str:
        socket = self._context.socket(kind)
        self._sockets.append(socket)
        _set_limits(socket)
        if token:
            lock(socket, address, token)
        if kind == zmq.SUB:
            allow_ipv6(socket, address)
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        _attach(attach, socket, address)
        self._greenlets.append(spawn_lasting(self._receive, socket, handle, after_turn))
        return socket.getsockopt_string(zmq.LAST_ENDPOINT)

    def close(self) -> None:
        """Close every socket."""
        gevent.killall(self._greenlets)
        for socket in self._sockets:
            socket.close(linger=0)
        self._context.term()

    def _receive(
        self,
        socket: zmq.Socket[bytes],
        handle: Handler,
        after_turn: Callable[[zmq.Socket[bytes]], object],
    ) -> None:
        """Drain `socket` whenever it has something, and once in a heartbeat."""
        fd = int(socket.getsockopt(zmq.FD))
        while True:
            if self._way_in is not None and self._way_in.look(time.monotonic()):
                self._has_shut()
            if self._drain(socket, handle):
                after_turn(socket)
                yield_to_hub()
                continue
            try:
                wait_read(fd, timeout=HEARTBEAT, timeout_exc=TimeoutError())
            except TimeoutError:
                continue

    def _drain(self, socket: zmq.Socket[bytes], handle: Handler) -> int:
        """Handle what there is, a turn's worth at most; return how many messages that were."""
        _leave_message(socket)
        handled, end = 0, time.monotonic() + TURN
        while handled < AT_ONCE and time.monotonic() < end:
            try:
                frames = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                break
            handle(frames)
            handled += 1
        self._after_turn()
        return handled


class _WayIn:
    """That of publishers, by a bound socket. By a socket file it is shut while few descriptors are
    left, for libzmq ends the whole process where it finds none for who connects. Who is connected
    is cut off by that, and connects anew.
    """

    def __init__(self, socket: zmq.Socket[bytes], address: str, token: str) -> None:
        self._socket, self._address, self._token = socket, address, token
        self._next_look = 0.0
        self.is_shut = False

    def open(self) -> None:
        """Bind it once more.

        Raises:
            OSError: the address cannot be used, or others may enter its folder by now.
        """
        lock(self._socket, self._address, self._token)
        _attach(zmq.Socket.bind, self._socket, self._address)
        self.is_shut = False

    def look(self, now: float) -> bool:
        """Look now and then whether it is to be open; True when it was shut."""
        if now < self._next_look or not self._address.startswith("ipc://"):
            return False
        are_few = descriptors.are_few()
        self._next_look = now + (SHUT_FOR if are_few else HEARTBEAT)
        if self.is_shut and not are_few:
            with contextlib.suppress(OSError):  # the next look tries it again
                self.open()
        elif are_few and not self.is_shut:
            self.is_shut = True
            with contextlib.suppress(zmq.ZMQError):  # its folder has gone
                self._socket.unbind(self._address)
            self._remove_file()
            return True
        return False

    def _remove_file(self) -> None:
        """Libzmq leaves it, and where nobody listens there the service is taken for ended."""
        if is_file(self._address):
            with contextlib.suppress(OSError):
                Path(self._address.removeprefix("ipc://")).unlink()


def _leave_message(socket: zmq.Socket[bytes]) -> None:
    """Leave what there is of a message whose other frames are gone, for there was no memory."""
    while socket.getsockopt(zmq.RCVMORE):
        socket.recv(zmq.NOBLOCK, copy=False)


def _attach(attach: Attach, socket: zmq.Socket[bytes], address: str) -> None:
    try:
        attach(socket, address)
    except zmq.ZMQError as error:
        raise OSError(error.errno, why_not(address, error)) from error


def _set_limits(socket: zmq.Socket[bytes]) -> None:
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE if socket.type == zmq.SUB else MAX_FRAME)
    socket.setsockopt(zmq.HANDSHAKE_IVL, HANDSHAKE_WITHIN)
    # No heartbeats on the way in of publishers: while the interpreter's lock is held nothing is
    # read, and a full pipe lets no answer to them in. Those who publish ask by themselves.
    if socket.type == zmq.SUB:
        socket.setsockopt(zmq.HEARTBEAT_IVL, 10_000)
    socket.setsockopt(zmq.TCP_KEEPALIVE, 1)
    socket.setsockopt(zmq.TCP_KEEPALIVE_IDLE, 60)
    # The default of 1,000 loses most of a burst of a PUB socket; 100,000 JSON points are a few
    # megabytes.
    socket.setsockopt(zmq.RCVHWM, 100_000 if socket.type == zmq.SUB else 64)
