"""A view and a page joined by a link that a test moves: what is drawn against the slow reference,
and the account.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from support import reference
from support.fake_page import FakeLink

from zwsnb.history import series as series_module
from zwsnb.history.plots import Plot
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import XY
from zwsnb.view import streams as streams_module
from zwsnb.view.streams import StreamCache
from zwsnb.view.subscription import CREDIT, Subscription
from zwsnb.view.viewport import Viewport, VisibleRange


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Iterator[None]:
    """Blocks so small that a few hundred points make pyramids, and evictions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series_module, "POINT_ROWS", 64)
        patch.setattr(series_module, "CELL_ROWS", 8)
        patch.setattr(series_module, "XY_POINTS", 300)
        patch.setattr(series_module, "BUNCH", 40)
        yield


def link_to(plot: Plot, viewport: Viewport, streams: StreamCache | None = None) -> FakeLink:
    """A page that shows `viewport`."""
    link = FakeLink(Subscription(plot, streams))
    link.view.set_viewport(viewport)
    return link


def assert_account(view: Subscription) -> None:
    """Every point is somewhere, and only once."""
    parts = (view.delivered, view.conflated, view.dropped, view.queued)
    assert min(parts) >= 0
    assert sum(parts) == view.plot.count


# -- what is drawn, against the reference ----------------------------------------------------------

viewports = st.one_of(
    st.tuples(st.just("all"), st.integers(1, 64), st.just(0.0), st.just(0.0)),
    st.tuples(st.just("follow"), st.integers(1, 64), st.floats(0.01, 1), st.just(0.0)),
    st.tuples(st.just("range"), st.integers(1, 64), st.floats(-0.1, 1), st.floats(0.01, 1)),
)
"""A mode, pixels, and two fractions of the whole that it looks at."""


def viewport_of(drawn: tuple[str, int, float, float], span: float) -> Viewport:
    mode, pixels, a, b = drawn
    if mode == "all":
        return Viewport(pixels)
    if mode == "follow":
        return Viewport(pixels, window=a * span)
    return Viewport(pixels, a * span, (a + b) * span)


def picture(plot: Plot, points: list[tuple[Any, Any]], viewport: Viewport) -> reference.Picture:
    """What a page at `viewport` has to show of a plot with these points, x where it lies on the
    axis.
    """
    visible = VisibleRange.of(viewport, plot)
    x, y = (np.concatenate(column) for column in zip(*points, strict=True))
    lo, hi = visible.grid.scaled(np.array((visible.lo, min(visible.hi, x[-1]))))
    return reference.Picture(
        plot.series["y"], visible.grid.scaled(x), y, lo, hi, visible.grid.width
    )


@settings(derandomize=True, max_examples=250, deadline=None)
@given(
    reference.stretches,
    viewports,
    st.lists(st.integers(0, 12), max_size=6),
    st.booleans(),
    st.sampled_from(["none", "x"]),
)
def test_every_extreme_is_drawn_and_every_gap(
    drawn: list[Any], look: Any, evictions: list[int], follow: bool, log: str
) -> None:
    points = reference.points_of(drawn)
    span = float(points[-1][0][-1])
    assume(span > 0)
    plot, viewport = Plot("p"), viewport_of(look, span)
    plot.set_options({"log": log})
    streams = StreamCache()
    link = link_to(plot, viewport, streams)
    for i, (x, y) in enumerate(points):
        plot.append("y", x, y)
        for _ in range(evictions[i] if i < len(evictions) else 0):
            plot.series["y"].evict()
        if follow:
            link.settle()
    link.settle()
    late = link_to(plot, viewport, streams)
    late.settle()
    for page in (link.page, late.page):
        grid = VisibleRange.of(viewport, plot).grid
        x, y = page.vertices[0].T
        picture(plot, points, viewport).check(np.stack((grid.scaled(x), y), axis=1))
        assert len(page.vertices[0]) <= 12 * viewport.pixels + 300


actions = st.lists(
    st.one_of(
        st.tuples(
            st.just("append"),
            st.sampled_from("ab"),
            st.integers(1, 90),
            st.sampled_from([0.0, 0.1, 1.0, 50.0]),
        ),
        st.tuples(st.just("look"), viewports, st.booleans()),
        st.sampled_from(
            [
                "send",
                "send",
                "paint",
                "paint",
                "ack",
                "ack",
                "clear",
                "evict",
                "back",
                "lose",
                "settle",
            ]
        ).map(lambda a: (a,)),
    ),
    max_size=60,
)


