"""The two jobs of the comparison, and what else runs inside the kernel. Imported by cells; imports
nothing that is compared.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WINDOW = 10_000
HZ = 60
PERIOD = [math.sin(i / 500) for i in range(5000)]


def wave(i: int) -> float:
    """Return y of point `i`."""
    return PERIOD[i % len(PERIOD)]


def tell_to(path: str) -> Callable[[Any], None]:
    """Return the function that hands a result to whoever measures."""

    def tell(result: Any) -> None:
        part = Path(f"{path}.part")
        part.write_text(json.dumps(result), encoding="utf-8")
        part.replace(path)

    return tell


def busy(
    accept: Callable[[float, float], Any], redraw: Callable[[], Any] | None, seconds: float
) -> dict[str, float]:
    """Keep the cell busy: hand over points as fast as Python goes, and ask for a redraw 60 times a
    second.

    `redraw` None: the library decides itself when it draws.
    """
    clock, period, size = time.perf_counter, PERIOD, len(PERIOD)
    begin, count, redraws = time.time(), 0, 0
    due = now = clock()
    end = now + seconds
    while now < end:
        accept(count, period[count % size])
        count += 1
        now = clock()
        if now >= due and redraw is not None:
            redraw()
            redraws += 1
            due = max(due + 1 / HZ, clock())
    return {"begin": begin, "end": time.time(), "points": count, "redraws": redraws}


def single(publish: Callable[[float, float], Any], count: int, gap: float) -> dict[str, Any]:
    """Put single points on an idle plot, `gap` seconds apart and a little more by chance; return
    when.
    """
    dice = random.Random(1)
    times = []
    for i in range(count):
        time.sleep(gap + dice.random() * 0.1)
        times.append(time.time())
        publish(1000 + i, wave(37 * i))
    time.sleep(2 * gap)
    return {"published": times, "end": time.time()}
