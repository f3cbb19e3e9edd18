"""The `publish` function: what it takes by itself, and what it leaves to a closer look, is the same
in C and in Python, but for numbers of numpy and named series, which C takes as well.
"""

from __future__ import annotations

import copy
import gc
import inspect
import pickle
import sys
import threading
import weakref
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from types import ModuleType
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from support.pairs import gathered

from zwsnb.kinds.times import seconds_of_date
from zwsnb.protocol.names import check_name
from zwsnb.quick.calls import calling
from zwsnb.quick.pairs import SEAL, ExactPairs, Pairs, new_pairs

MISSING: Final = object()

Call = tuple[tuple[Any, ...], dict[str, Any]]


class Scene:
    """A `publish` function, with what gathers and what is looked at closely."""

    def __init__(self) -> None:
        self.items, self.exact, self.a, self.b = new_pairs(), ExactPairs(), new_pairs(), new_pairs()
        for pairs in (self.items, self.a, self.b):
            pairs.is_open = True
        self.closely: list[Call] = []
        known: dict[str, Pairs] = {"y": self.items, "a": self.a, "b": self.b, "x": self.a}
        known |= {"series": self.a, "plot": self.a}  # which name series like any other
        self.other, self.other_a = new_pairs(), new_pairs()
        self.other.is_open = self.other_a.is_open = True
        plots = {"plot": known, "other": {"y": self.other, "a": self.other_a}}
        self.publish = calling(self.items, self.exact, plots, "plot", self._look_closer, MISSING)

    def _look_closer(
        self, x: Any, y: Any, series: str | None, plot: str | None, named: Mapping[str, Any]
    ) -> None:
        words = {"series": series, "plot": plot, **named}
        given = (x,) if y is MISSING else (x, y)
        self.closely.append((given, {k: v for k, v in words.items() if v is not None}))

    @property
    def points(self) -> dict[str, list[float]]:
        its = {"y": self.items, "exact": self.exact, "a": self.a, "b": self.b}
        its |= {"other/y": self.other, "other/a": self.other_a}
        return {name: gathered(pairs) for name, pairs in its.items() if len(pairs)}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def as_call(*given: Any, **named: Any) -> Call:
    return given, named


@pytest.mark.parametrize(
    ("x", "y"),
    [
        *[(1, 2), (1.5, -2.5), (0, 0.0), (np.float64(1), 2), (1, np.float64(2)), (2**53 + 1, 1)],
        *[(sys.float_info.max, -sys.float_info.max), (5e-324, 10**300)],
    ],
)
def test_two_plain_numbers_are_taken(scene: Scene, x: float, y: float) -> None:
    assert scene.publish(x, y) is None
    assert scene.points == {"y": [float(x), float(y)]}
    assert scene.closely == []


CLOSER: Final = [
    as_call(np.nan, 1),
    as_call(-np.inf, 1),
    as_call(10**400, 1),
    as_call(1, -(10**400)),
    as_call(np.float64("nan"), 1),
    as_call("1", 2),
    as_call(1, None),
    as_call(1, [2]),
    as_call([1], [2]),
    as_call(np.arange(2), np.arange(2)),
    as_call(1, 2, plot="third"),
    as_call(1, 2, plot="other", series="new"),
    as_call(1, 2, plot="other", run="r"),
    as_call(1, plot=2),
    as_call(1, series=2),
    as_call(1, a=2, **{" plot".strip(): 3}),
    as_call(1, 2, series="new"),
    as_call(1, 2, series="a", plot="third"),
    as_call(1, 2, a=3),
    as_call(1, new=2),
    as_call(1, a=2, new=3),
    as_call(1, a=2, b="3"),
    as_call("1", a=2),
    as_call(1, {"a": 2}),
    as_call(1),
    as_call(1, a=2, plot="other"),
    as_call(1, a=2, run="r"),
    as_call(1, **{f"n{i}": i for i in range(40)}),
    as_call(type("Float", (float,), {})(1), 2),
    as_call(1, type("Int", (int,), {})(2)),
    as_call(1, 2, series=type("Text", (str,), {})("a")),
    as_call(1 + 0j, 2),
]


@pytest.mark.parametrize("call", CLOSER, ids=str)
def test_all_else_is_looked_at_closely(scene: Scene, call: Call) -> None:
    given, named = call
    assert scene.publish(*given, **named) is None
    [(its, words)] = scene.closely
    assert (str(its), str(sorted(words.items()))) == (str(given), str(sorted(named.items())))
    assert scene.points == {}


