"""The colours of series, by their names: the rule of ``static/chart/colors.js``, for pictures that are
made here. [no I/O]

Whoever came first has chosen first; a name begins its choice where its hash says.
`tests/shared/colors.json` holds examples for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_HEX: Final = (
    "0474d4 c45419 17a172 b7549f 359ad7 c48603 5b3faf 5e616a "
    "7a8c03 8a3a02 05446e b2123f 3e7f8f 9a7a5a d14fd0 016348"
)
LIGHT: Final = tuple(f"#{color}" for color in _HEX.split())
_SAFE, _SLOTS, _SEED, _WORD = 8, 64, 4348, 0xFFFFFFFF


def slots(names: Iterable[str]) -> dict[str, int]:
    """Return the place of each name in the palette, in the order in which they came."""
    taken: dict[str, int] = {}
    for name in names:
        free = (wish for wish in _wishes(name) if wish not in taken.values())
        taken[name] = next(free, _hash(name) % _SLOTS)
    return taken


def color_of(slot: int) -> str:
    """Return a colour for light ground."""
    return LIGHT[slot % len(LIGHT)]


def _wishes(name: str) -> Iterator[int]:
    for begin in range(0, _SLOTS, _SAFE):
        for i in range(_SAFE):
            yield begin + (_hash(name) + i) % _SAFE


def _hash(name: str) -> int:
    """FNV-1a over UTF-16, its bits mixed once more."""
    value = _SEED
    units = memoryview(name.encode("utf-16-le", "surrogatepass")).cast("H")
    for unit in units:
        value = ((value ^ unit) * 16777619) & _WORD
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & _WORD
    return value ^ (value >> 12)
