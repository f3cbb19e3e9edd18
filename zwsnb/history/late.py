"""The late points of a series: those that wait for their places, and when the newest of them came.
[no I/O]
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwsnb.kinds.arrays import Column, Rows

MAX_REMEMBERED: Final = 4_096
"""Late points of which it is known when they came: for readers of the stream, and for a curve."""

MAX_WAITING: Final = 65_536
"""Late points that wait for a reader; more are put in their places at once."""

MAX_PIECES: Final = 1_024
"""Pieces in which they wait: as an array of its own a point takes ten times its memory."""


class LatePoint(NamedTuple):
    """A point that came late; ``arrival`` is its number in the order of publishing."""

    arrival: int
    x: float
    y: float


class Late:
    """Late points, ``waiting`` of which have no place yet."""

    def __init__(self) -> None:
        self.waiting = 0
        self._pieces: list[Rows] = []
        # Arrival, x and y; None before the first one, since of many series most have none.
        self._known: Blocks | None = None

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return 16 * self.waiting + (0 if self._known is None else self._known.nbytes)

    def add(self, x: Column, y: Column, arrivals: Column) -> None:
        """Let points wait; `arrivals` are their numbers in the order of publishing."""
        if self._known is None:
            self._known = Blocks(3, MAX_REMEMBERED // 8)
        self._known.append(*(column[-MAX_REMEMBERED:] for column in (arrivals, x, y)))
        while self._known.end - self._known.start > MAX_REMEMBERED:
            self._known.evict()
        self._pieces.append(np.stack((x, y)))
        self.waiting += len(x)
        if len(self._pieces) > MAX_PIECES:
            self.rows()

    def rows(self) -> Rows:
        """Return the points that wait, shape (2, n), as they came, and make them one piece."""
        if not self._pieces:
            return np.empty((2, 0))
        if len(self._pieces) > 1:
            self._pieces = [np.concatenate(self._pieces, axis=1)]
        return self._pieces[0]

    def take(self) -> Rows:
        """Return them likewise; none waits any more."""
        rows = self.rows()
        self._pieces, self.waiting = [], 0
        return rows

    def since(self, arrival: int) -> list[LatePoint]:
        """Return those that came as number `arrival` or after it, as far as that is known."""
        known = self._known
        if known is None:
            return []
        found = known.slice(known.find(arrival), known.end).T.tolist()
        return [LatePoint(int(number), x, y) for number, x, y in found]

    def forget_newest(self, count: int) -> None:
        """Forget when so many of the newest came."""
        if (known := self._known) is not None:
            known.truncate(max(known.start, known.end - count))

    def forget(self) -> None:
        """Forget when they came."""
        self._known = None


def numbers_of(points: Blocks, wanted: Iterable[tuple[float, float]]) -> list[int | None]:
    """Return the number of each x and y among points that are in the order of x, of equal ones each
    once; None where it has been evicted.
    """
    at: dict[float, tuple[Column, Column]] = {}
    left: dict[tuple[float, float | None], Iterator[int]] = {}
    found: list[int | None] = []
    for x, y in wanted:
        key = x, None if math.isnan(y) else y  # NaN is found nowhere, itself neither
        if key not in left:
            if x not in at:  # sorted once: very many may have one x
                at[x] = _sorted_at(points, x)
            ys, numbers = at[x]
            begin, end = ys.searchsorted(y), ys.searchsorted(y, "right")
            left[key] = map(int, numbers[begin:end])
        found.append(next(left[key], None))
    return found


def _sorted_at(points: Blocks, x: float) -> tuple[Column, Column]:
    """Return the y of the points at an x in their order, NaN last, and their numbers."""
    begin, end = points.find(x), points.find(math.nextafter(x, math.inf))
    ys = points.slice(begin, end)[1]
    order = ys.argsort(kind="stable")
    return ys[order], begin + order
