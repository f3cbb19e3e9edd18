"""What somebody may have meant who has written a name that does not exist.  [no I/O]"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.7
"""How much of both names is the same, at least: a swap of two letters in five is 0.8."""


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return "did you mean title?" for a name that is nearly one of those that are `known`, or an
    empty text.
    """
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
