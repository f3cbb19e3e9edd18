"""How cost grows: with the points held, the viewers, the series, the rate. One figure of each in
docs/.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any, Final

import charts
import psutil
from browser import plot_page, received, stats, until
from feed import start_feed, stop_feed
from figures import Outcome, percentile
from opening import hold
from subject import Subject
from traffic import relay_share
from zoom import look_around

DOCS: Final = Path(__file__).parent.parent / "docs"


def growth(*, quick: bool) -> Outcome:
    """How cost grows with points, viewers, series and rate."""
    tables = {
        "points": [_points(10**e) for e in range(4, 8 if quick else 9)],
        "viewers": [
            _viewers(n, 4 if quick else 10)
            for n in ([1, 10, 50] if quick else [1, 2, 5, 10, 20, 50, 100, 200])
        ],
        "series": [
            _series(n, 3 if quick else 8)
            for n in ([1, 8, 64] if quick else [1, 2, 4, 8, 16, 32, 64])
        ],
        "rate": [_rate(10**e, 3 if quick else 8) for e in range(2, 7)],
    }
    charts.draw(tables, DOCS)
    return Outcome(tables=tables)


def _points(points: int) -> dict[str, Any]:
    """Points held: what a look elsewhere costs the relay, and the memory."""
    with Subject(memory="4 GB") as subject:
        held = subject.ask(hold, points=points)
        assert held == points, "every point is held"
        costs = subject.ask(look_around, count=200)
        grown = psutil.Process(subject.pid).memory_info().rss
    return {
        "points": points,
        "look p50 ms": percentile(costs, 50),
        "look p99 ms": percentile(costs, 99),
        "process MB": grown / 1e6,
    }


def _viewers(count: int, seconds: float) -> dict[str, Any]:
    """Viewers of one plot, 30 acknowledgements a second each, a million points a second: the
    relay's processor time.
    """
    found = relay_share(count, seconds)
    return {
        "viewers": count,
        "relay %": statistics.median(found["shares"]),
        "patches/s": found["fps"],
        "gap p99 ms": 1000 * found["gap99"],
    }


def _series(count: int, seconds: float) -> dict[str, Any]:
    """Series of one plot, 10,000 points a second each, window of 10 s: frames, bytes, the relay's
    processor time.
    """
    return {"series": count} | _watched(seconds, rate=10_000, series=count)


def _rate(rate: int, seconds: float) -> dict[str, Any]:
    """Points a second, window of 10 s: frames, bytes, the relay's processor time."""
    return {"points/s": rate} | _watched(seconds, rate=rate)


def _watched(seconds: float, **feed: Any) -> dict[str, Any]:
    with Subject(process=True) as subject, plot_page(subject.url) as page:
        subject.ask(start_feed, window=10, **feed)
        until(lambda: stats(page).get("points"), "points", 30)
        time.sleep(11)
        relay = psutil.Process(subject.relay)
        relay.cpu_percent()
        frames, read, begin = stats(page)["frames"], received(page), time.perf_counter()
        time.sleep(seconds)
        share, passed = relay.cpu_percent(), time.perf_counter() - begin
        frames, read = stats(page)["frames"] - frames, received(page) - read
        subject.ask(stop_feed)
    return {"frames/s": frames / passed, "kB/s": read / passed / 1000, "relay %": share}
