"""Whether the system gives this process more threads: libzmq ends the whole process where it gives
none while a context begins, so that whoever makes one looks before.
"""

from __future__ import annotations

import errno
import time
from _thread import get_native_id
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Final

from zwsnb.producer import native

if TYPE_CHECKING:
    from _thread import LockType

OF_A_CONTEXT: Final = 2
"""How many threads one takes."""

_END_WITHIN: Final = 0.2
"""Seconds that the threads of a look have for their end; they need some microseconds."""


def check_threads(needed: int = OF_A_CONTEXT) -> None:
    """Raise OSError where this process may not have so many threads more."""
    gate, tried = native.Lock(), _Tried()
    gate.acquire()
    try:
        for _ in range(needed):
            native.start_new_thread(tried.run, (gate,))
            tried.count += 1
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
        tried.wait()


class _Tried:
    """Threads that only show that there may be some. The next ones may need their places."""

    def __init__(self) -> None:
        self.count = 0
        self._done: native.SimpleQueue[int] = native.SimpleQueue()

    def run(self, gate: LockType) -> None:
        """Be one of them, until the gate opens."""
        with gate:
            self._done.put(get_native_id())

    def wait(self) -> None:
        """Wait until all have gone, also for the system, where it tells."""
        deadline = time.monotonic() + _END_WITHIN
        for _ in range(self.count):
            try:
                task = Path(f"/proc/self/task/{self._done.get(timeout=_END_WITHIN)}")
            except Empty:
                return
            while task.exists() and time.monotonic() < deadline:
                native.sleep(0.0005)
