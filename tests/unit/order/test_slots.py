"""Numbers for names, against a search through all of them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings, strategies as st

from zwsnb.order.slots import Slots


class Slow:
    """The same, slowly."""

    def __init__(self) -> None:
        self.holders = list[str]()
        self.there = list[str]()

    def add(self, name: str) -> int:
        if name not in self.holders:
            free = (i for i, holder in enumerate(self.holders) if holder not in self.there)
            slot = next(free, len(self.holders))
            self.holders[slot : slot + 1] = [name]
        self.there.append(name)
        return self.holders.index(name)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=40))
def test_a_name_has_the_least_number_that_no_name_has_which_is_there(
    drawn: list[tuple[str, bool]],
) -> None:
    slots, slow = Slots(), Slow()
    for name, is_added in drawn:
        if is_added:
            assert slots.add(name) == slow.add(name)
        elif name in slow.there:
            slots.leave(name)
            slow.there.remove(name)
    assert slots.settle(slow.there) == [slow.holders.index(name) for name in slow.there]


def test_names_that_take_the_place_of_others_take_their_numbers() -> None:
    slots = Slots()
    assert [slots.add(name) for name in ("low", "mean", "high")] == [0, 1, 2]
    assert slots.settle(["mean", "mean", "mean"]) == [1, 1, 1]
    assert [slots.add("b"), slots.add("c"), slots.add("low")] == [0, 2, 3]


class Name(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)


def test_a_further_name_costs_no_look_at_all_others() -> None:
    def names() -> Iterator[Name]:
        return (Name(f"s{i}") for i in range(3_000))

    slots = Slots()
    assert [slots.add(name) for name in names()] == list(range(3_000))
    for name in names():
        slots.leave(name)
    assert [slots.add(f"t{i}") for i in range(3_000)] == list(range(3_000))
    assert Name.compared < 30_000
