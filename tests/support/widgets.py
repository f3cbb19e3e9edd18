"""The page of a plot as a widget in an open notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from support import lab
from support.lab import Stats, points_of

HOST = ".zwsnb-widget"
"""The elements in whose shadow roots the pages are."""


class Widget:
    """One view of a widget; `index` counts those in the page."""

    def __init__(self, notebook: lab.Notebook, index: int = 0) -> None:
        self.notebook = notebook
        self.index = index

    @property
    def page(self) -> Page:
        """The notebook's page."""
        return self.notebook.page

    @property
    def host(self) -> Locator:
        """The element around it; a selector goes on into its shadow root."""
        return self.page.locator(HOST).nth(self.index)

    def stats(self) -> Stats:
        """Return what it says of itself; nothing while it is not there."""
        found: Stats = self.page.evaluate(
            "([host, i]) => document.querySelectorAll(host)[i]?.zwsnb?.stats() ?? {}",
            [HOST, self.index],
        )
        return found

    def until(self, holds: Callable[[Stats], Any], what: str, within: float = 30) -> Stats:
        """Return the statistics as soon as something holds of them."""

        def look() -> Stats:
            last.append(self.stats())
            return last[-1] if last[-1] and holds(last[-1]) else {}

        last: list[Stats] = []
        try:
            return self.notebook.until(look, what, within)
        except AssertionError as error:
            raise AssertionError(f"{error}; the widget says {last[-1:]}") from None

    def until_points(self, points: int, series: str = "y") -> Stats:
        """Wait until that many points of a series are painted; look at it, for one that is not on
        the screen gets none.
        """
        self.notebook.until(lambda: self.host.count() > 0, "a widget")
        self.host.scroll_into_view_if_needed()
        return self.until(lambda s: points_of(s, series) == points, f"{points:,} points")
