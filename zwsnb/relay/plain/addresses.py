"""Addresses of ZeroMQ over TCP, ``tcp://127.0.0.1:5000``, and what listens at them."""

from __future__ import annotations

import contextlib
import errno
import socket
from typing import Final, NamedTuple

from zwsnb.delivery.doors import why_not
from zwsnb.limits import ports

SCHEME: Final = "tcp://"

_BACKLOG: Final = 128
"""Connections that wait to be accepted."""


class TcpAddress(NamedTuple):
    """A host, "" for all that this machine has, and a port, 0 for a free one."""

    host: str
    port: int


def parse(address: str) -> TcpAddress:
    """Return what an address says; a host or port of ``*`` is any.

    Raises:
        OSError: it is none.
    """
    rest = address.removeprefix(SCHEME)
    host, _, port = rest.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    number = "0" if port == "*" else port
    is_none = not host or not (number.isascii() and number.isdigit()) or int(number) > 0xFFFF
    if is_none or not address.startswith(SCHEME):
        raise OSError(errno.EINVAL, "it needs a host and a port")
    return TcpAddress("" if host == "*" else host, int(number))


def shut(listener: socket.socket) -> None:
    """Free the address of what `listen` has returned: a forked process may have it too."""
    ports.mark(listener)
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def listen_at(address: str) -> socket.socket:
    """Return a socket that listens at an address and does not block.

    Raises:
        OSError: the address cannot be used, and why.
    """
    try:
        return listen(parse(address))
    except OSError as error:
        raise OSError(error.errno, why_not(address, error)) from error


def listen(where: TcpAddress) -> socket.socket:
    """Return a socket that listens there and does not block.

    Raises:
        OSError: the address is taken, or held by another user, or none of this machine's.
    """
    found = socket.getaddrinfo(
        where.host or "0.0.0.0",  # noqa: S104 - the user has said *
        where.port,
        type=socket.SOCK_STREAM,
    )
    family, *_, bound = found[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(bound)
        sock.listen(_BACKLOG)
        ports.check_alone(sock)
        sock.settimeout(0)
    except OSError:
        sock.close()
        raise
    return sock


def address_of(sock: socket.socket) -> str:
    """Return the address at which a socket listens, with its port."""
    host, port = sock.getsockname()[:2]
    return f"{SCHEME}[{host}]:{port}" if ":" in host else f"{SCHEME}{host}:{port}"


def keep_alive(sock: socket.socket) -> None:
    """Have the system find out when the other end is there no more, in a minute or so."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if (option := getattr(socket, name, None)) is not None:  # not every system has them
            sock.setsockopt(socket.IPPROTO_TCP, option, value)
