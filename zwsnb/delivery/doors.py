"""The way in for publishers: who has not the token of a service gets no further than the door.

On one machine it is a socket file in a folder that only the user can enter. By TCP it is CURVE
(RFC 26), whose keys come from the token: a client must know the server's public key to say a word
that the server can read, and here nobody knows it but who has the token. So a stranger ends at the
handshake, before a byte of a message is taken; and a stranger behind the address of a service that
has gone is sent nothing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import zmq
from zmq.utils import z85


def lock(socket: zmq.Socket[bytes], address: str, token: str) -> None:
    """Have a socket that is to be bound let in only who has the token.

    Raises:
        OSError: ZeroMQ was built without CURVE, or others may enter the folder of a socket file.
    """
    _check_folder(address)
    allow_ipv6(socket, address)
    if _needs_keys(address):
        socket.curve_server = True
        socket.curve_secretkey, socket.curve_publickey = _keys(token)


def unlock(socket: zmq.Socket[bytes], address: str, token: str) -> None:
    """Give a socket that is to be connected the key to one that `lock` has locked.

    Raises:
        OSError: ZeroMQ was built without CURVE.
    """
    allow_ipv6(socket, address)
    if _needs_keys(address):
        socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
        _, socket.curve_serverkey = _keys(token)


def allow_ipv6(socket: zmq.Socket[bytes], address: str) -> None:
    """Let a socket use an address such as ``tcp://[::1]:5000``; others stay as they are."""
    if "://[" in address:
        socket.setsockopt(zmq.IPV6, 1)


def _check_folder(address: str) -> None:
    """Raise OSError for a socket file that others can reach: there are no keys for these."""
    scheme, _, path = address.partition("://")
    if scheme != "ipc" or os.name != "posix":
        return
    folder = Path(path).parent
    # Somebody else's link to it may lead elsewhere later, where publishers would follow.
    found = [] if path.startswith("@") else [folder.stat(), folder.lstat()]
    if {each.st_uid for each in found} != {os.getuid()} or found[0].st_mode & 0o077:
        raise OSError(
            f"{address} is no way in that only you can go: name a file in a folder that nobody else"
            f" may enter (chmod 700), or leave ingress away"
        )


def _needs_keys(address: str) -> bool:
    if address.startswith(("ipc:", "inproc:")):
        return False
    if not zmq.has("curve"):
        raise OSError(
            f"{address} cannot be closed to strangers, as this ZeroMQ has no CURVE: install the"
            " pyzmq of PyPI or conda-forge"
        )
    return True


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
        f"{address} is no address that ZeroMQ can use ({error.strerror}); "
        "one looks like tcp://127.0.0.1:5000"
    )
