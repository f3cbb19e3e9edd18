"""The streams of one series: which are shared, kept, and made anew."""

from __future__ import annotations

import weakref

import numpy as np
import pytest

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.view.streams.column_stream import ColumnStream
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.streams.series_streams import MAX_STREAMS, SeriesStreams


def plot_with(n: int) -> tuple[Plot, Series]:
    """A plot of one series with `n` points."""
    plot = Plot("p")
    plot.append("y", np.arange(float(n)), np.sin(np.arange(float(n))))
    return plot, plot.series["y"]


def test_a_stream_that_begins_too_late_is_made_anew() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot)
    late = streams.of(series).columns(Grid(8.0), 500, 500.0, None)
    early = streams.of(series).columns(Grid(8.0), 100, 100.0, None)
    assert early is not late
    assert early.vertices(0, 1)[0, 0] == 100


def test_who_was_away_for_long_begins_with_what_is_in_sight() -> None:
    """Five minutes at 10,000 points a second would hold the hub for a quarter of a second."""
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot).of(series)
    stream = streams.columns(Grid(8.0), 900, 900.0, None)
    plot.append("y", np.arange(1000.0, 9000.0), np.zeros(8000))
    assert not stream.is_left_behind(1000)
    assert stream.is_left_behind(8000)
    again = streams.columns(Grid(8.0), 8000, 8000.0, None)
    assert again is not stream
    assert again.vertices(0, 1)[0, 0] == 8000
    assert not again.is_left_behind(series.count)
    assert streams.columns(Grid(8.0), 8500, 8500.0, None) is again


def test_the_past_is_never_left_behind() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot).of(series)
    past = streams.columns(Grid(8.0), 100, 100.0, 900)
    plot.append("y", np.arange(1000.0, 9000.0), np.zeros(8000))
    assert not past.is_left_behind(5000)
    assert streams.columns(Grid(8.0), 100, 100.0, 900) is past


def test_a_stream_from_the_cache_is_up_to_date() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot)
    streams.of(series).columns(Grid(8.0), 0, 0.0, None)
    plot.append("y", np.array([5000.0]), np.array([1.0]))
    assert streams.of(series).columns(Grid(8.0), 0, 0.0, None).tail[0, -1] == 5000


def made(streams: SeriesStreams, width: float) -> weakref.ref[ColumnStream]:
    """One that nobody is shown any more."""
    return weakref.ref(streams.columns(Grid(width), 0, 0.0, None))


def test_the_streams_that_were_used_last_are_kept() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot).of(series)
    first, second, *_ = [made(streams, 2.0**i) for i in range(MAX_STREAMS)]
    assert made(streams, 1.0)() is first() is not None
    made(streams, 0.5)
    assert made(streams, 1.0)() is first() is not None
    assert second() is None


def test_what_a_page_is_shown_is_there_for_others_however_many_were_used_since() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot).of(series)
    shown = streams.columns(Grid(1.0), 0, 0.0, None)
    for i in range(1, 2 * MAX_STREAMS):
        made(streams, 2.0**i)
    assert streams.columns(Grid(1.0), 0, 0.0, None) is shown


def test_a_stream_that_cannot_go_back_is_made_anew() -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot).of(series)
    past = streams.columns(Grid(8.0), 100, 0.0, 200)
    rest = streams.columns(Grid(8.0), 500, 600.0, None)
    x = series.points.slice(0, 1000)[0]
    plot.append("y", np.array([x[700]]), np.zeros(1))
    assert streams.columns(Grid(8.0), 100, 0.0, 200) is past
    assert streams.columns(Grid(8.0), 500, 600.0, None) is rest
    plot.append("y", np.array([x[150]]), np.zeros(1))
    assert streams.columns(Grid(8.0), 100, 0.0, 200) is not past
    assert streams.columns(Grid(8.0), 500, 600.0, None) is not rest


@pytest.mark.parametrize("turn", ["clear", "xy"])
def test_columns_of_what_a_series_was_before_are_dropped(turn: str) -> None:
    plot, series = plot_with(1000)
    streams = StreamCache().of(plot)
    gone = weakref.ref(streams.of(series).columns(Grid(8.0), 0, 0.0, None))
    if turn == "clear":
        plot.clear()
        plot.append("y", np.zeros(1), np.zeros(1))
    else:
        series.turn_xy()
    streams.of(plot.series["y"])
    assert gone() is None
