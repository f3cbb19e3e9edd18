"""The streams of the plots that somebody looks at.  [no I/O]

All subscriptions of a service share one `StreamCache`, so that a hundred viewers on one grid cost
as much as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet, WeakValueDictionary

from zwsnb.view.sights import Sights
from zwsnb.view.streams.series_streams import MOST_KEPT, SeriesStreams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.triggers.trigger import Sweep
    from zwsnb.view.sights import Sight
    from zwsnb.view.viewport import Viewport


class PlotStreams:
    """The streams of one plot, by series, and what is seen of it by them."""

    def __init__(self) -> None:
        self._by_series: dict[int, SeriesStreams] = {}
        self._sights = Sights()
        self.readers: WeakSet[object] = WeakSet()

    def sight(self, viewport: Viewport, plot: Plot, sweep: Sweep | None) -> Sight:
        """Return what a viewport shows of the plot now, as `Sights.of`."""
        return self._sights.of(viewport, plot, sweep, is_shared=len(self.readers) > 1)

    def of(self, series: Series) -> SeriesStreams:
        """Return the streams of `series`, none of them of what it was before it was a curve, or of
        one that had its number before.
        """
        found = self._by_series.get(series.ident)
        if found is None or found.series is not series:
            found = self._by_series[series.ident] = SeriesStreams(series)
        elif found.generation != series.generation:
            found.drop_columns()
        found.room = MOST_KEPT // len(self._by_series)
        return found

    def forget_all_but(self, series: Iterable[Series]) -> None:
        """Forget the streams of series that the plot has no more: each run has a number of its own,
        and they would pile up.
        """
        self._sights.clear()
        idents = {each.ident for each in series}
        for ident in self._by_series.keys() - idents:
            del self._by_series[ident]


class StreamCache:
    """The streams of all plots that somebody looks at.

    Those of a plot live as long as a subscription holds them, and so does the memory they take.
    """

    def __init__(self) -> None:
        self._by_plot: WeakValueDictionary[Plot, PlotStreams] = WeakValueDictionary()

    def of(self, plot: Plot, reader: object = None) -> PlotStreams:
        """Return the streams of `plot`, to be held by whoever uses them. reader: who follows it."""
        found = self._by_plot.get(plot)
        if found is None:
            found = self._by_plot[plot] = PlotStreams()
        if reader is not None:
            found.readers.add(reader)
        return found
