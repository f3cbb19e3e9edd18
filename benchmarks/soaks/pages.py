"""What a page in a browser holds, and whether it is live."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from playwright.sync_api import Page

FLAT: Final = 1.5e6
"""Bytes: what the heap of a page that is open for long may have more at the end than after a
quarter of the time.
"""
DIRECT: Final = build_opener(ProxyHandler({}))


def heap(page: Page) -> int:
    """Return the bytes of a page's heap, and of its frames', without garbage."""
    devtools = page.context.new_cdp_session(page)
    try:
        devtools.send("HeapProfiler.collectGarbage")
        return int(devtools.send("Runtime.getHeapUsage")["usedSize"])
    finally:
        devtools.detach()


def stats_of(url: str) -> dict[str, Any]:
    """Return the statistics of the service of a page's address."""
    parts = urlsplit(url)
    with DIRECT.open(f"{parts.scheme}://{parts.netloc}/stats?{parts.query}", timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found
