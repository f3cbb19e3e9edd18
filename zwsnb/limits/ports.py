"""Ports that no other user has a hold of, as Linux tells.

Who has bound a socket to a port, shared and without listening, keeps it when somebody else listens
there later. He can connect from it to the ports from which others will come: their connections
meet his (RFC 9293, 3.5), and he is told what was meant for who listens. While that one does,
nobody gets a hold any more; but a hold of all addresses is of a single one, whichever, for as long
as its socket is connected, so that a look at some is none.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from weakref import ref

ENDED_WITHIN: Final = 1.0
"""Seconds for which connections that are just ending are waited for."""

_LOOK_EVERY: Final = 0.02

_NOWHERE: Final = "100::1"
"""An address of nobody's (RFC 6666)."""

_FREEBIND: Final = 78
"""Linux's IPV6_FREEBIND: a socket may be bound to what is no address of this machine."""

_HELD: Final = "another user has a hold of it, or another program had within the last minute"

_ALL: Final = {socket.AF_INET: "0.0.0.0", socket.AF_INET6: "::"}  # noqa: S104 - only bound
"""All addresses of a kind."""

_NONE: Final = {errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.EACCES, errno.EPERM}
"""Why there are no sockets of a kind: a machine or a sandbox without IPv6."""

_listening: Final[list[ref[socket.socket]]] = []
"""Sockets of this process that listen, or did: a port may be ours at several addresses. A list, of
which threads take and give whole entries without a lock, for which a forked child could wait.
"""

_SOCKETS: Final = {socket.AF_INET: "/proc/net/tcp", socket.AF_INET6: "/proc/net/tcp6"}
_STATE: Final = 3
_USER: Final = 7
_INODE: Final = 9
"""Columns of those files."""

_LISTENS: Final = "0A"
_ENDING: Final = {"04", "05", "09", "0B"}
"""States, as those files have them; of connections of which one end has said that it is the end."""


def check_alone(listener: socket.socket) -> None:
    """Raise OSError where another user has a hold of the port of a socket that listens, at whatever
    address of this machine. What other programs have left for a minute (TIME_WAIT) looks alike;
    what `mark` has marked does not.
    """
    if sys.platform != "linux":
        return
    _listening.append(ref(listener, _listening.remove))
    if _is_alone(listener):
        return
    # Until it has ended not even a marked connection is its user's, as older systems have it.
    deadline = time.monotonic() + ENDED_WITHIN
    while _is_left(listener.getsockname()[1]) and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)
    if not _is_alone(listener) and _can_tell():
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
    """Return whether nobody has a hold of the port of a listener, at addresses of either kind."""
    _share(listener, is_shared=True)
    try:
        return all(_is_unheld(listener, family) for family in _ALL)
    finally:  # else another program of this user could listen here too
        _share(listener, is_shared=False)
        _close(listener.getsockname()[1])


def _is_unheld(listener: socket.socket, family: socket.AddressFamily) -> bool:
    """Return whether further sockets of a kind can be bound beside a listener, at all addresses; or
    at its own, where another one of ours, or a program of this user's or root's, as a proxy may,
    has the same port at others: while that listens nobody gets a hold of all.
    """
    where = listener.getsockname()
    is_ours = any(_is_beside(each, listener, family) for each in list(_listening))
    if not is_ours and _is_free(family, (_ALL[family], where[1])):
        return True
    is_guarded = is_ours or _is_trusted_beside(listener, family)
    return is_guarded and (listener.family != family or _is_free(family, where))


def _is_beside(found: ref[socket.socket], listener: socket.socket, family: int) -> bool:
    """Return whether it is another listener of that kind, open, at the same port."""
    other = found()
    if other is None or other is listener or other.family != family:
        return False
    with contextlib.suppress(OSError):  # it is closed
        return bool(other.getsockname()[1] == listener.getsockname()[1])
    return False


def _is_trusted_beside(listener: socket.socket, family: socket.AddressFamily) -> bool:
    trusted, own = {str(os.getuid()), "0"}, str(os.fstat(listener.fileno()).st_ino)
    return any(
        row[_STATE] == _LISTENS and row[_USER] in trusted and row[_INODE] != own
        for row in _rows(family, listener.getsockname()[1])
    )


def _is_free(family: socket.AddressFamily, where: tuple[Any, ...]) -> bool:
    """Return whether a shared socket can be bound there."""
    with contextlib.ExitStack() as undo:
        try:
            beside = undo.enter_context(socket.socket(family))
        except OSError as error:
            if error.errno not in _NONE:
                raise
            return True
        _share(beside, is_shared=True)
        if family == socket.AF_INET6:
            beside.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            beside.bind(where)
        except OSError as error:
            return error.errno != errno.EADDRINUSE
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


def _can_tell() -> bool:
    """Return whether this is so where nobody else can be: some sandboxes have it otherwise."""
    with contextlib.ExitStack() as undo:
        try:
            free = undo.enter_context(socket.socket(socket.AF_INET6))
            free.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            free.bind(("::", 0))  # of a free port at one address somebody may have a hold
        except OSError:
            free = undo.enter_context(socket.socket())
            free.bind(("0.0.0.0", 0))  # noqa: S104 - nobody can connect to what does not listen
        return _is_alone(free)


def _is_left(port: int) -> bool:
    """Return whether a connection to a port is just ending."""
    return any(row[_STATE] in _ENDING for family in _ALL for row in _rows(family, port))


def _rows(family: socket.AddressFamily, port: int) -> Iterator[list[str]]:
    """Return what Linux tells of the sockets at a port, of a kind."""
    its = f":{port:04X}"
    with contextlib.suppress(OSError):
        for line in Path(_SOCKETS[family]).read_text(encoding="utf-8").splitlines()[1:]:
            if (row := line.split())[1].endswith(its):
                yield row
