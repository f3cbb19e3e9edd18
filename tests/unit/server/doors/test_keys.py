"""What is made of a token."""

from __future__ import annotations

import pytest

from zwsnb.server.doors import exchange
from zwsnb.server.doors.keys import Keys, is_equal, made_at

TOKEN = "right-0123456789-abcdefgh"
KEYS = Keys(TOKEN)
OTHER = Keys("other-0123456789-abcdefgh")


def test_what_opens_the_door_once_says_when_it_was_made() -> None:
    once = KEYS.once(1000.0015)
    assert made_at(once) == 1000.001
    assert KEYS.is_once(once)
    assert not KEYS.is_once(f"2000000.{once.partition('.')[2]}")
    assert not OTHER.is_once(once)
    assert TOKEN not in once
    assert KEYS.once(1000) != once


@pytest.mark.parametrize("text", ["", ".", "..", "9999.x.y", "x.y.z", "\ud800.\ud800.\ud800"])
def test_what_is_none_opens_nothing(text: str) -> None:
    assert not KEYS.is_once(text)
    assert not KEYS.is_proof(text, "h", "/")


def test_one_kind_of_key_is_none_of_the_others() -> None:
    assert not KEYS.is_once(KEYS.claim("p", 1000))
    assert not KEYS.is_claim(KEYS.once(1000), "p")
    assert not KEYS.is_proof(KEYS.once(1000), "h", "/")
    assert not KEYS.is_brief(KEYS.claim("p", 1000), "p", edits=True)
    assert not KEYS.is_claim(KEYS.brief("p", 1000, edits=True), "p")


@pytest.mark.parametrize("edits", [True, False])
def test_what_holds_briefly_is_of_one_plot_and_of_who_has_asked(edits: bool) -> None:
    brief = KEYS.brief("p", 1000, edits=edits)
    assert KEYS.is_brief(brief, "p", edits=edits)
    assert not KEYS.is_brief(brief, "p", edits=not edits)
    assert not KEYS.is_brief(brief, "q", edits=edits)
    assert not OTHER.is_brief(brief, "p", edits=edits)
    assert TOKEN not in brief


def test_a_proof_is_for_one_place_and_one_request() -> None:
    proof = KEYS.proof("127.0.0.1:8000", "/stats?a=1", 1000)
    assert KEYS.is_proof(proof, "127.0.0.1:8000", "/stats?a=1")
    assert not KEYS.is_proof(proof, "127.0.0.1:8001", "/stats?a=1")
    assert not KEYS.is_proof(proof, "127.0.0.1:8000", "/stats?a=2")
    assert not OTHER.is_proof(proof, "127.0.0.1:8000", "/stats?a=1")
    assert TOKEN not in proof


def test_only_who_knows_the_token_answers_a_proof() -> None:
    one, two = (KEYS.proof("h", "/", 1000) for _ in range(2))
    assert KEYS.counterproof(one) == KEYS.counterproof(one) != KEYS.counterproof(two)
    assert OTHER.counterproof(one) != KEYS.counterproof(one)
    assert KEYS.counterproof(one) not in one


def test_a_page_is_told_a_question_of_its_own_and_the_answer() -> None:
    one, two = KEYS.again(), KEYS.again()
    assert one["of"] != two["of"]
    assert one["answer"] == KEYS.answer_to(one["of"]) != OTHER.answer_to(one["of"])
    assert one["answer"] not in (two["answer"], KEYS.key, KEYS.ask)
    assert TOKEN not in "".join(one.values())


def test_only_who_knows_the_token_answers_what_an_output_makes_up() -> None:
    secret = b"what an output has made up, once"
    asked = {"point": exchange.key_of(secret)}
    assert KEYS.answer(asked) == exchange.answer_to(KEYS.key, secret) != OTHER.answer(asked)
    assert KEYS.answer({"of": "q"}) == KEYS.answer_to("q") != KEYS.answer(asked)


def test_keys_are_compared_whole_and_of_any_text() -> None:
    assert is_equal("a", "a")
    assert not is_equal("a", "ab")
    assert not is_equal("\ud800", "ä")
