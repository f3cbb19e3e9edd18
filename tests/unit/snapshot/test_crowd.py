"""Many lines in a snapshot: as thin as they can be where they cover much of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.rules import check_golden
from support.snapshots import elements

from zwsnb.derived.derivations import Derivations
from zwsnb.history.plots import Plot
from zwsnb.protocol.derivation import Derive


@pytest.mark.parametrize("rule", ["ink", "crowd"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_snapshot_of_a_crowd_has_thin_lines_without_dots() -> None:
    plot = Plot("p")
    for i in range(200):
        plot.append(f"y{i}", np.arange(4.0), np.array([i, i + 9, math.nan, i]))
    lines = [path for path in elements(plot, "path", fill="none") if path.get("clip-path")]
    assert {path.get("stroke-width") for path in lines} == {"1"}
    assert elements(plot, "path", stroke_width="4") == []


def test_a_derived_line_and_one_that_goes_through_little_keep_their_width() -> None:
    plot = Plot("p")
    for i in range(100):
        plot.append(f"y{i}", np.arange(4.0), np.array([i, 99.0 - i, i, 99.0 - i]))
    plot.append("level", np.array([1.0, 1.1]), np.array([50.0, 50.0]))
    derived = Derivations(plot)
    derived.declare(Derive("p", "smooth", "ema(y0, .9)"))
    derived.update(1_000)
    lines = [path for path in elements(plot, "path", fill="none") if path.get("clip-path")]
    widths = [path.get("stroke-width") for path in lines]
    assert widths.count("1.5") == 2
    assert widths.count("1") == 100
