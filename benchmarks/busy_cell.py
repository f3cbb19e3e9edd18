"""P10: what is measured in the kernel: a loop that computes, beside a thread that publishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from publishing import empty

PAUSE = 0.01
RATE = 10_000
"""Points a second, in threads that hand over what is due every `PAUSE` seconds."""


class Feed(threading.Thread):
    """Calls a function with points, as many a second whatever it is."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.function: Callable[..., Any] = empty
        self.ended = threading.Event()

    def run(self) -> None:
        """Publish until it has ended: by the clock, so that the thread does the same work in every
        phase, however soon it runs.
        """
        begin, done = time.perf_counter(), 0
        while not self.ended.wait(PAUSE):
            hand_over, due = self.function, int((time.perf_counter() - begin) * RATE)
            for i in range(done, due):
                hand_over(begin + i / RATE, i % RATE / RATE)
            done = due


def loop(n: int) -> float:
    """Compute, and return the seconds that it took."""
    begin, a = time.perf_counter(), 0
    for i in range(n):
        a += i & 7
    return time.perf_counter() - begin


def beside_a_plot(n: int, rounds: int) -> dict[str, Any]:
    """Return the seconds of a loop beside a thread that calls an empty function, beside one that
    publishes, and when that ended, each time; and of a last one beside the empty function.

    Phases of a third of a second, turn about: how fast a loop is differs by a tenth from minute to
    minute, and between processes.
    """
    import zwsnb

    feed = Feed()
    feed.start()

    def beside(function: Callable[..., Any]) -> float:
        feed.function = function
        loop(n // 2)  # until the plot has found its pace
        return loop(n)

    rows = [[beside(empty), beside(zwsnb.publish), time.time()] for _ in range(rounds)]
    last = beside(empty)
    feed.ended.set()
    feed.join()
    return {"rows": rows, "last": last}