class Story:
    """A plot with a page on it, to which anything may happen in any order; the account is looked at
    after each step.
    """

    def __init__(self) -> None:
        self.plot = Plot("p")
        self.x = 0.0
        self.streams = StreamCache()
        self.link = link_to(self.plot, Viewport(8), self.streams)
        self.before: list[int] = [0, 0, 0]

    def tell(self, action: tuple[Any, ...]) -> None:
        getattr(self, action[0])(*action[1:])
        view = self.link.view
        assert_account(view)
        now = [view.delivered, view.conflated, view.dropped]
        assert all(a <= b for a, b in zip(self.before, now, strict=True)), "a counter goes back"
        self.before = now
        assert view.in_flight <= CREDIT

    def append(self, series: str, n: int, step: float) -> None:
        x = self.x + np.arange(1, n + 1) * step
        self.plot.append(series, x, np.where(x % 7 < 1, np.nan, np.sin(x)))
        self.x = float(x[-1])

    def look(self, look: Any, paused: bool) -> None:
        self.link.view.set_viewport(viewport_of(look, max(1.0, self.x)), paused=paused)

    def send(self) -> None:
        patch = self.link.send()
        assert patch is None or not self.link.view.paused

    def paint(self) -> None:
        self.link.paint()

    def ack(self) -> None:
        self.link.ack()

    def clear(self) -> None:
        self.plot.clear()

    def evict(self) -> None:
        for series in self.plot.series.values():
            series.evict()

    def back(self) -> None:
        """Go back to the beginning of x, which turns series into XY."""
        self.x = 0.0

    def lose(self) -> None:
        """Lose the page, and open it again."""
        self.link = link_to(self.plot, Viewport(8), self.streams)
        self.before = [0, 0, 0]

    def settle(self) -> None:
        self.link.settle()


def shown(plot: Plot, viewport: Viewport, vertices: Any) -> str:
    """The vertices in sight, as a text: NaN is equal to NaN in it."""
    visible = VisibleRange.of(viewport, plot)
    return repr(vertices[(vertices[:, 0] >= visible.lo) & (vertices[:, 0] < visible.hi)].tolist())


@settings(derandomize=True, max_examples=400, deadline=None)
@given(actions)
def test_whatever_happens_the_page_comes_to_what_a_new_page_gets(
    drawn: list[tuple[Any, ...]],
) -> None:
    story = Story()
    for action in drawn:
        story.tell(action)
    view, viewport = story.link.view, story.link.view.viewport
    view.set_viewport(viewport, paused=False)
    story.link.settle()
    assert view.queued == 0
    assert_account(view)
    new = link_to(story.plot, viewport, story.streams)
    new.settle()
    for ident, vertices in new.page.vertices.items():
        series = next(s for s in story.plot.series.values() if s.ident == ident)
        if not series.ordered:  # what was evicted meanwhile, a page may still have
            assert repr(vertices.tolist()) == repr(
                story.link.page.vertices[ident][-len(vertices) :].tolist()
            )


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    reference.stretches, st.sampled_from(["all", "follow"]), st.integers(1, 64), st.floats(0.01, 1)
)
def test_a_page_has_what_a_new_page_on_the_same_stream_gets(
    drawn: list[Any], mode: str, pixels: int, part: float
) -> None:
    points = reference.points_of(drawn)
    plot, viewport = (
        Plot("p"),
        viewport_of((mode, pixels, part, 0.0), float(points[-1][0][-1]) or 1.0),
    )
    streams = StreamCache()
    link = link_to(plot, viewport, streams)
    for x, y in points:
        plot.append("y", x, y)
        link.settle()
    new = link_to(plot, viewport, streams)
    new.settle()
    one, other = (page.view._shown[0].stream for page in (link, new))
    # A page that has columns keeps them for a while after a new page would get points.
    assume(type(one) is type(other))
    assert one is other
    assert shown(plot, viewport, new.page.vertices[0]) == shown(
        plot, viewport, link.page.vertices[0]
    )


# -- patches that stay small -----------------------------------------------------------------------

PIXELS = 100


def stream(link: FakeLink, x: float, step: float, frames: int, points: int) -> list[int]:
    """Append `points` a frame, settle after each, and return how many vertices each patch has
    brought.
    """
    appended = []
    for _ in range(frames):
        xs = x + np.arange(1, points + 1) * step
        link.view.plot.append("y", xs, np.sin(xs * 37))
        x = float(xs[-1])
        link.settle()
        appended.append(link.page.appended)
    return appended


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


def test_a_view_that_follows_costs_its_newest_columns() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=10.0))
    appended = stream(link, 0.0, 1e-3, frames=300, points=100)
    assert max(appended[150:]) <= 4 * (0.1 / column_of(link) + 2)
    assert len(link.page.vertices[0]) <= 10 * PIXELS + 300


