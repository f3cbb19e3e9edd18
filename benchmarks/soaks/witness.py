"""A page in a browser that is looked at by a thread of its own, since Playwright's loop and the
blocking clients of Jupyter get on in no thread together.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import Final, Self

from browser import chromium, stats, until
from playwright.sync_api import Page

PATIENCE: Final = 30.0


class Witness(threading.Thread):
    """Opens the page of a plot, and notes when it says that it is not live any more."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._orders: queue.Queue[str] = queue.Queue()
        self._answers: queue.Queue[float | Exception] = queue.Queue()

    def __enter__(self) -> Self:
        self.start()
        return self

    def watch(self, url: str) -> None:
        """Open a page; return when it is live."""
        self._orders.put(url)
        self._answer()

    def gone(self) -> float:
        """Return when the page said that it is not live, by `time.monotonic`."""
        return self._answer()

    def _answer(self) -> float:
        answer = self._answers.get(timeout=2 * PATIENCE)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run(self) -> None:
        """Do what is asked for, in a browser of its own, until it is left."""
        with chromium() as browser:
            page = browser.new_page()
            while url := self._orders.get():
                try:
                    self._look(page, url)
                except Exception as error:  # noqa: BLE001 - raised where it is waited for
                    self._answers.put(error)

    def _look(self, page: Page, url: str) -> None:
        page.goto(url)
        until(lambda: stats(page)["state"] == "live", "a live page", PATIENCE)
        self._answers.put(time.monotonic())
        until(lambda: stats(page)["state"] != "live", "a page that says so", PATIENCE)
        self._answers.put(time.monotonic())

    def __exit__(self, *_: object) -> None:
        self._orders.put("")
        self.join(PATIENCE)
