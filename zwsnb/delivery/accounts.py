"""The accounts of publishers in other processes: what each accepted, and what became of it.  [no
I/O]

A publisher numbers its batches, and sends with each how many points it had accepted and dropped
before, so that a hole is noticed and measured by the batch after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from zwsnb.delivery.receipts import Held
from zwsnb.history.plots import MAX_PLOTS
from zwsnb.protocol.batch import Batch, size_of

MAX_PRODUCERS: Final = 4_096
"""Publishers that have an account each; of those that were silent for longest, only the sum is
kept. One that speaks again begins where it says it stands.
"""


@dataclass(slots=True)
class Account:
    """One publisher, or several: points, ``accepted == delivered + refused + dropped + missing``,
    as of the newest batch that arrived. ``refused`` came and could not be read.
    """

    next_batch: int = 0
    accepted: int = 0
    delivered: int = 0
    refused: int = 0
    dropped: int = 0
    missing: int = 0
    plots: set[str] = field(default_factory=set)
    """To which it has published; of very many, some."""
    _stands: Held = field(default_factory=Held)
    """How many points it had accepted and dropped, ever, at the end of its newest batch."""
    _has_refused: bool = False
    """Its newest batch was refused unread, so that its size is not known."""

    def begin(self, held: Held) -> None:
        """Hear where the publisher stands: what is before that, it does not have any more.

        What another relay has had before this one is no loss; so it is only known by the first
        word.
        """
        if self.next_batch == 0:
            self._stands = held
        self.next_batch = max(self.next_batch, held.number)

    def record(self, batch: Batch) -> None:
        """Account for the next batch, which was taken."""
        self._come_to(batch.points_before, batch.dropped)
        size = size_of(batch.body)
        if size:
            self._note(batch.body.plot)
        self.delivered += size
        self.accepted += size
        self._stands = Held(
            batch.number, max(self._stands.points, batch.points_before) + size, batch.dropped
        )
        self.next_batch = batch.number + 1

    def _come_to(self, points: int, dropped: int) -> None:
        """Account for what lies between the newest batch and the next one."""
        hole = max(0, points - self._stands.points)
        lost = min(hole, max(0, dropped - self._stands.dropped))
        self.accepted += hole
        self.dropped += lost
        if self._has_refused:
            self.refused += hole - lost
        else:
            self.missing += hole - lost
        self._has_refused = False

    def refuse(self, held: Held) -> None:
        """Account for the next batch, which was refused unread."""
        self._come_to(held.points, held.dropped)
        self._stands = Held(held.number, max(self._stands.points, held.points), held.dropped)
        self._has_refused = True
        self.next_batch = held.number + 1

    def _note(self, plot: str) -> None:
        if len(self.plots) < MAX_PLOTS:
            self.plots.add(plot)

    def join(self, other: Account) -> None:
        """Add the points of `other`, and its plots."""
        for plot in other.plots:
            self._note(plot)
        self.add(other)

    def add(self, other: Account) -> None:
        """Add the points of `other`. Not its plots: sums are made for each page once a second, and
        thousands of publishers may have a thousand each.
        """
        self.accepted += other.accepted
        self.delivered += other.delivered
        self.refused += other.refused
        self.dropped += other.dropped
        self.missing += other.missing


class Accounts:
    """The accounts of all publishers of other processes."""

    def __init__(self) -> None:
        self.by_producer: dict[str, Account] = {}
        self._older = Account()
        self._count = 0

    def of(self, producer: str) -> Account:
        """Return the account of a publisher that speaks, which is made on first use."""
        account = self.by_producer.pop(producer, None)
        if account is None:
            account = Account()
            self._count += 1
            if len(self.by_producer) >= MAX_PRODUCERS:
                self._older.join(self.by_producer.pop(next(iter(self.by_producer))))
        self.by_producer[producer] = account  # behind the others: it was silent for the least time
        return account

    def total(self, plot: str | None = None) -> Account:
        """Return the sum of all accounts; or of those of the publishers to one plot. It names no
        plots.
        """
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
            "refused": total.refused,
            "dropped": total.dropped,
            "missing": total.missing,
        }
