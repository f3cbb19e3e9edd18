"""Asks the page's own modules what they make of an input: thousands of questions, one Node.js."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

from support.paths import ROOT
from support.rules import decode, encode

ANSWER: Final = ROOT / "tests/page/support/answer_rules.js"

Question = tuple[str, list[Any]]
"""A rule, and its arguments."""


def node() -> str:
    """Return the path of Node.js: that of the npm which the tests of the page run with.

    Raises:
        RuntimeError: there is none.
    """
    words = _npm_command()
    if not words:
        raise RuntimeError(
            "this test asks the page's modules, and so needs Node.js: "
            "`python tools/npm.py --ensure` installs it"
        )
    return (
        words[0] if len(words) > 1 else shutil.which("node") or str(Path(words[0]).parent / "node")
    )


def _npm_command() -> list[str]:
    spec = spec_from_file_location("zwsnb_tools_npm", ROOT / "tools/npm.py")
    assert spec is not None
    assert spec.loader is not None
    npm = module_from_spec(spec)
    sys.modules[spec.name] = npm
    spec.loader.exec_module(npm)
    words: list[str] = npm.command()
    return words


def ask_page(questions: Sequence[Question]) -> list[Any]:
    """Return the page's answer to each question."""
    lines = "".join(encode(question) + "\n" for question in questions)
    done = subprocess.run(
        [node(), str(ANSWER)], input=lines, capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers = [decode(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(questions), done.stderr
    return answers
