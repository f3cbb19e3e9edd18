"""Made-up data that is always the same."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Final

import numpy as np

import zwsnb

NOON: Final = 1_767_268_800.0
"""1 January 2026, 12:00 UTC."""


@contextlib.contextmanager
def stream(
    plot: zwsnb.Plot, x: np.ndarray, names: dict[str, np.ndarray], rate: float
) -> Iterator[None]:
    """Publish the first half at once, and the rest at a rate while somebody looks."""
    half, stop = len(x) // 2, threading.Event()
    plot.publish(x[:half], {name: y[:half] for name, y in names.items()})

    def pour() -> None:
        begin, sent = time.monotonic(), half
        while not stop.wait(0.01) and sent < len(x):
            now = min(len(x), half + int(rate * (time.monotonic() - begin)))
            plot.publish(x[sent:now], {name: y[sent:now] for name, y in names.items()})
            sent = now

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def random(seed: int) -> np.random.Generator:
    """Return numbers that are the same every time."""
    return np.random.default_rng(seed)


def walk(seed: int, count: int) -> np.ndarray:
    """Return a line that wanders."""
    found: np.ndarray = np.cumsum(random(seed).standard_normal(count)) / np.sqrt(count)
    return found


def loss_at(rate: float, steps: np.ndarray, seed: int) -> np.ndarray:
    """Return a loss that falls at a rate."""
    loss: np.ndarray = np.exp(-steps * rate / 20) + random(seed).normal(0.1, 0.02, len(steps))
    return loss
