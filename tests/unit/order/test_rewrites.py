"""Rewrites against a list of all changes."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.order import rewrites
from zwsnb.order.rewrites import Rewrites


def test_without_changes_there_is_nothing_to_do() -> None:
    assert Rewrites().since(0) is None


def test_a_change_says_from_which_number_and_which_x_on() -> None:
    changes = Rewrites()
    changes.add(7, 0.5)
    assert changes.since(0) == (7, 0.5)
    assert changes.since(1) is None


@given(st.lists(st.integers(0, 30), max_size=40))
def test_a_reader_learns_the_lowest_number_since_it_last_looked(firsts: list[int]) -> None:
    changes = Rewrites()
    for first in firsts:
        changes.add(first)
    assert changes.count == len(firsts)
    for count in range(len(firsts)):
        change = changes.since(count)
        assert change is not None
        assert change.first == min(firsts[count:])


def test_of_very_many_changes_old_ones_are_no_longer_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rewrites, "MAX_KEPT", 4)
    changes = Rewrites()
    for first in range(10):
        changes.add(first)
    lowest = [changes.since(count) for count in range(10)]
    assert [change.first for change in lowest if change] == [0, 0, 0, 0, 0, 0, 0, 7, 8, 9]
