"""The way that the rows of a run take in x: on, back to a place of theirs, or back to begin the
next run.  [no I/O]

It is that of the points of a series (`zwsnb.order.walk`), but that a curve has no picture here: its
rows are put in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.order.parts import ends_of_parts
from zwsnb.order.walk import Verdict, Walk

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column
    from zwsnb.order.walk import CountBetween
    from zwsnb.protocol.images.rows import Cells

MOST_FALLEN: Final = 64
"""Rows that are remembered while it is open whether they begin a run."""

MOST_PARTS: Final = 64
"""Times that x goes back among rows that come together; of more it has no order at all."""


class Way:
    """The way of one run, from its first x on; one of times ends only where they begin again just
    as they began, as those that are played again do. ``fallen`` are rows that came late and may
    turn out to be the first ones of the next run, each part with its x; ``gone`` are the x of those
    of them that had no place.
    """

    def __init__(self, x: float, *, is_time: bool = False) -> None:
        self._walk = Walk(x)
        self._is_time = is_time
        self.fallen: list[tuple[Column, Cells]] = []
        self.gone: list[float] = []

    def follow(self, x: Column, cells: Cells, count_between: CountBetween) -> int:
        """Return how many rows, from the first one on, belong to the run; the others are not looked
        at.

        count_between: of the rows of the run from before these.
        """
        ends = ends_of_parts(x)
        if len(ends) > MOST_PARTS:
            self._advance(np.sort(x))
            return len(x)
        begin = 0
        for end in ends:
            fallen = begin + int(np.searchsorted(x[begin:end], self._walk.front))
            if fallen > begin:
                verdict = self._fall_back(x, begin, fallen, count_between)
                if verdict is Verdict.RUN:
                    return begin
                if verdict is Verdict.CURVE:
                    self._advance(np.sort(x[begin:]))
                    return len(x)
                self._remember(x[begin:fallen], cells[begin:fallen])
            self._advance(x[fallen:end])
            begin = end
        return len(x)

    def _fall_back(self, x: Column, begin: int, end: int, count_between: CountBetween) -> Verdict:
        walk, first = self._walk, float(x[begin])
        is_open = walk.n_fallen <= MOST_FALLEN and not self._is_time
        if is_open and not walk.n_fallen and first < walk.first and walk.is_jump(first):
            return Verdict.RUN  # it begins before this one did

        def count(lo: float, hi: float) -> int:
            others = np.concatenate((x[:begin], self.gone))
            return count_between(lo, hi) + int(np.count_nonzero((others >= lo) & (others <= hi)))

        return walk.fall_back(x[np.newaxis, begin:end], count, may_change=is_open)

    def lose(self, x: Column) -> None:
        """Note that rows at `x`, which came last, have no place any more."""
        fallen = [place for each, _ in self.fallen for place in each.tolist()]
        self.gone += [place for place in x.tolist() if place in fallen]

    def _remember(self, x: Column, cells: Cells) -> None:
        self.fallen.append((x.copy(), cells.copy()))  # a view would hold their message of megabytes
        if self._walk.n_fallen > MOST_FALLEN:
            self._forget()

    def _advance(self, x: Column) -> None:
        """Go on with rows in order, of which some may be before the front."""
        x = x[np.searchsorted(x, self._walk.front) :]
        if len(x):
            self._walk.advance(x)
            self._forget()

    def _forget(self) -> None:
        self.fallen, self.gone = [], []
