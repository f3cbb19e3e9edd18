"""A browser, and what is pointed at in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page
from small_png import has_pillow, small
from support import lab

import zwsnb

ROOT: Final = Path(__file__).resolve().parent.parent.parent
FOLDER: Final = ROOT / "docs/guide"
WIDTH: Final = 900


class Camera:
    """A browser, and what is pointed at in it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @contextlib.contextmanager
    def page(
        self, url: str, height: int = 360, scheme: Any = "light", scale: int = 2
    ) -> Iterator[Shot]:
        """A page as it is below a cell."""
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": height},
            device_scale_factor=scale if has_pillow() else 1,
            color_scheme=scheme,
            timezone_id="UTC",
            locale="en-GB",
        )
        page = context.new_page()
        page.goto(url)
        yield Shot(page)
        context.close()

    @contextlib.contextmanager
    def plot(self, plot: zwsnb.Plot, points: int, **look: Any) -> Iterator[Shot]:
        """The page of a plot, as soon as it has drawn so many points."""
        with self.page(plot.url, **look) as shot:
            shot.until(lambda s: s["points"] >= points, f"{points} points")
            shot.settle()
            yield shot


class Shot:
    """A page, in the words of its plot: values of x and y instead of pixels."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plot = lab.Plot(page)

    def until(self, holds: Callable[[Any], Any], what: str) -> dict[str, Any]:
        """Wait for what the page says of itself."""
        return self.plot.until(holds, what)

    def settle(self, seconds: float = 0.8) -> None:
        """Wait until what moves has come to rest."""
        self.page.wait_for_timeout(1000 * seconds)

    def at(self, x: float, share: float, panel: int = 0) -> tuple[float, float]:
        """Return where x is on the page, at a share of the panel's height from above."""
        corner = self.page.evaluate(
            "() => document.getElementById('plot').getBoundingClientRect().toJSON()"
        )
        found = self.plot.stats()["panels"][panel]
        box, axis = found["box"], found["x"]
        across = (x - axis["low"]) / (axis["high"] - axis["low"])
        left = corner["left"] + box["left"] + across * box["width"]
        return left, corner["top"] + box["top"] + share * box["height"]

    def point(self, x: float, share: float, panel: int = 0) -> None:
        """Move the pointer there."""
        at = self.at(x, share, panel)
        self.page.mouse.move(at[0] + 3, at[1])
        self.page.mouse.move(*at)

    def zoom_to(self, x: float, span: float) -> None:
        """Turn the wheel over x until little else is seen."""
        while (view := self.plot.stats()["view"])["to"] - view["from"] > span:
            self.point(x, 0.4)
            self.page.mouse.wheel(0, -250)
            seen = view["to"] - view["from"]
            self.until(lambda s: s["view"]["to"] - s["view"]["from"] < seen, "a closer look")  # noqa: B023

    def save(self, name: str) -> None:
        """Save the picture."""
        path = FOLDER / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small(self.page.screenshot(animations="disabled")))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")
