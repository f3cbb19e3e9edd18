"""What Python takes without a closer look: the same numbers as with one, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pytest
from support.pairs import IMPLEMENTATIONS, gathered, made_by

from zwsnb.quick.pairs import SEAL, Pairs, new_pairs
from zwsnb.quick.taking import take_each, take_one

NOON: Final = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module", params=IMPLEMENTATIONS, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with made_by(request.param):
        yield request.param


def made(*, is_open: bool = True, takes_times: bool = False) -> Pairs:
    pairs = new_pairs()
    pairs.is_open, pairs.takes_times, pairs.origin = is_open, takes_times, 86_400
    return pairs


NUMBERS: Final = [1, 1.5, True, np.float64(2), np.float32(0.1), np.int64(7), np.bool_(False)]
NONE: Final = [np.nan, -np.inf, 10**400, "1", None, [1], Decimal(1), 1j, np.float32("inf"), NOON]


@pytest.mark.parametrize("number", NUMBERS, ids=repr)
def test_a_number_is_taken_as_x_and_as_y(number: Any) -> None:
    pairs, a, b = made(), made(), made()
    assert take_one(pairs, number, number)
    assert gathered(pairs) == [float(number)] * 2
    assert take_each({"a": a, "b": b}, number, {"a": number, "b": 0})
    assert (gathered(a), gathered(b)) == ([float(number)] * 2, [float(number), 0])


@pytest.mark.parametrize("other", NONE, ids=repr)
def test_other_values_need_a_closer_look(other: Any) -> None:
    a, b = made(), made()
    for x, y in ((other, 1), (1, other)):
        assert not take_one(a, x, y)
        assert not take_each({"a": a, "b": b}, x, {"a": 1, "b": y})
    assert len(a) == len(b) == 0


def test_datetimes_count_from_their_origin() -> None:
    a, b = made(is_open=False, takes_times=True), made(is_open=False, takes_times=True)
    assert take_one(a, NOON, 1)
    assert take_each({"a": a, "b": b}, NOON, {"a": 2, "b": 3})
    x = NOON.timestamp() - 86_400
    assert (gathered(a), gathered(b)) == ([x, 1, x, 2], [x, 3])
    assert not take_one(a, 1, 1)
    assert not take_each({"a": a}, np.datetime64("now"), {"a": 1})


def full() -> Pairs:
    pairs = made()
    for i in range(SEAL // 2):
        pairs.extend((i, i))
    return pairs


@pytest.mark.parametrize("pairs", [None, made(is_open=False), "full"], ids=["none", "shut", "full"])
def test_what_is_not_there_or_shut_or_full_needs_a_closer_look(pairs: Any) -> None:
    pairs = full() if pairs == "full" else pairs
    n = len(pairs or ())
    assert not take_one(pairs, 1, 1)
    good = made()
    known = {"good": good} | ({"bad": pairs} if pairs is not None else {})
    assert not take_each(known, 1, {"good": 1, "bad": 1})
    assert not take_each(known, 1, {"bad": 1, "good": 1})
    assert (len(good), len(pairs or ())) == (0, n)


def test_no_value_at_all_needs_a_closer_look() -> None:
    assert not take_each({}, 1, {})
