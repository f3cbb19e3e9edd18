"""Plots with `link="x"`, on two pages of one browser: zoom and crosshair are shared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support.hand import Hand

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]


@pytest.fixture
def pair(browser: Browser) -> Iterator[list[Hand]]:
    """Two linked plots of other lengths, in two tabs of a user."""
    plots = [zwsnb.Plot(name, link="x") for name in ("first of two", "second of two")]
    for plot, count in zip(plots, (1000, 700), strict=True):
        plot.publish(range(count), [x % 7 for x in range(count)])
    context = browser.new_context(viewport={"width": 900, "height": 400})
    found = []
    for plot in plots:
        page = context.new_page()
        page.goto(plot.url)
        found.append(Hand(page))
        found[-1].until(lambda s: s["points"] > 0 and s["panels"], "points")
    yield found
    context.close()


def test_zoom_and_crosshair_are_shared_between_two_pages(pair: list[Hand]) -> None:
    one, other = pair
    one.page.bring_to_front()
    one.mouse.move(*one.at(0.25, 0.5))
    one.wheel(-240)
    one.until(lambda s: s["view"]["mode"] == "range", "closer")
    other.page.bring_to_front()
    seen = one.range
    other.until(lambda s: (s["view"]["from"], s["view"]["to"]) == seen, "the same range")

    x = one.until(lambda s: s["crosshair"], "a crosshair")["crosshair"]["x"]
    led = other.until(lambda s: s["crosshair"], "a crosshair")["crosshair"]
    assert led["x"] == x
    assert led["rows"], "values are read there"

    other.page.keyboard.press("0")
    one.page.bring_to_front()
    one.until(lambda s: s["view"]["mode"] == "all", "everything, of the other's doing")
    assert one.range == (0, 999), "each has its own points"
