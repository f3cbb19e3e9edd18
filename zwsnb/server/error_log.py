"""The log of what goes wrong in the hub's thread: at most one line a second, and nothing printed.

What is printed there would appear under a notebook's cell, and what a peer can cause at will must
not fill a log.
"""

from __future__ import annotations

import logging
import time
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

LONGEST: Final = 300
"""Characters of a line."""

# What the libraries log goes nowhere: they would log every request, and its token with it.
SILENT = logging.Logger("silent", logging.CRITICAL + 1)  # noqa: LOG001  # outside the tree, where nobody turns it on
# What goes wrong in the service; below "zwsnb", which has what is the user's to mend as well.
LOG = logging.getLogger("zwsnb.service")
LOG.addHandler(logging.NullHandler())  # without a handler Python prints warnings to stderr


class ErrorLog:
    """A file for pywsgi's errors: at most one line an `interval` to the log, which says how many
    were left out.

    `exception` has the signature of `gevent.hub.Hub.print_exception`, and can take its place.
    """

    def __init__(self, logger: logging.Logger = LOG, interval: float = 1.0) -> None:
        self.exceptions = 0  # errors of zwsnb itself, logged or not
        self._logger = logger
        self._interval = interval  # seconds
        self._next = 0.0  # when a line may be logged again
        self._omitted = 0  # lines since the last one that was logged

    def write(self, text: str) -> None:
        """Log the text as one line, or count it."""
        self._log(logging.WARNING, text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Log several lines as one."""
        self.write(" ".join(lines))

    def flush(self) -> None:
        """Do nothing, as the log does that itself."""

    def exception(
        self,
        context: object,  # noqa: ARG002  # all four are the hub's words
        t: type[BaseException] | None,
        v: BaseException | str | None,
        tb: TracebackType | None,
    ) -> None:
        """Count an exception, and log it with the place where it was raised."""
        self.exceptions += 1
        frames = traceback.extract_tb(tb)
        place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        self._log(logging.ERROR, f"{t.__name__ if t else 'Error'}: {v}{place}")

    def _log(self, level: int, text: str) -> None:
        now = time.monotonic()
        if now < self._next:
            self._omitted += 1
            return
        more = f" (and {self._omitted} more)" if self._omitted else ""
        self._next, self._omitted = now + self._interval, 0
        line = "".join(letter if letter.isprintable() else " " for letter in text[:LONGEST])
        self._logger.log(level, "%s%s", line.strip(), more)
