"""Who watches which plot.

The relay reports what is new and what was closed, and asks how soon to take again: `Viewers` is
its `zwsnb.relay.listener.RelayListener`. A plot that
nobody has published to may be watched: it exists as long as somebody watches it, and is removed
with its last viewer, so that no sequence of requests can fill the history with names. While it is
only watched it takes no place of `zwsnb.history.plots.MAX_PLOTS`; there are at most as many such
plots as the server takes connections.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol

import gevent

from zwsnb.protocol.stats import COMM
from zwsnb.relay import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.clients.drawings import Drawings
    from zwsnb.display.picture import Drawing
    from zwsnb.history.plots import History, Plot
    from zwsnb.protocol.stats import ViewerStats


END_WITHIN: Final = 0.05
"""Seconds in which all pages together are told the end."""


class Viewer(Protocol):
    """A connected client: a page, or a reader of /json."""

    @property
    def plot(self) -> Plot:
        """What it watches."""

    @property
    def asks(self) -> bool:
        """True for a client that asks for the newest points whenever it has painted."""

    @property
    def is_painting(self) -> bool:
        """True when it is about to ask."""

    @property
    def is_paused(self) -> bool:
        """True when it wants no points for now."""

    @property
    def drawings(self) -> Drawings | None:
        """What asks it for its own drawing; None for one that draws nothing."""

    @property
    def is_reader(self) -> bool:
        """True for one that somebody has opened."""

    def run(self) -> None:
        """Serve it until its connection ends."""

    def wake(self, published: float) -> None:
        """Have it look for what is new, the oldest of it published at that time."""

    def end(self, reason: str) -> None:
        """Close its connection with a reason."""

    def stats(self) -> ViewerStats:
        """Return its account."""

    def totals(self) -> Counter[str]:
        """Return what it has got since it came: points ``delivered``, ``conflated`` and
        ``dropped``, and ``bytes``.
        """


class Viewers:
    """All connected clients; use it in the hub's own thread."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._viewers: list[Viewer] = []  # in the order in which they came
        self._gone: Counter[str] = Counter()  # what those have got that have gone

    def __len__(self) -> int:
        return sum(viewer.is_reader for viewer in self._viewers)

    def of(self, plot: Plot) -> list[Viewer]:
        """Return those who watch `plot`, in the order in which they came."""
        return [viewer for viewer in self._viewers if viewer.plot is plot]

    def readers(self, plot: Plot) -> list[Viewer]:
        """Return those of them whom somebody has opened."""
        return [viewer for viewer in self.of(plot) if viewer.is_reader]

    def by_plot(self) -> Counter[str]:
        """Return how many readers each plot has that has some, by its name."""
        return Counter(viewer.plot.name for viewer in self._viewers if viewer.is_reader)

    def totals(self) -> Counter[str]:
        """Return what all have got, ever, as `Viewer.totals`."""
        totals = self._gone.copy()
        for viewer in self._viewers:
            totals.update(viewer.totals())
        return totals

    def is_seen(self, plot: str) -> bool:
        """Return whether a page of the plot of that name is open that has not come by a comm."""
        return any(
            viewer.asks
            and viewer.is_reader
            and viewer.plot.name == plot
            and viewer.stats().get("through") != COMM
            for viewer in self._viewers
        )

    def draw(self, plot: str) -> Drawing | None:
        """Return the drawing of a page that looks at the plot of that name, of several the one that
        was moved last; None where there is none, or it does not answer, or would draw empty axes.
        """
        from zwsnb.painting.rows import has_rows_only  # not before a picture is wanted

        if (found := self._history.get(plot)) is not None and has_rows_only(found):
            return None
        drawings = [
            viewer.drawings
            for viewer in self._viewers
            if viewer.plot.name == plot and viewer.drawings is not None and viewer.drawings.is_ready
        ]
        return max(drawings, key=lambda each: each.looked).ask() if drawings else None

    def serve(self, plot: str, viewer_of: Callable[[Plot], Viewer]) -> None:
        """Serve the viewer of the plot of that name until its connection ends.

        Raises:
            TooMany: the plot does not exist, and there are as many as there may be.
        """
        watched = self._history.get_or_create(plot)
        viewer = viewer_of(watched)
        self._viewers.append(viewer)
        try:
            viewer.run()
        finally:
            self._leave(viewer)
            self._remove_if_unused(watched)

    def _leave(self, viewer: Viewer) -> None:
        self._viewers.remove(viewer)
        self._gone.update(viewer.totals())

    def _remove_if_unused(self, plot: Plot) -> None:
        if plot.is_unused and not self.of(plot) and self._history.get(plot.name) is plot:
            del self._history.plots[plot.name]

    def end(self, reason: str) -> None:
        """Close every connection: the service stops, and waits for no page that does not read."""
        gevent.joinall([gevent.spawn(viewer.end, reason) for viewer in self._viewers], END_WITHIN)

    def forget(self) -> None:
        """Forget those whose connections have gone with the thread that served them."""
        self._gone = self.totals()
        self._viewers.clear()

    def is_watched(self) -> bool:
        """True when points would be seen."""
        return any(not viewer.is_paused for viewer in self._viewers)

    # -- what the relay calls ----------------------------------------------------------------------

    def points_arrived(self, plot: Plot, published: float) -> None:
        """Wake the viewers of `plot`: something is new, the oldest of it published at that time."""
        for viewer in self._viewers:
            if viewer.plot is plot:
                viewer.wake(published)

    def plot_closed(self, plot: Plot) -> None:
        """Close the connections of the viewers of `plot`."""
        for viewer in self.of(plot):
            gevent.spawn(viewer.end, "The plot was closed.")

    def take_interval(self) -> float:
        """Return in how many seconds the relay takes again while points flow, if nobody asks."""
        return schedule.take_interval(
            has_reader=any(not viewer.asks for viewer in self._viewers),
            is_painting=any(viewer.is_painting for viewer in self._viewers),
        )
