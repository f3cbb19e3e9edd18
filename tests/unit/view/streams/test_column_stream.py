"""Streams of columns and of points, which grow only at their end."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support import reference
from support.reference import Stretch

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Rows
from zwsnb.view.streams import vertex_buffer
from zwsnb.view.streams.column_stream import ColumnStream, PointStream

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
