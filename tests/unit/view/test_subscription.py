"""A subscription and a page joined by a link that a test moves: the size of patches, credit, the
account.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.fake_page import FakeLink, bytes_in, link_to, most_of

from zwsnb.derived.face import Face, face_of
from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import XY
from zwsnb.view.m4 import MOST_OF_A_COLUMN
from zwsnb.view.streams import column_stream, vertex_buffer
from zwsnb.view.streams.column_stream import ColumnStream
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.subscription import Subscription, _InFlight
from zwsnb.view.viewport import Viewport, VisibleRange

# -- patches that stay small -----------------------------------------------------------------------

PIXELS = 100


def stream(link: FakeLink, x: float, step: float, frames: int, points: int) -> list[int]:
    """Append `points` a frame, settle after each, and return how many vertices each patch has
    brought.
    """
    appended = []
    for _ in range(frames):
        xs = x + np.arange(1.0, points + 1) * step
        link.subscription.plot.append("y", xs, np.sin(xs * 37))
        x = float(xs[-1])
        link.settle()
        appended.append(link.page.appended)
    return appended


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize(
    "viewport", [Viewport(PIXELS), Viewport(PIXELS, window=50.0), Viewport(PIXELS, 20.0, 30.0)]
)
def test_a_fresh_patch_has_at_most_10_vertices_a_pixel(viewport: Viewport) -> None:
    plot = Plot("p")
    x = np.linspace(0, 100, 20_000)
    plot.append("y", x, np.random.default_rng(0).standard_normal(20_000))
    link = link_to(plot, viewport)
    link.settle()
    assert 2 * PIXELS < link.page.appended <= 10 * PIXELS


@pytest.mark.usefixtures("_large_blocks")
def test_the_most_that_a_fresh_patch_may_have_is_known_before_it_is_made() -> None:
    plot = Plot("p")
    for name in "abc":
        plot.append(name, np.arange(20_000.0), np.random.default_rng(0).standard_normal(20_000))
    plot.append("few", np.arange(5.0), np.zeros(5))
    subscription = Subscription(plot)
    assert most_of(subscription) == 0  # it does not look yet
    subscription.set_viewport(Viewport(PIXELS))
    most = most_of(subscription)
    patch = subscription.next_patch()
    assert patch is not None
    assert sum(entry.vertices.nbytes for entry in patch.entries) <= most
    assert most == 16 * (3 * (2 * MOST_OF_A_COLUMN * PIXELS + 24) + 5)
    assert most_of(subscription) == 0


@pytest.mark.usefixtures("_large_blocks")
def test_of_a_range_that_the_points_pass_too() -> None:
    plot = Plot("p")
    x = np.arange(200_000.0)
    link = link_to(plot, Viewport(PIXELS, 0.0, 199_990.0))
    plot.append("y", x[:-20], np.sin(x[:-20]))
    link.settle()
    plot.append("y", x[-20:], np.sin(x[-20:]))
    patch = link.send()  # which tests that it is no more than was said
    assert patch is not None
    assert bytes_in(patch) > 16 * PIXELS, "all columns anew"


CIRCLE = np.arange(150_000) / 50


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize("points", [80_000, 150_000])
@pytest.mark.parametrize("look", ["curve", "zoomed", "density", "dots", "marks"])
def test_of_curves_and_scatters_too_whatever_is_sent_next(points: int, look: str) -> None:
    plot = Plot("p")
    plot.set_options({"xy": True, "style": "density" if look == "density" else "line"})
    angle, rng = CIRCLE[:points], np.random.default_rng(0)
    x, y = np.cos(angle), rng.standard_normal(points)
    marks = np.stack((y, y)) if look == "marks" else np.full((2, points), np.nan)
    is_scatter = look in ("dots", "marks")
    viewport = Viewport(2000, 0.9, 1.0) if look == "zoomed" else Viewport(2000)
    link = link_to(plot, viewport)
    sent = 0
    for lo in range(0, points, 10_000):
        part = slice(lo, lo + 10_000)
        plot.append("y", x[part], y[part], Arrival(marks=marks[:, part] if is_scatter else None))
        patch = link.send()  # which tests that it is no more than was said
        assert patch is not None
        sent = max(sent, bytes_in(patch))
        link.paint()
        link.ack()
    link.settle()
    assert sent >= 16 * 10_000
    assert most_of(link.subscription) == 0
    plot.append("y", x[:9], y[:9])
    assert (most_of(link.subscription) < 500) == (look in ("curve", "zoomed"))


def test_others_have_a_turn_after_each_series_that_is_weighed() -> None:
    plot = Plot("p")
    for number in range(5):
        plot.append(f"y{number}", np.arange(3.0), np.zeros(3))
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(PIXELS))
    *steps, most = subscription.weighing()
    assert (steps, most) == ([None] * 5, 5 * 3 * 16)


def test_the_cells_of_an_image_are_among_it() -> None:
    plot = Plot("p")
    plot.append_rows(Rows("p", "z", np.arange(9.0), np.zeros((9, 700), np.float32), (0.0, 1.0)))
    subscription = Subscription(plot)
    subscription.set_viewport(Viewport(PIXELS, rows=50))
    assert most_of(subscription) == 4 * 9 * math.ceil(700 / 16)


@pytest.mark.usefixtures("_large_blocks")
def test_a_view_that_follows_costs_its_newest_columns() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=10.0))
    appended = stream(link, 0.0, 1e-3, frames=300, points=100)
    assert max(appended[150:]) <= 4 * (0.1 / column_of(link) + 2)
    assert len(link.page.vertices[0]) <= 10 * PIXELS + 300


def column_of(link: FakeLink) -> float:
    """The width of the page's columns."""
    assert link.subscription.viewport is not None
    return VisibleRange.of(link.subscription.viewport, link.subscription.plot).grid.width


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize("pixels", [480, 960, 1920])
def test_the_columns_of_a_window_keep_their_width_whatever_the_rounding(pixels: int) -> None:
    # 60 s on 960 pixels is a power of two a pixel: one step less, and the columns were half as
    # wide.
    link = link_to(Plot("p"), Viewport(pixels, window=60.0))
    appended = stream(link, 1.7e9, 0.00317, frames=100, points=200)
    assert max(appended[-30:]) < 200


