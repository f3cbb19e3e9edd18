"""How series tell themselves apart: by colours, dashes and short names.

The rules are those of the page: ``static/chart/colors.js`` and ``static/base/short_names.js``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final

_HEX: Final = (
    "0474d4 c45419 17a172 b7549f 359ad7 c48603 5b3faf b2123f "
    "7a8c03 8a3a02 05446e 5e616a 3e7f8f 9a7a5a d14fd0 016348"
)
LIGHT: Final = tuple(f"#{color}" for color in _HEX.split())
_DASHES: Final[Mapping[str, str | None]] = {
    "solid": None,
    "dash": "6 3",
    "dot": "2 3",
    "dashdot": "9 3 2 3",
}
_TURNS: Final = tuple(_DASHES.values())
_STRENGTHS: Final = (0.62, 0.45, 0.36, 0.3)

SHORT: Final = 24
"""Characters of a name that is shown beside others."""


def color_of(slot: int) -> str:
    """Return a colour for light ground."""
    return LIGHT[slot % len(LIGHT)]


def slot_of_run(slot: int, index: int) -> int:
    """Return the slot of a series of a named run, which is the `index`-th among those of runs: the
    colour of the run, and dashes that tell it from the others.
    """
    return slot % len(LIGHT) + len(LIGHT) * (index % len(_TURNS))


def paler(color: str, age: int) -> str:
    """Return the colour of a past run on light ground; of the newest past one `age` is 1."""
    strength = _STRENGTHS[min(age, len(_STRENGTHS)) - 1]
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    mixed = (math.floor(strength * value + (1 - strength) * 255 + 0.5) for value in channels)
    return "#" + "".join(f"{value:02x}" for value in mixed)


def dashes_of(slot: int, dash: str | None = None) -> str | None:
    """Return the dashes of a line: those that are asked for, else solid, and after a full turn of
    the colours the next ones.
    """
    return _TURNS[slot // len(LIGHT) % len(_TURNS)] if dash is None else _DASHES[dash]


# -- names -----------------------------------------------------------------------------------------


def shown_name(name: str, of: str, run: str, number: int, label: str | None) -> str:
    """Return what is shown in place of the name of a series, a run of what was published as `of`:
    its label, with that of the run or its number; a name that the user has given it stays.
    """
    given = {of, f"{of} ({number})", f"{of} \u00b7 {run}", f"{of} \u00b7 {run} ({number})"}
    return label + name[len(of) :] if label and name in given else name


def short_names(names: Iterable[str], most: int) -> dict[str, str]:
    """Return names of at most so many characters, by the whole ones. They are cut in the middle,
    and those that would be the same elsewhere, so that it shows where they differ.
    """
    found = {name: _cut(name, (most - 1) // 2, most) for name in names}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name, short in found.items():
        alike[short].append(name)
    taken = {short for short, group in alike.items() if len(group) == 1}
    for group in alike.values():
        if len(group) > 1:
            shorts = _told_apart(group, most, taken)
            found.update(zip(group, shorts, strict=True))
            taken.update(shorts)
    return found


def _told_apart(names: Sequence[str], most: int, taken: Container[str]) -> list[str]:
    """Return names that begin and end alike, with the word at which they begin to differ, in the
    first way that tells them from one another and from those that are `taken`.
    """
    begin = _common_prefix(names)
    behind = _common_prefix([name[:begin:-1] for name in names])
    while begin and _is_of_a_word(names[0][begin - 1]):
        begin -= 1
    longest = max(map(len, names))
    ways = [[_from_both(name, begin, most) for name in names]]
    if longest - behind < most - most // 3:  # or the end would say nothing
        ways.insert(0, [_cut(name, len(name) - behind, most) for name in names])
    if longest - begin < most:
        ways.insert(0, [_cut(name, most - 1 - len(name) + begin, most) for name in names])
    good = (way for way in ways if len(set(way)) == len(way) and not any(s in taken for s in way))
    return next(good, ways[-1])


def _from_both(name: str, begin: int, most: int) -> str:
    """Return the word at which a name begins to differ, and how it ends."""
    end = begin + 1
    while end < min(len(name), begin + (most - 2) // 2) and _is_of_a_word(name[end]):
        end += 1
    return f"…{name[begin:end]}…{name[len(name) - (most - 2 - end + begin) :]}"


def _common_prefix(texts: Sequence[str]) -> int:
    """Return how many characters all begin with."""
    first, last = min(texts), max(texts)
    same = (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return next(same, min(len(first), len(last)))


def _cut(name: str, head: int, most: int) -> str:
    if len(name) <= most:
        return name
    return f"{name[:head]}…{name[len(name) - (most - 1 - head) :]}"


def _is_of_a_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
