"""The connection files: how another process of the same user finds a running service.

Each service writes one, readable by its user alone, and removes it when it stops; one whose process
has gone is removed by whoever comes across it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import socket
import stat
import tempfile
from pathlib import Path
from typing import Any, Final, NotRequired, TypedDict
from urllib.parse import parse_qs, urlsplit

from zwsnb.limits.descriptors import FOR_OTHERS, has_left

LONGEST_SOCKET: Final = 100
"""Bytes of the path of a socket file: systems take 103 to 107 at most."""


class Info(TypedDict):
    """What a connection file holds."""

    pid: int
    url: str  # of the page, with its token
    ingress: str  # where publishers connect
    token: str
    owner: NotRequired[int]  # the process that it is for, where that is another one


def folder() -> Path:
    """Return the folder of the connection files, made on first use: $ZWSNB_RUNTIME_DIR, or one of
    the user's own.

    Raises:
        OSError: it cannot be made.
        PermissionError: it belongs to somebody else, or others may write into it.
    """
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    path = Path(os.environ.get("ZWSNB_RUNTIME_DIR") or Path(_base()) / f"zwsnb-{user}").absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OSError(error.errno, f"the folder {path} cannot be made ({why}): {_REPAIR}") from None
    if hasattr(os, "getuid"):
        _check_is_own(path)
    return path


def _base() -> str:
    return os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()


# The first call holds a lock, for which a child that is forked meanwhile waits for ever; while this
# is imported none is (`native.no_fork`).
with contextlib.suppress(FileNotFoundError):
    _base()

_REPAIR: Final = "set ZWSNB_RUNTIME_DIR to a folder of your own"


def _check_is_own(path: Path) -> None:
    """Raise PermissionError for a folder into which somebody else may put a service of his, and for
    somebody else's link to one of ours: he may lead it elsewhere later.
    """
    found = path.stat()
    if {found.st_uid, path.lstat().st_uid} != {os.getuid()}:
        raise PermissionError(f"{path} belongs to somebody else: {_REPAIR}")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"others may write into {path}: chmod 700 {path}, or {_REPAIR}")


def write(info: Info) -> Path:
    """Write the connection file of a running service, and return its path; those of services that
    were killed are removed.

    Raises:
        OSError: that cannot be done, and nothing is left of it.
    """
    running()
    path = path_of(info)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(info, file)
    except BaseException:  # a disk that is full, or an interrupt
        path.unlink()
        raise
    return path


def ingress(port: int) -> str:
    """Return where publishers of other processes of this user connect to the service whose page has
    that port: a socket file beside its connection file, or, where there can be none, a name that is
    no file, or TCP: there whoever is on this machine could take descriptors and memory of it.
    """
    from zwsnb.delivery import doors  # ZeroMQ comes with a service, not with who looks for one

    with contextlib.suppress(OSError, UnicodeError):
        path = folder() / f"{os.getpid()}-{port}.sock"
        os.fspath(path).encode()  # as ZeroMQ takes it
        is_closed = os.name == "posix" and not path.parent.stat().st_mode & 0o077
        if is_closed and len(os.fsencode(path)) <= LONGEST_SOCKET:
            return f"ipc://{path}"
    if doors.has_names():  # another program cannot have this one before
        return f"{doors.NAME}zwsnb-{os.getpid()}-{port}-{secrets.token_hex(8)}"
    return "tcp://127.0.0.1:*"


def remove(info: Info) -> None:
    """Remove the connection file of a service that stops, and its socket file."""
    with contextlib.suppress(OSError):
        path_of(info).unlink()
    with contextlib.suppress(OSError):
        if (path := _socket_of(info)) is not None:
            path.unlink()


def _socket_of(info: Info) -> Path | None:
    """Return the socket file of a service, where it stands beside its connection file."""
    path = Path(info["ingress"].removeprefix("ipc://"))
    return path if path.parent == folder() and path.is_socket() else None


def _is_left(path: Path) -> bool:
    """Return whether nobody listens at a socket file."""
    with socket.socket(socket.AF_UNIX) as found:
        found.setblocking(False)  # noqa: FBT003 - a process that is stopped answers nobody
        return found.connect_ex(os.fspath(path)) == errno.ECONNREFUSED


def path_of(info: Info) -> Path:
    """Return the path of a service's connection file: a process may have several services."""
    return folder() / f"{info['pid']}-{urlsplit(info['url']).port}.json"


def running() -> list[Info]:
    """Return the running services of this user, the newest last."""
    paths = sorted(folder().glob("*.json"), key=_age)
    return [info for path in paths if (info := _read(path)) is not None]


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> Info | None:
    """Return what a file holds, or None, and remove the file, when its process has gone."""
    try:
        with open(path, encoding="utf-8", opener=_at_once) as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            found = json.load(file)
        info = _info_in(found)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    left = None
    with contextlib.suppress(OSError):  # of descriptors, there may be none to look with
        its = _socket_of(info)
        can_ask = its is not None and has_left(info["pid"], FOR_OTHERS)
        left = its if its is not None and can_ask and _is_left(its) else None
    # Another process may have the number now: a container gives out the same ones after each start.
    if is_alive(info["pid"]) and left is None:
        return info
    with contextlib.suppress(OSError):
        path.unlink()
        if left is not None:  # else another service may have taken it over
            left.unlink()
    return None


def _at_once(path: str, flags: int) -> int:
    """Open a file; a pipe of somebody else's, at which nobody writes, is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _info_in(found: Any) -> Info:
    """Return what a file says of a service.

    Raises:
        ValueError, KeyError, TypeError, OverflowError: it says nothing that could be used.
    """
    info = Info(
        pid=_process(found["pid"]),
        url=str(found["url"]),
        ingress=str(found["ingress"]),
        token=str(found["token"]),
    )
    if "owner" in found:
        info["owner"] = _process(found["owner"])
    url = urlsplit(info["url"])
    if url.port is None:
        raise ValueError(f"{info['url']:.40} has no port")
    parse_qs(url.query)["token"]  # without it it is none of ours
    return info


def _process(number: Any) -> int:
    """Return the number of a process; 0 and less would be those of groups."""
    if not 0 < int(number) < 2**31:
        raise ValueError(f"no process is {number!r:.40}")
    return int(number)


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()


def is_there(info: Info) -> bool:
    """Return whether the connection file of a service is there, and its process too."""
    found = _read(path_of(info))
    return found is not None and found["token"] == info["token"]


def is_alive(pid: int) -> bool:
    """Return whether a process of this user has that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        with contextlib.suppress(OSError):  # the system does not tell whose it is
            return _is_own(Path(f"/proc/{pid}").stat())
    except OSError:
        return True
    return True


def find(to: str | os.PathLike[str] | None = None) -> Info:
    """Return the service of the connection file `to`, or of $ZWSNB_CONNECT, or the only one that
    this user runs.

    Raises:
        RuntimeError: there is none, or there are several.
    """
    to = to or os.environ.get("ZWSNB_CONNECT")
    if to:
        info = _read(Path(to))
        if info is None:
            raise RuntimeError(f"{to} is not the connection file of a running zwsnb service")
        return info
    found = running()
    if len(found) == 1:
        return found[0]
    if not found:
        raise RuntimeError(
            "no zwsnb service is running: %load_ext zwsnb in a notebook, or `zwsnb serve`, starts "
            "one"
        )
    files = "\n".join(f"  {path_of(info)}" for info in found)
    raise RuntimeError(f"{len(found)} zwsnb services are running; name one of\n{files}")
