"""The still picture: well-formed whatever is plotted, and true to the vertices that a page would draw."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history import Plot
from zwsnb.snapshot import HEIGHT, WIDTH, draw

SVG = "{http://www.w3.org/2000/svg}"


def plot_of(*points: tuple[float, float], series: str = "y", **options: Any) -> Plot:
    """A plot with these points."""
    plot = Plot("p")
    plot.set_options(options)
    if points:
        plot.append(series, *np.array(points, dtype=np.float64).T)
    return plot


def elements(plot: Plot, kind: str) -> list[ET.Element]:
    """The elements of a kind in the picture of a plot."""
    return list(ET.fromstring(draw(plot)).iter(SVG + kind))  # noqa: S314 - our own


def texts(plot: Plot) -> list[str]:
    return [element.text or "" for element in elements(plot, "text")]


def paths(plot: Plot) -> list[list[tuple[float, float]]]:
    """The lines of the curves: one list a stretch without a gap."""
    curves = [path.get("d", "") for path in elements(plot, "path") if path.get("clip-path")]
    stretches = [stretch for curve in curves for stretch in curve.split("M") if stretch]
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", stretch)]
        for stretch in stretches
    ]


def test_an_empty_plot_is_an_empty_picture() -> None:
    picture = ET.fromstring(draw(plot_of()))  # noqa: S314 - our own
    assert (picture.get("width"), picture.get("height")) == (str(WIDTH), str(HEIGHT))
    assert paths(plot_of()) == []


def test_points_are_joined_and_y_goes_up() -> None:
    [[a, b, c]] = paths(plot_of((0, 0), (1, 2), (2, 1)))
    assert a[0] < b[0] < c[0]
    assert b[1] < c[1] < a[1]
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.11)


def test_a_gap_parts_the_line_and_a_point_alone_is_a_dot() -> None:
    assert [
        len(stretch)
        for stretch in paths(plot_of((0, 0), (1, 1), (2, math.nan), (3, 1), (4, math.nan), (5, 0), (6, 1)))
    ] == [2, 1, 2]


def test_every_series_has_a_colour_and_a_name() -> None:
    plot = plot_of((0, 0), (1, 1), series="a")
    plot.append("b", np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    assert len(paths(plot)) == 2
    assert texts(plot)[-2:] == ["a", "b"]
    assert len({circle.get("fill") for circle in elements(plot, "circle")}) == 2


def test_a_window_shows_its_end_and_a_range_is_kept() -> None:
    plot = plot_of(*((x, x % 10) for x in range(1000)), window=100, y_range=(0, 5))
    labels = [float(text) for text in texts(plot) if re.fullmatch(r"-?[\d.]+", text)]
    assert {0.0, 5.0} <= set(labels)
    assert min(label for label in labels if label > 10) >= 899


@pytest.mark.parametrize("words", ["auto", "grow"])
def test_a_range_may_be_a_word(words: str) -> None:
    assert len(paths(plot_of((0, 0), (1, 1), y_range=words))[0]) == 2


def test_a_million_points_are_a_few_kilobytes() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(1e6), np.random.default_rng(0).standard_normal(1_000_000))
    assert len(draw(plot)) < 150_000


def test_xy_is_drawn_in_publishing_order() -> None:
    [[a, b, c]] = paths(plot_of((0, 0), (1, 1), (0.5, 0)))
    assert a[0] < c[0] < b[0]


@pytest.mark.parametrize(
    ("x", "labels"),
    [
        ([0, 1e-3], r"\d\d\.\d{6}"),
        ([0, 30], r"\d\d:\d\d:\d\d"),
        ([0, 3600], r"\d\d:\d\d"),
        ([0, 10 * 86400], r"\d{4}-\d\d-\d\d"),
        ([1e14, 2e14], r"[\de.+]+"),
    ],
)
def test_times_are_as_long_as_they_need_to_be(x: list[float], labels: str) -> None:
    plot = plot_of(*((value, 0.5) for value in x), time=True)
    middle = [
        element.text or "" for element in elements(plot, "text") if element.get("text-anchor") == "middle"
    ]
    assert middle
    assert all(re.fullmatch(labels, text) for text in middle)
    assert len(set(middle)) == len(middle)


@pytest.mark.parametrize("text", ["<script>", "a & b", "\0\x1b[31m", "\ud800", "\uffff", '"quoted"', "]]>"])
def test_a_text_is_only_text(text: str) -> None:
    plot = plot_of((0, 0), series="n" + text.replace("\0\x1b", "").replace("\ud800", ""), title="t" + text)
    found = texts(plot)
    assert any(word.startswith("t") for word in found)
    draw(plot).encode()


extreme = st.sampled_from(
    [0.0, 1.0, -1.0, 1e-300, 5e-324, 1e300, -1.7e308, 1.7e308, 1.0000000000000002, 1.7e9, math.nan]
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(extreme.filter(math.isfinite), extreme), max_size=6),
    st.sampled_from([None, 1e-300, 1.0, 1e300]),
    st.booleans(),
)
def test_whatever_is_plotted_the_picture_is_well_formed(
    points: list[tuple[float, float]], window: float | None, time: bool
) -> None:
    plot = plot_of(*sorted(points, key=lambda p: p[0]), window=window, time=time)
    picture = draw(plot)
    ET.fromstring(picture)  # noqa: S314 - our own
    assert not re.search(r"\b(nan|inf)\b", re.sub(r"<text.*?</text>", "", picture))
    assert len(texts(plot)) < 40