def decades(link: FakeLink) -> list[int]:
    """How many vertices the page has between 1 and 10, 10 and 100, and so on to a million."""
    x = link.page.vertices[0][:, 0]
    return [int(n) for n in np.histogram(x, 10.0 ** np.arange(7))[0]]


@pytest.mark.usefixtures("_large_blocks")
def test_a_logarithmic_axis_gets_as_much_of_every_decade_as_it_shows() -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS))
    for i in range(100):
        x = np.arange(i * 10_000.0, (i + 1) * 10_000)
        plot.append("y", x - 10, np.sin(x))
        link.settle()
    assert decades(link)[0] <= 1
    plot.set_options({"log": "x"})
    link.settle()
    assert decades(link)[0] == 9
    # Of its 100 pixels each decade has 17, in 17 to 34 columns of up to four vertices.
    assert all(40 <= n <= 140 for n in decades(link)[1:])
    assert link.page.vertices[0][0, 0] == 1
    plot.append("y", np.array([1e6]), np.array([7.0]))
    before = link.page.vertices[0][:-4].tolist()
    link.settle()
    assert link.page.vertices[0][: len(before)].tolist() == before
    plot.set_options({"log": "none"})
    link.settle()
    assert decades(link)[0] <= 1


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize(("before", "after"), [("none", "x"), ("x", "none")])
def test_a_range_of_the_past_has_the_columns_of_its_axis(before: str, after: str) -> None:
    plot, x = Plot("p"), np.arange(1.0, 100_001.0)
    plot.set_options({"log": before})
    plot.append("y", x, np.sin(40 * np.log(x)))
    look = Viewport(PIXELS, 1.0, 90_000.0)
    link, new = link_to(plot, look), link_to(plot, look)
    link.settle()
    plot.set_options({"log": after})
    for each in (link, new):
        each.settle()
    np.testing.assert_array_equal(link.page.vertices[0], new.page.vertices[0])


