"""Lines of text that become points, and those that do not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from zwsnb.commands.pipe import Lines


def read(text: str, **options: Any) -> list[Any]:
    """What the lines of a text are, those that are nothing left out."""
    lines = Lines(**options)
    return [
        point for line in text.splitlines(keepends=True) if (point := lines.read(line)) is not None
    ]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", []),
        ("1\n2.5\n-3e2", [(0, {"y": 1}), (1, {"y": 2.5}), (2, {"y": -300})]),
        (
            "1 2\n3\t4\n5,6\n7;8\n 9 , 10 ",
            [(1, {"y": 2}), (3, {"y": 4}), (5, {"y": 6}), (7, {"y": 8}), (9, {"y": 10})],
        ),
        ("1 2 3 4", [(1, {"y": 2, "y2": 3, "y3": 4})]),
        ("# a comment\n\n  \n1 2", [(1, {"y": 2})]),
        ("loss\n0.5\n0.4", [(0, {"loss": 0.5}), (1, {"loss": 0.4})]),
        ("x loss acc\n1 2 3", [(1, {"loss": 2, "acc": 3})]),
        ("loss acc\n1 2 3", [(1, {"loss": 2, "acc": 3})]),
        ("time,größe\n1,2", [(1, {"größe": 2})]),
        ('{"x": 1, "y": 2}\r\n', [(1, {"y": 2})]),
        ('{"x": 1, "y": 2, "series": "a"}', [(1, {"a": 2})]),
        ('{"x": 1, "loss": 2, "acc": 3}', [(1, {"loss": 2, "acc": 3})]),
        ('{"loss": 2}\n{"loss": 3}', [(0, {"loss": 2}), (1, {"loss": 3})]),
        ('{"x": "1", "y": "2.5"}', [(1, {"y": 2.5})]),
        ("1\n1 2\n3", [(0, {"y": 1}), (1, {"y": 2}), (2, {"y": 3})]),
    ],
)
def test_lines_are_points(text: str, points: list[Any]) -> None:
    assert read(text) == points


@pytest.mark.parametrize(
    "line",
    [
        "1 two", "1 2 x", "nan", "1 inf", "1e999", "0x10", "1__0 2", "{", "[" * 10_000,
        '{"a":' * 10_000, "{}", '{"x": 1}', '{"y": "a"}', '{"x": null, "y": 1}',
        '{"x": true, "y": 1}', '{"x": 1, "y": [2]}', '{"x": 1' + 400 * "0" + ', "y": 1}',
        '{"x": 1, "\\u0000": 2}', '{"x": 1, "y": 2, "series": "' + "n" * 300 + '"}',
    ],
)  # fmt: skip
def test_lines_that_are_none_are_counted_and_the_last_one_is_told(line: str) -> None:
    lines = Lines()
    assert lines.read("1 2") == (1, {"y": 2})
    assert lines.read(line) is None
    assert (lines.points, lines.refused) == (1, 1)
    assert lines.why.startswith(repr(line.strip()[:60])[:20])
    assert lines.read("3 4") == (3, {"y": 4})


def test_a_heading_is_only_the_first_line() -> None:
    lines = Lines()
    for line in ("a b", "c d", "1 2 3"):
        lines.read(line)
    assert (lines.names, lines.refused, lines.points) == (["a", "b"], 1, 1)


def test_now_makes_time_the_x_of_a_single_number() -> None:
    before = time.time()
    [(x, values), (other, _)] = read("1\n5 2", now=True)
    assert before <= x <= time.time()
    assert values == {"y": 1}
    assert other == 5
