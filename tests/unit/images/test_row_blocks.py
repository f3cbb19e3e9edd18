"""Blocks of rows: numbers that stay, whatever has been forgotten."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from zwsnb.images import row_blocks
from zwsnb.images.row_blocks import RowBlocks, Strips, joined


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_blocks, "BLOCK", 64)


def strips(begin: int, count: int, bins: int = 2) -> Strips:
    x = np.arange(begin, begin + count, dtype=float)
    return Strips(x, x + 0.5, np.repeat(x[:, np.newaxis], bins, axis=1).astype(np.float32))


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 4))
def test_rows_are_found_by_number_and_by_x(parts: list[int], evicted: int) -> None:
    blocks = RowBlocks(2)
    for count in parts:
        blocks.append(strips(blocks.end, count))
    for _ in range(min(evicted, max(0, len(blocks.blocks) - 1))):
        blocks.evict()
    assert blocks.end == sum(parts)
    held = joined(list(blocks.parts(0, blocks.end)), 2)
    assert held.first.tolist() == list(range(blocks.start, blocks.end))
    assert held.last.tolist() == [x + 0.5 for x in range(blocks.start, blocks.end)]
    assert held.cells[:, 1].tolist() == held.first.tolist()
    for x in (-1.0, blocks.start + 3.0, blocks.end + 1.0):
        assert blocks.find(x) == min(max(int(x), blocks.start), blocks.end)


@given(st.integers(0, 40), st.integers(0, 3), st.data())
def test_the_end_is_forgotten_and_views_of_it_stay(
    count: int, evicted: int, data: st.DataObject
) -> None:
    blocks = RowBlocks(2)
    blocks.append(strips(0, count))
    for _ in range(min(evicted, max(0, len(blocks.blocks) - 1))):
        blocks.evict()
    before = list(blocks.parts(0, count))
    end = data.draw(st.integers(blocks.start, count))
    blocks.truncate(end)
    assert blocks.nbytes == sum(each.nbytes for block in blocks.blocks for each in block)
    blocks.append(strips(1000, 20))
    held = joined(list(blocks.parts(0, blocks.end)), 2).first.tolist()
    assert held == [*range(min(blocks.start, end), end), *range(1000, 1020)]
    assert [x for part in before for x in part.first.tolist()][-1:] == [count - 1][:count]


def test_bytes_are_those_of_the_blocks() -> None:
    blocks = RowBlocks(4)
    assert blocks.nbytes == 0
    blocks.append(strips(0, 1000, bins=4))
    full = blocks.nbytes
    assert full >= 1000 * (8 + 8 + 16)
    blocks.evict()
    assert blocks.nbytes == full - blocks.rows * (8 + 8 + 16)
    assert blocks.start == blocks.rows


def test_a_short_image_takes_few_bytes() -> None:
    blocks = RowBlocks(4)
    blocks.append(strips(0, 1, bins=4))
    assert blocks.nbytes < 500
