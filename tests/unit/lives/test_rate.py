"""How often something may be tried."""

from __future__ import annotations

from zwsnb.lives.rate import Rate


def test_so_many_within_so_many_seconds() -> None:
    rate = Rate(3, 60)
    assert [rate.allows(now) for now in (0, 1, 2, 3, 59)] == [True, True, True, False, False]
    assert [rate.allows(now) for now in (60, 60.5, 61, 62, 63)] == [True, False, True, True, False]
