"""What may name a plot or a series."""

from __future__ import annotations

import enum
import sys
import unicodedata

import pytest

from zwsnb.protocol.names import _CONTROLS, check_name, writable


@pytest.mark.parametrize(
    "name", ["y", "größe", "<script>", " ", "\N{PILE OF POO}" * 256, "a\u2028b", "\u202ereversed"]
)
def test_a_name_may_be_any_text(name: str) -> None:
    assert check_name(name, "series") == name


class Metric(str, enum.Enum):  # noqa: UP042 - one of that kind has a text of its own
    """Names as programs keep them: in a sentence, or an address, such a one is "Metric.LOSS"."""

    LOSS = "loss"


def test_a_member_of_an_enumeration_names_what_its_text_is() -> None:
    name = check_name(Metric.LOSS, "series")
    assert (type(name), f"{name}") == (str, "loss")


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("", ValueError, "series is empty; a name has 1 to 256 characters"),
        ("n" * 257, ValueError, "series has 257 characters; a name has at most 256"),
        ("a\tb", ValueError, r"series 'a\tb' has the control character '\t'"),
        ("\x7f", ValueError, r"series '\x7f' has the control character '\x7f'"),
        ("\ud800", ValueError, r"series '\ud800' has the control character '\ud800'"),
        (3, TypeError, "series is a whole number; a name is a text"),
        (None, TypeError, "series is None; a name is a text"),
        (b"y", TypeError, "series is bytes; a name is a text"),
    ],
)
def test_what_is_no_name_is_told_so(name: object, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error) as caught:
        check_name(name, "series")
    assert str(caught.value) == sentence


def test_the_characters_that_a_name_may_not_have_are_unicodes_controls_and_surrogates() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        is_bad = unicodedata.category(character) in {"Cc", "Cs"}
        assert bool(_CONTROLS.search(character)) is is_bad


@pytest.mark.parametrize(
    ("text", "written"),
    [("", ""), ("größe \U0001f600\n", "größe \U0001f600\n"), ("a\ud800b\udfff", "a\ufffdb\ufffd")],
)
def test_any_file_can_hold_a_writable_text(text: str, written: str) -> None:
    assert writable(text) == written
    written.encode()
