"""docs/reliability.md: each promise has a row and tests that are there; no figure is made up."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from soaks import record
from soaks.promises import PROMISES
from support.paths import ROOT

TESTS = ROOT / "tests"
NAMED = re.findall(r"`((?:unit|sockets|kernel|browser)/[^`]+)`", record.PROSE.read_text())
FIGURE = {
    "what": "calls | that raised",
    "value": 3,
    "unit": "",
    "goal": 0,
    "more": False,
    "met": False,
    "note": "of 9",
}


def functions(path: Path) -> set[str]:
    """The tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_a_row_and_a_test() -> None:
    assert [promise.name for promise in PROMISES][:14] == [f"R{i}" for i in range(1, 15)]
    assert all(promise.tests and promise.words.endswith(".") for promise in PROMISES)


@pytest.mark.parametrize("name", [*(t for p in PROMISES for t in p.tests), *NAMED])
def test_what_is_named_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    assert (TESTS / path).is_file()
    assert not function or function in functions(TESTS / path)


def test_the_page_is_what_the_record_says() -> None:
    assert record.PAGE.read_text(encoding="utf-8") == record.page(record.load())


def rows(soaks: dict[str, object]) -> dict[str, str]:
    """The rows of the page by the names of their promises."""
    text = record.page({"run": {}, "soaks": soaks})
    found = (re.match(r"\| (R\d+) \|", line) for line in text.splitlines())
    return {match[1]: match.string for match in found if match}


def test_what_was_not_measured_says_so() -> None:
    found = rows({"R2": {"figures": [FIGURE]}, "R3": {"failed": "it has ended with 1"}})
    assert found["R1"].endswith("| not measured |")
    assert found["R2"].endswith("| calls \\| that raised: 3.00 (≤ 0; **missed**; of 9) |")
    assert "**not measured**: the soak has failed (it has ended with 1)" in found["R3"]


def test_what_was_measured_apart_says_when() -> None:
    found = rows({"R2": {"figures": [FIGURE], "apart": "2026-01-02"}})
    assert found["R2"].endswith("<br>measured apart, 2026-01-02 |")
