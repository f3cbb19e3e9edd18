"""The options of one series, and their types."""

from __future__ import annotations

from zwsnb.protocol.options import merged
from zwsnb.protocol.series_options import (
    PANEL_OPTIONS,
    SERIES_OPTIONS,
    PanelOptions,
    SeriesOptions,
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
