"""Candles in a snapshot: the rules of the page, and what is painted."""

from __future__ import annotations

import numpy as np
import pytest
from support.rules import check_golden
from support.snapshots import elements

from zwsnb.history.plots import Plot
from zwsnb.painting.candles import bodies_path, candles_in, wicks_path

PIXELS = np.array(
    [[0, 50], [5, 10], [5, 60], [10, 20], [10, 20], [15, 20], [15, 90], [20, 80]], dtype=float
)


@pytest.mark.parametrize("rule", ["candles", "room_for_candles"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_candle_has_a_body_and_two_wicks() -> None:
    rising, falling = candles_in(PIXELS)
    assert (rising.rises, falling.rises) == (True, False)
    assert wicks_path([rising]) == "M5 10V20M5 50V60"
    assert bodies_path([falling]) == "M11.5 20h7v60h-7Z"


@pytest.mark.parametrize("window", [None, 10])
def test_all_candles_of_a_plot_are_painted(window: float | None) -> None:
    plot = Plot("p")
    plot.set_options({"style": "candles", "period": 5, "window": window})
    plot.append("y", np.arange(0.0, 30.0), np.array([1.0, 3.0, 0.0, 2.0, 2.0] * 6))
    paths = [path.get("d") or "" for path in elements(plot, "path")]
    bodies = [data for data in paths if "h" in data and data.endswith("Z")]
    assert sum(data.count("Z") for data in bodies) == (6 if window is None else 3)
