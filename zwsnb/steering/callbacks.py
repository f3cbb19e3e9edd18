"""The functions of a user that are called when a page has done something.

They run one after the other in a thread of their own: the hub, which serves the pages, waits for
none of them, and neither does the cell that runs. What one raises ends nothing; it is logged at
level ERROR, with its traceback, the first time, and where `logging` is not set up Python prints it.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Final

from zwsnb.producer import native

_log: Final = logging.getLogger("zwsnb.steering")


class Turn:
    """What one function of a control waits for: a place in the queue, however much has come.

    It is called in the context of whoever has made this: in a notebook what it prints, and what it
    raises, stands below that cell, whichever cell runs.

    most: calls that wait, the newest ones; a slow function skips those before.
    """

    def __init__(self, name: str, most: int = 1) -> None:
        self.name = name
        self.calls: deque[Callable[[], object]] = deque(maxlen=most)
        self.is_queued = False
        self._context = copy_context()
        self._logged: set[str] = set()  # kinds of errors

    def take(self) -> None:
        """Call what waits longest, if something does."""
        if self.calls:
            self._context.run(self._call, self.calls.popleft())

    def _call(self, function: Callable[[], object]) -> None:
        try:
            function()
        except BaseException as error:  # noqa: BLE001 - the user's, be it sys.exit; the next is called
            with contextlib.suppress(BaseException):  # so are the filters and handlers of a log
                self._report(error)

    def _report(self, error: BaseException) -> None:
        kind = type(error).__name__
        if kind not in self._logged:
            self._logged.add(kind)
            words = _words_of(error) or kind
            _log.error("a callback of %r has failed: %s", self.name, words, exc_info=error)


def _words_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - it is a method of the user's
        return ""


class Callbacks:
    """Calls functions in a thread."""

    def __init__(self) -> None:
        self._waiting: native.SimpleQueue[Turn] = native.SimpleQueue()
        self._pid = 0  # of the process whose thread it is
        self._starting = native.Lock()

    def start(self) -> None:
        """Start the thread, unless it runs."""
        with self._starting:
            if self._pid != os.getpid():
                self._pid = os.getpid()
                native.thread("zwsnb-steering", self._run).start()

    def call(self, turn: Turn, function: Callable[[], object]) -> None:
        """Call a function soon, when its turn has come; from any thread."""
        turn.calls.append(function)
        self._queue(turn)
        if self._pid != os.getpid():
            self.start()

    def _queue(self, turn: Turn) -> None:
        if not turn.is_queued:
            turn.is_queued = True
            self._waiting.put(turn)

    def _run(self) -> None:
        while True:
            turn = self._waiting.get()
            turn.is_queued = False  # before it is looked at: what comes meanwhile has another turn
            turn.take()
            if turn.calls:  # behind the others: one that is slow holds up none for long
                self._queue(turn)


callbacks: Final = Callbacks()
"""Those of this process."""
