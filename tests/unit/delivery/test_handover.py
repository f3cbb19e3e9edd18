"""How often a worker waits for a receipt."""

from __future__ import annotations

from zwsnb.delivery.handover import AFTER_FAILURE, AT_ONCE, Handover


def test_it_waits_for_a_few_and_for_some_of_many() -> None:
    handover = Handover()
    assert sum(handover.may(10.0) for _ in range(10 * AT_ONCE)) == AT_ONCE
    assert sum(handover.may(10.0 + i / 1000) for i in range(1, 1001)) in range(
        AT_ONCE - 1, AT_ONCE + 1
    )
    assert handover.may(100.0)


def test_a_relay_that_is_slow_costs_a_worker_little() -> None:
    handover = Handover()
    assert handover.may(10.0)
    assert not handover.did(False, 10.1)
    assert not handover.may(10.1 + AFTER_FAILURE / 2)
    assert handover.may(10.1 + AFTER_FAILURE)
    assert handover.did(True, 12.0)
    assert handover.may(12.0)
