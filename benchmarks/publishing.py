"""P1 and P3: what publishing costs while the plot is on the screen, by points and by arrays."""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np
from browser import plot_page
from figures import Outcome, middle
from subject import Subject

CALLS = 1000
ARRAY = 100_000


# -- in the measured process -----------------------------------------------------------------------


def empty(
    x: Any, y: Any = None, series: str | None = None, plot: str | None = None, **named: Any
) -> None:
    """Do nothing, with the signature of `publish`."""


def call_costs(seconds: float) -> dict[str, list[float]]:
    """Return microseconds per call of `publish` and of an empty function, turn about, a sample for
    each thousand calls.
    """
    import zwsnb

    zwsnb.Plot(window=100_000, y_range=(-2, 2))
    points = [(float(i), (i % 100) / 50 - 1) for i in range(CALLS)]
    costs: dict[str, list[float]] = {"publish": [], "empty": []}
    end, x = time.perf_counter() + seconds, 0.0
    while time.perf_counter() < end:
        shifted = [(x + a, b) for a, b in points]
        costs["empty"].append(_per_call(empty, shifted))
        costs["publish"].append(_per_call(zwsnb.publish, shifted))
        x += CALLS
    return costs


def _per_call(function: Any, points: list[tuple[float, float]]) -> float:
    begin = time.perf_counter()
    for x, y in points:
        function(x, y)
    return (time.perf_counter() - begin) / len(points) * 1e6


def array_rates(seconds: float, on_full: str) -> dict[str, Any]:
    """Return millions of points a second through `publish(xs, ys)`, up to their delivery, and
    through a copy in memory.
    """
    import zwsnb
    from zwsnb import api

    api.publisher.on_full = on_full  # type: ignore[assignment]
    plot = zwsnb.Plot(f"arrays {on_full}", window=10_000_000)
    xs, ys = np.arange(ARRAY, dtype=float), np.sin(np.arange(ARRAY) / 1000)
    before = api.publisher.stats()
    begin, calls, costs = time.perf_counter(), 0, []
    while (now := time.perf_counter()) < begin + seconds:
        plot.publish(xs, ys)
        costs.append(time.perf_counter() - now)
        xs += ARRAY
        calls += 1
    api.publisher.flush(30)
    taken = time.perf_counter() - begin
    dropped = api.publisher.stats()["dropped"] - before["dropped"]
    offered, copied = calls * ARRAY, _copy_rate(xs, ys)
    return {
        "offered": offered,
        "dropped": dropped,
        "rate": (offered - dropped) / taken / 1e6,
        "copy": copied,
        "costs": costs,
    }


def _copy_rate(xs: Any, ys: Any) -> float:
    """Return millions of points a second that are copied once, to memory that was not used before,
    as a history needs it.
    """
    begin, kept = time.perf_counter(), []
    for _ in range(200):
        kept += [xs.copy(), ys.copy()]
    return len(kept) / 2 * ARRAY / (time.perf_counter() - begin) / 1e6


# -- outside ---------------------------------------------------------------------------------------


def p1(*, quick: bool) -> Outcome:
    """P1: `publish(x, y)` per call, with the plot on the screen of a Chromium."""
    with Subject() as subject, plot_page(subject.url):
        costs = subject.ask(call_costs, seconds=2 if quick else 10)
    limit = middle(costs["empty"], "P1", "an empty function", "us")
    return Outcome(
        [
            middle(
                costs["publish"],
                "P1",
                "publish(x, y), per call",
                "us",
                goal=0.05,
                limit=limit.value,
                limit_is="an empty function",
            )
        ]
    )


def p3(*, quick: bool) -> Outcome:
    """P3: points a second by arrays of 100,000, with both policies for a full buffer."""
    figures = []
    for on_full in ("block", "drop"):
        samples = []
        for _ in range(2 if quick else 5):
            with Subject() as subject, plot_page(f"{subject.url}&plot=arrays+{on_full}"):
                samples.append(subject.ask(array_rates, seconds=1 if quick else 3, on_full=on_full))
        dropped = sum(s["dropped"] for s in samples) / sum(s["offered"] for s in samples)
        figures.append(
            middle(
                [s["rate"] for s in samples],
                "P3",
                f'delivered by arrays of 100,000, on_full="{on_full}"',
                "million/s",
                goal=100,
                more=True,
                limit=statistics.median(s["copy"] for s in samples),
                limit_is="one copy to fresh memory",
                note=f"{dropped:.0%} of what was offered was dropped" if dropped else "none lost",
            )
        )
    return Outcome(figures)
