"""The lines of a snapshot: which there are, in which panel, in which colour, with which band."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from support.rules import check_golden
from support.snapshots import (
    areas,
    dots,
    elements,
    fills,
    paths,
    plot_of,
    plot_with,
    texts,
    vertices,
)

from zwsnb.history.catalog import Origin
from zwsnb.painting.looks import color_of
from zwsnb.snapshot.composition import compose
from zwsnb.snapshot.render import render_svg


@pytest.mark.parametrize("rule", ["band_ends", "log_axes", "panel_look"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_band_is_an_area_between_two_series_that_are_not_drawn_by_themselves() -> None:
    plot = plot_with(
        {"series": {"mean": {"band": ["lo", "hi"]}}}, mean=[1, 2, 3], lo=[0, 1, 2], hi=[2, 3, 9]
    )
    [outline] = fills(plot, "0.2")
    [line] = paths(plot)
    assert len(outline) == 6
    assert [x for x, _ in outline] == [x for x, _ in line] + [x for x, _ in line[::-1]]
    assert all(
        high < y < low
        for (_, high), (_, y), (_, low) in zip(outline, line, outline[:2:-1], strict=False)
    )
    assert texts(plot, font_size="12") == ["mean"]
    assert outline[2][1] > areas(plot)[0].top


@pytest.mark.parametrize(
    ("lo", "hi", "count"),
    [
        ([0, 0, math.nan, 0, 0], [1, 1, 1, 1, 1], 2),
        ([0, 0, math.nan, 0, 0], [1, math.nan, 1, 1, 1], 1),
        ([0, math.nan, 0, math.nan, 0], [1, 1, 1, 1, 1], 0),
        (([0, 4], [0, 1]), ([1, 2, 3, 9], [2, 2, 2, 2]), 1),
        (([5, 4, 3, 2], [0, 1, 1, 1]), [1, 1, 1], 0),
        ([], [1, 1, 1], 0),
    ],
)
def test_a_band_is_where_both_of_its_series_are(lo: Any, hi: Any, count: int) -> None:
    plot = plot_with({"series": {"m": {"band": ["lo", "hi"]}}}, m=[1], lo=lo, hi=hi)
    assert len(fills(plot, "0.2")) == count


def test_the_ends_of_a_band_are_drawn_while_its_own_series_has_not_come() -> None:
    plot = plot_with({"series": {"m": {"band": ["lo", "hi"]}}}, lo=[0, 1], hi=[1, 2])
    assert (len(paths(plot)), len(fills(plot, "0.2"))) == (2, 0)
    assert texts(plot, font_size="12") == ["lo", "hi"]


def test_a_series_that_bounds_its_own_band_is_drawn() -> None:
    plot = plot_with({"series": {"m": {"band": ["m", "hi"]}}}, m=[0, 1], hi=[1, 2])
    assert (len(paths(plot)), len(fills(plot, "0.2"))) == (1, 1)


def test_what_is_said_of_one_series_is_what_it_looks_like() -> None:
    looks = {"a": {"color": "#abc", "width": 3}, "b": {"style": "points"}, "c": {"hidden": True}}
    plot = plot_with({"style": "step", "series": looks}, a=[1, 2], b=[2, 1], c=[3, 3])
    [line] = elements(plot, "path", stroke_width="3", fill="none")
    assert (line.get("stroke"), len(vertices(line)[0])) == ("#abc", 3)
    assert len(dots(plot, "4")) == 4
    assert texts(plot, font_size="12") == ["a", "b"]


def test_every_series_has_a_colour_and_a_name() -> None:
    plot = plot_with({}, a=[0, 1], b=[1, 0])
    assert len(paths(plot)) == 2
    assert texts(plot, font_size="12") == ["a", "b"]
    swatches = [path.get("stroke") for path in elements(plot, "path", stroke_width="3")]
    assert swatches == [color_of(0), color_of(1)]


def test_the_ends_of_bands_take_no_colours() -> None:
    plot = plot_with({"series": {"m": {"band": ["lo", "hi"]}}}, lo=[0, 1], hi=[1, 2], m=[0, 1])
    assert elements(plot, "path", stroke=color_of(plot.series["m"].slot), stroke_width="1.5")


def test_after_a_turn_the_colours_come_again_with_dashes() -> None:
    plot = plot_with({}, **{f"s{i}": [i, i] for i in range(40)})
    lines = [path for path in elements(plot, "path", fill="none") if path.get("clip-path")]
    assert len({(path.get("stroke"), path.get("stroke-dasharray")) for path in lines}) == 40


def test_what_has_no_logarithm_is_a_gap_that_is_said() -> None:
    plot = plot_of((1, 1), (2, 10), (3, 0), (4, -5), (5, 10), (6, 100), log="y")
    assert [len(stretch) for stretch in paths(plot)] == [2, 2]
    assert "≤ 0 not shown" in texts(plot)
    assert "≤ 0 not shown" not in texts(plot_of((1, 1), (2, math.nan), (3, 1), log="y"))


@pytest.mark.parametrize(
    ("panels", "homes"),
    [
        ([["b"], ["a"]], {"a": 1, "b": 0, "c": 1}),
        ([["b"], []], {"a": 1, "b": 0, "c": 1}),
        ([["a"], ["a", "b"], ["c"]], {"a": 0, "b": 1, "c": 2}),
        ([["nobody"], ["__proto__"]], {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_a_series_is_in_the_first_panel_that_names_it_or_in_the_last(
    panels: list[list[str]], homes: dict[str, int]
) -> None:
    plot = plot_with({"panels": panels}, a=[0, 1], b=[0, 2], c=[0, 3])
    boxes = re.findall(
        r'<path[^>]*stroke="(#\w+)" stroke-width="1.5"[^>]*url\(#([-\w.]+)\)', render_svg(plot)
    )
    ids = [box for _, box in boxes]
    colors = {color_of(series.slot): name for name, series in plot.series.items()}
    order = [clip.get("id") for clip in elements(plot, "clipPath")]
    seen = sorted(set(homes.values()))
    assert {colors[color]: seen[order.index(box)] for color, box in boxes} == homes
    assert len(set(ids)) == len(seen)


def test_what_is_derived_stands_in_the_panel_and_on_the_axis_of_its_source() -> None:
    options = {"panels": [["a"], ["b"]], "series": {"a": {"axis": "right"}}}
    plot = plot_with(options, a=[0, 1], b=[0, 2], more=[0, 3])
    plot.catalog.set_derived({"more": Origin("a", is_smooth=False, text="a + 1")})
    panels = [[(line.name, line.side) for line in panel] for panel in compose(plot, None, 100)]
    assert panels == [[("a", "right"), ("more", "right")], [("b", "left")]]
