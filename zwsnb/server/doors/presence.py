"""Whether a client still waits for its answer: others wait for what is made for nobody."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING, Final

import gevent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIEnvironment


CONNECTION: Final = "zwsnb.connection"
"""Where the WSGI environment of a request has the socket that its answer goes to."""

_LOOK_EVERY: Final = 1.0
"""Seconds between two looks."""

_AT_ONCE: Final = 1 << 16
"""Bytes that are thrown away with one look."""


def has_gone(connection: socket.socket) -> bool:
    """Return whether a client has ended its connection. Nothing else is awaited from there: what
    comes is thrown away, or the end behind it would not be seen.
    """
    timeout = connection.gettimeout()
    connection.settimeout(0)
    try:
        return not connection.recv(_AT_ONCE)
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.settimeout(timeout)


@contextlib.contextmanager
def while_there(environ: WSGIEnvironment) -> Iterator[Callable[[], None]]:
    """Go on, in a greenlet, for as long as the client waits: while others have their turns, and in
    a queue, it is looked for once a second. What this yields looks at once.

    Raises:
        ConnectionAbortedError: it has gone.
    """
    connection: socket.socket | None = environ.get(CONNECTION)

    def check() -> None:
        if connection is not None and has_gone(connection):
            raise ConnectionAbortedError("the client has gone")

    def leave(error: ConnectionAbortedError) -> None:
        if waits:  # it may have come to its end meanwhile
            waiting.throw(error)

    def watch() -> None:
        try:
            while True:
                check()
                gevent.sleep(_LOOK_EVERY)
        except ConnectionAbortedError as error:
            gevent.get_hub().loop.run_callback(leave, error)

    waits, waiting = True, gevent.getcurrent()
    watching = gevent.spawn(watch)
    try:
        yield check
    finally:
        waits = False
        watching.kill(block=False)
