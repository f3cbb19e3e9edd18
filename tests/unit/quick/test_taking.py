"""What Python takes without a closer look: the same numbers as with one, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pytest
from support.pairs import gathered

from zwsnb.quick.pairs import SEAL, ExactPairs, new_pairs
from zwsnb.quick.taking import take_each, take_one

NOON: Final = datetime(2024, 2, 29, 12, tzinfo=UTC)


class Gathers:
    """What one series gathers."""

    def __init__(self, *, is_open: bool = True, takes_times: bool = False) -> None:
        self.items, self.exact = new_pairs(), ExactPairs()
        self.items.is_open, self.items.takes_times = is_open, takes_times
        self.items.origin = 86_400

    def all(self) -> list[float]:
        return gathered(self.items)


NUMBERS: Final = [1, 1.5, True, np.float64(2), np.float32(0.1), np.int64(7), np.bool_(False)]
GAPS: Final = [np.nan, -np.inf, np.float32("inf"), np.float64("nan")]
NONE: Final = [10**400, "1", None, [1], Decimal(1), 1j, NOON]


@pytest.mark.parametrize("number", NUMBERS, ids=repr)
def test_a_number_is_taken_as_x_and_as_y(number: Any) -> None:
    one, a, b = Gathers(), Gathers(), Gathers()
    assert take_one(one, number, number)
    assert one.all() == [float(number)] * 2
    assert take_each([a, b], number, [number, 0])
    assert (a.all(), b.all()) == ([float(number)] * 2, [float(number), 0])


@pytest.mark.parametrize("gap", GAPS, ids=repr)
def test_a_y_may_be_a_gap_and_x_may_not(gap: Any) -> None:
    a, b = Gathers(), Gathers()
    assert take_one(a, 1, gap)
    assert take_each([a, b], 2, [3, gap])
    assert str((a.all(), b.all())) == str(([1.0, float(gap), 2.0, 3.0], [2.0, float(gap)]))
    assert not take_one(a, gap, 1)
    assert not take_each([a, b], gap, [1, 1])
    assert (len(a.items), len(b.items)) == (4, 2)


@pytest.mark.parametrize("other", NONE, ids=repr)
def test_other_values_need_a_closer_look(other: Any) -> None:
    a, b = Gathers(), Gathers()
    for x, y in ((other, 1), (1, other)):
        assert not take_one(a, x, y)
        assert not take_each([a, b], x, [1, y])
    assert a.all() == b.all() == []


def test_numbers_with_all_digits_gather_as_they_are() -> None:
    one = Gathers(is_open=False)
    one.exact.is_open = True
    assert take_one(one, 10**18 + 1, 2)
    assert one.exact == [10**18 + 1, 2]
    assert not take_one(one, np.int64(1), 2)
    assert not take_one(one, math.nan, 2)


def test_datetimes_count_from_their_origin() -> None:
    a, b = Gathers(is_open=False, takes_times=True), Gathers(is_open=False, takes_times=True)
    assert take_one(a, NOON, 1)
    assert take_each([a, b], NOON, [2, 3])
    x = NOON.timestamp() - 86_400
    assert (a.all(), b.all()) == ([x, 1, x, 2], [x, 3])
    assert not take_one(a, 1, 1)
    assert not take_each([a], np.datetime64("now"), [1])


def full() -> Gathers:
    made = Gathers()
    for i in range(SEAL // 2):
        made.items.extend((i, i))
    return made


@pytest.mark.parametrize(
    "make", [lambda: None, lambda: Gathers(is_open=False), full], ids=["none", "shut", "full"]
)
def test_what_is_not_there_or_shut_or_full_needs_a_closer_look(
    make: Callable[[], Gathers | None],
) -> None:
    bad, good = make(), Gathers()
    n = len(bad.items) if bad else 0
    assert not take_one(bad, 1, 1)
    assert not take_each([good, bad], 1, [1, 1])
    assert not take_each([bad, good], 1, [1, 1])
    assert (good.all(), len(bad.items) if bad else 0) == ([], n)


def test_no_value_at_all_needs_a_closer_look() -> None:
    assert not take_each([], 1, [])