@pytest.mark.usefixtures("_large_blocks")
def test_a_logarithmic_axis_without_anything_above_0_shows_nothing_and_does_no_harm() -> None:
    plot = Plot("p")
    plot.set_options({"log": "xy"})
    link = link_to(plot, Viewport(PIXELS))
    x = np.arange(-100_000.0, 0)
    plot.append("y", x, x)
    link.settle()
    assert len(link.page.vertices[0]) < 100


@pytest.mark.usefixtures("_large_blocks")
def test_a_view_that_was_away_for_long_is_live_with_what_is_in_sight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=10.0))
    stream(link, 0.0, 1e-3, frames=30, points=1000)
    plot, taken = link.subscription.plot, []
    x = 30.0 + np.arange(1.0, 300_001.0) * 1e-3
    plot.append("y", x, np.sin(x))
    series = plot.series["y"]
    gather = series.gather

    def counted(lo: int, hi: int, grid: Grid) -> np.ndarray:
        taken.append(hi - lo)
        return gather(lo, hi, grid)

    monkeypatch.setattr(series, "gather", counted)
    link.settle()
    assert 10_000 <= sum(taken) <= 10_500, "the window, and its first column"
    seen = link.page.vertices[0][:, 0]
    assert seen[0] <= 320
    assert seen[-1] == 330
    assert sum(account(link.subscription)) == plot.count


