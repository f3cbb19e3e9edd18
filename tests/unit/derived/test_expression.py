"""What an expression gives for columns."""

from __future__ import annotations

import numpy as np

from zwsnb.derived.parser import parse


def test_it_names_each_series_once_the_first_one_first() -> None:
    assert parse("b + a * b - c").series == ("b", "a", "c")


def test_what_is_seen_in_place_of_its_series_smooths() -> None:
    assert parse("ema(loss, .9)").smooths
    assert not any(parse(text).smooths for text in ("ema(a - b, .9)", "ema(a, .9) + 1", "a"))


def test_it_is_computed_and_carried_on() -> None:
    found = parse("2 * mean(a, 2) + derivative(b)")
    x, a, b = np.arange(4.0), np.array([1.0, 3, 5, 7]), np.array([0.0, 1, 4, 9])
    states, first = found.values({}, x[:2], {"a": a[:2], "b": b[:2]})
    _, second = found.values(states, x[2:], {"a": a[2:], "b": b[2:]})
    np.testing.assert_allclose([*first, *second], [np.nan, 5, 11, 17])
    _, again = found.values(states, x[2:], {"a": a[2:], "b": b[2:]})
    np.testing.assert_array_equal(again, second)


def test_two_calls_of_one_function_do_not_share_what_they_carry() -> None:
    found = parse("ema(y, .5) - ema(y, .5)")
    _, values = found.values({}, np.arange(3.0), {"y": np.array([1.0, 5, 2])})
    assert values.tolist() == [0, 0, 0]


def test_where_it_has_no_value_there_is_a_gap() -> None:
    y = {"y": np.array([-1.0, 0.0, 1.0])}
    _, values = parse("log10(y)").values({}, np.arange(3.0), y)
    np.testing.assert_array_equal(values, [np.nan, np.nan, 0])
