"""Whether the system gives this process more threads: libzmq ends the whole process where it gives
none while a context begins, so that whoever makes one looks before.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from zwsnb.producer import native

if TYPE_CHECKING:
    from _thread import LockType

_NEEDED: Final = 2
"""Threads of a context."""


def check_threads() -> None:
    """Raise OSError where no threads are left."""
    gate = native.Lock()
    gate.acquire()
    try:
        for _ in range(_NEEDED):
            native.start_new_thread(_pass, (gate,))
    except RuntimeError as error:
        # At its end Python itself starts none, which does not keep libzmq from it.
        if "start new thread" in str(error):
            raise OSError(
                errno.EAGAIN,
                "zwsnb needs more threads, and the system gives this process none: raise the limit"
                " of processes (`ulimit -u`, or that of the container) or of memory, or end some",
            ) from None
    finally:
        gate.release()


def _pass(gate: LockType) -> None:
    with gate:
        pass
