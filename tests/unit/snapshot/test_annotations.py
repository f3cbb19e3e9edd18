"""Thresholds, regions and marks of a snapshot, and their text."""

from __future__ import annotations

import pytest
from support.rules import check_golden
from support.snapshots import (
    NOTE,
    QUIET,
    SHADE,
    check_texts,
    elements,
    paths,
    plot_of,
    plot_with,
    texts,
    vertices,
)

from zwsnb.snapshot.render import render_svg


@pytest.mark.parametrize("rule", ["annotations", "beyond", "mark_start"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_a_threshold_stands_at_its_height_in_every_panel_with_its_words() -> None:
    options = {"lines": [(0.5, "half"), 0.25], "panels": [["a"], ["b"]]}
    plot = plot_with(options, a=[0, 0.5, 1], b=[0, 0.5, 2])
    levels = [level for path in elements(plot, "path", stroke=NOTE) for level in vertices(path)[:1]]
    lines = paths(plot)
    assert [level[0][1] for level in levels] == [line[1][1] for line in lines]
    assert texts(plot, fill=NOTE) == ["half", "half"]


def test_a_threshold_out_of_sight_is_said_at_the_edge_that_is_nearer() -> None:
    lines = [(9, "too high"), (-9, "too low"), (0.5, "half"), (8, "high")]
    plot = plot_with({"lines": lines, "y_range": [0, 1]}, a=[0, 0.5, 1])
    assert texts(plot, fill=NOTE) == ["↑ too high", "↓ too low", "↑ high", "half"]
    tops = {text.text: float(text.get("y", "")) for text in elements(plot, "text", fill=NOTE)}
    assert tops["↑ too high"] < tops["↑ high"] < tops["half"] < tops["↓ too low"]
    check_texts(plot)


def test_one_without_words_is_said_by_its_number_in_the_unit_of_its_axis() -> None:
    lines = [45_000, {"y": -0.5, "axis": "right"}]
    options = {"lines": lines, "y_range": [0, 1], "y2_range": [0, 1], "y_unit": "V"}
    plot = plot_with(options | {"series": {"b": {"axis": "right"}}}, a=[0, 1], b=[0, 1])
    assert texts(plot, fill=NOTE) == ["↑ 45 kV", "↓ -0.5"]


def test_the_text_of_a_mark_at_the_end_stands_left_of_it() -> None:
    plot = plot_of((0, 0), (1, 1), (2, 2))
    plot.mark(2, "the end")
    [text] = [its for its in elements(plot, "text") if its.text == "the end"]
    [line] = paths(plot)
    assert float(text.get("x", "")) < line[-1][0]
    check_texts(plot)


def test_marks_at_one_x_say_all_that_they_say_in_rows_and_the_same_once() -> None:
    plot = plot_of((0, 0), (1, 1), (2, 2))
    for text in ("loss above 1", "loss above 2", "loss above 1", "acc below 0.5"):
        plot.mark(1, text)
    said = ["loss above 2", "loss above 1", "acc below 0.5"]
    rows = [its for its in elements(plot, "text") if its.text in said]
    assert [its.text for its in rows] == said
    assert len({its.get("x") for its in rows}) == 1
    assert len({its.get("y") for its in rows}) == 3
    check_texts(plot)


def test_a_region_is_shaded_from_its_begin_to_its_end_and_a_mark_stands_at_its_x() -> None:
    plot = plot_of(
        (0, 0), (1, 1), (2, 2), (4, 4), regions=[(1, 2, "warm-up"), (3, 9), (5, 6, "outside")]
    )
    plot.mark(1, "epoch")
    plot.mark(5, "outside")
    [line] = paths(plot)
    boxes = [
        (float(r.get("x", "")), float(r.get("width", "")))
        for r in elements(plot, "rect", fill=SHADE)
    ]
    assert boxes[0] == pytest.approx((line[1][0], line[2][0] - line[1][0]), abs=0.2)
    assert sum(boxes[1]) == pytest.approx(line[3][0], abs=0.2)
    [pole] = [path for path in elements(plot, "path", stroke=QUIET) if path.get("stroke-dasharray")]
    assert [x for [(x, _), _] in vertices(pole)] == pytest.approx([line[1][0]], abs=0.5)
    assert {"warm-up", "epoch"} <= set(texts(plot))
    assert "outside" not in texts(plot)


def test_a_region_of_a_logarithmic_axis_may_begin_at_0() -> None:
    plot = plot_of((1, 1), (10, 2), (100, 3), log="x", regions=[(0, 10, "low"), (-5, 0, "none")])
    [region] = elements(plot, "rect", fill=SHADE)
    [line] = paths(plot)
    assert float(region.get("x", "")) == pytest.approx(line[0][0], abs=0.2)
    assert float(region.get("width", "")) == pytest.approx(line[1][0] - line[0][0], abs=0.2)


def test_what_belongs_to_x_is_written_in_the_first_panel_only() -> None:
    plot = plot_with(
        {"regions": [(0, 1, "warm-up")], "panels": [["a"], ["b"]]}, a=[0, 1, 2], b=[0, 1, 2]
    )
    plot.mark(1, "epoch")
    assert [texts(plot).count(word) for word in ("warm-up", "epoch")] == [1, 1]
    assert len(elements(plot, "rect", fill=SHADE)) == 2


@pytest.mark.slow
def test_thousands_of_annotations_are_no_more_than_fit() -> None:
    plot = plot_of((0, 0), (10, 10), lines=[(i / 30, "l") for i in range(300)])
    for i in range(1000):
        plot.mark(i / 100, f"mark {i}")
    assert len(render_svg(plot)) < 100_000
    assert 10 < len(texts(plot)) < 150
    check_texts(plot)
