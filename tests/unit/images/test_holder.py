"""Rows come to a plot: its version, its x, its bytes, within its budget."""

from __future__ import annotations

import math

import numpy as np

from zwsnb.history.plots import History, Plot
from zwsnb.protocol.images.rows import Rows


def rows(begin: float, count: int, bins: int = 1024) -> Rows:
    x = begin + np.arange(count, dtype=float)
    return Rows("p", "image", x, np.ones((count, bins), np.float32), (0.0, 1.0))


def test_rows_are_points_of_the_plot() -> None:
    plot = Plot("p")
    assert math.isnan(plot.x_range[0])
    plot.append("y", np.array([-1.0]), np.array([0.0]))
    points = plot.nbytes
    plot.append_rows(rows(0, 3))
    assert plot.nbytes - points == plot.image.nbytes > 0
    assert (plot.count, plot.x_range, plot.version) == (4, (-1.0, 2.5), 2)
    plot.clear()
    assert plot.image.run is None
    assert plot.count == 4
    plot.append_rows(rows(0, 0))
    assert plot.nbytes == 0


def test_the_first_x_may_look_like_times() -> None:
    plot = Plot("p")
    plot.append_rows(rows(1_700_000_000, 2))
    assert plot.is_time
    assert plot.clock.is_guess


def test_a_budget_holds_the_newest_rows() -> None:
    history = History(budget=20 << 20)
    plot = history.get_or_create("p")
    for begin in range(0, 20_000, 500):
        plot.append_rows(rows(begin, 500))
        history.grown(plot)
    assert plot.nbytes <= 20 << 20
    assert plot.image.run is not None
    assert plot.image.run.count == 20_000
    found = plot.image.run.pyramid.gather(0, 20_000, lambda x: x, 1000.0)
    assert (found.first[0], found.last[-1]) == (0, 19_999)


def test_the_option_history_bounds_an_image() -> None:
    plot = Plot("p")
    plot.append_rows(rows(0, 5000))
    assert plot.nbytes > 20_000_000
    plot.set_options({"history": "10 MB"})
    assert plot.nbytes <= 10_000_000


def test_the_least_x_above_a_value_is_that_of_a_row_too() -> None:
    plot = Plot("p")
    plot.append_rows(rows(-2, 6))
    assert [plot.least_x_above(x) for x in (-9.0, 0.5, 9.0)] == [-2.5, 1, 3.5]
    plot.append("y", np.array([0.0, 0.75]), np.zeros(2))
    assert plot.least_x_above(0.5) == 0.75
