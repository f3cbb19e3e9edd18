"""What an image of 1,000 rows a second, 1,024 values each, costs on one page: frames and bytes.

``python benchmarks/images.py`` prints what a second has cost, each second.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
from browser import forget, plot_page, received, stats, until
from figures import percentile

import zwsnb

RATE, BINS, WINDOW = 1_000, 1_024, 10
SECONDS = 15


def feed(plot: zwsnb.Plot, ended: threading.Event) -> None:
    """Add rows of noise with a moving tone, as many as are due."""
    rng = np.random.default_rng(1)
    noise = rng.normal(-60, 6, (64, BINS)).astype(np.float32)
    begin, done = time.perf_counter(), 0
    while not ended.is_set():
        due = int((time.perf_counter() - begin) * RATE)
        for number in range(done, due):
            row = np.roll(noise[number % 64], number)
            row[int(BINS * (0.5 + 0.4 * np.sin(number / 2_000)))] = 0
            plot.image(number / RATE, row)
        done = due
        time.sleep(0.002)


def main() -> None:
    """Measure, and print."""
    plot, ended = zwsnb.Plot("image", window=WINDOW, z_range=(-90, 0)), threading.Event()
    thread = threading.Thread(target=feed, args=(plot, ended), daemon=True)
    with plot_page(plot.url) as page:
        thread.start()
        until(lambda: stats(page)["points"] > (WINDOW + 1) * RATE, "a full window", 60)
        seconds = [_second(page) for _ in range(SECONDS)]
        ended.set()
        image = stats(page)["image"]
    thread.join()
    frames, kilobytes = zip(*seconds, strict=True)
    print(f"{image['columns']} columns of {image['height']} cells")
    for name, figures in (("frames/s", frames), ("kB/s", kilobytes)):
        low, middle, high = (percentile(list(figures), part) for part in (5, 50, 95))
        print(f"{name}: {middle:.0f} ({low:.0f} to {high:.0f})")
    zwsnb.stop()


def _second(page: Any) -> tuple[float, float]:
    forget(page)
    before, begin = stats(page), time.perf_counter()
    time.sleep(1)
    after, passed = stats(page), time.perf_counter() - begin
    return (after["frames"] - before["frames"]) / passed, received(page) / passed / 1000


if __name__ == "__main__":
    main()
