"""`python -m zwsnb`."""

from __future__ import annotations

import runpy
import sys

import pytest

from zwsnb._version import __version__


def test_the_module_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["zwsnb", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("zwsnb", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"zwsnb {__version__}\n"
