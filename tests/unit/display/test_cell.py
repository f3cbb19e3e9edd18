"""The number of the cell that runs."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from zwsnb.display.cell import running_cell


@pytest.mark.parametrize(
    "ipython",
    [
        pytest.param(None, id="not imported"),
        pytest.param(SimpleNamespace(), id="being imported by another thread"),
        pytest.param(SimpleNamespace(get_ipython=lambda: None), id="no shell"),
    ],
)
def test_there_is_none_without_a_shell(monkeypatch: pytest.MonkeyPatch, ipython: Any) -> None:
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    assert running_cell() is None


def test_it_is_the_one_that_runs_and_then_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    make: Any = InteractiveShell  # which has no types
    shell = make()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert running_cell() is None
    shell.user_ns["ask"] = lambda: seen.append(running_cell())
    seen: list[int | None] = []
    for number in (1, 2):
        shell.run_cell("ask()", store_history=True)
        assert running_cell() == number
    assert seen == [1, 2], "as its prompt says"
    shell.run_cell("", store_history=True)
    assert running_cell() is None, "an empty cell has no number"
