"""A plot as its saved page has it: what it is told, and vertices within so many bytes."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from support.snapshots import plot_of, plot_with

from zwsnb.history.pixel_grid import Grid
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Column, Rows
from zwsnb.saved import contents as module
from zwsnb.saved.contents import MOST_BYTES, Contents, contents_of, shared
from zwsnb.saved.packing import unpack

NOW = 1_795_811_940.0
RNG = np.random.default_rng(11)


def contents(plot: Plot, most_bytes: int = MOST_BYTES) -> Contents:
    *steps, found = contents_of(plot, NOW, most_bytes)
    assert set(steps) <= {None}
    assert found is not None
    json.dumps(found.head, allow_nan=False)
    return found


def columns(found: Contents) -> list[tuple[Column, Column]]:
    """The x and y of each series."""
    lengths = [held["vertices"] for held in found.head["held"] for _ in range(2)]
    all_ = list(unpack(found.vertices, lengths))
    return list(zip(all_[::2], all_[1::2], strict=True))


def message(found: Contents, kind: str) -> dict[str, Any]:
    (its,) = [each for each in found.head["messages"] if each["type"] == kind]
    return dict(its)


def test_few_points_are_all_there() -> None:
    found = contents(plot_with({}, a=[1.0, math.nan, 3.0], b=([5.0, 6.0], [7.0, 8.0])))
    np.testing.assert_array_equal(columns(found)[0], ([0, 1, 2], [1, math.nan, 3]))
    np.testing.assert_array_equal(columns(found)[1], ([5, 6], [7, 8]))
    first, second = found.head["held"]
    assert (first["points"], first["exact"], first["xy"]) == (3, 0, False)
    assert (second["last"], second["x_range"]) == ([6.0, 8.0], [5.0, 6.0])
    assert (found.head["x_range"], found.head["points"]) == ([0.0, 6.0], 5)


def test_it_is_told_what_a_page_is_told() -> None:
    plot = plot_of((0, 1), title="Run", panels=[["y"]], regions=[(0, 1, "warm")])
    plot.mark(0.5, "half")
    found = contents(plot)
    hello = message(found, "hello")
    assert hello["options"]["title"] == "Run"
    assert hello["options"]["regions"] == [{"from": 0.0, "to": 1.0, "text": "warm"}]
    assert hello["edits"] is False
    assert [each["name"] for each in message(found, "series")["series"]] == ["y"]
    assert message(found, "marks")["marks"] == [{"x": 0.5, "text": "half"}]
    assert found.head["saved"] == NOW


def test_of_a_triggered_plot_it_has_the_sweeps_that_are_seen() -> None:
    plot = Plot("scope")
    plot.set_options({"window": 10.0, "trigger": {"level": 0.5, "pre": 0.2, "persist": 1}})
    x = np.arange(1.0, 70.0)
    y = np.where(x % 20 < 10, 1.0, 0.0)
    plot.append("y", x, y)
    plot.trigger.look([(plot.series["y"], 0, len(x))], x, y)
    found = contents(plot)
    assert found.head["window"] == 10
    assert [(its["number"], its["x"], its["from"]) for its in found.head["sweeps"]] == [
        (2, 39.5, 37.5),
        (3, 59.5, 57.5),
    ]
    assert contents(plot_of((0, 1))).head["sweeps"] == []


def test_nothing_in_it_opens_the_relay() -> None:
    assert not {"editor", "token", "ticket"} & set(message(contents(plot_of((0, 1))), "hello"))


def test_a_plot_without_points() -> None:
    found = contents(Plot("p"))
    assert (found.head["held"], found.head["x_range"]) == ([], [None, None])


def test_a_gap_at_the_end_is_null() -> None:
    assert contents(plot_of((0, 1), (1, math.nan))).head["held"][0]["last"] == [1.0, None]


def test_it_fits_and_who_needs_little_has_all() -> None:
    plot = plot_with({}, long=RNG.standard_normal(60_000), short=np.arange(100.0))
    found = contents(plot, 60_000)
    long, short = found.head["held"]
    assert 30_000 < len(found.vertices) <= 60_000
    assert 3_000 < long["vertices"] < 8_000
    assert long["exact"] > 0
    assert (short["vertices"], short["exact"]) == (100, 0)


def test_every_extreme_is_in_it() -> None:
    y = RNG.standard_normal(80_000)
    y[12_345], y[54_321] = 40.0, -40.0
    _, kept = columns(contents(plot_with({}, y=y), 30_000))[0]
    assert (kept.max(), kept.min()) == (40.0, -40.0)


def test_curves_and_logarithmic_axes_fit_as_well() -> None:
    angle = np.linspace(0, 50, 50_000)
    round_ = plot_with({"xy": True}, y=(np.cos(angle) * angle, np.sin(angle) * angle))
    curve = contents(round_, 100_000)
    assert curve.head["held"][0]["xy"]
    assert len(curve.vertices) <= 100_000
    growing = plot_with({"log": "x"}, y=(np.geomspace(1, 1e6, 30_000), RNG.random(30_000)))
    log = contents(growing, 40_000)
    assert log.head["log"]
    assert len(log.vertices) <= 40_000


def test_of_very_many_series_each_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_VERTICES", 2_000)
    plot = plot_with({}, **{f"s{i}": RNG.standard_normal(50) for i in range(100)})
    found = contents(plot, 1)
    assert min(held["vertices"] for held in found.head["held"]) >= 8


def test_behind_the_vertices_of_a_series_come_its_candles() -> None:
    plot = plot_with({"style": "candles"}, y=RNG.standard_normal(5_000))
    found = contents(plot)
    (its,) = found.head["held"]
    lengths = [its["vertices"], *(level["vertices"] for level in its["candles"])]
    parts = list(unpack(found.vertices, [n for n in lengths for _ in range(2)]))
    widest = parts[-1].reshape(-1, 4)
    assert widest[:, 1].max() == parts[1].max()


@given(st.lists(st.integers(1, 5_000), min_size=1), st.integers(1, 100_000))
def test_shares_are_fair(counts: list[int], most: int) -> None:
    shares = shared(counts, most)
    assert sum(shares) <= max(most, 16 * len(counts))
    assert all(share <= max(count, 16) for share, count in zip(shares, counts, strict=True))
    cut = {share for share, count in zip(shares, counts, strict=True) if share < count}
    assert not cut or max(shares) - min(cut) <= 1, "who has less than it needs has no less"


@pytest.mark.slow
def test_ten_million_points_fit_in_three_megabytes() -> None:
    plot = Plot("p")
    for part in range(100):
        x = np.arange(100_000.0) + 100_000 * part
        plot.append("y", x, RNG.standard_normal(100_000))
    found = contents(plot)
    page = 320_000  # bytes of the page itself
    assert len(found.vertices) * 4 / 3 + page < 3_000_000
    assert found.head["held"][0]["vertices"] > 100_000


def test_of_points_that_have_left_each_series_is_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[int] = []

    def gather(self: Series, lo: int, hi: int, grid: Grid) -> Rows:
        gathered.append(self.ident)
        return whole(self, lo, hi, grid)

    plot = plot_with({}, **{name: np.arange(300_000.0) for name in "abc"})
    for series in plot.series.values():
        assert series.evict()
    whole = Series.gather
    monkeypatch.setattr(Series, "gather", gather)
    steps = contents_of(plot, NOW)
    for count in (1, 2, 3):
        assert next(steps) is None
        assert len(gathered) == count
        plot.append("a", np.array([1e6 + count]), np.array([0.0]))
    *_, found = steps
    assert found is not None
    assert columns(found)[0][0].max() < 1e6, "what has come meanwhile is not in it"
