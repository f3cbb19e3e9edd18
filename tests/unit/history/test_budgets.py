"""Who forgets when a budget is too small, and how many have to be looked at for that."""

from __future__ import annotations

import gc
import random
import tracemalloc
import weakref
from collections import Counter

import numpy as np
import pytest

from zwsnb.history.budgets import Budgeted, Ledger
from zwsnb.history.plots import History
from zwsnb.history.series import BESIDE, Series
from zwsnb.kinds.arrays import Column


class Pile:
    """Boxes of some size, of which one stays."""

    def __init__(self, size: int, count: int) -> None:
        self.size, self.count = size, count

    @property
    def nbytes(self) -> int:
        return self.size * self.count

    def evict(self) -> bool:
        is_evicted = self.count > 1
        self.count -= is_evicted
        return is_evicted


def ledger_of(*piles: Pile) -> Ledger[Pile]:
    ledger = Ledger[Pile]()
    for pile in piles:
        ledger.note(pile)
    return ledger


@pytest.mark.parametrize(
    ("budget", "counts"),
    [
        (170, [1, 4, 3]),
        (169, [1, 3, 3]),  # the largest that can
        (150, [1, 3, 2]),
        (149, [1, 2, 2]),
        (0, [1, 1, 1]),
    ],
)
def test_those_that_hold_the_most_forget_first(budget: int, counts: list[int]) -> None:
    piles = [Pile(100, 1), Pile(10, 4), Pile(10, 3)]
    ledger = ledger_of(*piles)
    while ledger.nbytes > budget and ledger.evict():
        pass
    assert [pile.count for pile in piles] == counts
    assert ledger.nbytes == sum(pile.nbytes for pile in piles)


def test_who_had_nothing_to_spare_is_asked_again_when_it_has_grown() -> None:
    one, other = Pile(10, 1), Pile(1, 1)
    ledger = ledger_of(one, other)
    assert not ledger.evict()
    one.count = 2
    assert not ledger.evict()
    ledger.note(one)
    assert ledger.evict()
    assert (one.count, ledger.nbytes) == (1, 11)


def test_it_tells_when_what_is_held_has_changed() -> None:
    told, one = list[int](), Pile(10, 2)
    ledger = Ledger[Pile]()
    ledger.resized = lambda: told.append(ledger.nbytes)
    ledger.note(one)
    ledger.note(one)
    ledger.evict()
    ledger.drop(one)
    assert told == [20, 10, 0]


def test_it_keeps_nothing_of_what_is_gone() -> None:
    ledger = ledger_of(one := Pile(10, 2))
    gone = weakref.ref(one)
    ledger.drop(one)
    del one
    gc.collect()
    assert gone() is None
    assert (ledger.nbytes, ledger.evict()) == (0, None)


def test_its_heap_grows_with_those_that_are_there_and_not_with_their_changes() -> None:
    rng, piles = random.Random(3), [Pile(10, 2) for _ in range(20)]
    ledger = ledger_of(*piles)
    for _ in range(10_000):
        pile = rng.choice(piles)
        pile.count = rng.randrange(1, 9)
        ledger.note(pile)
    assert len(ledger._heap) <= 200
    assert ledger.nbytes == sum(pile.nbytes for pile in piles)


class Boxes(Budgeted):
    """Boxes of 10 bytes, of which the last one is kept."""

    def __init__(self, count: int, budget: int | None = None) -> None:
        self.count, self.budget = count, budget

    @property
    def nbytes(self) -> int:
        return 10 * self.count

    def evict(self) -> bool:
        self.count -= (is_evicted := self.count > 1)
        return is_evicted


def test_what_has_a_budget_of_its_own_keeps_within_it() -> None:
    boxes = Boxes(9)
    boxes.fit_own()
    assert boxes.count == 9
    boxes.budget = 50
    boxes.fit_own()
    assert boxes.count == 5
    boxes.fit(0)
    assert boxes.count == 1


# -- a history of many series ----------------------------------------------------------------------


def grow(held: History, count: int, each: int, rounds: int) -> None:
    """Append to so many series in turns."""
    for i in range(rounds):
        x = np.arange(float(i * each), (i + 1) * each)
        for name in range(count):
            held.append("p", f"layer {name}", x, np.sin(x))


@pytest.mark.usefixtures("_large_blocks")
def test_many_series_keep_within_a_small_budget_by_count_and_in_fact() -> None:
    """Each of them kept a block of 1 MiB: of "50 MB" they made 944 MiB."""
    budget = 50_000_000
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        held = History(budget)
        grow(held, 1_000, each=4_000, rounds=2)
        now, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.9 * budget < held.nbytes <= budget
    assert now - before < 1.05 * budget
    plot = held.plots["p"]
    assert held.nbytes == sum(series.nbytes for series in plot.series.values())
    assert {series.count for series in plot.series.values()} == {8_000}
    for series in plot.series.values():
        newest = series.points.slice(series.count - 100, series.count)
        assert newest[0].tolist() == list(range(7_900, 8_000))
        assert series.held()[-1]["from_point"] == 0


@pytest.mark.usefixtures("_large_blocks")
def test_ten_points_of_a_series_take_some_hundred_bytes_beside_what_it_is_itself() -> None:
    held = History()
    grow(held, 200, each=10, rounds=1)
    plot = held.plots["p"]
    empty = Series(0, "y").nbytes
    assert {series.nbytes - empty for series in plot.series.values()} == {256}
    assert held.nbytes == plot.nbytes == 200 * (empty + 256)


@pytest.mark.usefixtures("_large_blocks")
@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize("each", [1, 500])
def test_over_the_budget_few_series_are_looked_at_for_each_append(
    is_own: bool, each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are: all were, and 1,200 arrays took 35 seconds."""
    looks = Counter[str]()
    evict = Series.evict

    def nbytes(series: Series) -> int:
        looks["nbytes"] += 1
        return BESIDE + series._pyramid.nbytes

    def evicted(series: Series) -> bool:
        looks["evict"] += 1
        return evict(series)

    monkeypatch.setattr(Series, "nbytes", property(nbytes))
    monkeypatch.setattr(Series, "evict", evicted)

    def cost(count: int) -> float:
        budget = count * 16_000
        held = History(1 << 30 if is_own else budget)
        held.get_or_create("p").set_options({"history": f"{budget} B"} if is_own else {})
        rounds = 2_000 // (4 * each) + 1
        grow(held, count, each=2_000, rounds=1)  # it is full by now
        looks.clear()
        for i in range(rounds):
            x = np.arange(2_000.0 + i * each, 2_000 + (i + 1) * each)
            for name in range(count):
                held.append("p", f"layer {name}", x, x)
        assert held.nbytes <= budget
        return looks.total() / (rounds * count)

    few, many = cost(20), cost(100)
    assert many < 1.5 * few + 1
    assert many < 20


@pytest.mark.usefixtures("_large_blocks")
def test_a_small_history_keeps_about_as_much_as_it_may() -> None:
    held = History()
    plot = held.get_or_create("p")
    plot.set_options({"history": 100_000})
    kept = list[int]()
    for begin in range(0, 1_000_000, 5_000):
        x: Column = np.arange(float(begin), begin + 5_000)
        held.append("p", "y", x, x)
        points = plot.series["y"].points
        kept.append(points.end - points.start)
        assert plot.nbytes <= 1_800_000
    # The overview of all has its part. There were 5,000 again and again: a block had begun.
    assert min(kept[20:]) > 10_000
