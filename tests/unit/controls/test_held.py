"""The controls that a plot holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zwsnb.controls.control import MAX_CONTROLS, button, slider, switch
from zwsnb.controls.held import Controls
from zwsnb.protocol.messages import Declare

LR = slider("lr", 0.1, 0, 1, 0, log=False)


def declared(*names: str) -> Controls:
    found = Controls()
    for name in names:
        found.declare(Declare("p", name, switch(name, value=False).declared()), "me")
    return found


def test_one_declared_again_keeps_its_place_and_has_the_new_value() -> None:
    controls = declared("a", "b")
    controls.declare(Declare("p", "a", switch("a", value=True).declared()), "me")
    assert [(one["name"], one["value"]) for one in controls.described()] == [
        ("a", True),
        ("b", False),
    ]


def test_one_that_is_removed_is_gone_and_so_is_one_that_never_was() -> None:
    controls = declared("a")
    for _ in range(2):
        controls.declare(Declare("p", "a", None), "me")
    assert (controls.described(), controls.version) == ([], 2)


def test_a_program_takes_away_what_is_its_own() -> None:
    controls = declared("a")
    controls.declare(Declare("p", "a", switch("a", value=True).declared()), "another")
    controls.declare(Declare("p", "a", None), "me")
    assert (list(controls.held), controls.version) == (["a"], 2)
    controls.declare(Declare("p", "a", None), "another")
    assert (list(controls.held), controls.version) == ([], 3)


def test_there_are_so_many() -> None:
    controls = declared(*map(str, range(MAX_CONTROLS)))
    with pytest.raises(ValueError, match="50 controls"):
        controls.declare(Declare("p", "more", button("more").declared()), "me")
    controls.declare(Declare("p", "0", button("0").declared()), "me")
    assert len(controls.held) == MAX_CONTROLS


def test_an_older_word_of_the_same_program_changes_nothing() -> None:
    controls = Controls()
    newer = replace(LR, number=5).with_value(0.5)
    controls.declare(Declare("p", "lr", newer.declared()), "me")
    controls.declare(Declare("p", "lr", replace(LR, number=4).declared()), "me")
    assert controls.find("lr").control == newer
    controls.declare(Declare("p", "lr", replace(LR, number=1).declared()), "another")
    assert controls.find("lr").producer == "another"


def test_a_page_changes_a_value_and_presses_a_button() -> None:
    controls = Controls()
    controls.declare(Declare("p", "lr", LR.declared()), "me")
    controls.declare(Declare("p", "go", button("go").declared()), "me")
    assert controls.change("lr", 0.7).control.value == 0.7
    assert controls.change("go", "whatever").control.value == 1
    before = controls.version
    for name, value, error in (("lr", 7, ValueError), ("lr", "x", ValueError), ("no", 1, KeyError)):
        with pytest.raises(error):
            controls.change(name, value)
    assert (controls.version, controls.find("lr").control.value) == (before, 0.7)
