"""Lines of names with values, as in ``cpu=1.5 mem=20`` and ``Temp:21.5,Hum:40``.  [no I/O]

Around pairs with ``=`` other words may stand, as in a log; a line of pairs with ``:`` has nothing
else, for words with a colon are too frequent. A date at the beginning is x where no pair is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from zwsnb.lines.bounded import MOST_COLUMNS
from zwsnb.lines.cells import UNITS, Units, read_cell
from zwsnb.lines.split import LEADING_TIME

_KEY: Final = r"[^\W\d][\w.\-/%#@]*"
_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_APART: Final = rf"(?:[ \t]+({_UNIT}|°[CFK])(?=[\s,;)\]]|$))?"
_THOUSANDS: Final = r'[+-]?[1-9]\d{0,2}(?:,\d{3})+(?!\d)[^\s,;|&"\])}]*(?!,\d)'
_VALUE: Final = rf'"([^"]*)"|({_THOUSANDS}|[+-]?\d+,\d+(?=[\s;|\])]|$)|[^\s,;|&"\])}}]*)'
_EQUALS: Final = re.compile(rf"(?<![\w.\-/%#@])({_KEY})[ \t]*=[ \t]*(?:{_VALUE}){_APART}")
_COLON: Final = re.compile(rf"[\s|]*({_KEY})[ \t]*:[ \t]*(?:{_VALUE}){_APART}[\s|]*")
_CLOCK: Final = re.compile(r"(?<!\w)\d\d?:\d\d(?![\d.])")
"""A time of day, which is no pair: ``Nov 27 23:05``."""

_PIECE: Final = re.compile(r"\s*([^\W\d][^:=]*):([^:=]*)")


class Pairs(NamedTuple):
    """A line of pairs.

    members: numbers by name, NaN for a gap; and words and dates, as the text that they are.
    measures: the names whose number has a unit: ``time=12ms`` is no x. date: the one at the
    beginning of the line, in seconds since 1970. names: all of the line, in order.
    refused: those that are left out, and why.
    """

    members: dict[str, object]
    measures: set[str]
    date: float | None
    names: list[str]
    refused: dict[str, str]


def read_pairs(line: str, units: Units) -> Pairs | None:
    """Return the pairs of a line; None for one that has no number by name.

    Raises:
        ValueError: there are too many, or no room for any; a value has another unit than the one
            before, or is an impossible date.
    """
    texts = dict(islice(_texts_of(line), MOST_COLUMNS + 1))
    if len(texts) > MOST_COLUMNS:
        raise ValueError(f"it has more than {MOST_COLUMNS:,} names")
    cells = {name: units.read(name, text) for name, text in texts.items()}
    found = {name: cell for name, cell in cells.items() if cell is not None and not cell.is_gap}
    if not found:
        return None
    numbers = sorted(name for name, cell in found.items() if not cell.is_time)
    refused = {name: why for name in numbers if (why := units.refusal(name))}
    if refused and len(refused) == len(numbers):
        name, why = next(iter(refused.items()))
        raise ValueError(f"{name[:40]!r} is new, and {why}")
    leading = LEADING_TIME.match(line)
    first = None if leading is None else read_cell(leading[1])
    members: dict[str, object] = {
        name: texts[name] if cell is None or cell.is_time else units.same(name, cell)
        for name, cell in cells.items()
        if name not in refused
    }
    measures = {name for name, cell in cells.items() if cell is not None and cell.unit}
    date = None if first is None else first.number
    return Pairs(members, measures, date, list(cells), refused)


def _texts_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a line, and what stands behind them."""
    if "=" in line:
        for found in _EQUALS.finditer(line):
            yield found[1], _text(found[2], found[3], found[4])
        return
    if ":" not in line:
        return
    leading = LEADING_TIME.match(line)
    rest = line if leading is None else line[leading.end() :]
    if _CLOCK.search(rest) is not None:
        return
    delimiter = ";" if ";" in rest else "\t" if "\t" in rest.strip() else ","
    pieces = [_PIECE.fullmatch(piece) for piece in rest.strip(f"{delimiter} ").split(delimiter)]
    named = [(piece[1].strip(), piece[2].strip()) for piece in pieces if piece is not None]
    is_whole = len(named) == len(pieces)
    if is_whole and (len(named) > 1 or read_cell(named[0][1]) is not None):
        yield from named
    else:
        yield from _apart_by_blanks(rest)


def _apart_by_blanks(line: str) -> Iterator[tuple[str, str]]:
    at, found = 0, []
    while at < len(line) and (pair := _COLON.match(line, at)) is not None:
        found.append((pair[1], _text(pair[2], pair[3], pair[4])))
        at = pair.end()
    if at == len(line):
        yield from found


def _text(quoted: str | None, plain: str | None, unit: str | None) -> str:
    if quoted is not None:
        return quoted
    return f"{plain} {unit}" if unit else plain or ""
