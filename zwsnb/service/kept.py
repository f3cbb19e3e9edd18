"""The files by which a service is found, and which stay as long as it runs: what a cleaner of
temporary files has removed is made again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

import gevent

from zwsnb.delivery import doors
from zwsnb.lives import failures, untold
from zwsnb.producer import native
from zwsnb.service import connection_file
from zwsnb.service.connection_file import Info

LOOK_EVERY: Final = 5.0
"""Seconds between two looks."""


class Kept:
    """The connection file of a service, and its socket file, which `open_again` makes anew."""

    def __init__(self, info: Info, open_again: Callable[[], object]) -> None:
        self._info = info
        self._open_again = open_again
        self._is_there = False
        self._changing = native.Lock()  # what is removed must not be made again

    def write(self) -> tuple[str, ...]:
        """Write the connection file; return what is to be said where that cannot be done."""
        try:
            connection_file.write(self._info)
        except OSError as error:
            sentence = failures.unfound(error)
            untold.note(sentence)
            return (sentence,)
        self._is_there = True
        return ()

    def remove(self) -> None:
        """Remove both."""
        with self._changing:
            self._is_there = False
            connection_file.remove(self._info)

    def run(self) -> NoReturn:
        """Look after them, in a greenlet of the hub."""
        while True:
            gevent.sleep(LOOK_EVERY)
            with self._changing, contextlib.suppress(OSError):
                if self._is_there:
                    self.look()

    def look(self) -> None:
        """Make again what is not there.

        Raises:
            OSError: it cannot be made.
        """
        if not connection_file.path_of(self._info).exists():
            connection_file.write(self._info)
        ingress = self._info["ingress"]
        if doors.is_file(ingress) and not Path(ingress.removeprefix("ipc://")).exists():
            self._open_again()
