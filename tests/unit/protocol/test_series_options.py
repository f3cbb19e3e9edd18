"""The options of one series, and their types."""

from __future__ import annotations

from typing import Any

import pytest

from zwsnb.protocol.options import DEFAULTS, merged
from zwsnb.protocol.series_options import (
    PANEL_OPTIONS,
    SERIES_OPTIONS,
    PanelOptions,
    SeriesOptions,
    is_log_y,
    style_of,
    xy_of,
)


def test_the_options_of_a_series_have_types_for_the_checker() -> None:
    annotations = SeriesOptions.__annotations__
    assert {name: hint.__forward_arg__ for name, hint in annotations.items()} == {
        option.name: f"{option.type} | None" for option in SERIES_OPTIONS
    }


def test_the_options_of_a_panel_have_types_for_the_checker() -> None:
    annotations = PanelOptions.__annotations__
    assert {name: hint.__forward_arg__ for name, hint in annotations.items()} == {
        option.name: f"{option.type} | None" for option in PANEL_OPTIONS
    }


def test_each_is_taken_back_by_a_word_of_its_own() -> None:
    said = {"label": "Loss", "color": "#ff0000", "dash": "dot", "width": 3.0, "opacity": 0.5}
    back = {"label": "", "color": "auto", "dash": "auto", "width": "auto"}
    standing = merged({"series": {"a": said}}, {"series": {"a": back}})
    assert standing == {"series": {"a": {"opacity": 0.5}}}


@pytest.mark.parametrize(
    ("options", "logs"),
    [
        ({}, ""),
        ({"log": "y"}, "abc"),
        ({"log": "x"}, ""),
        ({"log": "xy", "panels": "groups"}, "abc"),
        ({"panels": [{"series": ["a"], "log": "y"}, ["b"]]}, "a"),
        ({"panels": [["a"], {"series": ["b"], "log": "y"}]}, "bc"),
        ({"log": "y", "panels": [{"series": ["a", "b"], "log": "none"}, ["b"]]}, "c"),
    ],
)
def test_a_series_has_the_axis_of_its_panel(options: dict[str, Any], logs: str) -> None:
    whole = {**DEFAULTS, **options}
    assert "".join(name for name in "abc" if is_log_y(whole, name)) == logs


def test_the_style_of_a_series_is_its_own_or_that_of_the_plot() -> None:
    options = {**DEFAULTS, "style": "area", "series": {"a": {"style": "density"}, "b": {}}}
    assert [style_of(options, name) for name in "abc"] == ["density", "area", "area"]
    assert [xy_of(options, name) for name in "abc"] == [True, None, None]
    assert xy_of({**options, "xy": False}, "a") is False
