"""When what is held is counted against a budget."""

from __future__ import annotations

import pytest

from zwsnb.history.budgets import Budgeted, Room, forget


@pytest.mark.parametrize(
    ("held", "budget", "growths"),
    [
        (0, 1000, 6),  # half of what is left
        (900, 1000, 1),
        (1000, 1000, 1),
        (8000, 1000, 11),  # an eighth of what is held: nothing of it can be forgotten
    ],
)
def test_it_grows_for_some_time_until_it_is_counted_again(
    held: int, budget: int, growths: int
) -> None:
    room = Room()
    assert room.take(1), "nothing has been counted"
    room.measure(held, budget)
    assert [room.take(100) for _ in range(growths)] == [False] * (growths - 1) + [True]


class Boxes(Budgeted):
    """Boxes of 10 bytes, of which the last one is kept."""

    def __init__(self, count: int, budget: int | None = None) -> None:
        self.count, self.budget, self.room = count, budget, Room()

    @property
    def nbytes(self) -> int:
        return 10 * self.count

    def fit(self, budget: int) -> None:
        self.count = max(1, min(self.count, budget // 10))


def test_what_has_a_budget_of_its_own_keeps_within_it() -> None:
    boxes = Boxes(9)
    boxes.fit_own()
    assert boxes.count == 9
    boxes.budget = 50
    boxes.fit_own()
    assert boxes.count == 5
    assert boxes.room.take(1), "there is none left"


def test_it_says_whether_there_was_something_to_spare() -> None:
    boxes = Boxes(2)
    assert [boxes.shrink(1), boxes.shrink(1)] == [True, False]
    assert boxes.count == 1


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


@pytest.mark.parametrize(
    ("excess", "left", "counts"),
    [
        (0, 0, [1, 4, 3]),
        (1, -9, [1, 3, 3]),  # the largest that can
        (20, 0, [1, 2, 3]),
        (21, -9, [1, 2, 2]),  # of equal ones the second is larger by then
        (1000, 950, [1, 1, 1]),
    ],
)
def test_those_that_hold_the_most_forget_first(excess: int, left: int, counts: list[int]) -> None:
    piles = [Pile(100, 1), Pile(10, 4), Pile(10, 3)]
    assert forget(piles, excess) == left
    assert [pile.count for pile in piles] == counts
