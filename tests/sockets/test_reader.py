"""What comes out of a plot: all that was published, with its runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import zwsnb
from zwsnb import Plot, api
from zwsnb.plot.run import RunInfo

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("own_session")


def test_a_plot_as_a_table() -> None:
    plot = Plot("p")
    plot.publish([1, 2, 2], [5, 6, 7], series="a")
    plot.publish([2, 3], [8, 9], series="b")
    frame = plot.to_pandas()
    assert frame.index.tolist() == [1, 2, 2, 3]
    np.testing.assert_array_equal(frame["a"], [5, 6, 7, np.nan])
    np.testing.assert_array_equal(frame["b"], [np.nan, 8, np.nan, 9])


def test_a_table_of_times_is_exact_to_the_microsecond() -> None:
    plot = Plot("p")
    time = NOON.replace(microsecond=123_457)
    plot.publish(time, 1)
    assert plot.to_pandas().index[0].to_pydatetime() == time


EVERY_YEAR = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1582, 10, 10, tzinfo=UTC),
    datetime(1850, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC),
    datetime(2150, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
]


FIRST = 1_795_867_200_123_456_789


@pytest.mark.parametrize("process", [False, True])
def test_nanoseconds_come_out_as_they_went_in(process: bool) -> None:
    zwsnb.start(process=process)
    times = [FIRST, FIRST + 1, FIRST + 3, FIRST + 10**9]
    array, one_by_one, numbers = Plot("array"), Plot("one by one"), Plot("numbers", time="ns")
    array.publish(np.array(times, "M8[ns]"), range(4))
    numbers.publish(times, range(4))
    for i, time in enumerate(times):
        one_by_one.publish(pd.Timestamp(time), i)
        numbers.publish(time, i, series="single")
    assert zwsnb.flush()
    for plot in (array, one_by_one, numbers):
        for frame in (plot.to_pandas()["y"].index, plot.to_pandas(long=True)["x"][:4]):
            assert pd.DatetimeIndex(frame).astype(np.int64).tolist() == times
        assert plot.to_numpy()[:, 0].tolist() == [time / 1e9 for time in times]
        assert "refused" not in plot.stats()["counts"]
    assert numbers.to_pandas()["single"].index.astype(np.int64).tolist() == times
    assert numbers.stats()["points"] == 8


def test_times_of_every_year_come_out_as_they_went_in() -> None:
    plot = Plot("p")
    for time in EVERY_YEAR:
        plot.publish(time, 1)
    plot.publish(datetime.max.replace(tzinfo=UTC), 1)
    *found, last = plot.to_pandas().index
    assert [time.isoformat() for time in found] == [time.isoformat() for time in EVERY_YEAR]
    assert last.year == 9999
    for year in ("0000", "10000"):
        with pytest.raises(ValueError, match=f"x is a time in the year {int(year)}; a time is of"):
            plot.publish(np.datetime64(f"{year}-07-01"), 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda plot: plot.to_numpy("none"), r"plot 'p' has no series 'none'; it has 'a'"),
        (lambda _: Plot("q").to_numpy(), r"plot 'q' has no series 'y'; it has none"),
    ],
)
def test_a_series_that_is_not_there_is_told_so(call: Any, sentence: str) -> None:
    plot = Plot("p")
    plot.publish(1, 1, series="a")
    with pytest.raises(KeyError, match=sentence):
        call(plot)


def test_runs_are_listed_and_come_out() -> None:
    plot = Plot("p")
    for value in (1, 2):
        plot.publish(range(5), [value] * 5)
    with plot.run("lr=0.01"):
        plot.publish(0, train=7, val=8)
    plot.publish(9, 3, run="lr=0.01")
    assert sorted(plot.runs()) == [
        RunInfo("lr=0.01", "y", "lr=0.01", 0, None, 1),
        RunInfo("train \u00b7 lr=0.01", "train", "lr=0.01", 0, None, 1),
        RunInfo("val \u00b7 lr=0.01", "val", "lr=0.01", 0, None, 1),
        RunInfo("y", "y", "", 0, None, 5),
        RunInfo("y (1)", "y", "", 1, None, 5),
    ]
    assert plot.to_numpy()[:, 1].tolist() == [2] * 5
    assert plot.to_numpy("y (1)")[:, 1].tolist() == [1] * 5
    assert plot.to_numpy("val", run="lr=0.01").tolist() == [[0, 8]]
    assert plot.to_numpy(run="lr=0.01").tolist() == [[9, 3]]
    with pytest.raises(KeyError, match="has no 'y' of a run 'lr=1'; it has 'y', "):
        plot.to_numpy(run="lr=1")
    frame = plot.to_pandas(long=True)
    assert len(frame) == 13
    assert frame[frame["number"] == 1]["y"].tolist() == [1] * 5
    assert plot.stats()["points"] == 13


def test_runs_are_renamed_and_removed_and_series_cleared() -> None:
    plot = Plot("p")
    for _ in range(3):
        plot.publish(range(5), loss=range(5), acc=range(5))
    plot.rename("loss (1)", "warm-up")
    plot.remove("loss (2)")
    plot.clear("acc")
    assert list(plot.stats()["series"]) == ["loss", "warm-up"]
    assert plot.stats()["points"] == 30
    plot.publish(range(5), acc=range(5))
    assert list(plot.stats()["series"]) == ["loss", "warm-up", "acc"]


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda plot: plot.remove("b"), KeyError, "plot 'p' has no series 'b'; it has 'a', 'c'"),
        (lambda plot: plot.rename("b", "d"), KeyError, "plot 'p' has no series 'b'"),
        (lambda plot: plot.rename("a", "c"), ValueError, "plot 'p' has a series 'c' already"),
        (lambda plot: plot.rename("a", ""), ValueError, "to is empty"),
        (lambda plot: plot.run(""), ValueError, "run is empty"),
        (lambda plot: plot.run(3), TypeError, "run is a whole number"),
        (lambda plot: plot.publish(1, 1, run=""), ValueError, "run is empty"),
    ],
)
def test_what_cannot_be_done_is_told(call: Any, error: type[Exception], sentence: str) -> None:
    plot = Plot("p")
    plot.publish(1, a=1, c=1)
    with pytest.raises(error, match=sentence):
        call(plot)


@pytest.mark.parametrize("process", [False, True])
def test_a_plot_is_saved_as_it_is_now(process: bool, tmp_path: Path) -> None:
    zwsnb.start(process=process)
    plot = Plot("p", title="Motor")
    plot.publish([1, 2], {"a": [3, 4]})
    path = plot.save(tmp_path / "a.csv")
    assert path.read_text().split() == ["series,x,y", "a,1.0,3.0", "a,2.0,4.0"]
    picture = plot.save(str(tmp_path / "a.svg")).read_text(encoding="utf-8")
    assert ">Motor</text>" in picture
    assert re.search(r">\d{4}-\d\d-\d\d \d\d:\d\d:\d\d</text></svg>", picture), "the date"
    page = plot.save(tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<title>Motor</title>" in page
    assert api.service().connection.token not in page


def test_a_plot_without_points_can_be_saved(tmp_path: Path) -> None:
    plot = Plot("empty")
    assert plot.save(tmp_path / "a.svg").read_text().startswith("<svg ")
    assert plot.save(tmp_path / "a.csv").read_text().split() == ["series,x,y"]
