"""`Plot.derive`, in this process and with the relay in another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.eventually import eventually

import zwsnb
from zwsnb import Plot, api

pytestmark = pytest.mark.usefixtures("own_session")


@pytest.mark.parametrize("process", [False, True])
def test_a_series_is_derived_where_the_relay_is(process: bool) -> None:
    zwsnb.start(process=process)
    plot = Plot("p")
    assert plot.derive("integral(a)") == "integral(a)"
    assert plot.derive("a / b", name="share") == "share"
    plot.publish([0, 1, 2], a=[2, 2, 2], b=[4, 4, 1])
    assert plot.derived == {"integral(a)": "integral(a)", "share": "a / b"}
    np.testing.assert_array_equal(plot.to_numpy("integral(a)"), [[0, 0], [1, 2], [2, 4]])
    np.testing.assert_array_equal(plot.to_numpy("share")[:, 1], [0.5, 0.5, 2])
    plot.remove("share")
    eventually(lambda: list(plot.stats()["series"]) == ["a", "b", "integral(a)"])
    with pytest.raises(KeyError, match="has no series 'share'"):
        plot.remove("share")


def test_what_waits_for_its_source_can_be_removed() -> None:
    plot = Plot("p")
    plot.derive("a + 1")
    plot.publish([0], b=[1])
    assert api.service().stats()["plots"]["p"]["derived"] == {"a + 1": "a + 1"}
    plot.remove("a + 1")
    assert plot.derived == {}


def test_a_mistake_is_raised_at_the_call() -> None:
    with pytest.raises(ValueError, match=r"did you mean ema\?"):
        Plot("p").derive("emma(loss, .9)")


@pytest.mark.parametrize("process", [False, True])
def test_what_the_relay_would_refuse_is_raised_at_the_call(process: bool) -> None:
    zwsnb.start(process=process)
    plot = Plot("p")
    plot.publish([0], a=[1], b=[2])
    with pytest.raises(ValueError, match="plot 'p' has a series 'b' already"):
        plot.derive("a + 1", name="b")
    with pytest.raises(ValueError, match="a series cannot be derived from itself: 'q' from 'q'"):
        plot.derive("q + 1", name="q")
    plot.derive("a + 1", name="c")
    plot.derive("c + 1", name="d")
    with pytest.raises(ValueError, match="a series cannot be derived from itself"):
        plot.derive("d + 1", name="c")
    assert plot.derive("a + 1", name="c") == "c", "the same again changes nothing"
    assert plot.derived == {"c": "a + 1", "d": "c + 1"}
    assert "refused" not in plot.stats()["counts"]


def test_what_is_derived_is_not_published() -> None:
    plot = Plot("p")
    plot.derive("a + 1", name="more")
    plot.publish([0], more=[1])
    assert plot.stats()["counts"]["refused"] == {"derived": 1}


def test_very_many_points_are_derived_between_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zwsnb.derived.derivations.A_TURN", 1_000)
    plot = Plot("p")
    plot.publish(np.arange(50_000), np.ones(50_000), series="a")
    plot.derive("integral(a)")
    series = plot.stats()["series"]
    while len(series) < 2 or series["integral(a)"]["points"] < 50_000:
        series = plot.stats()["series"]
    assert series["integral(a)"]["last"] == [49_999, 49_999]


def test_a_spectrum_moves_with_its_series() -> None:
    plot = Plot("p", x_unit="s")
    shown = plot.spectrum("a", 500)
    assert shown.name == "p spectrum"
    x = np.arange(1_000) / 500
    plot.publish(x, 3 * np.sin(2 * np.pi * 50 * x), series="a")
    eventually(lambda: "a" in shown.stats()["series"])
    assert shown.to_numpy("a")[50] == pytest.approx([50, 3])
    plot.publish(x + 2, np.sin(2 * np.pi * 60 * x), series="a")
    eventually(lambda: shown.to_numpy("a")[60, 1] > 0.99)
    shown.remove("a")
    assert shown.stats()["series"] == {}


@pytest.mark.parametrize("points", [3, 1 << 20, 2.5])
def test_a_spectrum_is_not_of_any_number_of_points(points: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="points is"):
        Plot("p").spectrum("a", points)


def test_a_spectrum_needs_a_plot_of_its_own() -> None:
    with pytest.raises(ValueError, match="a spectrum is shown in a plot of its own"):
        Plot("p").spectrum("y", plot="p")


@pytest.mark.parametrize("process", [False, True])
def test_a_level_is_watched_of_what_is_derived(process: bool) -> None:
    zwsnb.start(process=process)
    plot = Plot("p")
    name = plot.derive("a + a")
    plot.on_cross(name, above=5, again=0)
    for i, y in enumerate((1, 2, 3, 1)):
        plot.publish(i, a=y)
    eventually(lambda: [(its.x, its.y) for its in plot.alerts()] == [(2, 6)])
