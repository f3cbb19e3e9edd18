"""Lines of a text, which may have no end: of a long one the begin is kept; and how much of them is
read, and kept.  [no I/O]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

LONGEST: Final = 4 << 20
"""Characters of a line; ten thousand columns have fewer."""

MOST_COLUMNS: Final = 10_000
"""Of a line; a plot takes a thousand series."""

MOST_NAMES: Final = 10_000
"""Names that something is kept of, of all lines: a program may make up new ones in each."""


class Readable(Protocol):
    """A file of text."""

    def readline(self, limit: int, /) -> str:
        """Return the next line with its end, or so many characters of it; empty at the end."""


def bounded(file: Readable) -> Iterator[str]:
    """Yield the lines of a file as they come; of a longer one than `LONGEST` one character more
    than that, so that it is known.
    """
    while line := file.readline(LONGEST + 1):
        yield line
        while line and not line.endswith("\n"):
            line = file.readline(LONGEST)
