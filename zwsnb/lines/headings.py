"""The heading of columns: which line it is, what the columns are called, and which one is x.
[no I/O]

Lines of words before the first numbers may be the heading: it is the newest that has a name for
each column, a line of units left aside. A rule, ``---- ----``, is none.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zwsnb.lines.cells import UNITS, Cell, read_cell
from zwsnb.lines.split import BLANK, LONE_DECIMAL, sniff, split
from zwsnb.protocol.names import MAX_NAME
from zwsnb.protocol.point import X_NAMES

HEADINGS: Final = 3
"""Lines of words that are kept before the first numbers; those before them are refused."""

FIRST_X_NAMES: Final = {
    "",  # as pandas writes its index
    *("date", "datetime", "datum", "zeit", "second", "seconds", "sec", "elapsed", "ts"),
    *("index", "idx", "i", "n", "no", "nr", "iter", "iteration", "epoch", "frame", "sample"),
}
"""Names of a first column that is x, beside those that are x wherever they stand."""

_RULE: Final = re.compile(r"(?=.*[-=\u2500-\u257f]{2})[-=\u2500-\u257f:+|,;\s]+")
"""What parts a heading from the lines below it, or frames a table."""

_IN_BRACKETS: Final = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")


@dataclass(slots=True)
class Heading:
    """A line of words: its names, and what parts them."""

    line: str
    names: list[str]
    delimiter: str

    @property
    def is_of_units(self) -> bool:
        """True for a line such as ``(s),(V)`` below the names."""
        return all(not name or _IN_BRACKETS.match(name) or name in UNITS for name in self.names)


class Headings:
    """Keeps the lines that may be the heading.

    delimiter: of all lines; None: of each its own. has_header: the first line is the heading,
    whatever it holds.
    """

    def __init__(self, delimiter: str | None, *, has_header: bool) -> None:
        self.found: deque[Heading] = deque(maxlen=HEADINGS)
        self._delimiter = delimiter
        self._has_header = has_header
        self._rule = ""  # the newest

    def has(self, line: str) -> bool:
        """True for a line that has been kept before: a program that repeats its heading, or a frame
        that ends as it began.
        """
        return line == self._rule or any(line == heading.line for heading in self.found)

    def may_be(self, line: str) -> bool:
        """True for a line of words, and for a rule."""
        if self._has_header:
            return not self.found
        cells = split(line, self._delimiter)
        row = [read_cell(cell) for cell in cells]
        if None not in row:
            return False
        is_rule = _RULE.fullmatch(line) is not None
        return is_rule or all(c is None or not t for c, t in zip(row, cells, strict=True))

    def keep(self, line: str) -> str | None:
        """Keep a line; return the one that is forgotten for it, if there is one."""
        if not self._has_header and _RULE.fullmatch(line):
            self._rule = line
            return None
        forgotten = self.found[0].line if len(self.found) == HEADINGS else None
        delimiter = self._delimiter or sniff(line)
        self.found.append(Heading(line, split(line, delimiter), delimiter))
        return forgotten

    def of(self, line: str) -> Heading | None:
        """Return the heading that fits to `line`, the first one of numbers."""
        if self._has_header and self.found:
            return self.found[0]
        fitting = [heading for heading in self.found if self._fits(heading, line)]
        names = [heading for heading in fitting if not heading.is_of_units]
        return next(reversed(names or fitting), None)

    def _fits(self, heading: Heading, line: str) -> bool:
        names, is_lone = len(heading.names), len(split(line, self._delimiter)) == 1
        if is_lone or (names == 1 and LONE_DECIMAL.fullmatch(line)):
            return names == 1 or heading.delimiter == BLANK
        if names == 1 or heading.delimiter == BLANK:
            return len(split(line, self._delimiter)) in (names, names + 1)
        return 2 <= len(split(line, heading.delimiter)) <= names + 1


def x_by_name(names: Sequence[str], row: Sequence[Cell | None]) -> int | None:
    """Return the column that is x by its name, or as the first one that holds a date; None where
    none is. `row` is the first line of numbers.
    """
    if len(names) < 2:
        return None
    plain = [_plain(name) for name in names]
    usable = [i for i, cell in enumerate(row[: len(names)]) if cell is not None]
    for wanted in X_NAMES:
        if wanted in plain and plain.index(wanted) in usable:
            return plain.index(wanted)
    return 0 if 0 in usable and plain[0] in FIRST_X_NAMES else date_in(row)


def date_in(row: Sequence[Cell | None]) -> int | None:
    """Return the first column that holds a date."""
    return next((i for i, cell in enumerate(row) if cell and cell.is_time), None)


def _plain(name: str) -> str:
    """Return a name in small letters, and without the unit behind it, in brackets."""
    # Not by a pattern: it would begin anew at each space and bracket of a line of megabytes.
    end = name.rstrip()
    if end.endswith((")", "]")):
        begin = 1 + max(end.rfind(")", 0, -1), end.rfind("]", 0, -1))
        opened = [i for i in (end.find("(", begin), end.find("[", begin)) if i >= 0]
        name = end[: min(opened)].rstrip() if opened else name
    return name.casefold()


def names_x(names: Sequence[str]) -> bool:
    """True when one of the names is that of x."""
    return _plain(names[0]) in FIRST_X_NAMES or any(_plain(name) in X_NAMES for name in names)


def told_apart(names: list[str]) -> list[str]:
    """Return names for the columns, each one only once."""
    seen: Counter[str] = Counter()
    found = []
    for i, given in enumerate(names):
        name = " ".join(given.split())[: MAX_NAME - 8] or f"column {i + 1}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
