"""What a loop pays for a value that is steered from its plot, while the plot is on the screen."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, Final

from browser import plot_page
from figures import Outcome, middle
from subject import Subject

READS: Final = 1_000

# -- in the measured process -----------------------------------------------------------------------


def read_costs(seconds: float) -> dict[str, list[float]]:
    """Return microseconds per read of a slider's value and of an attribute of a plain object, turn
    about, a sample for each thousand.
    """
    import zwsnb

    plain, slider = SimpleNamespace(value=0.5), zwsnb.Plot().slider("lr", 0.5, (0, 1))
    costs: dict[str, list[float]] = {"slider": [], "plain": []}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        costs["plain"].append(_per_read(plain))
        costs["slider"].append(_per_read(slider))
    return costs


def _per_read(control: Any) -> float:
    begin = time.perf_counter()
    for _ in range(READS):
        control.value  # noqa: B018 - the read is what is measured
    return (time.perf_counter() - begin) / READS * 1e6


# -- outside ---------------------------------------------------------------------------------------


def steer(*, quick: bool) -> Outcome:
    """Reading `lr.value` in a loop, per read."""
    with Subject() as subject, plot_page(subject.url):
        costs = subject.ask(read_costs, seconds=2 if quick else 10)
    limit = middle(costs["plain"], "steer", "an attribute", "us")
    return Outcome(
        [
            middle(
                costs["slider"],
                "steer",
                "lr.value of a slider, per read",
                "us",
                goal=1,
                limit=limit.value,
                limit_is="an attribute of a plain object",
            )
        ]
    )
