"""The image of a plot: when a run begins, what it covers, and which values have a colour."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

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
        (rows([1.5]), [1.5]),
        (rows([3], bins=4), [3]),
        (rows([3], y=(0.0, 3.0)), [3]),
        (rows([3], series="other"), [3]),
        (rows([3], is_whole=True), [3]),
        (rows([3, 4, 1, 2]), [1, 2]),
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
