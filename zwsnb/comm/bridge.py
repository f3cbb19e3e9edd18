"""The connection of a page behind a comm to a service in another process: by a WebSocket of this
one, which hands on what comes and goes.
"""

from __future__ import annotations

import contextlib
import inspect
import socket
from queue import Empty
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from zwsnb.comm.comm_socket import Ended
from zwsnb.producer import native
from zwsnb.server.doors.answers import PROVED

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

    from zwsnb.comm.comm_socket import Tell

ANSWERS_WITHIN = 5.0
"""Seconds."""

_LOST = 1006

# A cell that holds the interpreter answers no pings; older versions send none.
_WITHOUT_PINGS: dict[str, Any] = (
    {"ping_interval": None} if "ping_interval" in inspect.signature(connect).parameters else {}
)


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
                sock=peer,
                open_timeout=ANSWERS_WITHIN,
                compression=None,
                max_size=None,
                **_WITHOUT_PINGS,
            ) as opened:
                self._check(opened)
                ready.put(opened)
                self._hand_on(opened)
        except Exception as error:  # noqa: BLE001 - it is raised in the thread that waits for it
            ready.put(error)

    def _check(self, opened: ClientConnection) -> None:
        answer = opened.response.headers.get(PROVED) if opened.response else None
        if self._answer not in (None, answer):
            raise ConnectionRefusedError("another program has its port")

    def _hand_on(self, opened: ClientConnection) -> None:
        try:
            for message in opened:
                self._tell(message)
        except ConnectionClosed:
            pass
        finally:
            self._tell(Ended(opened.close_code or _LOST, opened.close_reason or ""))

    def receive(self, text: str) -> None:
        """Take a message of the page; one to a service that has ended is lost."""
        with contextlib.suppress(ConnectionClosed):
            self._socket.send(text)

    def close(self) -> None:
        """End the connection: the page has gone."""
        # In a thread, for it waits for the answer.
        native.thread("zwsnb-comm-close", self._socket.close).start()
