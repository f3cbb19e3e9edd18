"""R12: texts that are scripts, wherever a program may put a text, in a real browser."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

import accounts
import zmq
from browser import PLOT_SIZE, chromium, until
from figures import Figure
from playwright.sync_api import Browser, Error, Page
from subject import Subject
from support.hostile_names import HOSTILE, Traces

from soaks.bursts import read_stats

# -- in the measured process -----------------------------------------------------------------------


def publish(texts: list[str]) -> dict[str, Any]:
    """Give plots, series and marks these names; return the addresses of the pages."""
    import zwsnb
    from zwsnb import api

    plot = zwsnb.Plot("of hostile names")
    for i, text in enumerate(texts):
        plot.publish([0, 1], {text: [i, i + 1]})
        plot.mark(i / len(texts), text)
        zwsnb.Plot(text).publish(i, i)
    api.publisher.flush(10)
    service: Any = api.service()
    return {
        "plot": plot.url,
        "named": [zwsnb.Plot(text).url for text in texts],
        "json": service.url("of JSON"),
        "listen": zwsnb.stats()["listening"][0],
    }


def style(text: str) -> int:
    """Put a text wherever an option is one."""
    import zwsnb

    labels: dict[str, Any] = dict.fromkeys(("title", "x_label", "y_label", "y2_label"), text)
    notes: dict[str, Any] = {"lines": [(1, text)], "regions": [(0, 1, text)], "y_unit": text[:20]}
    zwsnb.Plot("of hostile names").style(**labels, **notes)
    return 0


# -- outside ---------------------------------------------------------------------------------------


def r12(*, minutes: float, quick: bool) -> list[Figure]:
    """R12: script-injection strings as names, labels, titles, marks and JSON."""
    del minutes
    texts = HOSTILE[::10] if quick else HOSTILE
    figures, armed = [], 0
    for bypass_csp in (False, True):
        # A service for each: in the second one nothing is there already.
        with Subject(listen=["tcp://127.0.0.1:*"]) as subject, chromium() as browser:
            armed = armed or _armed(browser, texts)
            traces = [
                trace for seen in _looks(subject, browser, texts, bypass_csp) for trace in seen
            ]
            accounts.check(subject.ask(read_stats))
        how = "without" if bypass_csp else "with"
        what = f"what {len(texts)} strings ran or made in a page {how} a content security policy"
        note = "; ".join([f"{armed} of them run where they are taken for HTML", *traces[:3]])
        figures.append(Figure("R12", what, len(traces), "", goal=0, note=note))
    return figures


def _armed(browser: Browser, texts: list[str]) -> int:
    """Return how many of the texts run in a page that takes them for HTML: what this looks for is
    found where it is.
    """
    page, ran = browser.new_page(), 0
    for text in texts:
        with contextlib.suppress(Error):  # it has led the page elsewhere
            page.set_content(f"<p>{text}</p>")
            page.wait_for_timeout(30)
            ran += page.evaluate("() => window.pwned !== undefined")
            page.evaluate("() => { delete window.pwned; }")
    page.close()
    return ran


def _looks(
    subject: Subject,
    browser: Browser,
    texts: list[str],
    bypass_csp: bool,  # noqa: FBT001 - as Playwright has it
) -> Iterator[list[str]]:
    """Show the texts in every place that there is; yield what each place has run."""
    at = subject.ask(publish, texts=texts)
    width, height = PLOT_SIZE
    page = browser.new_page(bypass_csp=bypass_csp, viewport={"width": width, "height": height})
    traces = Traces(page)
    page.goto(at["plot"])
    _until_series(page, texts)
    for text in texts:
        subject.ask(style, text=text)
        _until_title(page, text)
    page.mouse.move(width / 2, height / 2)
    page.wait_for_timeout(200)  # for the readout
    yield traces.found()
    for url in at["named"]:
        page.goto(url)
        _until_series(page, ["y"])
        yield traces.found()
    page.goto(at["json"])
    _until_state(page)
    _send_as_json(at["listen"], texts, page)
    yield traces.found()


def _stats(page: Page) -> dict[str, Any]:
    said = page.evaluate("() => JSON.stringify(window.zwsnb?.stats() ?? {state: 'loading'})")
    found: dict[str, Any] = json.loads(said)
    return found


def _until_state(page: Page) -> None:
    until(lambda: _stats(page)["state"] == "live", "a live page")


def _until_title(page: Page, text: str) -> None:
    title = "() => document.querySelector('#title')?.textContent"
    until(lambda: page.evaluate(title) == text, "the title")


def _until_series(page: Page, names: list[str]) -> None:
    until(lambda: set(_stats(page).get("series", ())) == {*names}, "every series")


def _send_as_json(address: str, texts: list[str], page: Page) -> None:
    """Send points as a plain program does, until the page has heard of all series: what is sent
    before a subscription has come is lost.
    """
    points = [{"x": 1, "y": 2, "series": text, "plot": "of JSON"} for text in texts]
    with zmq.Context() as context, context.socket(zmq.PUB) as sock:
        sock.connect(address)
        end = time.monotonic() + 10
        while set(_stats(page).get("series", ())) != {*texts} and time.monotonic() < end:
            for point in points:
                sock.send(json.dumps(point).encode())
            page.wait_for_timeout(100)
    _until_series(page, texts)
