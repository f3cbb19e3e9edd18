"""Points as CSV."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zwsnb.history import csv as csv_module
from zwsnb.history.csv import csv, passages
from zwsnb.history.plots import Plot

HEAD = "series,x,y"


def lines(plot: Plot, lo: float = -math.inf, hi: float = math.inf) -> list[str]:
    """What all series of a plot give; every line has its end."""
    ways = list(passages(plot, plot.series, lo, hi))
    *rows, end = "".join(csv(plot, ways, lo, hi)).split("\r\n")
    assert end == ""
    return rows


def rows_of(plot: Plot, lo: float = -math.inf, hi: float = math.inf) -> int:
    """How many rows there will be at most."""
    return sum(way.rows for way in passages(plot, plot.series, lo, hi))


def plot_of(name: str, x: list[float], y: list[float], **options: object) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    plot.append(name, np.array(x, dtype=np.float64), np.array(y, dtype=np.float64))
    return plot


def test_a_point_is_a_row_and_a_gap_is_empty() -> None:
    plot = plot_of("a", [0, 0.1], [1e300, math.nan])
    plot.append("b", np.array([7.0]), np.array([-0.5]))
    assert lines(plot) == [HEAD, "a,0.0,1e+300", "a,0.1,", "b,7.0,-0.5"]


def test_a_range_holds_both_its_ends_and_rows_are_counted_before() -> None:
    plot = plot_of("a", [1, 2, 3, 4], [0, 0, 0, 0])
    assert lines(plot, 2, 3) == [HEAD, "a,2.0,0.0", "a,3.0,0.0"]
    assert rows_of(plot, 2, 3) == 2


def test_a_run_that_begins_meanwhile_changes_nothing_and_one_that_leaves_is_left_out() -> None:
    plot = plot_of("a", list(range(9)), [0] * 9)
    for name in ("b", "c"):
        plot.append(name, np.array([1.0, 2.0]), np.array([5.0, 6.0]))
    rows = csv(plot, list(passages(plot, plot.series, -math.inf, math.inf)), -math.inf, math.inf)
    got = next(rows)
    plot.append("a", np.arange(9.0), np.full(9, 7.0))
    assert len(plot.series) == 4
    plot.remove("b")
    got += "".join(rows)
    assert got.split() == [HEAD, *(f"a,{x}.0,0.0" for x in range(9)), "c,1.0,5.0", "c,2.0,6.0"]


def test_of_xy_every_point_is_compared() -> None:
    plot = plot_of("a", [1, 5, 2, 7], [0, 1, 2, 3], xy=True)
    assert lines(plot, 2, 5) == [HEAD, "a,5.0,1.0", "a,2.0,2.0"]
    assert rows_of(plot, 2, 5) == 4


def test_a_time_is_written_in_iso_8601() -> None:
    plot = plot_of("a", [0.25], [1])
    plot.set_options({"time": True})
    assert lines(plot) == [HEAD, "a,1970-01-01T00:00:00.250000+00:00,1.0"]


def test_a_time_that_no_calendar_has_is_a_number() -> None:
    plot = plot_of("a", [-62_135_596_800, 1.7e12], [1, 2], time=True)
    assert lines(plot) == [HEAD, "a,0001-01-01T00:00:00+00:00,1.0", "a,1700000000000.0,2.0"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("loss", "loss"),
        ("a,b", '"a,b"'),
        ("two words", '"two words"'),
        ('say "x"', '"say ""x"""'),
        ("=1+1", "'=1+1"),
        ("-x", "'-x"),
        ("@a,b", '"\'@a,b"'),
        ("a;=1+1", '"a;=1+1"'),
    ],
)
def test_a_name_is_a_cell_and_never_a_formula(name: str, cell: str) -> None:
    assert lines(plot_of(name, [0], [1])) == [HEAD, f"{cell},0.0,1.0"]


def test_many_rows_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_module, "CSV_ROWS", 10)
    plot = plot_of("a", list(range(25)), [0] * 25)
    ways = list(passages(plot, ["a", "gone"], -math.inf, math.inf))
    head, *pieces = csv(plot, ways, -math.inf, math.inf)
    assert head == HEAD + "\r\n"
    assert [piece.count("\r\n") for piece in pieces] == [10, 10, 5]


def test_points_that_were_evicted_are_not_there() -> None:
    plot = plot_of("a", list(range(1000)), [0] * 1000)
    while plot.series["a"].evict():
        pass
    start = plot.series["a"].points.start
    assert len(lines(plot)) == 1 + rows_of(plot) == 1 + 1000 - start
    assert start > 0


def test_times_that_are_counted_from_nearby_have_nanoseconds() -> None:
    plot = Plot("p")
    plot.bring_times()
    assert plot.count_from(1_795_824_000) == 1_795_824_000
    plot.append("a", np.array([-1e-9, 0, 1e-6, 0.25, 2.0**24]), np.zeros(5))
    texts = [line.split(",")[1].removesuffix("+00:00") for line in lines(plot)[1:]]
    assert texts == [
        "2026-11-27T23:59:59.999999999",
        "2026-11-28T00:00:00",
        "2026-11-28T00:00:00.000001",
        "2026-11-28T00:00:00.250000",
        "2027-06-10T04:20:16",
    ]
