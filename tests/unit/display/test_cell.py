"""The number of the cell that runs."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from zwsnb.display.cell import running_cell


@pytest.mark.parametrize(
    ("ipython", "number"),
    [
        (None, None),
        (SimpleNamespace(get_ipython=lambda: None), None),
        (SimpleNamespace(get_ipython=lambda: SimpleNamespace(execution_count=7)), 7),
    ],
)
def test_it_is_that_of_the_shell_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, ipython: Any, number: int | None
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    assert running_cell() == number
