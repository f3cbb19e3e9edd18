"""SVG documents as PNG, by a process that ends when it has rendered them."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from zwsnb.producer import native

RENDERED_WITHIN: Final = 20.0
"""Seconds that the process may take."""

_PROGRAM: Final = Path(__file__).with_name("rasterizer.py")


def can_render() -> bool:
    """Return whether a renderer is installed: ``pip install "zwsnb[pictures]"``."""
    return (
        bool(sys.executable)
        and hasattr(os, "posix_spawn")
        and importlib.util.find_spec("resvg_py") is not None
    )


def render(svgs: Sequence[str], timeout: float = RENDERED_WITHIN) -> list[str | None]:
    """Return the documents as PNG, in base64; None for one that could not be rendered within so
    many seconds, and for all where no renderer is installed.
    """
    nothing: list[str | None] = [None] * len(svgs)
    if not svgs or not can_render():
        return nothing
    try:
        rendered: list[str | None] = json.loads(_made_of(json.dumps(svgs).encode(), timeout))
    except (OSError, ValueError):  # no room for the files, or it has failed
        return nothing
    return rendered


def _made_of(given: bytes, timeout: float) -> bytes:
    """Return what the program makes of its standard input; nothing when it had no time."""
    with tempfile.TemporaryFile() as taken, tempfile.TemporaryFile() as made:
        taken.write(given)
        taken.seek(0)
        if not _has_run(taken, made, timeout):
            return b""
        made.seek(0)
        return made.read()


def _has_run(given: IO[bytes], made: IO[bytes], timeout: float) -> bool:
    """Run the program, whose files need nobody that serves them; False when it had no time.

    It is not the standard library's `subprocess`, of which gevent's patch leaves only greenlets.
    """
    # -P: its folder has modules whose names are others' too.
    words = [sys.executable, "-P", str(_PROGRAM)]
    files = [
        (os.POSIX_SPAWN_DUP2, given.fileno(), 0),
        (os.POSIX_SPAWN_DUP2, made.fileno(), 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    # Of a process group of its own: a kernel interrupts its group, and at its end ends it.
    process = native.posix_spawn(sys.executable, words, os.environ, file_actions=files, setpgroup=0)
    deadline = time.monotonic() + timeout
    while not _has_ended(process):
        if time.monotonic() > deadline:
            os.kill(process, signal.SIGKILL)
            native.waitpid(process, 0)
            return False
        native.sleep(0.005)
    return True


def _has_ended(process: int) -> bool:
    try:
        return native.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return True  # whoever looks after all children has seen it
