"""The pulse: what is done in it, how often an idle hub is woken, and how late it is."""

from __future__ import annotations

import pytest

from zwsnb.relay.schedule import UPDATE_EVERY
from zwsnb.vitals.lag import Lag
from zwsnb.vitals.pulse import LOOKS, beat


class Night(Exception):
    """The end of a test."""


class Hub:
    """A hub by a clock of its own, whose sleeps are longer than they should be at times."""

    def __init__(self, late: dict[int, float]) -> None:
        self.now, self.slept, self.beats = 100.0, 0, 0
        self.is_calm = True
        self.lag = Lag()
        self._late = late

    def sleep(self, seconds: float) -> None:
        self.now += seconds + self._late.get(self.slept, 0.0)
        self.slept += 1

    def note(self) -> None:
        self.beats += 1
        if self.now >= 110.0:
            raise Night

    def run(self) -> None:
        with pytest.raises(Night):
            beat((self.note,), lambda: self.is_calm, self.lag, lambda: self.now, self.sleep)


def test_an_idle_hub_is_woken_four_times_a_second_and_no_oftener() -> None:
    hub = Hub({})
    hub.run()
    assert hub.slept == 10 / UPDATE_EVERY == 40
    assert hub.beats == 41
    assert hub.lag.worst(hub.now) == 0.0


def test_while_points_come_it_looks_oftener_and_does_what_is_to_be_done_as_often() -> None:
    hub = Hub({})
    hub.is_calm = False
    hub.run()
    assert (hub.slept, hub.beats) == (40 * LOOKS, 41)


def test_how_late_it_was_is_noted() -> None:
    hub = Hub({7: 0.3, 20: 0.02})
    hub.run()
    assert hub.lag.worst(hub.now) == pytest.approx(0.3)
    assert hub.lag.last == pytest.approx(0.0)


def test_what_is_done_in_it_is_no_lateness() -> None:
    hub = Hub({})
    note = hub.note

    def takes_long() -> None:
        hub.now += 0.2
        note()

    hub.note = takes_long  # type: ignore[method-assign]
    hub.run()
    assert hub.lag.worst(hub.now) == pytest.approx(0.0)
