"""Many lines in a snapshot: as thin as they can be where they cover much of it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from support.rules import check_golden, line_of
from support.snapshots import elements

from zwsnb.history.plots import Plot
from zwsnb.painting.svg import Box
from zwsnb.snapshot.composition import Line
from zwsnb.snapshot.crowd import in_crowd

BOX = Box(0, 0, 100, 100)


def test_the_golden_table_holds() -> None:
    check_golden("ink")


def marked(lines: list[Line]) -> int:
    return sum(line.in_crowd for line in in_crowd(lines, BOX, lambda line: line.points))


def line() -> Line:
    """A line that goes through 100 pixels."""
    return line_of([[0, 5], [100, 5]])


@pytest.mark.parametrize(("count", "crowd"), [(15, 0), (16, 0), (17, 17), (40, 40)])
def test_lines_that_cover_much_of_a_panel_are_a_crowd(count: int, crowd: int) -> None:
    assert marked([line()] * count) == crowd


def test_only_lines_count_whose_width_is_free() -> None:
    wide = replace(line(), width=3.0)
    assert marked([wide] * 40) == marked([replace(line(), style="bars")] * 40) == 0


def test_a_snapshot_of_a_crowd_has_thin_lines_without_dots() -> None:
    plot = Plot("p")
    for i in range(200):
        plot.append(f"y{i}", np.arange(4.0), np.array([i, i + 9, math.nan, i]))
    lines = [path for path in elements(plot, "path", fill="none") if path.get("clip-path")]
    assert {path.get("stroke-width") for path in lines} == {"1"}
    assert elements(plot, "path", stroke_width="4") == []