@pytest.mark.usefixtures("_large_blocks")
def test_a_picture_of_the_past_lets_later_points_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vertex_buffer, "MAX_SETTLED", 2048)
    plot = Plot("p")
    stream(link_to(plot, Viewport(1)), 0.0, 1e-3, frames=1, points=9000)
    link = link_to(plot, Viewport(PIXELS, 0.0, 10.0))
    appended = stream(link, 9.0, 1e-3, frames=100, points=1000)
    x = link.page.vertices[0][:, 0]
    assert len(np.unique(np.floor(x[x < 10]))) == 10
    assert max(appended[5:]) <= 8


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize("window", [None, 5.0, 50.0])
def test_what_has_left_the_screen_is_forgotten_and_nothing_else(
    window: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_stream, "FEW_SETTLED", 256)
    plot, cache = Plot("p"), StreamCache()
    views = [Viewport(width, window=window) for width in (PIXELS, 250)]
    links = [link_to(plot, view, cache) for view in views]
    rng, most = np.random.default_rng(0), 0
    for i in range(150):
        x = i + np.arange(1000) / 1000
        plot.append("y", x, np.where(rng.random(1000) < 0.01, np.nan, rng.standard_normal(1000)))
        for link, view in zip(links, views, strict=True):
            link.settle()
            fresh = link_to(plot, view)
            fresh.settle()
            seen, whole = (each.page.vertices[0] for each in (link, fresh))
            lo = VisibleRange.of(view, plot).lo
            assert seen[0, 0] <= max(lo, whole[0, 0])
            held, anew = (each.subscription._shown[0].stream for each in (link, fresh))
            if isinstance(held, ColumnStream) and isinstance(anew, ColumnStream):
                # Which points stand for a column may differ, not whether some do.
                first, width = lo // anew.grid.width + 1, anew.grid.width
                of_seen, of_whole = (
                    set(v[v[:, 0] >= first * width, 0] // width) for v in (seen, whole)
                )
                assert of_seen == of_whole
                most = max(most, held._buffer._rows.shape[1])
    assert 1000 < most <= 8000


@pytest.mark.usefixtures("_large_blocks")
def test_points_that_all_have_one_x_are_one_column() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    for _ in range(20):
        link.subscription.plot.append(
            "y", np.full(1000, 7.0), np.random.default_rng(0).standard_normal(1000)
        )
        link.settle()
        assert link.page.appended <= 4 * PIXELS
    assert len(link.page.vertices[0]) <= 6


def test_the_newest_of_several_points_at_one_x_is_drawn() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    for y in range(5):
        link.subscription.plot.append("y", np.array([1.0]), np.array([float(y)]))
        link.settle()
        assert link.page.vertices[0][-1].tolist() == [1, y]


# -- credit ----------------------------------------------------------------------------------------


def ramp(plot: Plot, n: int, series: str = "y") -> None:
    """Append `n` points that go on where the series ends."""
    begin = plot.series[series].count if series in plot.series else 0
    plot.append(series, np.arange(begin, begin + float(n)), np.arange(float(n)))


def test_a_page_that_owes_two_acks_gets_nothing_and_then_the_newest() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    page = link.subscription
    for _ in range(5):
        ramp(page.plot, 10)
        link.send()
    assert (page.number, page.in_flight, page.is_due) == (2, 2, False)
    link.paint()
    link.ack()
    assert (page.number, page.in_flight, page.is_due) == (2, 1, True)
    link.settle()
    assert link.page.vertices[0][-1, 0] == 49
    assert page.number == 3


def test_one_ack_stands_for_all_before_it() -> None:
    view = Subscription(Plot("p"))
    view.set_viewport(Viewport(PIXELS))
    for _ in range(2):
        ramp(view.plot, 10)
        view.next_patch()
    view.ack(2)
    assert (view.in_flight, view.delivered) == (0, 20)


@pytest.mark.parametrize("number", [0, -1, 2, 10**9, math.nan])
def test_an_ack_of_what_was_not_sent_is_refused(number: float) -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    link.send()
    with pytest.raises(InvalidMessage, match="not an ack: "):
        link.subscription.ack(number)  # type: ignore[arg-type]  # a page may say anything
    assert link.subscription.in_flight == 1


def test_a_page_gets_nothing_before_it_looks_and_nothing_new_twice() -> None:
    view = Subscription(Plot("p"))
    ramp(view.plot, 3)
    assert view.next_patch() is None
    view.set_viewport(Viewport(PIXELS))
    assert view.next_patch() is not None
    assert view.next_patch() is None


def test_a_paused_page_gets_nothing_and_is_current_when_it_goes_on() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.subscription.plot, 10)
    link.settle()
    link.subscription.set_viewport(Viewport(PIXELS), paused=True)
    ramp(link.subscription.plot, 10)
    assert link.send() is None
    link.subscription.set_viewport(Viewport(PIXELS), paused=False)
    patch = link.send()
    assert patch is not None
    assert not patch.fresh
    assert [len(e.vertices) for e in patch.entries] == [10]


def test_another_viewport_starts_afresh_and_the_same_one_does_not() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.subscription.plot, 10)
    link.settle()
    link.subscription.set_viewport(Viewport(PIXELS))
    assert not link.subscription.is_due
    link.subscription.set_viewport(Viewport(PIXELS + 1))
    patch = link.send()
    assert patch is not None
    assert patch.fresh


@pytest.mark.usefixtures("_large_blocks")
def test_a_slow_page_that_missed_the_whole_window_gets_it_whole() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=100.0))
    ramp(link.subscription.plot, 500)
    link.settle()
    ramp(link.subscription.plot, 100_000)
    link.settle()
    x = link.page.vertices[0][:, 0]
    assert (x[0], x[-1]) == (100_398, 100_499)
    assert (np.diff(x) == 1).all()


def test_a_page_whose_points_were_evicted_meanwhile_gets_what_is_left() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.subscription.plot, 300)
    link.settle()
    ramp(link.subscription.plot, 600)
    while link.subscription.plot.series["y"].evict():
        pass
    link.settle()
    x = link.page.vertices[0][:, 0]
    assert x[-1] == 899
    assert (np.diff(x) >= 0).all()


