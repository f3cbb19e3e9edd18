"""Lines of columns: what each column is called, which one is x, and which are left out.  [no I/O]

The first line of numbers settles it. The rules stand in docs/pipe.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from zwsnb.lines.cells import GAP, Cell, Units, read_cell
from zwsnb.lines.headings import Heading, Headings, date_in, names_x, told_apart, x_by_name
from zwsnb.lines.split import BLANK, LONE_DECIMAL, split
from zwsnb.protocol.names import DEFAULT_SERIES
from zwsnb.protocol.point import Point

_TIME_OF_DAY: Final = re.compile(r"\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?", re.ASCII)
"""A column of its own behind that of the dates, as many loggers write it."""


@dataclass(slots=True)
class Columns:
    """Reads lines of columns.

    x: "now", "line", the name or the number of a column, from 1; None: as it is found. delimiter:
    of all lines; None: of each its own. has_header: the first line is the heading, whatever it
    holds. names: what the newest line's values are called, by the numbers of their columns, from 1.
    say: is told what is worth knowing. left_out: is told of a column that is no numbers, and why.
    refuse: is given a line of words that turned out to be no heading.
    """

    x: str | None
    delimiter: str | None
    has_header: bool
    say: Callable[[str], None]
    left_out: Callable[[str, str], None]
    refuse: Callable[[str], None]
    heading: Heading | None = None
    is_settled: bool = False
    names: dict[int, str] = field(default_factory=dict)
    _headings: Headings = field(init=False)
    _names: dict[int, str] = field(default_factory=dict)
    _width: int = 0
    _x: int | None = None
    _numbers: set[int] = field(default_factory=set)
    _words: set[int] = field(default_factory=set)
    _units: Units = field(default_factory=Units)

    def __post_init__(self) -> None:
        self._headings = Headings(self.delimiter, has_header=self.has_header)

    def read(self, line: str, *, may_be_heading: bool) -> Point | None:
        """Return the point of a line, whose x is None where it is the line's count; None for a
        heading.

        Raises:
            ValueError: it is no point.
        """
        if self._headings.has(line):
            return None
        if may_be_heading and not self.is_settled and self._headings.may_be(line):
            if (forgotten := self._headings.keep(line)) is not None:
                self.refuse(forgotten)
            return None
        if not self.is_settled:
            self.heading = self._headings.of(line)
        cells = self._split(line)
        row = [read_cell(cell) for cell in cells]
        has_number = any(cell is not None and not cell.is_gap for cell in row)
        if not has_number and (None in row or (self._headings.found and not self.is_settled)):
            raise ValueError("there is no number in it")
        if has_number and not self.is_settled:
            self._settle(row)
        point = self._point(cells, row)
        self._width = max(self._width, len(row))
        return point

    # -- the heading -------------------------------------------------------------------------------

    def claims(self, line: str) -> bool:
        """True for a line that belongs to the columns of a heading, whatever its cells hold."""
        heading = self.heading if self.is_settled else self._headings.of(line)
        if heading is None or heading.delimiter == BLANK:
            return False
        return len(heading.names) > 1 and heading.delimiter in line

    def _split(self, line: str) -> list[str]:
        heading = self.heading
        if heading is None:
            cells = split(line, self.delimiter)
        elif len(heading.names) == 1 and LONE_DECIMAL.fullmatch(line):
            cells = [line.strip('"')]
        else:
            is_strict = heading.delimiter != BLANK and len(heading.names) > 1
            cells = split(line, heading.delimiter if is_strict else self.delimiter)
        known = max(1, self._width, 0 if heading is None else len(heading.names))
        while len(cells) > known and not cells[-1]:
            cells.pop()  # a delimiter at the end of a line begins no column
        return cells

    # -- the first line of numbers -----------------------------------------------------------------

    def _settle(self, row: list[Cell | None]) -> None:
        """Decide what the columns are called, and which is x, by the first line of numbers."""
        self.is_settled = True
        if self.heading is None:
            for heading in self._headings.found:
                self.say(
                    f"the heading {heading.line[:60]!r} is not used: it does not fit the lines"
                )
            return
        names = self.heading.names
        if len(row) == 1 and len(names) > 1 and self.heading.delimiter == BLANK:
            names = [self.heading.line.strip()]
        elif len(row) == len(names) + 1 and not names_x(names):
            names = ["x" if row[0] else "", *names]  # they are those of the values
        self._names = dict(enumerate(told_apart(names)))
        self._x = x_by_name(names, row) if self.x is None else None
        if self._x is None and self.x is None and len(names) > 1:
            self.say("x counts the lines; --x COLUMN or --x now chooses another")

    # -- a line ------------------------------------------------------------------------------------

    def _point(self, cells: list[str], row: list[Cell | None]) -> Point:
        if self.heading is not None:
            self._check_width(row)
            row = row + [GAP] * (len(self._names) - len(row))
        x = self._x_in(row)
        number, is_time, of_x = (None, False, ()) if x is None else _x_value(x, row, cells)
        values: dict[str, float] = {}
        for i, cell in enumerate(row):
            if i in of_x or self._is_left_out(i, cell, cells):
                continue
            name = self.names[i + 1] = self._name(i, len(values))
            value = GAP.number if cell is None else self._units.same(name, cell)
            values[name] = value if math.isfinite(value) else math.nan
        if not values:
            raise ValueError("there is no y in it")
        self._numbers |= {i for i, cell in enumerate(row) if cell and not cell.is_gap}
        return Point(number, values, is_time)

    def _check_width(self, row: list[Cell | None]) -> None:
        is_blank = self.heading is not None and self.heading.delimiter == BLANK
        if is_blank and len(row) < len(self._names):
            raise ValueError(f"it has {len(row)} columns, the heading {len(self._names)}")

    def _is_left_out(self, i: int, cell: Cell | None, cells: list[str]) -> bool:
        """True for the cell of a column of words or dates, which is named once."""
        is_further = i not in self._names and 0 < self._width <= i
        if cell is None and (i in self._numbers or is_further):
            raise ValueError(f"{cells[i][:40]!r} is no number")
        if cell is None or cell.is_time:
            self._words.add(i)
            self.left_out(self._names.get(i) or f"column {i + 1}", "no number")
            return True
        return cell.is_gap and i in self._words

    def _name(self, i: int, before: int) -> str:
        if self.heading is None:
            return f"{DEFAULT_SERIES}{before + 1}" if before else DEFAULT_SERIES
        return self._names.setdefault(i, f"column {i + 1}")

    def _x_in(self, row: list[Cell | None]) -> int | None:
        """Return the column that is x on this line; None where it is its count."""
        if self.x in ("now", "line"):
            return None
        if self.x is not None:
            return self._chosen(self.x, len(row))
        if self.heading is not None:
            return self._x
        usable = [i for i, c in enumerate(row) if c and not (c.is_gap and i in self._words)]
        if len(usable) < 2:
            return None
        if self._x is None:
            date = date_in(row)
            self._x = usable[0] if date is None else date
        if self._x >= len(row):
            raise ValueError(f"it has {len(row)} columns, and x is number {self._x + 1}")
        return self._x

    def _chosen(self, x: str, width: int) -> int:
        """Return the column that the user has named, or numbered from 1.

        Raises:
            ValueError: there is none.
        """
        for same in (str, str.casefold):
            for i, name in self._names.items():
                if same(name) == same(x):
                    return i
        if not x.isdecimal():
            names = ", ".join(self._names.values())[:100]
            having = f"the heading has {names}" if names else "there is no heading"
            raise ValueError(f"there is no column {x[:40]!r}: {having}")
        if not 1 <= int(x) <= width:
            raise ValueError(f"there is no column {x[:40]}: the line has {width}")
        return int(x) - 1


def _x_value(
    x: int, row: list[Cell | None], cells: list[str]
) -> tuple[float, bool, tuple[int, ...]]:
    """Return x, whether it is a time, and the columns that it is from.

    Raises:
        ValueError: it is no finite number.
    """
    cell, text = row[x], cells[x] if x < len(cells) else ""
    if cell is None:
        raise ValueError(f"x is {text[:40]!r}, which is no number")
    if not math.isfinite(cell.number):
        raise ValueError(f"x is {text[:40]!r}; x must be finite")
    following = cells[x + 1] if x + 1 < len(cells) else ""
    if cell.is_time and len(text) == len("2026-01-01") and _TIME_OF_DAY.fullmatch(following):
        clock = read_cell(f"{text} {following if following[2] == ':' else f'0{following}'}")
        if clock is not None:
            return clock.number, True, (x, x + 1)
    return cell.number, cell.is_time, (x,)
