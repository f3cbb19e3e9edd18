"""What of `Plot` puts controls on its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.steering.handles import Button, Choice, Slider, Switch


def test_each_kind_is_declared_as_it_was_asked_for(pages: Pages) -> None:
    p = Plot("p")
    made = (
        p.slider("lr", 1e-3, (1e-5, 1), log=True),
        p.slider("n", 3, (1, 10), step=1),
        p.switch("on", True),
        p.choice("how", ["sgd", "adam"], "adam"),
        p.button("go"),
    )
    assert [type(each) for each in made] == [Slider, Slider, Switch, Choice, Button]
    described = [one.described() for one in pages.look().values() if one is not None]
    slider = {"kind": "slider", "low": 1e-5, "high": 1, "step": 0, "log": True}
    assert described == [
        {"name": "lr", "value": 1e-3} | slider,
        {"name": "n", "value": 3} | slider | {"low": 1, "high": 10, "step": 1, "log": False},
        {"name": "on", "kind": "switch", "value": True},
        {"name": "how", "kind": "choice", "value": "adam", "choices": ["sgd", "adam"]},
        {"name": "go", "kind": "button", "value": 0},
    ]


@pytest.mark.parametrize("declare", [
    lambda p: p.slider("lr", 2),
    lambda p: p.slider("lr", 0.5, (0, 1, 2)),
    lambda p: p.slider("lr", 0.5, log=True),
    lambda p: p.switch("on", 3),
    lambda p: p.choice("how", []),
    lambda p: p.button(""),
    lambda p: p.button("go", "no function"),
])  # fmt: skip
def test_what_cannot_be_is_said_in_the_line_of_the_call(
    pages: Pages, declare: Callable[[Plot], Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        declare(Plot("p"))
    assert pages.look() == {}
