"""From where on numbered rows have changed, for readers that hold some of them.  [no I/O]

Rows grow at their end, and a reader needs two numbers to learn what is new. When a late point takes
its place among them, or a point leaves, all rows from there on change: the reader asks what the
lowest of those numbers is since it last looked.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

MAX_KEPT: Final = 64
"""Changes that are told apart; of more the oldest two become one, from the lower number on."""


class Change(NamedTuple):
    """The rows from number ``first`` on, or from ``x`` on, have changed."""

    first: int
    x: float


class Rewrites:
    """The changes so far, ``count`` of them."""

    def __init__(self) -> None:
        self.count = 0
        # With the count after it. Both grow: a change makes those void that began behind it.
        self._changes: list[tuple[int, Change]] = []

    def add(self, first: int, x: float = math.nan) -> None:
        """Note that the rows from number `first` on, which had or have this `x`, have changed."""
        self.count += 1
        changes = self._changes
        while changes and changes[-1][1].first >= first:
            changes.pop()
        changes.append((self.count, Change(first, x)))
        if len(changes) > MAX_KEPT:
            changes[:2] = [(changes[1][0], changes[0][1])]

    def since(self, count: int) -> Change | None:
        """Return from where on rows have changed after the first `count` changes; None when there
        were no more.
        """
        if count == self.count:
            return None
        return next(change for after, change in self._changes if after > count)
