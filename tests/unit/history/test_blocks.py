"""Blocks against a list that forgets its front."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history.blocks import FIRST_ROWS, Blocks, Marks
from zwsnb.kinds.arrays import Rows

EVICT: Final = -1
"""A step that evicts; any other appends so many rows."""

steps = st.lists(st.integers(EVICT, 25), max_size=20)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(steps, st.integers(-5, 60), st.integers(0, 130), st.integers(0, 130))
def test_blocks_are_a_list_that_forgets_its_front(
    drawn: list[int], value: int, lo: int, hi: int
) -> None:
    blocks, rows, start = Blocks(2, 8), list[float](), 0
    for step in drawn:
        if step != EVICT:
            rows += [(len(rows) + i) // 3 for i in range(step)]
            x = np.array(rows[len(rows) - step :], dtype=np.float64)
            blocks.append(x, -x)
        elif blocks.has_spare:
            start = blocks.next_start
            blocks.evict()
    assert (blocks.start, blocks.end) == (start, len(rows))
    assert len(rows) - start >= min(len(rows), blocks.least)
    assert blocks.nbytes == sum(block.nbytes for block in blocks.blocks)
    assert blocks.slice(lo, hi)[0].tolist() == rows[max(lo, start) : hi]
    assert (blocks.slice(lo, hi)[1] == -blocks.slice(lo, hi)[0]).all()
    found = next((i for i in range(start, len(rows)) if rows[i] >= value), len(rows))
    assert blocks.find(value) == found


def test_a_slice_within_a_block_is_no_copy() -> None:
    blocks = Blocks(2, 8)
    blocks.append(np.arange(20.0), np.arange(20.0))
    assert blocks.slice(9, 15).base is not None
    assert blocks.slice(7, 9).tolist() == [[7, 8], [7, 8]]


def test_slices_are_one_a_block() -> None:
    blocks = Blocks(1, 8)
    blocks.append(np.arange(20.0))
    assert [part[0].tolist() for part in blocks.slices(6, 17)] == [
        [6, 7],
        [8, 9, 10, 11, 12, 13, 14, 15],
        [16],
    ]


def test_blocks_without_rows_find_and_give_nothing() -> None:
    blocks = Blocks(2, 8)
    assert (blocks.start, blocks.end, blocks.nbytes, blocks.find(0.0)) == (0, 0, 0, 0)
    assert blocks.slice(0, 10).shape == (2, 0)


def test_a_block_grows_until_it_has_its_size() -> None:
    blocks = Blocks(2, 4096)
    for rows, held in ((1, FIRST_ROWS), (FIRST_ROWS, 2 * FIRST_ROWS + 2), (4_200, 4096 + 2048)):
        blocks.append(np.arange(float(rows)), np.zeros(rows))
        assert blocks.nbytes == 16 * held


def test_a_row_is_copied_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    copied, replace = list[int](), Blocks._replace

    def counted(self: Blocks, i: int, rows: Rows, room: int) -> Rows:
        copied.append(rows.shape[1])
        return replace(self, i, rows, room)

    monkeypatch.setattr(Blocks, "_replace", counted)
    blocks = Blocks(2, 4096)
    for i in range(100_000):
        blocks.append(np.array([float(i)]), np.zeros(1))
        if i < 50_000:
            continue
        copied.clear() if i == 50_000 else None
        assert not copied, "a long one takes whole blocks"
    assert blocks.nbytes == 16 * 4096 * 25


def test_one_that_is_kept_small_is_copied_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    copied, replace = list[int](), Blocks._replace

    def counted(self: Blocks, i: int, rows: Rows, room: int) -> Rows:
        copied.append(rows.shape[1])
        return replace(self, i, rows, room)

    monkeypatch.setattr(Blocks, "_replace", counted)
    blocks = Blocks(2, 65_536, 128)
    for i in range(20_000):
        blocks.append(np.array([float(i)]), np.zeros(1))
        while blocks.nbytes > 16 * 1_000 and blocks.has_spare:
            blocks.evict()
        assert blocks.nbytes <= 16_000
    assert sum(copied) < 8 * 20_000


def test_marks_begin_with_the_first_point_that_is_held() -> None:
    marks = Marks(8)
    marks.align(803, 1_005)
    assert (marks.start, marks.end) == (803, 1_005)
    assert marks.nbytes <= 26 * 8 * 16
    marks.append(np.ones(3), np.zeros(3))
    marks.align(2_000, 2_002)  # nothing is left of what it had
    assert (marks.start, marks.end, marks.colors) == (2_000, 2_002, (1, 1))
    assert np.isnan(marks.slice(2_000, 2_002)).all()


def test_marks_of_points_that_are_gone_take_no_memory() -> None:
    marks = Marks(1_000)
    marks.append(np.arange(900.0), np.zeros(900))
    full = marks.nbytes
    marks.align(300, 900)
    assert marks.nbytes == full
    marks.align(700, 900)
    assert marks.nbytes <= full / 3
    assert marks.slice(700, 900)[0].tolist() == list(range(700, 900))
    marks.align(900, 900)
    assert (marks.nbytes, marks.start, marks.end) == (0, 900, 900)
