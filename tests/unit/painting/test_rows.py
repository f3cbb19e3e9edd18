"""The picture of a plot that has loops or controls, and no points."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from zwsnb.controls import control
from zwsnb.controls.control import Control
from zwsnb.history.plots import Plot
from zwsnb.painting.rows import WIDTH, has_rows_only, rows_svg
from zwsnb.protocol.messages import Bar, Declare

SVG = "{http://www.w3.org/2000/svg}"

CONTROLS = [
    control.slider("rate", 1e-3, 1e-5, 1.0, 0.0, log=True),
    control.switch("noise", True),
    control.choice("mode", ["fast", "exact"], "exact"),
    control.button("stop"),
]


def plot_with(bars: list[Bar], controls: list[Control]) -> Plot:
    plot = Plot("p")
    plot.progress = tuple(bars)
    for its in controls:
        plot.controls.declare(Declare("p", its.name, its.declared()), "producer")
    return plot


def drawn(plot: Plot) -> ET.Element:
    return ET.fromstring(rows_svg(plot))  # noqa: S314 - our own


def test_it_says_what_the_page_says() -> None:
    root = drawn(plot_with([Bar("epoch 3 of 10", 0.3), Bar("batch 100", None)], CONTROLS))
    texts = ["".join(each.itertext()) for each in root.iter(SVG + "text")]
    assert texts == [
        *("epoch 3 of 10", "batch 100", "rate", "0.001", "noise", "mode", "exact", "stop"),
    ]
    assert root.findtext(SVG + "desc") == (
        "epoch 3 of 10; batch 100; rate 0.001; noise on; mode exact; button stop"
    )
    assert float(root.get("height", "")) < 100, "no room for points that there are not"


@pytest.mark.parametrize(
    ("value", "low", "high", "log", "at"),
    [(0.0, 0.0, 1.0, False, 0), (3.0, 1.0, 5.0, False, 70), (1e-1, 1e-2, 1.0, True, 70)],
)
def test_a_knob_is_where_its_value_is(
    value: float, low: float, high: float, log: bool, at: float
) -> None:
    its = control.slider("a", value, low, high, 0.0, log=log)
    (knob,) = drawn(plot_with([], [its])).iter(SVG + "circle")
    assert float(knob.get("cx", "")) == pytest.approx(at)


def test_controls_go_on_in_the_next_row_and_stay_inside() -> None:
    few = drawn(plot_with([], [control.switch("a", False)]))
    many = drawn(plot_with([], [control.button(f"button {i}") for i in range(40)]))
    assert float(many.get("height", "")) > float(few.get("height", "")) + 40
    long = drawn(plot_with([Bar("word " * 200, 1.0)], [control.button("b" * 256)]))
    ends = [
        float(its.get("x", "0")) + float(its.get("width", "0")[:3])
        for its in long.iter(SVG + "rect")
    ]
    assert max(ends) <= WIDTH


def test_with_points_or_with_nothing_it_is_another_picture() -> None:
    assert not has_rows_only(Plot("p"))
    plot = plot_with([], CONTROLS)
    assert has_rows_only(plot)
    plot.append("y", np.array([1.0]), np.array([1.0]))
    assert not has_rows_only(plot)
    plot.clear()
    assert has_rows_only(plot)
