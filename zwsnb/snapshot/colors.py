"""The colours and dashes of series, by their names: the rule of ``static/chart/colors.js``.

The series that came first chooses first, and a name begins its choice where its hash leads.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

_HEX: Final = (
    "0474d4 c45419 17a172 b7549f 359ad7 c48603 5b3faf 5e616a "
    "7a8c03 8a3a02 05446e b2123f 3e7f8f 9a7a5a d14fd0 016348"
)
LIGHT: Final = tuple(f"#{color}" for color in _HEX.split())
_DASHES: Final = (None, "6 3", "2 3", "9 3 2 3")
_STRENGTHS: Final = (0.62, 0.45, 0.36, 0.3)
_SAFE, _SLOTS, _SEED, _WORD = 8, 64, 4348, 0xFFFFFFFF


def slots(names: Iterable[str]) -> dict[str, int]:
    """Return the slot of each name in the palette, in the order in which they came."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in names:
        value = _hash(name)
        free = (wish for wish in _wishes(value) if wish not in taken)
        found[name] = next(free, value % _SLOTS)
        taken.add(found[name])
    return found


def color_of(slot: int) -> str:
    """Return a colour for light ground."""
    return LIGHT[slot % len(LIGHT)]


def slot_of_run(slot: int, index: int) -> int:
    """Return the slot of a series of a named run, which is the `index`-th among those of runs: the
    colour of the run, and dashes that tell it from the others.
    """
    return slot % len(LIGHT) + len(LIGHT) * (index % len(_DASHES))


def paler(color: str, age: int) -> str:
    """Return the colour of a past run on light ground; of the newest past one `age` is 1."""
    strength = _STRENGTHS[min(age, len(_STRENGTHS)) - 1]
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    mixed = (math.floor(strength * value + (1 - strength) * 255 + 0.5) for value in channels)
    return "#" + "".join(f"{value:02x}" for value in mixed)


def dashes_of(slot: int) -> str | None:
    """Return the dashes of a line: after a full turn the colours come again, with dashes."""
    return _DASHES[slot // len(LIGHT) % len(_DASHES)]


def _wishes(value: int) -> Iterator[int]:
    for begin in range(0, _SLOTS, _SAFE):
        for i in range(_SAFE):
            yield begin + (value + i) % _SAFE


def _hash(name: str) -> int:
    """FNV-1a over UTF-16, its bits mixed once more."""
    value = _SEED
    units = memoryview(name.encode("utf-16-le", "surrogatepass")).cast("H")
    for unit in units:
        value = ((value ^ unit) * 16777619) & _WORD
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & _WORD
    return value ^ (value >> 12)
