"""The connection of a page behind a comm to a service in another process: by a WebSocket of this
one, which hands on what comes and goes.

Who has the service's port is anybody until it has proved itself with the head of its answer: no
more is read of it, and it is left without a goodbye, for whose answer it might have us wait.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import math
import socket
import struct
import sys
from queue import Empty
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Response
from websockets.sync.client import ClientConnection, connect

from zwsnb.comm.comm_socket import Ended
from zwsnb.producer import native
from zwsnb.server.doors.answers import PROVED

if TYPE_CHECKING:
    from websockets.protocol import Event

    from zwsnb.comm.comm_socket import Tell

ANSWERS_WITHIN = 5.0
"""Seconds."""

MOST_UNPROVED: Final = 16 << 10
"""Bytes that are read of who has not proved itself: the head of an answer, or a refusal."""

_LOST: Final = 1006

# A cell that holds the interpreter answers no pings; older versions send none.
_WITHOUT_PINGS: dict[str, Any] = (
    {"ping_interval": None} if "ping_interval" in inspect.signature(connect).parameters else {}
)


class _Peer:
    """A socket at whose other end anybody may be, until it is trusted."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._left: float = MOST_UNPROVED

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def recv(self, size: int) -> bytes:
        """Receive as much as is left: at last nothing, as at the end of a connection."""
        received = self._sock.recv(int(min(size, self._left)))
        self._left -= len(received)
        return received

    def trust(self) -> None:
        """Receive whatever comes from now on."""
        self._left = math.inf


class _Connection(ClientConnection):
    """A WebSocket that is opened to who proves itself. answer: with what; None: it need not."""

    def __init__(self, answer: str | None, sock: socket.socket, *args: Any, **more: Any) -> None:
        self._answer, self._is_proved = answer, False
        super().__init__(sock, *args, **more)

    def process_event(self, event: Event) -> None:
        """Look at the answer before what follows it is read."""
        if isinstance(event, Response):
            self._is_proved = self._answer in (None, event.headers.get(PROVED))
            if self._is_proved:
                cast("_Peer", self.socket).trust()
        super().process_event(event)

    def handshake(self, *args: Any, **more: Any) -> None:
        """Open it, or leave at once.

        Raises:
            ConnectionRefusedError: who answers has not proved itself.
        """
        super().handshake(*args, **more)
        if not self._is_proved:
            raise ConnectionRefusedError("another program has its port")


class Bridge:
    """One page's connection. `tell` is called in a thread of its own. answer: what the service
    proves itself with; None: it need not.

    Raises:
        OSError: the service does not answer, or refuses, or is another program.
    """

    def __init__(self, address: str, tell: Tell, answer: str | None = None) -> None:
        parts = urlsplit(address)
        # Its own socket: no proxy of the environment stands between processes of one machine.
        peer = socket.create_connection((parts.hostname, parts.port), ANSWERS_WITHIN)
        peer.settimeout(None)
        # A service that takes nothing, as one that is stopped, is not to hold who says something.
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(ANSWERS_WITHIN))
        self._tell = tell
        self._answer = answer
        ready: native.SimpleQueue[ClientConnection | Exception] = native.SimpleQueue()
        native.thread("zwsnb-comm", self._run, address, peer, ready).start()
        try:
            opened = ready.get(timeout=2 * ANSWERS_WITHIN)
        except Empty:
            peer.close()
            raise TimeoutError("the zwsnb service does not answer this page") from None
        if isinstance(opened, Exception):
            raise OSError(f"the zwsnb service refuses this page: {opened}") from opened
        self._socket = opened

    def _run(
        self,
        address: str,
        peer: socket.socket,
        ready: native.SimpleQueue[ClientConnection | Exception],
    ) -> None:
        try:
            with connect(
                urlsplit(address)._replace(scheme="ws").geturl(),
                sock=cast("socket.socket", _Peer(peer)),
                create_connection=cast("Any", functools.partial(_Connection, self._answer)),
                open_timeout=ANSWERS_WITHIN,
                compression=None,
                max_size=None,
                **_WITHOUT_PINGS,
            ) as opened:
                ready.put(opened)
                self._hand_on(opened)
        except Exception as error:  # noqa: BLE001 - it is raised in the thread that waits for it
            ready.put(error)

    def _hand_on(self, opened: ClientConnection) -> None:
        try:
            for message in opened:
                self._tell(message)
        except ConnectionClosed:
            pass
        finally:
            self._tell(Ended(opened.close_code or _LOST, opened.close_reason or ""))

    def receive(self, text: str) -> None:
        """Take a message of the page; one to a service that has ended, or takes none, is lost."""
        whole = text.encode(errors="replace").decode()  # JSON can hold half of a character
        with contextlib.suppress(ConnectionClosed):
            self._socket.send(whole)

    def close(self) -> None:
        """End the connection: the page has gone."""
        # In a thread, for it waits for the answer.
        native.thread("zwsnb-comm-close", self._socket.close).start()


def _timeval(seconds: float) -> bytes:
    if sys.platform == "win32":
        return struct.pack("l", int(seconds * 1e3))
    return struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
