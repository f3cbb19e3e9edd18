"""Ports that no other user has a hold of, as Linux tells.

Who has bound a socket to a port, shared and without listening, keeps it when somebody else listens
there later. He can connect from it to the ports from which others will come: their connections
meet his (RFC 9293, 3.5), and he is told what was meant for who listens. While that one does,
nobody gets a hold any more.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
import time
from pathlib import Path
from typing import Final

ENDED_WITHIN: Final = 1.0
"""Seconds for which connections that are just ending are waited for."""

_LOOK_EVERY: Final = 0.02

_NOWHERE: Final = "100::1"
"""An address of nobody's (RFC 6666)."""

_FREEBIND: Final = 78
"""Linux's IPV6_FREEBIND: a socket may be bound to what is no address of this machine."""

_HELD: Final = "another user has a hold of it, or another program had within the last minute"

_CONNECTIONS: Final = ("/proc/net/tcp", "/proc/net/tcp6")
_ENDING: Final = {"04", "05", "09", "0B"}
"""States of connections of which one end has said that it is the end, as those files have them."""


def check_alone(listener: socket.socket) -> None:
    """Raise OSError where another user has a hold of the port of a socket that listens. What other
    programs have left for a minute (TIME_WAIT) looks alike; what `mark` has marked does not.
    """
    if sys.platform != "linux" or _is_alone(listener):
        return
    # Until it has ended not even a marked connection is its user's, as older systems have it.
    deadline = time.monotonic() + ENDED_WITHIN
    while _is_left(listener.getsockname()[1]) and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)
    if not _is_alone(listener) and _can_tell(listener):
        raise OSError(errno.EADDRINUSE, _HELD)


def mark(sock: socket.socket) -> None:
    """Have a socket, and what the system keeps of it when it is closed, not look like somebody
    else's: that of a connection, or of a listener that ends and that a forked process still has.
    """
    _share(sock, is_shared=True)


def _share(sock: socket.socket, *, is_shared: bool) -> None:
    """Have its port be one that other sockets of its user, and only his, may be bound to."""
    with contextlib.suppress(OSError, AttributeError):  # not every system has the option
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(is_shared))


def _is_alone(listener: socket.socket) -> bool:
    """Return whether such a socket can be bound beside a listener."""
    with socket.socket(listener.family) as beside:
        _share(listener, is_shared=True)
        _share(beside, is_shared=True)
        try:
            beside.bind(listener.getsockname())
        except OSError:
            return False
        finally:  # else another program of this user could listen here too
            _share(listener, is_shared=False)
            _close(listener.getsockname()[1])
    return True


def _close(port: int) -> None:
    """Have a port be shared no more: what Linux remembers of it is of who was bound to it last, be
    it at an address at which nobody is. Where somebody listens at all addresses nobody can be.
    """
    for family, address in ((socket.AF_INET6, _NOWHERE), (socket.AF_INET, "127.0.0.2")):
        with contextlib.suppress(OSError), socket.socket(family) as last:
            if family == socket.AF_INET6:
                last.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                last.setsockopt(socket.IPPROTO_IPV6, _FREEBIND, 1)
            last.bind((address, port))


def _can_tell(listener: socket.socket) -> bool:
    """Return whether this is so where nobody else can be: some sandboxes have it otherwise."""
    with socket.socket(listener.family) as free:
        free.bind((listener.getsockname()[0], 0))
        free.listen(1)
        return _is_alone(free)


def _is_left(port: int) -> bool:
    """Return whether a connection to a port is just ending."""
    ours = f":{port:04X}"
    for path in _CONNECTIONS:
        with contextlib.suppress(OSError):
            for line in Path(path).read_text(encoding="ascii").splitlines()[1:]:
                _, local, _, state, *_ = line.split()
                if local.endswith(ours) and state in _ENDING:
                    return True
    return False
