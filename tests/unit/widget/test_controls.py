"""Controls: what they show, what they change, and that they follow."""

from __future__ import annotations

import pytest

from zwsnb.protocol.options import check_options, taking_back
from zwsnb.widget.controls import Controls, controls
from zwsnb.widget.settings import Settings


class Calls:
    """Takes what controls call, in order."""

    def __init__(self, **options: object) -> None:
        self.changes: list[dict[str, object]] = []
        self.cleared = 0
        self.settings = Settings(check_options(options), self.change)

    def change(self, name: str, value: object) -> None:
        self.changes.append({name: value})

    def clear(self) -> None:
        self.cleared += 1

    def controls(self) -> Controls:
        return controls(self.settings, self.clear)


def values(box: Controls) -> list[object]:
    return [control.value for control in box.children[:-1]]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, [0, "line", "auto", False]),
        ({"window": 10.0, "style": "step", "points": True}, [10, "step", "auto", True]),
        ({"y_range": "grow"}, [0, "line", "grow", False]),
        ({"y_range": (0, 1)}, [0, "line", "fixed", False]),
    ],
)
def test_controls_begin_with_the_options_of_the_plot(
    options: dict[str, object], shown: list[object]
) -> None:
    calls = Calls(**options)
    assert values(calls.controls()) == shown
    assert calls.changes == []


@pytest.mark.parametrize(
    ("place", "value", "change"),
    [
        (0, 5, {"window": 5.0}),
        (0, -5, {"window": None}),
        (1, "bars", {"style": "bars"}),
        (1, "spectrum", {"style": "spectrum"}),
        (2, "grow", {"y_range": "grow"}),
        (3, True, {"points": True}),
    ],
)
def test_a_control_changes_its_option(place: int, value: object, change: dict[str, object]) -> None:
    calls = Calls(window=1.0)
    box = calls.controls()
    box.children[place].value = value
    assert calls.changes == [change]
    assert values(box)[0] != -5
    assert taking_back("window") == 0


def test_controls_follow_the_plot_and_each_other() -> None:
    calls = Calls()
    one, other = calls.controls(), calls.controls()
    calls.settings.tell({"window": 3.0, "style": "area", "y_range": [0.0, 1.0], "points": True})
    assert values(one) == values(other) == [3, "area", "fixed", True]
    assert calls.changes == [], "what was told changes nothing"
    one.children[0].value = 4
    assert values(other)[0] == 4
    assert calls.changes == [{"window": 4.0}]


def test_a_range_that_the_control_cannot_set_is_shown_and_left_alone() -> None:
    calls = Calls()
    box = calls.controls()
    box.children[2].value = "fixed"
    assert (values(box)[2], calls.changes) == ("auto", [])
    calls.settings.tell({"y_range": [0.0, 1.0]})
    box.children[2].value = "auto"
    assert calls.changes == [{"y_range": None}]


def test_the_button_clears() -> None:
    calls = Calls()
    calls.controls().children[-1].click()
    assert (calls.cleared, calls.changes) == (1, [])
