"""Programs of others as real processes: found, started, waited for, ended."""

from __future__ import annotations

import contextlib
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError

import pytest

from support.lab import end, until
from support.paths import ROOT
from support.services import DIRECT

FOLDERS: Final = (
    Path(sys.executable).parent,
    ROOT / "node_modules/.bin",
    # Debian's place for servers, which is not on everybody's PATH.
    Path("/usr/sbin"),
)
BEGIN_WITHIN: Final = 60
"""Seconds."""


def find(program: str) -> str:
    """Return the path of a program: of this Python's environment, of the page's, of the machine; ""
    where there is none.
    """
    places = [str(folder / program) for folder in FOLDERS]
    return next((found for one in (*places, program) if (found := shutil.which(one))), "")


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip what is marked where one of these is not installed."""
    missing = [program for program in programs if not find(program)]
    return pytest.mark.skipif(
        bool(missing), reason=f"no {' and no '.join(missing)} here: `make hosts` installs it"
    )


@contextlib.contextmanager
def serving(words: Sequence[str], url: str, log: Path, env: Mapping[str, str]) -> Iterator[None]:
    """Run a server for as long as the context lasts, which begins when it answers at an address.

    The folder of its log is where it runs.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(words, env=env, cwd=log.parent, stdout=out, stderr=out)
    try:
        until(lambda: _answers(process, url, log), f"an answer of {words[0]}", BEGIN_WITHIN)
        yield
    finally:
        end(process)


def _answers(process: subprocess.Popen[bytes], url: str, log: Path) -> bool:
    assert process.poll() is None, log.read_text(encoding="utf-8")[-2000:]
    try:
        DIRECT.open(url, timeout=BEGIN_WITHIN).close()
    except HTTPError as error:
        error.close()
        # What is not there yet behind a proxy is not found, or not available.
        return error.code == HTTPStatus.FORBIDDEN
    except URLError as error:
        # A certificate that nobody has signed is an answer too.
        return isinstance(error.reason, ssl.SSLError)
    except OSError:
        return False
    return True
