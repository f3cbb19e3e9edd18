"""What the axes of a snapshot show, and where its panels stand."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support.rules import check_golden
from support.snapshots import (
    NOTE,
    QUIET,
    areas,
    elements,
    fills,
    paths,
    plot_of,
    plot_with,
    texts,
    vertices,
)

from zwsnb.history.plots import Plot
from zwsnb.painting.looks import color_of
from zwsnb.snapshot.render import render_svg


@pytest.mark.parametrize("rule", ["room_for_bars", "sides", "gutter"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


@pytest.mark.parametrize("log", ["none", "y"])
def test_bars_stand_on_the_ground_side_by_side_and_within_the_picture(log: str) -> None:
    plot = plot_of((0, 1), (1, 10), (2, math.nan), (3, 100), style="bars", log=log)
    bars = fills(plot, "0.85")
    [area] = areas(plot)
    assert len(bars) == 3
    assert [bar[0][1] for bar in bars] == pytest.approx([area.bottom] * 3, abs=0.1)
    assert bars[0][0][0] >= area.left
    assert bars[-1][-1][0] <= area.right
    assert all(a[-1][0] < b[0][0] for a, b in itertools.pairwise(bars))
    heights = [bar[0][1] - bar[1][1] for bar in bars]
    equal = heights[1] - heights[0] == pytest.approx(heights[2] - heights[1], abs=0.2)
    assert equal == (log == "y")


def test_a_window_shows_its_end_and_a_range_is_kept() -> None:
    plot = plot_of(*((x, x % 10) for x in range(1000)), window=100, y_range=(0, 5))
    labels = [float(text) for text in texts(plot) if re.fullmatch(r"-?[\d.]+", text)]
    assert {0.0, 5.0} <= set(labels)
    assert min(label for label in labels if label > 10) >= 899


def test_a_range_that_grows_holds_what_a_window_has_left_behind() -> None:
    points = [(x, 100 if x == 3 else 1 + x % 2) for x in range(1000)]
    tops = {}
    for said in ("auto", "grow"):
        [line] = paths(plot_of(*points, window=50, y_range=said))
        tops[said] = min(y for _, y in line) - areas(plot_of(*points))[0].top
    assert tops["auto"] < 40
    assert tops["grow"] > 180


def test_a_second_axis_has_its_own_range_unit_and_colour() -> None:
    options = {
        "y2_label": "right",
        "y2_unit": "A",
        "y2_range": (0, 1),
        "series": {"b": {"axis": "right"}},
    }
    plot = plot_with(options, a=[0, 1000], b=[0, 0.5])
    left, right = color_of(0), color_of(1)
    assert {"1.0 A", "0.2 A"} <= set(texts(plot, fill=right))
    assert "1000" in texts(plot, fill=left, text_anchor="end")
    [area] = areas(plot)
    assert all(float(e.get("x", "")) > area.right for e in elements(plot, "text", fill=right))
    assert "right" in texts(plot, fill=QUIET)
    a, b = paths(plot)
    assert a[1][1] < b[1][1] == pytest.approx(area.top + area.height / 2, abs=1)
    assert "right" in texts(plot)


def test_a_second_axis_may_be_alone() -> None:
    plot = plot_with({"series": {"a": {"axis": "right"}}, "lines": [0.5]}, a=[0, 1])
    assert texts(plot, text_anchor="end") == []
    [[(_, level), _]] = [vertices(path)[0:1][0] for path in elements(plot, "path", stroke=NOTE)]
    [[(_, low), (_, high)]] = paths(plot)
    assert level == pytest.approx((low + high) / 2, abs=0.2)


@pytest.mark.parametrize(
    ("log", "even"),
    [("none", (False, False)), ("x", (True, False)), ("y", (False, True)), ("xy", (True, True))],
)
def test_on_a_logarithmic_axis_decades_are_equally_far_apart(
    log: str, even: tuple[bool, bool]
) -> None:
    [line] = paths(plot_of((1, 1), (10, 10), (100, 100), log=log))
    for (a, b, c), is_even in zip(zip(*line, strict=True), even, strict=True):
        assert (b - a == pytest.approx(c - b, abs=0.2)) == is_even


def test_a_logarithmic_x_begins_where_the_logarithms_do() -> None:
    plot = plot_of((-5, 1), (0, 1), (1, 1), (10, 2), (100, 3), log="x")
    [line] = paths(plot)
    [area] = areas(plot)
    assert [x for x, _ in line][::2] == pytest.approx([area.left, area.right], abs=0.2)


def test_nothing_but_zeros_is_an_empty_logarithmic_picture() -> None:
    assert paths(plot_of((0, 0), (-1, -1), log="xy")) == []


def test_times_have_no_logarithm() -> None:
    [[a, b, c]] = paths(plot_of((1, 1), (2, 2), (3, 3), log="x", time=True))
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.2)


@pytest.mark.parametrize(
    ("x", "labels"),
    [
        ([0, 1e-3], r"\d\d:\d\d:\d\d\.\d{4}"),
        ([0, 30], r"\d\d:\d\d:\d\d"),
        ([0, 3600], r"\d\d:\d\d|1 Jan"),
        ([0, 10 * 86400], r"\d+ Jan"),
        ([1e14, 2e14], r"1\d0×10¹²|200×10¹²"),
    ],
)
def test_times_are_as_long_as_they_need_to_be(x: list[float], labels: str) -> None:
    middle = texts(plot_of(*((value, 0.5) for value in x), time=True), text_anchor="middle")
    assert middle
    assert all(re.fullmatch(labels, text) for text in middle)
    assert len(set(middle)) == len(middle)


def test_panels_stand_one_above_the_other_and_share_x() -> None:
    plot = plot_with(
        {"panels": [["a"], ["b", "c"]], "x_label": "step"}, a=[0, 9], b=[5, 6], c=[1, 1]
    )
    first, second = areas(plot)
    assert (first.left, first.width, first.height) == (second.left, second.width, second.height)
    assert first.bottom < second.top
    a, b, c = paths(plot)
    assert {a[0][0], b[0][0], c[0][0]} == {a[0][0]}
    assert all(first.top <= y <= first.bottom for _, y in a)
    assert all(second.top <= y <= second.bottom for _, y in b + c)
    assert len(texts(plot, text_anchor="middle")) == len(set(texts(plot, text_anchor="middle")))
    assert texts(plot).count("step") == 1


def test_panels_have_what_they_say_of_themselves() -> None:
    options: dict[str, Any] = {
        "log": "y",
        "panels": [
            {"series": ["a"], "height": 2, "y_unit": "%", "y_range": (0, 100), "log": "none"},
            ["b"],
        ],
        "lines": [(10, "ten")],
        "legend": "top",
    }
    options["panels"][0]["lines"] = [{"y": 50, "text": "half"}]
    plot = plot_with(options, a=[20, 60], b=[1, 100])
    top, bottom = areas(plot)
    assert top.height == pytest.approx(2 * bottom.height, abs=2)
    assert {"100 %", "20 %"} <= set(texts(plot, text_anchor="end"))
    levels = [vertices(path)[0][0][1] for path in elements(plot, "path", stroke=NOTE)]
    assert levels[0] == pytest.approx(top.top + top.height / 2, abs=1)
    assert {"half", "ten"} <= set(texts(plot, fill=NOTE))
    first, second = _tops(plot, "a", "b")
    assert first < top.top < top.bottom < second < bottom.top


def _tops(plot: Plot, *names: str) -> list[float]:
    """The base lines of names in legends, each of which stands once."""
    found = [e for e in elements(plot, "text") if e.text in names]
    assert sorted(e.text or "" for e in found) == sorted(names)
    return [float(e.get("y", "")) for e in found]


def test_a_threshold_may_be_of_the_axis_at_the_right() -> None:
    lines = [{"y": 5, "axis": "right"}, {"y": 5, "axis": "left"}, 5]
    both = plot_with(
        {"series": {"b": {"axis": "right"}}, "lines": lines, "y2_range": (0, 10)},
        a=[0, 6], b=[0, 10],
    )  # fmt: skip
    [[half], [left], [main]] = [
        [y] for path in elements(both, "path", stroke=NOTE) for ((_, y), _) in vertices(path)
    ]
    [area] = areas(both)
    assert half == pytest.approx(area.top + area.height / 2, abs=1)
    assert left == main != half
    alone = plot_with({"lines": lines}, a=[0, 6])
    assert len([v for p in elements(alone, "path", stroke=NOTE) for v in vertices(p)]) == 2


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_panels_are_never_too_low_to_be_read(count: int) -> None:
    names = [f"s{i}" for i in range(count)]
    plot = plot_with({"panels": [[name] for name in names]}, **{name: [1, 2] for name in names})
    height = float(ET.fromstring(render_svg(plot)).get("height", ""))  # noqa: S314 - our own
    assert len(areas(plot)) == count
    assert all(area.height >= 100 for area in areas(plot))
    assert areas(plot)[-1].bottom < height
    assert height < 130 + 150 * count + 100
