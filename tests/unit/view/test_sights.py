"""What pages that look at the same share, and that none of them is sent anything else for it."""

from __future__ import annotations

import gc
import weakref
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.fake_page import FakeLink, link_to

from zwsnb.history.plots import Plot
from zwsnb.protocol.patch import encode_patch
from zwsnb.view import shown, sights
from zwsnb.view.sights import MOST_SIGHTS, Step, step_from
from zwsnb.view.streams import curve_stream, series_streams
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.viewport import Viewport

LOOKS: Final = (Viewport(8, window=40.0), Viewport(8), Viewport(8, 10.0, 60.0))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The steps that were made, and not had from another page."""
    found: list[Step] = []

    def noting(*args: Any) -> Step:
        found.append(step_from(*args))
        return found[-1]

    monkeypatch.setattr(sights, "step_from", noting)
    return found


def ramp(plot: Plot, n: int, name: str = "y") -> None:
    begin = plot.series[name].last[0] + 1 if name in plot.series else 0.0
    plot.append(name, begin + np.arange(float(n)), np.arange(float(n)) % 7)


def test_of_pages_that_have_the_same_the_first_one_pays(made: list[Step]) -> None:
    plot, streams = Plot("p"), StreamCache()
    links = [link_to(plot, LOOKS[0], streams) for _ in range(5)]
    for _ in range(3):
        ramp(plot, 100)
        for link in links:
            link.settle()
    assert len(made) == 3
    assert len({str(link.page.vertices) for link in links}) == 1
    late = link_to(plot, LOOKS[0], streams)
    late.settle()
    assert len(made) == 4
    assert str(late.page.vertices) == str(links[0].page.vertices)


def test_pages_that_look_elsewhere_pay_for_themselves(made: list[Step]) -> None:
    plot, streams = Plot("p"), StreamCache()
    ramp(plot, 100)
    for look in LOOKS:
        link_to(plot, look, streams).settle()
    assert len(made) == len(LOOKS)


def test_who_is_alone_keeps_nothing() -> None:
    plot, streams = Plot("p"), StreamCache()
    link = link_to(plot, LOOKS[0], streams)
    ramp(plot, 100)
    link.settle()
    held = streams.of(plot)
    assert held.sight(LOOKS[0], plot, None)._steps == {}
    other = link_to(plot, LOOKS[0], streams)
    other.settle()
    assert len(held.sight(LOOKS[0], plot, None)._steps) == 1
    del other
    gc.collect()
    assert held.sight(LOOKS[0], plot, None)._steps == {}


def test_what_is_kept_has_a_bound_and_goes_with_the_next_points(
    made: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sights, "MOST_STEPS", 2)
    plot, streams = Plot("p"), StreamCache()
    for name in "abc":
        ramp(plot, 10, name)
    held = streams.of(plot)
    links = [link_to(plot, LOOKS[1], streams) for _ in range(2)]
    for link in links:
        link.settle()
    assert len(held.sight(LOOKS[1], plot, None)._steps) == 2
    assert len(made) == 4, "of the third series each has made its own"
    assert {len(link.page.vertices) for link in links} == {3}
    others = [link_to(plot, LOOKS[0], streams) for _ in range(2)]
    for link in others:
        link.settle()
    assert held.sight(LOOKS[0], plot, None)._steps == {}, "the bound is that of the plot"
    for i in range(3 * MOST_SIGHTS):
        held.sight(Viewport(8 + i), plot, None)
    assert len(held._sights._sights) <= MOST_SIGHTS
    gone = weakref.ref(held.sight(LOOKS[1], plot, None))
    ramp(plot, 10, "a")
    held.sight(LOOKS[0], plot, None)
    assert gone() is None


def test_pages_that_look_at_as_many_ranges_as_are_kept_share_them_too(made: list[Step]) -> None:
    plot, streams = Plot("p"), StreamCache()
    ramp(plot, 100)
    looks = [Viewport(8 + i) for i in range(MOST_SIGHTS)]
    links = [link_to(plot, look, streams) for look in looks * 2]
    for link in links:
        link.settle()
    assert len(made) == MOST_SIGHTS


def test_what_nobody_is_shown_is_not_held_by_its_last_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_streams, "FEW_POINTS", 100)
    monkeypatch.setattr(curve_stream, "POINTS_AT_ONCE", 100)
    plot, streams, t = Plot("p"), StreamCache(), np.linspace(0, 50, 1000)
    plot.set_options({"xy": True})
    one, other = (link_to(plot, LOOKS[1], streams) for _ in range(2))
    plot.append("y", t * np.cos(t), t * np.sin(t))
    seen = []
    for i in range(10):
        one.subscription.set_viewport(Viewport(8, -40.0, 10.0 + i))
        for link in (one, other):
            link.settle()
        seen += [weakref.ref(shown.stream) for shown in one.subscription._shown.values()]
    gc.collect()
    assert len({id(stream()) for stream in seen if stream() is not None}) <= 3


def test_a_long_step_is_not_kept(made: list[Step]) -> None:
    plot, streams = Plot("p"), StreamCache()
    ramp(plot, sights.MOST_VERTICES + 1)
    for _ in range(2):
        link_to(plot, Viewport(1000), streams).settle()
    assert len(made) == 2


def test_of_what_is_taken_in_a_part_at_a_look_each_look_takes_one(
    made: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series_streams, "FEW_POINTS", 100)
    monkeypatch.setattr(curve_stream, "POINTS_AT_ONCE", 100)
    plot, streams, t = Plot("p"), StreamCache(), np.linspace(0, 50, 1000)
    plot.set_options({"xy": True})
    links = [link_to(plot, LOOKS[1], streams) for _ in range(2)]
    plot.append("y", t * np.cos(t), t * np.sin(t))
    for link in links:
        assert link.send()
    assert len(made) == 2
    assert made[1].new.stream.is_behind
    for link in links:
        link.settle()
    assert not made[-1].new.stream.is_behind
    assert str(links[0].page.vertices) == str(links[1].page.vertices)


def test_the_bound_of_a_patch_holds_also_behind_others_who_have_taken_parts_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(series_streams, "FEW_POINTS", 100)
    monkeypatch.setattr(shown, "FEW_POINTS", 100)
    monkeypatch.setattr(curve_stream, "POINTS_AT_ONCE", 100)
    plot, streams, noise = Plot("p"), StreamCache(), np.random.default_rng(0).random((2, 2000))
    noise[:, :2] = 0, 1
    plot.set_options({"xy": True})
    plot.append("y", *noise[:, :200])
    links = [link_to(plot, Viewport(100), streams) for _ in range(5)]
    for link in links:
        link.settle()
    plot.append("y", *noise[:, 200:])
    for link in links:
        assert link.send(), "no more than it was to be at most, as the link asserts"


# -- whatever happens ------------------------------------------------------------------------------


class Crowd:
    """Three pages of one plot."""

    def __init__(self, *, are_alone: bool) -> None:
        self.plot, self.streams = Plot("p"), StreamCache()
        self.x = 0.0
        self.are_alone = are_alone
        self.links = [self._link(LOOKS[0]) for _ in range(3)]

    def _link(self, look: Viewport) -> FakeLink:
        link = link_to(self.plot, look, self.streams)
        if self.are_alone:
            self.streams.of(self.plot).readers.clear()
        return link

    def do(self, name: str, *args: Any) -> object:
        """Do one thing, and return what it has sent."""
        return getattr(self, name)(*args)

    def append(self, series: str, n: int, step: float) -> None:
        x = self.x + np.arange(1.0, n + 1) * step
        self.plot.append(series, x, np.where(x % 7 < 1, np.nan, np.sin(x)))
        self.x = float(x[-1])

    def late(self, series: str, n: int, where: float) -> None:
        x = np.sort(self.x * where + np.arange(float(n)) / 8)
        self.plot.append(series, x, np.cos(x))
        self.x = max(self.x, float(x[-1]))

    def swing(self) -> None:
        self.plot.set_options({"xy": not self.plot.options["xy"]})

    def remove(self) -> None:
        if self.plot.series:
            self.plot.remove(next(iter(self.plot.series)))

    def look(self, who: int, look: Viewport) -> None:
        self.links[who].subscription.set_viewport(look)

    def come(self, who: int, look: Viewport) -> None:
        self.links[who] = self._link(look)

    def send(self, who: int) -> bytes | None:
        patch = self.links[who].send()
        return None if patch is None else encode_patch(patch)

    def answer(self, who: int) -> None:
        self.links[who].paint()
        self.links[who].ack()


who = st.integers(0, 2)
looks = st.sampled_from(LOOKS)
names = st.sampled_from("ab")
steps = st.sampled_from([0.0, 0.1, 1.0, 50.0])
changes = st.one_of(
    *[st.tuples(st.just("append"), names, st.integers(1, 90), steps)] * 4,
    st.tuples(st.just("late"), names, st.integers(1, 5), st.floats(0, 1)),
    st.tuples(st.sampled_from(["swing", "remove"])),
    st.tuples(st.sampled_from(["look", "come"]), who, looks),
)
traffic = st.lists(st.tuples(st.sampled_from(["send", "send", "answer"]), who), max_size=8)
moments = st.lists(st.tuples(changes, traffic), min_size=5, max_size=12)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(moments)
def test_a_page_among_others_is_sent_what_it_would_be_sent_alone(
    drawn: list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]],
) -> None:
    together, alone = Crowd(are_alone=False), Crowd(are_alone=True)
    for change, messages in drawn:
        for action in (change, *messages):
            assert together.do(*action) == alone.do(*action), action
