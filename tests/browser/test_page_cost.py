"""What the page costs: bytes, the first paint, and memory that does not grow."""

from __future__ import annotations

import gzip
import math
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from support.lab import Plot
from support.pages import opened, user
from support.paths import ROOT

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATIC = ROOT / "static"
SECONDS = 18
"""`make soak` takes an hour (R13)."""
PER_SECOND = 1_000
FLAT = 1.0e6
"""Bytes: what a heap may have more at the end than when it had settled."""


def test_the_bundles_are_under_300_kb_gzipped() -> None:
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9))
        for path in (STATIC / "dist").glob("*.js")
    }
    assert sizes.keys() == {"zwsnb.js", "plots.js", "live.js", "widget.js", "saved.js"}
    # No page loads it: it stands in saved ones.
    assert sizes.pop("saved.js") < 150_000
    assert sum(sizes.values()) < 300_000
    # It stands in each notebook that shows a plot.
    assert sizes["live.js"] < 5_000


@pytest.fixture
def plot() -> Iterator[zwsnb.Plot]:
    zwsnb.start()
    yield zwsnb.Plot("cheap", window=10)
    zwsnb.stop()


def test_the_first_paint_is_within_300_ms(browser: Browser, plot: zwsnb.Plot) -> None:
    plot.publish(range(1_000), range(1_000))
    with user(browser) as context:
        paints = [first_paint(context.new_page(), plot.url) for _ in range(5)]
    assert min(paints) <= 300, f"after {paints} ms"


def first_paint(page: Page, url: str) -> float:
    page.goto(url)
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    found: float = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    page.close()
    return found


def test_the_heap_stays_flat_at_1000_points_a_second(browser: Browser, plot: zwsnb.Plot) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stream, args=(plot, stop))
    with opened(browser, plot.url) as page:
        devtools = page.context.new_cdp_session(page)
        thread.start()
        try:
            heaps = measured(page, devtools, SECONDS)
        finally:
            stop.set()
            thread.join()
    settled = heaps[len(heaps) // 3 :]
    assert settled[-1] - settled[0] < FLAT, f"{heaps} bytes"


def test_what_the_page_holds_stays_flat_in_a_loop_over_short_runs(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    """Each run is another series, of which the last 20 are there."""
    with opened(browser, plot.url) as page:
        devtools = page.context.new_cdp_session(page)
        heaps = []
        for _ in range(3):
            for _ in range(100):
                plot.publish(range(50), range(50))
                page.wait_for_timeout(10)
            heaps.append(held(devtools))
    assert heaps[-1] - heaps[0] < FLAT, f"{heaps} bytes"


@pytest.mark.long
def test_the_compiler_is_done_with_the_page_after_its_first_seconds(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    """A function compiled for what it then does not get is compiled anew with every frame: this was
    a third of what a plot cost.
    """
    stop = threading.Event()
    thread = threading.Thread(target=stream, args=(plot, stop, 10 * PER_SECOND, random.random))
    with opened(browser, plot.url) as page:
        thread.start()
        try:
            frames_after(page, 240)
            given_up = deoptimised(page, frames=180)
        finally:
            stop.set()
            thread.join()
    assert given_up < 60, f"{given_up} times in 180 frames"


def frames_after(page: Page, more: int) -> None:
    """Wait until the page has drawn so many frames more."""
    before = Plot(page).stats()["frames"]
    Plot(page).until(lambda s: s["frames"] >= before + more, f"{more} frames more")


def deoptimised(page: Page, frames: int) -> int:
    """Return how often V8 has thrown compiled code away while the page drew so many frames."""
    devtools = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    over: list[object] = []
    devtools.on("Tracing.dataCollected", lambda found: events.extend(found["value"]))
    # Playwright's bridge takes no method of C.
    devtools.on("Tracing.tracingComplete", lambda found: over.append(found))  # noqa: PLW0108
    devtools.send(
        "Tracing.start",
        {
            "transferMode": "ReportEvents",
            "traceConfig": {"includedCategories": ["v8", "devtools.timeline"]},
        },
    )
    frames_after(page, frames)
    devtools.send("Tracing.end")
    while not over:
        page.wait_for_timeout(50)
    assert any(event["name"] == "FunctionCall" for event in events), "nothing was traced"
    return sum(event["name"] == "V8.DeoptimizeCode" for event in events)


def stream(
    plot: zwsnb.Plot,
    stop: threading.Event,
    per_second: int = PER_SECOND,
    value: Callable[[], float] = lambda: math.sin(time.monotonic()),
) -> None:
    begin, i = time.monotonic(), 0
    while not stop.wait(0.01):
        due = int((time.monotonic() - begin) * per_second)
        plot.publish([n / per_second for n in range(i, due)], [value() for _ in range(i, due)])
        i = due


def measured(page: Page, devtools: CDPSession, seconds: float, every: float = 2) -> list[float]:
    """Return what the page holds, garbage apart, every few seconds; it draws all the while."""
    heaps = []
    before = Plot(page).until(lambda s: s["points"] > 0, "the first points")["frames"]
    for _ in range(math.ceil(seconds / every)):
        page.wait_for_timeout(1000 * every)
        heaps.append(held(devtools))
    assert Plot(page).stats()["frames"] > before + 5 * seconds
    return heaps


def held(devtools: CDPSession) -> float:
    """Return how many bytes a page holds, garbage apart: objects, and the numbers of its points."""
    devtools.send("HeapProfiler.collectGarbage")
    usage = devtools.send("Runtime.getHeapUsage")
    return float(usage["usedSize"] + usage["backingStorageSize"])
