"""The names of series and of their runs, and what becomes of them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.history import catalog as catalog_module
from zwsnb.history.budgets import Places, TooMany
from zwsnb.history.catalog import Catalog, listed
from zwsnb.history.plots import Plot
from zwsnb.history.runs import MAX_RUNS, Arrival
from zwsnb.history.series import Series


def plot_with(runs: int, *names: str) -> Plot:
    """A plot whose series have so many runs each, of five points."""
    plot = Plot("p")
    for name in names:
        for _ in range(runs):
            plot.append(name, np.arange(5.0), np.zeros(5), Arrival(cell=lambda: 7))
    return plot


def test_past_runs_stand_behind_the_current_one() -> None:
    plot = plot_with(3, "loss", "acc")
    assert list(plot.series) == ["loss", "loss (2)", "loss (1)", "acc", "acc (2)", "acc (1)"]
    assert [(s.of, s.number, s.cell) for s in plot.series.values()][:3] == [
        ("loss", 0, 7),
        ("loss", 2, 7),
        ("loss", 1, 7),
    ]
    assert len({s.ident for s in plot.series.values()}) == 6


def test_the_newest_runs_are_kept_and_what_goes_is_counted() -> None:
    plot = plot_with(MAX_RUNS + 3, "loss")
    assert len(plot.series) == MAX_RUNS
    assert list(plot.series)[:2] == ["loss", f"loss ({MAX_RUNS + 2})"]
    assert list(plot.series)[-1] == "loss (4)"
    catalog = plot.catalog
    assert (catalog.dropped, catalog.dropped_points, catalog.cleared) == (3, 15, 15)
    assert plot.count == 5 * (MAX_RUNS + 3)


def test_past_runs_make_room_where_no_points_can() -> None:
    plot = plot_with(4, "a", "b")
    size = plot.series["a"].nbytes
    plot.fit(5 * size)
    assert list(plot.series) == ["a", "b", "b (3)", "b (2)", "b (1)"]
    plot.fit(1)
    assert list(plot.series) == ["a", "b"]
    assert (plot.count, plot.catalog.dropped) == (40, 6)


def test_named_runs_are_series_of_their_own_with_past_ones() -> None:
    plot = Plot("p")
    for run in ("a", "b", "a"):
        for name in ("y", "loss"):
            plot.append(name, np.arange(5.0), np.zeros(5), Arrival(run=run))
    assert list(plot.series) == ["a", "a (1)", "loss · a", "loss · a (1)", "b", "loss · b"]
    assert [(s.of, s.run) for s in plot.series.values()][2:] == [
        ("loss", "a"),
        ("loss", "a"),
        ("y", "b"),
        ("loss", "b"),
    ]


def test_a_name_that_is_taken_is_not_taken_twice() -> None:
    plot = Plot("p")
    for name, run in [("lr", ""), ("y", "lr"), ("y · lr", ""), ("y", "y · lr"), ("lr (1)", "")]:
        plot.append(name, np.arange(5.0), np.zeros(5), Arrival(run=run))
    plot.append("lr", np.arange(5.0), np.zeros(5))
    assert list(plot.series) == [
        "lr", "lr (1) 2", "y · lr", "y · lr 2", "y · y · lr", "lr (1)",
    ]  # fmt: skip
    assert plot.count == 30


class Watched(dict[str, Series]):
    """Counts how often somebody goes through it."""

    looks = 0

    def values(self) -> Any:
        self.looks += 1
        return super().values()

    def items(self) -> Any:
        self.looks += 1
        return super().items()

    def __iter__(self) -> Iterator[str]:
        self.looks += 1
        return super().__iter__()


def test_a_further_run_costs_no_look_at_the_series_beside_it() -> None:
    """At each the list of all was made anew: with 20,000 it took 10 ms."""
    plot = plot_with(2, "loss", "acc")
    watched = plot.catalog.by_name = Watched(plot.series)
    for _ in range(MAX_RUNS):
        plot.append("loss", np.arange(5.0), np.zeros(5))
    assert not watched.looks
    assert list(plot.series) == [
        "loss",
        *(f"loss ({n})" for n in range(MAX_RUNS + 1, 2, -1)),
        "acc",
        "acc (1)",
    ]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from("PPPRND="), st.integers(0, 99)), max_size=60))
def test_the_order_is_that_of_the_first_use_whenever_somebody_asks(
    done: list[tuple[str, int]],
) -> None:
    plot, order = Plot("p"), list[Series]()
    takers = plot.catalog._runs
    for number, (what, which) in enumerate(done):
        if what == "P":
            key = "abc"[number % 3], ""  # no more than MAX_RUNS of one
            before = takers[key].current if key in takers else None
            plot.append(key[0], np.arange(5.0), np.zeros(5))
            current = takers[key].current
            order.insert(order.index(before) if before else len(order), current)
        elif what == "D" and plot.catalog.drop_oldest_run():
            order.remove(min((s for s in order if s.number), key=lambda s: s.ident))
        elif what == "R" and order:
            plot.remove(order.pop(which % len(order)).name)
        elif what == "N" and order:
            plot.rename(order[which % len(order)].name, f"new {number}")
        elif what == "=":
            assert list(plot.series.values()) == order
    assert list(plot.series.items()) == [(series.name, series) for series in order]


def test_a_run_that_was_given_a_name_keeps_it() -> None:
    plot = plot_with(2, "loss")
    plot.catalog.rename("loss (1)", "warm-up")
    plot.catalog.rename("loss", "baseline")
    plot.append("loss", np.arange(5.0, 7.0), np.zeros(2))
    assert {name: s.count for name, s in plot.series.items()} == {"baseline": 7, "warm-up": 5}
    plot.append("loss", np.arange(5.0), np.zeros(5))
    assert {name: s.count for name, s in plot.series.items()} == {
        "loss": 5,
        "baseline": 7,
        "warm-up": 5,
    }


def test_no_two_series_have_one_name() -> None:
    plot = plot_with(1, "a", "b")
    with pytest.raises(ValueError, match="plot 'p' has a series 'b' already"):
        plot.catalog.rename("a", "b")
    plot.catalog.rename("a", "a")
    with pytest.raises(KeyError, match="plot 'p' has no series 'c'; it has 'a', 'b'"):
        plot.catalog.rename("c", "d")


def test_a_series_that_was_removed_can_be_published_again() -> None:
    plot = plot_with(2, "a", "b")
    plot.catalog.remove("a (1)")
    plot.catalog.remove("b")
    assert list(plot.series) == ["a", "b (1)"]
    plot.append("b", np.arange(5.0), np.zeros(5))
    assert list(plot.series) == ["a", "b (1)", "b"]
    assert (plot.count, plot.cleared) == (25, 10)
    plot.append("b", np.arange(5.0), np.zeros(5))
    assert list(plot.series) == ["a", "b (1)", "b", "b (2)"]
    with pytest.raises(KeyError, match="no series 'a \\(1\\)'"):
        plot.catalog.remove("a (1)")


def test_a_current_run_that_was_cleared_returns_with_its_number_and_a_past_one_never() -> None:
    plot = plot_with(2, "loss")
    current, past = (series.ident for series in plot.series.values())
    assert not plot.catalog.will_return([current, past, 99])
    plot.remove("loss (1)")
    assert not plot.catalog.will_return([current, past])
    plot.clear()
    assert plot.catalog.will_return([past, current])
    assert not plot.catalog.will_return([past])
    plot.append("loss", np.array([0.0]), np.array([1.0]))
    assert not plot.catalog.will_return([current])


def test_points_go_nowhere_near_a_run_that_is_gone() -> None:
    plot = Plot("p")
    for producer in "ab":
        plot.append("y", np.arange(5.0), np.zeros(5), Arrival(producer=producer))
    plot.append("y", np.arange(5.0), np.zeros(5), Arrival(producer="a"))
    plot.catalog.remove("y (1)")
    plot.append("y", np.array([5.0]), np.zeros(1), Arrival(producer="b"))
    assert {name: s.count for name, s in plot.series.items()} == {"y": 6}


def test_numbers_of_names_that_never_come_again_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalog_module, "MAX_IDENTS", 10)
    plot = plot_with(1, "stays")
    for i in range(50):
        plot.append(str(i), np.arange(5.0), np.zeros(5))
        plot.remove(str(i))
    assert len(plot.catalog._idents) <= 11
    plot.append("new", np.arange(5.0), np.zeros(5))
    assert [series.ident for series in plot.series.values()] == [0, 51]


def test_every_change_of_the_list_has_a_version() -> None:
    plot = Plot("p")
    versions = [plot.catalog.version]
    changes: tuple[Callable[[], object], ...] = (
        lambda: plot.append("y", np.arange(5.0), np.zeros(5)),
        lambda: plot.append("y", np.arange(5.0), np.zeros(5)),
        lambda: plot.catalog.rename("y (1)", "first"),
        lambda: plot.catalog.remove("first"),
        plot.clear,
    )
    for change in changes:
        change()
        versions.append(plot.catalog.version)
    assert versions == sorted(set(versions))


def test_what_comes_too_late_is_counted_even_when_its_series_is_gone() -> None:
    plot = plot_with(1, "a", "b")
    plot.series["a"].too_late = 2
    plot.series["b"].too_late = 3
    plot.catalog.remove("a")
    assert plot.catalog.too_late == 5


def test_series_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_module, "MAX_SERIES", 1)
    plot = plot_with(1, "a")
    with pytest.raises(TooMany, match=r"plot 'p' has 1 series, and takes no further one: 'b'"):
        plot.append("b", np.arange(5.0), np.zeros(5))
    plot.append("a", np.arange(5.0, 10.0), np.zeros(5))
    assert plot.count == 10


def test_a_name_needs_a_new_series_until_it_has_one() -> None:
    plot = plot_with(2, "a")
    plot.append("b", np.arange(5.0), np.zeros(5), Arrival(run="run"))
    assert [plot.catalog.takes(name) for name in ("a", "a (1)", "b")] == [True, False, False]
    plot.clear()
    assert not plot.catalog.takes("a")


def test_of_very_many_names_a_sentence_has_the_first() -> None:
    assert listed([]) == "none"
    assert listed("abc") == "'a', 'b', 'c'"
    assert listed(map(str, range(1234))).endswith("'9' and 1,224 more")


# -- colours ---------------------------------------------------------------------------------------


def slots(plot: Plot) -> dict[str, int]:
    return {name: series.slot for name, series in plot.series.items()}


def test_series_have_slots_in_the_order_of_their_first_use() -> None:
    plot = plot_with(1, "loss", "acc", "a")
    assert slots(plot) == {"loss": 0, "acc": 1, "a": 2}


def test_runs_share_a_slot_with_their_series_or_with_their_run() -> None:
    plot = plot_with(2, "loss", "acc")
    assert slots(plot) == {"loss": 0, "loss (1)": 0, "acc": 1, "acc (1)": 1}
    for run in ("a", "b"):
        for name in ("loss", "y"):
            plot.append(name, np.arange(5.0), np.zeros(5), Arrival(run=run))
    assert [series.slot for series in plot.series.values() if series.run] == [2, 2, 3, 3]


def test_a_series_that_comes_again_has_its_slot_whatever_is_between() -> None:
    plot = plot_with(1, "a", "b", "c")
    plot.clear("a")
    plot.append("c", np.arange(5.0) + 9, np.zeros(5))
    plot.append("a", np.arange(5.0), np.zeros(5))
    assert slots(plot) == {"b": 1, "c": 2, "a": 0}
    plot.clear()
    for name in ("c", "b", "a"):
        plot.append(name, np.arange(5.0), np.zeros(5))
    assert slots(plot) == {"c": 2, "b": 1, "a": 0}


def test_a_new_series_has_the_least_slot_that_is_free() -> None:
    plot = plot_with(1, "a", "b", "c")
    plot.clear()
    for name in ("new", "b", "a"):
        plot.append(name, np.arange(5.0), np.zeros(5))
    assert slots(plot) == {"new": 0, "b": 1, "a": 2}


def test_names_that_come_and_go_leave_nothing_behind() -> None:
    plot = Plot("p")
    for i in range(100):
        plot.append(f"s{i}", np.arange(5.0), np.zeros(5))
        plot.clear()
    assert plot.catalog._slots._names == ["s99"]
    assert plot.catalog._slots._slots == {"s99": 0}


def test_what_bounds_a_band_takes_no_slot_of_its_own() -> None:
    plot = Plot("p")
    plot.set_options({"series": {"mean": {"band": ["low", "high"]}}})
    for name in ("low", "high", "mean", "other"):
        plot.append(name, np.arange(5.0), np.zeros(5))
    assert slots(plot) == {"low": 0, "high": 0, "mean": 0, "other": 1}
    version = plot.catalog.version
    plot.set_options({"series": {"mean": {"band": []}}})
    assert slots(plot) == {"low": 2, "high": 3, "mean": 0, "other": 1}
    assert plot.catalog.version > version, "pages are told"
    plot.set_options({"title": "other"})
    assert plot.catalog.version == version + 2, "and only of what is new"


def test_a_further_name_costs_no_look_at_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand took seconds: for each the colours of all were looked through."""
    looks, slot_name = list[str](), Catalog._slot_name

    def counted(self: Catalog, series: str, run: str) -> str:
        looks.append(series)
        return slot_name(self, series, run)

    monkeypatch.setattr(Catalog, "_slot_name", counted)
    plot = Plot("p")
    for i in range(500):
        plot.append(f"s{i}", np.zeros(1), np.zeros(1))
    assert len(looks) == 500
    plot.set_options({"title": "t"})
    assert len(looks) == 500
    plot.set_options({"series": {"s1": {"band": ["s2", "s3"]}}})
    assert len(looks) == 1_000
    plot.clear()
    assert len(looks) == 1_500


