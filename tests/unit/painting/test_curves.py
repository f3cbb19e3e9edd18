"""The curves of a snapshot: what of a line is seen, how it moves, and its path."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from support.rules import check_golden

from zwsnb.painting import curves

ZIGZAG = np.array(
    [(0, 0), (10, 5), (20, math.nan), (30, 7), (40, math.nan), (50, 1), (60, 2)], float
)


@pytest.mark.parametrize("rule", ["within", "lonely", "moves", "band"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_line_that_moves_counts_its_moves_and_not_its_vertices() -> None:
    x = np.arange(1000.0)
    slope, noise = np.column_stack((x, x)), np.column_stack((x, x % 2))
    assert curves.count_moves(slope, 0.1, 0.01) == 0
    assert curves.count_moves(noise, 0.1, 100) == 999


def test_neighbours_at_the_same_x_are_no_step() -> None:
    assert curves.narrowest_step(np.array([0, 2, 2, 2.5, 9])) == 0.5
    assert curves.narrowest_step(np.array([1.0])) == math.inf


def test_vertices_out_of_sight_take_no_room_from_dots() -> None:
    x = np.arange(100.0)
    assert curves.is_sparse(x, 0, 9, 100, 10)
    assert not curves.is_sparse(x, 0, 10, 100, 10)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (curves.line_path(ZIGZAG), "M0 0L10 5M50 1L60 2"),
        (curves.step_path(ZIGZAG), "M0 0H10V5M50 1H60V2"),
        (curves.area_path(ZIGZAG, 9), "M0 9L0 0L10 5V9ZM50 9L50 1L60 2V9Z"),
        (curves.dots_path(curves.lonely(ZIGZAG)), "M30 7h0"),
        (curves.bars_path(ZIGZAG[:2], 4, 9), "M-2 9V0h4V9ZM8 9V5h4V9Z"),
        (curves.line_path(ZIGZAG[:1]), ""),
        (curves.band_path(ZIGZAG[:2] + 1, ZIGZAG[:2], 0, 10), "M1 0.5L10 5L10 5.5L1 1Z"),
    ],
)
def test_a_path_goes_through_its_vertices(path: str, expected: str) -> None:
    assert path == expected


def test_a_path_has_tenths_of_a_pixel() -> None:
    path = curves.line_path(np.array([(0, 1 / 3), (2 / 3, 1)]))
    assert re.findall(r"[\d.]+", path) == ["0", "0.3", "0.7", "1"]
