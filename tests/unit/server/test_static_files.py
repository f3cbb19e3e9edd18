"""The page's files, and what is said where they are missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zwsnb.server import static_files
from zwsnb.server.static_files import BUNDLE, CONTENT_TYPES, live_script, load_static, saved_parts


def test_the_page_s_files_are_found_and_have_a_content_type() -> None:
    files = load_static()
    assert {"index.html", "plots.html", "dist/style.css", BUNDLE} <= set(files)
    assert {Path(path).suffix for path in files} == set(CONTENT_TYPES)


def test_a_saved_page_has_its_parts() -> None:
    markup, styles, script = saved_parts()
    assert markup.startswith("<!doctype html>")
    assert "#plot" in styles
    assert "saved-vertices" in script


def test_the_script_of_an_output_is_one_call_short_of_showing() -> None:
    script = live_script()
    assert "sha256" not in script
    assert "</" not in script
    assert "zwsnbBundle" in script
    assert len(script) < 8192  # it stands in every output


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation that has lost its page."""
    monkeypatch.setattr(static_files, "__file__", str(tmp_path / "zwsnb" / "server" / "x.py"))
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path / "zwsnb")
    folder = tmp_path / "static"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "zwsnb's page is missing from this installation: install zwsnb again"),
        (
            ["index.html"],
            r"dist/zwsnb\.js is missing: in a clone, `npm ci && npm run build` makes it",
        ),
    ],
)
def test_a_page_that_was_not_built_is_told_so(
    static: Path, names: list[str], sentence: str
) -> None:
    for name in names:
        (static / name).write_text("x", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=sentence):
        load_static()


def test_a_link_to_a_clone_has_the_page_of_the_clone(tmp_path: Path) -> None:
    (tmp_path / "zwsnb").symlink_to(Path(static_files.__file__).resolve().parents[1])
    asks = "from zwsnb.server.static_files import live_script; print(bool(live_script()))"
    said = subprocess.check_output([sys.executable, "-c", asks], cwd=tmp_path, text=True)
    assert said == "True\n"
