"""How far a loop is, in words."""

from __future__ import annotations

import pytest

from zwsnb.progress.meter import Meter, duration, speed
from zwsnb.protocol.messages import Bar


def test_a_loop_with_a_length_knows_how_long_it_has_to_go() -> None:
    meter = Meter("", 1000, 0.0)
    assert meter.bar() == Bar("0 % · 0 of 1,000", 0.0)
    meter.look(100, 2.0)
    assert meter.bar() == Bar("10 % · 100 of 1,000 · 50/s · 18 s to go", 0.1)
    meter.end(1000, 20.0, is_whole=True)
    assert meter.bar() == Bar("1,000 in 20 s · 50/s", 1.0)


def test_what_came_before_the_loop_does_not_count() -> None:
    meter = Meter("", 4, 0.0)
    meter.start(10.0)
    meter.look(2, 11.0)
    assert meter.bar().text == "50 % · 2 of 4 · 2/s · 1.0 s to go"
    meter.end(4, 12.0, is_whole=True)
    assert meter.bar().text == "4 in 2.0 s · 2/s"


def test_a_loop_without_says_what_it_knows() -> None:
    meter = Meter("batch", None, 0.0)
    assert meter.bar() == Bar("batch · 0", None)
    meter.look(10, 100.0)
    assert meter.bar() == Bar("batch · 10 · 10 s each", None)


def test_a_loop_that_is_left_says_where() -> None:
    meter = Meter("", 1000, 0.0)
    meter.end(420, 84.0, is_whole=False)
    assert meter.bar() == Bar("stopped · 42 % · 420 of 1,000 · 1 min 24 s · 5/s", 0.42)


def test_a_total_that_was_too_small_is_no_total() -> None:
    meter = Meter("", 2, 0.0)
    meter.look(3, 1.0)
    assert meter.bar() == Bar("3 · 3/s", None)


def test_the_rate_is_that_of_late() -> None:
    meter = Meter("", None, 0.0)
    done, now = 0, 0.0
    for rate in (10, 1000):
        for _ in range(30):
            done, now = done + rate, now + 1
            meter.look(done, now)
        assert meter.rate == pytest.approx(rate, rel=0.01)


def test_a_look_in_which_nothing_was_done_changes_no_rate() -> None:
    meter = Meter("", None, 0.0)
    meter.look(10, 1.0)
    meter.look(10, 5.0)
    meter.look(10, 5.0)
    assert meter.rate == 10


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((0, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s")),
        *((60, "1 min 0 s"), (3599, "59 min 59 s"), (7380, "2 h 3 min"), (90_000, "1 d 1 h")),
    ],
)
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [(1234567, "1,234,567/s"), (99.94, "99.9/s"), (1, "1/s"), (0.5, "2.0 s each")],
)
def test_a_speed_in_words(rate: float, words: str) -> None:
    assert speed(rate) == words
