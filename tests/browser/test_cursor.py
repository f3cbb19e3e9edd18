"""Reading values off a plot: the crosshair, measuring between two clicks, the readout.

What the page says (`window.zwsnb.stats()`, the text of its readout) is compared with what was
published here.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser
from support.hand import COUNT, RAMP, SINE, Hand, HandOf, has_crosshair, has_points, near
from support.lab import until
from support.pages import bounds, until_text, user

import zwsnb

pytestmark = [pytest.mark.browser]

names = (f"reading {i}" for i in itertools.count())


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


def as_read(y: float) -> str:
    """Return a value of the small plot with the digits that its axis deserves."""
    return f"{y:.3f}".rstrip("0").rstrip(".")


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
        hand.text(re.escape(f"{name} {as_read(values[round(2 * rows[name][0])])} V"))


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
    with user(browser) as context:
        page = context.new_page()
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
        page.goto(small.url)
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
    assert f"sine {as_read(SINE[round(2 * x)])}" in said
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
        # A pixel is some 0.1 V: there is a digit beyond it.
        words = " ".join(f"{round(figure, 2):g} V" for figure in found)
        hand.text(re.escape(f"{name} {words} {len(values)}"))
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    text = hand.text("Δx")
    for measured in (f"Δx {dx:g} mm", f"Δy {round(dy, 2):g} V", "slope -", "1/Δx 0.00"):
        assert measured in text
    hand.mouse.click(*hand.at(0.9, 0.5))
    hand.until(
        lambda s: s["marks"]["b"] is None and s["marks"]["a"]["x"] > 600, "a measurement anew"
    )
    hand.press("Escape")
    hand.until(lambda s: s["marks"]["a"] is None, "no mark")
    assert hand.stats()["view"]["mode"] == "all"


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
    hand.text("of what is held")


def test_figures_that_are_being_computed_say_so(browser: Browser, small: zwsnb.Plot) -> None:
    with user(browser) as context:
        page = context.new_page()

        def route(socket: Any) -> None:
            server = socket.connect_to_server()
            server.on_message(
                lambda message: (
                    None if '"type": "measure"' in str(message)[:40] else socket.send(message)
                )
            )

        page.route_web_socket(re.compile(r"/ws\?"), route)
        page.goto(small.url)
        hand = Hand(page)
        hand.until(lambda s: s["points"] == 2 * COUNT and s["frames"] > 2, "all points")
        hand.mouse.click(*hand.at(0.2, 0.5))
        hand.mouse.click(*hand.at(0.4, 0.5))
        hand.text("computing")


def test_figures_stand_beside_what_they_measure(hand_of: HandOf, small: zwsnb.Plot) -> None:
    hand = hand_of(small, viewport={"width": 900, "height": 500})
    hand.mouse.click(*hand.at(0.1, 0.5))
    hand.mouse.click(*hand.at(0.3, 0.5))
    hand.mouse.move(5, 5)
    hand.text("mean")
    box, (begin, end) = hand.box(), hand.range
    last = hand.stats()["selection"]["to"]
    pole = box["left"] + (last - begin) / (end - begin) * box["width"]
    until(
        lambda: bounds(hand.page.locator("#readout"))["x"] > pole,
        "figures right of the selection",
        20,
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
    name = "<img src onerror=hit=1>"
    plot = zwsnb.Plot(next(names))
    plot.publish(range(10), {name: range(10)})
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.text(re.escape(name))
    assert hand.page.locator("#readout img").count() == 0
    assert hand.page.evaluate("() => window.hit") is None
