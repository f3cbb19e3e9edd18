"""Derived series on the page, and the slider by which a hand smooths a series."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.hand import HandOf
from support.lab import Stats

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]


@pytest.fixture
def plot(numbers: Iterator[int]) -> zwsnb.Plot:
    return zwsnb.Plot(f"derived {next(numbers)}")


def test_a_derived_series_is_a_series_like_any_other(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    plot.style(panels=[["y"], ["other"]], series={"y": {"axis": "right"}})
    plot.derive("mean(y, 2)")
    plot.publish([0, 1, 2], y=[0, 2, 4], other=[1, 1, 1])
    hand = hand_of(plot)
    stats = hand.until(lambda s: s["points"] == 9 and len(s["panels"]) == 2, "nine points")
    assert stats["series"]["mean(y, 2)"]["lastY"] == 3
    assert stats["series"]["mean(y, 2)"]["color"] == stats["series"]["y"]["color"]
    # It stands where its source does.
    assert stats["panels"][0]["series"] == ["y", "mean(y, 2)"]
    hand.page.locator("#legend, .panel .legend").get_by_text("right").nth(1).wait_for()
    plot.remove("mean(y, 2)")
    hand.until(lambda s: list(s["series"]) == ["y", "other"], "it is gone")


def last_of(stats: Stats, name: str) -> float:
    last: float | None = stats["series"].get(name, {}).get("lastY")
    return last or 0.0


def test_the_slider_smooths_on_every_page_until_it_is_off(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    plot.publish([0, 1, 2], [0, 2, 4])
    hand, other = hand_of(plot), hand_of(plot)
    hand.until(lambda s: s["points"] == 3, "three points")
    hand.page.locator("button.series").focus()
    hand.page.keyboard.press("Shift+F10")
    hand.page.locator("#series-smooth").focus()
    hand.page.keyboard.press("Enter")
    hand.page.keyboard.press("End")
    other.until(lambda s: "y smoothed" in s["series"], "the other page has it")
    # By 0.999, without a bias to 0, it is all but the mean.
    hand.until(lambda s: abs(last_of(s, "y smoothed") - 2) < 0.01, "the mean")
    hand.page.keyboard.press("Home")
    hand.page.keyboard.press("Escape")
    for page in (hand, other):
        page.until(lambda s: list(s["series"]) == ["y"], "it is off")
    assert hand.page.evaluate("() => document.activeElement.className") == "series"
