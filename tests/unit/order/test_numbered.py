"""Which rows are forgotten next."""

from __future__ import annotations

import pytest

from zwsnb.order.numbered import WHOLE, Numbered


class Rows(Numbered):
    """Blocks of 64 rows, of which 8 always stay."""

    def __init__(self, starts: list[int], end: int, room: int = 64) -> None:
        super().__init__(64, 8)
        self.starts, self.end, self._room = starts, end, room

    @property
    def room(self) -> int:
        return self._room


MANY = list(range(0, 64 * WHOLE, 64))


@pytest.mark.parametrize(
    ("starts", "end", "after"),
    [
        ([], 7, 7),
        (MANY, 64 * WHOLE, 64),  # a whole block of many
        ([0, 64], 70, 32),  # half of one of few
        ([48, 64], 70, 56),
        ([56, 64], 72, 64),  # the rest of it
        ([48, 64], 67, 56),
        ([56, 64], 67, 58),  # of the newest 8
        ([58, 64], 67, 58),
        ([0], 64, 32),
        ([32], 64, 48),
        ([48], 64, 56),
        ([48], 58, 50),  # the newest 8
        ([50], 58, 50),
        ([50], 55, 50),
    ],
)
def test_the_oldest_rows_go_by_blocks_or_by_halves(starts: list[int], end: int, after: int) -> None:
    rows = Rows(starts, end, 15)
    assert rows.next_start == after
    assert rows.has_spare is (after > rows.start)
    assert rows.start == (starts[0] if starts else end)


def test_where_a_row_begins_is_a_multiple_of_a_quarter_of_the_least() -> None:
    for end in range(10, 64):
        assert Rows([0], end).next_start % 2 == 0


@pytest.mark.parametrize(("room", "is_empty"), [(15, False), (16, True), (64, True)])
def test_an_only_block_that_is_mostly_empty_may_become_smaller(room: int, is_empty: bool) -> None:
    rows = Rows([50], 55, room)
    assert rows.has_spare is is_empty
    assert rows.room_after(50) == min(5 + 4, room)


def test_the_newest_block_has_room_to_grow_and_an_older_one_has_none() -> None:
    assert Rows([0], 64).room_after(32) == 32 + 16
    assert Rows([0, 64], 70).room_after(32) == 32


def test_a_new_block_is_as_large_as_half_of_what_is_held() -> None:
    assert Rows([0], 64).rows_of_new(3) == 32
    assert Rows(MANY, 64 * WHOLE).rows_of_new(3) == 64
    assert Rows([0], 1).rows_of_new(100) == 64
