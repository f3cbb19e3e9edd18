"""Runs the unit and the socket tests at once, and prints what of zwsnb they cover.

Each part has one process: coverage follows all that its process does, so that the workers of
pytest-xdist, which collect the tests once more each and pass on every result, took twice as long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PYTEST: Final = ("-m", "pytest", "--cov=zwsnb", "--cov-report=", "--cov-fail-under=0")
CONCURRENCY: Final = {"sockets": "thread,greenlet", "unit": "thread"}
"""Of each part: to tell greenlets apart is slow, and the unit tests have hardly any."""


def data_file(part: str) -> str:
    """Return where the coverage of a part is kept."""
    return str(ROOT / f".coverage.{part}")


def environment(part: str) -> dict[str, str]:
    """Return the environment of a part's process."""
    return os.environ | {
        "COVERAGE_FILE": data_file(part),
        "ZWSNB_CONCURRENCY": CONCURRENCY[part],
    }


def run_tests() -> bool:
    """Run both parts, and return whether they passed. The socket tests, which take longer, are seen
    while they run, the others afterwards.
    """
    with tempfile.TemporaryFile("w+") as said:
        words = [sys.executable, *PYTEST]
        unit = subprocess.Popen(
            [*words, "tests/unit"], cwd=ROOT, env=environment("unit"), stdout=said, stderr=said
        )
        try:
            sockets = subprocess.run(
                [*words, "tests/sockets"], cwd=ROOT, env=environment("sockets"), check=False
            )
            unit.wait()
        finally:
            unit.kill()
        said.seek(0)
        print(said.read(), flush=True)
    return unit.returncode == sockets.returncode == 0


def report() -> bool:
    """Print what both have covered, and return whether it is enough."""
    coverage = [sys.executable, "-m", "coverage"]
    files = [data_file(part) for part in CONCURRENCY]
    subprocess.run([*coverage, "combine", "--quiet", *files], cwd=ROOT, check=True)
    return subprocess.run([*coverage, "report"], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(0 if run_tests() and report() else 1)
