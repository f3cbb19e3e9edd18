"""What a trigger adds to a snapshot."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pytest

from zwsnb.history.plots import Plot
from zwsnb.snapshot.composition import compose
from zwsnb.snapshot.frame import Side
from zwsnb.snapshot.render import render_svg
from zwsnb.snapshot.sweeps import (
    Level,
    level_of,
    over_earlier,
    sweep_of,
    ticks_since,
    with_level,
    with_trigger,
)
from zwsnb.triggers.trigger import Sweep

MINUS = "\N{MINUS SIGN}"

NOTHING: Final[dict[str, Any]] = {"lines": [], "log": False}
"""Options of a panel without thresholds."""


def scope(**options: object) -> Plot:
    """Return a plot whose series rises through a half at 19.5, 39.5 and 59.5."""
    plot = Plot("scope")
    said = {"level": 0.5, "pre": 0.2, "persist": 2}
    plot.set_options({"window": 10.0, "trigger": said, "y_unit": "V", **options})
    x = np.arange(1.0, 70.0)
    y = np.where(x % 20 < 10, 1.0, 0.0)
    plot.append("y", x, y)
    plot.trigger.look([(plot.series["y"], 0, len(x))], x, y)
    return plot


def text_in(svg: str) -> list[str]:
    return [re.sub(r"\s", " ", text) for text in re.findall(r">([^<>]+)</?t", svg)]


def test_it_shows_the_newest_sweep_over_those_before_it() -> None:
    plot = scope()
    sweep = sweep_of(plot)
    assert sweep == Sweep(3, 59.5, 57.5, 67.5)
    panels = compose(plot, 10.0, 100)
    (lines,) = over_earlier(plot, panels, 100)
    assert [line.is_earlier for line in lines] == [True, True, False]
    assert all(line.points[0, 0] == pytest.approx(57) for line in lines)
    assert len({line.color for line in lines}) == 3


def test_without_persistence_there_is_one() -> None:
    plot = scope(trigger={"level": 0.5, "pre": 0.2})
    ((line,),) = over_earlier(plot, compose(plot, 10.0, 100), 100)
    assert not line.is_earlier


def test_the_level_stands_in_the_panel_of_its_series() -> None:
    plot = scope(panels=[["other"], ["y"]])
    plot.append("other", np.arange(3.0), np.arange(3.0))
    panels = compose(plot, 10.0, 100)
    level = level_of(plot, panels)
    assert level is not None
    assert (level.y, level.panel, level.side) == (0.5, 1, "left")
    side = Side((-2, 2), "V", "", None, (), named=False)
    assert with_level(NOTHING, level, 0, {"left": side}) == []
    [line] = with_level(NOTHING, level, 1, {"left": side})
    assert (line["y"], line["axis"]) == (0.5, "left")
    assert line["text"] == "trigger 0.5\u202fV"
    [finer] = with_level(NOTHING, level, 1, {"left": replace(side, range=(0, 0.9))})
    assert finer["text"] == "trigger 500\u202fmV"
    plot.set_options({"trigger": {"mode": "roll"}})
    assert level_of(plot, panels) is None
    assert sweep_of(plot) is None


def test_there_is_a_line_at_the_trigger() -> None:
    assert with_trigger([(1.0, "one")], None) == [(1.0, "one")]
    assert with_trigger([(1.0, "one")], Sweep(1, 5.0, 4.0, 6.0)) == [(1.0, "one"), (5.0, "")]
    assert with_level(NOTHING, None, 0, {}) == []
    assert Level(0.5, 0, "left").panel == 0


def test_x_is_counted_from_the_trigger() -> None:
    ticks = ticks_since(scope(), 57.5, 67.5, 700, "s")
    assert ticks is not None
    labels = [re.sub(r"\s", " ", each.label) for each in ticks.list]
    assert labels[:3] == [
        f"{MINUS}2 s",
        "0",
        "2 s",
    ]
    assert ticks.list[1].position == pytest.approx(59.5)
    assert re.sub(r"\s", " ", ticks.context) == "trigger at 59.5 s"


def test_of_times_it_is_said_when_that_was() -> None:
    plot = scope(time=True, tz="Europe/Berlin")
    ticks = ticks_since(plot, 57.5, 67.5, 700, "")
    assert ticks is not None
    assert ticks.context == "trigger at 01:00:59.500000"
    assert {re.sub(r"\s", " ", each.label) for each in ticks.list} >= {
        f"{MINUS}2 s",
        "0",
        "4 s",
    }


def test_all_of_it_is_in_the_picture() -> None:
    words = text_in(render_svg(scope(x_unit="s")))
    assert {f"{MINUS}2 s", "4 s", "trigger at 59.5 s", "trigger 0.5 V"} <= set(words)
    assert words.count("y") == 1, "the legend has one"


def test_until_there_is_a_sweep_it_follows() -> None:
    plot = Plot("scope")
    plot.set_options({"window": 10.0, "trigger": {"level": 25}})
    plot.append("y", np.arange(30.0), np.arange(30.0))
    assert sweep_of(plot) is None
    assert ticks_since(plot, 0, 1, 100, "") is None
    assert "trigger 25" in text_in(render_svg(plot))
