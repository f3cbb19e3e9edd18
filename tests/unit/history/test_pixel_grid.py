"""The grid of pixel columns, linear and logarithmic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.pixel_grid import SMALLEST, Grid, column_width
from zwsnb.kinds.values import LARGEST


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.floats(1e-200, 1e200), st.integers(1, 16_384))
def test_a_column_is_a_power_of_two_and_every_pixel_has_one_or_two(
    span: float, pixels: int
) -> None:
    width = column_width(span, pixels)
    assert math.frexp(width)[0] == 0.5
    assert pixels <= span / width * (1 + 1e-9)
    assert span / width < 2 * pixels * (1 + 1e-9)


@pytest.mark.parametrize("span", [0.0, 5e-324, LARGEST, math.inf])
@pytest.mark.parametrize("pixels", [1, 16_384])
def test_a_column_has_a_width_whatever_the_span(span: float, pixels: int) -> None:
    assert 0 < column_width(span, pixels) < math.inf


def test_a_span_above_the_largest_double_has_one_or_two_columns_a_pixel() -> None:
    width = column_width(math.inf, 800)
    # Of twice the largest double.
    assert 800 <= LARGEST / width * 2 < 1600


grids = st.builds(Grid, st.integers(-30, 8).map(lambda power: 2.0**power), st.booleans())


@settings(derandomize=True, deadline=None, max_examples=60)
@given(grids, st.floats(1e-6, 1e6))
def test_a_column_begins_at_or_a_hair_before_its_first_x(grid: Grid, x: float) -> None:
    begin = grid.floor(x)
    assert begin <= x
    assert grid.columns(np.array((x,)))[0] - grid.columns(np.array((begin,)))[0] in (
        0,
        int(grid.log),
    )
    if not grid.log:
        assert grid.start_of(grid.columns(np.array((x,)))[0]) == begin


@settings(derandomize=True, deadline=None, max_examples=60)
@given(grids, st.lists(st.floats(-LARGEST, LARGEST), min_size=2, max_size=20))
def test_columns_grow_with_x(grid: Grid, x: list[float]) -> None:
    numbers = grid.columns(np.sort(x))
    assert (numbers[1:] >= numbers[:-1]).all()


@pytest.mark.parametrize("x", [-LARGEST, -1.0, 0.0, 5e-324, SMALLEST])
def test_what_is_not_above_0_lies_at_the_bottom_of_a_logarithmic_axis(x: float) -> None:
    assert Grid(0.5, log=True).scaled(np.array((x,))) == [-1022]


def test_a_logarithmic_grid_has_as_many_columns_for_every_decade() -> None:
    grid = Grid.logarithmic(1.0, 1e6, 600)
    assert grid.log
    decades = [grid.count(10.0**i, 10.0 ** (i + 1)) for i in range(6)]
    assert decades == pytest.approx([decades[0]] * 6)
    assert 100 <= decades[0] < 200


@pytest.mark.parametrize(
    ("lo", "hi"), [(1.0, 1.0), (0.0, 0.0), (-5.0, LARGEST), (math.nan, math.nan)]
)
def test_a_grid_has_a_width_whatever_the_range(lo: float, hi: float) -> None:
    assert Grid.logarithmic(lo, hi, 800).width > 0
    assert Grid.linear(lo, hi - lo, 800).width > 0


def test_a_screen_without_end_has_columns_without_end() -> None:
    assert Grid(0.0).count(0.0, 1.0) == math.inf


@pytest.mark.parametrize("x", [2.0**1023, 1.7e308, LARGEST])
@pytest.mark.parametrize("pixels", [1, 800, 16_384])
def test_a_logarithmic_column_of_the_largest_numbers_starts_somewhere(
    x: float, pixels: int
) -> None:
    for lo in (1e-300, 1.0, x / 2):
        grid = Grid.logarithmic(lo, x, pixels)
        assert grid.floor(x) <= x
        column = float(grid.columns(np.array((x,)))[0])
        assert grid.start_of(column + 2) > x
