"""A user's hand on a page: gestures and keys in values of x and y, and what the page then says."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import zwsnb
from support.lab import Plot, Stats
from support.pages import opened

COUNT: Final = 2_000
X: Final = np.arange(COUNT) / 2
SINE: Final = 5 * np.sin(X / 100)
RAMP: Final = np.sqrt(X)
"""Two series of a plot that the tests of several modules look at."""


class Hand:
    """A page whose pixels are given as values of x and y of its plot."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plot = Plot(page)
        self.mouse = page.mouse

    def until(self, holds: Callable[[Stats], Any], what: str, within: float = 5.0) -> Stats:
        return self.plot.until(holds, what, within)

    def stats(self) -> Stats:
        return self.plot.stats()

    @property
    def range(self) -> tuple[float, float]:
        view = self.stats()["view"]
        return view["from"], view["to"]

    @property
    def y_range(self) -> tuple[float, float]:
        view = self.stats()["view"]
        return view["low"], view["high"]

    def box(self, panel: int = 0) -> dict[str, float]:
        """The plot area in pixels of the page."""
        corner = self.page.evaluate(
            "() => document.getElementById('plot').getBoundingClientRect().toJSON()"
        )
        box: dict[str, float] = self.stats()["panels"][panel]["box"]
        return box | {"left": corner["left"] + box["left"], "top": corner["top"] + box["top"]}

    def at(self, across: float, down: float, panel: int = 0) -> tuple[float, float]:
        """A place in the plot area, in fractions of it."""
        box = self.box(panel)
        return box["left"] + across * box["width"], box["top"] + down * box["height"]

    def place(self, x: float, y: float) -> tuple[float, float]:
        (begin, end), (low, high) = self.range, self.y_range
        return self.at((x - begin) / (end - begin), (high - y) / (high - low))

    def wheel(self, delta: float, *modifiers: str) -> None:
        for key in modifiers:
            self.page.keyboard.down(key)
        self.mouse.wheel(0, delta)
        for key in modifiers:
            self.page.keyboard.up(key)

    def drag(self, begin: tuple[float, float], end: tuple[float, float], *modifiers: str) -> None:
        for key in modifiers:
            self.page.keyboard.down(key)
        self.mouse.move(*begin)
        self.mouse.down()
        self.mouse.move(*end, steps=4)
        self.mouse.up()
        for key in modifiers:
            self.page.keyboard.up(key)

    def slide(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Put fingers down, move each from one place to another, and lift them."""
        session = self.page.context.new_cdp_session(self.page)

        def touch(kind: str, points: Sequence[tuple[float, float]]) -> None:
            touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        begins, ends = np.array([[self.at(*place) for place in way] for way in ways]).swapaxes(0, 1)
        touch("touchStart", begins.tolist())
        for part in (0.1, 0.4, 0.7, 1):
            touch("touchMove", (begins + part * (ends - begins)).tolist())
        touch("touchEnd", [])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def moved(self, before: tuple[float, float]) -> tuple[float, float]:
        """The range, as soon as it is another."""
        self.until(lambda s: (s["view"]["from"], s["view"]["to"]) != before, "another x-range")
        return self.range

    def moved_y(self, before: tuple[float, float]) -> tuple[float, float]:
        self.until(lambda s: (s["view"]["low"], s["view"]["high"]) != before, "another y-range")
        return self.y_range

    def rows(self, exact: bool = True) -> dict[str, tuple[float, float]]:
        """What the crosshair reads, as soon as that is the relay's word."""
        found = self.until(
            lambda s: (
                (s["crosshair"] or {}).get("rows")
                and all(row["exact"] == exact for row in s["crosshair"]["rows"])
            ),
            "what the crosshair reads",
        )
        return {row["name"]: (row["x"], row["y"]) for row in found["crosshair"]["rows"]}

    def text(self, pattern: str) -> str:
        """Return the text of the readout as soon as it matches a pattern, with plain spaces and
        minus signs.
        """

        def plain(s: Stats) -> str:
            return re.sub(r"\s+", " ", s["readout"]).replace("\u2212", "-")

        found = self.until(lambda s: re.search(pattern, plain(s)), f"a readout that says {pattern}")
        return plain(found)


HandOf = Callable[..., Hand]


@contextlib.contextmanager
def hand_of_900_by_400(browser: Browser) -> Iterator[Hand]:
    """Yield the hand of a page that is still to be opened, with a device pixel for each of its
    own.
    """
    context = browser.new_context(viewport={"width": 900, "height": 400}, device_scale_factor=1)
    yield Hand(context.new_page())
    context.close()


@contextlib.contextmanager
def hands(browser: Browser) -> Iterator[HandOf]:
    """Yield a function that opens the page of a plot, and returns when it has drawn all its
    points.
    """
    with contextlib.ExitStack() as stack:

        def open_page(plot: zwsnb.Plot, **options: Any) -> Hand:
            hand = Hand(stack.enter_context(opened(browser, plot.url, **options)))
            points = plot.stats()["points"]

            def painted(s: Stats) -> int:
                return sum(one["points"] for one in s["series"].values())

            hand.until(lambda s: painted(s) >= points and s["frames"] > 2, f"{points} points", 20)
            return hand

        yield open_page


def near(value: Any, tolerance: float = 1e-6) -> Any:
    return pytest.approx(value, rel=1e-6, abs=tolerance)


def shows(x: tuple[float, float], y: tuple[float, float], s: Stats) -> bool:
    """Say whether the plot shows these ranges."""
    view = s["view"]
    return (view["from"], view["to"]) == x and bool((view["low"], view["high"]) == near(y))


def has_crosshair(x: float, tolerance: float, s: Stats) -> bool:
    """Say whether the crosshair stands at x."""
    return bool(s["crosshair"]) and abs(s["crosshair"]["x"] - x) < tolerance


def has_points(plot: zwsnb.Plot, count: int) -> bool:
    """Say whether the relay has taken so many points of a plot."""
    return bool(plot.stats()["points"] == count)
