"""What a page costs the machine that shows it: eight series at 60 frames a second, drawn in
software, and a plot at rest; and a thousand series that all publish ten times a second.
"""

from __future__ import annotations

import time
from typing import Final

import psutil
from browser import bare_page, stats
from feed import start_feed, stop_feed
from figures import Figure, Outcome, middle
from subject import Subject

SIZES: Final = ((900, 360), (1920, 1080))
"""Pixels of a frame under a cell, and of a whole screen."""


def page(*, quick: bool) -> Outcome:
    """The page's own cost: processor time of all processes of the browser."""
    figures = []
    seconds, times = (3, 1) if quick else (10, 5)
    for size in SIZES:
        figures += _cost(size, 1000, 8, seconds=seconds, times=times)
    figures += _cost(SIZES[0], 10, 1000, seconds=seconds, times=times)
    return Outcome(figures)


def _cost(
    size: tuple[int, int], rate: float, series: int, *, seconds: float, times: int
) -> list[Figure]:
    with Subject(process=True) as subject, bare_page(subject.url, size) as shown:
        subject.ask(start_feed, rate=rate, series=series, window=10)
        time.sleep(12)
        browser = [p for p in psutil.Process().children(recursive=True) if "chrom" in p.name()]
        shares, rates = [], []
        for _ in range(times):
            drawn, used, begin = stats(shown)["frames"], _used(browser), time.monotonic()
            time.sleep(seconds)
            passed = time.monotonic() - begin
            shares.append(100 * (_used(browser) - used) / passed)
            rates.append((stats(shown)["frames"] - drawn) / passed)
        subject.ask(stop_feed)
        time.sleep(2)
        drawn, used = stats(shown)["frames"], _used(browser)
        time.sleep(seconds)
        still = 100 * (_used(browser) - used) / seconds
        frames = stats(shown)["frames"] - drawn
    what = f"{series:,} series on {size[0]} x {size[1]} pixels"
    return [
        middle(
            shares,
            "page",
            f"{what}: the browser",
            "% of a core",
            goal=50 if series == 8 else None,
            note=f"{sorted(rates)[len(rates) // 2]:.0f} frames/s",
        ),
        Figure(
            "page",
            f"{what}, at rest: the browser",
            still,
            "% of a core",
            note=f"{frames} frames drawn",
        ),
    ]


def _used(processes: list[psutil.Process]) -> float:
    """Return the seconds of processor time that these have used."""
    return sum(sum(p.cpu_times()[:2]) for p in processes if p.is_running())
