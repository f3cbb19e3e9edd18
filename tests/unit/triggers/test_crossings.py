"""Where a line crosses a level, found in columns as one by one."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from zwsnb.protocol.checks.trigger_checks import SLOPES, Slope
from zwsnb.triggers.crossings import Crossings

NAN = math.nan
LEVEL = 2.0

Point = tuple[float, float]


def found(slope: Slope, *columns: list[Point], level: float = LEVEL) -> list[list[float]]:
    crossings = Crossings()
    at = []
    for column in columns:
        x, y = np.array(column, dtype=np.float64).reshape(-1, 2).T
        at.append(crossings.find(x, y, level, slope).tolist())
    return at


@pytest.mark.parametrize(
    ("slope", "columns", "at"),
    [
        ("rising", [[(0, 1), (1, 3), (2, 1), (3, 2)]], [[0.5, 3]]),
        ("falling", [[(0, 1), (1, 3), (2, 1), (3, 2)]], [[1.5]]),
        ("either", [[(0, 1), (1, 3), (2, 1), (3, 2)]], [[0.5, 1.5, 3]]),
        ("rising", [[(0, 1)], [(1, 5)]], [[], [0.25]]),  # between two columns
        ("rising", [[(0, 3), (1, 4)]], [[]]),  # the first point comes from nowhere
        ("rising", [[(0, 1), (1, 2), (2, 3)]], [[1]]),  # once, where it is on the level
        ("either", [[(0, 1), (1, 2), (2, 1)]], [[1]]),
        ("rising", [[(0, 1), (1, NAN), (2, 3)]], [[]]),  # a gap is no line
        ("rising", [[(0, 1)], [(0, 3)]], [[], [0]]),  # straight up
        ("rising", [[(0, 1), (2, 1)], [(1, 3)], [(3, 3)]], [[], [], [2.5]]),  # one is late
        ("either", [[], [(0, 1)], []], [[], [], []]),
    ],
)
def test_crossings_are_found(
    slope: Slope, columns: list[list[Point]], at: list[list[float]]
) -> None:
    assert found(slope, *columns) == at


def test_values_of_any_size_have_a_place_between_their_points() -> None:
    assert found("rising", [(0, -1.7e308), (1, 1.7e308)], level=0.0) == [[0.5]]
    assert found("falling", [(-1e308, 1e308), (1e308, -1e308)], level=0.0) == [[0.0]]


def one_by_one(points: list[Point], level: float, slope: Slope) -> list[Fraction]:
    """Return the crossings in exact arithmetic, without those points that are late."""
    crossings, last = [], None
    for x, y in points:
        if last is not None and x < last[0]:
            continue
        if last is not None and not math.isnan(last[1]) and not math.isnan(y):
            rises = last[1] < level <= y
            falls = last[1] > level >= y
            if (rises and slope != "falling") or (falls and slope != "rising"):
                x0, y0, x1, y1 = map(Fraction, (*last, x, y))
                crossings.append(x0 + (x1 - x0) * (Fraction(level) - y0) / (y1 - y0))
        last = x, y
    return crossings


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30).map(float),
            st.floats(-3, 3) | st.sampled_from([NAN, 0.0, 1.0]),
        ),
        max_size=40,
    ),
    st.lists(st.integers(0, 40), max_size=4),
    st.sampled_from([0.0, 1.0, -0.3]),
    st.sampled_from(SLOPES),
)
def test_they_are_those_of_exact_arithmetic(
    points: list[Point], cuts: list[int], level: float, slope: Slope
) -> None:
    ends = [0, *sorted(min(cut, len(points)) for cut in cuts), len(points)]
    columns = [points[a:b] for a, b in pairwise(ends)]
    at = [x for column in found(slope, *columns, level=level) for x in column]
    exact = one_by_one(points, level, slope)
    assert at == pytest.approx([float(x) for x in exact], rel=1e-9, abs=1e-9)
