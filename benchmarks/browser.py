"""A real Chromium, and what `page.js` has noted in its pages. How it is found and started is the
tests' business.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.lab import find_browser, launch, until

__all__ = [
    "acks",
    "bare_page",
    "chromium",
    "context",
    "draws",
    "find_browser",
    "forget",
    "plot_page",
    "received",
    "stats",
    "until",
    "window",
]

SCRIPT: Final = Path(__file__).with_name("page.js")
PLOT_SIZE: Final = (1000, 400)
"""Pixels of a window that shows one plot."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser without a window."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@contextmanager
def context(browser: Browser, size: tuple[int, int] = PLOT_SIZE) -> Iterator[BrowserContext]:
    """Give pages that share nothing with others, all watched by `page.js`."""
    made = browser.new_context(viewport={"width": size[0], "height": size[1]})
    try:
        made.add_init_script(path=SCRIPT)
        yield made
    finally:
        made.close()


@contextmanager
def window(browser: Browser, url: str, size: tuple[int, int] = PLOT_SIZE) -> Iterator[Page]:
    """Open a page in a context of its own."""
    with context(browser, size) as made:
        page = made.new_page()
        page.goto(url)
        yield page


@contextmanager
def plot_page(url: str, size: tuple[int, int] = PLOT_SIZE) -> Iterator[Page]:
    """Show a plot of zwsnb in a browser of its own, connected."""
    with chromium() as browser, window(browser, url, size) as page:
        until(lambda: stats(page)["state"] == "live", "a connected page")
        yield page


@contextmanager
def bare_page(url: str, size: tuple[int, int] = PLOT_SIZE) -> Iterator[Page]:
    """Show a plot as `plot_page` does, without the benchmarks' own script in it, which costs time
    and remembers every draw.
    """
    with chromium() as browser:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(url)
        until(lambda: stats(page)["state"] == "live", "a connected page")
        yield page


def stats(page: Page | Frame) -> dict[str, Any]:
    """Return what the plot's page says of itself."""
    said = page.evaluate("JSON.stringify(window.zwsnb?.stats() ?? {state: 'loading'})")
    found: dict[str, Any] = json.loads(said)
    return found


def draws(page: Page) -> list[float]:
    """Return when the document that draws most has drawn, in seconds since 1970."""
    return max((_noted(frame, "draws") or [] for frame in page.frames), key=len)


def received(page: Page) -> int:
    """Return the bytes that came over the WebSockets of all documents."""
    return sum(_noted(frame, "bytes") or 0 for frame in page.frames)


def _noted(frame: Frame, what: str) -> Any:
    try:
        return frame.evaluate(f"globalThis.bench?.{what}")
    except Error:
        return None  # the document is being replaced


def forget(page: Page) -> None:
    """Begin to note anew."""
    for frame in page.frames:
        frame.evaluate("globalThis.bench?.forget()")


def acks(page: Page | Frame) -> list[float]:
    """Return when a plot's page has said that it has painted."""
    found: list[float] = page.evaluate(
        "bench.sent.filter(([, said]) => said.includes('\"ack\"')).map(([time]) => time)"
    )
    return found
