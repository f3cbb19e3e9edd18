"""The accounts of publishers in other processes: what is missing is found by the next batch."""

from __future__ import annotations

from typing import Never

import numpy as np
import pytest

from zwsnb.delivery.accounts import MAX_PRODUCERS, Account, Accounts
from zwsnb.delivery.receipts import Held
from zwsnb.protocol.batch import Batch, Clear, Points


def batch_of(number: int, before: int, dropped: int, size: int) -> Batch:
    points = Points("plot", "y", np.zeros(size), np.zeros(size))
    return Batch("p", number, before, dropped, points)


def counts(account: Account) -> tuple[int, ...]:
    """Accepted, delivered, dropped, missing, refused."""
    assert account.accepted == (
        account.delivered + account.dropped + account.missing + account.refused
    )
    return (
        *(account.accepted, account.delivered, account.dropped, account.missing),
        account.refused,
    )


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([(0, 0, 0, 5), (1, 5, 0, 5)], (10, 10, 0, 0, 0)),
        ([(0, 0, 0, 5), (2, 9, 0, 5)], (14, 10, 0, 4, 0)),
        ([(0, 0, 0, 5), (1, 9, 4, 5)], (14, 10, 4, 0, 0)),
        ([(0, 0, 0, 5), (2, 9, 3, 5)], (14, 10, 3, 1, 0)),
        ([(3, 100, 0, 5)], (105, 5, 0, 100, 0)),
        ([(3, 100, 90, 5)], (105, 5, 90, 10, 0)),
        ([(0, 0, 0, 5), (1, 2, 0, 5)], (10, 10, 0, 0, 0)),
    ],
)
def test_what_is_missing_is_a_hole_that_was_not_dropped(
    batches: list[tuple[int, int, int, int]], expected: tuple[int, ...]
) -> None:
    account = Account()
    for each in batches:
        account.record(batch_of(*each))
    assert counts(account) == expected
    assert account.next_batch == batches[-1][0] + 1


def test_what_another_relay_has_had_is_no_loss_of_this_one() -> None:
    account = Account()
    account.begin(Held(7, 1000, 200))
    account.record(batch_of(7, 1010, 207, 5))
    assert counts(account) == (15, 5, 7, 3, 0)
    assert account.next_batch == 8


def test_what_a_publisher_has_given_up_is_missing() -> None:
    account = Account()
    account.record(batch_of(0, 0, 0, 5))
    account.begin(Held(3, 20, 0))
    assert account.next_batch == 3
    account.record(batch_of(3, 20, 0, 5))
    assert counts(account) == (25, 10, 0, 15, 0)


def test_a_publisher_that_asks_does_not_go_back() -> None:
    account = Account()
    account.record(batch_of(0, 0, 0, 5))
    account.begin(Held(0, 0, 0))
    assert account.next_batch == 1


def test_a_refused_batch_is_neither_delivered_nor_missing() -> None:
    account = Account()
    account.record(batch_of(0, 0, 0, 5))
    account.refuse(Held(1, 7, 1))  # its size is seen by the next one
    assert counts(account) == (7, 5, 1, 1, 0)
    account.record(batch_of(2, 10, 1, 5))
    assert counts(account) == (15, 10, 1, 1, 3)
    account.record(batch_of(3, 16, 1, 1))
    assert counts(account) == (17, 11, 1, 2, 3)


def test_of_very_many_publishers_the_sum_is_kept_and_the_silent_ones_go() -> None:
    accounts = Accounts()
    for i in range(5000):
        accounts.of("talks").record(batch_of(i, 3 * i, 0, 3))
        accounts.of(f"p{i}").record(batch_of(0, 1, 0, 3))
    assert len(accounts.by_producer) == MAX_PRODUCERS
    assert accounts.stats() == {
        "producers": 5001,
        "accepted": 35_000,
        "delivered": 30_000,
        "refused": 0,
        "dropped": 0,
        "missing": 5000,
    }


def test_a_sum_is_made_without_a_look_at_each_name() -> None:
    class Names(set[str]):
        def __iter__(self) -> Never:
            raise AssertionError("of thousands of publishers it takes a tenth of a second")

    accounts = Accounts()
    for producer in "ab":
        accounts.of(producer).record(batch_of(0, 0, 0, 3))
        accounts.of(producer).plots = Names({"plot", "other"})
    assert accounts.total("plot").delivered == accounts.stats()["delivered"] == 6
    assert accounts.total("none").delivered == 0


def test_one_that_was_silent_for_long_loses_nothing() -> None:
    accounts = Accounts()
    accounts.of("old").record(batch_of(0, 0, 0, 3))
    for i in range(MAX_PRODUCERS):
        accounts.of(f"p{i}")
    assert "old" not in accounts.by_producer
    accounts.of("old").begin(Held(1, 3, 0))
    accounts.of("old").record(batch_of(1, 3, 0, 4))
    assert counts(accounts.total()) == (7, 7, 0, 0, 0)


def test_a_command_has_a_number_and_no_points() -> None:
    account = Account()
    account.record(Batch("p", 0, 0, 0, Clear("plot")))
    assert (account.next_batch, account.accepted, account.plots) == (1, 0, set())
