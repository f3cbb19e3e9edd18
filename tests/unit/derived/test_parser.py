"""What is an expression, and what is said of what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.derived.expression import Call, Number, Ref
from zwsnb.derived.functions import FUNCTIONS, Count, Span
from zwsnb.derived.parser import MAX_DEPTH, parse, quoted


def words(node: object) -> str:
    """Return a tree with a bracket around each call."""
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Ref):
        return node.series
    assert isinstance(node, Call)
    name = node.function.usage.partition("(")[0]
    given = [words(each) for each in node.of] + [str(each) for each in node.settings]
    return f"[{name}: {', '.join(given)}]"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("ema(loss, .99)", "[ema: loss, 0.99]"),
        (" ema( 'train/loss' ,0 ) ", "[ema: train/loss, 0.0]"),
        ('mean("it\'s", 3)', f"[mean: it's, {Count(3)}]"),
        ('mean(y, "5m")', f"[mean: y, {Span(300.0)}]"),
        ("a - b - c", "[a - b: [a - b: a, b], c]"),
        ("a + b * 2e3 / (c - 1)", "[a + b: a, [a / b: [a * b: b, 2000], [a - b: c, 1]]]"),
        ("-layer.1.weight", "[a - b: 0, layer.1.weight]"),
        ("--y", "y"),
        ("größe", "größe"),
        ("ema", "ema"),
        ("derivative(abs(median(y, 9)))", f"[derivative: [abs: [median: y, {Count(9)}]]]"),
    ],
)
def test_an_expression_is_read(text: str, tree: str) -> None:
    assert words(parse(text).tree) == tree


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ema(loss)", "needs a setting, as in ema(y, 0.99), at character 9, where there is )"),
        ("ema(loss, .99", 'needs ")" at character 14, where it ends'),
        ("a b", "needs an operator, or the end at character 3, where there is b"),
        ("a $ b", "needs an operator, or the end at character 3, where there is $"),
        ("a +", "needs a series, a number or a function at character 4, where it ends"),
        ("emaa(y, .3)", "did you mean ema? There are ema, mean, median, derivative"),
        ("__import__(y)", "function '__import__' that does not exist: There are ema"),
        ("1 + 2", "names no series, as ema(loss, .99) does"),
        ("ema(y, 1)", "a weight of 1; it is from 0 to less than 1"),
        ("mean(y, 0)", "counts 0 points; it may 1 to 65,536"),
        ("median(y, 2.5)", "counts 2.5 points"),
        ('mean(y, "10 parsecs")', "a span is '10 parsecs'"),
        ('mean(y, "0s")', 'a span of "0s"; one is longer than 0'),
        ("(" * (MAX_DEPTH + 1) + "y", f"has more than {MAX_DEPTH} brackets"),
        ("", "is empty"),
    ],
)
def test_a_mistake_has_its_place_and_its_repair(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"expression|span|empty") as raised:
        parse(text)
    assert sentence in str(raised.value)


def test_an_expression_is_a_text() -> None:
    with pytest.raises(TypeError, match="is a whole number"):
        parse(3)  # type: ignore[arg-type]


@given(st.text("aema(),.'\"+-*/ 019ö\x00", max_size=40))
def test_any_text_is_an_expression_or_a_mistake(text: str) -> None:
    try:
        found = parse(text)
    except ValueError:
        return
    assert found.series


@given(st.text(min_size=1, max_size=30).filter(lambda s: s.isprintable() and '"' not in s))
def test_every_name_can_be_quoted(name: str) -> None:
    assert parse(f"ema({quoted(name)}, .5)").series == (name,)


def test_a_name_with_both_quotes_cannot() -> None:
    assert quoted('a"b') == "'a\"b'"
    with pytest.raises(ValueError, match="both kinds of quotes"):
        quoted("\"'")


def test_every_function_says_how_it_is_used() -> None:
    for name, function in FUNCTIONS.items():
        first = function.usage.partition(" or ")[0]
        assert parse(first).text == first
        assert first.startswith(name)
