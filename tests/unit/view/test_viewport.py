"""What a page may ask for, and the x range that it sees of a plot."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zwsnb.history.pixel_grid import SMALLEST, Grid
from zwsnb.history.plots import Plot
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.view.viewport import MAX_PIXELS, ROWS, Viewport, VisibleRange


@pytest.mark.parametrize(
    ("message", "viewport"),
    [
        ({"width": 800, "mode": "all"}, Viewport(800)),
        ({"width": 0.3, "mode": "all"}, Viewport(1)),
        ({"width": -5, "mode": "all"}, Viewport(1)),
        ({"width": 1e300, "mode": "all"}, Viewport(MAX_PIXELS)),
        ({"width": 800.7, "mode": "follow", "window": 30}, Viewport(800, window=30.0)),
        ({"width": 800, "mode": "range", "from": -1, "to": 1}, Viewport(800, -1.0, 1.0)),
    ],
)
def test_a_viewport_is_what_the_page_asks_for(
    message: dict[str, object], viewport: Viewport
) -> None:
    assert Viewport.of(message) == viewport


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"width": 800},
        {"width": 800, "mode": "sideways"},
        {"width": 800, "mode": ["all"]},
        {"width": "800", "mode": "all"},
        {"width": True, "mode": "all"},
        {"width": math.nan, "mode": "all"},
        {"width": 10**400, "mode": "all"},
        {"width": 800, "mode": "follow"},
        {"width": 800, "mode": "follow", "window": 0},
        {"width": 800, "mode": "follow", "window": -3},
        {"width": 800, "mode": "follow", "window": math.inf},
        {"width": 800, "mode": "range", "from": 1, "to": 1},
        {"width": 800, "mode": "range", "from": 1},
        {"width": 800, "mode": "range", "from": None, "to": 2},
        {"width": 800, "mode": "range", "from": -math.inf, "to": math.inf},
    ],
)
def test_what_is_no_viewport_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(InvalidMessage, match="not a view: "):
        Viewport.of(message)


def plot_from(lo: float, hi: float, log: str = "none") -> Plot:
    """A plot of two points."""
    plot = Plot("p")
    plot.set_options({"log": log})
    plot.append("y", np.array([lo, hi]), np.zeros(2))
    return plot


@pytest.mark.parametrize(
    ("viewport", "lo", "hi", "width"),
    [
        (Viewport(100), 0.0, math.inf, 8.0),
        (Viewport(100, window=100.0), 900.0, math.inf, 1.0),
        (Viewport(100, window=5000.0), 0.0, math.inf, 32.0),
        (Viewport(100, 200.0, 300.0), 200.0, math.nextafter(300.0, math.inf), 1.0),
        (Viewport(100, -50.0, 50.0), -50.0, math.nextafter(50.0, math.inf), 1.0),
    ],
)
def test_a_viewport_shows_a_range_in_columns(
    viewport: Viewport, lo: float, hi: float, width: float
) -> None:
    visible = VisibleRange.of(viewport, plot_from(0.0, 1000.0))
    assert visible == (lo, hi, Grid(width), 100, ROWS, viewport.window, False)


@pytest.mark.parametrize(
    ("lo", "hi", "least"), [(1.0, 1e6, 1.0), (-5.0, 1e6, 1e6), (-5.0, 0.0, SMALLEST)]
)
def test_a_logarithmic_axis_begins_at_the_least_x_above_0(
    lo: float, hi: float, least: float
) -> None:
    visible = VisibleRange.of(Viewport(100), plot_from(lo, hi, log="x"))
    assert (visible.lo, visible.hi, visible.grid.log) == (least, math.inf, True)


def test_a_range_on_a_logarithmic_axis_does_not_reach_0() -> None:
    visible = VisibleRange.of(Viewport(100, -10.0, 100.0), plot_from(SMALLEST, 1e6, log="x"))
    assert visible.lo == SMALLEST


def test_a_plot_without_points_has_a_grid_all_the_same() -> None:
    visible = VisibleRange.of(Viewport(100), Plot("p"))
    assert math.isnan(visible.lo)
    assert visible.grid.width > 0
