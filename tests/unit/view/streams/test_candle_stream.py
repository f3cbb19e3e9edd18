"""Candles are those of all points, however these came, and do not change once they are over."""

from __future__ import annotations

import math
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
from zwsnb.kinds.periods import Periods
from zwsnb.protocol.patch import CANDLES, COLUMNS, POINTS, XY
from zwsnb.view.streams import candle_stream
from zwsnb.view.streams.candle_stream import (
    AT_ONCE,
    CandleStream,
    MadeCandles,
    candle_of,
    periods_of,
)
from zwsnb.view.streams.series_streams import SeriesStreams
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport, VisibleRange


def vertices_of(stream: CandleStream) -> Rows:
    while stream.is_behind:
        stream.update()
    return vertices_so_far(stream)


def vertices_so_far(stream: CandleStream) -> Rows:
    return np.concatenate((stream.vertices(stream.first, stream.settled), stream.tail), axis=1)


def by_hand(x: Sequence[float], y: Sequence[float], periods: Periods) -> Rows:
    """The candles of points, the long way."""
    groups: dict[tuple[float, float], list[float]] = {}
    for at, value in zip(x, y, strict=True):
        if not math.isnan(value):
            groups.setdefault(periods.bounds(at), []).append(value)
    candles = [np.empty((2, 0))]
    for (begin, end), its in groups.items():
        middle = begin / 2 + end / 2
        candles.append(
            np.array(((begin, middle, middle, end), (its[0], max(its), min(its), its[-1])))
        )
    return np.concatenate(candles, axis=1)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(reference.stretches, st.sampled_from([0.5, 16.0, 1000.0]))
def test_candles_are_those_of_the_points_however_they_came(
    drawn: Sequence[Stretch], width: float
) -> None:
    series, periods = Series(0, "y"), Periods(width)
    parts = list(reference.points_of(drawn))
    series.append(*parts[0])
    growing = CandleStream(series, periods, 0)
    for x, y in parts[1:]:
        series.append(x, y)
        before = growing.vertices(growing.first, growing.settled).copy()
        growing.update()
        after = growing.vertices(growing.first, growing.settled)
        np.testing.assert_array_equal(before, after[:, : before.shape[1]])
    x, y = (np.concatenate([part[i] for part in parts]).tolist() for i in (0, 1))
    np.testing.assert_array_equal(vertices_of(growing), by_hand(x, y, periods))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-9, 9)), min_size=2, max_size=60))
def test_late_points_change_the_candles_that_they_belong_to(points: list[tuple[int, int]]) -> None:
    series, periods = Series(0, "y"), Periods(8.0)
    (x, y), *others = [(np.array((float(x),)), np.array((float(y),))) for x, y in points]
    series.append(x, y)
    stream = CandleStream(series, periods, 0)
    for late in others:
        series.append(*late)
        rewrites = stream.rewrites.count
        kept = stream.vertices(stream.first, stream.settled).copy()
        stream.update()
        if stream.is_void:
            stream = CandleStream(series, periods, 0)
        elif rewrites != stream.rewrites.count:
            change = stream.rewrites.since(rewrites)
            assert change is not None
            same = min(change.first, stream.settled)
            np.testing.assert_array_equal(kept[:, :same], stream.vertices(0, same))
        held = series.points.slice(0, series.count)
        np.testing.assert_array_equal(
            vertices_of(stream), by_hand(held[0].tolist(), held[1].tolist(), periods)
        )


def series_of(n: int) -> Series:
    series = Series(0, "y")
    chance = np.random.default_rng(1)
    series.append(np.cumsum(chance.random(n)), chance.standard_normal(n))
    return series


def test_a_stretch_has_whole_candles_at_both_ends() -> None:
    series, periods = series_of(5_000), Periods(64.0)
    every = vertices_of(CandleStream(series, periods, 0))
    some = vertices_of(CandleStream(series, periods, 1000, 3000))
    first = int(np.searchsorted(every[0], some[0, 0], side="right")) // AT_ONCE * AT_ONCE
    np.testing.assert_array_equal(some, every[:, first : first + some.shape[1]])
    held = series.points.slice(1000, 3000)[0]
    assert some[0, 0] <= held[0]
    assert held[-1] < some[0, -1]


def test_late_points_among_a_stretch_that_has_an_end_void_it() -> None:
    series = series_of(1_000)
    stream = CandleStream(series, Periods(64.0), 100, 500)
    series.append(np.array((series.points.slice(300, 301)[0, 0],)), np.array((99.0,)))
    stream.update()
    assert stream.is_void


