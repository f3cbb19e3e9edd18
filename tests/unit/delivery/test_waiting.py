"""Who waits for what was published."""

from __future__ import annotations

from zwsnb.delivery.waiting import Flush


def test_each_waits_for_an_answer_of_its_own() -> None:
    one, other = Flush(1), Flush(1)
    one.done.put(True)
    assert one.done.get(timeout=1)
    assert other.done.empty()
