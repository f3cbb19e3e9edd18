"""A page with a line to the relay that fails in every way: its account adds up at every moment, and
it shows the newest point again when the line has healed, without a hand.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from support.chaos import FAULTS, Line, line
from support.lab import Plot, Stats, points_of
from support.pages import free_port

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def between() -> Iterator[Line]:
    """A line to the page's server."""
    port = free_port()
    with line(port) as made:
        zwsnb.start(port=port, hosts=[f"127.0.0.1:{made.port}"])
        yield made
        made.heal()
        zwsnb.stop()


@pytest.fixture
def plot(browser: Browser, between: Line) -> Iterator[Plot]:
    """A plot's page that has come by the line."""
    there = urlsplit(zwsnb.Plot("chaos").url)
    url = there._replace(netloc=f"127.0.0.1:{between.port}").geturl()
    page = browser.new_page()
    page.goto(url)
    yield Plot(page)
    page.close()


def go_on(start: int, seconds: float) -> int:
    """Publish 500 points/s for a while; look whether the accounts of the viewers add up."""
    plot, end = zwsnb.Plot("chaos"), time.monotonic() + seconds
    while time.monotonic() < end:
        for i in range(start, start + 5):
            plot.publish(i, i % 100)
        start += 5
        for viewer in zwsnb.stats()["plots"]["chaos"]["viewers"]:
            parts = [viewer[key] for key in ("delivered", "conflated", "dropped", "queued")]
            assert min(parts) >= 0
            assert sum(parts) == viewer["accepted"]
        time.sleep(0.01)
    return start


def is_live(published: int, stats: Stats) -> bool:
    """Return whether a page shows all points, and says that it is live."""
    return stats["state"] == "live" and points_of(stats) == published


def test_a_page_is_live_again_when_its_line_has_healed(between: Line, plot: Plot) -> None:
    chance, published = random.Random(1), go_on(0, 0.2)
    plot.until(partial(is_live, published), "live")
    for fault in FAULTS:
        between.break_(fault, chance)
        published = go_on(published, 1.0)
        between.heal()
        published = go_on(published, 0.1)
        plot.until(partial(is_live, published), f"live after {fault}")
    assert plot.stats()["faults"] == 0
