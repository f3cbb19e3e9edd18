"""What may name a plot or a series; what somebody may have meant who has written a name that does
not exist.  [no I/O]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from zwsnb.kinds.words import kind_of

DEFAULT_PLOT: Final = "plot"
DEFAULT_SERIES: Final = "y"
MAX_NAME: Final = 256

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""The characters of Unicode's categories Cc and Cs. To ask for the category of each took most of
the time of a JSON point of many series.
"""

_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Those of Cs, by which JSON writes a half of a character: no file can hold one."""

_ALIKE: Final = 0.7
"""How much of both names is the same, at least: a swap of two letters in five is 0.8."""


def check_name(name: object, what: str) -> str:
    """Return `name` if it can name a plot or a series.

    Raises:
        TypeError: it is no string.
        ValueError: it is empty, over 256 characters, or has control characters.
    """
    if type(name) is not str:
        if not isinstance(name, str):
            raise TypeError(f"{what} is {kind_of(name)}; a name is a text")
        name = str.__str__(name)  # a member of an enumeration writes another one in a sentence
    if not name:
        raise ValueError(f"{what} is empty; a name has 1 to {MAX_NAME} characters")
    if len(name) > MAX_NAME:
        raise ValueError(f"{what} has {len(name)} characters; a name has at most {MAX_NAME}")
    if name.isprintable():
        return name  # and so without control characters; this is asked of every point
    if (bad := _CONTROLS.search(name)) is not None:
        raise ValueError(f"{what} {name[:40]!r} has the control character {bad[0]!r}")
    return name


def label(series: str, run: str) -> str:
    """Return the name of the current run of a published name."""
    if not run:
        return series
    return run if series == DEFAULT_SERIES else f"{series} \u00b7 {run}"


def writable(text: str) -> str:
    """Return `text` as any file can hold it: what is half a character is one that stands for it."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return "did you mean title?" for a name that is nearly one of those that are `known`, or an
    empty text.
    """
    from difflib import SequenceMatcher

    wanted = str(name)[:40].casefold()
    shares = {each: SequenceMatcher(None, wanted, each.casefold()).ratio() for each in known}
    best = max(shares.values(), default=0.0)
    nearest = [each for each, share in shares.items() if share == best]
    return f"did you mean {' or '.join(nearest)}?" if best >= _ALIKE else ""


def no_option(name: object, known: Iterable[str], of: str, they: str) -> str:
    """Return the sentence for an option that does not exist: `of` what it would be one, and the
    words before the list of those that there are.
    """
    names = list(known)
    guess = did_you_mean(name, names)
    begin = f"; {guess} {they[0].upper()}{they[1:]}" if guess else f"; {they}"
    return f"there is no option {str(name)[:40]!r}{of}{begin} {', '.join(names)}"
