"""The accounts of publishers in other processes: what each accepted, and what arrived.  [no
I/O]

A publisher numbers its batches, and sends with each how many points it had accepted and dropped
before, so a hole is noticed and measured by the batch after it. A batch that comes twice is
refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from zwsnb.history.plots import MAX_PLOTS
from zwsnb.protocol.batch import Batch, Points
from zwsnb.protocol.images.rows import Rows

MAX_PRODUCERS: Final = 4_096
"""Publishers that have an account each; of the older ones only the sum is kept."""


@dataclass(slots=True)
class Account:
    """One publisher, or several: points, ``accepted == delivered + dropped + missing``, as of the
    newest batch that arrived.
    """

    next_batch: int = 0
    accepted: int = 0
    delivered: int = 0
    dropped: int = 0
    missing: int = 0
    plots: set[str] = field(default_factory=set)
    """To which it has published; of very many, some."""

    def record(self, batch: Batch) -> bool:
        """Account for `batch`; False when it was here before."""
        if batch.number < self.next_batch:
            return False
        size = 0
        if isinstance(batch.body, Points | Rows):
            size = len(batch.body.x)
            self._note(batch.body.plot)
        hole = max(0, batch.points_before - self.accepted)
        dropped = min(hole, max(0, batch.dropped - self.dropped))
        self.dropped += dropped
        self.missing += hole - dropped
        self.delivered += size
        self.next_batch = batch.number + 1
        self.accepted = max(self.accepted, batch.points_before) + size
        return True

    def _note(self, plot: str) -> None:
        if len(self.plots) < MAX_PLOTS:
            self.plots.add(plot)

    def add(self, other: Account) -> None:
        """Add the points of `other`."""
        for plot in other.plots:
            self._note(plot)
        self.accepted += other.accepted
        self.delivered += other.delivered
        self.dropped += other.dropped
        self.missing += other.missing


class Accounts:
    """The accounts of all publishers of other processes."""

    def __init__(self) -> None:
        self.by_producer: dict[str, Account] = {}
        self._older = Account()
        self._count = 0

    def record(self, batch: Batch) -> bool:
        """Account for `batch`; False when it was here before."""
        account = self.by_producer.get(batch.producer)
        if account is None:
            account = self.by_producer[batch.producer] = Account()
            self._count += 1
            if len(self.by_producer) > MAX_PRODUCERS:
                self._older.add(self.by_producer.pop(next(iter(self.by_producer))))
        return account.record(batch)

    def total(self, plot: str | None = None) -> Account:
        """Return the sum of all accounts; or of those of the publishers to one plot."""
        total = Account()
        for account in (self._older, *self.by_producer.values()):
            if plot is None or plot in account.plots:
                total.add(account)
        return total

    def stats(self) -> dict[str, int]:
        """Return the sum as JSON can carry it."""
        total = self.total()
        return {
            "producers": self._count,
            "accepted": total.accepted,
            "delivered": total.delivered,
            "dropped": total.dropped,
            "missing": total.missing,
        }
