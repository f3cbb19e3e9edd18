"""What a page is told of the values at the crosshair."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from support.greenlets import run_all

from zwsnb.clients.asked.reading import reader_of, reading as steps_of
from zwsnb.clients.page_messages import Read
from zwsnb.derived.face import face_of
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.images.rows import Rows


def reading(plot: Plot, asked: Read) -> dict[str, Any]:
    """The answer, after the steps."""
    *steps, answer = steps_of(plot, asked)
    assert steps == [None] * len(face_of(plot).series)
    assert answer is not None
    return answer


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


def test_who_asks_a_hundred_times_at_once_is_answered_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zwsnb.turns.turns.TURN", 0.0)  # each series is one
    plot = History(1 << 20).get_or_create("p")
    looked: list[tuple[str, float]] = []
    said: list[dict[str, Any]] = []
    for name in "abc":
        plot.append(name, np.arange(3.0), np.arange(3.0))
    monkeypatch.setattr(
        "zwsnb.clients.asked.reading.nearest", lambda series, x: looked.append((series.name, x))
    )
    asked = reader_of(plot, said.append, "page")
    for number in range(100):
        asked.begin(Read(number, float(number)))
    run_all()
    assert [each["id"] for each in said] == [99]
    assert looked == [("a", 99.0), ("b", 99.0), ("c", 99.0)]
    asked.begin(Read(100, 1.0))
    asked.stop()  # the page has gone
    run_all()
    assert len(said) == 1
