"""A line of text parted into cells: by a delimiter, or by blanks; cells may be quoted.  [no I/O]

Where no delimiter is given it is the first of these that the line has, outside quotes: a
semicolon, a tab, a comma, a bar in a line without blanks and without one at both ends, else blanks
and bars. Numbers with a decimal comma that stand between blanks are no cells of a comma, and
neither is ``12:00:00,123`` of a log.
"""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import Final

from zwsnb.lines.bounded import MOST_COLUMNS

BLANK: Final = " "
BAR: Final = "|"

NAMED_DELIMITERS: Final = {"tab": "\t", "\\t": "\t", "blank": BLANK, "space": BLANK, "comma": ",",
                "semicolon": ";"}  # fmt: skip
"""Words for delimiters that a shell makes hard to type."""

# A date, and its time if there is one: a blank between them parts nothing.
_TIME: Final = (
    r"\d{4}(?:-\d\d-|/\d\d/)\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+|,\d{3}(?=\s))?)?"
    r"(?:(?: ?(?:Z|UTC|[+-]\d\d:?\d\d)|[+-]\d\d)(?![\w:]))?)?(?![\w:.])"
)
LEADING_TIME: Final = re.compile(rf"\[?({_TIME})\]?[\s,;]+")
"""A date at the beginning of a line, as a log has it."""

_QUOTED: Final = re.compile(r'"[^"]*"')
_BLANKS: Final = re.compile(r"\s")
_TIMES: Final = re.compile(_TIME)
_WORD: Final = re.compile(rf'"((?:[^"]|"")*)"|({_TIME})(?=[\s|]|$)|[^\s|]+')
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+(?:%|[^\W\d_]{1,8})?")
_PLAIN: Final = re.compile(r"[+-]?\d[\d.]*(?:[eE][+-]?\d+)?(?:%|[^\W\d_]{1,8})?")
LONE_DECIMAL: Final = re.compile(r'"?[+-]?\d+,\d+"?')
"""A line that is one number with a decimal comma, or two columns."""

_TOO_MANY: Final = MOST_COLUMNS + 1


def split(line: str, delimiter: str | None = None) -> list[str]:
    """Return the cells of a line, without the blanks around them.

    Raises:
        ValueError: there are too many, or one is longer than `csv` takes.
    """
    if delimiter is None:
        delimiter = sniff(line)
    if delimiter == BLANK:
        return _counted([_unquoted(found) for found in islice(_WORD.finditer(line), _TOO_MANY)])
    if '"' not in line:
        return [cell.strip() for cell in _counted(line.split(delimiter, MOST_COLUMNS))]
    try:
        [cells] = list(csv.reader([line], delimiter=delimiter, skipinitialspace=True)) or [[]]
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return [cell.strip() for cell in _counted(cells)]


def _counted(cells: list[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise ValueError(f"it has more than {MOST_COLUMNS:,} columns")
    return cells


def _unquoted(found: re.Match[str]) -> str:
    return found[0] if found[1] is None else found[1].replace('""', '"')


def sniff(line: str) -> str:
    """Return what parts the cells of a line."""
    bare = _QUOTED.sub("", line.strip())
    for delimiter in ";\t":
        if delimiter in bare:
            return delimiter
    if "," in bare and not _has_decimal_commas(bare):
        return ","
    # As a database prints rows; among blanks, and at both ends, bars are a frame around cells.
    is_framed = bare[:1] == bare[-1:] == BAR
    is_row = BAR in bare and not is_framed and not _BLANKS.search(_TIMES.sub("0", bare))
    return BAR if is_row else BLANK


def _has_decimal_commas(bare: str) -> bool:
    words = [word for word in re.split(r"[\s|]+", _TIMES.sub("0", bare)) if word]
    with_comma = [word for word in words if "," in word]
    if len(words) < 2 or not all(map(_DECIMAL_COMMA.fullmatch, with_comma)):
        return False
    rest = [word for word in words if "," not in word]
    return len(with_comma) != 1 or all(map(_PLAIN.fullmatch, rest))
