"""What is never asked of the types in C, and must harm nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from zwsnb.quick.pairs import IN_C

if IN_C is None:
    pytest.skip("zwsnb/quick/in_c.c is not compiled", allow_module_level=True)

from zwsnb.quick.in_c import Pairs, Publish


@pytest.fixture
def pairs() -> Pairs:
    made = Pairs(100)
    made.extend((1.0, 2.0))
    return made


@pytest.mark.parametrize("count", [-1, 10**30, "1", None, 1.0])
@pytest.mark.parametrize("method", ["first", "forget"])
def test_what_is_no_count(pairs: Pairs, method: str, count: object) -> None:
    with pytest.raises((OverflowError, TypeError, ValueError)):
        getattr(pairs, method)(count)
    assert len(pairs) == 2


def test_more_than_there_are_is_all(pairs: Pairs) -> None:
    """Another thread may have cleared them."""
    assert np.frombuffer(pairs.first(4)).tolist() == [1, 2]
    pairs.forget(4)
    pairs.forget(2)
    assert len(pairs) == 0


@pytest.mark.parametrize("pair", [(1.0,), (1.0, 2.0, 3.0), ("1", 2.0), 1.0, None, (1.0, None)])
def test_what_is_no_pair(pairs: Pairs, pair: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        pairs.extend(pair)
    assert len(pairs) == 2


class Bad:
    def __float__(self) -> float:
        raise RuntimeError("no number")


def test_a_number_that_fails(pairs: Pairs) -> None:
    with pytest.raises(RuntimeError, match="no number"):
        pairs.extend((1.0, Bad()))  # type: ignore[arg-type]
    assert len(pairs) == 2


class Removing:
    """A number that removes what has gathered before it is known."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs

    def __float__(self) -> float:
        self.pairs.clear()
        return 1.0


def test_a_number_that_changes_what_it_is_to_be_in(pairs: Pairs) -> None:
    pairs.extend((Removing(pairs), 2.0))  # type: ignore[arg-type]
    assert np.frombuffer(pairs.first(2)).tolist() == [1, 2]
    assert len(pairs) == 2


@pytest.mark.parametrize("given", [(), ("x",), (1, 2)])
def test_what_pairs_are_not_made_of(given: Any) -> None:
    with pytest.raises(TypeError):
        Pairs(*given)


@pytest.mark.parametrize(
    "given",
    [
        (),
        (print, None, {}, {}, float, ()),
        (print, [], {}, {}, float, ()),
        (print, Pairs(1), [], {}, float, ()),
        (print, Pairs(1), {}, None, float, ()),
        (print, Pairs(1), {}, {}, int, ()),
        (print, Pairs(1), {}, {}, None, ()),
        (print, Pairs(1), {}, {}, float, []),
    ],
)
def test_what_publish_is_not_made_of(given: Any) -> None:
    with pytest.raises(TypeError):
        Publish(*given)


def test_publish_is_made_without_keywords() -> None:
    with pytest.raises(TypeError, match="no keyword"):
        Publish(print, Pairs(1), {}, {}, float, (), closer=print)  # type: ignore[call-arg]


def test_a_point_that_is_named_twice_for_one_series_is_none(pairs: Pairs) -> None:
    closely: list[object] = []
    pairs.is_open = True
    known = dict.fromkeys("abcdefgh", pairs)
    publish = Publish(lambda *_, **named: closely.append(named), pairs, known, {}, float, ())
    for _ in range(100):
        publish(1, a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8)
    assert (len(pairs), len(closely)) == (2, 100)


@pytest.mark.parametrize("origin", [-(2**63), 2**63 - 1, 5 * 10**9])
def test_times_that_count_from_far_away_are_looked_at_closely(pairs: Pairs, origin: int) -> None:
    closely: list[object] = []
    pairs.takes_times, pairs.origin = True, origin
    publish = Publish(lambda *given: closely.append(given), pairs, {}, {}, float, ())
    publish(datetime(2024, 2, 29, tzinfo=UTC), 1)
    assert (len(pairs), len(closely)) == (2, 1)


@pytest.mark.parametrize("made", [Pairs, Publish])
def test_nobody_derives_from_them(made: type) -> None:
    with pytest.raises(TypeError):
        type("Derived", (made,), {})
    with pytest.raises(TypeError):
        made.note = 1  # type: ignore[attr-defined]


def test_what_stands_under_a_name_and_is_none_is_left_alone(pairs: Pairs) -> None:
    closely: list[object] = []
    known: dict[Any, object] = {"a": 1, 7: pairs, "no dict": 1}
    publish = Publish(lambda *_, **named: closely.append(named), pairs, known, known, float, ())
    publish(1, a=1)
    others: list[dict[str, Any]] = [{"series": 7}, {"series": []}, {"plot": "no dict"}]
    for named in [*others, {"plot": 7}, {"plot": []}]:
        publish(1, 2, **named)
        assert closely[-1] == named
    assert closely[0] == {"a": 1}
    assert len(pairs) == 2


def test_an_error_of_the_closer_look_comes_through(pairs: Pairs) -> None:
    publish = Publish(lambda x, y: x / y, pairs, {}, {}, float, ())
    with pytest.raises(ZeroDivisionError):
        publish(1, 0)


def test_a_call_with_words_in_a_dict(pairs: Pairs) -> None:
    pairs.is_open = True
    publish = Publish(print, pairs, {"a": pairs}, {}, float, ())
    words: list[dict[str, float]] = [{}, {"a": 6}]
    publish(*(3, 4), **words[0])
    publish(*[5], **words[1])
    assert np.frombuffer(pairs.first(6)).tolist() == [1, 2, 3, 4, 5, 6]
