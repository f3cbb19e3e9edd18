"""Looking around and reading values off, with every gesture and key, in a real Chromium: issue 4,
items 1 and 2.

What the page says (`window.zwsnb.stats()`, the text of its readout) is compared with what was
published here.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from support.lab import Plot, Stats, report, until
from support.pages import bounds, opened, until_text

import zwsnb

pytestmark = [pytest.mark.browser]

MANY: Final = 10_000_000
STEP: Final = 1e-3
BEGIN: Final = 1_700_000_000.0
SPIKE: Final = 7_654_321
SPIKE_Y: Final = 31.41592653
SPIKE_X: Final = BEGIN + SPIKE * STEP
COUNT: Final = 2_000
names = (f"reading {i}" for i in itertools.count())


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


# --- what is published ---


def has_points(plot: zwsnb.Plot, count: int) -> bool:
    """Say whether the relay has taken so many points of a plot."""
    return bool(plot.stats()["points"] == count)


@pytest.fixture(scope="module")
def noise() -> np.ndarray:
    """10 million values of which one is a spike."""
    values = np.random.default_rng(7).standard_normal(MANY)
    values[SPIKE] = SPIKE_Y
    return values


@pytest.fixture(scope="module")
def big(noise: np.ndarray) -> zwsnb.Plot:
    """They are at times, a thousand a second."""
    plot = zwsnb.Plot("ten million", time=True, y_unit="V")
    x = BEGIN + np.arange(MANY) * STEP
    for begin in range(0, MANY, 1_000_000):
        plot.publish(x[begin : begin + 1_000_000], noise[begin : begin + 1_000_000])
        until(
            partial(has_points, plot, begin + 1_000_000),
            "a million points in the relay",
        )
    return plot


X: Final = np.arange(COUNT) / 2
SINE: Final = 5 * np.sin(X / 100)
RAMP: Final = np.sqrt(X)


@pytest.fixture(scope="module")
def small() -> zwsnb.Plot:
    """Two series of 2,000 points that nobody adds to."""
    plot = zwsnb.Plot("two series", x_unit="mm", y_unit="V")
    plot.publish(X, sine=SINE, ramp=RAMP)
    return plot


@pytest.fixture
def growing() -> zwsnb.Plot:
    """A plot of one test, which follows the last 100."""
    plot = zwsnb.Plot(next(names), window=100)
    plot.publish(range(1_000), [i % 10 for i in range(1_000)])
    return plot


# --- a hand on a page ---


class Hand:
    """A page, in the words of its plot: values of x and y instead of pixels."""

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


@pytest.fixture
def hand_of(browser: Browser) -> Iterator[Callable[..., Hand]]:
    """Opens the page of a plot, and returns when it has drawn all its points."""
    with contextlib.ExitStack() as stack:

        def open_page(plot: zwsnb.Plot, **options: Any) -> Hand:
            hand = Hand(stack.enter_context(opened(browser, plot.url, **options)))
            points = plot.stats()["points"]

            def painted(s: Stats) -> int:
                return sum(one["points"] for one in s["series"].values())

            hand.until(lambda s: painted(s) >= points and s["frames"] > 2, f"{points} points", 20)
            return hand

        yield open_page


HandOf = Callable[..., Hand]


def near(value: Any, tolerance: float = 1e-6) -> Any:
    return pytest.approx(value, rel=1e-6, abs=tolerance)


def shows(x: tuple[float, float], y: tuple[float, float], s: Stats) -> bool:
    """Say whether the plot shows these ranges."""
    view = s["view"]
    return (view["from"], view["to"]) == x and bool((view["low"], view["high"]) == near(y))


def has_crosshair(x: float, tolerance: float, s: Stats) -> bool:
    """Say whether the crosshair stands at x."""
    return bool(s["crosshair"]) and abs(s["crosshair"]["x"] - x) < tolerance


# --- 1. follow and look back ---


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


WATCH = """([color]) => {
    const canvas = document.querySelector("#plot canvas");
    const wanted = color.match(/\\w\\w/g).map((two) => parseInt(two, 16));
    const seen = (window.seen = []);
    const look = () => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        const isNear = (i) => wanted.every((part, j) => Math.abs(data[i + j] - part) < 40);
        const isLine = (i) => isNear(i) && data[i + 3] > 128;
        for (let i = 0; i < data.length; i += 4) if (isLine(i)) count += 1;
        seen.push(count);
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def has_refined(before: int, s: Stats) -> bool:
    """Say whether the page has drawn the points of another view since."""
    return bool(s["refinements"] > before)


def test_a_zoom_refines_at_once_and_no_frame_is_blank(hand_of: HandOf, big: zwsnb.Plot) -> None:
    hand = hand_of(big)
    hand.mouse.move(*hand.at(0.6, 0.5))
    times = []
    for delta in [-240] * 5 + [240] * 5:
        before = hand.stats()["refinements"]
        hand.wheel(delta)
        times.append(hand.until(partial(has_refined, before), "a refinement")["refineMs"])
    report(
        "from a gesture to the fresh picture of 10 million points: "
        f"{np.median(times):.0f} ms, at most {max(times):.0f} ms"
    )
    assert np.median(times) <= 100
    hand.page.evaluate(WATCH, [hand.stats()["series"]["y"]["color"]])
    for delta in [-240] * 3 + [240] * 3:
        before = hand.range
        hand.wheel(delta)
        hand.moved(before)
    seen = hand.page.evaluate("() => window.seen")
    assert len(seen) > 6
    assert min(seen) > 100


def test_it_works_while_python_is_busy(hand_of: HandOf, big: zwsnb.Plot) -> None:
    hand = hand_of(big)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            sum(i * i for i in range(1_000))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        before = hand.range
        hand.mouse.move(*hand.at(0.3, 0.5))
        hand.wheel(-600)
        hand.moved(before)
        hand.until(lambda s: s["refinements"] > 0, "a refinement")
        assert len(hand.rows()) == 1
    finally:
        stop.set()
        thread.join()


# --- 2. read values ---


def test_a_spike_of_one_sample_in_ten_million_is_found_and_read(
    hand_of: HandOf, big: zwsnb.Plot
) -> None:
    hand = hand_of(big)
    hand.until(lambda s: s["view"]["high"] > SPIKE_Y, "a y-range with the spike")
    hand.mouse.move(*hand.place(SPIKE_X, SPIKE_Y))
    # From afar: the tip is the point itself, however many share its pixel.
    assert hand.rows()["y"] == (SPIKE_X, SPIKE_Y)
    while np.ptp(hand.range) > 1:
        before = hand.range
        hand.mouse.move(*hand.place(SPIKE_X, 20))
        hand.wheel(-380)
        hand.moved(before)
    hand.until(lambda s: s["series"]["y"]["kind"] == "points", "the points themselves")
    hand.mouse.move(*hand.place(SPIKE_X, 20))
    hand.until(
        lambda s: s["crosshair"] and s["crosshair"]["x"] == SPIKE_X, "the crosshair on the spike"
    )
    assert hand.rows()["y"] == (SPIKE_X, SPIKE_Y)
    clock = hand.page.evaluate("(x) => new Date(x * 1000).toTimeString().slice(0, 8)", SPIKE_X)
    text = hand.text(re.escape(f"{SPIKE_Y}"))
    assert f"{clock}.{round(SPIKE_X * 1000) % 1000:03d}" in text
    assert "31.41592653 V" in text


def test_the_crosshair_reads_the_true_point_of_every_series(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    for across in (0.15, 0.5, 0.85):
        hand.mouse.move(*hand.at(across, 0.02))
        hand.until(partial(has_crosshair, across * 999.5, 2), "the crosshair")
        rows = hand.rows()
        for name, values in (("sine", SINE), ("ramp", RAMP)):
            x, y = rows[name]
            assert y == values[round(2 * x)]
            assert abs(x - hand.stats()["crosshair"]["x"]) <= 0.75
    for name, values in (("sine", SINE), ("ramp", RAMP)):
        hand.text(re.escape(f"{name} {values[round(2 * rows[name][0])]:.10g} V"))


def test_points_that_are_read_are_marked(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    hand.mouse.move(*hand.at(0.5, 0.05))
    x, y = hand.rows()["sine"]
    ring = bounds(hand.page.locator("#overlay .dots circle").first)
    left, top = hand.place(x, y)
    assert (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2) == (
        near(left, 1.5),
        near(top, 1.5),
    )
    hand.mouse.move(5, 5)
    hand.until(lambda s: s["crosshair"] is None and s["readout"] == "", "no crosshair")


def test_until_the_relay_answers_the_nearest_vertex_is_shown_as_about_right(
    browser: Browser, small: zwsnb.Plot
) -> None:
    with opened(browser, small.url) as page:
        held: list[Any] = []

        def route(socket: Any) -> None:
            server = socket.connect_to_server()
            server.on_message(
                lambda message: (
                    held.append(message)
                    if '"type": "read"' in str(message)[:40]
                    else socket.send(message)
                )
            )
            held.append(socket)

        page.route_web_socket(re.compile(r"/ws\?"), route)
        page.reload()
        hand = Hand(page)
        hand.until(lambda s: s["points"] == 2 * COUNT and s["frames"] > 2, "all points")
        for across in (0.5, 0.51, 0.52):
            hand.mouse.move(*hand.at(across, 0.05))
            hand.until(partial(has_crosshair, across * 999.5, 0.5), "the crosshair")
        rows = hand.rows(exact=False)
        assert rows["ramp"][1] == RAMP[round(2 * rows["ramp"][0])]
        hand.text("ramp ≈")
        until(
            lambda: len(held) == 2,
            "a question in flight",
            pause=lambda s: page.wait_for_timeout(1000 * s),
        )
        held[0].send(held.pop())
        until(
            lambda: len(held) == 2,
            "the newest question next",
            pause=lambda s: page.wait_for_timeout(1000 * s),
        )
        assert json.loads(held[1])["x"] == near(0.52 * 999.5, 0.5)
        held[0].send(held[1])
        hand.rows(exact=True)


def test_a_curve_in_x_and_y_is_read_from_its_own_points(hand_of: HandOf) -> None:
    plot = zwsnb.Plot(next(names))
    t = np.linspace(0, 2 * math.pi, 200)
    plot.publish(np.cos(t), np.sin(t))
    hand = hand_of(plot)
    hand.mouse.move(*hand.place(math.cos(t[37]) + 0.01, math.sin(t[37])))
    assert hand.rows()["y"] == (math.cos(t[37]), math.sin(t[37]))


def test_a_second_axis_and_panels_are_read_and_zoomed_each(hand_of: HandOf) -> None:
    plot = zwsnb.Plot(
        next(names), panels=[["a", "b"], ["c"]], series={"b": {"axis": "right"}}, y2_unit="W"
    )
    x = np.arange(500)
    plot.publish(x, a=x % 7, b=1000 + x, c=-x)
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.5, 0.5, panel=1))
    rows = hand.rows()
    assert {name: y for name, (_, y) in rows.items()} == {
        "a": rows["a"][0] % 7,
        "b": 1000 + rows["b"][0],
        "c": -rows["c"][0],
    }
    assert "W" in hand.text("b 1")
    before = hand.stats()["panels"]
    hand.wheel(-240, "Shift")
    after = hand.until(
        lambda s: s["panels"][1]["left"] != before[1]["left"], "the lower panel closer"
    )["panels"]
    assert after[0]["left"] == before[0]["left"]
    box = hand.box(0)
    hand.mouse.move(box["left"] + box["width"] + 12, box["top"] + box["height"] / 2)
    hand.wheel(-240)
    after = hand.until(
        lambda s: s["panels"][0]["right"] != before[0]["right"], "the right axis closer"
    )["panels"]
    assert after[0]["left"] == before[0]["left"]


def test_keys_move_the_crosshair_from_point_to_point_and_it_is_said(
    hand_of: HandOf, small: zwsnb.Plot
) -> None:
    hand = hand_of(small)
    hand.page.focus("#plot")
    hand.drag(hand.at(0.2, 0.2), hand.at(0.22, 0.9), "Shift")
    hand.until(lambda s: s["view"]["mode"] == "range", "few points")
    hand.mouse.move(5, 5)
    hand.press("c")
    first = hand.until(lambda s: s["crosshair"] and s["crosshair"]["keyed"], "a crosshair")[
        "crosshair"
    ]
    hand.press("ArrowLeft", "ArrowLeft", "ArrowRight")
    hand.until(lambda s: s["crosshair"]["x"] == first["x"] - 0.5, "one point to the left")
    x, y = hand.rows()["sine"]
    assert (x, y) == (first["x"] - 0.5, SINE[round(2 * x)])
    said = until_text(hand.page, "#read", "sine").replace("\u2212", "-")
    assert f"{SINE[round(2 * x)]:.10g}" in said
    assert hand.page.get_attribute("#read", "role") == "status"
    hand.press("ArrowDown")
    hand.until(lambda s: s["crosshair"]["series"] == "ramp", "the other series")
    hand.press("c")
    hand.until(lambda s: s["crosshair"] is None, "no crosshair")


def test_keys_measure_too(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    hand.page.focus("#plot")
    hand.press("c", "Shift+ArrowLeft")
    hand.until(lambda s: s["crosshair"] and s["crosshair"]["keyed"], "a crosshair")
    hand.press("Enter")
    a = hand.until(lambda s: s["marks"]["a"], "a mark")["marks"]["a"]
    hand.press("Shift+ArrowLeft")
    hand.until(lambda s: s["crosshair"]["x"] < a["x"], "further left")
    hand.press("Enter")
    assert hand.until(lambda s: s["figures"], "figures")["selection"]["to"] == a["x"]


def test_two_clicks_measure(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small)
    hand.mouse.click(*hand.place(200, SINE[400]))
    assert hand.until(lambda s: s["marks"]["a"], "mark A")["selection"] is None
    hand.mouse.click(*hand.place(600, SINE[1200]))
    stats = hand.until(lambda s: s["figures"], "the figures")
    a, b = stats["marks"]["a"], stats["marks"]["b"]
    assert (a["y"], b["y"]) == (SINE[round(2 * a["x"])], SINE[round(2 * b["x"])])
    assert stats["selection"] == {"from": a["x"], "to": b["x"]}
    chosen = slice(round(2 * a["x"]), round(2 * b["x"]) + 1)
    for name, values in (("sine", SINE[chosen]), ("ramp", RAMP[chosen])):
        figures = stats["figures"][name]
        assert figures["count"] == len(values)
        found = [figures[key] for key in ("mean", "min", "max", "sd")]
        assert found == near([values.mean(), values.min(), values.max(), values.std(ddof=1)])
        words = " ".join(f"{figure:.6g}" for figure in (*found, len(values)))
        hand.text(re.escape(f"{name} {words}"))
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    text = hand.text("Δx")
    for measured in (
        f"Δx {dx:.6g} mm",
        f"Δy {dy:.6g} V",
        f"slope {dy / dx:.6g} V/mm",
        f"1/Δx {1 / dx:.6g} 1/mm",
    ):
        assert measured in text
    hand.mouse.click(*hand.at(0.9, 0.5))
    hand.until(
        lambda s: s["marks"]["b"] is None and s["marks"]["a"]["x"] > 600, "a measurement anew"
    )
    hand.press("Escape")
    hand.until(lambda s: s["marks"]["a"] is None, "no mark")
    assert hand.stats()["view"]["mode"] == "all"


def test_figures_of_times_have_seconds_and_hertz(
    hand_of: HandOf, big: zwsnb.Plot, noise: np.ndarray
) -> None:
    hand = hand_of(big)
    hand.mouse.click(*hand.at(0.25, 0.02))
    hand.mouse.click(*hand.at(0.5, 0.02))
    stats = hand.until(lambda s: s["figures"], "the figures")
    begin, end = (
        math.ceil((stats["selection"][key] - BEGIN) / STEP - 1e-3) for key in ("from", "to")
    )
    figures = stats["figures"]["y"]
    assert figures["count"] == near(end - begin, 2)
    assert (figures["mean"], figures["sd"]) == (
        near(noise[begin:end].mean(), 1e-5),
        near(noise[begin:end].std(ddof=1), 1e-5),
    )
    assert re.search(r"Δx \d+ min [\d.]+ s", hand.text("Δx"))
    assert "Hz" in hand.text("1/Δx")


def test_it_says_when_figures_are_of_what_is_still_held(hand_of: HandOf) -> None:
    plot = zwsnb.Plot(next(names), history=200_000)
    for begin in range(0, 1_000_000, 100_000):
        x = np.arange(begin, begin + 100_000)
        plot.publish(x, np.sin(x / 1e5))
        until(partial(has_points, plot, begin + 100_000), "the points in the relay")
    hand = hand_of(plot)
    hand.mouse.click(*hand.at(0.1, 0.1))
    hand.mouse.click(*hand.at(0.9, 0.1))
    stats = hand.until(lambda s: s["figures"], "the figures")
    assert not stats["figures"]["y"]["complete"]
    hand.text("of what is still held")


def test_figures_that_are_being_computed_say_so(browser: Browser, small: zwsnb.Plot) -> None:
    with opened(browser, small.url) as page:

        def route(socket: Any) -> None:
            server = socket.connect_to_server()
            server.on_message(
                lambda message: (
                    None if '"type": "measure"' in str(message)[:40] else socket.send(message)
                )
            )

        page.route_web_socket(re.compile(r"/ws\?"), route)
        page.reload()
        hand = Hand(page)
        hand.until(lambda s: s["points"] == 2 * COUNT and s["frames"] > 2, "all points")
        hand.mouse.click(*hand.at(0.2, 0.5))
        hand.mouse.click(*hand.at(0.4, 0.5))
        hand.text("computing")


def test_figures_stand_where_they_hide_no_line(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small, viewport={"width": 900, "height": 500})
    hand.mouse.click(*hand.at(0.3, 0.5))
    hand.mouse.click(*hand.at(0.6, 0.5))
    hand.mouse.move(5, 5)
    hand.text("mean")
    box, (begin, end), (low, high) = hand.box(), hand.range, hand.y_range

    def hidden() -> int:
        panel = bounds(hand.page.locator("#readout"))
        left = np.tile(box["left"] + (X - begin) / (end - begin) * box["width"], 2)
        top = box["top"] + (high - np.concatenate((SINE, RAMP))) / (high - low) * box["height"]
        across = (panel["x"] <= left) & (left <= panel["x"] + panel["width"])
        return int(np.sum(across & (panel["y"] <= top) & (top <= panel["y"] + panel["height"])))

    until(
        lambda: hidden() == 0,
        "figures that hide no line",
        3,
        lambda s: hand.page.wait_for_timeout(1000 * s),
    )


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ((240, 180), "light"),
        ((240, 180), "dark"),
        ((400, 200), "light"),
        ((900, 360), "dark"),
        ((1920, 1080), "light"),
    ],
)
def test_figures_fit_into_the_frame(
    hand_of: HandOf, small: zwsnb.Plot, size: tuple[int, int], scheme: str
) -> None:
    width, height = size
    hand = hand_of(small, viewport={"width": width, "height": height}, color_scheme=scheme)
    hand.mouse.click(*hand.at(0.3, 0.5))
    hand.mouse.click(*hand.at(0.6, 0.5))
    hand.mouse.move(*hand.at(0.5, 0.3))
    hand.text("Δx")
    panel = bounds(hand.page.locator("#readout"))
    box = hand.box()
    assert 0 <= panel["x"] <= panel["x"] + panel["width"] <= width
    assert (
        width <= 400
        or box["left"] <= panel["x"] <= panel["x"] + panel["width"] <= box["left"] + box["width"]
    )
    assert panel["height"] <= box["height"]
    size_of_text, ink, paper = hand.page.evaluate(
        "() => { const { fontSize, color } = getComputedStyle(document.getElementById('readout'));"
        " return [parseFloat(fontSize), color, getComputedStyle(document.body).backgroundColor]; }"
    )
    assert size_of_text >= 10
    assert abs(brightness(ink) - brightness(paper)) > 150


def brightness(color: str) -> float:
    return float(np.mean([float(part) for part in re.findall(r"[\d.]+", color)[:3]]))


def test_names_are_text_in_the_readout(hand_of: HandOf) -> None:
    name = "<img src=x onerror=window.hit=1>"
    plot = zwsnb.Plot(next(names))
    plot.publish(range(10), {name: range(10)})
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.text(re.escape(name))
    assert hand.page.locator("#readout img").count() == 0
    assert hand.page.evaluate("() => window.hit") is None
