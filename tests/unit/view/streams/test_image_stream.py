"""What a page is sent of an image: columns that never change, and no value that is missed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.fake_image import FakeImage
from support.rules import check_golden

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.images.row_blocks import Strips
from zwsnb.kinds.values import LARGEST
from zwsnb.protocol.images.rows import Rows
from zwsnb.view.streams.image_stream import (
    DROP_AT_ONCE,
    MOST_COLUMNS,
    Colored,
    ImageStream,
    colors_of,
    range_of,
    reduced,
)
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport, VisibleRange


def rows(x: Any, bins: int = 8, seed: int = 0, **more: Any) -> Rows:
    rng = np.random.default_rng(seed)
    cells = rng.uniform(0, 1, (len(x), bins)).astype(np.float32)
    return Rows("p", "image", np.array(x, float), cells, (0.0, bins - 1.0))._replace(**more)


def plot_of(*bodies: Rows, **options: Any) -> Plot:
    plot = Plot("p")
    plot.set_options({"z_range": (0, 1), **options})
    for body in bodies:
        plot.append_rows(body)
    return plot


class Page:
    """A page on an image, with all that it has been sent."""

    def __init__(self, plot: Plot, viewport: Viewport) -> None:
        self.plot, self.viewport = plot, viewport
        self.stream = ImageStream(plot)
        self.image = FakeImage()
        self.sent = 0

    def look(self) -> int:
        """Take what is new; return how many columns came."""
        patch = self.stream.next_patch(VisibleRange.of(self.viewport, self.plot), 1)
        if patch is None:
            return 0
        self.image.apply(patch)
        self.sent += len(patch.x)
        return len(patch.x)


def test_few_rows_are_sent_as_they_are() -> None:
    page = Page(plot_of(rows([0, 1, 2, 5])), Viewport(800))
    assert page.look() == 4
    assert page.image.x.tolist() == [0, 1, 2, 5]
    assert page.look() == 0
    cells = rows([0, 1, 2, 5]).cells
    assert page.image.colors.tolist() == colors_of(cells, Colored(0, 1)).tolist()


def test_the_row_before_what_is_in_sight_reaches_into_it() -> None:
    plot = plot_of(rows([0, 10, 20, 30, 40]))
    page = Page(plot, Viewport(800, lo=12.0, hi=28.0))
    page.look()
    assert page.image.x.tolist() == [10, 20, 30]
    page = Page(plot, Viewport(800, lo=-5.0, hi=3.0))
    page.look()
    assert page.image.x.tolist() == [0, 10]


def test_a_page_that_follows_gets_its_newest_columns() -> None:
    plot = plot_of(rows(np.arange(4000) / 1000))
    page = Page(plot, Viewport(400, window=4.0))
    first = page.look()
    assert 200 <= first <= 401
    before = page.image.x[:-1].tolist(), page.image.colors[:-1].tolist()
    for i in range(50):
        plot.append_rows(rows(4 + (np.arange(16) + 16 * i) / 1000, seed=i))
        assert page.look() <= 3
    kept = [x for x in page.image.x.tolist() if x in before[0]]
    assert len(kept) > 100
    colors = dict(zip(*before, strict=True))
    for x, its in zip(page.image.x.tolist(), page.image.colors.tolist(), strict=True):
        assert its == colors.get(x, its), "a complete column has changed"


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8),
    st.sampled_from([5, 40, 300]),
    st.sampled_from([1, 3, 8, 100]),
    st.sampled_from([None, 10.0]),
    st.integers(0, 1000),
)
def test_no_value_is_missed(
    parts: list[int], pixels: int, height: int, window: float | None, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    plot, x, cells = plot_of(), np.empty(0), np.empty((0, 8), np.float32)
    page = Page(plot, Viewport(pixels, window=window, rows=height))
    for i, count in enumerate(parts):
        at = (x[-1] if len(x) else 0.0) + np.cumsum(rng.choice([0.0, 0.01, 0.2, 3.0], count))
        body = rows(at, seed=seed + i)
        plot.append_rows(body)
        x, cells = np.concatenate((x, at)), np.concatenate((cells, body.cells))
        page.look()
    seen = x >= (-math.inf if window is None else x[-1] - window)
    highest = colors_of(np.fmax.reduce(cells[seen]).reshape(1, -1), Colored(0, 1)).max()
    image = page.image
    assert image.colors.max() >= highest
    assert (np.diff(image.x) > 0).all()
    assert image.bins == 8
    assert image.colors.shape[1] == -(-8 // image.factor)
    assert image.colors.shape[1] <= max(1, height)
    assert len(image.x) <= pixels + 2 + DROP_AT_ONCE


def test_a_new_range_of_colours_a_new_run_and_an_end_are_sent_whole() -> None:
    plot = plot_of(rows(range(10)))
    page = Page(plot, Viewport(800))
    page.look()
    plot.set_options({"z_range": (0, 2)})
    assert page.look() == 10
    assert page.image.z[1] == 2
    plot.append_rows(rows([3], series="other"))
    assert page.look() == 1
    assert page.image.name == "other"
    page.stream.start_afresh()
    assert page.look() == 1
    plot.clear()
    page.look()
    assert page.image.x.tolist() == []
    assert page.look() == 0


def test_a_late_row_costs_the_columns_from_its_own_on() -> None:
    plot = plot_of(rows(np.arange(300)))
    page = Page(plot, Viewport(400))
    page.look()
    plot.append_rows(rows([295.5], cells=np.full((1, 8), 1, np.float32)))
    assert 4 <= page.look() <= 6
    assert page.image.x[-5:].tolist() == [295.5, 296, 297, 298, 299]
    assert page.look() == 0


def test_what_is_not_in_sight_is_not_sent() -> None:
    plot = plot_of(rows(range(100)))
    page = Page(plot, Viewport(800, 10.0, 20.0))
    assert page.look() <= 13
    assert page.image.x.min() <= 10
    assert page.image.x.max() >= 20
    plot.append_rows(rows(range(100, 200)))
    assert page.look() == 0


def test_a_logarithmic_axis_has_columns_too() -> None:
    plot = plot_of(rows(np.geomspace(1, 1000, 500)), log="x")
    page = Page(plot, Viewport(100))
    page.look()
    assert 50 <= len(page.image.x) <= 101
    steps = np.diff(np.log(page.image.x))
    assert steps.max() < 2 * steps[1:-1].min()


@pytest.mark.parametrize(
    ("said", "z"),
    [
        ({}, (1, 3, False)),
        ({"z_range": "auto"}, (1, 3, False)),
        ({"z_range": (0, 10)}, (0, 10, False)),
        ({"z_range": (None, 2)}, (1, 2, False)),
        ({"z_range": (5, None)}, (5, 10, False)),
        ({"z_range": (3, None)}, (3, 3, False)),
        ({"z_log": True}, (1, 3, True)),
        ({"z_log": True, "z_range": (-5, 100)}, (1, 100, True)),
        ({"z_log": True, "z_range": (5, None)}, (5, 50, True)),
        ({"z_range": (1e308, None)}, (1e308, LARGEST, False)),
        ({"z_range": (LARGEST, None)}, (LARGEST, LARGEST, False)),
        ({"z_log": True, "z_range": (1e308, None)}, (1e308, LARGEST, True)),
    ],
)
def test_the_range_of_colours_is_what_is_said_or_what_there_is(
    said: dict[str, Any], z: tuple[float, float, bool]
) -> None:
    cells = np.array([[1.0, 2.0], [3.0, 3.0]], np.float32)
    plot = plot_of(rows([0, 1], cells=cells), **{"z_range": "auto", **said})
    assert plot.image.run is not None
    assert range_of(plot.image.run, plot.options) == pytest.approx(z)


def test_a_range_of_colours_may_be_wider_than_doubles_go() -> None:
    cells = np.array([[-3e38, 0, 3e38]], np.float32)
    assert colors_of(cells, Colored(-LARGEST, LARGEST)).tolist() == [[128, 128, 128]]
    assert colors_of(cells, Colored(-1, LARGEST)).tolist() == [[1, 1, 1]]


def test_of_a_single_value_there_is_one_colour() -> None:
    plot = plot_of(rows([0], cells=np.full((1, 2), 5, np.float32)), z_range="auto")
    assert plot.image.run is not None
    z = range_of(plot.image.run, plot.options)
    assert z == Colored(5, 5)
    values = np.array([[4, 5, 6, np.nan]], np.float32)
    assert colors_of(values, z).tolist() == [[1, 128, 255, 0]]
    assert colors_of(values, Colored(5, 5, log=True)).tolist() == [[1, 128, 255, 0]]


def test_logarithmic_colours_have_even_decades_and_none_for_what_is_not_above_0() -> None:
    values = np.array([[0.01, 1, 100, 1e-9, 1e9, 0, -1, np.nan, np.inf]], np.float32)
    found = colors_of(values, Colored(0.01, 100, log=True)).tolist()
    assert found == [[1, 128, 255, 1, 255, 0, 0, 0, 255]]
    cells = np.array([[0.0, -3.0], [10.0, 1000.0]], np.float32)
    plot = plot_of(rows([0, 1], cells=cells), z_range="auto", z_log=True)
    page = Page(plot, Viewport(800))
    page.look()
    assert (page.image.z, page.image.log) == ((10, 1000), True)
    assert page.image.colors.tolist() == [[0, 0], [1, 255]]
    nothing = plot_of(rows([0], cells=cells[:1]), z_range="auto", z_log=True)
    assert nothing.image.run is not None
    assert range_of(nothing.image.run, nothing.options) == Colored(1, 10, log=True)


def test_values_beyond_the_range_have_its_ends_and_no_value_has_no_colour() -> None:
    values = np.array([[-np.inf, -1, 0, 0.5, 1, 2, np.inf, np.nan]], np.float32)
    assert colors_of(values, Colored(0, 1)).tolist() == [[1, 1, 1, 128, 255, 255, 255, 0]]


def test_cells_of_a_column_are_the_highest_of_their_values() -> None:
    x = np.array([0.1, 0.2, 1.7])
    strips = Strips(x, x, np.array([[1, 5, 2], [4, 0, 3], [7, 8, 9]], np.float32))
    numbers, middles, cells = reduced(strips, Grid(1.0), 0.0)
    assert (numbers.tolist(), middles.tolist()) == ([0, 1], [0.5, 1.7])
    assert cells.tolist() == [[4, 5, 3], [7, 8, 9]]


def test_a_wide_page_has_columns_of_several_pixels() -> None:
    plot = plot_of(rows(np.arange(10_000)))
    page = Page(plot, Viewport(16_384))
    assert MOST_COLUMNS / 2 <= page.look() <= MOST_COLUMNS + 2
    cells = rows(np.arange(10_000)).cells
    assert (
        page.image.colors.max(axis=0).tolist()
        == colors_of(cells, Colored(0, 1)).max(axis=0).tolist()
    )


def test_an_image_on_a_logarithmic_axis_that_begins_below_0_has_all_that_is_above() -> None:
    page = Page(plot_of(rows(np.arange(0.0, 101.0)), log="x"), Viewport(800))
    page.look()
    assert page.image.x.min() == 1
    assert page.image.x.max() == 100
    assert len(page.image.x) > 60


def test_the_golden_table_holds() -> None:
    check_golden("image_color")


@pytest.mark.parametrize("value", [1e-30, 0.3, 5, 42, 3e38])
def test_a_single_value_has_the_middle_colour_of_logarithms_too(value: float) -> None:
    cells = np.full((2, 2), value, np.float32)
    body = Rows("p", "image", np.arange(2.0), cells, (0.0, 1.0))
    plot = plot_of(body, z_log=True, z_range="auto")
    assert plot.image.run is not None
    z = range_of(plot.image.run, plot.options)
    assert (z.low, z.high) == (float(cells[0, 0]), float(cells[0, 0]))
    assert np.unique(colors_of(cells, z)).tolist() == [128]


def test_rows_are_accounted_for() -> None:
    plot = plot_of(rows(range(10)))
    page = Subscription(plot)
    page.set_viewport(Viewport(800))
    for body in (None, rows(10 + np.arange(5000) / 1000), rows([1])):
        if body is not None:
            plot.append_rows(body)
        patch = page.next_patch()
        assert patch is not None
        assert patch.image is not None
        page.ack(patch.number)
        assert plot.count == page.delivered + page.conflated + page.dropped + page.queued
        assert page.queued == 0
    assert page.conflated > 0
    assert page.delivered >= 11


def test_a_view_that_is_a_few_pixels_wider_costs_no_columns_again() -> None:
    plot = plot_of(rows(np.arange(1000)))
    view = Subscription(plot)
    sent, kept = [], []
    for pixels in (700, 690, 670):
        view.set_viewport(Viewport(pixels))
        patch = view.next_patch()
        assert patch is not None
        assert patch.image is not None, "a fresh patch alone would forget it"
        sent.append(len(patch.image.x))
        kept.append(patch.image.keep)
        view.ack(patch.number)
    assert sent[0] > 300
    assert max(sent[1:]) <= 1
    assert kept == [0, sent[0] - 1, sent[0] - 1]
    view.start_afresh()
    patch = view.next_patch()
    assert patch is not None
    assert patch.image is not None
    assert len(patch.image.x) == sent[0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["all", "window", "range", "same"]),
            st.integers(0, 90),
            st.integers(1, 60),
            st.sampled_from([90, 100, 400]),
            st.integers(0, 9),
            st.sampled_from([0, 0, 0.5, 3.25, 12.125]),
        ),
        min_size=2,
        max_size=8,
    )
)
def test_whatever_was_seen_before_a_view_has_all_its_columns(
    looks: list[tuple[str, int, int, int, int, float]],
) -> None:
    plot = plot_of(rows(np.arange(20)))
    page = Page(plot, Viewport(100))
    end = 20
    for mode, low, width, pixels, more, late in looks:
        plot.append_rows(rows(np.arange(end, end + more), seed=plot.image.count))
        end += more
        if late:
            plot.append_rows(rows([end - late], seed=plot.image.count))
        views = {
            "all": Viewport(pixels),
            "window": Viewport(pixels, window=float(width)),
            "range": Viewport(pixels, lo=float(low), hi=float(low + width)),
        }
        if (viewport := views.get(mode, page.viewport)) != page.viewport:
            page.viewport = viewport
            page.stream.look_again()
        page.look()
        fresh = Page(plot, page.viewport)
        fresh.look()
        mine = dict(zip(page.image.x.tolist(), page.image.colors.tolist(), strict=True))
        for at, colors in zip(fresh.image.x.tolist(), fresh.image.colors.tolist(), strict=True):
            assert mine.get(at) == colors
