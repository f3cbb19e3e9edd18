"""The way in for publishers: who has not the token of a service gets no further than the door.

On one machine it is a socket file in a folder that only the user can enter, or, where there is no
such folder, a name that is no file, at which Linux says who comes. By that and by TCP it is CURVE
(RFC 26), whose keys come from the token: a client must know the server's public key to say a word
that the server can read, and here nobody knows it but who has the token. So a stranger ends at the
handshake, before a byte of a message is taken; and a stranger behind the address of a service that
has gone is sent nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import Final

import zmq
from zmq.utils import z85

from zwsnb.delivery.pieces import PIECE
from zwsnb.limits.descriptors import FOR_OTHERS, has_left


def lock(socket: zmq.Socket[bytes], address: str, token: str) -> None:
    """Have a socket that is to be bound let in only who has the token.

    Raises:
        OSError: ZeroMQ was built without CURVE, or others may enter the folder of a socket file.
    """
    if not _is_closed(address, _ENTER):
        raise OSError(
            f"{address} is no way in that only you can go: name a file in a folder that nobody else"
            f" may enter (chmod 700), or leave ingress away"
        )
    allow_ipv6(socket, address)
    if address.startswith(NAME):
        # Others are turned away before they can send a byte, which the handshake would hold.
        socket.setsockopt(zmq.IPC_FILTER_UID, os.getuid())
    if has_keys(address):
        socket.setsockopt(zmq.MAXMSGSIZE, PIECE + _BESIDE)
        socket.curve_server = True
        socket.curve_secretkey, socket.curve_publickey = _keys(token)


def unlock(socket: zmq.Socket[bytes], address: str, token: str) -> None:
    """Give a socket that is to be connected the key to one that `lock` has locked.

    A socket file is looked for once: ZeroMQ would go on to look by itself, and find what another
    user has put there when the folder of a service was removed.

    Raises:
        OSError: ZeroMQ was built without CURVE, or others may write into a socket file's folder.
    """
    with contextlib.suppress(FileNotFoundError):  # nobody is there
        if not _is_closed(address, _WRITE):
            raise OSError(_OTHERS.format(address))
    if is_file(address):
        socket.setsockopt(zmq.RECONNECT_IVL, -1)
    allow_ipv6(socket, address)
    if has_keys(address):
        socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
        _, socket.curve_serverkey = _keys(token)


def hold(address: str) -> tuple[str, int | None]:
    """Return by which address a socket file is connected, and a descriptor of its folder, which is
    that of the address for as long as it is open: another user may have his own folder in its place
    before ZeroMQ looks there. Of other addresses, on systems other than Linux, and where the name
    of the file is too long for that, None.

    Raises:
        FileNotFoundError: nobody is there.
        OSError: others may write into the folder.
    """
    if not is_file(address) or sys.platform != "linux" or not Path(_HELD).is_dir():
        return address, None
    path = Path(address.removeprefix("ipc://"))
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    found = os.fstat(folder)
    if found.st_uid != os.getuid() or found.st_mode & _WRITE:
        os.close(folder)
        raise OSError(_OTHERS.format(address))
    way = f"{_HELD}/{folder}/{path.name}"
    if len(os.fsencode(way)) > _LONGEST:
        os.close(folder)
        return address, None
    return f"ipc://{way}", folder


def has_room(address: str) -> bool:
    """Return whether a service has descriptors left for who connects to a socket file or a name of
    its, as far as that is known: libzmq ends a process that can accept nobody there.
    """
    its = _OF_PROCESS.match(address)
    return its is None or has_left(int(its[1]), FOR_OTHERS)


def has_keys(address: str) -> bool:
    """Return whether those at an address have keys; there messages go in pieces.

    Raises:
        OSError: it needs them, and ZeroMQ was built without CURVE.
    """
    if is_file(address) or address.startswith("inproc:"):
        return False
    if not zmq.has("curve"):
        raise OSError(
            f"{address} cannot be closed to strangers, as this ZeroMQ has no CURVE: install the"
            " pyzmq of PyPI or conda-forge"
        )
    return True


def allow_ipv6(socket: zmq.Socket[bytes], address: str) -> None:
    """Let a socket use an address such as ``tcp://[::1]:5000``; others stay as they are."""
    if "://[" in address:
        socket.setsockopt(zmq.IPV6, 1)


def is_file(address: str) -> bool:
    """Return whether an address is that of a socket file."""
    return address.startswith("ipc://") and not address.startswith(NAME)


NAME: Final = "ipc://@"
"""What an address begins with that is a name for the processes of one Linux, and no file."""

_OF_PROCESS: Final = re.compile(r"ipc://(?:.*/|@zwsnb-)([1-9]\d*)-\d+[.-][^/]*$")
"""A way in that has the number of its process, as `connection_file.ingress` names it."""

_BESIDE: Final = 64
"""Bytes that CURVE adds to a piece, and more."""

_OTHERS: Final = "others may write into the folder of {}: nothing is sent there"

_HELD: Final = "/proc/self/fd"
"""Where Linux has what a process has opened, whatever has its name by now."""

_LONGEST: Final = 107
"""Bytes of the path of a socket."""

_ENTER: Final = 0o077
_WRITE: Final = 0o022
"""What others may do with a folder."""


def _is_closed(address: str, to: int) -> bool:
    """Return whether others may not do `to` the folder of a socket file, for which there are no
    keys.

    Raises:
        FileNotFoundError: it has no folder.
    """
    if address.startswith(NAME):
        return has_names()
    if not is_file(address) or os.name != "posix":
        return True
    folder = Path(address.removeprefix("ipc://")).parent
    # Somebody else's link to it may lead elsewhere later, where publishers would follow.
    found = [folder.stat(), folder.lstat()]
    return {each.st_uid for each in found} == {os.getuid()} and not found[0].st_mode & to


def has_names() -> bool:
    """Return whether there are names that are no files, and the system tells who comes by one."""
    return sys.platform == "linux"


def _keys(token: str) -> tuple[bytes, bytes]:
    """Return the secret and the public key of the service with that token."""
    seed = hashlib.sha256(b"zwsnb ingress\0" + token.encode(errors="replace")).digest()
    secret = z85.encode(seed)
    return secret, zmq.curve_public(secret)


def why_not(address: str, error: zmq.ZMQError | OSError) -> str:
    """Return why an address cannot be bound or connected, with what helps."""
    if error.errno == zmq.EADDRINUSE:
        return f"{address} is in use by another program: choose another port, or end that program"
    return (
        f"{address} is no address that can be used ({error.strerror}); "
        "one looks like tcp://127.0.0.1:5000"
    )
