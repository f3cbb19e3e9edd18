"""The functions of a user that are called when a page has done something.

They run one after the other in a thread of their own: the hub, which serves the pages, waits for
none of them, and neither does the cell that runs. What one raises ends nothing; it is logged at
level ERROR, with its traceback, the first time.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable
from typing import Final

from zwsnb.producer import native

_log: Final = logging.getLogger("zwsnb.steering")


class Turn:
    """What one function of a control waits for: a place in the queue, however much has come.

    most: calls that wait, the newest ones; a slow function skips those before.
    """

    def __init__(self, name: str, most: int = 1) -> None:
        self.name = name
        self.calls: deque[Callable[[], object]] = deque(maxlen=most)
        self.is_queued = False


class Callbacks:
    """Calls functions in a thread."""

    def __init__(self) -> None:
        self._waiting: native.SimpleQueue[Turn] = native.SimpleQueue()
        self._pid = 0  # of the process whose thread it is
        self._starting = native.Lock()
        self._logged: set[tuple[str, str]] = set()

    def start(self) -> None:
        """Start the thread, unless it runs: what it prints stands below the cell that has started
        it, the one that wants a function to be called.
        """
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
            if turn.calls:
                self._call(turn.name, turn.calls.popleft())
            if turn.calls:  # behind the others: one that is slow holds up none for long
                self._queue(turn)

    def _call(self, name: str, function: Callable[[], object]) -> None:
        try:
            function()
        except BaseException as error:  # noqa: BLE001 - the user's, be it sys.exit; the next is called
            self._report(name, error)

    def _report(self, name: str, error: BaseException) -> None:
        kind = (name, type(error).__name__)
        if kind not in self._logged:
            self._logged.add(kind)
            said = str(error) or type(error).__name__
            _log.error("a callback of %r has failed: %s", name, said, exc_info=error)


callbacks: Final = Callbacks()
"""Those of this process."""
