"""What can be done with a series in its legend: by the right button, a finger, keys; for all pages.
In a real browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from support.hand import Hand, HandOf
from support.pages import bounds, opened, violations

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

STEPS = range(100)


@pytest.fixture
def plot(numbers: Iterator[int]) -> zwsnb.Plot:
    """A plot of three runs of one series, and another series."""
    made = zwsnb.Plot(f"legend {next(numbers)}")
    for y in (1, 2, 3):
        made.publish(STEPS, [y] * 100, series="loss")
    made.publish(STEPS, [4] * 100, series="rate")
    return made


def names(page: Page) -> list[str]:
    return page.locator("#legend .name").all_text_contents()


def until_names(hand: Hand, *expected: str) -> None:
    """Wait until both the page's model and its legend have these series, with their values."""
    hand.until(lambda s: list(s["series"]) == list(expected), f"{expected}")
    hand.until(
        lambda _: (
            names(hand.page) == list(expected)
            and "\u2013" not in hand.page.locator("#legend .value").all_text_contents()
        ),
        f"a legend of {expected}",
    )


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=False).filter(
        has=page.get_by_text(name, exact=True)
    )


def menu(page: Page) -> Locator:
    return page.locator("#series-menu")


def room(stats: dict[str, Any]) -> float:
    """Return the height of the plot in pixels."""
    return float(stats["panels"][0]["box"]["height"])


def hidden(stats: dict[str, Any]) -> set[str]:
    return {name for name, one in stats["series"].items() if one["hidden"]}


# --- the menu ---


