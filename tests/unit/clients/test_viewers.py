"""Who watches which plot, with viewers that have no connection."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import gevent
import numpy as np
import pytest

from zwsnb.clients.drawings import Drawings
from zwsnb.clients.viewers import Viewers
from zwsnb.display.picture import Drawing
from zwsnb.history import plots
from zwsnb.history.budgets import TooMany
from zwsnb.history.plots import History, Plot
from zwsnb.producer.sink import TICK
from zwsnb.protocol.messages import Bar
from zwsnb.protocol.stats import ViewerStats
from zwsnb.relay.schedule import RARE_TICK, SLOW_TICK


class FakeViewer:
    """A viewer whose connection lasts as long as `during` runs."""

    def __init__(
        self,
        plot: Plot,
        during: Callable[[FakeViewer], None],
        *,
        asks: bool = True,
        is_painting: bool = False,
        is_paused: bool = False,
        is_reader: bool = True,
    ) -> None:
        self.plot = plot
        self.asks, self.is_painting, self.is_paused = asks, is_painting, is_paused
        self.is_reader = is_reader
        self.drawings: Drawings | None = None
        self.woken: list[float] = []
        self.ended: list[str] = []
        self.got: Counter[str] = Counter()
        self._during = during

    def run(self) -> None:
        self._during(self)

    def wake(self, published: float) -> None:
        self.woken.append(published)

    def end(self, reason: str) -> None:
        self.ended.append(reason)

    def stats(self) -> ViewerStats:
        return {"accepted": 0, "delivered": 0, "conflated": 0, "dropped": 0, "queued": 0}

    def totals(self) -> Counter[str]:
        return self.got


@pytest.fixture
def history() -> History:
    return History()


@pytest.fixture
def viewers(history: History) -> Viewers:
    return Viewers(history)


def watch(viewers: Viewers, plot: str, during: Callable[[FakeViewer], None], **state: bool) -> None:
    """Serve a viewer of a plot, who stays while `during` runs."""
    viewers.serve(plot, lambda found: FakeViewer(found, during, **state))


def publish(history: History, plot: str) -> Plot:
    return history.append(plot, "y", np.array([1.0]), np.array([1.0]))


def test_who_stands_for_views_that_nobody_has_heard_is_no_reader(viewers: Viewers) -> None:
    def during(viewer: FakeViewer) -> None:
        found.append((len(viewers), viewers.readers(viewer.plot), viewers.is_seen("a")))
        assert viewers.of(viewer.plot), "but is told what happens"

    found: list[object] = []
    watch(viewers, "a", during, is_reader=False)
    assert found == [(0, [], False)]


# -- plots that have had nothing -------------------------------------------------------------------


def test_a_plot_exists_while_it_is_watched(history: History, viewers: Viewers) -> None:
    def during(first: FakeViewer) -> None:
        watch(viewers, "a", lambda second: found.append((first.plot, second.plot)))
        found.append((first.plot, history.get("a")))

    found: list[tuple[Plot | None, Plot | None]] = []
    watch(viewers, "a", during)
    assert all(one is other is not None for one, other in found)
    assert len(found) == 2
    assert history.plots == {}
    assert len(viewers) == 0


@pytest.mark.parametrize(
    "use",
    [
        lambda plot: plot.append("y", np.array([1.0]), np.array([1.0])),
        lambda plot: plot.set_options({"title": "Titel"}),
        lambda plot: plot.mark(1.0, "here"),
        lambda plot: plot.clear(),
    ],
)
def test_a_plot_that_was_used_meanwhile_stays(
    history: History, viewers: Viewers, use: Callable[[Plot], object]
) -> None:
    def use_plot(viewer: FakeViewer) -> None:
        use(viewer.plot)

    watch(viewers, "a", use_plot)
    assert set(history.plots) == {"a"}


def test_a_viewer_that_fails_leaves_nothing(history: History, viewers: Viewers) -> None:
    with pytest.raises(ZeroDivisionError):
        watch(viewers, "a", lambda _: 1 / 0)  # type: ignore[arg-type]
    assert (len(viewers), history.plots) == (0, {})


def test_a_plot_of_the_same_name_that_came_after_a_close_stays(
    history: History, viewers: Viewers
) -> None:
    def during(_: FakeViewer) -> None:
        del history.plots["a"]
        history.get_or_create("a")

    watch(viewers, "a", during)
    assert set(history.plots) == {"a"}


def test_plots_that_are_only_watched_take_no_place(
    history: History, viewers: Viewers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 2)

    def during(_: FakeViewer) -> None:
        publish(history, "a")
        publish(history, "b")
        for name in ("c", "d"):
            with pytest.raises(TooMany, match="there are 2 plots, and no room for"):
                publish(history, name)
        with pytest.raises(TooMany):
            watch(viewers, "e", lambda _: None)

    watch(viewers, "waits", during)
    assert set(history.plots) == {"a", "b"}


def test_plots_that_are_only_watched_are_bounded_too(
    history: History, viewers: Viewers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 2)

    def during(_: FakeViewer) -> None:
        watch(viewers, "b", lambda _: watch(viewers, "c", lambda _: None))

    with pytest.raises(TooMany):
        watch(viewers, "a", during)


# -- what the relay calls --------------------------------------------------------------------------


def test_the_viewers_of_a_plot_are_woken_and_no_others(history: History, viewers: Viewers) -> None:
    def during(other: FakeViewer) -> None:
        def meanwhile(viewer: FakeViewer) -> None:
            viewers.points_arrived(viewer.plot, 5.0)
            viewers.points_arrived(publish(history, "c"), math.nan)
            assert (viewer.woken, other.woken) == ([5.0], [])
            assert viewers.of(viewer.plot) == [viewer]

        watch(viewers, "b", meanwhile)

    watch(viewers, "a", during)


def test_the_viewers_of_a_plot_are_told_that_it_was_closed(viewers: Viewers) -> None:
    def during(other: FakeViewer) -> None:
        def meanwhile(viewer: FakeViewer) -> None:
            viewers.plot_closed(viewer.plot)
            gevent.sleep(0)
            assert (viewer.ended, other.ended) == (["The plot was closed."], [])
            viewers.end("The service was stopped.")
            assert other.ended == ["The service was stopped."]

        watch(viewers, "b", meanwhile)

    watch(viewers, "a", during)


@pytest.mark.parametrize(
    ("states", "tick", "is_watched"),
    [
        ([], SLOW_TICK, False),
        ([{"is_paused": True}], SLOW_TICK, False),
        ([{}], SLOW_TICK, True),
        ([{"is_paused": True}, {"is_painting": True}], RARE_TICK, True),
        ([{"is_painting": True}, {"asks": False}], TICK, True),
    ],
)
def test_how_soon_the_relay_takes_though_nobody_asks(
    viewers: Viewers, states: list[dict[str, bool]], tick: float, *, is_watched: bool
) -> None:
    def come(waiting: list[dict[str, bool]]) -> None:
        if waiting:
            watch(viewers, "plot", lambda _: come(waiting[1:]), **waiting[0])
        else:
            assert (viewers.take_interval(), viewers.is_watched()) == (tick, is_watched)

    come(states)


# -- drawings --------------------------------------------------------------------------------------


class FakeDrawings(Drawings):
    """A page that draws its name, and has said at that time where it looks."""

    def __init__(self, name: str, looked: float, *, is_ready: bool = True) -> None:
        self.name, self.looked, self._is_ready = name, looked, is_ready

    @property
    def is_ready(self) -> bool:
        return self._is_ready

    def ask(self) -> Drawing | None:
        return Drawing(self.name, 1, 1)


def test_no_page_is_asked_for_empty_axes(history: History, viewers: Viewers) -> None:
    found: list[Drawing | None] = []

    def during(viewer: FakeViewer) -> None:
        viewer.drawings = FakeDrawings("p", 1.0)
        history.find("p").progress = (Bar("epoch 1 of 3", 0.3),)
        found.append(viewers.draw("p"))
        publish(history, "p")
        found.append(viewers.draw("p"))

    watch(viewers, "p", during)
    assert found == [None, Drawing("p", 1, 1)]


def test_of_the_pages_of_a_plot_the_one_that_was_moved_last_draws(
    history: History, viewers: Viewers
) -> None:
    pages = {
        "old": ("p", FakeDrawings("old", 1.0)),
        "moved": ("p", FakeDrawings("moved", 3.0)),
        "newest": ("p", FakeDrawings("newest", 2.0)),
        "hidden": ("p", FakeDrawings("hidden", 4.0, is_ready=False)),
        "no page": ("p", None),
        "other": ("q", FakeDrawings("other", 5.0)),
    }
    publish(history, "p")
    assert viewers.draw("p") is None
    found: list[Drawing | None] = []

    def come(names: list[str]) -> None:
        if not names:
            found.extend(viewers.draw(plot) for plot in "pqr")
            return
        plot, drawings = pages[names[0]]

        def during(viewer: FakeViewer) -> None:
            viewer.drawings = drawings
            come(names[1:])

        watch(viewers, plot, during)

    come(list(pages))
    assert found == [Drawing("moved", 1, 1), Drawing("other", 1, 1), None]


def test_what_viewers_have_got_is_kept_when_they_go_and_never_becomes_less(
    viewers: Viewers,
) -> None:
    def during(viewer: FakeViewer) -> None:
        viewer.got.update(delivered=3, bytes=100)
        assert viewers.totals() == Counter(delivered=3 * (before + 1), bytes=100 * (before + 1))
        assert viewers.by_plot() == {"a": 1}

    for before in range(3):  # noqa: B007 - `during` reads it
        watch(viewers, "a", during)
    assert viewers.totals() == Counter(delivered=9, bytes=300)
    assert viewers.by_plot() == {}