# -- the account -----------------------------------------------------------------------------------


def account(subscription: Subscription) -> tuple[int, int, int, int]:
    held = subscription
    return held.delivered, held.conflated, held.dropped, held.queued


def test_few_points_are_delivered_and_many_are_conflated() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.subscription.plot, 30)
    link.send()
    assert account(link.subscription) == (0, 0, 0, 30)
    link.settle()
    assert account(link.subscription) == (30, 0, 0, 0)
    ramp(link.subscription.plot, 5000)
    link.settle()
    delivered, conflated, *rest = account(link.subscription)
    assert rest == [0, 0]
    assert conflated > 4500
    assert delivered + conflated == 5030


def test_what_was_cleared_before_it_was_sent_is_dropped() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.subscription.plot, 10)
    link.settle()
    ramp(link.subscription.plot, 7)
    link.subscription.plot.clear()
    ramp(link.subscription.plot, 4)
    link.settle()
    assert account(link.subscription) == (14, 0, 7, 0)
    assert link.page.vertices[0][:, 0].tolist() == [0, 1, 2, 3]


def test_a_page_that_comes_after_a_clear_owes_nothing() -> None:
    plot = Plot("p")
    ramp(plot, 10)
    plot.clear()
    link = link_to(plot, Viewport(10))
    link.settle()
    assert account(link.subscription) == (0, 0, 10, 0)


def test_a_patch_says_how_many_points_came_only_as_columns() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.subscription.plot, 5000)
    patch = link.send()
    assert patch is not None
    assert patch.points == 5000
    assert patch.conflated == 5000 - len(patch.entries[0].vertices)


def test_a_patch_says_when_its_oldest_new_point_was_published() -> None:
    link = link_to(Plot("p"), Viewport(10))
    for published in (7.0, 5.0, math.nan, 6.0):
        ramp(link.subscription.plot, 1)
        link.subscription.note(published)
    first = link.send()
    ramp(link.subscription.plot, 1)
    second = link.send()
    assert first is not None
    assert second is not None
    assert first.published == 5.0
    assert math.isnan(second.published)


# -- several series, several pages -----------------------------------------------------------------


def test_pages_with_one_viewport_share_the_work() -> None:
    plot, streams = Plot("p"), StreamCache()
    ramp(plot, 5000)
    links = [link_to(plot, Viewport(PIXELS, window=1000.0), streams) for _ in range(3)]
    for _ in range(5):
        ramp(plot, 100)
        for link in links:
            link.settle()
    assert len({id(link.subscription._shown[0].stream) for link in links}) == 1


def test_a_series_that_has_not_changed_has_no_entry() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.subscription.plot, 10, "a")
    ramp(link.subscription.plot, 10, "b")
    link.settle()
    ramp(link.subscription.plot, 1, "b")
    patch = link.send()
    assert patch is not None
    assert [e.series for e in patch.entries] == [1]


def test_a_series_that_stands_still_leaves_a_window_that_follows_another() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=100.0))
    ramp(link.subscription.plot, 400, "still")
    for _ in range(50):
        ramp(link.subscription.plot, 50, "moving")
        link.settle()
    assert len(link.page.vertices[0]) <= 256
    assert link.page.vertices[1][-1, 0] == 2499


def test_a_curve_is_drawn_in_publishing_order_and_appended_to() -> None:
    link, chance = link_to(Plot("p"), Viewport(PIXELS)), np.random.default_rng(0)
    sent = np.empty((0, 2))
    for n in (5, 20, 100, 1000, 3):
        points = chance.random((n, 2))
        sent = np.concatenate((sent, points))
        link.subscription.plot.append("y", *points.T)
        patch = link.send()
        link.settle()
        assert patch is not None
        if n > 5:  # so few may be late ones
            assert [e.kind for e in patch.entries] == [XY]
            assert link.page.vertices[0].tolist() == sent.tolist()
    assert link.page.appended == 3


