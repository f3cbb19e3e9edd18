"""The points of a turn, and the x of those that have none."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from zwsnb.history.plots import History
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.point import Point, decode_point
from zwsnb.relay.plain import points
from zwsnb.relay.plain.new_names import BURST, NewNames
from zwsnb.relay.plain.points import PlainPoints, points_of


@pytest.fixture
def history() -> History:
    return History()


@pytest.fixture
def plain(history: History) -> PlainPoints:
    return PlainPoints(history, NewNames(lambda: 0.0))


def append(history: History, plain: PlainPoints) -> None:
    for (plot, series, _), run in plain.take():
        x, y = np.array(run).T
        history.append(plot, series, x, y)


def test_the_points_of_a_turn_are_a_run_for_each_series(plain: PlainPoints) -> None:
    plain.add(Point(1.0, {"a": 2.0, "b": 3.0}))
    plain.add(Point(2.0, {"a": 4.0}))
    plain.add(Point(1.0, {"a": 5.0}, plot="other"))
    assert list(plain.take()) == [
        (("plot", "a", False), [(1, 2), (2, 4)]),
        (("plot", "b", False), [(1, 3)]),
        (("other", "a", False), [(1, 5)]),
    ]
    assert list(plain.take()) == []


def test_without_x_a_plot_counts_its_points_over_turns(
    history: History, plain: PlainPoints
) -> None:
    for turn in range(3):
        for i in range(4):
            plain.add(Point(None, {"a": turn, "b": i} if i else {"b": i}))
        append(history, plain)
    series = history.find("plot").series
    assert [(name, s.count, s.x_range) for name, s in series.items()] == [
        ("b", 12, (0, 11)),
        ("a", 9, (1, 11)),
    ]


@pytest.mark.parametrize("each", [1, 2, 7])
def test_without_x_it_never_goes_back_however_many_series_send_in_a_turn(
    each: int, history: History, plain: PlainPoints
) -> None:
    for i in range(21):
        plain.add(Point(None, {"ab"[i % 2]: i}))
        if i % each == each - 1:
            append(history, plain)
    append(history, plain)
    found = {
        name: s.points.slice(0, s.count).tolist() for name, s in history.find("plot").series.items()
    }
    assert {name: x for name, (x, _) in found.items()} == {
        "a": list(range(0, 21, 2)),
        "b": list(range(1, 21, 2)),
    }


def test_plots_are_known_by_their_counts_as_many_as_there_may_be(
    history: History, plain: PlainPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "MAX_PLOTS", 2)
    for plot in ("a", "b", "a", "c"):
        for series in "xy":
            plain.add(Point(None, {series: 0.0}, plot=plot))
        append(history, plain)
    assert plain._before == {"a": 4, "c": 2}


def test_each_plot_counts_for_itself_and_anew_after_a_clear(
    history: History, plain: PlainPoints
) -> None:
    plain.add(Point(None, {"a": 1.0}))
    plain.add(Point(None, {"a": 1.0}, plot="other"))
    append(history, plain)
    history.find("plot").clear()
    plain.add(Point(None, {"a": 2.0}))
    plain.add(Point(None, {"a": 2.0}, plot="other"))
    assert [run[1] for run in plain.take()] == [[(0, 2)], [(1, 2)]]


def test_without_x_one_series_that_is_removed_throws_no_other_one_back(
    history: History, plain: PlainPoints
) -> None:
    for turn in range(2):
        for i in range(30):
            plain.add(Point(None, {"abc"[i % 3]: 0.0}))
        append(history, plain)
        if not turn:
            history.find("plot").remove("a")
    series = history.find("plot").series
    found = {name: s.points.slice(0, s.count)[0].tolist() for name, s in series.items()}
    assert found == {
        "b": [*range(1, 60, 3)],
        "c": [*range(2, 60, 3)],
        "a": [*range(30, 60, 3)],
    }


def test_one_for_which_there_was_no_memory_holds_up_no_others(
    history: History, plain: PlainPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(history, "get", fail)
        patch.setattr(plain, "_look_at_names", lambda *_: None)
        with pytest.raises(MemoryError):
            plain.add(Point(None, {"a": 1.0}))
    plain.add(Point(1.0, {"a": 2.0}, plot="other"))
    assert list(plain.take()) == [(("other", "a", False), [(1, 2)])]
    assert list(plain.take()) == []


def test_points_with_an_x_count_as_well(plain: PlainPoints) -> None:
    plain.add(Point(7.0, {"a": 1.0}))
    plain.add(Point(None, {"a": 2.0}))
    assert list(plain.take()) == [(("plot", "a", False), [(7, 1), (1, 2)])]


def test_times_are_told_from_numbers(plain: PlainPoints) -> None:
    plain.add(Point(7.0, {"a": 1.0}))
    plain.add(Point(8.0, {"a": 2.0}, is_time=True))
    assert list(plain.take()) == [(("plot", "a", False), [(7, 1)]), (("plot", "a", True), [(8, 2)])]


def test_what_is_added_while_runs_are_taken_counts_and_comes_too(
    history: History, plain: PlainPoints
) -> None:
    for series in "ab":
        plain.add(Point(None, {series: 0.0}))
    taken: list[tuple[str, list[float]]] = []
    for (plot, series, _), run in plain.take():
        x, y = np.array(run).T
        history.append(plot, series, x, y)
        if len(taken) < 3:
            plain.add(Point(None, {series: 1.0}))
        taken.append((series, [x for x, _ in run]))
    assert taken == [("a", [0]), ("b", [1]), ("a", [2]), ("b", [3]), ("a", [4])]


# -- new names -------------------------------------------------------------------------------------


def test_names_made_up_in_a_loop_have_an_end(plain: PlainPoints) -> None:
    for i in range(BURST):
        plain.add(Point(0.0, {f"series {i}": 0.0}, plot=f"plot {i % 2}"))
    with pytest.raises(InvalidMessage, match=r"^new names: 'another' of 'plot 1'$") as refused:
        plain.add(Point(0.0, {"another": 0.0}, plot="plot 1"))
    assert refused.value.plot == "plot 1"


def test_names_that_are_there_take_no_place(history: History, plain: PlainPoints) -> None:
    for _ in range(2):
        plain.add(Point(0.0, {f"series {i}": 0.0 for i in range(BURST - 1)}))
        append(history, plain)
    plain.add(Point(0.0, {"last": 0.0}))
    with pytest.raises(InvalidMessage):
        plain.add(Point(0.0, {"one too many": 0.0}))
    plain.add(Point(1.0, {"last": 0.0, "series 0": 0.0}))
    assert len(list(plain.take())) == 2


def test_of_a_point_with_too_many_new_names_nothing_is_taken(plain: PlainPoints) -> None:
    with pytest.raises(InvalidMessage):
        plain.add(Point(0.0, {f"series {i}": 0.0 for i in range(BURST + 1)}))
    assert list(plain.take()) == []


# -- runs ------------------------------------------------------------------------------------------


def test_whole_numbers_and_texts_that_are_times_keep_their_digits() -> None:
    first = 1_795_867_200_123_456_789
    key = ("p", "y", False)
    numbers = points_of((key, [(first, 0.0), (first + 1, 1.0)]), "ns", 5.0)
    assert [numbers.origin + int(x) for x in numbers.x] == [first, first + 1]
    plain = points_of((key, [(first, 0.0)]), None, 5.0)
    assert (plain.origin, plain.x.tolist(), plain.published) == (0, [float(first)], 5.0)
    texts = points_of((("p", "y", True), [(1_795_867_200.123456, 0.0)]), None, 5.0)
    assert (texts.origin, texts.x.tolist(), texts.is_time) == (1_795_824_000, [43_200.123456], True)


def test_a_number_that_only_rounds_to_the_largest_double_is_one() -> None:
    beyond = -(2**1024 - 2**970 - 1)
    assert decode_point(b'{"x": %d, "y": 1}' % beyond).x == -sys.float_info.max
    run = [(1_764_500_000_000, 1.0), (decode_point(b'{"x": %d, "y": 1}' % beyond).x or 0.0, 1.0)]
    assert len(points_of((("p", "y", False), run), "ms", 5.0).x) == 2


class Looked(dict[object, object]):
    """A dictionary that counts how often all of it is looked through."""

    looks = 0

    def items(self) -> Any:
        Looked.looks += 1
        return super().items()


def test_a_point_without_x_costs_no_look_at_those_of_other_plots() -> None:
    plain = PlainPoints(History())
    plain._runs = Looked()  # type: ignore[assignment]
    for i in range(300):
        plain.add(decode_point(b'{"plot": "p%d", "y": 1}' % i))
        plain.add(decode_point(b'{"plot": "p%d", "a": 2, "b": 3}' % i))
    assert Looked.looks == 0
    runs = dict(plain.take())
    assert runs["p7", "y", False] == [(0, 1)]
    assert runs["p7", "b", False] == [(1, 3)]
