"""New names of plain producers: many at once, then some a second, and none where all are taken."""

from __future__ import annotations

import pytest

from zwsnb.relay.plain.new_names import BURST, RATE, NewNames


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def names(clock: Clock) -> NewNames:
    return NewNames(clock)


def test_as_many_come_at_once_as_a_plot_has(names: NewNames) -> None:
    assert names.take(BURST)
    assert not names.take(1)


def test_then_some_a_second_come(names: NewNames, clock: Clock) -> None:
    names.take(BURST)
    came = 0
    for _ in range(1_000):
        clock.now += 0.01
        came += sum(names.take(1) for _ in range(5))
    assert came == pytest.approx(10 * RATE, abs=1)


def test_more_than_there_is_place_for_take_none(names: NewNames) -> None:
    assert not names.take(BURST + 1)
    assert names.take(BURST - 1)
    assert not names.take(2)
    assert names.take(1)


def test_places_that_nobody_takes_do_not_gather(names: NewNames, clock: Clock) -> None:
    clock.now += 1_000_000
    assert names.take(BURST)
    assert not names.take(1)
