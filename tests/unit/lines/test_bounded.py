"""Lines without an end are read in pieces, and known."""

from __future__ import annotations

import io

import pytest

from zwsnb.lines import bounded as bounded_module, lines as lines_module
from zwsnb.lines.bounded import bounded
from zwsnb.lines.lines import Lines


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bounded_module, lines_module):
        monkeypatch.setattr(module, "LONGEST", 8)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("1 2", ["1 2"]),
        ("1\n\n2\n", ["1\n", "\n", "2\n"]),
        ("12345678\n1\n", ["12345678\n", "1\n"]),
        ("1" * 100 + "\n2\n", ["1" * 9, "2\n"]),
        ("1" * 100, ["1" * 9]),
    ],
)
def test_of_a_line_that_is_too_long_the_begin_is_kept(text: str, lines: list[str]) -> None:
    assert list(bounded(io.StringIO(text))) == lines


def test_one_that_is_too_long_is_refused_and_not_taken_for_its_begin() -> None:
    said: list[str] = []
    lines = Lines(lambda: 0.0, say=said.append)
    taken = [lines.read(line) for line in bounded(io.StringIO("1" * 100 + "\n2\n"))]
    assert [point and point.values for point in taken] == [None, {"y": 2.0}]
    assert said == ["refused '111111111': it is longer than 8 characters"]
    assert (lines.lines, lines.points, lines.refused) == (2, 1, 1)
