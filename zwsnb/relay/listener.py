"""What the relay reports to those who serve the viewers of its plots.  [no I/O]"""

from __future__ import annotations

from typing import Protocol

from zwsnb.history.plots import Plot
from zwsnb.relay.schedule import SLOW_TICK


class RelayListener(Protocol):
    """Called in the hub's own thread; none of its methods may block."""

    def points_arrived(self, plot: Plot, published: float) -> None:
        """Something of `plot` has changed. published: when the oldest new point was published, in
        seconds since 1970; NaN where no point is new.
        """

    def plot_closed(self, plot: Plot) -> None:
        """`plot` is no longer in the history."""

    def take_interval(self) -> float:
        """Return in how many seconds the relay takes again while points flow, if nobody asks."""


class Nobody:
    """The listener of a relay that has no viewers."""

    def points_arrived(self, plot: Plot, published: float) -> None:
        """Wake nobody."""

    def plot_closed(self, plot: Plot) -> None:
        """Notify nobody."""

    def take_interval(self) -> float:
        """Return the interval of a relay that nobody asks."""
        return SLOW_TICK
