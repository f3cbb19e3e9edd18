"""Blocks against a list that forgets its front."""

from __future__ import annotations

from typing import Final

import numpy as np
from hypothesis import given, settings, strategies as st

from zwsnb.history.blocks import FIRST_ROWS, Blocks, Marks

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
        elif len(blocks.blocks) > 1:
            blocks.evict()
            start += 8
    assert (blocks.start, blocks.end) == (start, len(rows))
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


def test_the_first_block_grows_and_later_ones_have_their_size() -> None:
    blocks = Blocks(2, 4096)
    for rows, held in ((1, FIRST_ROWS), (FIRST_ROWS, 2 * FIRST_ROWS + 2), (5000, 2 * 4096)):
        blocks.append(np.arange(float(rows)), np.zeros(rows))
        assert blocks.nbytes == 16 * held
        assert blocks.nbytes == sum(block.nbytes for block in blocks.blocks)
    blocks.evict()
    assert blocks.nbytes == 16 * 4096


def test_marks_begin_with_the_block_of_the_first_point_that_is_held() -> None:
    marks = Marks(8)
    marks.align(803, 1_005)
    assert (marks.start, marks.end) == (800, 1_005)
    assert marks.nbytes <= 26 * 8 * 16
    marks.append(np.ones(3), np.zeros(3))
    marks.align(2_000, 2_002)  # nothing is left of what it had
    assert (marks.start, marks.end, marks.colors) == (2_000, 2_002, (1, 1))
    assert np.isnan(marks.slice(2_000, 2_002)).all()
