"""Modules that are imported while the hub goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import gevent
import pytest

from zwsnb.turns.loading import load

SLOW = """
import time
time.sleep(0.3)
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_the_hub_goes_on_while_a_module_is_imported(modules: Path) -> None:
    (modules / "zwsnb_test_slow.py").write_text(SLOW, encoding="utf-8")
    turns = 0

    def others() -> None:
        nonlocal turns
        while "zwsnb_test_slow" not in sys.modules or not is_done:
            turns += 1
            gevent.sleep(0.005)

    is_done = False
    other = gevent.spawn(others)
    load("zwsnb_test_slow")
    is_done = True
    other.join(5)
    assert "zwsnb_test_slow" in sys.modules
    assert turns > 5


def test_what_cannot_be_imported_says_so_where_it_is_used(modules: Path) -> None:
    (modules / "zwsnb_test_bad.py").write_text("raise KeyError('bad')", encoding="utf-8")
    load("zwsnb_test_bad")
    with pytest.raises(KeyError, match="bad"):
        __import__("zwsnb_test_bad")
