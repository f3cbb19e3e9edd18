"""What a page has of a plot when all of it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.view.shown import choose
from zwsnb.view.streams.plot_streams import PlotStreams, StreamCache
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.protocol.patch import Entry


def viewport_of(plot: Plot, window: float | None, pixels: int) -> Viewport:
    """Return what is seen of a plot that follows its newest points: the newest sweep, if there is
    one.
    """
    sweep = plot.trigger.newest(window) if window else None
    return Viewport(pixels, sweep.lo, sweep.hi) if sweep else Viewport(pixels, window=window)


def taking_in(plot: Plot, viewport: Viewport, held: PlotStreams) -> Iterator[None]:
    """Yield after each step, until the streams of `plot` have all that `viewport` shows: after each
    series, and of candles and of many points of a curve or a scatter they take in a part at a time.
    """
    is_behind = True
    while is_behind:
        visible, is_behind = VisibleRange.of(viewport, plot), False
        for series in list(plot.series.values()):
            if series.count:
                is_behind |= choose(held.of(series), plot, visible).is_behind
                yield


def entries_of(
    plot: Plot, viewport: Viewport, streams: StreamCache | None = None
) -> dict[str, Entry]:
    """Return what a page that shows that would have been sent in the end, by the name of the
    series. streams: those that have taken it in already; without any that is done here.
    """
    streams = StreamCache() if streams is None else streams
    held = streams.of(plot)
    for _ in taking_in(plot, viewport, held):
        pass
    subscription = Subscription(plot, streams)
    subscription.set_viewport(viewport)
    patch = subscription.next_patch()
    names = {series.ident: series.name for series in plot.series.values()}
    return {names[entry.series]: entry for entry in (patch.entries if patch else ())}