def test_the_right_button_opens_a_menu_that_stays_and_does_what_it_says(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    hand = hand_of(plot)
    row(hand.page, "loss (1)").click(button="right")
    assert menu(hand.page).is_visible(), "although the button was released"
    assert hand.page.get_by_role("menu", name="loss (1)").is_visible()
    assert hand.page.get_by_role("menuitem").all_text_contents() == [
        "Hide",
        "Show alone",
        "Smooth…",
        "Rename…",
        "Remove",
    ]
    hand.page.get_by_role("menuitem", name="Hide").click()
    hand.until(lambda s: hidden(s) == {"loss (1)"}, "a hidden run")
    assert menu(hand.page).is_hidden()
    row(hand.page, "rate").click(button="right")
    hand.page.get_by_role("menuitem", name="Show alone").click()
    hand.until(lambda s: hidden(s) == {"loss", "loss (1)", "loss (2)"}, "one alone")
    row(hand.page, "rate").click(button="right")
    hand.page.get_by_role("menuitem", name="Show all").click()
    hand.until(lambda s: not hidden(s), "all again")


@pytest.mark.parametrize("key", ["ContextMenu", "Shift+F10"])
def test_keys_open_it_and_escape_leads_back_to_the_row(
    plot: zwsnb.Plot, hand_of: HandOf, key: str
) -> None:
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    row(hand.page, "loss").focus()
    hand.press("ArrowRight", key)
    assert hand.page.get_by_role("menu", name="loss (2)").is_visible()
    hand.press("ArrowDown", "Escape")
    assert menu(hand.page).is_hidden()
    assert row(hand.page, "loss (2)").evaluate("(one) => one === document.activeElement")
    assert hand.stats()["state"] == "live", "no key has reached the plot"


def test_a_press_elsewhere_closes_it(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    hand = hand_of(plot)
    row(hand.page, "loss").click(button="right")
    hand.mouse.click(*hand.at(0.5, 0.5))
    assert menu(hand.page).is_hidden()
    row(hand.page, "loss").click(button="right")
    row(hand.page, "rate").click(button="right")
    assert hand.page.get_by_role("menu", name="rate").is_visible()


def test_a_finger_that_rests_opens_it_and_hides_nothing(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    hand = hand_of(plot, has_touch=True)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    box = bounds(row(hand.page, "loss (2)"))
    spot = {"x": box["x"] + 20, "y": box["y"] + box["height"] / 2, "id": 0}
    session = hand.page.context.new_cdp_session(hand.page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [spot]})
    hand.until(lambda _: menu(hand.page).is_visible(), "a menu")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert menu(hand.page).is_visible()
    assert hidden(hand.stats()) == set()
    hand.page.get_by_role("menuitem", name="Hide").tap()
    hand.until(lambda s: hidden(s) == {"loss (2)"}, "a hidden run")


@pytest.mark.parametrize("size", [(240, 200), (900, 360)], ids=str)
def test_it_is_on_the_page_wherever_the_row_is(
    plot: zwsnb.Plot, hand_of: HandOf, size: tuple[int, int]
) -> None:
    width, height = size
    hand = hand_of(plot, viewport={"width": width, "height": height})
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    for one in hand.page.locator("#legend button").all():
        one.click(button="right")
        box = bounds(menu(hand.page))
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        # It may stand on the next row.
        hand.press("Escape")


# --- many runs ---


def test_many_past_runs_are_folded_and_shown_when_they_are_asked_for(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    hand = hand_of(plot)
    for y in range(4, 41):
        plot.publish(STEPS, [y] * 100, series="loss")
        plot.publish(STEPS, [y + 50] * 100, series="rate")
    shown = hand.page.locator("#legend li:visible")
    hand.until(lambda _: shown.count() == 9, "a legend of 2 series, 3 past runs each, a button")
    hand.page.get_by_role("button", name="+32 runs").click()
    hand.until(lambda _: shown.count() == 41, "all runs")
    low = hand.until(lambda s: room(s) < 220, "less room for the plot")
    hand.page.get_by_role("button", name="fewer runs").click()
    hand.until(lambda s: room(s) > room(low) + 50, "room for the plot")
    plot.rename("loss (22)", "the best one")
    hand.until(lambda _: row(hand.page, "the best one").is_visible(), "a run with a name")
    assert hand.page.get_by_role("button", name="+31 runs").is_visible()


# --- another name ---


def test_a_run_is_renamed_in_its_row_and_on_all_pages(
    plot: zwsnb.Plot, hand_of: HandOf, browser: Browser
) -> None:
    hand = hand_of(plot)
    with opened(browser, plot.url) as other:
        color = hand.stats()["series"]["loss (1)"]["color"]
        row(hand.page, "loss (1)").click(button="right")
        hand.page.get_by_role("menuitem", name="Rename").click()
        field = hand.page.get_by_role("textbox", name="New name of loss (1)")
        assert field.evaluate("(one) => one === document.activeElement")
        assert hand.page.evaluate("() => String(getSelection())") == "loss (1)"
        hand.page.keyboard.type("base f 0 line")
        hand.press("Enter")
        until_names(hand, "loss", "loss (2)", "base f 0 line", "rate")
        assert row(hand.page, "base f 0 line").evaluate("(one) => one === document.activeElement")
        assert hand.stats()["series"]["base f 0 line"]["color"] == color
        assert hand.stats()["view"]["mode"] == "all", "no key has reached the plot"
        until_names(Hand(other), "loss", "loss (2)", "base f 0 line", "rate")
    assert [one.name for one in plot.runs()] == ["loss", "loss (2)", "base f 0 line", "rate"]
    plot.publish(100, 5, series="loss")
    hand.until(lambda s: s["series"]["loss"]["lastX"] == 100, "a point of the current run")


def test_escape_and_a_click_elsewhere_leave_the_name(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    for by_key in (True, False):
        row(hand.page, "rate").focus()
        hand.press("F2")
        hand.page.keyboard.type("other")
        if by_key:
            hand.press("Escape")
        else:
            hand.mouse.click(*hand.at(0.5, 0.5))
        assert hand.page.get_by_role("textbox").count() == 0
        assert names(hand.page)[-1] == "rate"


def test_a_name_that_is_taken_is_said(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    row(hand.page, "rate").focus()
    hand.press("F2")
    hand.page.keyboard.type("loss")
    hand.press("Enter")
    field = hand.page.get_by_role("textbox")
    assert field.evaluate("(one) => one.validationMessage") == "There is a series “loss” already."
    hand.page.keyboard.type("es")
    hand.press("Enter")
    until_names(hand, "loss", "loss (2)", "loss (1)", "losses")


def test_a_new_run_leaves_the_field_where_it_is(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    row(hand.page, "loss (1)").focus()
    hand.press("F2")
    plot.publish(STEPS, [5] * 100, series="loss")
    hand.until(lambda _: len(names(hand.page)) == 5, "another run")
    hand.page.keyboard.type("first")
    hand.press("Enter")
    until_names(hand, "loss", "loss (3)", "loss (2)", "first", "rate")


# --- away with it ---


def test_a_run_is_removed_when_the_question_is_answered_and_its_neighbour_has_the_focus(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    row(hand.page, "loss (2)").focus()
    hand.press("Delete")
    assert hand.page.get_by_role("menuitem", name="Remove 100 points?").is_visible()
    hand.press("Escape", "Delete", "Enter")
    until_names(hand, "loss", "loss (1)", "rate")
    assert row(hand.page, "loss (1)").evaluate("(one) => one === document.activeElement")
    row(hand.page, "loss").click(button="right")
    hand.page.get_by_role("menuitem", name="Remove").click()
    hand.page.get_by_role("menuitem", name="Remove 100 points?").click()
    until_names(hand, "loss (1)", "rate")
    plot.publish(100, 5, series="loss")
    hand.until(lambda s: s["series"].get("loss", {}).get("points") == 1, "it begins anew")


# --- for everyone ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_the_menu_and_the_field(
    plot: zwsnb.Plot, hand_of: HandOf, scheme: str
) -> None:
    hand = hand_of(plot, color_scheme=scheme)
    until_names(hand, "loss", "loss (2)", "loss (1)", "rate")
    row(hand.page, "loss").focus()
    hand.press("Delete")
    assert violations(hand.page) == []
    hand.press("Escape", "F2")
    assert violations(hand.page) == []
