"""A soak in a process of its own: nothing of another one is in its figures, it is bounded in time,
and what it has started ends with it.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

import accounts
import psutil
from figures import Figure

PATIENCE: Final = 20.0
"""Seconds that a soak has to clean up when its time is over."""

Found = dict[str, Any]
"""What a soak has brought, as JSON can carry it: its figures and accounts, or why it has failed."""


class Apart:
    """A soak that runs as `command`, which ends by calling `tell` with the path that is added to
    its words; `within` is how many seconds it may take.
    """

    def __init__(self, name: str, command: list[str], within: float) -> None:
        self.name = name
        self._command = command
        self._within = within

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="zwsnb-soak-")
        self._path = Path(self._folder.name) / "found.json"
        self._begun = time.monotonic()
        # A session of its own: Ctrl-C is for the one that runs them all, which ends the others.
        self._child = subprocess.Popen(
            [*self._command, str(self._path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._echo = threading.Thread(target=self._repeat, daemon=True)
        self._echo.start()
        return self

    def _repeat(self) -> None:
        """Say what it says, and who says so."""
        assert self._child.stdout is not None
        for line in self._child.stdout:
            print(f"{self.name}: {line.rstrip()}", flush=True)

    def found(self) -> Found:
        """Wait for the end, and return what was found."""
        left = self._begun + self._within - time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(max(0.0, left))
        seconds = time.monotonic() - self._begun
        if self._child.poll() is None:
            return {"failed": f"it had not ended after {seconds / 60:.0f} min", "seconds": seconds}
        self._echo.join(PATIENCE)
        if not self._path.exists():
            return {"failed": f"it has ended with {self._child.returncode}", "seconds": seconds}
        return {**json.loads(self._path.read_text()), "seconds": seconds}

    def __exit__(self, *_: object) -> None:
        _end(self._child)
        self._folder.cleanup()


def _end(child: subprocess.Popen[str]) -> None:
    """End a process, and by their numbers those that it has started and does not end."""
    if child.poll() is not None:
        return
    family = psutil.Process(child.pid).children(recursive=True)
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()


# -- in that process -------------------------------------------------------------------------------


def tell(path: str, soak: Callable[[], list[Figure]]) -> None:
    """Run a soak, and leave what it has found for who waits."""
    # As an exception, so that browsers, kernels and relays are ended on the way.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    figures = soak()
    found = {"figures": [one.as_json() for one in figures], "accounts": accounts.said()}
    whole = Path(f"{path}.part")
    whole.write_text(json.dumps(found))
    whole.replace(path)


def progress(what: str) -> None:
    """Say how far this soak is."""
    print(what, flush=True)
