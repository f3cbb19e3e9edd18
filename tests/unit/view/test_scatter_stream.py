"""The stream of a scatter: all points while they are few, then the newest of each place."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.runs import PLAIN
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Rows
from zwsnb.protocol.patch import XY
from zwsnb.view import scatter_stream
from zwsnb.view.scatter_stream import MOST_DOTS, ScatterLook, ScatterStream, look_of
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport, VisibleRange

ALL = ScatterLook(Grid(0.125), None, math.inf, None, log_y=False)


def plot_of(points: Rows, log: str = "none") -> tuple[Plot, Series]:
    """A scatter: x, y, color and size, shape (4, n)."""
    plot = Plot("p")
    plot.set_options({"log": log})
    add(plot, points)
    return plot, plot.series["y"]


def add(plot: Plot, points: Rows) -> None:
    plot.catalog.runs_of("y", PLAIN).mark(points[2:])
    plot.append("y", points[0], points[1])


def held(stream: ScatterStream) -> Rows:
    ends = stream.first, stream.settled
    return np.concatenate((stream.vertices(*ends), stream.marks(*ends)))


def until_all(stream: ScatterStream, lo: float = -math.inf) -> None:
    while stream.is_behind:
        stream.update(lo)


def cloud(n: int, seed: int = 0) -> Rows:
    rng = np.random.default_rng(seed)
    return np.stack((*rng.normal(size=(2, n)), np.arange(float(n)), rng.random(n)))


def test_few_points_are_all_there() -> None:
    points = cloud(MOST_DOTS)
    points[1, 7] = np.nan
    _, series = plot_of(points)
    stream = ScatterStream(series, ALL, -math.inf)
    until_all(stream)
    np.testing.assert_array_equal(held(stream), np.delete(points, 7, axis=1))
    assert stream.in_sight == MOST_DOTS - 1
    assert stream.first == 0


coordinates = st.floats(-20, 20, allow_nan=False) | st.just(math.nan)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-20, 20), coordinates), max_size=60),
    st.integers(1, 12),
    st.integers(2, 30),
    st.booleans(),
)
def test_of_each_cell_the_newest_point_stays(
    pairs: list[tuple[float, float]], at_once: int, most: int, log_y: bool
) -> None:
    points = np.array([(*pair, i, 0) for i, pair in enumerate(pairs)]).reshape(-1, 4).T
    _, series = plot_of(points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scatter_stream, "MOST_DOTS", most)
        patch.setattr(scatter_stream, "POINTS_AT_ONCE", at_once)
        stream = ScatterStream(series, ALL._replace(log_y=log_y), -math.inf)
        until_all(stream)
    found = held(stream)
    there = points[:, ~np.isnan(points[1])]
    assert stream.in_sight == there.shape[1]
    assert found.shape[1] <= most
    numbers = found[2].astype(int)
    assert (np.diff(numbers) > 0).all(), "the newest is the last"
    np.testing.assert_array_equal(found, points[:, numbers])
    if there.shape[1]:
        assert numbers[-1] == there[2, -1], "the newest of all is there"
    if stream._cells is None:
        assert found.shape[1] == there.shape[1]
        return
    cells, newest = stream._cells, {}
    y = np.log10(np.maximum(there[1], 1e-300)) if log_y else there[1]
    for x, row, number in zip(there[0], np.floor(y / cells.height), there[2], strict=True):
        newest[math.floor(x / cells.grid.width), row] = int(number)
    assert set(newest.values()) <= set(numbers.tolist())


def test_very_many_points_are_a_bounded_number_of_vertices() -> None:
    plot, series = plot_of(cloud(200_000))
    stream = ScatterStream(series, ALL, -math.inf)
    until_all(stream)
    assert MOST_DOTS / 4 < stream.settled - stream.first <= MOST_DOTS
    assert stream.in_sight == 200_000
    add(plot, cloud(5_000, 1))
    stream.update(-math.inf)
    np.testing.assert_array_equal(held(stream)[:, -1], cloud(5_000, 1)[:, -1])


def plain(n: int, seed: int = 0) -> Rows:
    points = cloud(n, seed)
    points[2:] = np.nan
    return points


def test_points_without_colours_are_counted() -> None:
    plot, series = plot_of(plain(200_000))
    stream = ScatterStream(series, ALL, -math.inf)
    until_all(stream)
    x, y, logarithms, _ = held(stream)
    counts = np.rint(10**logarithms)
    assert (int(counts.sum()), stream.in_sight) == (200_000, 200_000)
    assert list(stream.colors) == [0, logarithms.max()]
    width, height = stream.cell
    points = plain(200_000)
    for at in (0, len(x) // 2):
        near = (np.abs(points[0] - x[at]) <= width / 2) & (np.abs(points[1] - y[at]) <= height / 2)
        assert np.count_nonzero(near) == counts[at]

    # A few more are not sent at once, but soon, and when nothing else comes.
    add(plot, plain(10, 1))
    stream.update(-math.inf)
    assert (stream.in_sight, stream.is_behind) == (200_000, True)
    stream.update(-math.inf)
    assert (stream.in_sight, stream.is_behind) == (200_010, False)
    add(plot, plain(20_000, 2))
    stream.update(-math.inf)
    assert stream.in_sight == 220_010


def test_points_that_are_few_in_sight_are_not_counted() -> None:
    plot, series = plot_of(plain(100_000))
    visible = VisibleRange.of(Viewport(500, 0.0, 0.1), plot)
    stream = ScatterStream(series, look_of(visible), visible.lo)
    until_all(stream, visible.lo)
    assert stream.density is None
    assert math.isnan(stream.cell[0])


def test_with_the_first_colour_there_are_dots() -> None:
    plot, series = plot_of(plain(50_000))
    stream = ScatterStream(series, ALL, -math.inf)
    until_all(stream)
    voids = [stream.is_void]
    add(plot, cloud(1))
    assert [*voids, stream.is_void] == [False, True]
    subscription = Subscription(plot)
    subscription.credit = math.inf
    subscription.set_viewport(Viewport(800))
    while (patch := subscription.next_patch()) is not None:
        (entry,) = patch.entries
        assert entry.marks
        assert not entry.marks.is_density


def test_what_a_window_has_passed_leaves() -> None:
    n = 100_000
    points = np.stack((np.arange(float(n)), np.zeros(n), np.zeros(n), np.zeros(n)))
    _, series = plot_of(points)
    stream = ScatterStream(series, ALL._replace(span=100.0), 0.0)
    for lo in (0.0, 30_000.0, 60_000.0, 90_000.0):
        stream.update(lo)
    assert held(stream)[0].min() >= 30_000


def test_a_range_is_shown_point_by_point() -> None:
    points = cloud(100_000)
    plot, series = plot_of(points)
    visible = VisibleRange.of(Viewport(500, 0.0, 0.1), plot)
    stream = ScatterStream(series, look_of(visible), visible.lo)
    until_all(stream, visible.lo)
    seen = (points[0] >= 0) & (points[0] <= 0.1)
    np.testing.assert_array_equal(held(stream), points[:, seen])


@pytest.mark.parametrize("log", ["none", "x", "y", "xy"])
def test_a_page_has_what_the_stream_has(log: str) -> None:
    plot, _ = plot_of(np.abs(cloud(60_000)), log)
    subscription = Subscription(plot)
    subscription.credit = math.inf
    subscription.set_viewport(Viewport(800))
    vertices, marks = np.empty((0, 2)), np.empty((0, 2))
    while (patch := subscription.next_patch()) is not None:
        for entry in patch.entries:
            assert entry.kind == XY
            assert entry.marks is not None
            kept = slice(entry.drop, entry.drop + entry.keep)
            vertices = np.concatenate((vertices[kept], entry.vertices))
            marks = np.concatenate((marks[kept], entry.marks.values))
            assert len(vertices) == len(marks) <= MOST_DOTS
    assert entry.marks
    assert entry.marks.in_sight == 60_000
    numbers = marks[:, 0].astype(int)
    np.testing.assert_array_equal(vertices.T, np.abs(cloud(60_000))[:2, numbers])


def test_points_that_become_a_scatter_are_sent_again() -> None:
    plot = Plot("p")
    plot.append("y", np.array([0.0, 1.0]), np.zeros(2))
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(800))
    assert subscription.next_patch() is not None
    add(plot, cloud(3))
    plot.append("y", np.array([9.0]), np.zeros(1))  # by `publish`
    patch = subscription.next_patch()
    assert patch is not None
    (entry,) = patch.entries
    assert entry.keep == 0
    assert entry.marks is not None
    assert np.isnan(entry.marks.values[:, 0]).tolist() == [True, True, False, False, False, True]
    assert entry.marks.colors == (0, 2)


def test_marks_leave_with_their_points() -> None:
    _, series = plot_of(cloud(200_000))
    before = series.nbytes
    assert series.evict()
    assert series.marks is not None
    assert series.marks.start == series.points.start > 0
    assert before - series.nbytes == 2 * 2 * 8 * series.points.rows
