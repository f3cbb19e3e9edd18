"""What belongs together is changed in one step."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

from support.interrupts import interrupted

from zwsnb.quick.one_step import assign, in_one_step


def test_steps_are_taken_in_their_order() -> None:
    taken: list[int] = []
    in_one_step(*(partial(taken.append, i) for i in range(3)))
    assert taken == [0, 1, 2]
    in_one_step()
    assert taken == [0, 1, 2]


def test_an_attribute_is_assigned() -> None:
    owner = SimpleNamespace(count=1)
    in_one_step(assign(owner, "count", owner.count + 1))
    assert owner.count == 2


def test_an_interrupt_comes_before_all_steps_or_after_them() -> None:
    lists: list[list[int]] = []

    def act() -> None:
        lists.append([])
        in_one_step(*(partial(lists[-1].append, i) for i in range(3)))

    seen = [len(lists[-1]) for _ in interrupted(act)]
    assert set(seen) == {0, 3}
    assert seen == sorted(seen)
