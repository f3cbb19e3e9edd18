"""A view and a page joined by a link that a test moves: what is drawn against the slow reference, and the account."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import reference
from fake_page import FakeLink
from hypothesis import assume, given, settings, strategies as st

from zwsnb import columns, history, wire
from zwsnb.history import Plot
from zwsnb.view import CREDIT, MAX_PIXELS, View, Viewport, _Sight
from zwsnb.wire import Refused


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Iterator[None]:
    """Blocks so small that a few hundred points make pyramids, and evictions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "POINT_ROWS", 64)
        patch.setattr(history, "CELL_ROWS", 8)
        patch.setattr(history, "XY_POINTS", 300)
        yield


def link_to(plot: Plot, viewport: Viewport) -> FakeLink:
    """A page that looks at `viewport`."""
    link = FakeLink(View(plot))
    link.view.look(viewport)
    return link


def assert_account(view: View) -> None:
    """Every point is somewhere, and only once."""
    parts = (view.delivered, view.conflated, view.dropped, view.queued)
    assert min(parts) >= 0
    assert sum(parts) == view.plot.count


# -- what is drawn, against the reference -------------------------------------------------------------------------------------

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
    """What a page at `viewport` has to show of a plot with these points."""
    sight = _Sight.of(viewport, plot)
    x, y = (np.concatenate(column) for column in zip(*points, strict=True))
    return reference.Picture(plot.series["y"], x, y, sight.lo, min(sight.hi, x[-1]), sight.width)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(reference.stretches, viewports, st.lists(st.integers(0, 12), max_size=6), st.booleans())
def test_every_extreme_is_drawn_and_every_gap(drawn: list[Any], look: Any, evictions: list[int], follow: bool) -> None:
    points = reference.points_of(drawn)
    span = float(points[-1][0][-1])
    assume(span > 0)
    plot, viewport = Plot("p"), viewport_of(look, span)
    link = link_to(plot, viewport)
    for i, (x, y) in enumerate(points):
        plot.append("y", x, y)
        for _ in range(evictions[i] if i < len(evictions) else 0):
            plot.series["y"].evict()
        if follow:
            link.settle()
    link.settle()
    late = link_to(plot, viewport)
    late.settle()
    for page in (link.page, late.page):
        picture(plot, points, viewport).check(page.vertices[0])
        assert len(page.vertices[0]) <= 12 * viewport.pixels + 300


actions = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.sampled_from("ab"), st.integers(1, 90), st.sampled_from([0.0, 0.1, 1.0, 50.0])),
        st.tuples(st.just("look"), viewports, st.booleans()),
        st.sampled_from(["send", "send", "paint", "paint", "ack", "ack", "clear", "evict", "back", "lose", "settle"]).map(lambda a: (a,)),
    ),
    max_size=60,
)


class Story:
    """A plot with a page on it, to which anything may happen in any order; the account is looked at after each step."""

    def __init__(self) -> None:
        self.plot = Plot("p")
        self.x = 0.0
        self.link = link_to(self.plot, Viewport(8))
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
        self.link.view.look(viewport_of(look, max(1.0, self.x)), paused=paused)

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
        self.link = link_to(self.plot, Viewport(8))
        self.before = [0, 0, 0]

    def settle(self) -> None:
        self.link.settle()


def shown(plot: Plot, viewport: Viewport, vertices: Any) -> str:
    """The vertices in sight, as a text: NaN is equal to NaN in it."""
    sight = _Sight.of(viewport, plot)
    return repr(vertices[(vertices[:, 0] >= sight.lo) & (vertices[:, 0] < sight.hi)].tolist())


@settings(derandomize=True, max_examples=400, deadline=None)
@given(actions)
def test_whatever_happens_the_page_comes_to_what_a_new_page_gets(drawn: list[tuple[Any, ...]]) -> None:
    story = Story()
    for action in drawn:
        story.tell(action)
    view, viewport = story.link.view, story.link.view.viewport
    view.look(viewport, paused=False)
    story.link.settle()
    assert view.queued == 0
    assert_account(view)
    new = link_to(story.plot, viewport)
    new.settle()
    for ident, vertices in new.page.vertices.items():
        series = next(s for s in story.plot.series.values() if s.ident == ident)
        if not series.ordered:
            assert repr(vertices.tolist()) == repr(story.link.page.vertices[ident].tolist())


@settings(derandomize=True, max_examples=150, deadline=None)
@given(reference.stretches, st.sampled_from(["all", "follow"]), st.integers(1, 64), st.floats(0.01, 1))
def test_a_page_has_what_a_new_page_on_the_same_stream_gets(drawn: list[Any], mode: str, pixels: int, part: float) -> None:
    points = reference.points_of(drawn)
    plot, viewport = Plot("p"), viewport_of((mode, pixels, part, 0.0), float(points[-1][0][-1]) or 1.0)
    link = link_to(plot, viewport)
    for x, y in points:
        plot.append("y", x, y)
        link.settle()
    new = link_to(plot, viewport)
    new.settle()
    assert new.view._shown[0].stream is link.view._shown[0].stream
    assert shown(plot, viewport, new.page.vertices[0]) == shown(plot, viewport, link.page.vertices[0])
