"""How many files a process may still open: libzmq ends the whole process where it finds none left
while it makes a context, or for who connects by a socket file, so that whoever has it do that looks
before.
"""

from __future__ import annotations

import contextlib
import errno
import sys
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

_COUNTED: Final = "/proc/self/fd"
_OPEN: Final = (_COUNTED, "/dev/fd")
"""Folders in which a system lists the descriptors of the process that looks."""


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
    return _is_little(_limit(), _opened())


def are_few_of(process: int) -> bool:
    """Return whether it is so in another process, as far as the system tells."""
    if sys.platform != "linux" or resource is None:
        return False
    folder = Path(f"/proc/{process}/fd")
    try:
        limit = resource.prlimit(process, resource.RLIMIT_NOFILE)[0]
        opened = folder.stat().st_size or len(list(folder.iterdir()))
    except OSError:  # it has gone, or is another user's
        return False
    return limit != resource.RLIM_INFINITY and _is_little(limit, opened)


def _is_little(limit: int, opened: int) -> bool:
    return limit - opened <= min(FOR_THOSE_WHO_COME, limit // 16)


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
            # Newer Linux (6.2) has counted them, and need not list them four times a second.
            counted = Path(folder).stat().st_size if folder == _COUNTED else 0
            return counted or len(list(Path(folder).iterdir()))
        except FileNotFoundError:
            continue
        except OSError:  # none is left to look with
            return _limit()
    return 0
