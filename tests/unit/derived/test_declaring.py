"""What may be derived beside what a plot has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from zwsnb.derived.declaring import MAX_DERIVED, check_declared, in_order


@pytest.mark.parametrize(
    ("name", "sources", "sentence"),
    [
        ("y", {"y": ["a"]}, "plot 'p' has a series 'y' already"),
        ("q", {"q": ["q"]}, "cannot be derived from itself: 'q' from 'q'"),
        ("a", {"a": ["b"], "b": ["c"], "c": ["a"]}, "cannot be derived from itself: "),
        ("0", {str(n): ["y"] for n in range(MAX_DERIVED + 1)}, "has 100 derived series"),
    ],
)
def test_what_may_not_be_is_a_sentence(
    name: str, sources: Mapping[str, Sequence[str]], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        check_declared("p", name, sources, {"y"})


def test_each_is_behind_its_sources() -> None:
    check_declared("p", "c", {"c": ["b", "y"], "b": ["a"], "a": ["y"]}, {"y"})
    assert in_order({"c": ["b", "y"], "b": ["a"], "a": ["y"]}) == ["a", "b", "c"]
