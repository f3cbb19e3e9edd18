"""The accounts of publishers in other processes: what is missing is found by the next batch."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.protocol.batch import Batch, Clear, Points
from zwsnb.relay.accounts import MAX_PRODUCERS, Accounts


def batch_of(producer: str, number: int, before: int, dropped: int, size: int) -> Batch:
    points = Points("plot", "y", np.zeros(size), np.zeros(size))
    return Batch(producer, number, before, dropped, points)


@pytest.mark.parametrize(
    ("batches", "account"),
    [
        ([(0, 0, 0, 5), (1, 5, 0, 5)], (10, 10, 0, 0)),
        ([(0, 0, 0, 5), (2, 9, 0, 5)], (14, 10, 0, 4)),
        ([(0, 0, 0, 5), (1, 9, 4, 5)], (14, 10, 4, 0)),
        ([(0, 0, 0, 5), (2, 9, 3, 5)], (14, 10, 3, 1)),
        ([(3, 100, 0, 5)], (105, 5, 0, 100)),
        ([(3, 100, 90, 5)], (105, 5, 90, 10)),
        ([(0, 0, 0, 5), (0, 0, 0, 5)], (5, 5, 0, 0)),
        ([(5, 50, 0, 5), (4, 40, 0, 5)], (55, 5, 0, 50)),
        ([(0, 0, 0, 5), (1, 2, 0, 5)], (10, 10, 0, 0)),
    ],
)
def test_what_is_missing_is_a_hole_that_was_not_dropped(
    batches: list[tuple[int, ...]], account: tuple[int, ...]
) -> None:
    accounts = Accounts()
    for number, before, dropped, size in batches:
        accounts.record(batch_of("p", number, before, dropped, size))
    total = accounts.total()
    assert (total.accepted, total.delivered, total.dropped, total.missing) == account


def test_of_very_many_publishers_the_sum_is_kept() -> None:
    accounts = Accounts()
    for i in range(5000):
        accounts.record(batch_of(f"p{i}", 0, 1, 0, 3))
    assert len(accounts.by_producer) == MAX_PRODUCERS
    assert accounts.stats() == {
        "producers": 5000,
        "accepted": 20_000,
        "delivered": 15_000,
        "dropped": 0,
        "missing": 5000,
    }


def test_a_command_has_a_number_and_no_points() -> None:
    accounts = Accounts()
    assert accounts.record(Batch("p", 0, 0, 0, Clear("plot")))
    assert not accounts.record(Batch("p", 0, 0, 0, Clear("plot")))
    assert accounts.total().accepted == 0
