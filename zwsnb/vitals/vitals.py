"""What a service knows of itself, gathered in one place.  [no I/O]

Nothing is counted here but how fast and how late: whoever does something counts it, and keeps the
count when what it was about is gone.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from zwsnb.limits.memory import resident
from zwsnb.vitals.lag import Lag
from zwsnb.vitals.rates import Rates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwsnb.clients.viewers import Viewers
    from zwsnb.protocol.stats import RestartStats, ShownStats, VitalStats
    from zwsnb.relay.relay import Relay


class PlotVitals(NamedTuple):
    """What is known of a plot: as much as fits a line for each of a thousand."""

    name: str
    points: int
    bytes: int
    viewers: int


class Vitals:
    """Those of one service; use it in the hub's own thread.

    points_held: how many points all plots have that there are, as of a moment ago. restarts: how
    often and why it was started anew. before: those of the service that it goes on for. clock:
    seconds that only grow. Something calls `look` several times a second.
    """

    def __init__(
        self,
        relay: Relay,
        viewers: Viewers,
        points_held: Callable[[], int],
        restarts: RestartStats | None = None,
        before: Vitals | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.lag: Lag = Lag() if before is None else before.lag
        self.requests: Counter[str] = Counter() if before is None else before.requests
        self._relay, self._viewers = relay, viewers
        self._points_held = points_held
        self._restarts: RestartStats = restarts or {"count": 0, "reason": ""}
        self._clock = clock
        self._began = clock()
        self._rates = Rates()

    def look(self) -> None:
        """Look how much there is by now, if that is due."""
        now = self._clock()
        if self._rates.is_due(now):
            points = self._points_held() + self._relay.points_of_gone
            shown = self._shown()
            seen = shown["delivered"] + shown["conflated"]
            self._rates.note(now, {"points": points, "shown": seen, "bytes": shown["bytes"]})

    def stats(self, errors: int = 0) -> VitalStats:
        """Return all of it. errors: of zwsnb itself that are not the relay's."""
        now, relay, rates = self._clock(), self._relay, self._rates
        history = relay.history
        return {
            "uptime": now - self._began,
            "points": history.count() + relay.points_of_gone,
            "viewers": len(self._viewers),
            "rates": {
                "points": rates["points"],
                "shown": rates["shown"],
                "bytes": rates["bytes"],
            },
            "memory": {
                "history": history.nbytes,
                "budget": history.budget,
                "resident": resident(),
            },
            "shown": self._shown(),
            "lost": relay.lost(),
            "refused": {
                "messages": dict(relay.refusals.by_kind),
                "requests": dict(self.requests),
            },
            "errors": relay.refusals.errors + errors,
            "lag": {"last": self.lag.last, "worst": self.lag.worst(now)},
            "restarts": self._restarts,
        }

    def plots(self) -> Iterator[PlotVitals]:
        """Yield what is known of each plot, as it is when it is asked for."""
        viewers = self._viewers.by_plot()
        for plot in list(self._relay.history.plots.values()):
            yield PlotVitals(plot.name, plot.count, plot.nbytes, viewers[plot.name])

    def _shown(self) -> ShownStats:
        totals = self._viewers.totals()
        return {
            "delivered": totals["delivered"],
            "conflated": totals["conflated"],
            "dropped": totals["dropped"],
            "bytes": totals["bytes"],
        }
