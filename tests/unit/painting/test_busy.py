"""Lines that fill an area: what is seen of them in each pixel column."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.painting import busy
from zwsnb.painting.svg import Box

Points = list[tuple[float, float]]


def by_definition(points: Points, columns: int) -> list[list[float]]:
    """Look at each column by itself: at the vertices in it, and where lines pass its edges."""
    found = []
    for column in range(columns):
        heights = [y for x, y in points if math.floor(x) == column]
        for (x1, y1), (x2, y2) in pairwise(points):
            first, last = sorted((math.floor(x1), math.floor(x2)))
            heights += [
                y1 + (edge - x1) * (y2 - y1) / (x2 - x1)
                for edge in (column, column + 1)
                if first < edge <= last
            ]
        heights = [height for height in heights if not math.isnan(height)]
        if heights:
            found.append([float(column), min(heights), max(heights)])
    return found


places = st.floats(-20, 20, allow_nan=False).map(lambda x: round(x, 3))
heights = st.one_of(st.just(math.nan), st.integers(-50, 50).map(float))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(places, heights), max_size=20), st.booleans())
def test_ink_is_what_its_definition_says(points: Points, is_sorted: bool) -> None:
    points = sorted(points, key=lambda point: point[0]) if is_sorted else points
    found = busy.ink(np.array(points).reshape(-1, 2), 10)
    np.testing.assert_allclose(found, np.array(by_definition(points, 10)).reshape(-1, 3), atol=1e-9)


def test_each_column_is_an_upright_stroke() -> None:
    pixels = np.array([(10.2, 30.0), (10.4, 60.0), (11.5, 50.0), (500.0, 50.0)])
    path = busy.filled_path(pixels, Box(10, 20, 2, 100))
    assert path == "M10.5 29.5V60.5M11.5 49.5V55M12.5 49.5V50.5"


@pytest.mark.parametrize("points", [[], [(1.0, math.nan)], [(-5.0, 1.0), (-4.0, 1.0)]])
def test_what_is_not_seen_has_no_ink(points: Points) -> None:
    assert busy.filled_path(np.array(points).reshape(-1, 2), Box(0, 0, 9, 9)) == ""
