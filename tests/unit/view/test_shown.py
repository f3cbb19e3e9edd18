"""What a page has of a series, and when there is nothing to look for."""

from __future__ import annotations

import numpy as np
import pytest
from support.fake_page import link_to

from zwsnb.history.plots import Plot
from zwsnb.view import shown, sights
from zwsnb.view.shown import DROP_AT_ONCE
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.streams.scatter_stream import OFTEN
from zwsnb.view.streams.series_streams import SeriesStreams, Stream
from zwsnb.view.viewport import Viewport

PIXELS = 100


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The series at which subscriptions have looked closely."""
    found: list[str] = []

    def choose(streams: SeriesStreams, *rest: object) -> Stream:
        found.append(streams.series.name)
        return shown.choose(streams, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sights, "choose", choose)
    return found


def plot_of(names: str, points: int = 50) -> Plot:
    plot = Plot("p")
    for name in names:
        plot.append(name, np.arange(float(points)), np.zeros(points))
    return plot


@pytest.mark.parametrize("window", [None, 20.0])
def test_of_many_series_only_those_with_new_points_are_looked_at(
    window: float | None, looks: list[str]
) -> None:
    plot = plot_of("abcdef")
    link = link_to(plot, Viewport(PIXELS, window=window))
    link.settle()
    looks.clear()
    plot.append("c", np.array([49.0]), np.array([1.0]))
    link.settle()
    assert looks == ["c"]


def test_a_series_whose_points_leave_the_window_is_looked_at_now_and_then(
    looks: list[str],
) -> None:
    plot = plot_of("ab", points=3 * DROP_AT_ONCE)
    link = link_to(plot, Viewport(PIXELS, window=3.0 * DROP_AT_ONCE))
    link.settle()
    looks.clear()
    for i in range(2 * DROP_AT_ONCE):
        plot.append("a", np.array([3.0 * DROP_AT_ONCE + i]), np.array([1.0]))
        link.settle()
    assert 0 < looks.count("b") <= DROP_AT_ONCE + 2
    ident = plot.series["b"].ident
    assert len(link.page.vertices[ident]) <= 2 * DROP_AT_ONCE + 2


@pytest.mark.parametrize("change", ["late", "rewrite", "options", "zoom"])
def test_whatever_changes_what_is_seen_is_looked_at(change: str, looks: list[str]) -> None:
    plot = plot_of("ab")
    link = link_to(plot, Viewport(PIXELS))
    link.settle()
    looks.clear()
    series = plot.series["a"]
    if change == "late":
        plot.append("a", np.array([3.5]), np.array([9.0]))
    elif change == "rewrite":
        series.rewrite(10, np.stack((np.arange(10.0, 50.0), np.ones(40))), 10.0)
        plot.version += 1
    elif change == "options":
        plot.set_options({"title": "t"})
    else:
        link.subscription.set_viewport(Viewport(PIXELS, 10.0, 20.0))
    link.settle()
    assert "a" in looks
    if change == "rewrite":
        assert link.page.vertices[series.ident][10, 1] == 1


def test_a_short_series_is_sent_as_it_is_without_a_search() -> None:
    plot = plot_of("a", points=4 * PIXELS)
    link = link_to(plot, Viewport(PIXELS))
    link.settle()
    assert len(link.page.vertices[0]) == 4 * PIXELS


def test_candles_come_until_all_are_there() -> None:
    plot = Plot("p")
    plot.set_options({"style": "candles"})
    plot.append("a", np.arange(400_000.0), np.sin(np.arange(400_000.0)))
    link = link_to(plot, Viewport(8_000))
    link.settle()
    [found] = link.page.vertices.values()
    assert found[0, 0] == 0
    assert found[-1, 0] > 390_000
    assert not link.subscription.is_due


def test_all_candles_come_also_to_a_page_whose_stream_another_one_takes_to_the_end() -> None:
    plot, streams = Plot("p"), StreamCache()
    plot.set_options({"style": "candles"})
    plot.append("a", np.arange(100_000.0), np.sin(np.arange(100_000.0)))
    page, other = (link_to(plot, Viewport(1_000), streams) for _ in range(2))
    assert page.send()
    other.settle()
    page.settle()
    [found], [all_of_them] = page.page.vertices.values(), other.page.vertices.values()
    assert found[-1, 0] == all_of_them[-1, 0] > 99_000
    assert np.array_equal(found, all_of_them)


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_cells_of_a_density_are_sent_as_seldom_to_many_pages_as_to_one(pages: int) -> None:
    plot, streams, chance = Plot("p"), StreamCache(), np.random.default_rng(0)
    plot.set_options({"style": "density", "x_range": [0, 1]})
    plot.append("a", *chance.random((2, 30_000)))
    links = [link_to(plot, Viewport(1_000), streams) for _ in range(pages)]
    for link in links:
        link.settle()
    sent = [0] * pages
    for _ in range(2 * OFTEN):
        plot.append("a", *chance.random((2, 10)))
        for i, link in enumerate(links):
            link.send()
            link.paint()
            link.ack()
            sent[i] += link.page.appended > 0
    assert max(sent) <= 3
    for link in links:
        link.settle()
        assert np.sum(10 ** link.page.marks[0].values[:, 0]) == pytest.approx(plot.count)


def test_the_last_candle_comes_that_stands_behind_many_gaps() -> None:
    plot = Plot("p")
    plot.set_options({"style": "candles", "period": 10})
    y = np.full(100, np.nan)
    y[:20], y[-1] = 1.0, 2.0
    plot.append("a", np.arange(5.0, 1000.0, 10.0), y)
    link = link_to(plot, Viewport(1_000))
    link.settle()
    [found] = link.page.vertices.values()
    assert found[-4:, 1].tolist() == [2.0] * 4


@pytest.mark.parametrize("x", [0.0, -1.0])
def test_what_has_no_place_on_a_logarithmic_axis_is_not_sent_point_by_point(x: float) -> None:
    plot = Plot("p")
    plot.set_options({"log": "x"})
    plot.append("a", np.full(100_000, x), np.zeros(100_000))
    link = link_to(plot, Viewport(PIXELS))
    link.settle()
    [found] = link.page.vertices.values()
    assert len(found) == 1
