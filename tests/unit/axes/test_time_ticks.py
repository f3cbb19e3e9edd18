"""Ticks of time axes: the page's, at round local times, and the date once."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from support.rules import check_golden, set_zone
from support.snapshots import check_labels_apart

from zwsnb.axes.scales import widened
from zwsnb.axes.ticks import Ticks, labelled_ticks
from zwsnb.axes.time_ticks import time_ticks
from zwsnb.history.plots import Plot
from zwsnb.snapshot.render import render_svg


def labels(ticks: Ticks) -> list[str]:
    return [tick.label for tick in ticks.list]


@pytest.fixture
def berlin() -> Iterator[None]:
    """The time zone of the process is that of Berlin."""
    before = os.environ.get("TZ")
    set_zone("Europe/Berlin")
    yield
    set_zone(before)


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("rule", ["time_ticks"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("begin", "seconds", "some", "context"),
    [
        ((2026, 10, 2, 12), 30, ["12:00:00", "12:00:05"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 3600, ["12:00", "12:10"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 22), 4 * 3600, ["23:30", "3 Oct", "00:30"], "Fri 2 Oct 2026"),
        ((2026, 10, 2), 172_800, ["2 Oct", "12:00", "3 Oct", "12:00", "4 Oct"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 0.5, ["12:00:00.0", "12:00:00.1"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 20e-6, ["12:00:00.000005", "12:00:00.000010"], "Fri 2 Oct 2026"),
        ((2026, 10, 2), 40 * 86_400, ["5 Oct", "12 Oct"], "2026"),
        ((2026, 2, 1), 200 * 86_400, ["Feb", "Mar", "Aug"], "2026"),
        ((2026, 8, 1), 300 * 86_400, ["Aug", "Dec", "2027", "Feb"], ""),
        ((1999, 6, 1), 31 * 365 * 86_400, ["2000", "2005", "2030"], ""),
        ((2026, 3, 29), 12 * 3600, ["29 Mar", "03:00", "04:00", "12:00"], "Sun 29 Mar 2026"),
        ((2026, 10, 25), 12 * 3600, ["25 Oct", "02:00", "04:00"], "Sun 25 Oct 2026"),
    ],
)
def test_times_are_round_in_local_time_and_say_their_date_once(
    begin: tuple[int, ...], seconds: float, some: list[str], context: str
) -> None:
    first = datetime(*begin).timestamp()  # type: ignore[arg-type]  # noqa: DTZ001 - local time
    found = time_ticks(first, first + seconds, 800)
    said = labels(found)
    assert [label for label in said if label in some] == some
    assert all(a.position < b.position for a, b in itertools.pairwise(found.list))
    assert found.context == context


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(("tz", "zone"), [("Asia/Tokyo", " · Asia/Tokyo"), ("", ""), (None, "")])
def test_a_snapshot_shows_the_zone_that_the_plot_says(tz: str | None, zone: str) -> None:
    plot = Plot("p")
    plot.set_options({"time": True, "tz": tz})
    noon = datetime(2026, 10, 2, 12, tzinfo=UTC).timestamp()
    plot.append("y", np.array([noon, noon + 1800]), np.zeros(2))
    picture = render_svg(plot)
    assert f">Fri 2 Oct 2026{zone}</text>" in picture
    assert (">21:10</text>" if zone else ">14:10</text>") in picture


@pytest.mark.parametrize("low", [-1e14, -4e10, 1e14, 1e300])
def test_times_that_the_calendar_has_not_are_numbers(low: float) -> None:
    found = time_ticks(low, low + abs(low), 800)
    assert found.context == ""
    assert found == labelled_ticks(low, low + abs(low), 800)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.floats(-3e10, 2.5e11), st.floats(-5, 12), st.integers(240, 3840))
def test_labels_never_touch(begin: float, exponent: float, pixels: int) -> None:
    low, high = widened(begin, begin + 10**exponent)
    check_labels_apart(time_ticks(low, high, pixels), low, high, pixels)