def column_of(link: FakeLink) -> float:
    """The width of the page's columns."""
    assert link.view.viewport is not None
    return VisibleRange.of(link.view.viewport, link.view.plot).grid.width


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
    return np.histogram(x, 10.0 ** np.arange(7))[0].tolist()


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


def test_a_logarithmic_axis_without_anything_above_0_shows_nothing_and_does_no_harm() -> None:
    plot = Plot("p")
    plot.set_options({"log": "xy"})
    link = link_to(plot, Viewport(PIXELS))
    x = np.arange(-100_000.0, 0)
    plot.append("y", x, x)
    link.settle()
    assert len(link.page.vertices[0]) < 100


def test_a_picture_of_the_past_lets_later_points_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams_module, "MAX_SETTLED", 2048)
    plot = Plot("p")
    stream(link_to(plot, Viewport(1)), 0.0, 1e-3, frames=1, points=9000)
    link = link_to(plot, Viewport(PIXELS, 0.0, 10.0))
    appended = stream(link, 9.0, 1e-3, frames=100, points=1000)
    x = link.page.vertices[0][:, 0]
    assert len(np.unique(np.floor(x[x < 10]))) == 10
    assert max(appended[5:]) <= 8


def test_points_that_all_have_one_x_are_one_column() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    for _ in range(20):
        link.view.plot.append(
            "y", np.full(1000, 7.0), np.random.default_rng(0).standard_normal(1000)
        )
        link.settle()
        assert link.page.appended <= 4 * PIXELS
    assert len(link.page.vertices[0]) <= 6


def test_the_newest_of_several_points_at_one_x_is_drawn() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    for y in range(5):
        link.view.plot.append("y", np.array([1.0]), np.array([float(y)]))
        link.settle()
        assert link.page.vertices[0][-1].tolist() == [1, y]


EXTREMES = [-1.7e308, -1.0, -5e-324, 0.0, 5e-324, 1.0, 1.0000000000000002, 1.7e9, 1.7e308]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(EXTREMES), min_size=1, max_size=40),
    st.sampled_from([None, 1e-300, 1e-9, 1.0, 1e300]),
)
def test_extreme_values_of_x_and_window_harm_nothing(x: list[float], window: float | None) -> None:
    link = link_to(Plot("p"), Viewport(2, window=window))
    for part in np.array_split(np.sort(x), 3):
        link.view.plot.append("y", part, part)
        link.settle()
    assert link.view.queued == 0
    assert link.page.vertices[0][-1, 0] == max(x)


# -- credit ----------------------------------------------------------------------------------------


def ramp(plot: Plot, n: int, series: str = "y") -> None:
    """Append `n` points that go on where the series ends."""
    begin = plot.series[series].count if series in plot.series else 0
    plot.append(series, np.arange(begin, begin + float(n)), np.arange(float(n)))


def test_a_page_that_owes_two_acks_gets_nothing_and_then_the_newest() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    for _ in range(5):
        ramp(link.view.plot, 10)
        link.send()
    assert [link.view.number, link.view.in_flight, link.view.is_due] == [2, 2, False]
    link.paint()
    link.ack()
    assert link.view.is_due
    link.settle()
    assert link.page.vertices[0][-1, 0] == 49
    assert link.view.number == 3


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
        link.view.ack(number)  # type: ignore[arg-type]  # a page may say anything
    assert link.view.in_flight == 1


def test_a_page_gets_nothing_before_it_looks_and_nothing_new_twice() -> None:
    view = Subscription(Plot("p"))
    ramp(view.plot, 3)
    assert view.next_patch() is None
    view.set_viewport(Viewport(PIXELS))
    assert view.next_patch() is not None
    assert view.next_patch() is None


def test_a_paused_page_gets_nothing_and_is_current_when_it_goes_on() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.view.plot, 10)
    link.settle()
    link.view.set_viewport(Viewport(PIXELS), paused=True)
    ramp(link.view.plot, 10)
    assert link.send() is None
    link.view.set_viewport(Viewport(PIXELS), paused=False)
    patch = link.send()
    assert patch is not None
    assert not patch.fresh
    assert [len(e.vertices) for e in patch.entries] == [10]


def test_another_viewport_starts_afresh_and_the_same_one_does_not() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.view.plot, 10)
    link.settle()
    link.view.set_viewport(Viewport(PIXELS))
    assert not link.view.is_due
    link.view.set_viewport(Viewport(PIXELS + 1))
    patch = link.send()
    assert patch is not None
    assert patch.fresh


def test_a_slow_page_that_missed_the_whole_window_gets_it_whole() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=100.0))
    ramp(link.view.plot, 500)
    link.settle()
    ramp(link.view.plot, 100_000)
    link.settle()
    x = link.page.vertices[0][:, 0]
    assert (x[0], x[-1]) == (100_398, 100_499)
    assert (np.diff(x) == 1).all()


