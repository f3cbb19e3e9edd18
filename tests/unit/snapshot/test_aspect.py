"""Equal aspect: the rule of the page, and a circle that is round."""

from __future__ import annotations

import numpy as np
import pytest
from support.rules import check_golden
from support.snapshots import elements

from zwsnb.history.plots import Plot


@pytest.mark.parametrize("rule", ["equalized"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def size_of(**options: object) -> tuple[float, float]:
    """The width and the height of the longest path, a circle's."""
    plot = Plot("p")
    plot.set_options({"xy": True, **options})
    angles = np.linspace(0, 2 * np.pi, 100)
    plot.append("y", np.cos(angles), np.sin(angles))
    paths = [path.get("d") or "" for path in elements(plot, "path")]
    data = max(paths, key=lambda path: path.count("L"))
    x, y = np.array([pair.split() for pair in data[1:].split("L")], dtype=float).T
    return float(np.ptp(x)), float(np.ptp(y))


def test_a_circle_is_round() -> None:
    width, height = size_of(aspect="equal")
    assert width == pytest.approx(height, rel=0.02)
    width, height = size_of()
    assert width > 1.5 * height


def test_a_logarithmic_axis_has_no_equal_aspect() -> None:
    plot = Plot("p")
    plot.set_options({"aspect": "equal", "log": "y"})
    plot.append("y", np.arange(1.0, 5.0), np.arange(1.0, 5.0))
    assert elements(plot, "path")
