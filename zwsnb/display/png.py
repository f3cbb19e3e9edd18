"""SVG documents as PNG, by a process that ends when it has rendered them."""

from __future__ import annotations

import contextlib
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


def render(
    svgs: Sequence[str], timeout: float = RENDERED_WITHIN, zoom: float | None = None
) -> list[str | None]:
    """Return the documents as PNG, in base64; None for one that could not be rendered within so
    many seconds, and for all where no renderer is installed.

    zoom: pixels for each of the document; None: as many as are small enough for a notebook.
    """
    rendered: list[str | None] = []
    if svgs and can_render():
        # There may be no room for the files; a program that had to stop leaves half a line.
        with contextlib.suppress(OSError, ValueError):
            lines = _made_of(
                json.dumps({"svgs": svgs, "zoom": zoom}).encode(), timeout
            ).splitlines()
            rendered.extend(map(json.loads, lines))
    return [*rendered, *[None] * (len(svgs) - len(rendered))]


def _made_of(given: bytes, timeout: float) -> bytes:
    """Return what the program makes of its standard input in so many seconds."""
    with tempfile.TemporaryFile() as taken, tempfile.TemporaryFile() as made:
        taken.write(given)
        taken.seek(0)
        _run(taken, made, timeout)
        made.seek(0)
        return made.read()


def _run(given: IO[bytes], made: IO[bytes], timeout: float) -> None:
    """Run the program, whose files need nobody that serves them, for so many seconds at most.

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
    has_ended = False
    try:
        while not has_ended and time.monotonic() < deadline:
            native.sleep(0.005)
            has_ended = _has_ended(process)
    finally:  # an interrupt as well, which would leave it, and its number when it has ended
        if not has_ended:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(process, signal.SIGKILL)
                native.waitpid(process, 0)


def _has_ended(process: int) -> bool:
    try:
        return native.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return True  # whoever looks after all children has seen it
