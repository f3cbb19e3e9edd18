"""The colours that CSS has names for."""

from __future__ import annotations

import re

import pytest

from zwsnb.kinds.colors import NAMES, hex_of


def test_there_are_as_many_as_css_has_all_as_six_digits() -> None:
    assert len(set(NAMES)) == 148
    assert all(re.fullmatch("#[0-9a-f]{6}", hex_of(name) or "") for name in NAMES)


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("red", "#ff0000"),
        ("TEAL", "#008080"),
        ("rebeccapurple", "#663399"),
        ("grey", "#808080"),
        ("reddish", None),
        ("", None),
        ("#ff0000", None),
    ],
)
def test_a_name_is_found_in_any_case_of_letters(name: str, digits: str | None) -> None:
    assert hex_of(name) == digits
