"""The colours of a snapshot are those of the page: both tests read one file."""

from __future__ import annotations

import json

import pytest
from support.paths import SHARED
from support.rules import check_golden

from zwsnb.snapshot.colors import color_of, slots

EXAMPLES = json.loads((SHARED / "colors.json").read_text(encoding="utf-8"))["slots"]


def test_a_name_has_the_slot_that_it_has_on_the_page() -> None:
    assert slots(name for name, _, _ in EXAMPLES) == {name: slot for name, slot, _ in EXAMPLES}


def test_a_slot_has_the_colour_that_it_has_on_the_page() -> None:
    assert [color_of(slot) for _, slot, _ in EXAMPLES] == [color for _, _, color in EXAMPLES]


def test_a_name_keeps_its_colour_when_others_come() -> None:
    assert slots(["loss", "acc"])["loss"] == slots(["loss"])["loss"]


@pytest.mark.parametrize("rule", ["slots"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)
