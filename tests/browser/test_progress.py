"""A range of x that is to be filled, and large figures above it: in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support.lab import Plot
from support.pages import opened, until_text

import zwsnb

pytestmark = [pytest.mark.browser]


@pytest.fixture
def url() -> Iterator[str]:
    zwsnb.start()
    yield zwsnb.Plot("run", x_range=(0, 1000), tiles=["loss"], y_unit="V").url
    zwsnb.stop()


def test_the_whole_range_is_seen_from_the_start_with_how_far_it_is(
    browser: Browser, url: str
) -> None:
    with opened(browser, url) as page:
        plot = Plot(page)
        plot.until(lambda s: s["view"]["to"] == 1000, "the whole range, without points")
        zwsnb.publish(range(250), [3.0] * 249 + [2.5], series="loss", plot="run")
        until_text(page, "#status .advance", r"^24\s%")
        seen = plot.until(lambda s: s["points"] == 250, "points")["view"]
        assert (seen["mode"], seen["from"], seen["to"]) == ("all", 0, 1000)
        until_text(page, "#tiles .tile-value", r"^2.5\d*\sV$")
        until_text(page, "#tiles .tile-change", r"^▼ 0\.500\sV")
        box = plot.stats()["panels"][0]["box"]
        page.hover("#plot", position={"x": box["left"] + 5, "y": box["top"] + 50})
        page.mouse.wheel(0, -300)
        zoomed = plot.until(lambda s: s["view"]["mode"] == "range", "a zoom that stays")["view"]
        assert zoomed["to"] < 1000
        page.click("#everything")
        plot.until(lambda s: s["view"]["to"] == 1000, "all of it again")
        page.set_viewport_size({"width": 400, "height": 200})
        page.locator("#tiles").wait_for(state="hidden")
