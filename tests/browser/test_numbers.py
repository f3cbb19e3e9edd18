"""Numbers as people write them, in the legend, on the axes and at the crosshair of a real page, and
on the snapshot.
"""

from __future__ import annotations

import itertools
import re
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray
from support.hand import HandOf
from support.labels import labels
from support.snapshots import plot_with, texts

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

K: Final = np.arange(1000.0)
TURN: Final = np.linspace(0, 2 * np.pi, 1001)
DECADES: Final = 10 ** np.linspace(-6, 6, 1001)
names: Final = (f"number {n}" for n in itertools.count())

Case = tuple[dict[str, Any], NDArray[Any], NDArray[Any], str, str, str]

CASES: Final[dict[str, Case]] = {
    # options, x, y, the last value in the legend, a label of y, the value in the middle of x
    "a circle": (
        {"xy": True}, np.cos(TURN), np.sin(TURN), "0", "0.5", r"\by -?[01](\.\d+)?, -?[01]\b",
    ),
    "visitors": ({}, K, np.linspace(1e6, 45_000, 1000), "45 000", "200 000", r"\b52\d \d{3}"),
    "volts": (
        {"y_unit": "V"}, K, np.linspace(1e6, 45_000, 1000), "45 kV", "0.2 MV", r"\b0\.52\d+ MV",
    ),
    "45 000 volts": (
        {"y_unit": "V"}, K, 45_000 + 40 * np.sin(K / 40), "44.99", "45.02 kV", r"\b4[45]\.\d+ kV",
    ),
    "tiny": ({}, K, 1e-6 * np.sin(K / 50), "9.05×10⁻⁷", "0.5×10⁻⁶", r"-5\.\d{2,3}×10⁻⁷"),
    "currents": ({"y_unit": "A"}, K, 1e-6 * np.sin(K / 50), "0.905 µA", "0.5 µA", r"-0\.5\d+ µA"),
    "percent": ({"y_unit": "%"}, K, 50 + 40 * np.sin(K / 50), "86.2 %", "40 %", r"\b2\d\.\d+ %"),
    "decades": ({"log": "xy"}, DECADES, DECADES[::-1], "10⁻⁶", "10⁻²", r"\b1 "),
    "decades of volts": (
        {"log": "xy", "y_unit": "V", "x_unit": "s"}, DECADES, DECADES[::-1], "1 µV", "10 mV",
        r"\b1 s [^ ]+ 1 V",
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """Return a text with the spaces and signs of a keyboard."""
    return re.sub(r"\s+", " ", text).replace("\u2212", "-")


@pytest.mark.parametrize("case", CASES)
def test_legend_axis_and_crosshair_write_alike(hand_of: HandOf, case: str) -> None:
    options, x, y, last, label, read = CASES[case]
    plot = zwsnb.Plot(next(names), **options)
    plot.publish(x, y)
    hand = hand_of(plot)
    legend = hand.page.locator("#legend .value")
    hand.until(lambda _: plain(legend.text_content() or "").startswith(last), last)
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.text(read)
    _, drawn = labels(hand)
    assert label in drawn
    snapshot = texts(plot_with(options, y=(x, y)))
    assert label in snapshot
