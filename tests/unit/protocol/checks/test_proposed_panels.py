"""Panels that a proposal adds to those that are said."""

from __future__ import annotations

from typing import Any

import pytest

from zwsnb.protocol.checks.proposed_panels import with_panels

BELOW = {"series": ["old"], "z_label": "n"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ([["a"], ["n"]], [["a"], ["n"], BELOW]),
        ([["n"], ["a"]], [["n"], BELOW, ["a"]]),
        ([["a"]], [["a"], ["n"], BELOW]),
        ([["n", "old"], ["a"]], [["n", "old"], ["a"]]),
        ([{"series": ["a", "n"], "height": 2}], [{"series": ["a", "n"], "height": 2}, BELOW]),
        ([["a"], ["old"]], [["a"], ["old"], ["n"]]),
        ([], []),
        ("groups", "groups"),
    ],
)
def test_what_no_panel_names_has_its_own(said: Any, found: Any) -> None:
    others = {"panels": [["n"], BELOW]}
    assert with_panels({"panels": said, "title": "t"}, others) == {"panels": found, "title": "t"}
    assert with_panels({"panels": said}, {"panels": []}) == {"panels": said}
    assert with_panels({"title": "t"}, others) == {"title": "t"}
