"""The image of a plot: when a run begins, what it covers, and which values have a colour."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.images import pyramid
from zwsnb.images.image import Image
from zwsnb.protocol.images.rows import Rows


def rows(x: list[float], bins: int = 3, **more: Any) -> Rows:
    cells = np.arange(len(x) * bins, dtype=np.float32).reshape(len(x), bins)
    plain = Rows("p", "image", np.array(x, dtype=float), cells, (0.0, 2.0))
    return plain._replace(**more)


def image_of(*bodies: Rows) -> Image:
    image = Image()
    for body in bodies:
        image.append(body)
    return image


def xs(image: Image) -> list[float]:
    assert image.run is not None
    found = image.run.pyramid.gather(0, image.run.count, lambda x: x, 0.0)
    return [*map(float, found.first)]


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (rows([3, 4]), [0, 1, 2, 3, 4]),
        (rows([2, 3]), [0, 1, 2, 2, 3]),
        (rows([1.5]), [0, 1, 1.5, 2]),
        (rows([0.5, 5]), [0, 0.5, 1, 2, 5]),
        (rows([0]), [0]),
        (rows([-9]), [-9]),
        (rows([3], bins=4), [3]),
        (rows([3], y=(0.0, 3.0)), [3]),
        (rows([3], series="other"), [3]),
        (rows([3], is_whole=True), [3]),
        (rows([3, 4, 1, 2]), [0, 1, 1, 2, 2, 3, 4]),
        (rows([3, 4, 0, 1]), [0, 1]),
        (rows([0, 1, 0, 1, 2, 0, 1]), [0, 1]),
        (rows([1.9, 1.8, 1.7, 1.6, 1.5]), [0, 1, 1.5, 1.6, 1.7, 1.8, 1.9, 2]),
    ],
)
def test_a_run_goes_on_or_another_begins(second: Rows, kept: list[float]) -> None:
    image = image_of(rows([0, 1, 2]), second)
    assert xs(image) == kept
    assert image.count == 3 + len(second.x)


def test_it_is_forgotten_by_its_name() -> None:
    image = image_of(rows([0, 1]))
    image.clear("other")
    assert image.nbytes > 0
    image.clear("image")
    assert (image.nbytes, image.x_ranges, image.count) == (0, [], 2)
    assert not image.evict()


@pytest.mark.parametrize(
    ("body", "x", "y"),
    [
        (rows([0, 1, 2]), (-0.5, 2.5), (-0.5, 2.5)),
        (rows([0, 0, 1, 2, 900]), (-0.5, 900.5), (-0.5, 2.5)),
        (rows([0, 900, 901]), (-0.5, 901.5), (-0.5, 2.5)),
        (rows([0.25, 1]), (0.25, 1.375), (-0.5, 2.5)),
        (rows([0, 1, 2], is_whole=True), (-0.5, 2.5), (-0.5, 2.5)),
        (rows([5], is_whole=True), (4.5, 5.5), (-0.5, 2.5)),
        (rows([5], bins=1, y=(3.0, 3.0)), (5, 5), (2.5, 3.5)),
        (rows([0], bins=5, y=(0.0, 1.0)), (0, 0), (-0.125, 1.125)),
    ],
)
def test_cells_have_edges(body: Rows, x: tuple[float, float], y: tuple[float, float]) -> None:
    image = image_of(body)
    assert image.run is not None
    assert image.x_ranges == [x]
    assert image.run.y_edges == y


def test_whole_numbers_are_counted() -> None:
    runs = [image_of(*bodies).run for bodies in (
        [rows([0, 1])], [rows([0, 1.5])], [rows([0]), rows([1.5])], [rows([0], y=(0.5, 2.5))],
        [rows([0], y=(0.0, 1.0))],
    )]  # fmt: skip
    found = [run and (run.counts_x, run.counts_y) for run in runs]
    assert found == [(True, True), (False, True), (False, True), (True, False), (True, False)]


def test_rows_one_by_one_have_the_edges_that_they_have_at_once() -> None:
    image = image_of(*(rows([x]) for x in (0, 4, 4, 6)))
    assert image.x_ranges == image_of(rows([0, 4, 4, 6])).x_ranges == [(-1, 7)]


def test_the_range_of_colours_grows_with_a_margin() -> None:
    def z(*values: list[float]) -> tuple[float, float]:
        bodies = [rows([i], cells=np.array([its], np.float32)) for i, its in enumerate(values)]
        image = image_of(*bodies)
        assert image.run is not None
        return image.run.z

    assert z([0, 1, 10]) == (0, 10)
    assert z([0, 1, 10], [5, 5, 5]) == (0, 10)
    assert z([0, 1, 10], [0, 1, 20]) == (0, 22)
    assert z([0, 1, 10], [-10, 1, 0]) == (-12, 10)
    assert z([math.nan, math.inf, 3], [-math.inf, 4, 3.5]) == pytest.approx((3, 4.1))
    assert all(map(math.isnan, z([math.nan, math.inf, -math.inf])))


def test_one_that_comes_in_parts_is_there_when_the_last_one_is() -> None:
    image = image_of(rows([0, 1]))
    before, run = image.nbytes, image.run
    image.append(rows([5, 6], is_whole=True, has_more=True))
    image.append(rows([7], has_more=True))
    assert image.run is run
    assert xs(image) == [0, 1]
    assert image.nbytes > before
    image.append(rows([8]))
    assert xs(image) == [5, 6, 7, 8]
    assert image.run is not None
    assert image.run.is_whole
    assert image.count == 6


def test_parts_whose_last_one_never_comes_give_way() -> None:
    image = image_of(rows([0, 1]), rows([5], is_whole=True, has_more=True))
    image.append(rows([7, 8], is_whole=True))
    assert xs(image) == [7, 8]
    image.append(rows([5], is_whole=True, has_more=True))
    image.clear("")
    assert image.nbytes == 0
    image.append(rows([6]))
    assert xs(image) == [6]


def valued(x: float) -> Rows:
    """One row, whose values say at which x it is."""
    return rows([x], cells=np.full((1, 3), x, np.float32))


def test_a_late_row_is_put_in_its_place() -> None:
    many = [valued(float(x)) for x in range(3000)]
    image = image_of(*many, valued(2995.5), valued(3000))
    assert image.run is not None
    assert (image.count, image.run.count, image.late) == (3002, 3002, 0)
    held = image.run.pyramid.gather(2990, 3002, lambda x: x, 0.0)
    assert held.first.tolist() == [2990, 2991, 2992, 2993, 2994, 2995, 2995.5, *range(2996, 3001)]
    assert held.cells[:, 1].tolist() == held.first.tolist()


def test_a_late_row_whose_place_is_too_far_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyramid, "MOST_MOVED", 10 * 3 * 4)
    image = image_of(*(valued(float(x)) for x in range(100)), valued(50.5), valued(95.5))
    assert (image.count, image.late) == (101, 1)
    assert xs(image) == [*range(96), 95.5, *range(96, 100)]


def resumed(count: int = 100, at: float = 80.5) -> Image:
    """Rows that go on, some back, over x that were passed before."""
    return image_of(*(valued(float(x)) for x in range(count)), *(valued(at + i) for i in range(6)))


@pytest.mark.parametrize("most_moved", [2 << 20, 10 * 3 * 4])
def test_who_goes_over_x_again_begins_anew_with_what_had_seemed_late(
    most_moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyramid, "MOST_MOVED", most_moved)
    image = resumed()
    assert xs(image) == [80.5 + i for i in range(6)]
    assert (image.count, image.late) == (106, 0)
    assert image.run is not None
    assert image.run.first_x == 80.5


def test_times_begin_anew_only_where_they_began() -> None:
    image = Image()
    for x in [*range(100), *(80.5 + i for i in range(6)), -5]:
        image.append(valued(float(x)), is_time=True)
    assert image.run is not None
    assert image.run.count == 107
    assert image.x_ranges[0][0] < -5
    image.append(valued(100.0), is_time=True)
    image.append(valued(0.0), is_time=True)
    assert xs(image) == [0]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=200), st.integers(1, 200))
def test_rows_of_a_clock_that_trembles_are_all_in_order(by: list[float], parts: int) -> None:
    x = np.concatenate(([-9.0], np.arange(len(by)) + by))
    image = Image()
    for part in np.array_split(x, parts):
        if len(part):
            cells = np.repeat(part.astype(np.float32)[:, np.newaxis], 3, axis=1)
            image.append(rows([*map(float, part)], cells=cells))
    assert image.run is not None
    held = image.run.pyramid.gather(0, image.run.count, lambda x: x, 0.0)
    assert (np.diff(held.first) >= 0).all()
    assert held.cells[:, 0].tolist() == held.first.astype(np.float32).tolist()
    assert image.count + image.late == len(x)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (rows([3], bins=4), "rows of 4 values came after rows of 3"),
        (rows([3], y=(0.0, 3.0)), "rows over y 0 to 3 came after rows over 0 to 2"),
        (rows([3], series="other"), "rows of 'other' came after rows of 'image'"),
        (rows([0], bins=4), ""),
        (rows([3], bins=4, is_whole=True), ""),
        (rows([3]), ""),
    ],
)
def test_rows_that_go_on_and_are_not_alike_are_told(second: Rows, words: str) -> None:
    image = image_of(rows([0, 1, 2]), second)
    assert words in image.notice
    assert bool(image.notice) is bool(words)
    image.append(rows([9], bins=second.cells.shape[1], series=second.series, y=second.y))
    assert bool(image.notice) is bool(words)
    image.clear("")
    assert not image.notice