def test_a_page_sees_points_turn_into_a_curve() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=5.0))
    ramp(link.subscription.plot, 20)
    link.settle()
    link.subscription.plot.append("y", np.array([3.0, 2.5, 2.25]), np.full(3, 9.0))
    link.settle()
    assert link.page.vertices[0][:, 0].tolist() == [*range(20), 3, 2.5, 2.25]


# -- late points -----------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [30, 5000])
@pytest.mark.parametrize("window", [None, 100.0])
def test_a_late_point_near_the_end_costs_its_column_and_what_is_behind(
    n: int, window: float | None
) -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS, window=window))
    ramp(plot, n)
    link.settle()
    plot.append("y", np.array([n - 3.5]), np.array([7e6]))
    link.settle()
    assert link.page.appended <= 12
    assert [n - 3.5, 7e6] in link.page.vertices[0].tolist()
    new = link_to(plot, Viewport(PIXELS, window=window))
    new.settle()
    assert new.page.vertices[0].tolist() == link.page.vertices[0].tolist()


def test_late_points_anywhere_are_drawn_as_if_they_had_been_in_time() -> None:
    plot, chance = Plot("p"), np.random.default_rng(1)
    link = link_to(plot, Viewport(PIXELS))
    ramp(plot, 9000)
    for _ in range(50):
        link.settle()
        plot.append("y", np.sort(chance.random(3) * 9000), chance.random(3) * 9e3)
    link.settle()
    new = link_to(plot, Viewport(PIXELS))
    new.settle()
    assert new.page.vertices[0].tolist() == link.page.vertices[0].tolist()


def test_the_first_points_of_a_run_leave_the_past_one() -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS))
    ramp(plot, 100)
    for i in range(4):
        plot.append("y", np.array([0.25 + i]), np.array([5.0]))
        link.settle()
    assert {ident: len(vertices) for ident, vertices in link.page.vertices.items()} == {
        0: 100,
        1: 4,
    }
    assert link.subscription.queued == 0


# -- series that go --------------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [Viewport(4), Viewport(4, window=90.0), Viewport(4, 10, 90)])
def test_a_cleared_series_is_replaced_where_its_columns_were_drawn(viewport: Viewport) -> None:
    plot = Plot("p")
    x = np.arange(100.0)
    plot.append("y", x, np.ones(100))
    link = link_to(plot, viewport)
    link.settle()
    plot.clear()
    plot.append("y", x, np.zeros(100))
    link.settle()
    assert not link.page.vertices[plot.series["y"].ident][:, 1].any()


def test_a_window_that_goes_back_when_a_series_leaves_is_filled_again() -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS, window=10.0))
    plot.append("y", np.arange(30.0), np.zeros(30))
    plot.append("z", np.arange(100.0), np.zeros(100))
    link.settle()
    plot.remove("z")
    link.settle()
    assert link.page.vertices[plot.series["y"].ident][0, 0] <= 20


def test_points_that_moved_to_a_run_before_the_past_one_left_are_accounted_for_once() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(20.0), np.zeros(20))
    plot.append("y", np.array([10.5]), np.zeros(1))
    link = link_to(plot, Viewport(PIXELS))
    link.settle()
    assert account(link.subscription) == (21, 0, 0, 0)
    for x in range(11, 15):
        plot.append("y", np.array([x + 0.5]), np.zeros(1))
    assert plot.catalog.drop_oldest_run()
    link.settle()
    assert account(link.subscription) == (25, 0, 0, 0)


