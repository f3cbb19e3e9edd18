"""What went wrong, of the service and of each plot: points missing, dropped or late, messages that
were refused, gaps.  [no I/O]

A plot has what concerns it, since it was made or cleared; the service has everything, ever. Points
that are missing belong to the plots that their producer has published to. A refusal belongs to the
plot that the message names, if there is one; where it names none, to the only plot that there is,
and of several to none of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from zwsnb.protocol.batch import size_of
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.refusals import TOO_MANY

if TYPE_CHECKING:
    from zwsnb.delivery.accounts import Accounts
    from zwsnb.history.plots import History, Plot
    from zwsnb.producer.publisher import Publisher
    from zwsnb.protocol.batch import Body
    from zwsnb.protocol.stats import Counts, LostStats, ProducerStats
    from zwsnb.relay.refusals import Refusals

MOST_CLOSED: Final = 1_000
"""Names of plots, which were closed, that begin from zero when they come again."""

Source: TypeAlias = Literal["own", "remote", "plain"]


def _too_many(error: Exception) -> InvalidMessage:
    refusal = InvalidMessage(TOO_MANY, str(error))
    refusal.__cause__ = error
    return refusal


class _Lost(NamedTuple):
    missing: int
    dropped: int


def late_in(plot: Plot) -> int:
    """Return how many points of a plot, and rows of its image, came when their place was gone."""
    return plot.catalog.too_late + plot.image.late


class Tally:
    """Counts for `history` what `accounts`, `refusals` and the `publisher` of this process know.

    gone: the ``late`` points of plots that are closed.
    """

    def __init__(
        self,
        history: History,
        accounts: Accounts,
        refusals: Refusals,
        publisher: Publisher | None,
        gone: Counter[str],
    ) -> None:
        self._history = history
        self._accounts = accounts
        self._refusals = refusals
        self._publisher = publisher
        self._gone = gone
        self._refused: Counter[Source] = Counter()  # points
        # By the name of a plot: what was lost when it was cleared or closed, if anything.
        self._before: dict[str, _Lost] = {}

    def refuse(self, refusal: InvalidMessage) -> None:
        """Count a message that was refused."""
        self._refusals.refuse(refusal)
        plots = self._history.plots
        only = next(iter(plots), "") if len(plots) == 1 else ""
        if (plot := plots.get(refusal.plot or only)) is not None:
            plot.refused[refusal.kind] += 1

    def refusal_of(self, error: Exception, body: Body, producer: str) -> InvalidMessage:
        """Return why a body of a producer is refused, all or some of it, and count its points: they
        have come, and are not delivered.
        """
        refusal = error if isinstance(error, InvalidMessage) else _too_many(error)
        refusal.plot = body.plot
        points = size_of(body) if refusal.points is None else refusal.points
        self._refused[self._source_of(producer)] += points
        return refusal

    def _source_of(self, producer: str) -> Source:
        if not producer:
            return "plain"
        is_own = self._publisher is not None and producer == self._publisher.producer
        return "own" if is_own else "remote"

    def producers(self, plain: int) -> ProducerStats:
        """Return the account of every source: points accepted, delivered, dropped, queued, missing,
        refused: those have come and are in no plot.

        ``own`` is the publisher of this process, ``remote`` those of others, ``plain`` JSON points,
        of which so many came.
        """
        own = None if self._publisher is None else self._publisher.stats()
        remote = self._accounts.stats()
        if own is not None and (refused := self._refused["own"]):
            own["refused"] = refused
        if refused := self._refused["remote"]:
            remote["delivered"] -= refused
            remote["refused"] += refused
        return {"own": own, "remote": remote, "plain": plain - self._refused["plain"]}

    def lost(self) -> LostStats:
        """Return how many points are in no plot, ever, by reason: ``dropped`` by their producer,
        which was faster than the relay, ``missing`` on their way, ``late``, and ``refused``.
        """
        remote = self._accounts.total()
        own = 0 if self._publisher is None else self._publisher.dropped()
        late = sum(map(late_in, self._history.plots.values()))
        return {
            "dropped": remote.dropped + own,
            "missing": remote.missing,
            "late": late + self._gone["late"],
            "refused": remote.refused + self._refused.total(),
        }

    def forget(self, plot: str) -> None:
        """Count the losses of a plot, which was cleared or closed, from zero."""
        self._before.pop(plot, None)  # to be the newest
        lost = self._lost_ever(plot)
        if any(lost):
            self._before[plot] = lost
        if len(self._before) > MOST_CLOSED + len(self._history.plots):
            closed = (name for name in self._before if name not in self._history.plots)
            del self._before[next(closed)]

    def counts(self, plot: Plot | None = None) -> Counts:
        """Return what went wrong, of a plot or of the service, without zeros."""
        missing, dropped = self._lost_ever() if plot is None else self._lost(plot.name)
        counts: Counts = {}
        if missing:
            counts["missing"] = missing
        if dropped:
            counts["dropped"] = dropped
        counts.update(self._sum() if plot is None else plot.counts())
        if errors := self._refusals.errors:
            counts["errors"] = errors
        return counts

    def notices(self, plot: Plot | None = None) -> list[str]:
        """Return what a user should know, in plain words with the repair."""
        notices = self._refusals.notices(self.counts(plot))
        of = self._history.plots.values() if plot is None else [plot]
        return notices + [each.image.notice for each in of if each.image.notice]

    def _sum(self) -> Counts:
        plots = self._history.plots.values()
        counts: Counts = {}
        if late := sum(map(late_in, plots)):
            counts["late"] = late
        if runs := sum(plot.catalog.dropped for plot in plots):
            counts["runs"] = runs
        if gaps := sum(plot.gaps for plot in plots):
            counts["gaps"] = gaps
        if refused := dict(self._refusals.by_kind):
            counts["refused"] = refused
        return counts

    def _lost(self, plot: str) -> _Lost:
        lost, before = self._lost_ever(plot), self._before.get(plot, _Lost(0, 0))
        return _Lost(lost.missing - before.missing, lost.dropped - before.dropped)

    def _lost_ever(self, plot: str | None = None) -> _Lost:
        total = self._accounts.total(plot)
        own = 0 if self._publisher is None else self._publisher.dropped(plot)
        return _Lost(total.missing, total.dropped + own)
