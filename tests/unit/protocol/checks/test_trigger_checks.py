"""The option `trigger`: what can be said, and what holds then."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from zwsnb.protocol.checks.trigger_checks import complete, trigger
from zwsnb.protocol.options import check_options, merged


@pytest.mark.parametrize(
    ("said", "checked"),
    [
        ({}, {}),
        ({"level": 1, "series": None}, {"level": 1.0, "series": "y"}),
        ({"level": None}, {"level": 0.0}),
        (
            {"series": "v", "slope": "either", "mode": "single", "pre": 1, "persist": 8.0},
            {"series": "v", "slope": "either", "mode": "single", "pre": 1.0, "persist": 8},
        ),
        ({"holdoff": "10ms"}, {"holdoff": 0.01}),
    ],
)
def test_what_is_said_is_as_json_has_it(
    said: Mapping[str, object], checked: Mapping[str, object]
) -> None:
    assert trigger(said, "trigger") == checked
    assert trigger(checked, "trigger") == checked


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (0.5, "trigger is a number; it is as in"),
        ({"levle": 1}, "there is no option 'levle' of a trigger; did you mean level?"),
        ({"level": "high"}, r"trigger\['level'\] is 'high'; it is a number"),
        ({"slope": "up"}, "is 'up'; it is one of rising, falling, either"),
        ({"mode": "auto"}, "is 'auto'; it is one of roll, normal, single"),
        ({"pre": 10}, "is 10; it is a part of the window, 0 to 1"),
        ({"persist": 100}, "is 100; it is so many sweeps, 0 to 32"),
        ({"persist": 1.5}, "is 1.5; it is so many sweeps"),
        ({"holdoff": -1}, "is -1; it is 0 or more"),
        ({"series": ""}, "is empty"),
    ],
)
def test_what_cannot_be_is_refused_with_its_repair(said: object, why: str) -> None:
    with pytest.raises((TypeError, ValueError), match=why):
        trigger(said, "trigger")


def test_what_is_not_said_anew_stays_and_nothing_takes_it_back() -> None:
    first = merged({}, check_options({"trigger": {"level": 2, "pre": 0.5}}))
    second = merged(first, check_options({"trigger": {"level": 3}}))
    assert second == {"trigger": {"level": 3.0, "pre": 0.5}}
    third = merged(second, check_options({"trigger": {"level": None}}))
    assert complete(third["trigger"]) == complete({"pre": 0.5}), "the word alone is taken back"
    assert merged(second, check_options({"trigger": {}})) == {}
    assert merged(second, {"title": "t"}) == {**second, "title": "t"}


def test_what_is_not_said_at_all_has_a_default() -> None:
    assert complete(None) is None
    assert complete({"level": 3.0}) == {
        "series": "y",
        "level": 3.0,
        "slope": "rising",
        "mode": "normal",
        "holdoff": 0.0,
        "pre": 0.1,
        "persist": 0,
    }
