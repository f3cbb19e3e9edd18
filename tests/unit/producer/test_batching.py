"""Short runs of points are joined, long ones cut, and commands stay where they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.producer import batching
from zwsnb.producer.batching import EACH, JOINED, PART, merged, nbytes_of, parts_of
from zwsnb.protocol.batch import Body, Clear, Points, SetOptions, size_of

NAMES = [("p", "a", ""), ("p", "b", ""), ("q", "a", ""), ("p", "a", "r")]


Name = tuple[str, str, str]


def run_of(name: Name, *x: float) -> Points:
    plot, series, run = name
    return Points(plot, series, np.array(x), -np.array(x), run=run)


def described(bodies: Sequence[Body]) -> list[object]:
    """Bodies as values that can be compared."""
    return [
        (b.plot, b.series, b.x.tolist(), b.y.tolist()) if isinstance(b, Points) else b
        for b in bodies
    ]


@pytest.mark.parametrize(
    ("body", "size"),
    [(Clear("p"), 0), (SetOptions("p", {}), 0), (run_of(NAMES[0]), 0), (run_of(NAMES[0], 1, 2), 2)],
)
def test_a_body_is_as_large_as_its_points(body: Body, size: int) -> None:
    assert (size_of(body), nbytes_of(body)) == (size, 16 * size)


def test_a_point_alone_takes_much_beside_its_numbers() -> None:
    assert nbytes_of(run_of(NAMES[0], 1)) == EACH


def test_names_that_nobody_has_told_of_are_joined_behind_the_others() -> None:
    joined = merged([run_of(("p", "new", ""), 1), run_of(NAMES[0], 2)], NAMES[:1])
    assert [each.series for each in joined if isinstance(each, Points)] == [NAMES[0][1], "new"]


def test_runs_of_a_series_are_joined_in_the_order_of_first_use() -> None:
    a, b, *_ = NAMES
    joined = merged([run_of(b, 1), run_of(a, 2), run_of(b, 3), run_of(a, 4, 5)], NAMES)
    assert described(joined) == [
        ("p", "a", [2, 4, 5], [-2, -4, -5]),
        ("p", "b", [1, 3], [-1, -3]),
    ]


def test_runs_are_not_joined_over_a_command() -> None:
    a = NAMES[0]
    bodies: list[Body] = [run_of(a, 1), Clear("p"), run_of(a, 2), run_of(a, 3)]
    assert described(merged(bodies, NAMES)) == [
        ("p", "a", [1], [-1]),
        Clear("p"),
        ("p", "a", [2, 3], [-2, -3]),
    ]


def test_long_runs_are_not_copied() -> None:
    long, short = run_of(NAMES[0], *range(JOINED)), run_of(NAMES[0], 1)
    assert list(merged([long, short], NAMES)) == [long, short]


def test_one_body_is_left_as_it_is() -> None:
    bodies: list[Body] = [run_of(NAMES[0], 1)]
    assert merged(bodies, NAMES) is bodies


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(st.floats(-1, 1), max_size=3))))
def test_joining_loses_nothing_and_keeps_the_order(
    runs: list[tuple[Name, list[float]]],
) -> None:
    found = merged([run_of(name, *x) for name, x in runs], NAMES)
    for name in NAMES:
        published = [v for n, x in runs if n == name for v in x]
        kept = [p for p in found if isinstance(p, Points) and (p.plot, p.series, p.run) == name]
        assert [v for p in kept for v in p.x.tolist()] == published


@pytest.mark.parametrize(("n", "sizes"), [(0, [0]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_what_does_not_fit_into_a_message_is_cut(
    n: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "PART", 3)
    parts = parts_of(run_of(NAMES[0], *range(n)))
    assert list(map(size_of, parts)) == sizes
    assert [v for p in parts if isinstance(p, Points) for v in p.x.tolist()] == list(range(n))


def test_a_command_is_not_cut() -> None:
    assert parts_of(Clear("p")) == [Clear("p")]
    assert PART * 16 == 2 << 20