def test_where_points_have_left_the_extremes_stay() -> None:
    series = series_of(20_000)
    y = series.points.slice(0, series.count)[1].copy()
    while series.points.start < 10_000:
        assert series.evict()
    candles = vertices_of(CandleStream(series, Periods(512.0), 0))
    assert candles[1].max() == y.max()
    assert candles[1].min() == y.min()
    assert np.all(np.diff(candles[0]) >= 0)
    opened, high, low, closed = candles[1].reshape(-1, AT_ONCE).T
    assert np.all((low <= opened) & (opened <= high) & (low <= closed) & (closed <= high))


def test_its_ends_are_found_behind_many_gaps() -> None:
    series = Series(0, "y")
    gaps = [math.nan] * 200
    y = np.array([*gaps, 2.0, 9.0, 1.0, 3.0, *gaps])
    series.append(np.arange(float(len(y))), y)
    candle = candle_of(series, 0, len(y), 0.0, 1000.0)
    assert candle[1].tolist() == [2.0, 9.0, 1.0, 3.0]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first points of all candles that are made."""
    numbers: list[int] = []

    def note(series: Series, number: int, last: int, begin: float, end: float) -> Rows:
        numbers.append(number)
        return candle_of(series, number, last, begin, end)

    monkeypatch.setattr(candle_stream, "candle_of", note)
    return numbers


def test_a_view_that_moves_makes_only_the_candles_that_were_not_seen(made: list[int]) -> None:
    series, periods = series_of(5_000), Periods(64.0)
    streams = SeriesStreams(series)
    streams.candles(periods, 1000, 0.0, 3000)
    del made[:]
    moved = streams.candles(periods, 1200, 0.0, 3200)
    assert 0 < len(made) <= 3
    np.testing.assert_array_equal(
        vertices_of(moved), vertices_of(CandleStream(series, periods, 1200, 3200))
    )


def test_very_many_candles_come_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    series, periods = series_of(5_000), Periods(64.0)
    whole = vertices_of(CandleStream(series, periods, 0))
    monkeypatch.setattr(candle_stream, "CANDLES_AT_ONCE", 8)
    stream, steps = CandleStream(series, periods, 0), 1
    assert stream.settled == 7 * AT_ONCE
    while stream.is_behind:
        so_far = vertices_so_far(stream)
        np.testing.assert_array_equal(so_far, whole[:, : so_far.shape[1]])
        stream.update()
        steps += 1
    assert steps > 3
    np.testing.assert_array_equal(vertices_so_far(stream), whole)


def test_the_candle_at_the_right_edge_of_a_range_has_all_points_of_its_period() -> None:
    series, x = Series(0, "y"), np.arange(4_500.0)
    y = np.where(x == 3_900, -50.0, 7.0)
    series.append(x[:3_600], y[:3_600])
    stream = CandleStream(series, Periods(1_000.0), 0, 3_525)
    series.append(x[3_600:], y[3_600:])
    stream.update()
    np.testing.assert_array_equal(
        vertices_of(stream), by_hand(x[:4_000].tolist(), y.tolist()[:4_000], Periods(1_000.0))
    )


def test_a_late_point_passes_over_no_candle_that_is_still_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candle_stream, "CANDLES_AT_ONCE", 8)
    series, periods = series_of(5_000), Periods(64.0)
    stream = CandleStream(series, periods, 0)
    series.append(np.array((series.last[0] - 99.0,)), np.array((77.0,)))
    every = vertices_of(CandleStream(series, periods, 0))
    assert 77.0 in every[1]
    np.testing.assert_array_equal(vertices_of(stream), every)


def test_who_was_away_for_long_sees_the_newest_candles_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candle_stream, "CANDLES_AT_ONCE", 8)
    series, periods = series_of(100), Periods(64.0)
    streams = SeriesStreams(series)
    left = streams.candles(periods, 0, 0.0, None)
    series.append(series.last[0] + np.arange(1.0, 5001.0), np.sin(np.arange(5000.0)))
    lo = series.last[0] - 300.0
    begin = series.find(lo)
    back = streams.candles(periods, begin, lo, None)
    assert back is not left
    np.testing.assert_array_equal(
        vertices_so_far(back), vertices_of(CandleStream(series, periods, begin))
    )


@settings(derandomize=True, max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 60), min_size=1), st.integers(0, 30), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_what_was_made_before_is_what_would_be_made(
    steps: list[tuple[list[int], int, bool]],
) -> None:
    series, periods = Series(0, "y"), Periods(8.0)
    made = MadeCandles(series)
    for xs, begin, evicts in steps:
        for x in xs:
            series.append(np.array((float(x),)), np.array((float(series.count % 7),)))
        if evicts:
            series.evict()
        stretch = series, periods, min(begin, series.count - 1), series.count
        np.testing.assert_array_equal(
            vertices_of(CandleStream(*stretch, made)), vertices_of(CandleStream(*stretch))
        )


def test_so_many_are_kept(made: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candle_stream, "MAX_MADE", 20)
    series, periods = series_of(5_000), Periods(64.0)
    streams = SeriesStreams(series)
    for begin in range(0, 4_000, 500):
        streams.candles(periods, begin, 0.0, begin + 900)
    del made[:]
    streams.candles(periods, 3_500, 0.0, 4_300)
    assert made == [], "the newest ones"
    streams.candles(periods, 0, 0.0, 800)
    assert made


# -- what a page is sent ---------------------------------------------------------------------------


def plot_with(**options: object) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    plot.append("y", np.arange(0.0, 1000.0, 0.25), np.sin(np.arange(4000) / 99))
    return plot


def entry_of(plot: Plot, viewport: Viewport) -> object:
    subscription = Subscription(plot)
    subscription.set_viewport(viewport)
    patch = subscription.next_patch()
    assert patch is not None
    return patch.entries[0]


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"style": "candles"}, CANDLES),
        ({"series": {"y": {"style": "candles"}}}, CANDLES),
        ({"style": "candles", "series": {"y": {"style": "line"}}}, COLUMNS),
        ({"style": "candles", "log": "x"}, COLUMNS),
        ({"style": "candles", "xy": True}, XY),
        ({}, COLUMNS),
    ],
)
def test_the_style_says_which_series_comes_as_candles(
    options: dict[str, object], kind: int
) -> None:
    assert entry_of(plot_with(**options), Viewport(200)).kind == kind  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pixels", "period", "width"), [(400, None, 20), (4000, None, 2), (400, 2, 20), (40, 100, 200)]
)
def test_a_candle_has_room_and_is_no_shorter_than_its_period(
    pixels: int, period: float | None, width: float
) -> None:
    plot = plot_with(style="candles", period=period)
    visible = VisibleRange.of(Viewport(pixels), plot)
    assert periods_of(plot, plot.series["y"], visible) == Periods(width)


def test_times_have_candles_of_their_zone() -> None:
    plot = plot_with(style="candles", time=True, tz="Europe/Berlin")
    periods = periods_of(plot, plot.series["y"], VisibleRange(0, 1000, Grid(2.0), 400, 300))
    assert periods is not None
    assert (periods.width, str(periods.zone)) == (30.0, "Europe/Berlin")


def test_a_page_that_follows_gets_its_last_candles_only() -> None:
    plot = plot_with(style="candles", period=10)
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(200))
    first = subscription.next_patch()
    assert first is not None
    subscription.ack(1)
    plot.append("y", np.array((1000.0, 1001.0)), np.array((5.0, 6.0)))
    patch = subscription.next_patch()
    assert patch is not None
    (entry,) = patch.entries
    assert len(entry.vertices) <= 3 * AT_ONCE
    assert entry.keep % AT_ONCE == 0
    assert entry.vertices[-AT_ONCE:, 1].tolist() == [5.0, 6.0, 5.0, 6.0]


def test_what_is_seen_of_the_past_is_whole_candles() -> None:
    plot = plot_with(style="candles", period=10)
    entry = entry_of(plot, Viewport(300, 333.0, 444.0))
    vertices = entry.vertices  # type: ignore[attr-defined]
    assert len(vertices) % AT_ONCE == 0
    assert vertices[0, 0] <= 330
    assert vertices[-1, 0] >= 450
    assert len(vertices) <= 20 * AT_ONCE


def test_another_style_replaces_them() -> None:
    plot = plot_with(style="candles")
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(200))
    assert subscription.next_patch() is not None
    subscription.ack(1)
    plot.set_options({"style": "line"})
    patch = subscription.next_patch()
    assert patch is not None
    assert [entry.kind in (COLUMNS, POINTS) for entry in patch.entries] == [True]
    assert patch.entries[0].keep == 0
