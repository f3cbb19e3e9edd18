"""Who has the next turn."""

from __future__ import annotations

from zwsnb.turns.rota import Rota


def in_order(rota: Rota[str]) -> str:
    """Those who have turns, one after the other."""
    return "".join(iter(rota.next, None))


def test_of_one_party_each_has_a_turn_in_the_order_in_which_they_came() -> None:
    rota: Rota[str] = Rota()
    assert not rota
    for one in "abc":
        rota.join(1, one)
    assert rota
    assert in_order(rota) == "abc"
    assert not rota


def test_a_party_with_many_questions_has_as_much_as_one_with_one() -> None:
    rota: Rota[str] = Rota()
    for one in "abcdef":
        rota.join("greedy", one)
    rota.join("modest", "x")
    assert rota.next() == "a"
    assert rota.next() == "x"
    rota.join("modest", "y")
    assert in_order(rota) == "bycdef"


def test_who_leaves_has_no_turn() -> None:
    rota: Rota[str] = Rota()
    for party, one in [(1, "a"), (1, "b"), (2, "c")]:
        rota.join(party, one)
    rota.leave(1, "a")
    rota.leave(2, "c")
    rota.leave(2, "c")
    rota.leave(3, "d")
    assert in_order(rota) == "b"
    assert rota.next() is None
