"""What a program may want to be told of, and how it says so."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from zwsnb.events.watch import Watch, cross, gesture, watch_of


def crossing(**given: Any) -> Watch:
    asked: dict[str, Any] = {"above": None, "below": None, "back": None, "again": 1, "name": None}
    return cross("loss", **asked | given)


@pytest.mark.parametrize(
    ("given", "watch"),
    [
        ({"above": 2}, Watch("loss above 2", "cross", "loss", 2, 2)),
        (
            {"below": np.float32(0.5), "back": 1, "again": 0, "name": "done"},
            Watch("done", "cross", "loss", 0.5, 1, is_above=False, again=0),
        ),
        ({"above": 2, "back": 2}, Watch("loss above 2", "cross", "loss", 2, 2)),
        ({"below": -1e-9}, Watch("loss below -1e-09", "cross", "loss", -1e-9, -1e-9, False)),
    ],
)
def test_a_level_is_above_or_below(given: dict[str, Any], watch: Watch) -> None:
    assert crossing(**given) == watch


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "say above= or below=, one of them"),
        ({"above": 2, "below": 1}, "say above= or below=, one of them"),
        ({"above": True}, "above is True; it is a finite number"),
        ({"above": np.True_}, "above is .*True.*; it is a finite number"),
        ({"above": "2"}, "above is '2'; it is a finite number"),
        ({"above": [2]}, "above is .2.; it is a finite number"),
        ({"below": float("nan")}, "below is nan; it is a finite number"),
        ({"above": 2, "back": 3}, "back is 3, which is above 2 as well"),
        ({"below": 2, "back": 1}, "back is 1, which is below 2 as well"),
        ({"above": 2, "again": -1}, "again is -1; it is 0 seconds or more"),
        ({"above": 2, "name": ""}, "name is empty"),
    ],
)
def test_what_cannot_be_says_what_helps(given: dict[str, Any], says: str) -> None:
    with pytest.raises((TypeError, ValueError), match=says):
        crossing(**given)


def test_a_series_has_a_name() -> None:
    with pytest.raises(ValueError, match="series is empty"):
        cross("", above=2, below=None, back=None, again=1, name=None)


def test_a_long_name_of_a_series_leaves_room_for_the_level() -> None:
    watch = cross(256 * "a", above=2, below=None, back=None, again=1, name=None)
    assert (watch.series, watch.name) == (256 * "a", 216 * "a" + " above 2")


@pytest.mark.parametrize("watch", [
    gesture("select", "select picked"),
    gesture("click", "click picked"),
    crossing(above=2, back=1.5, again=0),
    crossing(below=2),
])  # fmt: skip
def test_it_is_the_same_on_the_other_side(watch: Watch) -> None:
    assert watch_of(json.loads(json.dumps(watch.declared()))) == watch


@pytest.mark.parametrize("members", [
    {},
    {"number": -1},
    {"number": "1"},
    {"number": 2**53},
    {"name": 3},
    {"kind": "hover"},
    {"kind": "cross", "above": 2},
    {"kind": "cross", "series": "loss"},
    {"kind": "cross", "series": "loss", "above": "high"},
    {"kind": "cross", "series": "loss", "above": 2, "again": None},
])  # fmt: skip
def test_a_program_that_describes_none_is_refused(members: dict[str, Any]) -> None:
    good = {"name": "n", "kind": "select", "number": 1}
    with pytest.raises((TypeError, ValueError)):
        watch_of(good | members if members else {})
