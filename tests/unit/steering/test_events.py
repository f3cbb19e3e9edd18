"""What functions of a user are called with."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from zwsnb.events.happened import Happened
from zwsnb.events.watch import Kind
from zwsnb.steering.events import Alert, Click, alert_of, click_of, selection_of, x_of

NOON = 1_700_049_600


def told(kind: Kind, since: int | None, **members: Any) -> Happened:
    return Happened("p", "name", kind, 1, since, members)


@pytest.mark.parametrize(
    ("seconds", "since", "x"),
    [
        (2.5, None, 2.5),
        (2.5, NOON, datetime(2023, 11, 15, 12, 0, 2, 500_000, tzinfo=UTC)),
        (-0.25, NOON, datetime(2023, 11, 15, 11, 59, 59, 750_000, tzinfo=UTC)),
        (0.1 + NOON, 0, datetime(2023, 11, 15, 12, 0, 0, 100_000, tzinfo=UTC)),
    ],
)
def test_a_time_is_a_datetime_to_the_microsecond(seconds: float, since: Any, x: Any) -> None:
    assert x_of(seconds, since) == x


def test_an_x_that_no_calendar_has_is_a_number() -> None:
    assert x_of(1.7645e12, 100) == 1.7645e12 + 100
    assert x_of(-1e300, 0) == -1e300


def test_a_selection_has_the_figures_of_each_series() -> None:
    none = {"count": 0, "gaps": 2, "mean": None, "min": None, "max": None, "sd": None}
    series = {"loss": none | {"complete": True}}
    selection = selection_of(told("select", None, **{"from": 1.0, "to": 2.0}, series=series))
    assert (selection.plot, selection.start, selection.end) == ("p", 1, 2)
    its = selection.series["loss"]
    assert (its.count, its.gaps, its.complete, math.isnan(its.mean)) == (0, 2, True, True)


def test_a_click_has_the_point_that_is_near() -> None:
    assert click_of(told("click", None, x=1.0, y=2.0, series=None, point=None)) == Click(
        "p", 1.0, 2.0, None, None
    )
    click = click_of(told("click", NOON, x=1.0, y=2.0, series="y", point=[0.0, None]))
    assert click.point is not None
    assert click.point[0] == datetime(2023, 11, 15, 12, tzinfo=UTC)
    assert math.isnan(click.point[1])


def test_an_alert_says_what_has_crossed() -> None:
    its = told("cross", None, series="loss", run="a", x=3.0, y=2.5, skipped=4)
    assert alert_of(its) == Alert("p", "name", "loss", "a", 3.0, 2.5, 4)
