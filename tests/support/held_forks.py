"""A child that is forked while another thread is in the midst of a change."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable


def ends_well(act: Callable[[], object], held: contextlib.AbstractContextManager[object]) -> bool:
    """Return whether a child comes to the end of `act` that is forked while another thread holds a
    lock, which nobody releases there.
    """
    holds, may_leave = threading.Event(), threading.Event()

    def hold() -> None:
        with held:
            holds.set()
            may_leave.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(5)
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    may_leave.set()
    thread.join()
    return os.waitpid(child, 0)[1] == 0
