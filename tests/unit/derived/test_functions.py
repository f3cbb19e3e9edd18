"""The table of functions."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.derived.functions import FUNCTIONS, OPERATORS, Count, Span, stepped

X = np.arange(4.0)
Y = np.array([1.0, 4.0, 9.0, 16.0])
NAN = np.nan


@pytest.mark.parametrize(
    ("name", "settings", "wanted"),
    [
        ("ema", [0.0], [1, 4, 9, 16]),
        ("mean", [Count(2)], [1, 2.5, 6.5, 12.5]),
        ("mean", [Span(2.0)], [1, 2.5, 6.5, 12.5]),
        ("median", [Count(3)], [1, 2.5, 4, 9]),
        ("derivative", [], [NAN, 3, 5, 7]),
        ("integral", [], [0, 2.5, 9, 21.5]),
        ("abs", [], [1, 4, 9, 16]),
        ("sqrt", [], [1, 2, 3, 4]),
        ("exp", [], np.exp(Y)),
        ("log", [], np.log(Y)),
        ("log10", [], np.log10(Y)),
    ],
)
def test_a_function_gives_what_its_name_says(name: str, settings: list, wanted: list) -> None:  # type: ignore[type-arg]
    _, found = stepped(FUNCTIONS[name], None, X, [Y], settings)
    np.testing.assert_allclose(found, wanted)


@pytest.mark.parametrize(("sign", "wanted"), [("+", 5.0), ("-", 1.0), ("*", 6.0), ("/", 1.5)])
def test_an_operator_does_too(sign: str, wanted: float) -> None:
    _, found = stepped(OPERATORS[sign], None, X[:1], [np.array([3.0]), np.array([2.0])], [])
    assert found.tolist() == [wanted]


def test_what_is_infinite_is_a_gap() -> None:
    _, found = stepped(OPERATORS["/"], None, X[:1], [np.array([1.0]), np.array([0.0])], [])
    assert np.isnan(found).all()
