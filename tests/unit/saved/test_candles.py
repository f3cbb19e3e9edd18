"""The candles of a file: of every round period that a page may choose, from the points."""

from __future__ import annotations

import numpy as np
import pytest
from support.snapshots import plot_with

from zwsnb.history.runs import Arrival
from zwsnb.saved.candles import Level, levels_of

Y = np.random.default_rng(5).standard_normal(20_000).cumsum()


def levels(**options: object) -> list[Level]:
    plot = plot_with({"style": "candles", **options}, y=Y)
    *steps, found = levels_of(plot, plot.series["y"], 2_000)
    assert set(steps) <= {None}
    return list(found or [])


def test_there_are_none_where_it_is_drawn_otherwise() -> None:
    assert levels(style="line") == []


def test_curves_and_scatters_beside_candles_have_none() -> None:
    plot = plot_with({"style": "candles"}, y=Y, curve=(np.sin(Y), np.cos(Y)))
    plot.append("trades", Y, Y, Arrival(marks=np.array([Y, Y])))
    made = {name: [*levels_of(plot, its, 2_000)][-1] for name, its in plot.series.items()}
    assert [name for name, found in made.items() if found] == ["y"]


def test_periods_are_round_and_ever_wider() -> None:
    found = levels()
    widths = [level.width for level in found]
    assert widths == [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
    assert [level.vertices.shape[1] // 4 for level in found] == [20_000 // w for w in widths]


@pytest.mark.parametrize("at", [0, 3, 8])
def test_each_is_of_its_points(at: int) -> None:
    width, vertices = levels()[at]
    (begin, middle, _, end), (first, high, low, last) = vertices[:, 4:8]
    points = Y[int(begin) : int(end)]
    assert (begin, middle, end) == (width, 1.5 * width, 2 * width)
    assert (first, high, low, last) == (points[0], points.max(), points.min(), points[-1])


def test_none_is_shorter_than_the_plot_says() -> None:
    assert levels(period=200)[0].width == 200
