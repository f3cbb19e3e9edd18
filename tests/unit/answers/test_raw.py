"""Points as bytes."""

from __future__ import annotations

import numpy as np

from zwsnb.answers.raw import RAW_ROWS, raw_points
from zwsnb.history.plots import Plot
from zwsnb.history.queries import Passage
from zwsnb.history.runs import Arrival
from zwsnb.history.series import Series


def test_a_point_is_its_x_from_elsewhere_and_its_y() -> None:
    series = Series(0, "y")
    series.append(np.array([1.0, 2.0]), np.array([5.0, np.nan]))
    assert np.frombuffer(b"".join(raw_points(Passage(series), 100)), "<f8").tolist()[:3] == [
        101.0,
        5.0,
        102.0,
    ]


def test_of_a_scatter_color_and_size_come_where_they_are_asked_for() -> None:
    plot = Plot("p")
    marks = np.array([[7.0, np.nan], [1.0, 2.0]])
    plot.append("y", np.arange(2.0), np.arange(2.0), Arrival(marks=marks))
    way = Passage(plot.series["y"])
    points = np.frombuffer(b"".join(raw_points(way, 0, 4)), "<f8").reshape(-1, 4)
    assert np.array_equal(points[:, 2:], marks.T, equal_nan=True)
    plain = b"".join(raw_points(Passage(plot.series["y"]), 0, 2))
    assert np.frombuffer(plain, "<f8").tolist() == [0, 0, 1, 1]
    ordered = Series(0, "z")
    ordered.append(np.arange(1.0), np.arange(1.0))
    four = np.frombuffer(b"".join(raw_points(Passage(ordered), 0, 4)), "<f8")
    assert np.isnan(four[2:]).all()


def test_late_points_and_blocks_that_leave_move_nothing_while_it_is_sent() -> None:
    series = Series(0, "y")
    x = np.arange(200_000.0)
    series.append(x, x)
    sent = raw_points(Passage(series), 0)
    got = [next(sent)]
    assert len(got[0]) == 16 * RAW_ROWS
    series.append(np.array([100_000.5]), np.zeros(1))
    assert series.evict()
    start = series.points.start
    got += sent
    xs = np.frombuffer(b"".join(got), "<f8").reshape(-1, 2)[:, 0]
    rest = np.sort([*x[start:], 100_000.5])
    assert np.array_equal(xs, [*x[:RAW_ROWS], *rest])
