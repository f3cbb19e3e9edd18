"""What somebody may have meant."""

from __future__ import annotations

import pytest

from zwsnb.protocol.names import did_you_mean, no_option
from zwsnb.protocol.options import DEFAULTS
from zwsnb.protocol.series_options import SERIES_DEFAULTS


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "title"),
        ("Title", "title"),
        ("ylabel", "y_label"),
        ("x-unit", "x_unit"),
        ("windows", "window"),
        ("stile", "title or style or tiles"),
        ("colour", ""),
        ("", ""),
        (3, ""),
    ],
)
def test_a_name_that_is_nearly_one_is_recognized(name: object, meant: str) -> None:
    assert did_you_mean(name, DEFAULTS) == (f"did you mean {meant}?" if meant else "")


def test_without_names_nothing_is_meant() -> None:
    assert did_you_mean("title", []) == ""


def test_the_sentence_has_the_guess_before_the_list() -> None:
    known = ["style", "color"]
    assert no_option("colour", known, " of a series", "they are") == (
        "there is no option 'colour' of a series; did you mean color? They are style, color"
    )
    assert no_option("x" * 99, known, "", "the options are") == (
        f"there is no option '{'x' * 40}'; the options are style, color"
    )


@pytest.mark.parametrize("known", [DEFAULTS, SERIES_DEFAULTS])
def test_every_option_is_guessed_from_a_letter_too_many(known: dict[str, object]) -> None:
    for name in known:
        assert name in did_you_mean(f"{name}x", known)
