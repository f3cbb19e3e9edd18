"""Whatever is done to a plot, what is derived is what its expression gives for what is there."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings, strategies as st
from support.deriving import World

from zwsnb.derived.parser import parse
from zwsnb.kinds.arrays import Column

DERIVED = {
    "smooth": "ema(a, .8)",
    "area": "integral(a)",
    "more": "smooth + 1",
    "gap": "a - b",
}

X = st.lists(st.integers(0, 40), min_size=1, max_size=12)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["", "r"]), X),
        st.tuples(st.just("clear"), st.sampled_from(["", "a", "b", "smooth"])),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("derive"), st.sampled_from(sorted(DERIVED))),
        st.tuples(st.just("withdraw"), st.sampled_from(sorted(DERIVED))),
    ),
    max_size=14,
)


def do(world: World, deed: tuple) -> None:  # type: ignore[type-arg]
    what, *more = deed
    plot = world.plot
    if what == "clear":
        plot.clear(more[0])
    elif what == "remove" and plot.series:
        names = list(plot.series)
        name = names[more[0] % len(names)]
        if not world.derived.withdraw(name):
            plot.remove(name)
    elif what == "derive":
        world.derive(DERIVED[more[0]], more[0])
    elif what == "withdraw":
        world.derived.withdraw(more[0])
    elif what in ("a", "b"):
        run, x = more
        world.publish([float(each) for each in x], [each * 7 % 5 for each in x], what, run)
    world.update()


def rows(world: World, of: str, run: str, number: int) -> Column | None:
    """Return the points of one run of a published name, shape (2, n)."""
    for series in world.plot.series.values():
        if (series.of, series.run, series.number) == (of, run, number):
            return series.points.slice(0, series.count) if series.ordered else None
    return None


def check(world: World, name: str) -> None:
    expression = parse(DERIVED[name])
    for series in [s for s in world.plot.series.values() if s.of == name]:
        found = rows(world, name, series.run, series.number)
        followers = world.derived.by_name[name]._followers.values()
        [follower] = [each for each in followers if each.target is series]
        columns = [each.points.slice(0, each.count) for each in follower.sources.values()]
        x, end = columns[0][0], min((c[0, -1] for c in columns[1:]), default=math.inf)
        x = x[x <= end]
        given_ = {n: between(c, x) for n, c in zip(follower.sources, columns, strict=True)}
        given_[expression.series[0]] = columns[0][1][: len(x)]
        _, wanted = expression.values({}, x, given_)
        assert found is not None
        np.testing.assert_allclose(found, [x, wanted], rtol=1e-9, atol=1e-9)


def between(points: Column, x: Column) -> Column:
    """Return y at `x`, of several at one x the first."""
    xs, first = np.unique(points[0], return_index=True)
    right: Column = np.interp(x, xs, points[1][first], left=math.nan, right=math.nan)
    last = len(points[0]) - 1 - np.unique(points[0][::-1], return_index=True)[1]
    # The line from the last one of an x leads to the first one of the next.
    at = np.searchsorted(xs, x)
    for i in np.flatnonzero((at > 0) & (at < len(xs))):
        if xs[at[i]] != x[i]:
            lo, hi = last[at[i] - 1], first[at[i]]
            part = (x[i] - points[0][lo]) / (points[0][hi] - points[0][lo])
            right[i] = points[1][lo] * (1 - part) + points[1][hi] * part
    return right


@settings(deadline=None)
@given(DEEDS)
def test_at_all_times(deeds: list[tuple]) -> None:  # type: ignore[type-arg]
    world = World()
    for name in ("smooth", "gap"):
        world.derive(DERIVED[name], name)
    for deed in deeds:
        do(world, deed)
        for name in world.derived.by_name:
            check(world, name)
        of = {series.of for series in world.plot.series.values()}
        assert of <= {"a", "b", *world.derived.by_name}
