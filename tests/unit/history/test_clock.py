"""Whether x are times: as the user says, as the points say, as they look."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zwsnb.history.clock import options_since
from zwsnb.history.plots import Plot

NOW = 1_795_811_940.0


def plot_of(*x: float, **options: Any) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    plot.append("y", np.array(x), np.zeros(len(x)))
    return plot


@pytest.mark.parametrize(
    ("x", "options", "is_time", "is_guess"),
    [
        ([NOW], {}, True, True),
        ([NOW, NOW + 9], {"time": "auto", "title": "t"}, True, True),
        ([NOW], {"time": False}, False, False),
        ([NOW], {"time": True}, True, False),
        ([NOW], {"time": "s"}, True, False),
        ([5.0], {"time": "ms"}, True, False),
        ([5.0], {}, False, False),
        ([], {}, False, False),
        ([1e9, 6e9], {}, False, False),
        ([NOW * 1000], {}, False, False),
        # A unit says what x is, and times have no logarithm.
        ([2.4e9], {"x_unit": "Hz"}, False, False),
        ([2.4e9], {"log": "xy"}, False, False),
        ([2.4e9], {"log": "y"}, True, True),
    ],
)
def test_numbers_that_look_like_seconds_are_times_unless_somebody_says_what_they_are(
    x: list[float], options: dict[str, Any], is_time: bool, is_guess: bool
) -> None:
    plot = plot_of(*x, **options)
    assert (plot.is_time, plot.clock.is_guess) == (is_time, is_guess)
    assert plot.shown_options == {**plot.options, "time": is_time}


def test_the_first_points_decide() -> None:
    plot = plot_of(5.0)
    plot.append("y", np.array([NOW]), np.zeros(1))
    assert not plot.is_time
    plot = plot_of(NOW)
    plot.append("y", np.array([5.0]), np.zeros(1))
    assert plot.is_time


def test_a_word_undoes_a_guess_afterwards_too_and_another_takes_it_back() -> None:
    plot = plot_of(NOW)
    versions = [plot.options_version]
    for said, is_time in ((False, False), ("auto", True), (True, True), (False, False)):
        plot.set_options({"time": said})
        assert plot.is_time is is_time
        versions.append(plot.options_version)
    assert versions == sorted(set(versions))
    plot.clear()
    plot.append("y", np.array([NOW]), np.zeros(1))
    assert not plot.is_time


def test_a_cleared_plot_guesses_anew() -> None:
    plot = plot_of(NOW)
    before = plot.options_version
    plot.clear()
    assert (plot.is_time, plot.options_version) == (False, before + 1)
    plot.append("y", np.array([5.0]), np.zeros(1))
    assert not plot.is_time
    plot.clear()
    plot.append("y", np.array([NOW]), np.zeros(1))
    assert plot.is_time


@pytest.mark.parametrize("said", [None, False, True])
def test_times_that_the_points_bring_are_times_until_they_are_cleared(said: bool | None) -> None:
    plot = plot_of(time=said)
    plot.bring_times()
    plot.append("y", np.array([5.0]), np.zeros(1))
    assert (plot.is_time, plot.clock.is_guess) == (True, False)
    plot.clear()
    assert plot.is_time is bool(said)


def test_the_unit_of_points_that_are_held_stays() -> None:
    plot = plot_of(5.0, time="ms")
    for said in (True, "us", False, "auto"):
        with pytest.raises(ValueError, match="plot 'p' holds points whose x came in another unit"):
            plot.set_options({"time": said})
    plot.set_options({"time": "ms"})
    plot.clear()
    plot.set_options({"time": "us"})
    plot.bring_times()
    plot.append("y", np.array([5.0]), np.zeros(1))
    plot.set_options({"time": "ms"})


@pytest.mark.parametrize(
    ("x_range", "counted"),
    [(None, None), ([100.0, None], [90.0, None]), ([10.0, 30.0], [0.0, 20.0])],
)
def test_options_that_are_x_are_counted_from_where_times_are(x_range: Any, counted: Any) -> None:
    regions = [{"from": 10.0, "to": 20.0, "text": "r"}]
    assert options_since(10, {"regions": regions, "x_range": x_range}) == {
        "regions": [{"from": 0.0, "to": 10.0, "text": "r"}],
        "x_range": counted,
    }
