"""The pages of `--help`, as somebody reads them who is new here."""

from __future__ import annotations

import re
from typing import Any

import pytest

from zwsnb.commands import magics
from zwsnb.commands.cli import main

COMMANDS = ("", "serve", "demo", "pipe", "status")
WORDS = ("", "show", "clear", "freeze", "save", "config", "start", "stop")
WIDTH = 80


def page_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command of the shell prints, or a word of the notebook: "%zwsnb show"."""
    if command.startswith("%zwsnb"):
        magics.run(f"{command.removeprefix('%zwsnb')} --help")
    else:
        with pytest.raises(SystemExit, match="0"):
            main([*command.split(), "--help"])
    return capsys.readouterr().out


@pytest.fixture(params=[*COMMANDS, *(f"%zwsnb {word}".strip() for word in WORDS)])
def page(request: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("NO_COLOR", "1")
    return page_of(request.param, capsys)


def test_a_page_says_what_it_is_about_in_lines_that_are_short(page: str) -> None:
    usage, about, *_ = page.split("\n\n")
    assert usage.startswith("usage: ")
    assert usage.count("\n") == 0, "it is no list of options"
    assert about[0].isupper()
    assert about.endswith(".")
    assert max(map(len, page.splitlines())) <= WIDTH


def test_it_has_no_empty_default_and_no_names_of_python(page: str) -> None:
    assert "default: )" not in page
    assert "None" not in page
    without_json = re.sub(r"'\{.*?\}'", "", page.replace("\n", " "))
    assert re.findall(r"\b[a-z0-9]+_[a-z]+\b", without_json) == []


@pytest.mark.parametrize(
    "said",
    [
        "--x-range LOW HIGH ",
        "--y2-range LOW HIGH ",
        "--line Y [TEXT ...] ",
        "--region FROM TO [TEXT ...] ",
        "--panel SERIES [SERIES ...] ",
        "--time [UNIT|no|auto] ",
        "--xy [yes|no|auto] ",
        "--window SPAN ",
        "--no-lines take back every --line ",
        "--no-trigger take back --trigger ",
    ],
)
def test_an_option_reads_as_what_it_takes(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("serve", "pipe", "%zwsnb show"):
        assert f" {said}" in " ".join(page_of(command, capsys).split())
