"""The interpreter's switch interval: boosted in a flood that somebody watches, and restored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

import pytest

from zwsnb.relay.schedule import FLOOD, UPDATE_EVERY
from zwsnb.relay.switch_interval import SwitchInterval

FLOODED = int(FLOOD * UPDATE_EVERY)


@dataclass
class Plots:
    """What the switch interval looks at."""

    points: int = 0
    is_watched: bool = True

    def switch(self, boosted: float | None = 0.001) -> SwitchInterval:
        return SwitchInterval(boosted, lambda: self.points, lambda: self.is_watched)


@pytest.fixture
def usual() -> Iterator[float]:
    """The switch interval that a user has chosen."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.004)
    yield sys.getswitchinterval()
    sys.setswitchinterval(before)


@pytest.mark.parametrize(
    ("new", "is_watched", "boosted", "interval"),
    [
        (FLOODED, True, 0.001, 0.001),
        (FLOODED - 1, True, 0.001, 0.004),
        (FLOODED, False, 0.001, 0.004),
        (FLOODED, True, None, 0.004),
        (FLOODED, True, 0.1, 0.004),
    ],
)
def test_it_is_boosted_only_in_a_flood_that_somebody_watches(
    usual: float, new: int, is_watched: bool, boosted: float | None, interval: float
) -> None:
    plots = Plots(1_000_000, is_watched)
    switch = plots.switch(boosted)
    switch.update()
    plots.points += new
    switch.update()
    assert sys.getswitchinterval() == pytest.approx(interval)
    assert switch.is_flood == (new >= FLOODED)
    switch.restore()
    assert sys.getswitchinterval() == usual


def test_a_slow_stream_is_taken_for_a_flood_only_at_its_first_points(usual: float) -> None:
    plots = Plots()
    switch = plots.switch()
    switch.boost()
    assert sys.getswitchinterval() == usual, "nobody watches"
    switch.update()
    switch.boost()
    assert switch.is_flood
    assert sys.getswitchinterval() == 0.001
    for plots.points in (1, 1000, 2000):
        switch.update()
        switch.boost()
        assert sys.getswitchinterval() == usual
    plots.points = 80_000
    switch.update()
    assert sys.getswitchinterval() == 0.001
    switch.update()
    assert sys.getswitchinterval() == usual, "it is calm"


def test_nobody_watches_and_nothing_is_boosted(usual: float) -> None:
    switch = Plots(is_watched=False).switch()
    switch.update()
    switch.boost()
    assert not switch.is_flood
    assert sys.getswitchinterval() == usual


def test_the_hub_and_a_caller_who_boost_at_once_leave_it_as_the_user_had_it(
    usual: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    plots = Plots()
    switch = plots.switch()
    switch.update()
    plots.points = FLOODED
    hub = Thread(target=switch.update)
    read = sys.getswitchinterval

    def read_late() -> float:
        if not hub.ident:
            hub.start()
            hub.join(0.1)
        return read()

    monkeypatch.setattr(sys, "getswitchinterval", read_late)
    switch.boost()
    hub.join()
    assert read() == 0.001
    switch.restore()
    assert read() == usual
