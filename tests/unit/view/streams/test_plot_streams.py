"""The streams of the plots that somebody looks at, which subscriptions share."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.view.streams.column_stream import ColumnStream
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.streams.series_streams import SeriesStreams
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport


def plot_with(n: int) -> tuple[Plot, Series]:
    """A plot of one series with `n` points."""
    plot = Plot("p")
    plot.append("y", np.arange(float(n)), np.sin(np.arange(float(n))))
    return plot, plot.series["y"]


def made(streams: SeriesStreams, width: float) -> weakref.ref[ColumnStream]:
    """One that nobody is shown any more."""
    return weakref.ref(streams.columns(Grid(width), 0, 0.0, None))


def test_who_asks_for_the_same_columns_gets_the_same_stream() -> None:
    plot, series = plot_with(1000)
    cache = StreamCache()
    streams, others = cache.of(plot), cache.of(plot)
    assert streams is others
    one = streams.of(series).columns(Grid(8.0), 0, 0.0, None)
    assert others.of(series).columns(Grid(8.0), 50, 50.0, None) is one
    assert others.of(series).columns(Grid(8.0), 50, 50.0, 900) is not one
    assert others.of(series).columns(Grid(4.0), 0, 0.0, None) is not one
    assert streams.of(series).points is others.of(series).points


def test_what_nobody_is_shown_has_a_bound_for_all_series_of_a_plot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plot, series = plot_with(1000)
    plot.append("z", np.arange(1000.0), np.zeros(1000))
    monkeypatch.setattr("zwsnb.view.streams.plot_streams.MOST_KEPT", 2000)
    cache = StreamCache().of(plot)
    one, other, third = (made(cache.of(series), width) for width in (0.5, 0.25, 0.125))
    assert (one() is None, other() is None, third() is None) == (True, False, False)
    cache.of(plot.series["z"])
    fourth = made(cache.of(series), 0.0625)
    assert (other() is None, third() is None, fourth() is None) == (True, True, False)


def test_streams_live_as_long_as_somebody_holds_them() -> None:
    plot, series = plot_with(1000)
    cache = StreamCache()
    held, other = cache.of(plot), cache.of(plot)
    gone = weakref.ref(held.of(series).columns(Grid(8.0), 0, 0.0, None))
    del held
    assert gone() is not None
    del other
    assert gone() is None


def test_streams_of_runs_that_are_gone_are_forgotten() -> None:
    plot, series = plot_with(10)
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(10))
    subscription.next_patch()
    gone = weakref.ref(series)
    del series
    plot.remove("y")
    plot.append("z", np.arange(3.0), np.zeros(3))
    subscription.know({series.ident for series in plot.series.values()})
    subscription.ack(1)
    subscription.next_patch()
    gc.collect()
    assert gone() is None


def test_plots_of_one_name_have_streams_of_their_own() -> None:
    cache = StreamCache()
    one, other = cache.of(Plot("p")), cache.of(Plot("p"))
    assert one is not other
