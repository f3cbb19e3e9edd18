"""Whatever is published is taken exactly, one by one and as a whole alike, or refused by a sentence
that names it; and what is refused leaves nothing.
"""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from support.kinds_of_values import KINDS
from support.optional import library
from support.sinks import FakeSink, assert_account, by_series

from zwsnb.producer.publisher import Publisher

FUZZ = settings(
    derandomize=True,
    deadline=None,
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
"""Of other libraries about one another."""

NAMES = sorted(KINDS)
REFUSED = [name for name in NAMES if KINDS[name].role == "none"]
NUMBERS = [name for name in NAMES if KINDS[name].role == "number"]


class Outcome:
    """What came of some calls, by series: x and y, None for a gap; or the sentence."""

    def __init__(self) -> None:
        self.publisher = Publisher()
        self.publisher.sink = FakeSink(self.publisher)
        self.publish = self.publisher.bind("plot")
        self.accepted = 0

    def of(self, points: int, *arguments: Any, **named: Any) -> str | None:
        """Publish so many points; return the sentence when they are refused."""
        before = self.publisher.stats()["accepted"]
        try:
            self.publish(*arguments, **named)
        except (TypeError, ValueError) as error:
            assert self.publisher.stats()["accepted"] == before
            return str(error)
        self.accepted += points
        return None

    def points(self, series: str = "y") -> list[tuple[float, float | None]]:
        found = by_series(self.publisher.take())
        assert_account(self.publisher, self.accepted)
        return found.get(f"plot/{series}", [])


def assert_sentence(sentence: str | None, what: str) -> None:
    """It is one sentence, and says what is wrong."""
    assert sentence is not None
    assert "\n" not in sentence
    assert len(sentence) < 300
    assert re.match(rf"{what}(\[\d+\])* ", sentence), sentence


def gap(value: float) -> float | None:
    return value if math.isfinite(value) else None


@pytest.mark.parametrize("name", NAMES)
@FUZZ
@given(data=st.data())
def test_every_kind_of_y_is_taken_exactly_or_refused(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    drawn = data.draw(st.lists(kind.draw, min_size=1, max_size=5))
    ones, many = kind.make(drawn)
    single, whole = Outcome(), Outcome()
    sentences = [single.of(1, i, one) for i, one in enumerate(ones)]
    sentence = whole.of(len(drawn), range(len(drawn)), many)
    if kind.role != "number":
        # A list is many y, and says so; times are none.
        assert_sentence(sentence, "y")
        for its in sentences:
            assert_sentence(its, "(y|x is one value, y|publish|series)")
        assert single.points() == whole.points() == []
        return
    assert (sentence, set(sentences)) == (None, {None})
    expected = [(i, gap(kind.expected(value))) for i, value in enumerate(drawn)]
    assert whole.points() == expected
    assert single.points() == expected


@pytest.mark.parametrize("name", NAMES)
@FUZZ
@given(data=st.data())
def test_every_kind_of_x_is_taken_exactly_or_refused(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    drawn = data.draw(st.lists(kind.draw, min_size=1, max_size=5))
    ones, many = kind.make(drawn)
    single, whole = Outcome(), Outcome()
    sentences = [single.of(1, one, i) for i, one in enumerate(ones)]
    sentence = whole.of(len(drawn), many, range(len(drawn)))
    if kind.role == "none":
        assert_sentence(sentence, "x")
        for its in sentences:
            assert_sentence(its, "x")
        assert single.points() == whole.points() == []
        return
    expected = [(kind.expected(value), i) for i, value in enumerate(drawn)]
    finite = [point for point in expected if math.isfinite(point[0])]
    assert single.points() == finite
    for point, its in zip(expected, sentences, strict=True):
        if point not in finite:
            assert_sentence(its, "x")
    if finite == expected:
        assert whole.points() == expected
    else:
        assert_sentence(sentence, "x")
        assert whole.points() == []


@FUZZ
@given(data=st.data(), refused=st.none() | st.sampled_from(REFUSED))
def test_of_several_series_all_are_taken_or_none(data: st.DataObject, refused: str | None) -> None:
    for optional in ("astropy", "pint", "polars", "pyarrow", "ml_dtypes"):
        library(optional)
    names = data.draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True))
    if refused is not None:
        names.insert(data.draw(st.integers(0, len(names))), refused)
    n = data.draw(st.integers(2, 4))
    made = {
        name: KINDS[name].make(data.draw(st.lists(KINDS[name].draw, min_size=n, max_size=n)))
        for name in names
    }
    outcome = Outcome()
    taken = len(names)
    sentences = [
        outcome.of(taken * n, range(n), {name: many for name, (_, many) in made.items()}),
        outcome.of(taken, 9, {name: ones[0] for name, (ones, _) in made.items()}),
    ]
    if refused is None:
        assert sentences == [None, None]
    elif refused != "dict":  # in a dict of series it is one more
        for sentence in sentences:
            assert_sentence(sentence, f"(x is one value, )?(y of '{refused}'|series)")
    found = by_series(outcome.publisher.take())
    assert_account(outcome.publisher, outcome.accepted)
    assert len(found) == (taken if refused is None else 0)


@FUZZ
@given(
    st.lists(st.tuples(st.sampled_from(["mV", "V", "kV"]), st.floats(-1e6, 1e6)), min_size=1),
    st.sampled_from(["astropy", "pint"]),
)
def test_quantities_of_one_dimension_are_in_the_first_unit(
    drawn: list[tuple[str, float]], name: str
) -> None:
    units: Any = library("astropy.units")
    pint: Any = library("pint")
    make = units.Quantity if name == "astropy" else pint.get_application_registry().Quantity
    scale = {"mV": 1e-3, "V": 1.0, "kV": 1e3}
    outcome = Outcome()
    ones = [make(value, unit) for unit, value in drawn]
    for i, one in enumerate(ones):
        assert outcome.of(1, i, one) is None
    assert outcome.of(len(ones), range(len(ones)), ones) is None
    expected = [value * scale[unit] / scale[drawn[0][0]] for unit, value in drawn] * 2
    assert [y for _, y in outcome.points()] == pytest.approx(expected, rel=1e-12)
