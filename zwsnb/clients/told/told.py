"""What one page has been told of the series and the options of its plot, and what is new."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

import gevent

from zwsnb.clients.told.listing import OPTIONS, SERIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zwsnb.clients.told.listing import Text, Texts
    from zwsnb.history.plots import Plot
    from zwsnb.view.subscription import Subscription

HOLD: Final = 0.05
"""Seconds that a page hears nothing after a series has gone that may come again: whoever clears and
publishes at once replaces its points in one step, and the page is never seen empty.
"""


class Told:
    """What one page knows of `plot`; `view` is its subscription, `wake` has its writer look."""

    def __init__(self, plot: Plot, view: Subscription, wake: Callable[[], object]) -> None:
        self._plot, self._view, self._wake = plot, view, wake
        self._series = 0  # the version of the list of series that it knows
        self._listed: Text | None = None  # that list
        self._idents: frozenset[int] = frozenset()  # of the series in it
        self._gone_at = math.nan  # when one of them has gone that it has not heard of
        self.options = -1  # the version of the options that it knows
        self._has_timer = False

    def forget(self) -> None:
        """Begin again: nobody knows what has arrived."""
        self._series = self.options = -1
        self._listed = None

    @property
    def _has_old_options(self) -> bool:
        return self.options != self._plot.options_version

    @property
    def _has_old_list(self) -> bool:
        if self._series == self._plot.catalog.version:
            return False
        return SERIES.of(self._plot) is not self._listed

    @property
    def _has_all(self) -> bool:
        """True where it surely knows everything."""
        plot = self._plot
        return self._series == plot.catalog.version and self.options == plot.options_version

    @property
    def has_news(self) -> bool:
        """True when there is something new that it may be told."""
        if self._has_all:
            return False
        return self._has_old_list or (self._has_old_options and not OPTIONS.wait(self._plot))

    def news(self) -> Iterable[str]:
        """Return what a patch is about: the series, and from where x are counted."""
        return () if self._has_all else self._telling()

    def _telling(self) -> Iterator[str]:
        if self._has_old_list:
            self._listed = SERIES.of(self._plot)
            self._series, self._idents = self._listed.of[0], self._listed.idents
            self._view.know(self._idents)
            yield self._listed.text
        if self._has_old_options and not OPTIONS.wait(self._plot):
            options = OPTIONS.of(self._plot)
            self.options = options.of[0]
            self._view.turn()
            yield options.text

    def is_held(self) -> bool:
        """True for a moment after a series has gone that may come again, and where options are new
        that it may not yet be told: patches are about those.
        """
        if self._has_all:
            self._gone_at = math.nan
            return False
        if self._series != self._plot.catalog.version:
            self._look_again(SERIES)
        if self._has_old_options and self._look_again(OPTIONS):
            return True
        catalog = self._plot.catalog
        if self._series == catalog.version or not catalog.will_return(self._idents):
            self._gone_at = math.nan
            return False
        now = time.monotonic()
        if math.isnan(self._gone_at):
            self._gone_at = now
            gevent.spawn_later(HOLD, self._wake)
        return now - self._gone_at < HOLD

    def _look_again(self, texts: Texts) -> bool:
        """Have the writer look when a text is made that is not made yet; return whether it is."""
        wait = texts.wait(self._plot)
        if wait and not self._has_timer:
            self._has_timer = True
            gevent.spawn_later(wait, self._timer_ends)
        return wait > 0

    def _timer_ends(self) -> None:
        self._has_timer = False
        self._wake()
