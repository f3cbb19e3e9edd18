"""The cell that a reader asks for: of the nearest row, exact as long as that is held."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zwsnb.images.cell import cell_at
from zwsnb.images.image import Image
from zwsnb.protocol.images.rows import Rows

CELLS = np.array([[1, 2], [3, np.nan], [5, np.inf], [-np.inf, 6]], np.float32)


def image_of(x: list[float], cells: np.ndarray, y: tuple[float, float] = (0.0, 10.0)) -> Image:
    image = Image()
    image.append(Rows("p", "image", np.array(x, dtype=float), cells, y))
    return image


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [
        (-9, 0, (0, 0, 1)),
        (0.4, 4.9, (0, 0, 1)),
        (0.4, 5.1, (0, 10, 2)),
        (0.6, -4.9, (1, 0, 3)),
        (4.4, 0, (4, 0, 5)),
        (1, 10, (1, 10, None)),
        (4, 10, (4, 10, "inf")),
        (5, 0, (5, 0, "-inf")),
    ],
)
def test_a_cell_is_of_the_nearest_row(
    x: float, y: float, found: tuple[float, float, float | str | None]
) -> None:
    cell = cell_at(image_of([0, 1, 4, 5], CELLS), x, y)
    assert cell is not None
    assert (cell["x"], cell["y"], cell["value"], cell["exact"]) == (*found, True)


@pytest.mark.parametrize(("x", "y"), [(0, -5.1), (0, 15.1), (0, math.inf), (0, math.nan)])
def test_beyond_the_image_there_is_none(x: float, y: float) -> None:
    assert cell_at(image_of([0, 1, 4, 5], CELLS), x, y) is None
    assert cell_at(Image(), x, y) is None


def test_of_rows_that_are_gone_it_is_the_highest_of_several() -> None:
    count = 20_000
    cells = np.repeat(np.arange(count, dtype=np.float32)[:, np.newaxis], 256, axis=1)
    image = image_of([*map(float, range(count))], cells)
    while image.evict():
        pass
    old, new = cell_at(image, 100, 0), cell_at(image, count - 2, 0)
    assert old is not None
    assert isinstance(old["value"], float)
    assert new is not None
    assert not old["exact"]
    assert 100 <= old["value"] < 2_000
    assert (new["x"], new["value"], new["exact"]) == (count - 2, count - 2, True)


@pytest.mark.parametrize("y", [(1e17, 1e17), (-1e300, -1e300), (0.0, 0.0), (-1e308, 1e308)])
def test_wherever_its_y_are_a_read_harms_nothing(y: tuple[float, float]) -> None:
    image = image_of([0], CELLS[:1, :1], y)
    cell = cell_at(image, 0, y[0])
    assert cell is None or (cell["value"], math.isfinite(cell["y"])) == (1, True)
    assert (cell is None) == (y[1] > y[0])
