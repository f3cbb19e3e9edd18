"""One page's subscription to a plot: what the page has, what it owes, and so the next patch, or
None.  [no I/O]

Credit, not queues: a page acknowledges a patch when it has painted it, and while it owes
acknowledgements it gets nothing; then it gets the newest state, whatever happened meanwhile. So a
hidden tab or a slow link costs nothing and delays nobody, and what it did not get point by point is
counted as conflated. A patch says, for each series, how many of the vertices that the page has
leave at the front, how many stay, and which ones come, so a page that follows costs only its newest
columns.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.derived.face import face_of
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import Entry, Patch
from zwsnb.view.shown import most_of_lines
from zwsnb.view.streams.image_stream import ImageStream
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.sweeps import SweepCursor

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.protocol.stats import ViewerStats
    from zwsnb.view.shown import Shown
    from zwsnb.view.sights import Sight
    from zwsnb.view.viewport import Viewport, VisibleRange

CREDIT: Final = 2
"""Patches in flight: one that is being painted, and one on its way."""

MOST_IN_FLIGHT: Final = 64
"""Patches that are accounted for singly; an open loop sends on without acknowledgements."""


class _InFlight(NamedTuple):
    """A patch that is not yet painted, and the points it accounts for."""

    number: int
    delivered: int
    conflated: int


class Subscription:
    """A page's subscription to what is shown of `plot`, which is ``plot`` from then on. At all
    times ``plot.count == delivered + conflated + dropped + queued``.

    A point is delivered when the page has painted it as a vertex of its own or as one of a column
    that is no denser, conflated when it is painted only as a part of a column (or not at all, since
    the page shows another range), dropped when its series was forgotten before.

    ``totals`` count the same, but for what was forgotten before it came, for as long as it lives,
    whatever is shown meanwhile. They never become less: what is painted again as of another run
    counts again.

    Subscriptions with the same `streams` share the work for the same columns; without any, this one
    has its own.
    """

    def __init__(self, plot: Plot, streams: StreamCache | None = None) -> None:
        self.credit: float = CREDIT  # patches in flight
        self.viewport: Viewport | None = None
        self.paused = False
        self.number = 0
        self.totals: Counter[str] = Counter()
        self._known: Collection[int] | None = None  # numbers of series; None: all that there are
        self._named = plot
        self._cache = StreamCache() if streams is None else streams
        self._begin(face_of(plot))

    def _begin(self, plot: Plot) -> None:
        """Be one to `plot` from now on, of which the page has nothing."""
        self.plot = plot
        self.delivered = self.conflated = 0
        self.dropped = plot.cleared
        self._streams = self._cache.of(plot, self)
        # What the last patch was made of, so that nothing is sent twice.
        self._cleared = plot.cleared
        # Minus the points that were sent of a series before it left, as whose they do not count.
        self._moved = 0
        self._version = -1
        self._look: object = None
        # The next patch begins with an empty page.
        self._fresh = True
        # When the oldest point was published that has not been sent.
        self._published = math.nan
        # What the page has of each series, by its number there; and how many points of each were
        # accounted for.
        self._shown: dict[int, Shown] = {}
        self._counts: dict[Series, int] = {}
        self._image = ImageStream(plot)
        self._sweeps = SweepCursor()
        self._rows = 0  # of the image, that were accounted for
        self._in_flight: list[_InFlight] = []

    # -- from the page -----------------------------------------------------------------------------

    def set_viewport(self, viewport: Viewport, *, paused: bool = False) -> None:
        """Show `viewport` from now on; unless only `paused` has changed the next patch is fresh."""
        self.paused = paused
        if viewport != self.viewport:
            self.viewport = viewport
            self._fresh = True
            self._shown.clear()
            self._image.look_again()

    def turn(self) -> None:
        """Begin anew where something else is shown of the plot by now, with the view with which the
        page does so that is told the options.
        """
        shown = face_of(self._named)
        if shown is self.plot:
            return
        self._begin(shown)
        if self.viewport is not None:
            self.viewport = self.viewport.home(shown.options["window"])

    def start_afresh(self) -> None:
        """Send everything again: the next patch begins with an empty page."""
        self._fresh = True
        self._shown.clear()
        self._image.start_afresh()

    def ack(self, number: int) -> int:
        """Handle the page's acknowledgement: it has painted every patch up to `number`. Return how
        many of them are new.

        Raises:
            InvalidMessage: no such patch was sent.
        """
        if not 0 < number <= self.number:
            raise InvalidMessage("not an ack", f"of patch {number}; {self.number} were sent")
        before = len(self._in_flight)
        while self._in_flight and self._in_flight[0].number <= number:
            painted = self._in_flight.pop(0)
            self.delivered += painted.delivered
            self.conflated += painted.conflated
            self.totals["delivered"] += painted.delivered
            self.totals["conflated"] += max(0, painted.conflated)
        return before - len(self._in_flight)

    def stats(self, through: str) -> ViewerStats:
        """Return its account, in points, and what it has in flight, in patches."""
        return {
            "accepted": self.plot.count,
            "delivered": self.delivered,
            "conflated": self.conflated,
            "dropped": self.dropped,
            "queued": self.queued,
            "in_flight": self.in_flight,
            "patches": self.number,
            "paused": self.paused,
            "through": through,
        }

    # -- to the page -------------------------------------------------------------------------------

    def note(self, published: float) -> None:
        """Remember when the oldest point was published that the page has not been sent."""
        if published < self._published or math.isnan(self._published):
            self._published = published

    @property
    def in_flight(self) -> int:
        """Patches that are not yet acknowledged."""
        return len(self._in_flight)

    @property
    def queued(self) -> int:
        """Points that the page has not yet painted, in any form."""
        return self.plot.count - self.delivered - self.conflated - self.dropped

    @property
    def has_credit(self) -> bool:
        """True when the page shows the plot, and does not owe too many acknowledgements."""
        return len(self._in_flight) < self.credit and not self.paused and self.viewport is not None

    @property
    def follows(self) -> bool:
        """True when the page shows the newest points, and not a range."""
        return self.viewport is not None and self.viewport.hi is None

    @property
    def is_due(self) -> bool:
        """True when the page has credit and there is something new for it."""
        return (self._fresh or self._version != self.plot.version) and self.has_credit

    def weighing(self, enough: int = 0) -> Iterator[int | None]:
        """Yield None after each series, and at last the bytes of vertices and cells that the next
        patch has at most. enough: nobody needs to know how much less than that.
        """
        viewport = self.viewport
        if viewport is None or not self.is_due:
            yield 0
            return
        if (most := most_of_lines(self.plot, viewport.pixels, enough)) <= enough:
            yield int(most)
            return
        sight = self._sight(viewport)
        visible = sight.visible
        # A sweep is sent whole.
        is_whole = viewport.window is not None and self.plot.trigger.newest(viewport.window)
        is_same = not is_whole and (visible.grid, self.plot.options_version) == self._look
        most = self._image.most_bytes(visible)
        for series in list(self.plot.series.values()):
            old = self._shown.get(series.ident) if is_same else None
            if old is None or series.has_late or not old.is_all_of(series, visible):
                most += sight.most_bytes(self._streams.of(series), self.plot, old)
                yield None
        yield most

    def next_patch(self) -> Patch | None:
        """Return what brings the page up to date, or None when it owes acknowledgements or has
        everything.
        """
        return next((patch for patch in self.patching() if patch is not None), None)

    def patching(self) -> Iterator[Patch | None]:
        """Yield None after each series, and at last that patch, if there is one. What happens
        between the steps is in it, or in the next one.
        """
        viewport = self.viewport
        if viewport is None or not self.is_due:
            return
        if self._cleared != self.plot.cleared:
            self._drop_cleared()
        if self._sweeps.move(self.plot.trigger, viewport.window):
            self.start_afresh()
        sight = self._sight(viewport)
        # Whoever says meanwhile that the page begins anew says it of the next patch.
        is_fresh, self._fresh = self._fresh, False
        self._version = self.plot.version
        made = yield from self._entries(sight)
        yield self._patch_of(made, sight.visible, is_fresh=is_fresh)

    def _patch_of(
        self, made: list[tuple[Series, Entry]], visible: VisibleRange, *, is_fresh: bool
    ) -> Patch:
        self.number += 1
        image = self._image.next_patch(visible, self.number)
        self._account_for(made, 0 if image is None else len(image.x))
        entries = [entry for _, entry in made]
        patch = Patch(
            self.number, entries, is_fresh, self._published, self.plot.x_range, self._named.count
        )
        patch.image, patch.sweep = image, self._sweeps.news(is_fresh=is_fresh)
        patch.conflated = self.conflated + sum(f.conflated for f in self._in_flight)
        self._published = math.nan
        if self._fresh:
            self.start_afresh()
        if self._sweeps.is_behind or any(shown.is_behind for shown in self._shown.values()):
            self._version = -1  # there is more for the next patch
        return patch

    def _drop_cleared(self) -> None:
        """Follow a plot that has forgotten series: what had not been sent of them is dropped."""
        gone = self._counts.keys() - set(self.plot.series.values())
        sent = sum(self._counts.pop(series) for series in gone)
        lost = self.plot.cleared - self._cleared - sent
        self.dropped += max(0, lost)
        self.totals.update(dropped=max(0, lost))
        self._moved = min(0, lost)
        self._cleared = self.plot.cleared
        self._streams.forget_all_but(self.plot.series.values())

    def know(self, idents: Collection[int]) -> None:
        """Note that the page knows these series, and has forgotten all others: patches are of them
        alone.
        """
        for ident in self._shown.keys() - set(idents):
            del self._shown[ident]
        self._known = idents
        self._version = -1  # what was left out comes with the next patch

    def _sight(self, viewport: Viewport) -> Sight:
        return self._streams.sight(viewport, self.plot, self._sweeps.shown)

    def _entries(self, sight: Sight) -> Generator[None, None, list[tuple[Series, Entry]]]:
        """Return what is new of each series, but for those that have gone meanwhile."""
        visible = sight.visible
        look = visible.grid, self.plot.options_version
        is_same, self._look = look == self._look, look
        made = []
        for series in list(self.plot.series.values()):
            if self._known is not None and series.ident not in self._known:
                continue
            old = self._shown.get(series.ident)
            if is_same and old is not None and old.is_all_of(series, visible):
                continue
            if series.count and (entry := self._entry(series, sight)) is not None:
                made.append((series, entry))
                yield
        there = set(self.plot.series.values())
        for series, _ in made:
            if series not in there:
                self._shown.pop(series.ident, None)  # of which nothing was sent
        return [each for each in made if each[0] in there]

    def _entry(self, series: Series, sight: Sight) -> Entry | None:
        old = self._shown.get(series.ident)
        new, entry = sight.step(self._streams.of(series), self.plot, old)
        self._shown[series.ident] = new
        return entry

    def _account_for(self, made: list[tuple[Series, Entry]], columns: int) -> None:
        """Account for the points that are new in these entries, and the rows in so many columns of
        the image, as in flight.
        """
        total, own, self._moved = self._moved, 0, 0
        for series, entry in made:
            # Less than nothing where points have moved to the next run, as whose they count now.
            new = entry.points - self._counts.get(series, 0)
            self._counts[series] = entry.points
            total += new
            own += min(max(0, new), len(entry.vertices))
        rows, self._rows = self.plot.image.count - self._rows, self.plot.image.count
        total, own = total + rows, own + min(rows, columns)
        delivered = min(own, max(0, total))
        conflated = total - delivered
        if len(self._in_flight) == MOST_IN_FLIGHT:
            last = self._in_flight.pop()
            delivered, conflated = delivered + last.delivered, conflated + last.conflated
        self._in_flight.append(_InFlight(self.number, delivered, conflated))
