"""Looking around in a plot, by every gesture and key: following, zooming, panning, going back.

What the page says (`window.zwsnb.stats()`) is compared with what was published here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from support.hand import RAMP, SINE, HandOf, near, shows
from support.pages import bounds, until_text

import zwsnb

pytestmark = [pytest.mark.browser]

names = (f"view {i}" for i in itertools.count())


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


@pytest.fixture
def growing() -> zwsnb.Plot:
    """A plot of one test, which follows the last 100."""
    plot = zwsnb.Plot(next(names), window=100)
    plot.publish(range(1_000), [i % 10 for i in range(1_000)])
    return plot


def test_at_the_live_edge_the_plot_follows(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing)
    growing.publish(range(1_000, 1_500), [3] * 500)
    hand.until(lambda s: s["view"]["to"] >= 1_499, "the new edge")
    view = hand.stats()["view"]
    assert view["live"]
    assert view["to"] - view["from"] == near(100)


def test_the_wheel_zooms_x_about_the_pointer(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    before, y = hand.range, hand.y_range
    hand.mouse.move(*hand.at(0.25, 0.5))
    hand.wheel(-240)
    begin, end = hand.moved(before)
    assert end - begin == near((before[1] - before[0]) * math.exp(-240 * 0.0018))
    assert begin + 0.25 * (end - begin) == near(before[0] + 0.25 * (before[1] - before[0]), 0.5)
    assert y[0] <= hand.y_range[0] <= hand.y_range[1] <= y[1]


def test_shift_and_the_wheel_zoom_y_about_the_pointer(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    x, (low, high) = hand.range, hand.y_range
    hand.mouse.move(*hand.at(0.5, 0.25))
    hand.wheel(-240, "Shift")
    closer = hand.moved_y((low, high))
    assert closer[1] - closer[0] == near((high - low) * math.exp(-240 * 0.0018))
    assert closer[1] - 0.25 * (closer[1] - closer[0]) == near(high - 0.25 * (high - low), 0.05)
    assert hand.range == x


def test_a_y_that_was_zoomed_stays_while_points_arrive(
    hand_of: HandOf, growing: zwsnb.Plot
) -> None:
    hand = hand_of(growing)
    before = hand.y_range
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.wheel(-240, "Shift")
    fixed = hand.moved_y(before)
    growing.publish(range(1_000, 1_100), [1_000] * 100)
    hand.until(lambda s: s["view"]["to"] >= 1_099, "the new edge")
    assert hand.y_range == fixed


@pytest.mark.parametrize("way", ["0", "double-click", "All"])
def test_everything_resets_x_and_y(hand_of: HandOf, small: zwsnb.Plot, way: str) -> None:
    hand = hand_of(small)
    before = hand.range
    hand.mouse.move(*hand.at(0.4, 0.4))
    hand.wheel(-300)
    hand.wheel(-300, "Shift")
    hand.until(lambda s: s["view"]["fixed"] == ["0:left"], "a fixed y")
    hand.moved(before)
    if way == "0":
        hand.press("0")
    elif way == "All":
        hand.page.click("#everything")
    else:
        hand.mouse.dblclick(*hand.at(0.4, 0.4))
    stats = hand.until(
        lambda s: s["view"]["fixed"] == [] and (s["view"]["from"], s["view"]["to"]) == before,
        "everything",
    )
    hand.until(
        lambda s: s["view"]["low"] <= min(SINE) and s["view"]["high"] >= max(RAMP), "all of y"
    )
    assert stats["view"]["mode"] == "all"
    assert stats["marks"] == {"a": None, "b": None}


def test_the_wheel_on_the_y_axis_zooms_y(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    x, y, box = hand.range, hand.y_range, hand.box()
    hand.mouse.move(box["left"] - 15, box["top"] + box["height"] / 2)
    hand.wheel(-240)
    closer = hand.moved_y(y)
    assert closer[1] - closer[0] < y[1] - y[0]
    assert hand.range == x


def test_a_pinch_on_a_touchpad_zooms_the_plot_and_not_the_page(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    before = hand.range
    hand.page.evaluate(
        "() => addEventListener('wheel', (event) => (window.prevented = event.defaultPrevented))"
    )
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.wheel(-20, "Control")
    begin, end = hand.moved(before)
    assert end - begin == near((before[1] - before[0]) * math.exp(-20 * 0.012))
    hand.press("0")
    hand.until(lambda s: s["view"]["mode"] == "all", "everything")
    hand.wheel(20, "Control")
    hand.page.wait_for_function("() => window.prevented === true")
    assert hand.page.evaluate("() => visualViewport.scale") == 1


def test_a_pinch_with_two_fingers_zooms(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small, has_touch=True)
    before = hand.range
    hand.slide(((0.4, 0.5), (0.3, 0.5)), ((0.6, 0.5), (0.7, 0.5)))
    hand.moved(before)
    begin, end = (
        hand.until(lambda s: s["view"]["to"] - s["view"]["from"] < 600, "half of it")["view"][
            "from"
        ],
        hand.range[1],
    )
    assert end - begin == near((before[1] - before[0]) / 2, 5)


def test_one_finger_pans(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing, has_touch=True)
    before = hand.range
    hand.slide(((0.4, 0.5), (0.6, 0.5)))
    hand.until(lambda s: s["view"]["from"] == near(before[0] - 20, 0.5), "20 earlier")
    assert hand.stats()["marks"]["a"] is None


def test_a_finger_scrolls_the_page_but_for_what_it_moves_up_and_down(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small, has_touch=True)
    ends = "window.ends = []; for (const type of ['pointerup', 'pointercancel'])"
    hand.page.evaluate(f"() => {{ {ends} addEventListener(type, () => window.ends.push(type)); }}")
    low, high = hand.y_range
    hand.slide(((0.5, 0.25), (0.5, 0.75)))
    hand.page.wait_for_function("() => window.ends.join() === 'pointercancel'")
    hand.slide(((-0.02, 0.25), (-0.02, 0.5)))
    part = hand.moved_y((low, high))
    assert part == (near((low + high) / 2, 0.2), near(high - (high - low) / 4, 0.2))
    hand.slide(((0.5, 0.5), (0.5, 0.75)))
    hand.moved_y(part)
    assert hand.page.evaluate("() => window.ends") == ["pointercancel", "pointerup", "pointerup"]


def test_a_drag_pans(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing)
    before = hand.range
    hand.drag(hand.at(0.4, 0.5), hand.at(0.6, 0.5))
    begin, end = hand.moved(before)
    assert (begin, end) == (near(before[0] - 20, 0.5), near(before[1] - 20, 0.5))
    assert hand.stats()["marks"]["a"] is None


def test_a_drag_moves_a_fixed_y_too(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    before = hand.y_range
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.wheel(-300, "Shift")
    low, high = hand.moved_y(before)
    hand.drag(hand.at(0.5, 0.5), hand.at(0.5, 0.75))
    moved = hand.moved_y((low, high))
    assert moved == (near(low + (high - low) / 4, 0.05), near(high + (high - low) / 4, 0.05))


def test_a_drag_with_shift_selects_a_box_and_zooms_to_it(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    (begin, end), (low, high) = hand.range, hand.y_range
    hand.drag(hand.at(0.2, 0.25), hand.at(0.6, 0.75), "Shift")
    x = hand.moved((begin, end))
    assert x == (near(begin + 0.2 * (end - begin), 2), near(begin + 0.6 * (end - begin), 2))
    assert hand.y_range == (
        near(low + 0.25 * (high - low), 0.2),
        near(low + 0.75 * (high - low), 0.2),
    )


def test_the_box_is_seen_while_it_is_drawn_and_escape_cancels_it(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    before, y = hand.range, hand.y_range
    hand.page.keyboard.down("Shift")
    hand.mouse.move(*hand.at(0.2, 0.2))
    hand.mouse.down()
    hand.mouse.move(*hand.at(0.5, 0.7), steps=3)
    box = hand.until(lambda s: s["drawn"], "a box")["drawn"]
    assert box["width"] == near(0.3 * hand.box()["width"], 2)
    assert bounds(hand.page.locator("#overlay .drawn"))["width"] == near(box["width"], 3)
    hand.press("Escape")
    hand.until(lambda s: s["drawn"] is None, "no box")
    hand.mouse.up()
    hand.page.keyboard.up("Shift")
    assert (hand.range, hand.y_range) == (before, y)


def test_a_drag_on_the_x_axis_selects_in_x_only(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    before, box = hand.range, hand.box()
    below = box["top"] + box["height"] + 10
    hand.drag((hand.at(0.5, 0)[0], below), (hand.at(0.75, 0)[0], below))
    begin, end = hand.moved(before)
    span = before[1] - before[0]
    assert (begin, end) == (near(before[0] + span / 2, 2), near(before[0] + span * 0.75, 2))


def test_a_drag_on_the_y_axis_selects_in_y_only(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    x, (low, high), box = hand.range, hand.y_range, hand.box()
    left = box["left"] - 15
    hand.drag((left, hand.at(0, 0.25)[1]), (left, hand.at(0, 0.5)[1]))
    assert hand.moved_y((low, high)) == (
        near((low + high) / 2, 0.2),
        near(high - (high - low) / 4, 0.2),
    )
    assert hand.range == x


def test_f_follows(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing)
    hand.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    hand.until(lambda s: s["view"]["mode"] == "range", "the past")
    hand.press("f")
    hand.until(lambda s: s["view"]["mode"] == "follow" and s["view"]["to"] >= 999, "the live edge")


def test_space_pauses_and_says_how_many_are_waiting(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing)
    hand.press("Space")
    hand.plot.until_state("paused")
    before = hand.range
    growing.publish(range(1_000, 1_321), [1] * 321)
    assert "321" in until_text(hand.page, "#status", r"321 (points )?waiting")
    assert hand.range == before
    hand.press("Space")
    hand.until(lambda s: s["view"]["to"] >= 1_320, "the live edge")


def test_escape_leads_back_to_live(hand_of: HandOf, growing: zwsnb.Plot) -> None:
    hand = hand_of(growing)
    hand.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    hand.until(lambda s: not s["view"]["live"], "the past")
    hand.press("Escape")
    assert hand.until(lambda s: s["view"]["live"], "live")["view"]["mode"] == "follow"


def test_who_looks_back_is_left_alone_and_one_button_leads_to_live(
    hand_of: HandOf, growing: zwsnb.Plot
) -> None:
    hand = hand_of(growing)
    hand.drag(hand.at(0.2, 0.5), hand.at(0.8, 0.5))
    hand.until(lambda s: not s["view"]["live"] and s["view"]["to"] == near(939, 0.5), "the past")
    before = hand.range
    growing.publish(range(1_000, 2_000), [50] * 1_000)
    hand.until(lambda s: s["points"] == 2_000, "the new points")
    assert hand.range == before
    hand.page.click("#live")
    assert hand.until(lambda s: s["view"]["to"] >= 1_999, "the live edge")["view"]["live"]
    assert hand.page.is_hidden("#live")


def test_history_of_looks(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    looks = [(hand.range, hand.y_range)]
    for a, b in ((0.1, 0.9), (0.2, 0.6)):
        hand.drag(hand.at(a, a), hand.at(b, b), "Shift")
        hand.moved(looks[-1][0])
        looks.append((hand.range, hand.y_range))
    for key, expected in (
        ("Alt+ArrowLeft", looks[1]),
        ("Alt+ArrowLeft", looks[0]),
        ("Alt+ArrowRight", looks[1]),
        ("Alt+ArrowRight", looks[2]),
    ):
        hand.press(key)
        hand.until(partial(shows, *expected), f"{key}: {expected}")


def test_arrows_pan_and_plus_and_minus_zoom(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    whole = hand.range
    span = whole[1] - whole[0]
    hand.press("+", "+")
    hand.until(
        lambda s: s["view"]["to"] - s["view"]["from"] == near(span / 1.25**2), "twice closer"
    )
    before = hand.range
    hand.press("ArrowLeft")
    assert hand.moved(before)[0] == near(before[0] - span / 1.25**2 / 10)
    hand.press("ArrowRight")
    hand.until(lambda s: s["view"]["from"] == near(before[0]), "back again")
    hand.press("-")
    hand.until(lambda s: s["view"]["to"] - s["view"]["from"] == near(span / 1.25), "once closer")
    y = hand.y_range
    hand.press("ArrowUp")
    up = hand.moved_y(y)
    assert up[0] > y[0]
    hand.press("Shift+ArrowUp")
    assert np.ptp(hand.moved_y(up)) == near((y[1] - y[0]) / 1.25)


def test_keys_that_are_faster_than_the_screen_are_not_lost(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    (begin, end), (low, high) = hand.range, hand.y_range
    press = "dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }))"
    keys = "[['+', false], ['+', false], ['ArrowUp', true], ['ArrowUp', true]]"
    hand.page.evaluate(f"() => {{ for (const [key, shiftKey] of {keys}) document.body.{press}; }}")
    hand.until(
        lambda s: s["view"]["to"] - s["view"]["from"] == near((end - begin) / 1.25**2),
        "twice closer",
    )
    assert np.ptp(hand.y_range) == near((high - low) / 1.25**2)
