"""Lines become points, one by one.  [no I/O]

A line is a JSON object (`zwsnb.protocol.point`), or has its values by name (`zwsnb.lines.pairs`),
or in columns (`zwsnb.lines.columns`). It is a point, a heading, blank, or refused with a reason,
whatever it holds: the four add up to the lines that were read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from zwsnb.lines.bounded import LONGEST, MOST_NAMES
from zwsnb.lines.cells import Units, read_cell
from zwsnb.lines.columns import Columns
from zwsnb.lines.pairs import Pairs, read_pairs
from zwsnb.lines.split import split
from zwsnb.protocol.messages import InvalidMessage, JsonObject
from zwsnb.protocol.names import MAX_NAME, check_name
from zwsnb.protocol.point import X_NAMES, Point, flattened, named_point, point_of

_SHOWN: Final = 60
"""Characters of a line that are shown of one that is refused."""

_REASON: Final = 120
"""Characters of the reason."""

_COLOURS: Final = re.compile(r"\x1b\[[0-9;:]*m")
_SEQUENCES: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])"
)
_CONTROLS: Final = (
    dict.fromkeys([*range(32), *range(127, 160)]) | dict.fromkeys(range(10, 14), " ") | {9: "\t"}
)


def clean(line: str) -> str:
    """Return a line without its end, the mark of a byte order, colours and control characters."""
    if not line.isprintable():
        line = _SEQUENCES.sub(" ", _COLOURS.sub("", line))
        line = line.translate(_CONTROLS)
    return line.strip(" \ufeff")


def _printable(text: str) -> str:
    """Return a text without what would move a terminal's cursor."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _nobody(_: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Lines:
    """Reads lines one by one.

    clock: seconds since 1970, for an x of "now". x: "now", "line", or a column by its name or its
    number, from 1; None: as it is found. delimiter: of columns; None: of each line its own.
    has_header: the first line is a heading, whatever it holds. say: is told at once, in a line,
    what was refused and left out, and why.

    ``lines == points + headings + blank + refused``.
    """

    clock: Callable[[], float]
    x: str | None = None
    delimiter: str | None = None
    has_header: bool = False
    say: Callable[[str], None] = _nobody
    lines: int = 0
    points: int = 0
    headings: int = 0
    blank: int = 0
    refused: int = 0
    _columns: Columns = field(init=False)
    _units: Units = field(default_factory=Units)
    _left_out: set[str] = field(default_factory=set)
    _has_pairs: bool = False
    _members: list[str] | None = None  # of the newest line, if it has its values by name
    _is_time: dict[str | None, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns = Columns(
            x=self.x,
            delimiter=self.delimiter,
            has_header=self.has_header,
            say=self.say,
            left_out=self._leave_out,
            refuse=self._refuse_heading,
        )

    def read(self, line: str) -> Point | None:
        """Return the point of a line, whose x is finite; None for a line that has none."""
        self.lines += 1
        if len(line) > LONGEST:
            self._refuse(line[:_SHOWN], f"it is longer than {LONGEST:,} characters")
            return None
        line = clean(line)
        if self.has_header and self.lines == self.blank + 1:
            line = line.lstrip("# ")
        if not line.strip(" \t,;|") or line.startswith("#"):
            self.blank += 1
            return None
        try:
            point = self._point(line)
            if point is not None:
                point = self._finished(point)
        except (ValueError, TypeError, OverflowError, RecursionError, InvalidMessage) as error:
            self._refuse(line, str(error) or type(error).__name__)
            return None
        if point is None:
            self.headings += 1
        else:
            self.points += 1
        return point

    def name_of(self, column: str, point: Point) -> str | None:
        """Return what a column is called among the values of the newest point, by its name or its
        number, from 1; None where it has no such value.
        """
        for same in (str, str.casefold):
            for name in point.values:
                if same(name) == same(column):
                    return name
        names = self._columns.names if self._members is None else dict(enumerate(self._members, 1))
        found = names.get(int(column)) if column.isdecimal() else None
        return found if found in point.values else None

    # -- the three kinds of lines ------------------------------------------------------------------

    def _point(self, line: str) -> Point | None:
        if line.startswith("{"):
            return self._object(line)
        if self.delimiter is None and not self.has_header and not self._columns.claims(line):
            pairs = read_pairs(line, self._units)
            if pairs is not None:
                self._has_pairs = True
                return self._named(pairs)
        if self._has_pairs and None in map(read_cell, split(line, self.delimiter)):
            raise ValueError("it has no number by name, as lines before")
        self._members = None
        return self._columns.read(line, may_be_heading=not self.points)

    def _object(self, line: str) -> Point:
        members: JsonObject = json.loads(line)
        flat = flattened(members)
        self._members = list(flat)
        return self._with_x(point_of(members, self._x_names(self._members)))

    def _named(self, pairs: Pairs) -> Point:
        self._members = pairs.names
        names = self._x_names(pairs.names)
        if self.x is None:
            measures = {name.casefold() for name in pairs.measures} - {"x"}
            names = [name for name in names if name not in measures]
        point = self._with_x(named_point(pairs.members, names))
        point = replace(point, left_out={**point.left_out, **pairs.refused})
        if point.x is None and self.x is None and pairs.date is not None:
            return replace(point, x=pairs.date, is_time=True)
        return point

    def _x_names(self, members: Sequence[str]) -> Sequence[str]:
        """Return the members that may be x, of all of a line."""
        if self.x is None:
            return X_NAMES
        if self.x in ("now", "line"):
            return ()
        if self.x not in members and self.x.isdecimal() and 1 <= int(self.x) <= len(members):
            return [members[int(self.x) - 1]]
        return [self.x]

    def _with_x(self, point: Point) -> Point:
        if point.x is None and self.x not in (None, "now", "line"):
            raise ValueError(f"there is no {self.x!r:.40}, which is to be x")
        return point

    # -- what is common to them --------------------------------------------------------------------

    def _finished(self, point: Point) -> Point:
        """Return a point with its x, and only with what can be published.

        Raises:
            TypeError, ValueError: there is nothing, or it does not go with the points before.
        """
        for name, why in point.left_out.items():
            self._leave_out(name, why)
        values = {
            check_name(name, "series"): y
            for name, y in point.values.items()
            if not (math.isnan(y) and name in self._left_out)
        }
        if not values:
            raise ValueError("there is no y in it")
        x, is_time = point.x, point.is_time
        if x is None:
            is_time = self.x == "now"
            x = self.clock() if is_time else float(self.points)
        if point.plot not in self._is_time and len(self._is_time) >= MOST_NAMES:
            raise ValueError(f"its plot is new, and lines before have {MOST_NAMES:,}")
        if self._is_time.setdefault(point.plot, is_time) != is_time:
            was, now = ("a time", "a number") if not is_time else ("a number", "a time")
            raise ValueError(f"x is {now}, and was {was} before")
        return replace(point, x=x, values=values, is_time=is_time)

    def _leave_out(self, name: str, why: str) -> None:
        name = name[:MAX_NAME]
        if name in self._left_out or len(self._left_out) > MOST_NAMES:
            return
        self._left_out.add(name)
        if len(self._left_out) > MOST_NAMES:
            self.say(f"left out {MOST_NAMES:,} names: what else is left out is not said any more")
        else:
            self.say(f"left out {name[:_SHOWN]!r}: {_printable(why[:_SHOWN])}")

    def take_back(self, line: str, why: str) -> None:
        """Refuse the point of a line after all: its plot does not take it."""
        self.points -= 1
        self._refuse(clean(line), why)

    def _refuse(self, line: str, why: str) -> None:
        self.refused += 1
        self.say(f"refused {line[:_SHOWN]!r}: {_printable(why[:_REASON])}")

    def _refuse_heading(self, line: str) -> None:
        # It was counted as a heading when it came.
        self.headings -= 1
        self._refuse(line, "there is no number in it")
