"""How many files a process may still open: libzmq ends the whole process where it finds none left
while it makes a context, or when somebody connects to a socket file or a name, so that whoever does
either looks before.
"""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path
from types import ModuleType
from typing import Final

resource: ModuleType | None = None
with contextlib.suppress(ImportError):  # Windows has another limit, which is far away
    import resource

FOR_A_SENDER: Final = 16
"""Descriptors that a ZeroMQ context with a socket and its connection takes, and some to spare."""

FOR_A_SERVICE: Final = 32
"""Likewise those of a hub, its sockets and a few pages."""

FOR_THOSE_WHO_COME: Final = 64
"""Descriptors of those who may connect by a socket file from one look to the next."""

FOR_OTHERS: Final = 32
"""Those that a process has left when somebody connects to it: others may do so at the same time."""

_OPEN: Final = ("/proc/self/fd", "/dev/fd")
"""Folders in which a system lists the descriptors of the process that looks."""

_PROC: Final = "/proc"

_LIMIT: Final = "Max open files"
"""What the line begins with in which Linux has the limit of a process."""


def check_descriptors(needed: int, what: str) -> None:
    """Raise OSError unless this process may open `needed` more files.

    what: that for which they are needed, as in "a sender", for the sentence.
    """
    limit, opened = _limit(), _opened()
    if limit - opened < needed:
        raise OSError(
            errno.EMFILE,
            f"{what} of zwsnb needs {needed} descriptors, and of the {limit:,} that this process"
            f" may have {opened:,} are in use: close files, or start the program anew with a"
            f" higher limit, as `ulimit -n {max(4096, 4 * limit)}` sets it in a shell",
        )


def are_few() -> bool:
    """Return whether those who connect by a socket file may use up what is left: where the process
    may have few in any case, a sixteenth of them.
    """
    limit = _limit()
    return limit - _opened() <= min(FOR_THOSE_WHO_COME, limit // 16)


def has_left(pid: int, needed: int) -> bool:
    """Return whether another process may open `needed` more files; True where nothing tells."""
    its = Path(_PROC, str(pid))
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = (its / "limits").read_text(encoding="utf-8").splitlines()
        limit = next(line.split()[3] for line in lines if line.startswith(_LIMIT))
        return limit == "unlimited" or int(limit) - _count(its / "fd") >= needed
    return True


def _limit() -> int:
    """Return how many descriptors this process may have; very many where there is no limit."""
    if resource is None:
        return 1 << 30
    limit: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 30 if limit == resource.RLIM_INFINITY else limit


def _opened() -> int:
    """Return how many descriptors are in use; 0 where the system does not say."""
    for folder in _OPEN:
        try:
            return _count(Path(folder))
        except FileNotFoundError:
            continue
        except OSError:  # none is left to look with
            return _limit()
    return 0


def _count(folder: Path) -> int:
    """Return how many descriptors a folder lists. Linux says so by itself since 6.2: strangers, for
    each of whom somebody looks, need not cost a list of hundreds.
    """
    said = folder.stat().st_size if folder.is_relative_to(_PROC) else 0
    return said or len(list(folder.iterdir()))