def test_a_page_whose_points_were_evicted_meanwhile_gets_what_is_left() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.view.plot, 300)
    link.settle()
    ramp(link.view.plot, 600)
    while link.view.plot.series["y"].evict():
        pass
    link.settle()
    x = link.page.vertices[0][:, 0]
    assert x[-1] == 899
    assert (np.diff(x) >= 0).all()


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_link_with_delays_comes_to_the_newest_state(chance: Any) -> None:
    link = link_to(Plot("p"), Viewport(16, window=200.0))
    for _ in range(300):
        step = chance.choice(
            [lambda: ramp(link.view.plot, chance.randint(1, 50)), link.send, link.paint, link.ack]
        )
        step()
        assert_account(link.view)
    link.settle()
    assert link.page.vertices[0][-1, 0] == link.view.plot.series["y"].count - 1
    assert link.view.queued == 0


# -- the account -----------------------------------------------------------------------------------


def account(view: Subscription) -> tuple[int, int, int, int]:
    return view.delivered, view.conflated, view.dropped, view.queued


def test_few_points_are_delivered_and_many_are_conflated() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.view.plot, 30)
    link.send()
    assert account(link.view) == (0, 0, 0, 30)
    link.settle()
    assert account(link.view) == (30, 0, 0, 0)
    ramp(link.view.plot, 5000)
    link.settle()
    delivered, conflated, *rest = account(link.view)
    assert rest == [0, 0]
    assert conflated > 4500
    assert delivered + conflated == 5030


def test_what_was_cleared_before_it_was_sent_is_dropped() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.view.plot, 10)
    link.settle()
    ramp(link.view.plot, 7)
    link.view.plot.clear()
    ramp(link.view.plot, 4)
    link.settle()
    assert account(link.view) == (14, 0, 7, 0)
    assert link.page.vertices[0][:, 0].tolist() == [0, 1, 2, 3]


def test_a_page_that_comes_after_a_clear_owes_nothing() -> None:
    plot = Plot("p")
    ramp(plot, 10)
    plot.clear()
    link = link_to(plot, Viewport(10))
    link.settle()
    assert account(link.view) == (0, 0, 10, 0)


def test_a_patch_says_how_many_points_came_only_as_columns() -> None:
    link = link_to(Plot("p"), Viewport(10))
    ramp(link.view.plot, 5000)
    patch = link.send()
    assert patch is not None
    assert patch.points == 5000
    assert patch.conflated == 5000 - len(patch.entries[0].vertices)


def test_a_patch_says_when_its_oldest_new_point_was_published() -> None:
    link = link_to(Plot("p"), Viewport(10))
    for published in (7.0, 5.0, math.nan, 6.0):
        ramp(link.view.plot, 1)
        link.view.note(published)
    first = link.send()
    ramp(link.view.plot, 1)
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
    assert len({id(link.view._shown[0].stream) for link in links}) == 1


def test_a_series_that_has_not_changed_has_no_entry() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS))
    ramp(link.view.plot, 10, "a")
    ramp(link.view.plot, 10, "b")
    link.settle()
    ramp(link.view.plot, 1, "b")
    patch = link.send()
    assert patch is not None
    assert [e.series for e in patch.entries] == [1]


def test_a_series_that_stands_still_leaves_a_window_that_follows_another() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=100.0))
    ramp(link.view.plot, 400, "still")
    for _ in range(50):
        ramp(link.view.plot, 50, "moving")
        link.settle()
    assert len(link.page.vertices[0]) <= 256
    assert link.page.vertices[1][-1, 0] == 2499


def test_xy_is_drawn_in_publishing_order_and_appended_to() -> None:
    link, chance = link_to(Plot("p"), Viewport(PIXELS)), np.random.default_rng(0)
    sent = np.empty((0, 2))
    for n in (5, 20, 100, 1000, 3):
        points = chance.random((n, 2))
        sent = np.concatenate((sent, points))
        link.view.plot.append("y", *points.T)
        patch = link.send()
        link.settle()
        assert patch is not None
        assert [e.kind for e in patch.entries] == [XY]
        assert link.page.vertices[0].tolist() == sent[-300:].tolist()
    assert link.page.appended == 3


def test_a_page_sees_points_turn_into_xy() -> None:
    link = link_to(Plot("p"), Viewport(PIXELS, window=5.0))
    ramp(link.view.plot, 20)
    link.settle()
    link.view.plot.append("y", np.array([3.0]), np.array([9.0]))
    link.settle()
    assert link.page.vertices[0][:, 0].tolist() == [*range(20), 3]
