"""The widgets: what they hold, and what they call."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from zwsnb.display.widgets import controls, widget
from zwsnb.protocol.options import check_options


class Calls:
    """Takes what controls call, in order."""

    def __init__(self) -> None:
        self.changes: list[dict[str, object]] = []
        self.cleared = 0

    def change(self, options: Mapping[str, object]) -> None:
        self.changes.append(dict(options))

    def clear(self) -> None:
        self.cleared += 1


def test_a_widget_holds_its_html() -> None:
    made = widget("<iframe></iframe>")
    assert made.value == "<iframe></iframe>"
    assert made.layout.width == "100%"


def test_controls_begin_with_the_options_of_the_plot() -> None:
    calls = Calls()
    options = {"window": 10.0, "style": "step", "points": True}
    window, style, y_range, points, _ = controls(options, calls.change, calls.clear).children
    assert (window.value, style.value, y_range.value, points.value) == (10, "step", "auto", True)
    assert calls.changes == []


def test_controls_of_a_plot_without_options_show_the_defaults() -> None:
    calls = Calls()
    window, style, y_range, points, _ = controls({}, calls.change, calls.clear).children
    assert (window.value, style.value, y_range.value, points.value) == (0, "line", "auto", False)


@pytest.mark.parametrize(
    ("place", "value", "change"),
    [
        (0, 5, {"window": 5.0}),
        (0, -5, {"window": 0.0}),
        (1, "bars", {"style": "bars"}),
        (2, "grow", {"y_range": "grow"}),
        (3, True, {"points": True}),
    ],
)
def test_a_control_changes_its_option(place: int, value: object, change: dict[str, object]) -> None:
    calls = Calls()
    box = controls({"window": 1.0}, calls.change, calls.clear)
    box.children[place].value = value
    assert calls.changes == [change]
    check_options(change)


def test_the_button_clears() -> None:
    calls = Calls()
    controls({}, calls.change, calls.clear).children[-1].click()
    assert (calls.cleared, calls.changes) == (1, [])
