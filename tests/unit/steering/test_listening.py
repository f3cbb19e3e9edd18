"""What of `Plot` tells a program what happens on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from support.eventually import eventually
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.steering.events import Click, Selection


def test_what_a_hand_does_is_told_by_the_name_of_the_function(pages: Pages) -> None:
    p, called = Plot("p"), list[Any]()

    @p.on_select
    def picked(selection: Selection) -> None:
        called.append(selection)

    p.on_click(lambda click: called.append(click.x))
    p.on_click(called.append, name="mine")
    names = [one.name.split(".")[-1] for one in p.listeners()]
    assert names == ["picked", "<lambda>", "mine"]
    pages.happen(picked.name, {"from": 1.0, "to": 2.0, "series": {}})
    pages.happen("mine", {"x": 1.0, "y": 2.0, "series": None, "point": None})
    eventually(lambda: len(called) == 2)
    assert called == [Selection("p", 1.0, 2.0, {}), Click("p", 1.0, 2.0, None, None)]


class Picker:
    def pick(self, _: object) -> None:
        """Do nothing."""

    def __call__(self, _: object) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (Picker().pick, "click Picker.pick"),
        (partial(partial(Picker.pick), Picker()), "click Picker.pick"),
        (Picker(), "click Picker"),
        (print, "click print"),
    ],
)
def test_a_function_has_a_name_that_stays(pages: Pages, call: Any, name: str) -> None:
    del pages
    assert Plot("p").on_click(call).name == name


@pytest.mark.parametrize("listen", [
    lambda p: p.on_select(3),
    lambda p: p.on_click("f"),
    lambda p: p.on_click(print, name=""),
    lambda p: p.on_cross("loss"),
    lambda p: p.on_cross("loss", 2),
    lambda p: p.on_cross("loss", 2, above=2),
    lambda p: p.on_cross("loss", above=2, back=3),
    lambda p: p.on_cross(3, above=2),
])  # fmt: skip
def test_what_cannot_be_is_said_in_the_line_of_the_call(
    pages: Pages, listen: Callable[[Plot], Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        listen(Plot("p"))
    assert pages.watched() == {}


def test_the_alerts_of_a_plot_are_read(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    del pages
    its = {"name": "n", "series": "loss", "run": "", "x": 3.0, "y": 2.5, "time": 1.0, "skipped": 0}
    stats = {"plots": {"p": {"options": {"time": False}, "alerts": [its]}}}
    monkeypatch.setattr("zwsnb.api.stats", lambda: stats)
    [alert] = Plot("p").alerts()
    assert (alert.name, alert.x, alert.y) == ("n", 3.0, 2.5)
    assert Plot("another").alerts() == []
