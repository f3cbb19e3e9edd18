"""Numbers at the ends of what doubles can be, in a real page: a line, labels that differ,
a crosshair with all digits, and no empty range at the end of a wheel.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final, Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from support.hand import HandOf
from support.lab import Stats, until
from support.labels import labels

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

INK: Final = """([r, g, b]) => {
    const canvas = document.querySelector("#plot .flot-base");
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const [columns, rows] = [new Set(), new Set()];
    for (let i = 0; i < data.length; i += 4) {
        const far = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
        if (data[i + 3] < 100 || far > 60) continue;
        columns.add((i / 4) % width);
        rows.add(Math.floor(i / 4 / width));
    }
    return [columns.size / width, rows.size / height];
}"""
"""Parts of the width and of the height of the canvas in which there is a colour."""

K: Final = np.arange(301.0)
WAVE: Final = np.sin(K / 20)
NANOSECONDS: Final = 1_795_811_940_000_000_000 + 1000 * K
DIVERGING: Final = (-3.0) ** np.arange(1, 647)
ENDS: Final = 1.7e308 * np.sin(np.linspace(-math.pi / 2, math.pi / 2, 301))

Style = Literal["line", "step", "area", "bars"]

CASES: Final[dict[str, tuple[NDArray[Any], NDArray[Any], Style, set[str]]]] = {
    "diverging": (np.arange(646.0), DIVERGING, "line", {"0", "100×10³⁰⁶", "150×10³⁰⁶"}),
    "end to end": (K, 1.7e308 * WAVE, "line", {"-10³⁰⁸", "0", "10³⁰⁸"}),
    "end to end, area": (K, 1.7e308 * WAVE, "area", {"-10³⁰⁸", "0", "10³⁰⁸"}),
    "end to end, bars": (K[:50], 1.7e308 * WAVE[:50], "bars", {"0", "100×10³⁰⁶"}),
    "end to end, step": (K, 1.7e308 * WAVE, "step", {"-10³⁰⁸", "0", "10³⁰⁸"}),
    "end to end in x": (ENDS, WAVE, "line", {"-100×10³⁰⁶", "0", "100×10³⁰⁶"}),
    "tiny": (K, 1e-306 * WAVE, "line", {"-1.0×10⁻³⁰⁶", "-0.5×10⁻³⁰⁶", "0", "1.0×10⁻³⁰⁶"}),
    "tiny x": (1e-306 * K, WAVE, "line", {"0", "100×10⁻³⁰⁶", "200×10⁻³⁰⁶"}),
    "around 1": (K, 1 + 1e-13 * WAVE, "line", {"+1", "-100×10⁻¹⁵", "0", "100×10⁻¹⁵"}),
    "nanoseconds": (K, NANOSECONDS, "line", {"+1.79581194×10¹⁸", "0", "100 000", "300 000"}),
    "nanoseconds in x": (NANOSECONDS, WAVE, "line", {"+1.79581194×10¹⁸", "50 000", "250 000"}),
}


@pytest.fixture(autouse=True)
def nothing_refused() -> Iterator[None]:
    """Whatever a page asks for, it asks in numbers."""
    yield
    assert "refused" not in zwsnb.stats()["counts"]


def is_a_range(s: Stats) -> bool:
    """Say whether all axes have one."""
    axes = [axis for panel in s["panels"] for axis in (panel["x"], panel["left"])]
    ends = [(axis["low"], axis["high"]) for axis in axes]
    # JSON has no NaN and no infinity: what the browser says of them is None or not finite.
    return all(
        low is not None and high is not None and -math.inf < low < high < math.inf
        for low, high in ends
    )


@pytest.mark.parametrize("case", CASES)
def test_there_is_a_line_and_labels_that_can_be_told_apart(hand_of: HandOf, case: str) -> None:
    x, y, style, expected = CASES[case]
    plot = zwsnb.Plot(case, style=style)
    plot.publish(x, y)
    hand = hand_of(plot)
    stats = hand.stats()
    assert is_a_range(stats)
    color = stats["series"]["y"]["color"]
    columns, rows = hand.page.evaluate(INK, [int(color[i : i + 2], 16) for i in (1, 3, 5)])
    assert columns > 0.5
    assert rows > 0.5
    ticks, texts = labels(hand)
    # The picture may have been drawn twice.
    assert len(set(ticks)) in (len(ticks), len(ticks) / 2)
    assert len(set(ticks)) >= 6
    assert expected <= set(texts)


def test_a_line_of_1_stands_among_what_differs_by_1e_13(hand_of: HandOf) -> None:
    plot = zwsnb.Plot("beside a constant")
    plot.publish(K, wave=1 + 1e-13 * WAVE, one=1 + 0 * K)
    hand = hand_of(plot)
    hand.mouse.move(*hand.place(150, 1))
    assert hand.rows()["one"] == (150, 1)
    hand.text(r"1\.00000000000009")
    assert "1.0000000000000" in (hand.page.text_content("#legend") or "")


TRIES = count()


@pytest.mark.parametrize(
    ("begin", "step", "time", "pattern"),
    [
        (1.7e9, 1e-6, False, r"1 700 000 000\.00\d{4}\b"),
        (1.7e9, 1e-6, "auto", r"\d\d:13:20\.00\d{4}\b"),
        (1e6, 1e-9, "auto", r"1 000 000\.00000\d{4}\b"),
        (1_795_811_940_000_000_000, 1000, "auto", r"1 795 811 940 00\d \d{3} 000\b"),
    ],
)
def test_at_the_deepest_zoom_the_crosshair_has_the_digits_of_each_point(
    hand_of: HandOf, begin: float, step: float, time: Any, pattern: str
) -> None:
    # A name of its own: what a first try has left would be another run.
    plot = zwsnb.Plot(f"deep at {begin:g}, {time}, {next(TRIES)}", time=time)
    x = begin + step * np.arange(3000)
    plot.publish(x, np.sin(np.arange(3000) / 20))
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.6, 0.4))
    deepest = 64 * np.finfo(float).eps * float(x[-1])
    while hand.range[1] - hand.range[0] > 1.5 * deepest:
        before = hand.range
        hand.wheel(-240)
        low, high = hand.moved(before)
        assert low < high
    found = hand.until(lambda s: len(s["crosshair"]["rows"]) == 1, "a point")["crosshair"]["x"]
    hand.text(pattern)
    low, high = hand.range
    beside = x[(x > low) & (x < high)]
    assert len(beside) > 5
    assert np.abs(beside - found).min() <= 2 * np.spacing(found)
    if ":" not in pattern:  # a clock has no offset
        until(lambda: any(text.startswith("+1") for text in labels(hand)[1]), "an offset")


@pytest.mark.parametrize("kind", ["datetime64", "time_ns"])
def test_nanoseconds_of_times_are_on_the_axis_and_at_the_crosshair(
    hand_of: HandOf, kind: str
) -> None:
    first = 1_795_867_200_123_456_000
    times = first + np.arange(3000)
    plot = zwsnb.Plot(f"nanoseconds {kind}", time="ns" if kind == "time_ns" else None, tz="UTC")
    plot.publish(times if kind == "time_ns" else times.astype("M8[ns]"), np.sin(K[0] + times % 50))
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.6, 0.4))
    while hand.range[1] - hand.range[0] > 1e-8:
        before = hand.range
        hand.wheel(-240)
        hand.moved(before)
    stats = hand.until(lambda s: len(s["crosshair"]["rows"]) == 1, "a point")
    found = stats["origin"] * 10**9 + round(stats["crosshair"]["x"] * 1e9)
    assert found in times
    hand.text(rf"12:00:00\.{found % 10**9:09}\b")
    ticks, _ = labels(hand)
    clocks = {text.removeprefix("center ") for text in ticks if ":" in text}
    assert len(clocks) >= 2
    assert all(re.fullmatch(r"12:00:00\.12345\d{4}", text) for text in clocks)
    # The view stays where it is while the plot is empty, and when the same times come again.
    seen = hand.range
    plot.clear()
    hand.until(lambda s: s["points"] > 0 and not s["series"], "an empty plot")
    assert hand.range == seen
    plot.publish(times if kind == "time_ns" else times.astype("M8[ns]"), np.zeros(3000))
    hand.until(lambda s: s["series"] and s["series"]["y"]["vertices"], "the points")
    assert hand.range == seen


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (ENDS, 1.7e308 * WAVE),
        pytest.param(1e-306 * K, 1e-306 * WAVE, marks=pytest.mark.long),
        pytest.param(NANOSECONDS, 1 + 1e-13 * WAVE, marks=pytest.mark.long),
    ],
    ids=["end to end", "tiny", "narrow"],
)
def test_a_wheel_finds_a_range_at_every_turn(
    hand_of: HandOf, x: NDArray[Any], y: NDArray[Any]
) -> None:
    plot = zwsnb.Plot(f"wheel {x[0]:g} {y[1]:g}")
    plot.publish(x, y)
    hand = hand_of(plot)
    whole = hand.range
    hand.mouse.move(*hand.at(0.6, 0.4))
    for turn in (-240, 240):
        for key in ((), ("Shift",)):
            for _ in range(25):
                hand.wheel(turn, *key)
                assert is_a_range(hand.stats())
    hand.until(lambda s: (s["view"]["from"], s["view"]["to"]) == whole, "everything")
    hand.until(lambda s: s["view"]["mode"] == "all", "the live edge")


def test_from_end_to_end_it_can_be_pointed_at(hand_of: HandOf) -> None:
    plot = zwsnb.Plot("pointed at")
    plot.publish(ENDS, 1.7e308 * WAVE)
    hand = hand_of(plot)
    hand.mouse.move(*hand.at(0.5, 0.5))
    assert set(hand.rows()) == {"y"}
    found = hand.stats()["crosshair"]
    assert abs(found["x"]) < 2e306
    assert math.isfinite(found["rows"][0]["y"])
