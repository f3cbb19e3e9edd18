"""Vertices with numbers that stay: appended at the end, forgotten at the front when they are very
many.  [no I/O]
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Rows

MAX_SETTLED: Final = 3 << 16
"""Vertices that are kept: when they are full a quarter of them is forgotten, and what is left is
more than the widest view shows, which has eight a pixel. A plot that follows its newest points for
an hour passes more; what nobody sees any more costs 3 MiB at most.
"""

FEW_SETTLED: Final = 1 << 14
"""Vertices that are kept of a line at least, and twice as many as were in sight at first: who needs
more begins anew, and is given that.
"""

WHOLE: Final = 4
"""So many, or a multiple, are forgotten together: the vertices of a candle."""

_FIRST_SIZE: Final = 1024


class VertexBuffer:
    """Vertices ``first`` to ``end``, at most `most` of them, else MAX_SETTLED."""

    def __init__(self, most: int | None = None) -> None:
        self.first = 0
        self.end = 0
        self._most = MAX_SETTLED if most is None else most
        self._rows = np.empty((2, _FIRST_SIZE))

    def keep(self, most: int) -> None:
        """Keep so many from now on, but no more than `MAX_SETTLED`."""
        self._most = min(most, MAX_SETTLED)

    def has_room(self, n: float) -> bool:
        """True when so many more come without that any is forgotten."""
        return self.end - self.first + n <= self._most

    def append(self, vertices: Rows) -> None:
        """Append vertices, shape (2, n)."""
        used, n = self.end - self.first, vertices.shape[1]
        if used + n > self._rows.shape[1]:
            used = self._make_room(used, n)
        self._rows[:, used : used + n] = vertices
        self.end += n

    def _make_room(self, used: int, n: int) -> int:
        """Grow, or forget the oldest quarter of very many; return how many are left."""
        drop = used // (4 * WHOLE) * WHOLE if used + n > self._most else 0
        kept, left = self._rows[:, drop:used], used - drop
        if left + n > self._rows.shape[1]:
            self._rows = np.empty((2, max(left + n, min(2 * (left + n), self._most))))
        # In place where there is room: a plot that runs for days stays where it was.
        self._rows[:, :left] = kept
        self.first += drop
        return left

    def truncate(self, end: int) -> None:
        """Forget the vertices from number `end` on."""
        self.end = end

    def find(self, x: float) -> int:
        """Return the number of the first vertex that is not left of `x`, where x are sorted."""
        return self.first + bisect_left(self._rows[0], x, 0, self.end - self.first)

    def slice(self, lo: int, hi: int) -> Rows:
        """Return vertices lo to hi, shape (2, n); a view, to be copied before the next change."""
        return self._rows[:, lo - self.first : hi - self.first]


class Settling:
    """A stream whose vertices that stay are in a buffer."""

    _buffer: VertexBuffer

    @property
    def first(self) -> int:
        """Number of the first vertex that is still there."""
        return self._buffer.first

    @property
    def settled(self) -> int:
        """Number after the last settled vertex."""
        return self._buffer.end

    def vertices(self, lo: int, hi: int) -> Rows:
        """Return settled vertices lo to hi, shape (2, n); a view, to be copied before the next
        update.
        """
        return self._buffer.slice(lo, hi)
