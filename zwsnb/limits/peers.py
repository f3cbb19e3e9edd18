"""Whose program is at the other end of a connection, as Linux tells of those of this machine.

It is asked for the one connection: the list of all of them takes it milliseconds.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import sys
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

_SOCK_DIAG: Final = 4
_BY_FAMILY: Final = 20
_REQUEST: Final = 1
_LISTENS: Final = 10
_ANY: Final = 0xFFFFFFFF
"""Numbers of sock_diag(7): its protocol, the kind of its messages, a flag of them, a state, and all
states or no number.
"""

_HEAD: Final = struct.Struct("=IHHII")
_WHICH: Final = struct.Struct("=BBBxI")
_ENDS: Final = struct.Struct("!HH16s16s")
_AT: Final = struct.Struct("=III")
_FOUND: Final = struct.Struct("=BBBB48xIIIII")
"""Parts of its messages: of all, of a question (two), of which socket it is about (two), of an
answer.
"""


_UNTOLD: Final = {
    errno.EAFNOSUPPORT,
    errno.EPROTONOSUPPORT,
    errno.EACCES,
    errno.EPERM,
    errno.ENOSYS,
    errno.ECONNREFUSED,
}
"""Why nothing tells, as in a sandbox."""


def is_anothers(sock: socket.socket) -> bool:
    """Return whether another user of this machine has the other end of a connection: not root, and
    not who has become this user by sudo. False where nothing tells, as of other machines.

    Raises:
        OSError: it was not found out, so it may be: the connection has ended, or this process has
            no descriptor left to ask with, which another user may have brought about.
    """
    if sys.platform != "linux":
        return False
    try:
        owner = _owner_of(sock.getpeername(), sock.getsockname())
    except OSError as error:
        if error.errno not in _UNTOLD:
            raise
        return False
    trusted = str(os.getuid()), "0", os.environ.get("SUDO_UID")
    return owner is not None and str(owner) not in trusted


def _owner_of(there: tuple[Any, ...], here: tuple[Any, ...]) -> int | None:
    """Return the user of the socket that is at one address and connected to another, if this
    machine has it.

    Raises:
        OSError: the system does not tell, or its program has closed it: then it is root's by name.
    """
    own, others = _packed(there[0]), _packed(here[0])
    family = socket.AF_INET if len(own) == 4 else socket.AF_INET6
    which = _WHICH.pack(family, socket.IPPROTO_TCP, 0, _ANY)
    which += _ENDS.pack(there[1], here[1], own, others)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as system:
        # One that its program has bound to an interface is found by that alone.
        for interface in (0, *(index for index, _ in socket.if_nameindex())):
            asked = which + _AT.pack(interface, _ANY, _ANY)
            head = _HEAD.pack(_HEAD.size + len(asked), _BY_FAMILY, _REQUEST, 0, 0)
            system.send(head + asked)
            answer = system.recv(4096, socket.MSG_DONTWAIT)
            if _HEAD.unpack_from(answer)[1] != _BY_FAMILY:  # there is none
                continue
            _, state, *_, user, inode = _FOUND.unpack_from(answer, _HEAD.size)
            if state != _LISTENS:
                if not inode:
                    raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
                return int(user)
    return None


def _packed(host: str) -> bytes:
    """Return an address as bytes; of one of IPv4 that is written as one of IPv6 the four of it."""
    ip = ip_address(host.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).packed
