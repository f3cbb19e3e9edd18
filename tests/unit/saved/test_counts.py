"""The counts of a density in a file."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.snapshots import plot_with

from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.kinds.arrays import Rows
from zwsnb.saved.contents import MOST_BYTES, contents_of
from zwsnb.saved.counts import cells_of, counts_of, is_counted
from zwsnb.saved.packing import unpack
from zwsnb.saved.thinning import Held
from zwsnb.view.streams.scatter_stream import MOST_DOTS

RNG = np.random.default_rng(3)
POINTS = RNG.normal(size=(2, 50_000))


def held_by(rows: Rows) -> int:
    return round(float((10 ** rows[2]).sum()))


@pytest.mark.parametrize(
    ("marks", "n", "style", "counted"),
    [
        (None, 9, "density", True),
        (None, 50_000, "points", False),
        (math.nan, MOST_DOTS, "line", False),
        (math.nan, MOST_DOTS + 1, "line", True),
        (1.0, 50_000, "line", False),
        (1.0, 50_000, "density", True),
    ],
)
def test_counted_is_what_a_page_has_counted(
    marks: float | None, n: int, style: str, counted: bool
) -> None:
    plot = Plot("p")
    plot.set_options({"style": style, "xy": True})
    came = Arrival(marks=None if marks is None else np.full((2, n), marks))
    x, y = POINTS[:, :n]
    plot.append("y", x, y, came)
    assert is_counted(plot, plot.series["y"], Held([POINTS[:, :n]])) is counted


def test_each_point_is_counted_in_however_few_cells() -> None:
    plot = plot_with({"xy": True}, y=tuple(POINTS))
    *steps, density = counts_of(plot, plot.series["y"], Held([POINTS]))
    assert len(steps) > 2
    assert set(steps) == {None}
    assert density is not None
    fine = cells_of(density, 100_000)
    few = cells_of(density, 16)
    assert fine.count > 3_000
    assert few.count <= 16
    assert held_by(fine.blocks[0]) == held_by(few.blocks[0]) == 50_000
    assert fine.cell is not None
    assert few.cell is not None
    assert few.cell[0] > fine.cell[0]


def test_with_a_window_it_is_what_is_in_the_window() -> None:
    x, y = np.arange(1000.0), np.zeros(1000)
    plot = plot_with({"style": "density", "window": 99.5}, y=(x, y))
    *_, density = counts_of(plot, plot.series["y"], Held([np.stack((x, y))]))
    assert density is not None
    assert density.total == 100


def test_a_file_has_cells_and_their_counts() -> None:
    plot = plot_with({"style": "density"}, y=tuple(POINTS), gaps=([0.0, 1.0], [math.nan] * 2))
    *_, found = contents_of(plot, 0.0)
    assert found is not None
    its, gaps = found.head["held"]
    assert (its["xy"], its["points"], its["exact"]) == (True, 50_000, its["vertices"])
    lengths = [n for n in (its["vertices"], gaps["vertices"]) for _ in range(4)]
    columns = np.stack(list(unpack(found.vertices, lengths))[:4])
    assert held_by(columns) == 50_000
    assert its["marks"]["colors"] == [0, columns[2].max()]
    assert its["marks"]["sizes"] == [None, None]
    assert all(size > 0 for size in its["marks"]["cell"])
    assert (gaps["vertices"], gaps["marks"]["colors"]) == (0, [0.0, 0.0])


def test_it_fits() -> None:
    plot = plot_with({"style": "density"}, y=tuple(POINTS), z=tuple(POINTS + 3))
    *_, whole = contents_of(plot, 0.0, MOST_BYTES)
    *_, found = contents_of(plot, 0.0, 20_000)
    assert whole is not None
    assert found is not None
    assert len(found.vertices) <= 20_000 < len(whole.vertices)


def test_it_is_counted_on_the_axis_of_its_panel() -> None:
    panels = [{"series": ["y"], "log": "y"}, ["z"]]
    plot = plot_with({"style": "density", "panels": panels}, y=tuple(POINTS), z=tuple(POINTS))
    for name, count in (("y", int((POINTS[1] > 0).sum())), ("z", 50_000)):
        *_, density = counts_of(plot, plot.series[name], Held([POINTS]))
        assert density is not None
        assert density.total == count
