"""A scatter on a snapshot: its dots, the scale of their colours, and how many there are."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from support.rules import check_golden
from support.snapshots import elements, texts

from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.kinds.values import LARGEST
from zwsnb.painting.dots import MOST
from zwsnb.snapshot.render import render_svg


def add(plot: Plot, series: str, columns: Any) -> None:
    x, y, *marks = np.array(columns, float)
    plot.append(series, x, y, Arrival(marks=np.stack(marks)))


def plot_of(columns: Any, **options: Any) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    add(plot, "y", columns)
    return plot


def dots(plot: Plot) -> list[tuple[str, str, int]]:
    """The colour, the width and the number of dots of each path of dots."""
    found = [its.attrib for its in elements(plot, "path") if "h0" in its.attrib["d"]]
    return [(its["stroke"], its["stroke-width"], its["d"].count("h0")) for its in found]


def test_the_golden_table_holds() -> None:
    check_golden("dots")


def test_each_dot_has_its_colour_and_size() -> None:
    nan = np.nan
    columns = [[0, 1, 2, 3], [0, 1, 2, 3], [0, 10, nan, nan], [nan, 4, 16, 16]]
    first, second, third = dots(plot_of(columns))
    assert first[1:] == ("6", 1)
    assert second[1:] == ("12", 1)
    assert third[1:] == ("24", 2), "dots of one look are one path"
    assert len({first[0], second[0], third[0]}) == 3


def test_the_scale_of_colours_stands_beside_its_panel() -> None:
    plot = plot_of([[0, 1], [0, 1], [0, 10], [1, 1]], z_unit="km", z_label="depth")
    assert any(text.startswith("8") and text.endswith("km") for text in texts(plot))
    assert "depth" in texts(plot)
    assert len(elements(plot, "image")) == 1
    assert not elements(plot_of([[0], [0], [np.nan], [1]]), "image"), "nothing has a colour"


@pytest.mark.parametrize("z_range", [(1e308, None), (-1e308, 1e308), (LARGEST, None), "auto"])
def test_colours_reach_as_far_as_doubles(z_range: Any) -> None:
    svg = render_svg(plot_of([[0, 1], [0, 1], [-1e308, 1.5e308], [1, 1]], z_range=z_range))
    assert not re.search(r'"[^"]*\b(nan|inf)\b', svg)


def test_each_panel_has_its_own() -> None:
    plot = plot_of([[0, 1], [0, 1], [0, 10], [1, 1]], panels=[["y"], ["b"], ["c"]])
    add(plot, "b", [[0, 1], [0, 1], [500, 900], [1, 1]])
    plot.append("c", np.zeros(1), np.zeros(1))
    assert len(elements(plot, "image")) == 2
    assert {"10", "800"} <= set(texts(plot))


def test_very_many_dots_stay_a_small_picture() -> None:
    rng = np.random.default_rng(0)
    plot = plot_of([*rng.normal(size=(3, 400_000)), np.ones(400_000)])
    assert MOST / 4 < sum(count for *_, count in dots(plot)) <= MOST
    assert len(render_svg(plot)) < 250_000


def test_very_many_points_without_colours_are_counted() -> None:
    rng = np.random.default_rng(0)
    plot = plot_of([*rng.normal(size=(2, 100_000)), *np.full((2, 100_000), np.nan)])
    assert not dots(plot)
    assert len(elements(plot, "image")) == 2, "the cells, and the scale"
    assert {"points", "1", "10"} <= set(texts(plot))
    assert len(render_svg(plot)) < 40_000


def test_what_has_no_logarithm_takes_its_mark_with_it() -> None:
    columns = [[-1, 1, 10, 100], [1, 2, 3, 4], [0, 1, 2, 3], [1, 4, 9, 16]]
    found = dots(plot_of(columns, log="x"))
    assert [width for _, width, _ in found] == ["12", "18", "24"]
