"""A plot that is open turns to its spectrum, and back to the signal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from support.hand import HandOf
from support.lab import Stats

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]


@pytest.fixture
def plot(numbers: Iterator[int]) -> zwsnb.Plot:
    return zwsnb.Plot(f"spectrum {next(numbers)}", window="500ms", x_unit="s", y_unit="V")


def tone(plot: zwsnb.Plot, frequency: float, since: float = 0.0) -> None:
    x = since + np.arange(1_000) / 1_000
    plot.publish(x, 3 * np.sin(2 * np.pi * frequency * x))


def peak(stats: Stats) -> float:
    """Where the spectrum is highest, which is what the legend says of it."""
    found: float = stats["series"]["y"]["lastX"]
    return found


def test_style_there_and_back_in_an_open_page(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    tone(plot, 50)
    plot.mark(0.5, "half")
    hand = hand_of(plot)
    hand.until(lambda s: s["points"] == 1_000 and s["view"]["to"] == 0.999, "the signal")
    hand.page.keyboard.press("+")  # what is looked at of the signal is nothing of its spectrum
    hand.page.keyboard.press(" ")
    hand.until(lambda s: s["view"]["paused"], "a pause")
    plot.style(style="spectrum")
    stats = hand.until(lambda s: abs(peak(s) - 50) < 0.1, "the spectrum")
    assert (stats["view"]["mode"], stats["view"]["paused"]) == ("all", False)
    assert stats["panels"][0]["x"] == {"low": 0, "high": pytest.approx(500), "log": False}
    assert stats["series"]["y"]["lastY"] == pytest.approx(3)
    tone(plot, 120, since=1)
    hand.until(lambda s: abs(peak(s) - 120) < 0.1 and s["points"] == 2_000, "it moves")
    hand.page.keyboard.press("+")
    hand.until(lambda s: s["view"]["mode"] == "range", "a range of frequencies")
    plot.style(style="line")
    stats = hand.until(lambda s: peak(s) == 1.999, "the signal again")
    assert (stats["view"]["mode"], stats["view"]["window"]) == ("follow", 0.5)
    stats = hand.until(lambda s: s["view"]["low"] < -2.9, "its values")
    # It follows what came while it was a spectrum, perhaps a fifth of the window ahead.
    assert 1.999 <= stats["view"]["to"] < 2.1
    assert stats["panels"][0]["x"]["low"] == pytest.approx(stats["view"]["to"] - 0.5)
    assert stats["annotations"] == ["half"]


def test_too_few_points_say_so(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    plot.style("spectrum")
    hand = hand_of(plot)
    hand.page.get_by_text("Waiting for points").wait_for()
    plot.publish([1, 2, 3], [1, 2, 3])
    hand.page.get_by_text(
        "No spectrum yet: it takes 8 points of a series in the window."
    ).wait_for()
    tone(plot, 50, since=4)
    hand.until(lambda s: s["panels"][0]["x"]["high"] > 100, "a spectrum")
    assert hand.page.locator("#reason").text_content() == ""
