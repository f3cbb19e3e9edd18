"""Commands of `zwsnb` as real processes: those that end by themselves, and those that run on."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from support.eventually import PATIENCE
from support.services import DIRECT

ZWSNB = [sys.executable, "-m", "zwsnb"]


def zwsnb_does(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command that ends by itself."""
    return subprocess.run(
        [*ZWSNB, *words], input=text, capture_output=True, text=True, timeout=30, check=False
    )


class Running:
    """A command that runs until it is told to end, and the address that it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.url = process.stdout.readline().strip()

    def stats(self) -> dict[str, Any]:
        """What /stats of its address says."""
        parts = urlsplit(self.url)
        with DIRECT.open(parts._replace(path="/stats").geturl(), timeout=PATIENCE) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Send a signal; return how it ended, and what it has printed since."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err


@contextlib.contextmanager
def started(*words: str, first: str = "") -> Iterator[Running]:
    """Start a command, which is ended at the end whatever happens. first: what it reads at once."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*ZWSNB, *words], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            if first and process.stdin is not None:
                process.stdin.write(first)
                process.stdin.flush()
            yield Running(process)
        finally:
            process.kill()
