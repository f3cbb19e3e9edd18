"""Scatters on real pages: their colours and sizes, read, thinned, zoomed and saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser
from support.hand import Hand, hand_of_900_by_400

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]


@pytest.fixture
def hand(browser: Browser) -> Iterator[Hand]:
    with hand_of_900_by_400(browser) as found:
        yield found


def test_a_scatter_is_read_thinned_and_zoomed(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names), z_label="depth", z_unit="km")
    plot.scatter([0, 1, 0.5], [0, 1, 0.5], color=[10, 20, 15], size=[1, 4, 2])
    hand.page.goto(plot.url)
    state = hand.until(lambda s: s["series"] and s["series"]["y"]["vertices"] == 3, "three dots")
    marks = {"colors": [10, 20], "sizes": [1, 4], "inSight": 3, "isDensity": False}
    assert state["series"]["y"]["marks"] == marks
    hand.mouse.move(*hand.at(0.5, 0.5))
    hand.until(lambda s: "depth 15\u202fkm, size 2" in s["readout"], "the values of a dot")

    # Of very many some are drawn, and all when one looks closer.
    rng = np.random.default_rng(0)
    x, y = rng.random((2, 60_000))
    plot.scatter(x, y, color=x)
    thinned = hand.until(lambda s: s["points"] == 60_003, "all points")["series"]["y"]
    state = hand.until(lambda s: s["series"]["y"]["marks"]["inSight"] == 60_003, "all in sight")
    thinned = state["series"]["y"]
    assert 1_000 < thinned["vertices"] <= 20_000
    hand.until(
        lambda _: "newest dots drawn" in hand.page.inner_text("#status"), "that not all are drawn"
    )
    while (view := hand.stats()["view"])["to"] - view["from"] > 0.1:
        hand.mouse.move(*hand.at(0.5, 0.5))
        hand.wheel(-240)
        hand.moved((view["from"], view["to"]))
    hand.until(
        lambda s: s["series"]["y"]["vertices"] == s["series"]["y"]["marks"]["inSight"],
        "each point in sight",
    )


def test_very_many_points_are_counted(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names))
    x, y = np.random.default_rng(0).random((2, 100_000))
    plot.scatter(x, y)
    hand.page.goto(plot.url)
    state = hand.until(
        lambda s: s["series"] and s["series"]["y"].get("marks", {}).get("inSight") == 100_000,
        "all counted",
    )
    assert state["series"]["y"]["marks"]["isDensity"]
    hand.until(lambda _: "counts drawn" in hand.page.inner_text("#status"), "that they are counted")
    hand.mouse.move(*hand.at(0.5, 0.5))
    state = hand.until(lambda s: s["crosshair"] and s["crosshair"]["rows"], "a count")
    assert state["crosshair"]["rows"][0]["count"] >= 1
    assert "points" in state["readout"]


def test_a_scatter_is_saved(hand: Hand, names: Iterator[str], tmp_path: Path) -> None:
    plot = zwsnb.Plot(next(names))
    plot.scatter(range(50), range(50), color=range(50))
    hand.page.goto(plot.url)
    hand.until(lambda s: s["series"] and s["series"]["y"]["vertices"] == 50, "the dots")
    with hand.page.expect_download() as found:
        hand.page.evaluate("() => { delete Window.prototype.showSaveFilePicker; }")
        hand.page.click("#more")
        hand.page.click("#save-svg")
    saved = Path(found.value.path()).read_text(encoding="utf-8")
    assert len(set(re.findall('fill="[^"]+"', saved))) > 40, "colours of the dots"

    page = plot.save(tmp_path / "page.html")
    hand.page.goto(page.as_uri())
    state = hand.until(lambda s: s["series"] and s["series"]["y"]["vertices"] == 50, "the file")
    marks = state["series"]["y"]["marks"]
    assert (marks["colors"], marks["inSight"]) == ([0, 49], 50)


def test_pairs_are_shown_as_a_density_and_saved_so(
    hand: Hand, names: Iterator[str], tmp_path: Path
) -> None:
    plot = zwsnb.Plot(next(names), style="density")
    x, y = np.random.default_rng(0).normal(size=(2, 3_000))
    plot.publish(x, y)
    hand.page.goto(plot.url)

    def counted(state: dict[str, Any]) -> int:
        marks = state["series"].get("y", {}).get("marks") or {"isDensity": False}
        return int(marks["inSight"]) if marks["isDensity"] else 0

    hand.until(lambda s: counted(s) == 3_000, "all counted")
    plot.style(style="points")
    hand.until(
        lambda s: not counted(s) and s["series"]["y"]["vertices"] == 3_000, "each point a dot"
    )
    plot.style(style="density")
    plot.publish(x, y + 1)
    hand.until(lambda s: counted(s) == 6_000, "what has come since as well")
    hand.page.goto(plot.save(tmp_path / "page.html").as_uri())
    hand.until(lambda s: counted(s) == 6_000, "the counts of the file")
