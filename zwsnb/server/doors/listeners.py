"""The sockets at which a server is asked, at both of a machine's own addresses.

A browser that is told localhost asks at ``::1`` first, and so do proxies and tunnels, as the system
has it. Another user's program that had the port there would be told what is meant for the service,
and could ask the service itself for what it does not know.
"""

from __future__ import annotations

import errno
import socket
from typing import Final

from zwsnb.limits import ports

_BACKLOG: Final = 128
"""Connections that wait to be accepted."""

_OTHER: Final = {
    "127.0.0.1": "::1",
    "localhost": "::1",
    "0.0.0.0": "::1",  # noqa: S104  # compared, not bound
    "::1": "127.0.0.1",
}
"""Which address of this machine's own is not had by an address; "" and "::" have both."""

_TRIES: Final = 16
"""Free ports that are looked at for one that is free at both, and that nobody has a hold of."""


def listen_at_own(host: str, port: int) -> list[socket.socket]:
    """Return sockets that are bound to an address, as `listen` does, and to the port at the
    machine's other own address, if it has one.

    Raises:
        OSError: as `listen`, for one of them.
    """
    for left in reversed(range(1 if port else _TRIES)):
        try:
            return _at_both(host, port)
        except OSError:
            if not left:
                raise
    raise AssertionError  # it was returned or raised before


def _at_both(host: str, port: int) -> list[socket.socket]:
    first = listen(host, port)
    try:
        return [first, *_beside(host, int(first.getsockname()[1]))]
    except OSError:
        first.close()
        raise


def _beside(host: str, port: int) -> list[socket.socket]:
    """Return the socket at the other own address; none where this machine has no such address.

    Raises:
        OSError: another program has the port there.
    """
    if host not in _OTHER:
        return []
    try:
        return [listen(_OTHER[host], port)]
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise
        return []


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address; no connection is accepted yet.

    host: an address of this machine; an empty one, or "::", is all of them. port: 0 is a free one.

    Raises:
        OSError: the port is taken, or another user has a hold of it, or the address is none of this
            machine's.
    """
    family = socket.AF_INET6 if not host or ":" in host else socket.AF_INET
    sock = socket.socket(family)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
        ports.check_alone(sock)
        sock.settimeout(0)
    except OSError as error:
        sock.close()
        raise OSError(
            error.errno,
            f"port {port} at {host} cannot be used ({error.strerror}): choose another, or 0 for a "
            "free one",
        ) from error
    return sock
