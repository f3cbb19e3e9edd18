"""Points at a given rate, as a program that measures something would have them."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np

NOISE = np.sin(np.arange(1 << 16) / 3000) + np.random.default_rng(1).normal(0, 0.2, 1 << 16)


class Feed(threading.Thread):
    """Publishes `rate` points a second, as arrays, every `tick` seconds; x is in seconds."""

    def __init__(self, publish: Any, rate: float, tick: float = 0.005, series: int = 1) -> None:
        super().__init__(daemon=True)
        self._publish, self._rate, self._tick = publish, rate, tick
        self._names = [f"s{i}" for i in range(series)] if series > 1 else None
        self._stop_now = threading.Event()
        self.points = 0

    def run(self) -> None:
        """Publish until `end`."""
        begin = time.perf_counter()
        while not self._stop_now.wait(self._tick):
            due = int((time.perf_counter() - begin) * self._rate) - self.points
            if due > 0:
                self._some(due)

    def _some(self, n: int) -> None:
        index = np.arange(self.points, self.points + n)
        x, y = index / self._rate, NOISE[index & 0xFFFF]
        if self._names:
            self._publish(x, {name: y + 3 * i for i, name in enumerate(self._names)})
        else:
            self._publish(x, y)
        self.points += n

    def end(self) -> int:
        """Stop; return how many points (of each series) were published."""
        self._stop_now.set()
        self.join()
        return self.points


_feeds: list[Feed] = []


def start_feed(rate: float, series: int = 1, **options: Any) -> int:
    """Start a feed in this process; the plot has `options`."""
    import zwsnb

    plot = zwsnb.Plot(**options)
    _feeds.append(Feed(plot.publish, rate, series=series))
    _feeds[-1].start()
    return len(_feeds)


def stop_feed() -> int:
    """Stop the newest feed of this process; return how many points it has published."""
    return _feeds.pop().end()