def test_a_cleared_series_is_replaced_in_one_step() -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS))
    ramp(plot, 50)
    link.settle()
    plot.clear()
    plot.append("y", np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    patch = link.send()
    assert patch is not None
    assert [(e.series, e.drop, e.keep, len(e.vertices)) for e in patch.entries] == [(0, 50, 0, 2)]
    link.settle()
    assert link.page.vertices[0].tolist() == [[1, 3], [2, 4]]
    assert (link.subscription.delivered, link.subscription.dropped) == (52, 0)


def test_what_was_removed_before_it_was_sent_is_dropped() -> None:
    plot = Plot("p")
    link = link_to(plot, Viewport(PIXELS))
    for name in "ab":
        plot.append(name, np.arange(3.0), np.zeros(3))
    link.settle()
    for name in "abc":
        plot.append(name, np.arange(3.0, 5.0), np.zeros(2))
    plot.remove("b")
    plot.remove("c")
    link.settle()
    assert link.page.vertices.keys() == {0}
    held = link.subscription
    assert (held.delivered, held.dropped, held.queued, plot.count) == (8, 4, 0, 12)


# -- a plot that is shown as something else --------------------------------------------------------


def test_a_page_turns_to_what_is_shown_by_now_and_back() -> None:
    plot = Plot("p")
    plot.set_options({"window": 5})
    x = np.arange(10_000.0) / 1_000
    plot.append("y", x, np.sin(2 * np.pi * 50 * x))
    link = link_to(plot, Viewport(PIXELS, 1.0, 2.0, rows=300))
    link.settle()
    for style, viewport, seen in [
        ("spectrum", Viewport(PIXELS, rows=300), (0, 500)),
        ("line", Viewport(PIXELS, window=5.0, rows=300), (5, 10)),
    ]:
        plot.set_options({"style": style})
        link.settle()  # as it was before the page is told
        link.subscription.turn()
        assert link.subscription.viewport == viewport
        patch = link.send()
        assert patch is not None
        assert patch.fresh
        assert patch.points == plot.count
        link.settle()
        [vertices] = link.page.vertices.values()
        assert (vertices[0, 0], vertices[-1, 0]) == pytest.approx(seen, abs=0.1)
        subscription = link.subscription
        assert subscription.queued == 0
        assert subscription.plot.count == subscription.delivered + subscription.conflated
        assert (subscription.plot is plot) == (style == "line")


def test_a_page_that_has_not_said_where_it_looks_turns_too() -> None:
    plot = Plot("p")
    subscription = Subscription(plot)
    plot.set_options({"style": "spectrum"})
    subscription.turn()
    assert (subscription.plot, subscription.viewport) == (plot.face, None)
    before = subscription.number
    subscription.turn()
    assert subscription.number == before


def test_the_account_of_a_spectrum_is_even_when_series_go() -> None:
    plot = Plot("p")
    plot.set_options({"style": "spectrum"})
    x = np.arange(256.0)
    link = link_to(plot, Viewport(PIXELS))
    for name in ("a", "b", "c"):
        plot.append(name, x, np.sin(x))
        face = face_of(plot)
        assert isinstance(face, Face)
        for _ in face.turn(plot):
            pass
        link.settle()
        plot.remove(next(iter(plot.series)))
        face_of(plot)
        link.settle()
    its = link.subscription
    assert its.queued == 0
    assert its.plot.count == its.delivered + its.conflated + its.dropped


def test_totals_go_on_where_the_account_begins_anew() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(256.0), np.zeros(256))
    link = link_to(plot, Viewport(PIXELS))
    link.settle()
    its = link.subscription
    before = its.totals.copy()
    assert before.total() == its.delivered + its.conflated == 256
    plot.set_options({"style": "spectrum"})
    its.turn()
    assert its.delivered == its.conflated == 0
    assert its.totals == before


def test_totals_do_not_become_less_by_points_that_move_to_the_next_run() -> None:
    its = Subscription(Plot("p"))
    its.number = 2
    its._in_flight += [_InFlight(1, 3, 4), _InFlight(2, 1, -5)]
    its.ack(2)
    assert (its.delivered, its.conflated) == (4, -1)
    assert its.totals == {"delivered": 4, "conflated": 4}


def test_what_was_forgotten_before_a_page_came_is_nothing_that_it_lost() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(10.0), np.zeros(10))
    plot.clear()
    its = link_to(plot, Viewport(PIXELS)).subscription
    assert its.dropped == 10
    assert its.totals["dropped"] == 0
