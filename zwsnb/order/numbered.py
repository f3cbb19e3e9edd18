"""Rows that are numbered for ever and held in blocks: which of them are forgotten next.  [no I/O]

Of many blocks the oldest is forgotten whole. Of few it is forgotten by halves, so that a small
budget is kept as well as a large one; and of a single one that, too, but for the newest rows.
"""

from __future__ import annotations

from typing import Final

WHOLE: Final = 8
"""So many blocks are enough to forget a whole one at once."""


class Numbered:
    """Rows ``start`` to ``end``, up to ``rows`` of them a block, which begin at ``starts``. The
    newest ``least`` rows always stay, and ``start`` is a multiple of a quarter of them.
    """

    def __init__(self, rows: int, least: int) -> None:
        self.rows = rows
        self.least = least
        self.starts: list[int] = []
        self.end = 0

    @property
    def start(self) -> int:
        """Number of the first row that is held."""
        return self.starts[0] if self.starts else self.end

    @property
    def room(self) -> int:
        """For how many rows the oldest block has room."""
        raise NotImplementedError

    def stop(self, i: int) -> int:
        """Return the number of the row behind block `i`."""
        return self.starts[i + 1] if i + 1 < len(self.starts) else self.end

    def rows_of_new(self, more: int) -> int:
        """Return how many rows a new block has room for, when `more` are to come: at least half of
        what is held.
        """
        return min(self.rows, max(more, (self.end - self.start) // 2))

    @property
    def next_start(self) -> int:
        """The first row that is held after the next step; ``start`` where that forgets none."""
        if not self.starts:
            return self.end
        stop = self.stop(0)
        kept, others = (stop - self.start) // 2, self.end - stop
        if others and (len(self.starts) >= WHOLE or kept < max(self.least, self.rows // WHOLE)):
            kept = 0
        if not others or self.least < self.rows:
            kept = max(kept, self.least - others)
        if not kept:
            return stop
        return max(self.start, stop - kept - (stop - kept) % max(1, self.least // 4))

    @property
    def has_spare(self) -> bool:
        """True when a step makes it smaller."""
        return self.next_start > self.start or self._is_mostly_empty

    @property
    def _is_mostly_empty(self) -> bool:
        """True of an only block whose rows were taken back."""
        return len(self.starts) == 1 and self.room >= 2 * max(self.end - self.start, self.least)

    def room_after(self, first: int) -> int:
        """Return for how many rows the oldest block is to have room when it begins with row
        `first`. The newest one has some to grow: else the next row would double it at once.
        """
        kept = self.stop(0) - first
        more = max(kept, self.least) // 2 if len(self.starts) == 1 else 0
        return min(kept + more, self.room)