def test_places_are_shared_and_left_again() -> None:
    places = Places(3)
    one, other = Catalog("one"), Catalog("other")
    one.places = other.places = places
    for catalog, name in ((one, "a"), (other, "a"), (other, "b")):
        catalog.runs_of(name, Arrival())
    with pytest.raises(TooMany, match="all plots have 3 series, as many as their memory has room"):
        one.runs_of("b", Arrival())
    other.remove("a")
    one.runs_of("b", Arrival())
    assert (places.taken, one.names, other.names) == (3, 2, 1)
    other.clear()
    assert places.taken == 2


def test_a_name_has_its_place_as_long_as_a_run_of_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever removed each current run had as many names as fit into the memory."""
    monkeypatch.setattr("zwsnb.history.catalog.MAX_SERIES", 3)
    plot = Plot("p")
    plot.catalog.places = Places(10)
    for name in ("a", "b", "c"):
        for _ in range(2):
            plot.append(name, np.arange(5.0), np.zeros(5))
        plot.remove(name)
    assert (list(plot.series), plot.catalog.places.taken) == (["a (1)", "b (1)", "c (1)"], 3)
    with pytest.raises(TooMany, match="has 3 series, and takes no further one: 'd'"):
        plot.append("d", np.zeros(1), np.zeros(1))
    plot.append("a", np.zeros(1), np.zeros(1))
    assert plot.catalog.places.taken == 3
    plot.remove("b (1)")
    plot.append("d", np.zeros(1), np.zeros(1))
    assert (plot.catalog.names, plot.catalog.places.taken) == (3, 3)
    plot.clear()
    assert (plot.catalog.names, plot.catalog.places.taken) == (0, 0)


def test_what_was_removed_is_kept_by_nobody() -> None:
    plot = plot_with(3, "a")
    gone = [weakref.ref(series) for series in plot.series.values()]
    plot.clear()
    plot.append("a", np.zeros(1), np.zeros(1))
    gc.collect()
    assert [one() for one in gone] == [None] * 3
