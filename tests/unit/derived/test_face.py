"""A plot whose style is "spectrum" is shown as the spectra of its series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from zwsnb.derived.face import A_SERIES, MOST_SERIES, Face, face_of
from zwsnb.derived.spectrum import SHORTEST
from zwsnb.history.plots import History, Plot
from zwsnb.history.runs import Arrival
from zwsnb.protocol.derivation import MAX_SPECTRUM
from zwsnb.protocol.options import check_options


def plot_of(**options: object) -> Plot:
    plot = History().get_or_create("p")
    plot.set_options({"style": "spectrum", **options})
    return plot


def tone(plot: Plot, frequency: float, n: int = 1_000, since: float = 0.0, name: str = "y") -> None:
    """Publish a sine of amplitude 2 over 7, 1,000 points a unit of x."""
    x = since + np.arange(n) / 1_000
    plot.append(name, x, 7 + 2 * np.sin(2 * np.pi * frequency * x))


def shown(plot: Plot) -> Face:
    face = face_of(plot)
    assert isinstance(face, Face)
    for _ in face.catch_up(plot):
        pass
    return face


def peaks(plot: Plot) -> dict[str, int]:
    """Return where the highest amplitude of each series is, about."""
    return {name: round(each.last[0]) for name, each in shown(plot).series.items() if each.count}


def test_others_are_shown_as_they_are() -> None:
    plot = Plot("p")
    assert face_of(plot) is plot
    plot.set_options({"style": "spectrum"})
    face = face_of(plot)
    assert face is not plot
    assert face_of(plot) is face
    assert face_of(face) is face
    plot.set_options({"style": "area"})
    assert (face_of(plot), plot.face) == (plot, None)


def test_it_shows_the_amplitude_of_each_frequency() -> None:
    plot = plot_of(x_unit="s", y_unit="g")
    tone(plot, 50)
    face = shown(plot)
    [series] = face.series.values()
    assert (face.name, series.count, face.x_range) == ("p", 501, (0, 500))
    assert series.last == pytest.approx((50, 2))  # what a legend says of it
    assert not face.is_time
    units = [face.options[key] for key in ("x_unit", "y_unit", "x_label", "y_label", "style")]
    assert units == ["Hz", "g", "frequency", "amplitude", "line"]
    assert plot.series["y"].count == 1_000


def test_it_is_of_what_is_in_the_window() -> None:
    plot = plot_of(window="1s")
    tone(plot, 50, 5_000)
    tone(plot, 200, 1_000, since=5)
    assert peaks(plot) == {"y": 200}
    for since in (6, 6.3):  # evenly, so that there are as many in it at any time
        tone(plot, 200, 300, since)
        assert shown(plot).x_range == pytest.approx((0, 500), rel=1e-9)
    plot.set_options({"window": 0})
    assert peaks(plot) == {"y": 50}


def test_of_very_many_it_is_of_the_newest() -> None:
    plot = plot_of(window=200)
    tone(plot, 50, 100_000)
    tone(plot, 200, MAX_SPECTRUM, since=100)
    assert peaks(plot) == {"y": 200}
    assert list(shown(plot).notices(plot)) == [
        "The spectrum of 'y' is of the newest 65,536 points."
    ]
    plot.set_options({"window": 0})  # of so much nobody has spoken
    assert not list(shown(plot).notices(plot))


def test_its_series_are_those_of_the_plot() -> None:
    plot = plot_of()
    for frequency in (50, 100):
        tone(plot, frequency)
    x = np.arange(1_000) / 1_000
    plot.append("y", x, np.sin(2 * np.pi * 150 * x), Arrival("b", cell=lambda: 3))
    tone(plot, 200, name="other")
    found = peaks(plot)
    assert found == {"y": 100, "y (1)": 50, "b": 150, "other": 200}
    keys = "ident", "name", "of", "run", "number", "cell", "slot"
    for name, each in shown(plot).series.items():
        assert [getattr(each, key) for key in keys] == [
            getattr(plot.series[name], key) for key in keys
        ]
    assert shown(plot).catalog.version == plot.catalog.version


def test_what_is_done_to_the_plot_is_seen() -> None:
    plot = plot_of()
    for name in "abc":
        tone(plot, 50, name=name)
    face = shown(plot)
    plot.rename("a", "first")
    plot.remove("b")
    assert list(face_of(plot).series) == ["first", "c"]
    assert face.cleared == 501
    plot.clear()
    assert (face_of(plot), list(face.series), face.cleared) == (face, [], 3 * 501)
    tone(plot, 100, name="a")
    assert peaks(plot) == {"a": 100}


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ({"title": "T", "log": "xy"}, {"title": "T", "log": "xy"}),
        ({"y_range": (0, 1), "lines": [1]}, {"y_range": [0, 1], "lines": [{"y": 1, "text": ""}]}),
        ({"y_label": "force", "legend": "right"}, {"y_label": "force", "legend": "right"}),
        ({"panels": [["a"], ["b"]]}, {"panels": [["a"], ["b"]]}),
        (
            {"window": 5, "x_range": (0, 9), "x_label": "t", "regions": [(0, 1)], "tiles": "all"},
            {"window": None, "x_range": None, "x_label": "frequency", "regions": [], "tiles": None},
        ),
        ({"x_unit": "m", "trigger": {"level": 1}}, {"x_unit": None, "trigger": None}),
        ({"series": {"a": {"color": "red"}}}, {"series": {"a": {"color": "#ff0000"}}}),
        (
            {"series": {"a": {"band": ["b", "c"], "width": 3}, "b": {"label": "low"}}},
            {
                "series": {
                    "a": {"width": 3},
                    "b": {"label": "low", "hidden": True},
                    "c": {"hidden": True},
                }
            },
        ),
    ],
)
def test_what_is_said_of_y_holds_and_what_is_said_of_x_does_not(
    said: Mapping[str, Any], seen: Mapping[str, Any]
) -> None:
    face = face_of(plot_of(**said))
    assert {key: face.options[key] for key in seen} == seen
    assert face.options.keys() == check_options(face.options).keys() | {
        key for key, value in face.options.items() if value is None
    }


def test_what_was_a_candle_or_a_curve_is_a_line() -> None:
    plot = plot_of()
    plot.propose({"series": {"a": {"style": "candles", "xy": True, "opacity": 0.5}}})
    assert face_of(plot).options["series"] == {"a": {"opacity": 0.5}}


def test_it_has_the_origin_of_the_plot() -> None:
    plot = plot_of()
    plot.count_from(1_700_000_000)
    assert face_of(plot).origin == plot.origin == 1_700_000_000


def test_a_curve_has_none_and_it_says_so() -> None:
    plot = plot_of(xy=False)
    tone(plot, 50)
    assert peaks(plot) == {"y": 50}
    plot.set_options({"style": "line"})
    plot.set_options({"xy": True})
    plot.propose({"style": "spectrum"})
    plot.set_options({"style": "spectrum"})
    face = shown(plot)
    [series] = face.series.values()
    assert (series.count, np.isnan(face.x_range[0])) == (0, True)
    assert list(face.notices(plot)) == [
        "There is no spectrum of 'y': its points are in no order of x."
    ]


def test_what_becomes_a_curve_loses_it() -> None:
    plot = plot_of()
    tone(plot, 50)
    face = shown(plot)
    plot.series["y"].turn_xy()
    assert (shown(plot), face.count) == (face, 0)
    assert np.isnan(face.series["y"].last[0])


def test_it_says_what_is_not_as_it_seems() -> None:
    plot = plot_of(y_range=(20, 30))
    x = np.delete(np.arange(300.0), 50)
    plot.append("uneven", x, np.sin(x))
    plot.append("short", np.arange(3.0), np.zeros(3))
    plot.image.count = 1
    assert list(shown(plot).notices(plot)) == [
        "The spectrum of 'uneven' is of points that do not stand evenly in x: it is resampled.",
        'An image has no spectrum: style="line" shows it.',
        'The spectrum lies below y_range: y_range="auto" shows it.',
    ]
    plot.set_options({"y_range": (None, 30)})
    assert not any("y_range" in notice for notice in shown(plot).notices(plot))


def test_there_are_so_many_at_most() -> None:
    plot = plot_of()
    for number in range(MOST_SERIES + 1):
        tone(plot, 50, 8, name=f"s{number}")
    face = shown(plot)
    assert sum(1 for each in face.series.values() if each.count) == MOST_SERIES
    assert list(face.notices(plot)) == ["Spectra are shown of the first 100 series."]


def test_only_what_has_changed_is_made_again() -> None:
    plot = plot_of()
    for name in "ab":
        tone(plot, 50, name=name)
    face = shown(plot)
    rewrites = [each.rewrites.count for each in face.series.values()]
    tone(plot, 50, 10, since=1, name="a")
    shown(plot)
    again = [each.rewrites.count for each in face.series.values()]
    assert again == [rewrites[0] + 1, rewrites[1]]
    version = face.version
    shown(plot)
    assert face.version == version


def test_a_turn_is_so_many_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zwsnb.derived.face.A_TURN", A_SERIES + 1_500)
    plot = plot_of()
    for name in "abcde":
        tone(plot, 50, name=name)
    face = face_of(plot)
    assert isinstance(face, Face)
    assert (face.is_behind, face.interval) == (True, SHORTEST)
    assert sum(1 for _ in face.catch_up(plot)) == 1
    assert not face.is_behind
    assert all(each.count for each in face.series.values())


@pytest.mark.parametrize(
    ("series", "points", "interval"),
    [(1, 100, SHORTEST), (1, 65_536, 0.5), (8, 4_096, 1 / 32), (16, 65_536, 1.0)],
)
def test_the_longer_they_are_the_rarer_they_are_made(
    series: int, points: int, interval: float
) -> None:
    plot = plot_of()
    for number in range(series):
        tone(plot, 50, points, name=f"s{number}")
    assert shown(plot).interval == interval


def test_what_it_takes_is_what_its_series_do() -> None:
    plot = plot_of()
    tone(plot, 50)
    face = shown(plot)
    assert face.nbytes == sum(its.nbytes for its in face.series.values()) > 0
    plot.clear()
    assert shown(plot).nbytes == 0


def test_a_long_one_is_made_in_slices_and_what_is_soon_made_is_there_at_once() -> None:
    plot = plot_of()
    tone(plot, 50, 65_536)
    face = face_of(plot)
    assert isinstance(face, Face)
    assert face.count == 0
    assert sum(1 for _ in face.catch_up(plot)) == 3
    assert face.count == 32_769
    short = plot_of()
    tone(short, 50, 4_096)
    assert face_of(short).count == 2_049


def test_a_series_that_goes_between_slices_leaves_nothing() -> None:
    plot = plot_of()
    tone(plot, 50, 65_536)
    face = face_of(plot)
    assert isinstance(face, Face)
    steps = face.turn(plot)
    next(steps)
    plot.remove("y")
    face.mirror(plot)
    assert list(steps)
    assert (face.series, face.count) == ({}, 0)
    assert not face.is_old(plot)
