"""A page that is open for long: ``python benchmarks/page_soak.py --minutes 60`` streams 1,000
points a second, and prints the page's heap, garbage apart, and its frames once a minute; it fails
when the heap is not flat.
"""

from __future__ import annotations

import argparse
import math
import sys
import threading
import time
from typing import Final

from browser import bare_page, stats
from playwright.sync_api import Page

import zwsnb

PER_SECOND: Final = 1_000
SERIES: Final = 4
WINDOW: Final = 30
"""Seconds of x that the page follows."""
FLAT: Final = 1.5e6
"""Bytes: what the heap may have more at the end than after a quarter of the time."""


def stream(plot: zwsnb.Plot, stop: threading.Event) -> None:
    """Publish points when they are due, a few at a time."""
    begin, i = time.monotonic(), 0
    while not stop.wait(0.01):
        due = int((time.monotonic() - begin) * PER_SECOND / SERIES)
        x = [n * SERIES / PER_SECOND for n in range(i, due)]
        for phase in range(SERIES):
            plot.publish(
                x, [math.sin(n / 500 + phase) for n in range(i, due)], series=f"sine {phase}"
            )
        i = due


def watch(page: Page, minutes: float) -> list[int]:
    """Return the page's heap once a minute, or twelve times in all if that is oftener."""
    devtools = page.context.new_cdp_session(page)
    every = min(60.0, 5 * minutes)
    heaps: list[int] = []
    for i in range(math.ceil(60 * minutes / every)):
        page.wait_for_timeout(1000 * every)
        devtools.send("HeapProfiler.collectGarbage")
        heaps.append(int(devtools.send("Runtime.getHeapUsage")["usedSize"]))
        said = stats(page)
        print(
            f"{(i + 1) * every / 60:7.2f} min: {heaps[-1] / 1e6:6.2f} MB, "
            f"{said['points']:,} points, {said['fps']:.0f} frames/s",
            flush=True,
        )
    return heaps


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: %(default)s)")
    arguments = parser.parse_args()
    zwsnb.start()
    plot, stop = zwsnb.Plot("soak", window=WINDOW), threading.Event()
    thread = threading.Thread(target=stream, args=(plot, stop), daemon=True)
    thread.start()
    try:
        with bare_page(plot.url) as page:
            heaps = watch(page, arguments.minutes)
    finally:
        stop.set()
        thread.join()
        zwsnb.stop()
    grown = heaps[-1] - heaps[len(heaps) // 4]
    print(f"grown by {grown / 1e6:.2f} MB: {'flat' if grown < FLAT else 'NOT flat'}")
    return int(grown >= FLAT)


if __name__ == "__main__":
    sys.exit(main())
