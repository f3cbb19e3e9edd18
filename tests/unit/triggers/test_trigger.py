"""Which crossings begin a sweep, and which sweep is to be seen."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.triggers import trigger as module
from zwsnb.triggers.trigger import MAX_SWEEPS, Sweep, Trigger

WIDTH = 10.0


class Run:
    """Points of one run."""


def triggered(width: float | None = WIDTH, **said: Any) -> Trigger:
    trigger = Trigger()
    trigger.set({"level": 0.5, "pre": 0.2, **said}, width)
    trigger.arm()
    return trigger


def look(trigger: Trigger, x: list[float], y: list[float], run: object) -> None:
    trigger.look([(run, 0, len(x))], np.array(x, dtype=float), np.array(y, dtype=float))


def pulses(trigger: Trigger, ats: list[float], end: float, run: object, begin: float = 0.0) -> None:
    """Have a series rise through the level at each of those x, and go on to an end."""
    x = [begin, *(x for at in ats for x in (at - 0.25, at + 0.25, at + 0.5)), end]
    look(trigger, x, [0, *(y for _ in ats for y in (0, 1, 0)), 0], run)


def state(trigger: Trigger) -> str:
    return trigger.state


def xs(trigger: Trigger) -> list[float]:
    return [sweep.x for sweep in trigger.complete(WIDTH)][::-1]


def test_a_sweep_is_seen_once_it_is_complete() -> None:
    trigger, run = triggered(), Run()
    pulses(trigger, [5], 12.9, run)
    assert (trigger.newest(WIDTH), state(trigger)) == (None, "triggered")
    look(trigger, [13], [0], run)
    assert trigger.newest(WIDTH) == Sweep(1, 5, 3, 13)
    # A page that looks at more of x waits for more, and one that looks at less has it sooner.
    assert trigger.newest(20) is None
    assert trigger.newest(5) == Sweep(1, 5, 4, 9)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({}, [1, 9.5, 18]),  # 8 of 10 behind the trigger
        ({"pre": 0.5}, [1, 6.5, 12, 18]),
        ({"pre": 1}, [1, 2, 6.5, 9.5, 12, 18]),
        ({"holdoff": 9}, [1, 12]),
        ({"holdoff": 3}, [1, 9.5, 18]),
        ({"slope": "falling"}, [1.375, 9.875, 18.375]),
    ],
)
def test_while_one_is_taken_and_held_off_no_other_begins(
    said: dict[str, Any], at: list[float]
) -> None:
    trigger = triggered(**said)
    pulses(trigger, [1, 2, 6.5, 9.5, 12, 18], 100, Run())
    assert xs(trigger) == at
    assert (trigger.triggers, trigger.sweeps) == (6, len(at))


def test_a_single_one_stays_until_it_is_armed_again() -> None:
    trigger, run = triggered(mode="single"), Run()
    assert state(trigger) == "waiting"
    pulses(trigger, [5], 6, run)
    assert state(trigger) == "triggered"
    pulses(trigger, [20, 40], 60, run, begin=7)
    assert (xs(trigger), state(trigger), trigger.triggers) == ([5], "stopped", 3)
    trigger.arm()
    assert (xs(trigger), state(trigger)) == ([5], "waiting")  # the last one is seen until then
    pulses(trigger, [70], 80, run, begin=61)
    assert (xs(trigger), state(trigger)) == ([5, 70], "stopped")


def test_it_waits_where_no_trigger_comes() -> None:
    trigger, run = triggered(), Run()
    assert state(trigger) == "waiting"
    pulses(trigger, [5], 30, run)
    assert state(trigger) == "triggered"
    look(trigger, [40, 100], [0, 0], run)
    assert state(trigger) == "waiting"
    assert trigger.newest(WIDTH) == Sweep(1, 5, 3, 13)


def test_without_a_window_there_is_no_sweep() -> None:
    trigger = triggered(width=None)
    assert (trigger.holds, trigger.is_on("y"), state(trigger)) == (False, False, "no window")
    assert list(trigger.complete(WIDTH)) == []


def test_rolling_there_is_none_either() -> None:
    trigger = triggered()
    pulses(trigger, [5], 30, Run())
    trigger.set({"mode": "roll"}, WIDTH)
    assert (trigger.newest(WIDTH), state(trigger), trigger.is_on("y")) == (None, "", False)
    trigger.set(None, WIDTH)
    assert (state(trigger), trigger.holds) == ("", False)


def test_another_level_leaves_the_sweep_until_the_next_and_another_series_does_not() -> None:
    trigger = triggered()
    pulses(trigger, [5], 30, Run())
    trigger.set({"level": 3}, WIDTH)
    assert xs(trigger) == [5]
    trigger.set({"level": 3, "series": "z"}, WIDTH)
    assert xs(trigger) == []


def test_each_run_is_looked_at_by_itself() -> None:
    trigger, first, second = triggered(), Run(), Run()
    pulses(trigger, [50], 51, first)
    look(trigger, [0], [1], second)  # beyond the level from the beginning, and left of the other
    pulses(trigger, [5], 30, second, begin=1)
    assert xs(trigger) == [5]
    look(trigger, [80], [0], first)
    assert xs(trigger) == [50, 5]


def test_what_is_forgotten_is_waited_for_again() -> None:
    trigger, run = triggered(mode="single"), Run()
    pulses(trigger, [5], 30, run)
    trigger.clear()
    assert (xs(trigger), state(trigger)) == ([], "waiting")
    pulses(trigger, [5], 30, run)
    assert xs(trigger) == [5]


def test_after_another_series_or_all_is_forgotten_pages_forget_what_they_have() -> None:
    trigger, run = triggered(), Run()
    assert trigger.first == 1
    pulses(trigger, [5, 25], 50, run)
    trigger.clear()
    assert trigger.first == 3
    pulses(trigger, [5], 30, run)
    trigger.set({"series": "z"}, WIDTH)
    assert trigger.first == 4


def test_a_run_that_goes_takes_its_sweeps_along() -> None:
    trigger, first, second = triggered(), Run(), Run()
    pulses(trigger, [5, 25], 50, first)
    pulses(trigger, [7], 50, second)
    trigger.forget(first)
    assert (xs(trigger), trigger.first) == ([7], 3)
    trigger.forget(Run())
    assert (xs(trigger), trigger.first) == ([7], 3)


def test_sweeps_whose_points_are_evicted_are_forgotten_and_a_single_one_says_so() -> None:
    trigger, run = triggered(mode="single"), Run()
    pulses(trigger, [5], 30, run)
    asked: list[tuple[object, float, float]] = []

    def is_held(its: object, lo: float, hi: float) -> bool:
        asked.append((its, lo, hi))
        return lo > 10

    trigger.forget_evicted(Run(), is_held)
    assert asked == [], "of another run that forgets nothing is to be asked"
    trigger.forget_evicted(run, is_held)
    assert asked == [(run, 3, 13)]
    assert (xs(trigger), state(trigger), trigger.first) == ([], "forgotten", 2)
    trigger.arm()
    assert state(trigger) == "waiting"
    pulses(trigger, [50], 80, run, begin=31)
    trigger.forget_evicted(run, is_held)
    assert (xs(trigger), state(trigger)) == ([50], "stopped")


def test_what_comes_while_nobody_looks_is_no_crossing() -> None:
    trigger, run = triggered(), Run()
    look(trigger, [0], [0], run)
    trigger.set({"level": 0.5, "pre": 0.2}, None)
    # Points that nobody looks at.
    trigger.set({"level": 0.5, "pre": 0.2}, WIDTH)
    look(trigger, [50, 51], [1, 1], run)
    assert trigger.triggers == 0
    look(trigger, [60, 61], [0, 1], run)
    assert trigger.triggers == 1


def test_a_mode_that_nobody_has_said_before_arms() -> None:
    trigger, run = Trigger(), Run()
    trigger.set({"level": 0.5, "mode": "single"}, WIDTH)
    assert state(trigger) == "waiting"
    pulses(trigger, [5, 25], 50, run)
    assert xs(trigger) == [5]


def test_of_very_many_the_last_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 200)
    trigger, n = triggered(width=0.001), 5_000
    x = np.arange(2 * n, dtype=float)
    trigger.look([(Run(), 0, 2 * n)], x, x % 2)
    assert trigger.triggers == n
    assert trigger.sweeps <= 400
    sweeps = list(trigger.complete(0.001))
    assert len(sweeps) == MAX_SWEEPS
    assert sweeps[0].x == 2 * n - 1.5


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 400), unique=True, max_size=60).map(sorted),
    st.floats(0, 1),
    st.floats(0, 30),
    st.lists(st.integers(0, 400), max_size=3),
)
def test_sweeps_are_those_of_one_crossing_after_the_other(
    ats: list[int], pre: float, holdoff: float, cuts: list[int]
) -> None:
    trigger, run = triggered(pre=pre, holdoff=holdoff, level=0.5), Run()
    x = np.arange(0, 402, 0.5)
    y = np.isin(x, ats).astype(float)
    ends = [0, *sorted(cuts), len(x)]
    for lo, hi in pairwise(ends):
        trigger.look([(run, 0, hi - lo)], x[lo:hi], y[lo:hi])
    expected: list[float] = []
    for at in ats:
        crossing = at - 0.25
        apart = max(WIDTH * (1 - pre), holdoff)
        if not expected or crossing >= expected[-1] + apart:
            expected.append(crossing)
    whole = [at for at in expected if x[-1] >= at + WIDTH * (1 - pre)]
    assert (trigger.triggers, trigger.sweeps) == (len(ats), len(expected))
    assert xs(trigger) == whole[-MAX_SWEEPS:]
