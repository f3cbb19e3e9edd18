"""Streams that grow only at their end, and the cache that subscriptions share."""

from __future__ import annotations

import gc
import math
import weakref
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference
from support.reference import Stretch

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Rows
from zwsnb.view import vertex_buffer
from zwsnb.view.streams import (
    MAX_STREAMS,
    ColumnStream,
    PointStream,
    SeriesStreams,
    StreamCache,
)
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

values = st.sampled_from([math.nan, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 1e300, -1e300])


def series_of(n: int = 0, seed: int = 0) -> Series:
    series = Series(0, "y")
    chance = np.random.default_rng(seed)
    series.append(np.cumsum(chance.random(n)), chance.standard_normal(n))
    return series


def vertices_of(stream: ColumnStream) -> Rows:
    """All that a stream still has, shape (2, n)."""
    return np.concatenate((stream.vertices(stream.first, stream.settled), stream.tail), axis=1)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    reference.stretches,
    st.sampled_from(
        [
            Grid(2.0**-10),
            Grid(1.0),
            Grid(128.0),
            Grid(2.0**20),
            Grid(2.0**-6, log=True),
            Grid(0.5, log=True),
        ]
    ),
)
def test_a_stream_is_the_same_however_its_points_came(drawn: Sequence[Stretch], grid: Grid) -> None:
    series = Series(0, "y")
    growing = ColumnStream(series, grid, 0)
    for x, y in reference.points_of(drawn):
        series.append(x, y)
        before = growing.vertices(growing.first, growing.settled).copy()
        growing.update()
        np.testing.assert_array_equal(
            before, growing.vertices(growing.first, growing.settled)[:, : before.shape[1]]
        )
    if len(series.held()) == 1:
        np.testing.assert_array_equal(
            vertices_of(growing), vertices_of(ColumnStream(series, grid, 0))
        )


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), values), min_size=1, max_size=31))
def test_a_stream_of_points_is_what_draws_them(drawn: list[tuple[float, float]]) -> None:
    x = np.array(sorted(x for x, _ in drawn))
    y = np.array([y for _, y in drawn])
    series = Series(0, "y")
    series.append(x, y)
    drawn_points = vertices_of(ColumnStream(series, Grid(8.0), 0))
    marked = reference.drawn(x, y, 8.0)
    np.testing.assert_array_equal(drawn_points, np.stack((x, y))[:, marked])


def test_a_stream_with_an_end_is_done() -> None:
    series = series_of(1000)
    stream = ColumnStream(series, Grid(1.0), 100, 200)
    before = vertices_of(stream)
    series.append(np.array([1e6]), np.array([1e6]))
    stream.update()
    np.testing.assert_array_equal(before, vertices_of(stream))
    x, _ = series.points.slice(100, 200)
    assert (before[0, 0], before[0, -1]) == (x[0], x[-1])


def test_a_long_stream_forgets_its_older_half_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vertex_buffer, "MAX_SETTLED", 512)
    series = series_of(100)
    stream = ColumnStream(series, Grid(1.0), 0)
    held = []
    for i in range(1, 300):
        series.append(series.last[0] + np.arange(1.0, 11.0), np.arange(10.0) * i)
        stream.update()
        held.append(stream.settled - stream.first)
        assert stream.vertices(stream.first, stream.settled).shape[1] == held[-1]
    assert stream.first > 1000
    assert max(held) <= 3 * 512
    assert not stream.reaches(0, 0.0)
    assert stream.reaches(series.count, series.last[0])


def test_a_vertex_is_found_by_its_x() -> None:
    stream = ColumnStream(series_of(500), Grid(1.0), 0)
    x = stream.vertices(0, stream.settled)[0]
    for i in (0, 1, 57, len(x) - 1):
        assert stream.find(x[i]) == np.flatnonzero(x == x[i])[0]
    assert stream.find(-1.0) == 0
    assert stream.find(math.inf) == stream.settled


def test_points_are_vertices_and_settled_at_once() -> None:
    series = series_of(100)
    stream = PointStream(series)
    assert (stream.first, stream.settled, stream.tail.shape) == (0, 100, (2, 0))
    np.testing.assert_array_equal(stream.vertices(10, 20), series.points.slice(10, 20))
    assert stream.find(float(series.points.slice(10, 11)[0, 0])) == 10


# -- the cache -------------------------------------------------------------------------------------


def plot_with(n: int) -> tuple[Plot, Series]:
    """A plot of one series with `n` points."""
    plot = Plot("p")
    plot.append("y", np.arange(float(n)), np.sin(np.arange(float(n))))
    return plot, plot.series["y"]


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
    assert vertices_of(streams.of(series).columns(Grid(8.0), 0, 0.0, None))[0, -1] == 5000


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


def test_what_nobody_is_shown_has_a_bound_for_all_series_of_a_plot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plot, series = plot_with(1000)
    plot.append("z", np.arange(1000.0), np.zeros(1000))
    monkeypatch.setattr("zwsnb.view.streams.MOST_KEPT", 2000)
    cache = StreamCache().of(plot)
    one, other, third = (made(cache.of(series), width) for width in (0.5, 0.25, 0.125))
    assert (one() is None, other() is None, third() is None) == (True, False, False)
    cache.of(plot.series["z"])
    fourth = made(cache.of(series), 0.0625)
    assert (other() is None, third() is None, fourth() is None) == (True, True, False)


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


@settings(derandomize=True, max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3000), min_size=1, max_size=60), min_size=1, max_size=12),
    st.sampled_from([Grid(2.0**-3), Grid(16.0), Grid(512.0), Grid(2.0**-6, log=True)]),
    st.integers(0, 200),
)
def test_a_stream_goes_back_for_late_points(
    batches: list[list[int]], grid: Grid, begin: int
) -> None:
    series = series_of(400)
    stream = ColumnStream(series, grid, begin)
    for batch in batches:
        x = np.sort(np.array(batch, dtype=np.float64))
        series.append(x, np.cos(x))
        stamp, before = stream.rewrites.count, vertices_of(stream)
        settled = stream.settled
        stream.update()
        if stream.is_void:
            return
        change = stream.rewrites.since(stamp)
        same = min(settled, settled if change is None else change.first)
        np.testing.assert_array_equal(before[:, :same], vertices_of(stream)[:, :same])
    anew = ColumnStream(series, grid, begin)
    np.testing.assert_array_equal(vertices_of(stream), vertices_of(anew))


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
