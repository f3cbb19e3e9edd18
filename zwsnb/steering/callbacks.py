"""The functions of a user that are called when a page has done something.

They run one after the other in a thread of their own: the hub, which serves the pages, waits for
none of them, and neither does the cell that runs. What one raises ends nothing; it is logged at
level ERROR, with its traceback, the first time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Final

from zwsnb.producer import native

_log: Final = logging.getLogger("zwsnb.steering")


class Callbacks:
    """Calls functions in a thread."""

    def __init__(self) -> None:
        self._waiting: native.SimpleQueue[tuple[str, Callable[[], object]]] = native.SimpleQueue()
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

    def call(self, name: str, function: Callable[[], object]) -> None:
        """Call a function soon, in the name of a control; from any thread."""
        self._waiting.put((name, function))
        if self._pid != os.getpid():
            self.start()

    def _run(self) -> None:
        while True:
            name, function = self._waiting.get()
            try:
                function()
            except Exception as error:  # noqa: BLE001 - the user's, and the next one is called
                self._report(name, error)

    def _report(self, name: str, error: Exception) -> None:
        kind = (name, type(error).__name__)
        if kind not in self._logged:
            self._logged.add(kind)
            _log.error("a callback of %r has failed: %s", name, error, exc_info=error)


callbacks: Final = Callbacks()
"""Those of this process."""