@pytest.mark.parametrize(
    ("call", "points"),
    [
        (as_call(1, 2, series="a"), {"a": [1, 2]}),
        (as_call(1, 2, "a"), {"a": [1, 2]}),
        (as_call(1, 2, series="x"), {"a": [1, 2]}),
        (as_call(1, 2, "plot"), {"a": [1, 2]}),
        (as_call(1, 2, plot="other"), {"other/y": [1, 2]}),
        (as_call(1, 2, None, "other"), {"other/y": [1, 2]}),
        (as_call(1, 2, "a", "other"), {"other/a": [1, 2]}),
        (as_call(1, 2, "a", plot="other"), {"other/a": [1, 2]}),
        (as_call(1, 2, plot="other", series="a"), {"other/a": [1, 2]}),
        (as_call(1, 2, series="a", plot=None), {"a": [1, 2]}),
        (as_call(1, a=2), {"a": [1, 2]}),
        (as_call(1, a=2, b=3.5), {"a": [1, 2], "b": [1, 3.5]}),
        (as_call(np.float32(0.1), 2), {"y": [float(np.float32(0.1)), 2]}),
        (as_call(np.int64(2**53 + 1), np.uint8(7)), {"y": [2.0**53, 7]}),
        (as_call(1, a=np.float16(0.5), b=True), {"a": [1, 0.5], "b": [1, 1]}),
        (as_call(1, np.inf), {"y": [1, np.inf]}),
        (as_call(1, a=np.float32("-inf"), b=2), {"a": [1, -np.inf], "b": [1, 2]}),
    ],
    ids=str,
)
def test_named_series_and_numbers_of_numpy_gather_in_c(
    scene: Scene, language: str, call: Call, points: dict[str, list[float]]
) -> None:
    given, named = call
    scene.publish(*given, **named)
    assert scene.points == (points if language == "C" else {}), call
    assert len(scene.closely) == (language == "Python")


@pytest.mark.parametrize(
    "call",
    [
        as_call(1.5, 2),
        as_call(1, np.float32(2)),
        as_call(1, 2, series="a"),
        as_call(1, a=2, b=3),
    ],
)
def test_in_c_a_call_runs_no_line_of_python(scene: Scene, call: Call, language: str) -> None:
    if language != "C":
        pytest.skip("this is Python")
    given, named = call
    publish, lines = scene.publish, []
    sys.setprofile(lambda frame, event, _: lines.append((event, frame.f_code.co_name)))
    try:
        publish(*given, **named)
    finally:
        sys.setprofile(None)
    assert [name for event, name in lines if event == "call"] == []
    assert scene.points
    assert not scene.closely


@pytest.mark.parametrize("call", [as_call(1, 2), as_call(1, 2, series="a"), as_call(1, a=1, b=2)])
def test_nothing_gathers_where_one_is_closed(scene: Scene, call: Call) -> None:
    scene.items.is_open = scene.a.is_open = False
    scene.publish(*call[0], **call[1])
    assert (scene.points, len(scene.closely)) == ({}, 1)


def test_numbers_with_all_digits_gather_as_they_are(scene: Scene) -> None:
    scene.items.is_open, scene.exact.is_open = False, True
    scene.publish(10**18 + 1, 2)
    assert (list(scene.exact), scene.closely) == ([10**18 + 1, 2], [])


YEAR: Final = st.integers(1971, 2095)
TIMES: Final = st.builds(
    lambda year, time, zone: time.replace(year=year, tzinfo=zone),
    YEAR,
    st.datetimes().filter(lambda time: (time.month, time.day) != (2, 29)),
    st.sampled_from([UTC, None]),
)


@given(TIMES, st.integers(-30_000, 40_000).map(lambda days: 86_400 * days))
def test_datetimes_are_the_same_number_in_c(language: str, time: datetime, origin: int) -> None:
    scene = Scene()
    for pairs in (scene.items, scene.a):
        pairs.is_open, pairs.takes_times, pairs.origin = False, True, origin
    scene.publish(time, 1)
    scene.publish(time, a=2)
    if language == "C":
        x = seconds_of_date(time, "x", origin)
        assert scene.points == {"y": [x, 1], "a": [x, 2]}
    else:
        assert scene.points == {}


@pytest.mark.parametrize(
    "x",
    [
        1,
        1.5,
        None,
        date(2024, 2, 29),
        np.datetime64("2024-02-29"),
        pd.Timestamp("2024-02-29"),
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC).replace(tzinfo=None),
        datetime.min.replace(tzinfo=UTC).replace(tzinfo=None),
        datetime(2024, 2, 29, tzinfo=timezone(timedelta(hours=1))),
    ],
    ids=str,
)
def test_other_times_are_looked_at_closely(scene: Scene, x: Any) -> None:
    for pairs in (scene.items, scene.a):
        pairs.is_open, pairs.takes_times = False, True
    scene.publish(x, 1)
    scene.publish(x, a=1)
    assert (scene.points, len(scene.closely)) == ({}, 2)


