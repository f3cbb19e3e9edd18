"""Where publishers come in by TCP: each connection is passed on to the socket of libzmq behind.

libzmq reads a frame whole before it looks whose it is, and bounds neither how many connections
there are nor how long they say nothing while a cell holds the interpreter's lock. Here a stranger
has the few bytes of a handshake, strangers have few places, and who comes later takes the place of
the one that has waited longest: who has the key needs it for some milliseconds only.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Final

import gevent
from gevent import socket as green
from gevent.socket import wait_read

from zwsnb.delivery.doors import NAME
from zwsnb.limits.descriptors import FOR_OTHERS, are_few, check_descriptors
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.hub import spawn_lasting
from zwsnb.relay.tcp.accepting import accept
from zwsnb.relay.tcp.addresses import address_of, keep_alive, listen_at, shut
from zwsnb.zmtp.admission import LONGEST_HANDSHAKE, Admission

STRANGERS: Final = 32
"""Connections at once of those who have not shown yet that they have the key. Each takes three
descriptors.
"""

_AT_ONCE: Final = 256 << 10
"""Bytes that are passed on before the other greenlets of the hub have their turn."""


class Passage:
    """One connection and its way to the socket behind; one greenlet calls `run`.

    admitted: called when the peer has shown that it has the key.
    """

    def __init__(self, peer: socket.socket, admitted: Callable[[], object]) -> None:
        self._peer = green.socket(fileno=peer.detach())
        self._behind: green.socket | None = None
        self._admission = Admission()
        self._admitted = admitted

    def run(self, behind: str) -> None:
        """Pass on what comes from either end, until one has gone."""
        with contextlib.suppress(OSError, InvalidMessage):
            with contextlib.suppress(OSError):  # the peer may have gone already
                keep_alive(self._peer)
                # As libzmq has it: receipts are small, and senders wait for them.
                self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._behind = _connected(behind)
            answering = gevent.spawn(self._answer, self._behind)
            try:
                self._ask(self._behind)
            finally:
                answering.kill()

    def _ask(self, behind: green.socket) -> None:
        """Pass on what the peer says.

        Raises:
            InvalidMessage: it is more than a stranger may say.
            OSError: one end has gone.
        """
        for data in self._read(self._peer):
            self._admission.take(len(data))
            behind.sendall(data)

    def _answer(self, behind: green.socket) -> None:
        """Pass on what is said to the peer, and have the other way end with this one."""
        with contextlib.suppress(OSError, InvalidMessage):
            for data in self._read(behind):
                if not self._admission.is_granted and self._admission.answer(data):
                    self._admitted()
                self._peer.sendall(data)
        _end(self._peer)

    def _read(self, end: green.socket) -> Iterator[bytes]:
        """Yield what comes from one end, and let the others of the hub have their turn between."""
        while True:
            wait_read(end.fileno())
            at_once = _AT_ONCE if self._admission.is_granted else LONGEST_HANDSHAKE
            if not (data := end.recv(at_once)):
                return
            yield data

    def close(self) -> None:
        """Let go of both ends, though a forked process may have them too."""
        for end in filter(None, (self._peer, self._behind)):
            _end(end)
            end.close()


def _connected(behind: str) -> green.socket:
    """Return a connection to the socket behind. It never waits: who accepts there does so in a
    thread that no cell can hold up.

    Raises:
        OSError: there are too many that wait, or few descriptors: with none to accept one with
            libzmq would end the process.
    """
    check_descriptors(FOR_OTHERS, "a publisher by TCP")
    found = green.socket(socket.AF_UNIX)
    try:
        found.settimeout(0)
        name = behind.removeprefix(NAME)
        found.connect(behind.removeprefix("ipc://") if name == behind else f"\0{name}")
        found.settimeout(None)
    except OSError:
        found.close()
        raise
    return found


def _end(end: green.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


class CurveDoor:
    """Listens in place of a socket that has been bound to `behind`, a file or a name, ``ipc://..``,
    and asks for a key. Make and use it in the hub's own thread.

    has_shut: called when somebody was sent away, since few descriptors are left. strangers: how
    many there may be at once.
    """

    def __init__(
        self,
        behind: str,
        has_shut: Callable[[], object] = lambda: None,
        strangers: int = STRANGERS,
    ) -> None:
        self._behind = behind
        self._has_shut = has_shut
        self._most = strangers
        self._listener: socket.socket | None = None
        self._accepting: gevent.Greenlet[..., None] | None = None
        self._passing: dict[Passage, gevent.Greenlet[..., None]] = {}
        self._strangers: dict[Passage, None] = {}  # the one that came first stands first

    def listen(self, address: str) -> str:
        """Listen at `address`, ``tcp://HOST:PORT``; return it with its port.

        Raises:
            OSError: the address cannot be used.
        """
        self._listener = listen_at(address)
        self._accepting = spawn_lasting(accept, self._listener, self._admit)
        return address_of(self._listener)

    def _admit(self, sock: socket.socket) -> None:
        # libzmq would end the process where it found none for its end. Of those who came a moment
        # ago it may not have it yet, nor we ours.
        if are_few(2 * len(self._strangers)):
            sock.close()
            self._has_shut()
            return
        while len(self._strangers) >= self._most:
            self._turn_out(next(iter(self._strangers)))
        passage = Passage(sock, lambda: self._strangers.pop(passage, None))
        self._strangers[passage] = None
        self._passing[passage] = greenlet = gevent.spawn(passage.run, self._behind)
        # However it ends, and be it before it has begun.
        greenlet.rawlink(lambda _: self._forget(passage))

    def _turn_out(self, passage: Passage) -> None:
        del self._strangers[passage]
        self._passing[passage].kill(block=False)

    def _forget(self, passage: Passage) -> None:
        self._strangers.pop(passage, None)
        self._passing.pop(passage, None)
        passage.close()

    def close(self) -> None:
        """Close everything."""
        if self._accepting is not None:
            self._accepting.kill()
        if self._listener is not None:
            shut(self._listener)
        gevent.killall(list(self._passing.values()))
        for passage in list(self._passing):
            self._forget(passage)
