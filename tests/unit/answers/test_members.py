"""JSON that is made member by member."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from zwsnb.answers.members import TEXT, Items, Members, encoded, made


def plain() -> object:
    return {"a": 1, "b": [1, None, {}], "c": {"d": "\u00e9\u2028", "e": {"f": [], "g": {}}}}


def lazy() -> Members:
    inner = Members([("f", Items(iter(()))), ("g", Members(iter(())))])
    return Members(
        [
            ("a", 1),
            ("b", [1, None, {}]),
            ("c", Members(iter([("d", "\u00e9\u2028"), ("e", inner)]))),
        ]
    )


def test_it_is_what_it_would_be_at_once() -> None:
    *nones, found = made(lazy())
    assert found == plain()
    assert nones == [None] * 3  # a place to end a turn after each value
    text = "".join(part for part in encoded(lazy()) if part)
    assert text == json.dumps(plain())


def test_only_a_piece_of_its_text_is_there_at_one_time() -> None:
    made_so_far = []

    def values() -> Iterator[object]:
        for number in range(1000):
            made_so_far.append(number)
            yield "x" * 100

    parts = encoded(Items(values()))
    first = next(part for part in parts if part)
    assert TEXT <= len(first) <= TEXT + 200
    assert len(made_so_far) < 200
    rest = [part for part in parts if part]
    assert max(map(len, rest)) <= TEXT + 200
    assert json.loads(first + "".join(rest)) == ["x" * 100] * 1000


@pytest.mark.parametrize("value", [1, "a", None, [], {}])
def test_a_plain_value_is_one_piece(value: object) -> None:
    assert "".join(part for part in encoded(value) if part) == json.dumps(value)
