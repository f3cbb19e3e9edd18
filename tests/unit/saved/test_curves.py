"""What stands for a curve: the same line with fewer vertices, strokes, or its newest points."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.kinds.arrays import Column
from zwsnb.saved.curves import thin_curve, thin_scatter
from zwsnb.saved.thinning import ROWS_AT_ONCE, Held, held_of, newest_of
from zwsnb.view.streams.curve_stream import Extremes

RNG = np.random.default_rng(3)


def thinned(x: Column, y: Column, most: int) -> Held:
    plot = Plot("p")
    plot.set_options({"xy": True})
    plot.append("y", x, y)
    series = plot.series["y"]
    *steps, found = thin_curve(held_of(series, Grid(1.0), newest_of(series)), series, plot, most)
    assert set(steps) <= {None}
    assert found is not None
    assert found.count <= most
    return found


def spiral(count: int) -> tuple[Column, Column]:
    angle = np.linspace(0, 40, count)
    return angle * np.cos(angle), angle * np.sin(angle)


def test_few_points_are_all_there() -> None:
    x, y = spiral(500)
    found = thinned(x, y, 500)
    np.testing.assert_array_equal(found.vertices(), (x, y))
    assert found.exact == 0


def test_a_smooth_curve_is_the_same_line_with_fewer_vertices() -> None:
    x, y = spiral(300_000)
    found = thinned(x, y, 40_000)
    kept = found.vertices()
    assert found.exact == found.count
    np.testing.assert_array_equal(kept[:, [0, -1]], np.stack((x, y))[:, [0, -1]])
    assert np.abs(np.diff(kept)).max() < 80 / 1_024 * 2, "no hole"


def test_over_a_logarithmic_axis_no_decade_is_left_out() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True, "log": "y"})
    angle = np.linspace(0, 40, 100_000)
    plot.append("y", np.cos(angle), 10 ** (4 * np.sin(angle)))
    series = plot.series["y"]
    held = held_of(series, Grid(1.0), newest_of(series))
    *_, found = thin_curve(held, series, plot, 50_000)
    assert found is not None
    decades = np.log10(found.vertices()[1])
    assert np.abs(np.diff(decades)).max() < 0.01


def test_its_gaps_stay() -> None:
    x, y = spiral(100_000)
    y[50_000] = np.nan
    assert np.isnan(thinned(x, y, 30_000).vertices()[1]).sum() == 1


@pytest.mark.parametrize("most", [60_000, 20_000])
def test_one_that_jumps_is_drawn_by_strokes(most: int) -> None:
    x, y = RNG.random((2, 150_000))
    kept = thinned(x, y, most).vertices()
    assert np.isnan(kept[1]).any()
    assert (np.nanmin(kept, axis=1) < 0.1).all()
    assert (np.nanmax(kept, axis=1) > 0.9).all()


def test_where_nothing_helps_it_is_the_newest_points() -> None:
    x, y = RNG.random((2, 50_000))
    found = thinned(x, y, 50)
    np.testing.assert_array_equal(found.vertices(), (x[-50:], y[-50:]))
    assert found.exact == found.count


@pytest.mark.parametrize("y", [np.ones(5_000), np.full(5_000, np.nan)], ids=["level", "gaps"])
def test_one_without_height_comes_out(y: Column) -> None:
    thinned(np.cos(np.arange(5_000.0)), y, 1_000)


def test_each_step_takes_some_points_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extremes, "update", None)  # which takes all of them
    plot = Plot("p")
    plot.set_options({"xy": True})
    plot.append("y", *spiral(200_000))
    series = plot.series["y"]
    steps = list(thin_curve(held_of(series, Grid(1.0), newest_of(series)), series, plot, 40_000))
    assert len(steps) > 2 * 200_000 / ROWS_AT_ONCE


def test_a_scatter_is_all_its_points_or_the_newest() -> None:
    held = Held([np.arange(400.0).reshape(4, 100)])
    assert list(thin_scatter(held, 100)) == [held]
    (found,) = thin_scatter(held, 7)
    assert found is not None
    assert (found.count, found.exact) == (7, 7)
    np.testing.assert_array_equal(found.vertices(), held.vertices()[:, -7:])
