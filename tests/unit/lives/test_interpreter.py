"""From where a process of zwsnb's own imports."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zwsnb.lives import interpreter
from zwsnb.lives.interpreter import words_for


def test_the_folder_where_the_program_is_counts_only_where_zwsnb_is_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words_for("zwsnb") == [sys.executable, "-P", "-m", "zwsnb"]
    monkeypatch.setattr(interpreter, "_ROOT", tmp_path)
    assert words_for("zwsnb") == [sys.executable, "-m", "zwsnb"]


def test_that_folder_may_have_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "-P" in words_for("zwsnb")
