"""Places of a server: strangers make way for strangers, and never for nobody."""

from __future__ import annotations

import sys

import pytest

from zwsnb.server.doors import places
from zwsnb.server.doors.places import MOST, STRANGERS, Places, most_connections


def test_the_oldest_stranger_goes_for_a_new_one() -> None:
    held: Places[str] = Places(2, 2)
    assert [held.enter(name) for name in "abcd"] == [None, None, "a", "b"]
    assert len(held) == 2


def test_who_has_brought_a_key_stays_however_many_strangers_come() -> None:
    held: Places[str] = Places(2, 2)
    held.enter("friend")
    assert held.keep("friend")
    gone = [held.enter(f"stranger {i}") for i in range(1000)]
    assert "friend" not in gone
    assert len(held) == 3
    assert held.keep("friend")


def test_who_comes_when_all_others_hold_their_places_is_told_so() -> None:
    held: Places[str] = Places(4, 2)
    for name in "abc":
        held.enter(name)
    assert [held.keep(name) for name in "abc"] == [True, True, False]
    held.leave("a")
    assert held.keep("c")


def test_guests_leave_half_of_the_places_to_others() -> None:
    held: Places[str] = Places(9, 4)
    for name in "abcdefg":
        held.enter(name)
    assert [held.keep(name, is_guest=True) for name in "abc"] == [True, True, False]
    assert held.keep("a", is_guest=True)
    assert [held.keep(name) for name in "def"] == [True, True, False]
    held.leave("d")
    assert not held.keep("c", is_guest=True), "they have their half"
    held.leave("a")
    assert held.keep("c", is_guest=True)


def test_who_has_lost_a_place_does_not_keep_it() -> None:
    held: Places[str] = Places(1, 9)
    held.enter("a")
    assert held.enter("b") == "a"
    assert not held.keep("a")
    held.leave("a")
    assert len(held) == 1


def test_a_place_is_given_back_once() -> None:
    held: Places[str] = Places(1, 1)
    held.enter("a")
    held.keep("a")
    held.leave("a")
    held.leave("a")
    assert len(held) == 0
    assert held.enter("b") is None


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of descriptors")
@pytest.mark.parametrize(
    ("limit", "most"),
    [(16, STRANGERS), (256, 128), (1024, 512), (1 << 20, MOST), (-1, MOST)],
)
def test_the_program_keeps_half_of_its_descriptors(
    monkeypatch: pytest.MonkeyPatch, limit: int, most: int
) -> None:
    monkeypatch.setattr(places, "getrlimit", lambda _: (limit, limit))
    assert most_connections() == most
