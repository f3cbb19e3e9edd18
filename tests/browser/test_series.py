"""How series tell themselves apart: colours and looks, names that are cut, a legend of very many.
In a real browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from support.hand import Hand, HandOf
from support.pages import bounds, opened, violations

import zwsnb
from zwsnb.kinds.colors import NAMES, hex_of
from zwsnb.painting.looks import LIGHT

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

X = np.arange(100.0)
LAYERS = [
    f"model.encoder.layers.{layer}.self_attn.{part}.{of}"
    for layer in range(12)
    for part in ("q_proj", "k_proj")
    for of in ("weight", "bias")
]
CHANGED_ROWS = """() => {
    window.rows = { built: 0, written: new Set() };
    new MutationObserver((all) => {
        for (const { type, target } of all) {
            const row = (target.parentElement ?? target).closest("li");
            if (type === "childList" && target.id === "legend") window.rows.built += 1;
            else if (row) window.rows.written.add(row);
        }
    }).observe(document.getElementById("legend"), {
        subtree: true, childList: true, characterData: true, attributes: true,
    });
}"""


@pytest.fixture
def plot(numbers: Iterator[int]) -> zwsnb.Plot:
    return zwsnb.Plot(f"series {next(numbers)}")


def colors(hand: Hand) -> dict[str, str]:
    return {name: one["color"] for name, one in hand.stats()["series"].items()}


def has_come(series: str, x: float, stats: dict[str, Any]) -> bool:
    return bool(stats["series"][series]["lastX"] == x)


def names(page: Page) -> list[str]:
    return page.locator("#legend .name").all_text_contents()


def many(plot: zwsnb.Plot, count: int) -> list[str]:
    found = [f"channel {i}" for i in range(count)]
    plot.publish(X, {name: np.sin(X / 20 + i) for i, name in enumerate(found)})
    return found


# --- colours ---


def test_series_have_the_colours_in_their_order_on_every_page(
    plot: zwsnb.Plot, hand_of: HandOf, browser: Browser
) -> None:
    for name in ("z", "loss", "a"):
        plot.publish(X, X, series=name)
    hand = hand_of(plot, color_scheme="light")
    expected = {"z": LIGHT[0], "loss": LIGHT[1], "a": LIGHT[2]}
    assert colors(hand) == expected
    plot.remove("loss")
    plot.publish(X, X, series="new")  # in the place of what has gone
    assert zwsnb.flush()
    plot.publish(X, X, series="loss")
    hand.until(lambda s: list(s["series"]) == ["z", "a", "new", "loss"], "the next ones")
    expected = {"z": LIGHT[0], "a": LIGHT[2], "new": LIGHT[1], "loss": LIGHT[3]}
    assert colors(hand) == expected
    hand.page.reload()
    hand.until(lambda s: len(s["series"]) == 4, "the series again")
    assert colors(hand) == expected
    with opened(browser, plot.url, color_scheme="light") as late:
        other = Hand(late)
        other.until(lambda s: len(s["series"]) == 4, "the series there")
        assert colors(other) == expected


def test_the_colours_by_name_are_the_browsers(small: zwsnb.Plot, hand_of: HandOf) -> None:
    found = hand_of(small).page.evaluate(
        """(names) => names.map((name) => {
            const probe = new OffscreenCanvas(1, 1).getContext("2d");
            probe.fillStyle = name;
            return probe.fillStyle;
        })""",
        list(NAMES),
    )
    assert dict(zip(NAMES, found, strict=True)) == {name: hex_of(name) for name in NAMES}


def test_a_label_dashes_and_opacity_are_those_that_were_said(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    plot.style(series={"a": {"label": "Height", "color": "teal", "dash": "dot", "opacity": 0.5}})
    plot.publish(X, a=X, b=X / 2)
    hand = hand_of(plot)
    assert names(hand.page) == ["Height", "b"]
    assert colors(hand)["a"] == "#008080"
    swatch = hand.page.locator("#legend .swatch").first
    assert swatch.evaluate("(one) => getComputedStyle(one).opacity") == "0.5"
    assert "dashed" in str(swatch.get_attribute("class"))
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.until(lambda s: "Height" in s["readout"], "the label at the crosshair")
    plot.style(series={"a": {"label": ""}})
    hand.until(lambda _: names(hand.page) == ["a", "b"], "its name again")


# --- names ---


@pytest.mark.parametrize("width", [900, 400])
def test_long_names_differ_where_they_are_cut_and_are_whole_on_hover_and_in_the_menu(
    plot: zwsnb.Plot, hand_of: HandOf, width: int
) -> None:
    plot.publish(X, dict.fromkeys(LAYERS, X))
    hand = hand_of(plot, viewport={"width": width, "height": 360})
    shown = names(hand.page)
    assert len(set(shown)) == len(LAYERS)
    assert all(name.endswith(("weight", "bias")) for name in shown)
    button = hand.page.locator("#legend button").first
    assert str(button.get_attribute("title")).startswith(LAYERS[0])
    button.click(button="right")
    assert hand.page.get_by_role("menu", name=LAYERS[0]).get_by_text(LAYERS[0]).is_visible()


# --- very many ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "place"), [(900, "right"), (400, "top")])
def test_many_stand_beside_the_plot_or_scroll_above_it(
    plot: zwsnb.Plot, hand_of: HandOf, width: int, place: str, scheme: str
) -> None:
    plot.style(title="Sixty channels")
    many(plot, 60)
    hand = hand_of(plot, viewport={"width": width, "height": 360}, color_scheme=scheme)
    page = hand.page
    page.wait_for_function("(place) => document.body.dataset.legend === place", arg=place)
    assert page.get_by_text("60 series", exact=True).is_visible()
    legend, area = bounds(page.locator("#series")), bounds(page.locator("#plot"))
    if place == "right":
        assert legend["x"] >= area["x"] + area["width"]
    else:
        assert bounds(page.locator("header"))["height"] < 0.36 * 360
    assert area["width"] > 0.5 * width
    last = page.locator("#legend button").last
    last.scroll_into_view_if_needed()
    hand.until(lambda _: "\u2013" not in str(last.text_content()), "a value that is written")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_they_are_found_by_keys_and_shown_alone(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    many(plot, 60)
    hand = hand_of(plot)
    hand.press("/")
    hand.page.keyboard.type("CHANNEL 5")
    shown = hand.page.locator("#legend li:visible")
    hand.until(lambda _: shown.count() == 15, "those with a 5")
    assert hand.page.get_by_text("15 of 60 series").is_visible()
    hand.press("ArrowDown", "Alt+Enter")
    hand.until(
        lambda s: [name for name, one in s["series"].items() if not one["hidden"]] == ["channel 5"],
        "one alone",
    )
    assert hand.stats()["view"]["mode"] == "all", "no key has reached the plot"
    hand.press("/", "Escape")
    hand.until(lambda _: shown.count() == 60, "all again")


@pytest.mark.parametrize(("said", "place"), [("right", "right"), ("top", "top"), ("none", "none")])
def test_the_legend_stands_where_the_options_say(
    plot: zwsnb.Plot, hand_of: HandOf, said: Any, place: str
) -> None:
    plot.style(legend=said)
    many(plot, 3)
    hand = hand_of(plot)
    hand.page.wait_for_function("(place) => document.body.dataset.legend === place", arg=place)
    assert hand.page.locator("#legend").is_visible() == (said != "none")
    plot.style(legend="auto")
    hand.page.wait_for_function("() => document.body.dataset.legend === 'top'")


def test_looking_back_it_has_the_values_of_the_picture(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    plot.publish(X, rise=X, level=np.full(100, 7.0))
    hand = hand_of(plot)
    value = hand.page.locator("#legend .value").first
    hand.until(lambda _: str(value.text_content()).startswith("99"), "the newest value")
    hand.drag(hand.at(0.2, 0.5), hand.at(0.7, 0.5))
    seen = hand.until(lambda s: s["view"]["mode"] == "range", "the past")["view"]["to"]
    hand.until(lambda _: str(value.text_content()).startswith(str(int(seen))), "that of its end")
    hand.press("0")
    hand.until(lambda _: str(value.text_content()).startswith("99"), "the newest again")


def test_a_thousand_series_are_drawn_while_only_what_is_in_sight_is_written(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    found = many(plot, 1_000)
    hand = hand_of(plot)
    page = hand.page
    hand.until(lambda _: page.locator("#legend li").count() == 1_000, "a legend of all", 20)
    assert page.get_by_text("1000 series", exact=True).is_visible()
    page.evaluate(CHANGED_ROWS)
    before = hand.stats()
    for i in range(1, 6):
        plot.publish(99 + i, dict.fromkeys(found, i))
        hand.until(partial(has_come, found[-1], 99 + i), f"points {i}", 20)
    rows = page.evaluate("() => ({ built: rows.built, written: rows.written.size })")
    assert hand.stats()["frames"] >= before["frames"] + 5
    assert rows["built"] == 0, "the legend stays as it is"
    assert 0 < rows["written"] < 60
