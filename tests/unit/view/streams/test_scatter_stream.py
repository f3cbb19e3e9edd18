"""The stream of a scatter: all points while they are few, then the newest of each place."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.cells.dot_cells import Cells
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Mask, Rows
from zwsnb.protocol.patch import XY, Entry
from zwsnb.view.streams import scatter_stream
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.streams.scatter_stream import MOST_DOTS, ScatterLook, ScatterStream, look_of
from zwsnb.view.streams.series_streams import SeriesStreams
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
    plot.append("y", points[0], points[1], Arrival(marks=points[2:]))


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


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(-20, 20), coordinates), max_size=60),
    st.integers(1, 12),
    st.integers(6, 30),  # around 0 there are four cells at least
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
    if log_y:
        there = there[:, there[1] > 0]
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
    y = np.log10(there[1]) if log_y else there[1]
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


@pytest.mark.parametrize("far", [1e30, 1e300])
def test_points_that_come_to_be_far_larger_have_larger_cells_in_a_few_steps(
    far: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Cells] = []
    newest = Cells.newest

    def counted(cells: Cells, rows: Rows) -> Mask:
        steps.append(cells)
        return newest(cells, rows)

    monkeypatch.setattr(Cells, "newest", counted)
    plot, series = plot_of(cloud(30_000))
    stream = ScatterStream(series, ALL, -math.inf)
    until_all(stream)
    larger = cloud(30_000, seed=1)
    larger[1] *= far
    steps.clear()
    add(plot, larger)
    until_all(stream)
    assert 0 < len(steps) < 16  # to double their height 1,000 times takes seconds
    assert held(stream).shape[1] <= MOST_DOTS
    assert np.count_nonzero(np.abs(held(stream)[1]) > far / 100) > MOST_DOTS / 8


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


def in_a_row(begin: int, n: int) -> Rows:
    x = np.arange(float(begin), begin + n)
    return np.stack((x, x * 7 % 11, *np.full((2, n), np.nan)))


@pytest.mark.parametrize("at_once", [333, 1_024, 5_000])
def test_counts_in_a_window_that_moves_on_are_fresh(at_once: int) -> None:
    plot, end = Plot("p"), 1 << 17
    plot.set_options({"xy": True})
    add(plot, in_a_row(0, end))
    subscription = Subscription(plot)
    subscription.credit = math.inf
    subscription.set_viewport(Viewport(800, window=50_000.0))
    newest = -math.inf
    for number in range(200):
        add(plot, in_a_row(end, at_once))
        end += at_once
        patch = subscription.next_patch()
        assert patch is not None
        for entry in patch.entries:
            assert entry.marks
            newest = max(entry.vertices[:, 0], default=newest)
            assert entry.marks.is_density or number < 20
        if number > 20:
            assert end - newest < 0.06 * 50_000 + at_once, "of the right edge little is blank"


def test_counts_leave_a_window_that_others_move_on() -> None:
    plot = Plot("p")
    add(plot, in_a_row(0, 50_000))
    subscription = Subscription(plot)
    subscription.credit = math.inf
    subscription.set_viewport(Viewport(800, window=50_000.0))
    while subscription.next_patch() is not None:
        pass
    plot.append("other", np.array([90_000.0]), np.zeros(1))
    leftmost = math.nan
    while (patch := subscription.next_patch()) is not None:
        for entry in patch.entries:
            if entry.marks:
                leftmost = entry.vertices[:, 0].min()
    assert leftmost > 39_000


def test_a_window_in_which_there_are_few_has_all() -> None:
    plot, series = plot_of(in_a_row(0, 5_000))
    stream = ScatterStream(series, ALL._replace(span=5_000.0), 0.0)
    for end in range(10_000, 100_001, 5_000):
        add(plot, in_a_row(end - 5_000, 5_000))
        stream.update(end - 5_000.0)
    assert stream.density is None
    x = held(stream)[0]
    np.testing.assert_array_equal(x[x >= 95_000], np.arange(95_000.0, 100_000))


def test_one_that_lies_far_off_leaves_the_others_as_they_are() -> None:
    for at in (0, 150_000):
        points = cloud(200_000)
        points[1, at] = -1e6
        _, series = plot_of(points)
        stream = ScatterStream(series, ALL, -math.inf)
        while stream.is_behind:
            stream.update(-math.inf)
            assert stream.settled - stream.first > MOST_DOTS / 4
        assert held(stream)[1].min() == -1e6


@pytest.mark.parametrize("marked", [True, False])
def test_no_room_is_lost_to_what_a_logarithmic_axis_has_not(marked: bool) -> None:
    points = np.abs(cloud(60_000) if marked else plain(60_000))
    points[1, ::3] *= -1
    plot, series = plot_of(points, "y")
    visible = VisibleRange.of(Viewport(800), plot)
    stream = ScatterStream(series, look_of(visible), visible.lo)
    until_all(stream)
    assert stream.in_sight == 40_000
    assert held(stream).shape[1] > 4_000
    assert held(stream)[1].min() > 1e-9


def test_x_that_a_logarithmic_axis_has_not_hides_no_others() -> None:
    points = np.abs(cloud(50_000))
    points[0, 0] = -3
    plot, series = plot_of(points, "x")
    visible = VisibleRange.of(Viewport(800), plot)
    assert visible.lo == points[0, 1:].min()
    stream = ScatterStream(series, look_of(visible), visible.lo)
    until_all(stream, visible.lo)
    assert stream.in_sight == 49_999


def test_each_of_many_pages_is_shown_all() -> None:
    plot, _ = plot_of(cloud(200_000))
    cache = StreamCache()
    pages = [Subscription(plot, cache) for _ in range(7)]
    for number, page in enumerate(pages):
        page.credit = math.inf
        page.set_viewport(Viewport(400 + number, -100.0, 100.0 - number))
    in_sight = dict.fromkeys(pages, 0)
    for _ in range(9):
        for page in pages:
            patch = page.next_patch()
            for entry in patch.entries if patch else ():
                assert entry.marks
                in_sight[page] = entry.marks.in_sight
    assert set(in_sight.values()) == {200_000}


@pytest.mark.parametrize("kind", [cloud, plain])
def test_where_x_reaches_farther_nothing_is_looked_at_again(kind: Callable[[int], Rows]) -> None:
    plot, _ = plot_of(kind(200_000))
    streams = SeriesStreams(plot.series["y"])
    stream = settled(streams, plot, Viewport(800))
    before = held(stream)
    far = kind(1)
    far[0] = 100.0
    add(plot, far)
    grown = settled(streams, plot, Viewport(800), updates=2)
    assert grown is not stream
    assert not grown.is_behind
    assert grown.in_sight == 200_001
    np.testing.assert_array_equal(held(stream), before)


def test_another_look_is_that_of_before_until_it_has_looked_at_all() -> None:
    plot, _ = plot_of(plain(200_000))
    streams = SeriesStreams(plot.series["y"])
    before = settled(streams, plot, Viewport(400))
    counts = []
    while True:
        stream = settled(streams, plot, Viewport(1600), updates=1)
        counts.append(stream.in_sight)
        np.testing.assert_array_equal(stream.colors, [0, held(stream)[2].max()])
        if not stream.is_behind:
            break
    assert stream is not before
    assert set(counts) == {200_000}
    assert stream.cell[0] < before.cell[0]


def settled(
    streams: SeriesStreams, plot: Plot, viewport: Viewport, updates: int = 99
) -> ScatterStream:
    """What a page is shown after so many updates, or fewer."""
    for _ in range(updates):
        stream = streams.scatter(VisibleRange.of(viewport, plot))
        if not stream.is_behind:
            break
    assert isinstance(stream, ScatterStream)
    return stream


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


def entry_of(subscription: Subscription) -> Entry:
    """What a page has of a plot when it has all."""
    entry = None
    while patch := subscription.next_patch():
        subscription.ack(patch.number)
        entry = next(iter(patch.entries), entry)
    assert entry is not None
    return entry


@pytest.mark.parametrize("n", [1, 300, 100_000])
@pytest.mark.parametrize("of_one", [False, True])
def test_as_a_density_any_points_are_counted(n: int, of_one: bool) -> None:
    plot = Plot("p")
    its = {"style": "density"}
    plot.set_options({"series": {"y": its}} if of_one else its)
    x, y = cloud(n)[:2]
    plot.append("y", x, y)
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(800))
    marks = entry_of(subscription).marks
    assert marks is not None
    assert marks.is_density
    assert marks.in_sight == n
    assert (10 ** marks.values[:, 0]).sum() == pytest.approx(n)
    plot.append("y", x[:1] + 1e3, y[:1])
    marks = entry_of(subscription).marks
    assert marks is not None
    assert marks.in_sight == n + 1


def test_a_density_is_drawn_as_a_curve_again() -> None:
    plot = Plot("p")
    plot.set_options({"style": "density"})
    points = cloud(50)[:2]
    plot.append("y", *points)
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(800))
    assert entry_of(subscription).marks is not None
    plot.set_options({"style": "points"})
    entry = entry_of(subscription)
    assert (entry.keep, entry.kind, entry.marks) == (0, XY, None)
    np.testing.assert_array_equal(entry.vertices.T, points)


def test_as_a_density_a_scatter_has_counts_in_place_of_its_colours() -> None:
    plot, series = plot_of(cloud(50))
    look = ALL._replace(is_counted=True)
    stream = ScatterStream(series, look, -math.inf)
    until_all(stream)
    assert not stream.is_void
    assert (10 ** held(stream)[2]).sum() == pytest.approx(50)
    add(plot, cloud(50))
    assert not stream.is_void


def test_the_density_of_points_that_are_others_by_now_is_void() -> None:
    plot = Plot("p")
    plot.set_options({"style": "density"})
    plot.append("y", *cloud(50)[:2])
    series = plot.series["y"]
    stream = ScatterStream(series, ALL._replace(is_counted=True), -math.inf)
    until_all(stream)
    series.rewrite(0, cloud(10)[:2], -math.inf)
    assert stream.is_void
