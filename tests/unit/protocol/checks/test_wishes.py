"""What is said of a plot, over what is proposed; bounded, whatever names come."""

from __future__ import annotations

import pytest

from zwsnb.protocol import options
from zwsnb.protocol.checks.wishes import Wishes
from zwsnb.protocol.options import DEFAULTS, check_options


def test_what_is_said_holds_over_what_is_proposed() -> None:
    wishes = Wishes().proposing(check_options({"title": "proposed", "y_unit": "V"}))
    wishes = wishes.saying(check_options({"title": "said"}))
    assert (wishes.options["title"], wishes.options["y_unit"]) == ("said", "V")
    assert wishes.saying({}, is_whole=True).options["title"] == "proposed"
    assert Wishes().options == {**DEFAULTS, "series": {}}


def test_series_that_have_options_are_bounded_whether_they_are_there_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(options, "MAX_STYLED", 3)
    wishes = Wishes()
    for name in "abc":
        wishes = wishes.saying(check_options({"series": {name: {"color": "red"}}}))
    further = check_options({"series": {"d": {"color": "red"}}})
    with pytest.raises(ValueError, match=r"keeps those of 3: series=\{\} takes back those of all"):
        wishes.saying(further)
    with pytest.raises(ValueError, match="4 series have options"):
        Wishes().proposing(check_options({"series": {name: {"width": 2} for name in "abcd"}}))
    wishes = wishes.saying(check_options({"series": {"c": {"width": 2}}}))
    assert wishes.saying({"series": {}}).saying(further).options["series"].keys() == {"d"}


def test_what_was_spoken_of_is_bounded_too() -> None:
    wishes = Wishes()
    for i in range(100):
        wishes = wishes.saying(check_options({"series": {f"s{i}": {"color": "red"}}}))
        wishes = wishes.saying({"series": {}})
    assert wishes.spoken_of == {"series"}
    proposed = wishes.proposing(check_options({"series": {"s0": {"width": 2}}}))
    assert proposed.options["series"] == {}
