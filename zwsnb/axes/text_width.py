"""How wide a text is, as much of one as fits, and in how many lines all of it does.  [no I/O]"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Final

FONT_SIZE: Final = 11

_FEWEST: Final = 3
_BOLD: Final = 1.13
_NARROW: Final = frozenset(" !'(),-./:;IJ[\\]fijlt|\u202f")
_BROAD: Final = frozenset("#%+<=>@MW^mw~…\u2212≤")


def width_of(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """Return how wide a text is in the broadest font that a reader may have: what is drawn is no
    broader.
    """
    return sum(map(_broadness, text)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _broadness(character: str) -> float:
    if character in _NARROW:
        return 0.41
    if character in _BROAD:
        return 1.0
    if unicodedata.category(character).startswith("M"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.4 if character > "\uffff" else 1.05
    broad, usual = (0.8, 0.65) if character.isascii() else (1.1, 0.9)
    return broad if character.isupper() else usual


def fitted(text: str, pixels: float, size: float = FONT_SIZE, *, bold: bool = False) -> str:
    """Return as much of a text as fits into so many pixels; nothing where that would say nothing.

    The rule is that of ``static/base/ellipsis.js``.
    """
    if width_of(text, size, bold=bold) <= pixels:
        return text
    scale = size * (_BOLD if bold else 1)
    widths = accumulate(map(_broadness, text))
    kept = sum((width + _broadness("…")) * scale <= pixels for width in widths)
    return text[:kept].rstrip() + "…" if kept >= min(_FEWEST, len(text)) else ""


def wrapped(text: str, pixels: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Return a text in lines of so many pixels; a word that is wider goes on in the next line.

    The rule is that of ``static/export/wrap.js``.
    """
    lines: list[str] = []
    for word in filter(None, re.split("[ \t\r\n]+", text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if width_of(longer, size, bold=bold) <= pixels:
            lines[-1:] = [longer]
        else:
            lines += _pieces(word, pixels, size, bold=bold)
    return lines


def _pieces(word: str, pixels: float, size: float, *, bold: bool) -> list[str]:
    found = [""]
    for character in word:
        longer = found[-1] + character
        if not found[-1] or width_of(longer, size, bold=bold) <= pixels:
            found[-1] = longer
        else:
            found.append(character)
    return found
