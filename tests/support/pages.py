"""Pages of zwsnb in a browser, without a notebook around them: opened, watched for what they must
not do, asked.
"""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Frame,
    Locator,
    Page,
    WebError,
)

from support.lab import Plot, end, until
from support.paths import ROOT

AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
SIZE: Final = {"width": 900, "height": 360}
"""Pixels of a page: those of a plot below a cell."""


@contextlib.contextmanager
def without_errors(context: BrowserContext) -> Iterator[None]:
    """A time in which no page of a user may run into an error of its own."""
    errors: list[str] = []

    def note(error: WebError) -> None:
        errors.append(error.error.stack or str(error.error))

    context.on("weberror", note)
    try:
        yield
    finally:
        context.remove_listener("weberror", note)
    assert not errors


@contextlib.contextmanager
def user(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A user of the browser, whose pages must not run into errors of their own."""
    made = browser.new_context(**{"viewport": SIZE, **options})
    with contextlib.closing(made) as context, without_errors(context):
        yield context


_empty_tabs: Final[WeakKeyDictionary[Browser, dict[str, Page]]] = WeakKeyDictionary()
"""Tabs that pages were shown in, by the options of their users. A new one is a new process of the
browser, which costs more than most tests do in it.
"""


@contextlib.contextmanager
def opened(browser: Browser, url: str, state: str = "live", **options: Any) -> Iterator[Page]:
    """A page of a user who has been nowhere, as soon as it is in a state."""
    options = {"viewport": SIZE, **options}
    empty, key = _empty_tabs.setdefault(browser, {}), repr(options)
    page = empty.pop(key, None) or browser.new_context(**options).new_page()
    page.set_viewport_size(options["viewport"])
    try:
        with without_errors(page.context):
            page.goto(url)
            Plot(page).until_state(state)
            yield page
            forget(page)
    except BaseException:
        page.context.close()
        raise
    empty[key] = page


def forget(page: Page) -> None:
    """Have a tab forget where it has been, and all that was stored there."""
    origin = page.evaluate("() => (sessionStorage.clear(), location.origin)")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    devtools.detach()
    # Behind another tab it would hardly be drawn.
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.bring_to_front()
    page.mouse.move(0, 0)
    page.goto("about:blank")


def until_points(page: Page, points: int) -> dict[str, Any]:
    """Wait until the page has so many points of all series, and has drawn since."""
    stats = Plot(page).until(lambda s: s["points"] >= points, f"{points} points")
    return Plot(page).until(lambda s: s["frames"] > stats["frames"] or s["frames"] > 2, "a picture")


def until_text(page: Page | Frame, selector: str, pattern: str) -> str:
    """Wait until an element says what a pattern matches."""

    def look() -> str:
        text = page.text_content(selector) or ""
        return text if re.search(pattern, text) else ""

    return until(
        look,
        f"{selector} that says {pattern}, and not {page.text_content(selector)!r}",
        # The page lives on meanwhile.
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


def bounds(element: Locator) -> FloatRect:
    """Return where an element is on the page, in pixels; it has to be seen."""
    box = element.bounding_box()
    assert box is not None, f"{element} is not on the page"
    return box


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page as it is now, by the rules of WCAG and by best
    practice.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { iframes: false })")
    return [
        f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}"
        for one in found["violations"]
    ]


@contextlib.contextmanager
def relay(port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A relay in a process of its own, and its page's address."""
    words = [sys.executable, "-m", "zwsnb", "serve", "--port", str(port)]
    with subprocess.Popen(words, text=True, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            end(process)


def kill(process: subprocess.Popen[str]) -> None:
    """End a process without a word."""
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def publish_as_json(
    address: str, messages: Sequence[dict[str, Any]], page: Page, heard_of: Collection[str]
) -> None:
    """Send points as a plain producer does, until the page has heard of some series.

    Again and again, for what a publisher sends before a subscriber is known reaches nobody.
    """
    import zmq

    context = zmq.Context()
    sender = context.socket(zmq.PUB)
    sender.connect(address)

    def heard() -> bool:
        for message in messages:
            sender.send(json.dumps(message).encode())
        return set(heard_of) <= set(Plot(page).stats()["series"])

    try:
        until(heard, "a point of a plain producer", pause=lambda _: page.wait_for_timeout(100))
    finally:
        context.destroy(linger=0)