def test_series_that_count_otherwise_are_looked_at_closely(scene: Scene) -> None:
    """Never of one plot, but whoever asks for it has no wrong points."""
    scene.a.is_open, scene.a.takes_times = False, True
    scene.publish(datetime(2024, 2, 29, tzinfo=UTC), a=1, b=2)
    scene.b.is_open, scene.b.takes_times, scene.b.origin = False, True, 86_400
    scene.publish(datetime(2024, 2, 29, tzinfo=UTC), a=1, b=2)
    assert (scene.points, len(scene.closely)) == ({}, 2)


def test_gaps_gather_as_the_numbers_they_are(scene: Scene, language: str) -> None:
    """They are counted where all that has gathered is taken."""
    scene.publish(1, np.nan)
    scene.publish(2, a=float("nan"), b=3)
    expected = {"y": [1.0, np.nan], "a": [2.0, np.nan], "b": [2.0, 3.0]}
    assert str(scene.points) == str(expected if language == "C" else {})


def test_what_is_full_is_looked_at_closely(scene: Scene) -> None:
    for i in range(SEAL // 2 + 1):
        scene.publish(i, i)
    assert len(scene.items) == SEAL
    assert scene.closely == [((SEAL // 2, SEAL // 2), {})]


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, 2, "a", "p", 5), {}), ((1, 2), {"x": 1}), ((1, 2, "a"), {"series": "a"})],
)
def test_a_call_that_is_none_is_told_as_python_does(
    scene: Scene, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match=r"publish\(\) (missing|takes|got)"):
        scene.publish(*given, **named)
    assert scene.points == {}


@pytest.mark.parametrize("named", [{"x": 1, "y": 2}, {"y": 2, "x": 1}])
def test_x_and_y_may_be_named(scene: Scene, named: dict[str, Any]) -> None:
    scene.publish(**named)
    scene.publish(1, y=2)
    assert scene.points == {"y": [1, 2, 1, 2]}


def test_a_mistake_shows_the_line_of_the_call() -> None:
    def look_closer(*given: object) -> None:
        check_name(given[2], "series")

    publish = calling(new_pairs(), ExactPairs(), {}, "plot", look_closer, MISSING)
    with pytest.raises(TypeError, match="a name is a text") as caught:
        publish(1, 2, series=7)
    assert len(caught.traceback) == 2, "the call, and publish itself"


def test_it_is_known_as_a_function_is(scene: Scene, language: str) -> None:
    publish: Any = scene.publish
    assert str(inspect.signature(publish)).startswith("(x: 'Any', y: 'Any' = <object")
    if language == "C":
        assert inspect.signature(publish.__call__) == inspect.signature(publish)
    assert inspect.getfullargspec(publish).args == ["x", "y", "series", "plot"]
    assert publish.__name__ == "publish"
    assert repr(publish).startswith("<function publish at ")
    assert callable(publish)
    assert copy.copy(publish) is publish
    assert copy.deepcopy([publish]) == [publish]
    publish.note = "its own"
    assert publish.note == "its own"
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        pickle.dumps(publish)


def test_one_that_has_a_name_is_pickled_by_that(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: Any = scene.publish
    named.__module__, named.__qualname__ = __name__, "public"
    monkeypatch.setitem(sys.modules, __name__, ModuleType(__name__))
    monkeypatch.setattr(sys.modules[__name__], "public", named, raising=False)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(named, protocol)) is named  # noqa: S301 - our own


def test_one_that_nobody_has_is_gone_with_what_it_holds() -> None:
    made = Scene()
    its = weakref.ref(made.publish)
    made.publish.its = made  # type: ignore[attr-defined]
    del made
    gc.collect()
    assert its() is None


def test_calls_keep_no_reference(scene: Scene) -> None:
    x = 12345.678
    before = sys.getrefcount(x), sys.getrefcount(scene.a)
    for _ in range(1_000):
        scene.publish(x, x)
        scene.publish(x, x, series="a")
        scene.publish(x, a=x, b=np.float32(1))
        scene.publish(x, 10**400)
        scene.closely.clear()
    for pairs in (scene.items, scene.a, scene.b):
        pairs.clear()
    assert (sys.getrefcount(x), sys.getrefcount(scene.a)) == before


def test_points_of_many_threads_stay_whole(scene: Scene) -> None:
    taken: list[list[float]] = []

    def produce(k: int) -> None:
        for i in range(5_000):
            scene.publish(k * 10_000 + i, k)

    threads = [threading.Thread(target=produce, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        taken.append(gathered(scene.items))
    for thread in threads:
        thread.join()
    found = gathered(scene.items)
    assert all(x // 10_000 == y for x, y in zip(found[::2], found[1::2], strict=True))
    assert len(found) == 2 * 4 * 5_000
    assert all(found[: len(part)] == part for part in taken[-3:])
