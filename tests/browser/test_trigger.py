"""A plot with a trigger in a real browser: sweeps, what the page says of them, a hand on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser
from support.lab import Plot
from support.pages import opened, until_text

import zwsnb

pytestmark = [pytest.mark.browser]

WINDOW = 10


@pytest.fixture
def scope() -> Iterator[zwsnb.Plot]:
    zwsnb.start()
    plot = zwsnb.Plot("scope", window=WINDOW, y_unit="V", y_range=(-1, 2))
    plot.trigger(level=0.5, pre=0.2, persist=2)
    yield plot
    zwsnb.stop()


def publish(plot: zwsnb.Plot, begin: int, end: int) -> None:
    """Publish a series that rises through a half at 19.5, 39.5, .."""
    x = np.arange(begin, end)
    plot.publish(x, np.where(x % 20 < 10, 1.0, 0.0))


def number(stats: dict[str, dict[str, dict[str, int]]]) -> int:
    sweep = stats["trigger"]["sweep"]
    return sweep["number"] if sweep else 0


def test_it_stands_at_the_newest_sweep_over_those_before(
    browser: Browser, scope: zwsnb.Plot
) -> None:
    with opened(browser, scope.url) as page:
        plot = Plot(page)
        until_text(page, "#status .triggered", r"^waiting for y to rise through 0\.5\sV$")
        publish(scope, 1, 36)
        seen = plot.until(lambda s: number(s) == 1 and s["view"]["from"] == 17.5, "a sweep")
        assert (seen["view"]["to"], seen["trigger"]["earlier"]) == (27.5, [])
        until_text(page, "#trigger", "^Triggered$")
        publish(scope, 36, 150)
        seen = plot.until(lambda s: number(s) == 7, "the newest one")
        assert seen["trigger"]["earlier"] == [1]
        page.keyboard.press("ArrowRight")
        plot.until(lambda s: s["view"]["mode"] == "range" and not number(s), "a look elsewhere")
        page.keyboard.press("Escape")
        plot.until(lambda s: number(s) == 7 and s["view"]["from"] == 137.5, "the sweep again")
    with opened(browser, scope.url) as page:
        seen = Plot(page).until(lambda s: number(s) == 7, "the newest one at once")
        assert seen["trigger"]["earlier"] == [5, 6]


def test_marks_stand_beside_the_trigger_while_it_runs(browser: Browser, scope: zwsnb.Plot) -> None:
    publish(scope, 1, 36)
    with opened(browser, scope.url) as page:
        plot = Plot(page)
        box = plot.until(lambda s: number(s) == 1, "a sweep")["panels"][0]["box"]
        top = page.evaluate("() => document.querySelector('#plot').getBoundingClientRect().top")
        for part in (0.3, 0.7):
            page.mouse.click(
                box["left"] + part * box["width"], top + box["top"] + box["height"] / 2
            )
            plot.until(lambda s: s["marks"]["b" if part > 0.5 else "a"], "a mark")  # noqa: B023
        before = plot.until(lambda s: s["figures"], "figures")["selection"]
        assert before["to"] - before["from"] == pytest.approx(4, abs=0.1)
        publish(scope, 36, 150)
        seen = plot.until(lambda s: number(s) == 7 and s["selection"]["from"] > 137, "the newest")
        assert seen["selection"]["from"] - before["from"] == pytest.approx(120)
        assert seen["selection"]["to"] - before["to"] == pytest.approx(120)


def test_a_hand_arms_it_and_moves_its_level(browser: Browser, scope: zwsnb.Plot) -> None:
    publish(scope, 1, 36)
    with opened(browser, scope.url) as page:
        plot = Plot(page)
        plot.until(lambda s: number(s) == 1, "a sweep")
        page.focus("#plot")
        page.keyboard.press("t")
        plot.until(lambda s: s["trigger"]["state"] == "waiting", "the trigger is armed")
        publish(scope, 36, 150)
        plot.until(lambda s: s["trigger"]["state"] == "stopped" and number(s) == 2, "one sweep")
        page.click("#trigger")
        page.click("#trigger-level")
        page.keyboard.press("Shift+ArrowUp")
        level = page.locator(".level-handle")
        page.wait_for_selector('.level-handle[aria-valuenow="0.8"]')
        assert level.get_attribute("aria-valuetext") == "0.8\N{NARROW NO-BREAK SPACE}V"
        page.click("#trigger")
        page.click("#trigger-roll")
        plot.until(lambda s: s["view"]["to"] >= 149 and not number(s), "it rolls")
        level.wait_for(state="hidden")
    assert scope.stats()["options"]["trigger"]["mode"] == "roll"
