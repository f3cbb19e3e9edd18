"""Scripts that are run as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Final

HEAD: Final = "import json, os, sys, time\nimport zwsnb\n"


def run(
    script: str, *words: str, head: str = HEAD, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script behind a head; it has to end by itself, and to complain about nothing."""
    return _run(["-c", head + textwrap.dedent(script), *words], environment)


def run_file(path: Path, script: str, *words: str, **environment: str) -> str:
    """Run a script that stands in a file, as spawned workers need it; return what it prints."""
    path.write_text(HEAD + textwrap.dedent(script), encoding="utf-8")
    return _run([os.fspath(path), *words], environment).stdout


def _run(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done
