"""What a picture has of series that a page is sent in parts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.snapshots import plot_of, plot_with

from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.snapshot import render
from zwsnb.snapshot.render import render_svg, rendering
from zwsnb.view.entries import entries_of
from zwsnb.view.viewport import Viewport

CHANCE = np.random.default_rng(0)


def candles() -> Plot:
    return plot_with({"style": "candles"}, y=CHANCE.normal(size=5000).cumsum())


def curve() -> Plot:
    angle = np.linspace(0, math.tau, 300_000)
    return plot_with({"xy": True}, y=(np.cos(angle), np.sin(angle)))


def scatter(n: int = 300_000) -> Plot:
    plot = Plot("p")
    x = np.linspace(0, 1, n)
    plot.append("y", x, CHANCE.random(n), Arrival(marks=np.stack((x, np.ones(n)))))
    return plot


@pytest.mark.parametrize(
    ("plot", "left", "right"), [(candles(), 0, 4999), (curve(), -1, 1), (scatter(), 0, 1)]
)
def test_a_picture_has_all_that_a_page_is_sent_in_parts(
    plot: Plot, left: float, right: float
) -> None:
    x = entries_of(plot, Viewport(720))["y"].vertices[:, 0]
    at = np.sort(x[np.isfinite(x)])
    room = 0.02 * (right - left)
    assert at[0] <= left + room
    assert at[-1] >= right - room
    assert np.diff(at).max() < 2 * room


@pytest.mark.parametrize("plot", [candles(), curve(), scatter(), plot_of((0, 1), (1, 2))])
def test_in_steps_it_is_the_same_picture(plot: Plot) -> None:
    *steps, svg = rendering(plot)
    assert set(steps) <= {None}
    assert svg == render_svg(plot)


@pytest.mark.usefixtures("_large_blocks")
def test_points_that_come_meanwhile_are_in_it_and_do_not_keep_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "_MOST_STEPS", 10)
    plot, steps, svg = curve(), 0, None
    for svg in rendering(plot):
        angle = np.linspace(0, math.tau, 40_000) if svg is None else ()
        plot.append("y", 2 * np.cos(angle), np.sin(angle))
        steps += 1
    assert steps < 200
    assert svg == render_svg(plot)
