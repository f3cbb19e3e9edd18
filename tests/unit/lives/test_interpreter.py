"""From where a process of zwsnb's own imports."""

from __future__ import annotations

import subprocess
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


def test_a_link_to_zwsnb_in_that_folder_counts_too(tmp_path: Path) -> None:
    (tmp_path / "zwsnb").symlink_to(Path(interpreter.__file__).resolve().parents[1])
    asks = "from zwsnb.lives.interpreter import words_for; print(*words_for('zwsnb')[1:])"
    for folder, words in ((".", "-m zwsnb"), ("/", "-P -m zwsnb")):
        text = f"import os; import zwsnb.lives.interpreter; os.chdir({folder!r}); {asks}"
        said = subprocess.check_output([sys.executable, "-c", text], cwd=tmp_path, text=True)
        assert said.strip() == words


def test_that_folder_may_have_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "-P" in words_for("zwsnb")
