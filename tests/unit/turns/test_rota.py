"""Who has the next turn."""

from __future__ import annotations

from zwsnb.turns.rota import GO_BEFORE, GUESTS, Rota


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


def test_others_go_before_guests_while_they_wait_as_well() -> None:
    rota: Rota[str] = Rota()
    for one in "gggg":
        rota.join(GUESTS, one)
    had = ""
    for _ in range(2 * (GO_BEFORE + 1)):
        rota.join("owner", "o")
        had += rota.next() or ""
        if had[-1] == "g":
            rota.leave("owner", "o")
    assert had == 2 * (GO_BEFORE * "o" + "g")
    assert in_order(rota) == "gg", "alone they wait for nobody"


def test_guests_have_their_turn_though_others_are_many() -> None:
    rota: Rota[str] = Rota()
    rota.join(GUESTS, "g")
    for party in "abc":
        rota.join(party, party)
    had = ""
    while "g" not in had:
        one = rota.next() or ""
        had += one
        rota.join(one, one)
    assert had == "abc" * GO_BEFORE + "g"


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
