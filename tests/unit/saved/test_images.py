"""The image of a saved page: the narrowest columns that there are bytes for, and of them all wider
ones.
"""

from __future__ import annotations

import json
import math
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.rules import check_golden

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.kinds.arrays import Column
from zwsnb.kinds.values import LARGEST
from zwsnb.protocol.images.image_patch import Colors
from zwsnb.protocol.images.rows import Cells, Rows
from zwsnb.saved import images as module
from zwsnb.saved.images import Columns, HeldImage, image_of
from zwsnb.view.streams.image_stream import Colored, colors_of


def test_the_golden_table_holds() -> None:
    check_golden("image_joined")


def plot_of(x: Any, cells: Cells, **options: Any) -> Plot:
    plot = Plot("p")
    plot.set_options({"z_range": (0, 1), **options})
    y = (0.0, cells.shape[1] - 1.0)
    plot.append_rows(Rows("p", "image", np.array(x, float), cells, y))
    return plot


def noise(count: int, bins: int) -> Cells:
    return np.random.default_rng(3).uniform(0, 1, (count, bins)).astype(np.float32)


def held(plot: Plot, most_bytes: int = 1_000_000) -> HeldImage:
    *steps, found = image_of(plot, most_bytes)
    assert set(steps) <= {None}
    assert found is not None
    json.dumps(found.head, allow_nan=False)
    return found


