"""What can be taken once."""

from __future__ import annotations

import pytest

from zwsnb.server.doors import spent
from zwsnb.server.doors.keys import Keys
from zwsnb.server.doors.spent import AHEAD, WITHIN, Spent

KEYS = Keys("right-0123456789-abcdefgh")
BEGAN = 1000.0


@pytest.mark.parametrize(
    ("made", "now", "is_taken"),
    [
        (BEGAN, BEGAN, True),
        (BEGAN - 0.1, BEGAN, False),
        (BEGAN + 0.5, BEGAN + 0.5, True),
        (2000.0, 2000.0 + WITHIN, True),
        (2000.0, 2000.1 + WITHIN, False),
        (2000.0, 2000.0 - AHEAD, True),
        (2000.0, 1999.9 - AHEAD, False),
    ],
)
def test_it_is_taken_in_time_and_by_the_service_that_it_was_made_for(
    made: float, now: float, is_taken: bool
) -> None:
    assert Spent(BEGAN).take(KEYS.once(made), now) is is_taken


def test_what_was_made_as_soon_as_the_service_has_begun_is_not_too_old() -> None:
    for millionth in range(0, 5000, 7):
        now = 1_764_460_800 + millionth / 1e6
        assert Spent(now).take(KEYS.once(now), now)


def test_a_clock_that_is_set_back_to_before_the_service_began_keeps_nobody_out() -> None:
    taken, before = Spent(BEGAN), KEYS.once(BEGAN + 1)
    assert taken.take(before, BEGAN + 1)
    now = BEGAN - 500
    asked = KEYS.once(now - 0.5)
    assert [taken.take(asked, now), taken.take(asked, now)] == [True, False]
    assert not taken.take(KEYS.once(now - WITHIN), now)
    assert not taken.take(before, BEGAN + 1)


def test_it_is_taken_once_as_long_as_it_would_hold() -> None:
    taken = Spent(BEGAN)
    once = KEYS.once(2000 + AHEAD)
    found = [taken.take(once, 2000 + second) for second in range(int(WITHIN + AHEAD) + 9)]
    assert found == [True] + [False] * (len(found) - 1)


def test_few_are_remembered_those_that_would_hold() -> None:
    taken = Spent(BEGAN)
    for second in range(2000, 3000):
        assert taken.take(KEYS.once(second), second)
    assert len(taken) == WITHIN + AHEAD + 1


def test_where_too_many_are_remembered_none_is_taken_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spent, "MOST", 2)
    taken, keys = Spent(BEGAN), [KEYS.once(2000) for _ in range(3)]
    assert [taken.take(key, 2000) for key in [*keys, *keys]] == [True, True] + [False] * 4
    assert taken.take(KEYS.once(2100), 2100)
