"""What holds of a subscription and its page whatever happens to them: the picture against the slow
reference, the account, and that a page comes to what a new page gets.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from support import reference
from support.fake_page import link_to
from support.reference import Stretch

from zwsnb.history.plots import Plot
from zwsnb.kinds.arrays import Column, Vertices
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.subscription import CREDIT, Subscription
from zwsnb.view.viewport import Viewport, VisibleRange


def assert_account(subscription: Subscription) -> None:
    """Every point is somewhere, and only once."""
    held = subscription
    parts = (held.delivered, held.conflated, held.dropped, held.queued)
    assert min(parts) >= 0
    assert sum(parts) == held.plot.count


# -- what is drawn, against the reference ----------------------------------------------------------

Look: TypeAlias = tuple[str, int, float, float]
"""A mode, pixels, and two fractions of the whole that is shown."""

viewports: Final[st.SearchStrategy[Look]] = st.one_of(
    st.tuples(st.just("all"), st.integers(1, 64), st.just(0.0), st.just(0.0)),
    st.tuples(st.just("follow"), st.integers(1, 64), st.floats(0.01, 1), st.just(0.0)),
    st.tuples(st.just("range"), st.integers(1, 64), st.floats(-0.1, 1), st.floats(0.01, 1)),
)


def viewport_of(drawn: Look, span: float) -> Viewport:
    mode, pixels, a, b = drawn
    if mode == "all":
        return Viewport(pixels)
    if mode == "follow":
        return Viewport(pixels, window=a * span)
    return Viewport(pixels, a * span, (a + b) * span)


def picture(
    plot: Plot, points: Sequence[tuple[Column, Column]], viewport: Viewport
) -> reference.Picture:
    """What a page at `viewport` has to show of a plot with these points, x where it lies on the
    axis.
    """
    visible = VisibleRange.of(viewport, plot)
    x, y = (np.concatenate(column) for column in zip(*points, strict=True))
    lo, hi = visible.grid.scaled(np.array((visible.lo, min(visible.hi, x[-1]))))
    return reference.Picture(
        plot.series["y"], visible.grid.scaled(x), y, lo, hi, visible.grid.width
    )


@settings(derandomize=True, max_examples=120, deadline=None)
@given(
    reference.stretches,
    viewports,
    st.lists(st.integers(0, 12), max_size=6),
    st.booleans(),
    st.sampled_from(["none", "x"]),
)
def test_every_extreme_is_drawn_and_every_gap(
    drawn: Sequence[Stretch], look: Look, evictions: list[int], follow: bool, log: str
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


Action: TypeAlias = tuple[Any, ...]
"""The name of a method of `Story`, and its arguments."""

STEPS = (
    *("send", "send", "paint", "paint", "ack", "ack", "settle"),
    *("clear", "evict", "back", "swing", "remove", "lose"),
)

appends = st.tuples(
    st.just("append"),
    st.sampled_from("ab"),
    st.integers(1, 90),
    st.sampled_from([0.0, 0.1, 1.0, 50.0]),
)
lates = st.tuples(st.just("late"), st.sampled_from("ab"), st.integers(1, 5), st.floats(0, 1))
looks = st.tuples(st.just("look"), viewports, st.booleans())
steps = st.tuples(st.sampled_from(STEPS))
actions: Final[st.SearchStrategy[list[Action]]] = st.lists(
    st.one_of(appends, lates, looks, steps), max_size=60
)


class Story:
    """A plot with a page on it, to which anything may happen in any order; the account is checked
    after each step.
    """

    def __init__(self) -> None:
        self.plot = Plot("p")
        self.x = 0.0
        self.streams = StreamCache()
        self.link = link_to(self.plot, Viewport(8), self.streams)
        self.before: list[int] = [0, 0, 0]

    def do(self, action: Action) -> None:
        getattr(self, action[0])(*action[1:])
        subscription = self.link.subscription
        assert_account(subscription)
        now = [subscription.delivered, subscription.conflated, subscription.dropped]
        assert all(a <= b for a, b in zip(self.before, now, strict=True)), "a counter goes back"
        self.before = now
        assert subscription.in_flight <= CREDIT

    def append(self, series: str, n: int, step: float) -> None:
        x = self.x + np.arange(1.0, n + 1) * step
        self.plot.append(series, x, np.where(x % 7 < 1, np.nan, np.sin(x)))
        self.x = float(x[-1])

    def look(self, look: Look, paused: bool) -> None:
        self.link.subscription.set_viewport(viewport_of(look, max(1.0, self.x)), paused=paused)

    def send(self) -> None:
        patch = self.link.send()
        assert patch is None or not self.link.subscription.paused

    def paint(self) -> None:
        self.link.paint()

    def ack(self) -> None:
        self.link.ack()

    def clear(self) -> None:
        self.plot.clear()

    def evict(self) -> None:
        for series in self.plot.series.values():
            series.evict()

    def late(self, series: str, n: int, where: float) -> None:
        """Have points come late, somewhere."""
        x = np.sort(self.x * where + np.arange(float(n)) / 8)
        self.plot.append(series, x, np.cos(x))
        self.x = max(self.x, float(x[-1]))

    def back(self) -> None:
        """Go back to the beginning of x, where runs begin."""
        self.x = 0.0

    def swing(self) -> None:
        """Have a series be a curve, or none any more."""
        self.plot.set_options({"xy": not self.plot.options["xy"]})

    def remove(self) -> None:
        """Forget a series."""
        if self.plot.series:
            self.plot.remove(next(iter(self.plot.series)))

    def lose(self) -> None:
        """Lose the page, and open it again."""
        self.link = link_to(self.plot, Viewport(8), self.streams)
        self.before = [0, 0, 0]

    def settle(self) -> None:
        self.link.settle()


def shown(plot: Plot, viewport: Viewport, vertices: Vertices) -> str:
    """The vertices in sight, as a text: NaN is equal to NaN in it."""
    visible = VisibleRange.of(viewport, plot)
    return repr(vertices[(vertices[:, 0] >= visible.lo) & (vertices[:, 0] < visible.hi)].tolist())


@settings(derandomize=True, max_examples=150, deadline=None)
@given(actions)
def test_whatever_happens_the_page_comes_to_what_a_new_page_gets(
    drawn: list[Action],
) -> None:
    story = Story()
    for action in drawn:
        story.do(action)
    subscription = story.link.subscription
    viewport = subscription.viewport
    assert viewport is not None
    subscription.set_viewport(viewport, paused=False)
    story.link.settle()
    assert subscription.queued == 0
    assert_account(subscription)
    new = link_to(story.plot, viewport, story.streams)
    new.settle()
    for ident, vertices in new.page.vertices.items():
        series = next(s for s in story.plot.series.values() if s.ident == ident)
        if not series.ordered:  # what was evicted meanwhile, a page may still have
            assert repr(vertices.tolist()) == repr(
                story.link.page.vertices[ident][-len(vertices) :].tolist()
            )


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    reference.stretches, st.sampled_from(["all", "follow"]), st.integers(1, 64), st.floats(0.01, 1)
)
def test_a_page_has_what_a_new_page_on_the_same_stream_gets(
    drawn: Sequence[Stretch], mode: str, pixels: int, part: float
) -> None:
    points = reference.points_of(drawn)
    plot, streams = Plot("p"), StreamCache()
    viewport = viewport_of((mode, pixels, part, 0.0), float(points[-1][0][-1]) or 1.0)
    link = link_to(plot, viewport, streams)
    for x, y in points:
        plot.append("y", x, y)
        link.settle()
    new = link_to(plot, viewport, streams)
    new.settle()
    one, other = (page.subscription._shown[0].stream for page in (link, new))
    # A page that has columns keeps them for a while after a new page would get points.
    assume(type(one) is type(other))
    assert one is other
    assert shown(plot, viewport, new.page.vertices[0]) == shown(
        plot, viewport, link.page.vertices[0]
    )


EXTREMES = [-1.7e308, -1.0, -5e-324, 0.0, 5e-324, 1.0, 1.0000000000000002, 1.7e9, 1.7e308]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(EXTREMES), min_size=1, max_size=40),
    st.sampled_from([None, 1e-300, 1e-9, 1.0, 1e300]),
)
def test_extreme_values_of_x_and_window_harm_nothing(x: list[float], window: float | None) -> None:
    link = link_to(Plot("p"), Viewport(2, window=window))
    for part in np.array_split(np.sort(x), 3):
        link.subscription.plot.append("y", part, part)
        link.settle()
    assert link.subscription.queued == 0
    assert link.page.vertices[0][-1, 0] == max(x)


@pytest.mark.parametrize("seed", range(20))
def test_a_link_with_delays_comes_to_the_newest_state(seed: int) -> None:
    plot, chance = Plot("p"), random.Random(seed)
    link = link_to(plot, Viewport(16, window=200.0))
    sent = 0
    for _ in range(300):
        step = chance.choice((None, link.send, link.paint, link.ack))
        if step is None:
            x = np.arange(sent, sent + chance.randint(1, 50), dtype=np.float64)
            plot.append("y", x, x)
            sent += len(x)
        else:
            step()
        assert_account(link.subscription)
    link.settle()
    assert link.page.vertices[0][-1, 0] == sent - 1
    assert link.subscription.queued == 0