def unpacked(found: HeldImage) -> tuple[Column, Colors]:
    """The x and the colours of the columns."""
    head, content = found.head, zlib.decompress(found.packed)
    assert head is not None
    x = np.frombuffer(content, "<f8", head["columns"])
    colors = np.frombuffer(content, np.uint8, offset=8 * len(x))
    return x, colors.reshape(len(x), -(-head["bins"] // head["factor"]))


@pytest.mark.parametrize("z_log", [False, True])
@pytest.mark.parametrize("z_range", [(1e308, None), (-1e308, 1e308), (LARGEST, None)])
def test_any_range_of_colours_has_a_page(z_range: Any, z_log: bool) -> None:
    head = held(plot_of(range(5), noise(5, 3), z_range=z_range, z_log=z_log)).head
    assert head is not None
    assert all(map(math.isfinite, head["z"]))


def test_few_rows_are_all_there() -> None:
    cells = noise(50, 7)
    cells[3, 2] = np.nan
    found = held(plot_of(range(50), cells))
    x, colors = unpacked(found)
    assert x.tolist() == [*range(50)]
    np.testing.assert_array_equal(colors, colors_of(cells, Colored(0, 1)))
    assert found.head is not None
    assert found.head["whole"]
    assert (found.head["y"], found.head["z"], found.head["rows"]) == ((-0.5, 6.5), (0, 1), 50)


def test_it_says_how_many_rows_came_before() -> None:
    plot = plot_of(range(50), noise(50, 7))
    plot.append_rows(Rows("p", "other", np.arange(20.0), noise(20, 7), (0.0, 6.0)))
    found = held(plot)
    assert found.head is not None
    assert (found.head["name"], found.head["rows"], found.head["began"]) == ("other", 70, 50)


def test_a_plot_without_one_holds_none() -> None:
    assert held(Plot("p")) == HeldImage(None, b"")
    nowhere = plot_of([-2, -1], noise(2, 3), log="x")
    assert held(nowhere) == HeldImage(None, b"")
    assert unpacked(held(plot_of([-2, 1, 2], noise(3, 3), log="x")))[0].tolist() == [1, 2]


@pytest.mark.parametrize(("count", "bins"), [(4_000, 64), (300, 1024), (1, 4096), (9_000, 1)])
@pytest.mark.parametrize("most", [2_000, 40_000])
def test_no_more_bytes_than_that_and_no_value_is_missed(count: int, bins: int, most: int) -> None:
    cells = noise(count, bins)
    cells /= 2
    cells[count * 2 // 3, bins // 2] = 1
    found = held(plot_of(np.arange(count) / 7.0, cells), most)
    assert found.head is not None
    assert len(found.packed) <= most
    x, colors = unpacked(found)
    (at,), (cell,) = np.nonzero(colors == 255)
    assert abs(x[at] - count * 2 // 3 / 7) <= found.head["width"]
    assert cell == bins // 2 // found.head["factor"]
    assert found.head["whole"] is (colors.size == cells.size)


@settings(max_examples=30)
@given(
    st.lists(st.floats(0, 50), min_size=1, max_size=40, unique_by=lambda x: x // 0.25).map(sorted),
    st.integers(1, 9),
    st.booleans(),
)
def test_what_is_joined_step_by_step_is_what_is_joined_at_once(
    x: list[float], bins: int, log: bool
) -> None:
    grid, colors = Grid(0.25, log), colors_of(noise(len(x), bins), Colored(0, 1))
    at = np.array(x)
    numbers: Column = grid.columns(at)
    if log:
        numbers = np.arange(0.0, 3 * len(x), 3)
    columns = Columns(grid, 1, numbers, at, colors).coarser()
    for _ in range(8):
        columns = columns.coarser()
    factor, wide = columns.factor, np.floor(numbers / (columns.grid.width / grid.width))
    assert columns.numbers.tolist() == sorted(set(wide.tolist()))
    for number, found in zip(columns.numbers, columns.colors, strict=True):
        mine = colors[wide == number].max(axis=0)
        assert found.tolist() == [mine[at : at + factor].max() for at in range(0, bins, factor)]


def test_a_long_run_is_taken_in_some_columns_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 1 << 12)
    cells = noise(5_000, 16)
    plot = plot_of(range(5_000), cells)
    run = plot.image.run
    assert run is not None
    steps = image_of(plot, 1_000_000)
    assert next(steps) is None
    plot.append_rows(Rows("p", "image", np.array([5_000.0]), cells[:1], (0.0, 15.0)))
    *_, found = steps
    assert found is not None
    x, colors = unpacked(found)
    assert found.head is not None
    assert found.head["rows"] == 5_000, "what comes meanwhile is not in it"
    assert len(x) < 4096 // 16
    assert colors.max() == colors_of(cells, Colored(0, 1)).max()


@pytest.mark.parametrize(
    ("x", "options"),
    [
        ([5], {}),
        ([0], {}),
        ([5], {"log": "x"}),
        ([3, 3, 3], {}),
        ([1e-320, 2e-320], {}),
        ([-8e307, 8e307], {}),
        ([1.7e9 + i * 1e-6 for i in range(50)], {}),
        ([1e200, 2e200], {"log": "x"}),
    ],
)
def test_rows_that_stand_close_or_alone_are_held(x: list[float], options: dict[str, Any]) -> None:
    cells = noise(len(x), 3)
    found = held(plot_of(x, cells, **options))
    at, colors = unpacked(found)
    assert np.unique(at) == pytest.approx(np.unique(x), rel=1e-12, abs=0)
    assert colors.max() == colors_of(cells, Colored(0, 1)).max()


@pytest.mark.parametrize(("log", "start"), [("", 5.0), ("x", 5.0), ("", 1.7e9)])
def test_many_rows_at_one_x_are_one_column(log: str, start: float) -> None:
    cells = noise(20_000, 2)
    x, colors = unpacked(held(plot_of([start] * 20_000, cells, **({"log": log} if log else {}))))
    assert x == pytest.approx([start], rel=1e-12)
    assert colors.max() == colors_of(cells, Colored(0, 1)).max()


def test_a_pause_in_x_takes_none_of_what_there_is_room_for() -> None:
    x = [*range(100), *range(10_000_000, 10_000_100)]
    cells = noise(200, 8)
    found = held(plot_of(x, cells))
    at, colors = unpacked(found)
    assert at.tolist() == x
    np.testing.assert_array_equal(colors, colors_of(cells, Colored(0, 1)))
    assert found.head is not None
    assert found.head["whole"]
    fewer = held(plot_of(x, cells), 600)
    assert 0 < len(fewer.packed) <= 600
    assert len(unpacked(fewer)[0]) > 10, "of both parts"
