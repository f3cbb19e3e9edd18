"""What a page is told of the values at the crosshair."""

from __future__ import annotations

import json

import numpy as np

from zwsnb.clients.page_messages import Read
from zwsnb.clients.reading import reading
from zwsnb.history.plots import History
from zwsnb.protocol.images.rows import Rows


def test_a_plot_without_points_has_none() -> None:
    plot = History(1 << 20).get_or_create("p")
    assert reading(plot, Read(7, 1.5)) == {"type": "read", "id": 7, "x": 1.5, "points": []}
    asked = reading(plot, Read(7, 1.5, 2.0))
    assert asked == {"type": "read", "id": 7, "x": 1.5, "y": 2.0, "points": [], "cell": None}


def test_the_cell_at_a_y_comes_with_the_points() -> None:
    plot = History(1 << 20).get_or_create("p")
    plot.append("s", np.arange(3.0), np.arange(3.0))
    cells = np.arange(6, dtype=np.float32).reshape(2, 3)
    plot.append_rows(Rows("p", "image", np.array([1.0, 2.0]), cells, (0.0, 2.0)))
    asked = json.loads(json.dumps(reading(plot, Read(7, 1.8, 1.2))))
    assert asked["cell"] == {"x": 2.0, "y": 1.0, "value": 4.0, "exact": True, "began": 0}
    assert [point["y"] for point in asked["points"]] == [2.0]
    assert "cell" not in reading(plot, Read(7, 1.8))


def test_of_a_spectrum_the_amplitude_at_a_frequency_is_read() -> None:
    x = np.arange(256.0)
    plot = History(1 << 20).append("p", "y", x, 3 * np.sin(2 * np.pi * x / 8))
    plot.set_options({"style": "spectrum"})
    [point] = json.loads(json.dumps(reading(plot, Read(7, 0.126))))["points"]
    assert (point["id"], point["x"], round(point["y"], 6)) == (0, 0.125, 3)
