"""`p.scatter`: what it sends, and what it refuses."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from support.logged import Logged

from zwsnb import Plot
from zwsnb.protocol.batch import Points


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    return Logged(monkeypatch)


def points(logged: Logged) -> list[Points]:
    bodies = [batch.body for batch in logged.take()]
    return [body for body in bodies if isinstance(body, Points)]


def the_points(logged: Logged) -> Points:
    (found,) = points(logged)
    return found


def marks(found: Points) -> list[list[float | None]]:
    assert found.marks is not None
    return [[None if math.isnan(v) else v for v in row] for row in found.marks.tolist()]


def test_points_have_a_color_and_a_size(logged: Logged) -> None:
    Plot("p").scatter([1, 2], (3, 4), color=np.array([5, 6]), size=[7.5, None], series="s")
    found = the_points(logged)
    assert (found.plot, found.series, found.run) == ("p", "s", "")
    assert (found.x.tolist(), found.y.tolist()) == ([1, 2], [3, 4])
    assert marks(found) == [[5, 6], [7.5, None]]
    assert found.published > 0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [[None, None], [None, None]]),
        ({"color": 3}, [[3, 3], [None, None]]),
        ({"size": 0}, [[None, None], [0, 0]]),
        ({"color": [math.inf, math.nan]}, [[None, None], [None, None]]),
    ],
)
def test_either_may_be_left_out_or_one_for_all(
    logged: Logged, said: dict[str, Any], expected: list[list[float | None]]
) -> None:
    Plot("p").scatter([1, 2], [3, 4], **said)
    assert marks(the_points(logged)) == expected


def test_points_come_one_by_one_and_are_joined(logged: Logged) -> None:
    plot = Plot("p")
    for i in range(3):
        plot.scatter(i, i * i, color=10 * i)
    found = the_points(logged)
    assert found.y.tolist() == [0, 1, 4]
    assert marks(found)[0] == [0, 10, 20]
    assert logged.publisher.stats()["accepted"] == 3


def test_they_come_in_order_with_what_is_published(logged: Logged) -> None:
    plot = Plot("p")
    plot.publish(1, 1)
    plot.scatter(2, 2, color=5)
    plot.publish(3, 3)
    found = points(logged)
    assert [each.x.tolist() for each in found] == [[1], [2], [3]]
    assert [each.marks is None for each in found] == [True, False, True]


def test_x_may_be_a_time_and_a_run_is_kept(logged: Logged) -> None:
    plot = Plot("p")
    with plot.run("a"):
        plot.scatter(datetime(2026, 1, 1, tzinfo=UTC), 1, size=2)
    found = the_points(logged)
    assert found.is_time
    assert found.run == "a"


def test_many_are_cut_with_their_marks(logged: Logged) -> None:
    n = 200_000
    Plot("p").scatter(np.arange(n), np.zeros(n), color=np.arange(n))
    parts = points(logged)
    for _ in range(9):
        parts += points(logged)
    assert len(parts) > 1
    for part in parts:
        assert part.marks is not None
        np.testing.assert_array_equal(part.marks[0], part.x)


@pytest.mark.parametrize(
    ("said", "error", "match"),
    [
        ({"color": [1]}, ValueError, "x has 2 values, color has 1"),
        ({"size": [1, 2, 3]}, ValueError, "x has 2 values, size has 3"),
        ({"size": [1, -2]}, ValueError, "size is -2"),
        ({"color": ["red", "blue"]}, TypeError, "color"),
        ({"color": [datetime(2026, 1, 1, tzinfo=UTC)] * 2}, TypeError, "times"),
        ({"series": ""}, ValueError, "series"),
    ],
)
def test_what_is_none_is_refused(
    logged: Logged, said: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        Plot("p").scatter([1, 2], [3, 4], **said)
    assert points(logged) == []


def test_what_is_no_sequence_will_do(logged: Logged) -> None:
    Plot("p").scatter((i for i in range(2)), (i + 5 for i in range(2)), color=3)
    found = the_points(logged)
    assert (found.x.tolist(), found.y.tolist()) == ([0, 1], [5, 6])


@pytest.mark.parametrize(
    ("x", "y", "error", "match"),
    [
        ([1], {"a": [1]}, TypeError, "scatter shows one series"),
        (1, [1, 2], ValueError, "x is one value, y is a list"),
        ([1, 2], 3, ValueError, "x has 2 values, y is only one"),
    ],
)
def test_an_error_names_what_is_wrong(
    logged: Logged, x: Any, y: Any, error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        Plot("p").scatter(x, y)
    assert points(logged) == []


def test_y_that_are_not_as_many_are_refused(logged: Logged) -> None:
    with pytest.raises(ValueError, match="x has 2 values, y has 3"):
        Plot("p").scatter([1, 2], [3, 4, 5])
    assert points(logged) == []
