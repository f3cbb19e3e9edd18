"""Whether a client still waits for its answer: others wait for what is made for nobody."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING, Final

import gevent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIEnvironment

    from greenlet import greenlet

CONNECTION: Final = "zwsnb.connection"
"""Where the WSGI environment of a request has the socket that its answer goes to."""

_LOOK_EVERY: Final = 1.0
"""Seconds between two looks."""


def has_gone(connection: socket.socket) -> bool:
    """Return whether a client has ended its connection, from which nothing else is awaited."""
    timeout = connection.gettimeout()
    connection.settimeout(0)
    try:
        return not connection.recv(1, socket.MSG_PEEK)
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

    watch = gevent.spawn(_watch, check, gevent.getcurrent())
    try:
        yield check
    finally:
        watch.kill(block=False)


def _watch(check: Callable[[], None], waiting: greenlet) -> None:
    try:
        while True:
            check()
            gevent.sleep(_LOOK_EVERY)
    except ConnectionAbortedError as error:
        gevent.kill(waiting, error)
