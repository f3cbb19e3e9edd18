"""A curve of very many points as a page gets it."""

from __future__ import annotations

import gc
import math
import sys
import weakref

import numpy as np
import pytest
from support.fake_page import FakeLink, link_to

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.protocol.patch import XY
from zwsnb.view.streams import curve_stream, series_streams
from zwsnb.view.streams.curve_stream import CurveStream, Extremes
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.viewport import Viewport


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_streams, "FEW_POINTS", 1000)
    monkeypatch.setattr(curve_stream, "POINTS_AT_ONCE", 3000)


def curve_of(n: int) -> tuple[Plot, FakeLink]:
    """A circle that is run round in many times, and a page on it."""
    plot = Plot("p")
    plot.set_options({"xy": True})
    turn(plot, 0, n)
    link = link_to(plot, Viewport(100))
    return plot, link


def turn(plot: Plot, begin: int, end: int, radius: float = 1.0) -> None:
    angle = np.arange(begin, end) / 50
    plot.append("y", radius * np.cos(angle), radius * np.sin(angle))


def test_a_short_curve_is_sent_as_it_is() -> None:
    _, link = curve_of(1000)
    link.settle()
    assert len(link.page.vertices[0]) == 1000


def test_a_long_curve_is_bounded_by_the_screen_and_ends_at_its_newest_point() -> None:
    plot, link = curve_of(20_000)
    link.settle()
    vertices = link.page.vertices[0]
    assert len(vertices) < 3000
    assert link.subscription.queued == 0
    newest = [math.cos(19_999 / 50), math.sin(19_999 / 50)]
    assert vertices[-1].tolist() == pytest.approx(newest)
    # All around, and at its place.
    drawn = vertices[~np.isnan(vertices[:, 1])]
    assert np.hypot(*drawn.T) == pytest.approx(1.0)
    assert len(np.unique(np.round(np.arctan2(drawn[:, 1], drawn[:, 0]), 1))) >= 63
    turn(plot, 20_000, 20_100)
    patch = link.send()
    link.settle()
    assert patch is not None
    [entry] = patch.entries
    assert (entry.kind, entry.drop) == (XY, 0)
    assert len(entry.vertices) < 50


def test_a_loop_of_very_many_points_is_closed_and_not_crowded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(curve_stream, "MAX_STROKES", 20_000)
    plot = Plot("p")
    plot.set_options({"xy": True})
    angle = np.linspace(0, math.tau, 50_000)
    plot.append("y", np.cos(angle), np.sin(angle))
    link = link_to(plot, Viewport(100))
    link.settle()
    vertices = link.page.vertices[0]
    assert len(vertices) < 4000
    steps = np.hypot(*np.diff(vertices, axis=0).T)
    assert np.nanmax(steps) < 0.03  # of 2, on 100 pixels
    assert np.isnan(steps).sum() < 5  # gaps, one of them before the step to the newest point
    at = np.sort(np.arctan2(*vertices[~np.isnan(vertices[:, 1])].T))
    assert np.diff(at).max() < 0.03


def test_rows_of_a_logarithmic_axis_are_not_those_of_a_linear_one() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True, "log": "y"})
    angle = np.linspace(0, math.tau, 5000)
    plot.append("y", np.cos(angle), 10 ** (3 * np.sin(angle)))
    link = link_to(plot, Viewport(100))
    link.settle()
    y = link.page.vertices[0][:, 1]
    low = np.sort(np.log10(y[y < 0.01]))
    assert low[0] == pytest.approx(-3)
    assert np.diff(low).max() < 0.1, "where a linear axis has one row"


@pytest.mark.parametrize("exponents", [(-3.0, 3.0), (0.0, 0.0), (-300.0, 300.0)])
def test_over_a_logarithmic_axis_a_long_curve_is_bounded_by_the_screen(
    exponents: tuple[float, float],
) -> None:
    low, high = exponents
    plot = Plot("p")
    plot.set_options({"xy": True, "log": "y"})
    link = link_to(plot, Viewport(100))
    angle = np.arange(20_000) / 50
    y = 10 ** (low / 2 + high / 2 + (high - low) / 2 * np.sin(angle))
    y[777] = -1.0
    plot.append("y", np.cos(angle), y)
    link.settle()
    assert len(link.page.vertices[0]) < 4000
    assert (link.page.vertices[0][:, 1] <= 0).sum() == 1
    plot.append("y", np.cos(angle), y)
    link.settle()
    assert len(link.page.vertices[0]) < 4000


def test_in_a_panel_with_a_linear_axis_nothing_is_left_out() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True, "log": "y", "panels": [{"series": ["y"], "log": "none"}]})
    link = link_to(plot, Viewport(100))
    turn(plot, 0, 20_000)
    link.settle()
    assert len(link.page.vertices[0]) < 3000
    assert np.nanmin(link.page.vertices[0][:, 1]) == pytest.approx(-1, abs=0.01)


