"""Connections that come to a listener, for as long as it listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import gevent
from gevent.socket import wait_read

from zwsnb.limits import ports

if TYPE_CHECKING:
    import socket

_PAUSE: Final = 0.1
"""Seconds without accepting where the system gives no descriptor, or no memory."""


def accept(listener: socket.socket, admit: Callable[[socket.socket], object]) -> None:
    """Hand each connection to `admit`; in a greenlet of its own, which never ends by itself."""
    while True:
        wait_read(listener.fileno())
        try:
            sock, _ = listener.accept()
        except BlockingIOError:
            continue
        except (OSError, MemoryError):
            gevent.sleep(_PAUSE)
            continue
        ports.mark(sock)
        admit(sock)
