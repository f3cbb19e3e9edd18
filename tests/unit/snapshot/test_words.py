"""What a snapshot says in words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.snapshots import EVIL, plot_of, plot_with

from zwsnb.history.plots import Plot
from zwsnb.snapshot.render import render_svg


def words(plot: Plot) -> str:
    """Return the words of a snapshot, with spaces and signs as they are on a keyboard."""
    found = re.search("<desc>(.*?)</desc>", render_svg(plot), re.DOTALL)
    assert found is not None
    return unescape(found[1]).replace("\u202f", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("options", "series", "said"),
    [
        ({}, {}, "no points yet"),
        ({}, {"y": [1.23456, -2]}, "x 0 to 1; y -2 to 1.235"),
        ({}, {"y": [3]}, "x -0.5 to 0.5; y 3"),
        ({}, {"y": [0, np.nan]}, "x 0 to 1; y 0"),
        ({}, {"y": [np.nan, np.nan]}, "x 0 to 1; y without a value"),
        ({"x_label": "step", "x_unit": "ms", "y_unit": "V"}, {"a": [0, 5], "b": [1, 2]},
         "step 0 to 1 ms; a 0 to 5 V; b 1 to 2 V"),
        ({"series": {"b": {"axis": "right"}}, "y2_unit": "°C"}, {"a": [0, 5], "b": [1, 2]},
         "x 0 to 1; a 0 to 5; b 1 to 2 °C"),
        ({"log": "xy"}, {"y": ([1, 1000], [0.01, 10_000])}, "x 1 to 1000; y 0.01 to 10 000"),
        ({"window": 1}, {"y": [9, 1, 2]}, "x 1 to 2; y 1 to 2"),
        ({"time": True, "tz": "UTC"}, {"y": ([1.7e9, 1.7e9 + 3600], [0, 1])},
         "x 2023-11-14 22:13:20 to 23:13:20; y 0 to 1"),
        ({"time": True, "tz": "UTC"}, {"y": ([0, 86_400], [0, 1])},
         "x 1970-01-01 00:00:00 to 1970-01-02 00:00:00; y 0 to 1"),
        ({"time": True}, {"y": ([0, 1e12], [0, 1])}, "x 0 to 10¹² s; y 0 to 1"),
        ({"y_unit": "V"}, {"a": [20_000, -45_000], "b": [0.02, 1.05]},
         "x 0 to 1; a -45 to 20 kV; b 20 mV to 1.05 V"),
        ({"y_unit": "%"}, {"a": [0, 45_000]}, "x 0 to 1; a 0 to 45 000 %"),
        ({}, {"a": [1, 1.2e-16], "b": [0, 2e-6]}, "x 0 to 1; a 0 to 1; b 0 to 2×10⁻⁶"),
        ({"log": "y"}, {"a": [1e-9, 1]}, "x 0 to 1; a 10⁻⁹ to 1"),
        ({"time": False}, {"y": ([1e9, 1e9 + 1], [0, 1])},
         "x 1 000 000 000 to 1 000 000 001; y 0 to 1"),
        ({}, {"y": [1.7976931348623157e308, 0]}, "x 0 to 1; y 0 to 1.7976931348623157×10³⁰⁸"),
        ({"series": {"b": {"hidden": True}}}, {"a": [0, 1], "b": [0, 1]}, "x 0 to 1; a 0 to 1"),
    ],
)  # fmt: skip
def test_ranges_are_said_in_words(
    options: dict[str, Any], series: dict[str, Any], said: str
) -> None:
    assert words(plot_with(options, **series)) == said


def test_times_are_said_from_where_they_are_counted() -> None:
    plot = plot_with({"tz": "UTC"})
    plot.bring_times()
    plot.count_from(1_795_824_000)
    plot.append("y", np.array([0.0, 3600.0]), np.array([0.0, 1.0]))
    assert words(plot) == "x 2026-11-28 00:00:00 to 01:00:00; y 0 to 1"


def test_of_many_series_the_first_are_named() -> None:
    assert words(plot_with({}, **{f"s{i}": [i, 1] for i in range(9)})) == (
        "x 0 to 1; s0 0 to 1; s1 1; s2 1 to 2; s3 1 to 3; s4 1 to 4; s5 1 to 5; and 3 more"
    )


def test_a_name_is_text_and_a_long_one_is_cut() -> None:
    assert words(plot_of((0, 1), series=EVIL)).startswith("x -0.5 to 0.5; <script>")
    assert len(words(plot_of((0, 1), series="name" * 60))) < 100


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=4),
    st.sampled_from(["none", "xy"]),
    st.sampled_from(["auto", True]),
)
def test_there_are_words_for_all_numbers(values: list[float], log: str, time: Any) -> None:
    plot = plot_with({"log": log, "time": time}, y=(values, values))
    assert not re.search("nan|inf", words(plot))
