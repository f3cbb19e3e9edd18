"""What a control is, which values it takes, and how it travels."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from zwsnb.controls import control as controls
from zwsnb.controls.control import Control, Steered, control_of, in_words

LR = controls.slider("lr", 1e-3, 1e-5, 1, 0, log=True)
N = controls.slider("n", 3, 1, 10, 1, log=False)
ON = controls.switch("on", value=True)
HOW = controls.choice("how", ["sgd", "adam"], None)
GO = controls.button("go")


@pytest.mark.parametrize(("make", "error"), [
    (partial(controls.slider, "", 0, 0, 1, 0, log=False), "is empty"),
    (partial(controls.slider, "n" * 257, 0, 0, 1, 0, log=False), "257 characters"),
    (partial(controls.slider, "n", 0, 1, 1, 0, log=False), "goes from 1 to 1"),
    (partial(controls.slider, "n", 1, 0, 1, 0, log=True), "begins at 0, not above 0"),
    (partial(controls.slider, "n", 2, 0, 1, 0, log=False), "is 2; it is from 0 to 1"),
    (partial(controls.slider, "n", math.nan, 0, 1, 0, log=False), "a finite number"),
    (partial(controls.slider, "n", "1", 0, 1, 0, log=False), "a finite number"),
    (partial(controls.slider, "n", True, 0, 1, 0, log=False), "a finite number"),
    (partial(controls.slider, "n", 0, None, 1, 0, log=False), "a finite number"),
    (partial(controls.slider, "n", 0, 0, 1, 2, log=False), "step 2"),
    (partial(controls.slider, "n", 0, 0, 1, -1, log=False), "step -1"),
    (partial(controls.slider, "n", 1, 1, 10, 1, log=True), "has no step"),
    (partial(controls.switch, "on", 1), "True or False"),
    (partial(controls.choice, "how", [], None), "has 0 texts"),
    (partial(controls.choice, "how", ["a", "a"], None), "a text twice"),
    (partial(controls.choice, "how", "ab", None), "a list of texts"),
    (partial(controls.choice, "how", [1], None), "a name is a text"),
    (partial(controls.choice, "how", ["a"], "b"), "one of a"),
    (partial(controls.choice, "how", list(map(str, range(101))), None), "has 101 texts"),
    (partial(controls.button, "go", -1), "no count"),
    (partial(controls.button, "go", True), "no count"),
])  # fmt: skip
def test_what_is_no_control_is_refused(make: Any, error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        make()


@pytest.mark.parametrize(("control", "value", "taken"), [
    (LR, 0.01, 0.01),
    (LR, 1, 1.0),
    (LR, 1 + 1e-12, 1.0),
    (LR, 2, None),
    (LR, 0, None),
    (LR, 10**400, None),
    (LR, [1], None),
    (LR, None, None),
    (ON, False, False),
    (ON, 0, None),
    (ON, "on", None),
    (ON, np.True_, None),
    (HOW, "adam", "adam"),
    (HOW, "other", None),
    (HOW, 1, None),
    (GO, 7, 7),
    (GO, 1.5, None),
])  # fmt: skip
def test_a_value_is_taken_or_refused(control: Control, value: object, taken: object) -> None:
    if taken is None:
        with pytest.raises((TypeError, ValueError), match=control.name):
            control.with_value(value)
    else:
        assert control.with_value(value).value == taken


def test_a_button_counts() -> None:
    assert GO.pressed().pressed().value == 2


@pytest.mark.parametrize("control", [LR, N, ON, HOW, GO, replace(HOW, number=7, value="adam")])
def test_a_declaration_says_all_of_a_control(control: Control) -> None:
    assert control_of(json.loads(json.dumps(control.declared()))) == control


@pytest.mark.parametrize("change", [
    {"name": None},
    {"kind": "dial"},
    {"kind": []},
    {"kind": None},
    {"value": 2},
    {"low": "a"},
    {"number": -1},
    {"number": 1.5},
    {"kind": "choice", "choices": 3},
])  # fmt: skip
def test_what_is_no_declaration_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        control_of(LR.declared() | change)


@pytest.mark.parametrize(("control", "words"), [
    (LR, "lr = 0.001"),
    (N, "n = 3"),
    (ON, "on = on"),
    (ON.with_value(False), "on = off"),
    (HOW, "how = sgd"),
    (GO, "go"),
    (replace(N, name="n" * 256), "n" * 256),
])  # fmt: skip
def test_a_mark_says_what_was_set(control: Control, words: str) -> None:
    assert in_words(control) == words


def test_what_a_page_has_done_travels_as_text() -> None:
    told = Steered("p", "lr", 0.01, 3)
    assert Steered(**json.loads(told.to_json())) == told
