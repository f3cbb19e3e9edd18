"""The snapshot: well-formed whatever is plotted, and true to the vertices that a page draws."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.rules import check_golden
from support.snapshots import (
    EVIL,
    check_texts,
    dots,
    elements,
    fills,
    paths,
    plot_of,
    plot_with,
    texts,
)

from zwsnb.history.plots import Plot
from zwsnb.snapshot.layout import HEIGHT, WIDTH
from zwsnb.snapshot.render import render_svg


@pytest.mark.parametrize("rule", ["painted"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_an_empty_plot_is_an_empty_snapshot() -> None:
    picture = ET.fromstring(render_svg(plot_of()))  # noqa: S314 - our own
    assert (picture.get("width"), picture.get("height")) == (str(WIDTH), str(HEIGHT))
    assert paths(plot_of()) == []


@pytest.mark.parametrize("style", ["line", "step", "area", "bars", "points"])
@pytest.mark.parametrize(
    ("least", "most"),
    [
        (-1.7e308, 1.7e308), (-1e-306, 1e-306), (1 - 1e-13, 1 + 1e-13),
        (1_795_811_940_000_000_000, 1_795_811_940_000_300_000),
    ],
)  # fmt: skip
def test_at_the_ends_of_doubles_there_is_a_picture_along_both_axes(
    least: float, most: float, style: str
) -> None:
    shares = np.linspace(0, 1, 40)
    values = least * (1 - shares) + most * shares
    for x, y in ((values, shares), (shares, values)):
        plot = plot_of(*zip(x.tolist(), y.tolist(), strict=True), series="a")
        plot.set_options({"style": style})
        picture = render_svg(plot)
        assert not re.search("nan|inf", picture)
        check_texts(plot)
        assert len(texts(plot)) > 6
    if style == "line":
        [line] = paths(plot)
        assert max(y for _, y in line) - min(y for _, y in line) > 150


def test_an_offset_stands_once_beside_each_axis() -> None:
    plot = plot_of(*((1e6 + k * 1e-9, 1 + 1e-13 * (-1) ** k) for k in range(9)))
    assert texts(plot).count("+1 000 000") == 1
    assert texts(plot).count("+1") == 1
    assert "100×10⁻¹⁵" in texts(plot)


def test_points_are_joined_and_y_goes_up() -> None:
    [[a, b, c]] = paths(plot_of((0, 0), (1, 2), (2, 1)))
    assert a[0] < b[0] < c[0]
    assert b[1] < c[1] < a[1]
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.11)


def test_a_gap_parts_the_line_and_a_point_alone_is_a_dot() -> None:
    points = [(x, math.nan if x in (200, 202, 400) else 1) for x in range(700)]
    assert [len(stretch) for stretch in paths(plot_of(*points))] == [200, 197, 299]
    assert len(dots(plot_of(*points), "5")) == 1


@pytest.mark.parametrize(
    ("count", "asked", "some"), [(20, False, True), (60, False, False), (60, True, True)]
)
def test_a_line_has_dots_where_they_have_room(count: int, asked: bool, some: bool) -> None:
    plot = plot_of(*((x, x) for x in range(count)), points=asked)
    assert len(dots(plot, "4")) == count * some
    assert len(paths(plot)) == 1


def test_steps_go_on_at_their_height() -> None:
    [line] = paths(plot_of((0, 0), (1, 2), (2, 1), style="step"))
    ups = [(a[0] == b[0], a[1] == b[1]) for a, b in itertools.pairwise(line)]
    assert ups == [(False, True), (True, False)] * 2


def test_points_are_dots_and_nothing_else() -> None:
    plot = plot_of((0, 0), (1, math.nan), (2, 1), (3, 9), style="points", y_range=(0, 2))
    assert len(dots(plot, "4")) == 2
    assert paths(plot) == []


def test_an_area_is_filled_down_to_0_under_its_line() -> None:
    plot = plot_of((0, 1), (1, 3), (2, math.nan), (3, -1), (4, -2), style="area")
    assert [len(stretch) for stretch in paths(plot)] == [2, 2]
    [above, below] = fills(plot, "0.16")
    assert above[0][1] == above[-1][1] == below[0][1] == below[-1][1]
    assert max(y for _, y in above) == min(y for _, y in below) == above[0][1]


def test_xy_is_drawn_in_publishing_order() -> None:
    plot = plot_of((0, 0), (1, 1), (0.5, 0))
    plot.set_options({"xy": True})
    plot.append("y", np.array([0.25]), np.array([1.0]))
    [[a, b, c, d]] = paths(plot)
    assert a[0] < d[0] < c[0] < b[0]
    assert "XY" in texts(plot)


def test_a_million_points_are_a_few_kilobytes_and_a_thin_line() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(1e6), np.random.default_rng(0).standard_normal(1_000_000))
    assert len(render_svg(plot)) < 60_000
    assert elements(plot, "path", stroke_width="1", fill="none")


# -- curves ----------------------------------------------------------------------------------------


# -- colours and names -----------------------------------------------------------------------------


# -- axes ------------------------------------------------------------------------------------------


# -- panels ----------------------------------------------------------------------------------------


# -- notes -----------------------------------------------------------------------------------------


# -- words -----------------------------------------------------------------------------------------


# -- whatever is plotted ---------------------------------------------------------------------------


extreme = st.sampled_from(
    [0.0, 1.0, -1.0, 1e-300, 5e-324, 1e300, -1.7e308, 1.7e308, 1.0000000000000002, 1.7e9, math.nan]
)
finite = extreme.filter(math.isfinite)
ranges = st.one_of(
    st.sampled_from([None, "grow"]),
    st.tuples(finite, finite).map(sorted).filter(lambda r: r[0] < r[1]),
)
looks = st.fixed_dictionaries(
    {},
    optional={
        "style": st.sampled_from(["line", "points", "step", "area", "bars"]),
        "axis": st.sampled_from(["left", "right"]),
        "band": st.sampled_from([["a", "b"], ["b", "a"], ["b", "c"], ["c", "c"]]),
        "hidden": st.booleans(),
    },
)
options = st.fixed_dictionaries(
    {},
    optional={
        "window": st.sampled_from([1e-300, 1.0, 1e300]),
        "time": st.booleans(),
        "log": st.sampled_from(["x", "y", "xy"]),
        "y_range": ranges,
        "y2_range": ranges,
        "panels": st.sampled_from([[["a"], ["b"]], [["c"], []]]),
        "series": st.dictionaries(st.sampled_from("abcd"), looks),
        "lines": st.lists(st.tuples(finite, st.sampled_from(["", EVIL]))),
        "regions": st.lists(
            st.tuples(finite, finite, st.just(EVIL)).filter(lambda region: region[0] < region[1])
        ),
        "y_unit": st.sampled_from(["V", EVIL]),
        "x_unit": st.sampled_from(["V", EVIL]),
    },
)
points = st.lists(st.tuples(finite, extreme), max_size=6)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(options, st.dictionaries(st.sampled_from("abc"), points), st.lists(finite), st.booleans())
def test_whatever_is_plotted_the_snapshot_is_well_formed(
    said: dict[str, Any],
    series: dict[str, list[tuple[float, float]]],
    marks: list[float],
    ordered: bool,
) -> None:
    plot = plot_with(said)
    for name, its in series.items():
        if its:
            x, y = np.array(sorted(its, key=lambda p: p[0]) if ordered else its).T
            plot.append(name, x, y)
    for mark in marks:
        plot.mark(mark, "mark")
    picture = render_svg(plot)
    shapes = re.sub(r"<(text|desc).*?</\1>", "", picture)
    assert not re.search(r"nan|inf|\de[+-]?\d", shapes)
    assert all(
        abs(float(number)) < 2e6
        for number in re.findall(r"-?\d+\.?\d*", re.sub(r'"[^"]*#[^"]*"', "", shapes))
    )
    assert len(texts(plot)) < 150
    check_texts(plot)


def test_a_picture_of_many_series_is_no_larger_than_that_of_a_few() -> None:
    noise = np.random.default_rng(1).normal(size=20_000)
    sizes = [
        len(render_svg(plot_with({}, **{f"s{i}": noise + i for i in range(count)})))
        for count in (1, 8, 16)
    ]
    assert sizes[0] < 20_000, "a line that fills an area is a stroke in each pixel column"
    assert sizes[2] < 1.2 * sizes[1]


def test_curves_say_where_they_are_now_by_name_where_there_are_several() -> None:
    plot = Plot("p")
    plot.set_options({"xy": True})
    angles = np.linspace(0, 5, 60)
    plot.append("earth", np.cos(angles), np.sin(angles))
    assert texts(plot).count("earth") == 1
    plot.append("mars", 1.5 * np.cos(angles / 2), 1.5 * np.sin(angles / 2))
    found = texts(plot)
    assert (found.count("earth"), found.count("mars")) == (2, 2)
    plot.append("far", np.full(2, 9.0), np.array([0.0, 0.1]))
    assert texts(plot).count("far") == 2
