"""The pyramid of an image: what it gives is the highest of the rows, at any width of a column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.images import row_blocks
from zwsnb.images.pyramid import Pyramid, lowered
from zwsnb.kinds.arrays import Column

BINS = 3


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_blocks, "BLOCK", 64)


def same(x: Column) -> Column:
    return x


def pyramid_of(x: Column, cells: np.ndarray, parts: int = 3) -> Pyramid:
    pyramid = Pyramid(BINS)
    for some, its in zip(np.array_split(x, parts), np.array_split(cells, parts), strict=True):
        pyramid.append(some, its)
    return pyramid


def columns_of(first: Column, cells: np.ndarray, width: float) -> dict[float, list[float]]:
    """The highest values in each column, by its number."""
    numbers = np.floor(first / width)
    return {
        number: np.fmax.reduce(cells[numbers == number]).tolist() for number in np.unique(numbers)
    }


@settings(deadline=None)
@given(
    st.integers(1, 700),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 1.0, 7.0, 40.0, 1000.0]),
)
def test_a_column_has_the_highest_of_its_rows(count: int, seed: int, width: float) -> None:
    rng = np.random.default_rng(seed)
    x = np.cumsum(rng.choice([0.0, 0.1, 1.0, 30.0], count))
    cells = rng.standard_normal((count, BINS)).astype(np.float32)
    cells[rng.random(cells.shape) < 0.1] = np.nan
    found = pyramid_of(x, cells).gather(0, count, same, width)
    # Strips are narrower than a quarter of a column: what they hold is that near to its place.
    assert (found.last - found.first <= width / 4).all()
    highest = np.fmax.reduce(cells)
    np.testing.assert_array_equal(np.fmax.reduce(found.cells), highest)
    for first, last, cell in zip(*found, strict=True):
        own = cells[(x >= first) & (x <= last)]
        assert not (cell > np.fmax.reduce(own)).any()


def test_far_out_few_strips_are_touched() -> None:
    count = 4000
    pyramid = pyramid_of(np.arange(count, dtype=float), np.zeros((count, BINS), np.float32))
    found = pyramid.gather(0, count, same, 1024.0)
    assert len(found.first) < 100
    near = pyramid.gather(100, 200, same, 1.0)
    assert near.first.tolist() == list(range(100, 200))


@pytest.mark.parametrize("evictions", [1, 5, 30, 10_000])
def test_the_overview_reaches_back_to_the_beginning(evictions: int) -> None:
    count = 3000
    cells = np.arange(count * BINS, dtype=np.float32).reshape(count, BINS)
    cells[17, 1] = 1e9
    pyramid = pyramid_of(np.arange(count, dtype=float), cells)
    before = pyramid.nbytes
    done = sum(pyramid.evict() for _ in range(evictions))
    assert 0 < done <= evictions
    assert pyramid.nbytes < before
    found = pyramid.gather(0, count, same, 100.0)
    assert found.first[0] == 0
    assert found.last[-1] == count - 1
    assert (np.diff(found.first) > 0).all()
    assert (found.first[1:] > found.last[:-1]).all()
    assert found.cells[:, 1].max() == 1e9
    assert pyramid.find(-5.0) == 0
    assert pyramid.find(10.0) <= 10


def test_an_empty_pyramid_has_nothing() -> None:
    pyramid = Pyramid(BINS)
    assert pyramid.find(3.0) == 0
    assert len(pyramid.gather(0, 0, same, 1.0).first) == 0
    assert not pyramid.evict()


@settings(deadline=None)
@given(st.integers(1, 40), st.sampled_from([1, 2, 4, 8]), st.integers(0, 1000))
def test_lowered_values_are_the_highest_of_each_few(bins: int, factor: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cells = rng.standard_normal((3, bins)).astype(np.float32)
    cells[rng.random(cells.shape) < 0.2] = np.nan
    expected = np.fmax.reduceat(cells, np.arange(0, bins, factor), axis=1)
    np.testing.assert_array_equal(lowered(cells, factor), expected)


def test_the_next_x_is_that_of_a_row_or_where_they_have_gone_of_a_strip() -> None:
    x = np.arange(300.0)
    pyramid = pyramid_of(x, np.zeros((300, BINS), np.float32))
    assert [pyramid.next_x(at) for at in (-1.0, 0.0, 7.5, 299.0)] == [0, 0, 8, 299]
    while pyramid.rows.start == 0:
        assert pyramid.evict()
    assert pyramid.next_x(1.5) == 4
    gone = float(pyramid.rows.start)
    assert pyramid.next_x(gone - 0.5) == gone
    assert pyramid.next_x(298.5) == 299


def test_the_row_before_an_x_and_the_nearest_one() -> None:
    pyramid = pyramid_of(np.arange(9.0), np.zeros((9, BINS), np.float32))
    assert [pyramid.before(x) for x in (-1, 0, 0.5, 3, 99)] == [-1, 0, 0, 2, 8]
    found = [pyramid.nearest(x) for x in (-1, 0.4, 0.6, 99)]
    assert [(strip.first.tolist(), is_row) for strip, is_row in found] == [
        ([0], True), ([0], True), ([1], True), ([8], True)
    ]  # fmt: skip


def test_where_the_rows_are_gone_what_stands_for_them_is_before_and_nearest() -> None:
    x = np.arange(400.0)
    pyramid = pyramid_of(x, np.repeat(x, BINS).reshape(-1, BINS).astype(np.float32))
    while pyramid.evict():
        pass
    strip, is_row = pyramid.nearest(10)
    assert not is_row
    assert strip.first[0] <= 10 <= strip.last[0]
    assert 8 <= pyramid.before(10) <= 10
    assert pyramid.nearest(399)[1]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(0, 40), st.integers(1, 30))
def test_late_rows_stand_in_their_places_at_all_levels(
    seed: int, count: int, evicted: int, late: int
) -> None:
    rng = np.random.default_rng(seed)
    x = np.arange(count, dtype=float)
    pyramid = pyramid_of(x, np.zeros((count, BINS), np.float32))
    for _ in range(evicted):
        pyramid.evict()
    fallen = np.sort(rng.uniform(0, count, late))
    fallen = fallen[pyramid.count_homeless(fallen) :]
    if len(fallen):
        pyramid.insert(fallen, np.repeat(fallen[:, np.newaxis], BINS, axis=1).astype(np.float32))
    for width in (0.0, 40.0, 1000.0):
        found = pyramid.gather(0, pyramid.rows.end, same, width)
        assert (np.diff(found.first) >= 0).all()
        assert found.cells.max() == (np.float32(fallen[-1]) if len(fallen) else 0)
    assert pyramid.rows.end == count + len(fallen)
