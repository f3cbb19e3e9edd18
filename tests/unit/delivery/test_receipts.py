"""What a sender and the relay say to each other, as bytes, and against noise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from zwsnb.delivery.receipts import (
    Envelope,
    Held,
    Receipt,
    decode_receipt,
    encode_ask,
    encode_receipt,
    envelope_in,
)
from zwsnb.protocol.batch import header_in
from zwsnb.protocol.messages import VERSION, InvalidMessage

COUNTS = st.integers(0, 2**53 - 1)


@given(st.builds(Receipt, COUNTS, st.none() | COUNTS, st.booleans(), st.text()))
def test_a_receipt_comes_as_it_was_sent(receipt: Receipt) -> None:
    assert decode_receipt(encode_receipt(receipt)) == receipt


@given(st.builds(Held, COUNTS, COUNTS, COUNTS), COUNTS)
def test_a_question_comes_as_it_was_asked(held: Held, ask: int) -> None:
    header = header_in([encode_ask("token", "p", held, ask)])
    assert envelope_in(header) == Envelope("token", "p", held, ask)


@given(st.binary())
def test_noise_is_no_receipt(noise: bytes) -> None:
    with pytest.raises(InvalidMessage):
        decode_receipt(noise)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"v": VERSION + 1, "next": 1}, "other version"),
        ({"v": VERSION}, "not a receipt"),
        ({"v": VERSION, "next": -1}, "not a receipt"),
        ({"v": VERSION, "next": 1.5}, "not a receipt"),
        ({"v": VERSION, "next": 1, "ask": "x"}, "not a receipt"),
    ],
)
def test_what_is_no_receipt_is_refused(said: dict[str, object], kind: str) -> None:
    with pytest.raises(InvalidMessage) as refusal:
        decode_receipt(json.dumps(said).encode())
    assert refusal.value.kind == kind


@pytest.mark.parametrize(
    "header",
    [
        {"batch": 1},
        {"producer": ""},
        {"producer": "p", "batch": -1},
        {"producer": "p", "points": 0.5},
        {"producer": "p", "kind": "ask"},
        {"producer": "p", "kind": "ask", "ask": True},
    ],
)
def test_what_is_no_envelope_is_refused_with_its_plot(header: dict[str, object]) -> None:
    with pytest.raises(InvalidMessage) as refusal:
        envelope_in({**header, "plot": "a"})
    assert (refusal.value.kind, refusal.value.plot) == ("not a batch", "a")