def test_a_curve_without_a_logarithm_is_empty_until_it_has_some() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True, "log": "y"})
    link = link_to(plot, Viewport(100))
    angle = np.arange(5_000) / 50
    plot.append("y", np.cos(angle), -2 - np.sin(angle))
    link.settle()
    assert (link.page.vertices[0][:, 1] <= 0).sum() == 3, "one, and the newest step"
    plot.append("y", np.cos(angle), 2 + np.sin(angle))
    link.settle()
    y = link.page.vertices[0][:, 1]
    assert (y > 0).sum() > 60


def test_a_curve_that_grows_is_drawn_anew_now_and_then_only() -> None:
    plot, link = curve_of(5000)
    link.settle()
    afresh = 0
    for i in range(40):
        turn(plot, 5000 + 400 * i, 5400 + 400 * i, 1 + i / 10)
        patch = link.send()
        assert patch is not None
        afresh += patch.entries[0].keep == 0
        link.settle()
    assert afresh <= 6
    assert np.nanmax(link.page.vertices[0][:, 0]) > 4.5


def test_a_crowded_curve_has_coarser_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curve_stream, "MAX_STROKES", 500)
    plot = Plot("p")
    plot.set_options({"xy": True})
    plot.append("y", *np.random.default_rng(0).random((2, 20_000)))
    link = link_to(plot, Viewport(100))
    link.settle()
    assert 50 < len(link.page.vertices[0]) < 3 * 500


def test_pages_that_look_otherwise_come_to_the_end_of_a_curve_all_the_same() -> None:
    plot, streams = Plot("p"), StreamCache()
    plot.set_options({"xy": True})
    angle = np.arange(20_000) / 50
    plot.append("y", angle * np.cos(angle), angle * np.sin(angle))
    widths = [100 * 2**i for i in range(curve_stream.MAX_CURVES + 1)]
    links = [link_to(plot, Viewport(width), streams) for width in widths]
    settle_together(links, rounds=10)
    for link in links:
        assert np.nanmax(link.page.vertices[0][:-3]) == pytest.approx(angle[-1], rel=0.02)


def test_crowded_parts_of_a_curve_are_each_drawn_as_coarsely_as_they_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(curve_stream, "MAX_STROKES", 500)
    plot, streams = Plot("p"), StreamCache()
    plot.set_options({"xy": True})
    plot.append("y", *np.random.default_rng(0).random((2, 20_000)))
    links = [link_to(plot, look, streams) for look in (Viewport(100), Viewport(100, 0.1, 0.9))]
    settle_together(links, rounds=100)
    for link in links:
        assert 50 < len(link.page.vertices[0]) < 3 * 500


def settle_together(links: list[FakeLink], rounds: int) -> None:
    """Send each page what is due, by turns, until all are up to date, which is to be soon."""
    for _ in range(rounds):
        for link in links:
            link.send()
            link.paint()
            link.ack()
    assert not any(link.subscription.is_due for link in links), "they never come to rest"


def test_what_no_page_looks_at_leaves_but_for_the_curves_that_were_used_last() -> None:
    _, link = curve_of(20_000)
    link.settle()
    first = weakref.ref(link.subscription._shown[0].stream)
    for i in range(curve_stream.MAX_CURVES):
        link.subscription.set_viewport(Viewport(200 * 2**i))
        assert first() is not None
        link.settle()
    gc.collect()
    assert first() is None


def test_a_part_of_a_curve_has_its_steps_in_sight() -> None:
    plot, link = curve_of(20_000)
    link.subscription.set_viewport(Viewport(100, 0.99, 1.01))
    link.settle()
    vertices = link.page.vertices[0]
    x = vertices[~np.isnan(vertices[:, 1])][:-2, 0]
    assert len(x) > 400
    assert (x >= 0.95).all()
    assert plot.count == link.subscription.delivered + link.subscription.conflated


@pytest.mark.parametrize("y", [0, sys.float_info.max])
def test_a_curve_of_gaps_and_of_one_value_is_no_error(y: float) -> None:
    plot = Plot("p")
    plot.set_options({"xy": True})
    plot.append("y", np.zeros(3000), np.full(3000, math.nan))
    link = link_to(plot, Viewport(100))
    link.settle()
    plot.append("y", np.zeros(3000), np.full(3000, y))
    link.settle()
    assert link.page.vertices[0][-1].tolist() == [0, y]


def test_extremes_know_where_the_points_lie() -> None:
    plot, _ = curve_of(2000)
    extremes = Extremes()
    extremes.update(plot.series["y"])
    assert extremes.widened(0.5).hold(extremes)
    assert not extremes.hold(extremes.widened(0.1))
    assert extremes.width == pytest.approx(2.0, abs=1e-3)
    stream = CurveStream(
        plot.series["y"], curve_stream.Look(Grid(0.01), 0.01, -math.inf, math.inf), extremes
    )
    assert not stream.is_void(extremes)
    assert stream.is_void(extremes.widened(1.0))
