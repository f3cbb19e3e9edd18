"""What all messages have in common: a JSON object and its numbers, or the kind of the refusal."""

from __future__ import annotations

import json
import math

import pytest

from zwsnb.protocol.messages import InvalidMessage, finite_number, json_object, json_text


def test_a_json_object_is_read() -> None:
    assert json_object(b' {"x": [1], "\xc3\xbc": null}\n') == {"x": [1], "ü": None}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"{'x': 1}", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b'{"x": ' + b"9" * 5_000 + b"}", "not JSON"),
        (b"[1]", "not a point"),
        (b"null", "not a point"),
    ],
)
def test_what_is_no_json_object_is_refused_by_its_kind(message: bytes, kind: str) -> None:
    with pytest.raises(InvalidMessage, match=f"^{kind}: ") as caught:
        json_object(message)
    assert caught.value.kind == kind


@pytest.mark.parametrize("value", [3, -2.5, 2**53, 0])
def test_a_finite_number_is_a_float(value: float) -> None:
    number = finite_number({"x": value}, "x")
    assert (type(number), number) == (float, value)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1", "not a number: x is a text"),
        (True, "not a number: x is True"),
        (None, "not a number: x is None"),
        (math.nan, "not finite: x is nan"),
        (-math.inf, "not finite: x is -inf"),
        (10**400, "not finite: x is inf"),
    ],
)
def test_what_is_no_finite_number_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(InvalidMessage) as caught:
        finite_number({"x": value}, "x")
    assert str(caught.value) == sentence


def test_json_has_no_number_that_a_page_cannot_read() -> None:
    assert json_text({"x": 0.1, "ü": [True, None]}) == json.dumps({"x": 0.1, "ü": [True, None]})
    bad = {"x": math.inf, "series": [{"y": (-math.inf, 2.5), "sd": math.nan, "n": 3}], "of": "a"}
    assert json.loads(json_text(bad), parse_constant=pytest.fail) == {
        "x": None,
        "series": [{"y": [None, 2.5], "sd": None, "n": 3}],
        "of": "a",
    }
    with pytest.raises(TypeError):
        json_text({"x": object()})
