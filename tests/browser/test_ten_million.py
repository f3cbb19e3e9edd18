"""Ten million points on a page: a zoom is quick, no frame is blank, each single point is found."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
import pytest
from support.hand import HandOf, has_points, near
from support.lab import Stats, report, until

import zwsnb

pytestmark = [pytest.mark.browser]

MANY: Final = 10_000_000
STEP: Final = 1e-3
BEGIN: Final = 1_700_000_000.0
SPIKE: Final = 7_654_321
SPIKE_Y: Final = 31.41592653
SPIKE_X: Final = BEGIN + SPIKE * STEP


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


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
    # How quickly is for the benchmarks (P7): beside another test it may take three times as long.
    assert all(math.isfinite(time) for time in times)
    hand.page.evaluate(WATCH, [hand.stats()["series"]["y"]["color"]])
    for delta in [-240] * 3 + [240] * 3:
        before = hand.range
        hand.wheel(delta)
        hand.moved(before)
    seen = hand.page.evaluate("() => window.seen")
    assert len(seen) > 6
    assert min(seen) > 100


FOUND = """() => {
    const before = zwsnb.stats();
    addEventListener("wheel", () => requestAnimationFrame(() => {
        const { refinements, patches } = zwsnb.stats();
        window.found = [refinements - before.refinements, patches - before.patches];
    }), { once: true });
}"""


def vertices(s: Stats) -> int:
    """Return how many the page has."""
    return int(s["series"]["y"]["vertices"])


def test_a_zoom_from_rest_finds_its_vertices_there(hand_of: HandOf, big: zwsnb.Plot) -> None:
    hand = hand_of(big)
    hand.mouse.move(*hand.at(0.6, 0.5))
    for delta in (-240, -120, -240):
        before = hand.stats()["refinements"]
        hand.wheel(delta)
        hand.until(partial(has_refined, before), "a refinement")
        # At rest: half a screen more at each side, and twice as fine.
        hand.until(lambda s: vertices(s) > 12_000, "the vertices of a further zoom")
        hand.page.evaluate(FOUND)
        hand.wheel(-120)
        hand.until(lambda _: hand.page.evaluate("() => window.found"), "its frame")
        assert hand.page.evaluate("() => window.found") == [1, 0], "painted, and nothing has come"
        hand.page.evaluate("() => { window.found = null; }")


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
    text = hand.text(re.escape(f"{SPIKE_Y:.3f}"))
    assert f"{clock}.{round(SPIKE_X * 1000) % 1000:03d}" in text
    assert "31.416 V" in text


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
