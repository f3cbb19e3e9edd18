"""A socket file to which this process alone can connect: it has no name any more.

The names of Linux that are no files are read and connected to by everybody. libzmq turns other
users away only when it has accepted them, and ends the process where it has no descriptor for that.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import socket
import tempfile
from pathlib import Path
from typing import Final

_LONGEST: Final = 107
"""Bytes of the path of a socket."""

# The first call holds a lock, for which a child that is forked meanwhile waits for ever; while this
# is imported none is (`native.no_fork`).
with contextlib.suppress(FileNotFoundError):
    tempfile.gettempdir()


class Unseen:
    """A socket file in a folder of its own, whose `address` is to be bound.

    Raises:
        OSError: there can be none.
    """

    def __init__(self) -> None:
        self._held: int | None = None
        # When its socket is closed libzmq removes what has this path by then: nothing else has.
        self._path = Path(tempfile.gettempdir(), f"zwsnb-{_any()}", _any())
        if len(os.fsencode(self._path)) > _LONGEST:
            raise OSError(errno.ENAMETOOLONG, "too long for a socket file")
        self._path.parent.mkdir(mode=0o700)
        self.address = f"ipc://{self._path}"

    def hide(self) -> str:
        """Take its name from what is bound, and return the address that it has for this process.

        Raises:
            OSError: this system has none.
        """
        self._held = os.open(self._path, os.O_PATH)
        self._remove()
        way = f"/proc/self/fd/{self._held}"
        with socket.socket(socket.AF_UNIX) as trying:
            trying.connect(way)
        return f"ipc://{way}"

    def close(self) -> None:
        """Let go of it."""
        self._remove()
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._path.parent.rmdir()


def _any() -> str:
    return secrets.token_hex(8)
