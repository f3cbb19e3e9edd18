"""A relay that is left alone with four viewers; `make soak` does it for an hour."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from support.paths import ROOT

pytest.importorskip("playwright", reason="what measures pages is imported, though none is open")

PROGRAM = """
import accounts, json
from soaks import standing
watched = standing.short(4)
print(json.dumps({"counts": watched.counts, **accounts.said()}))
"""


@pytest.mark.slow
def test_a_relay_that_is_left_alone_keeps_its_threads_and_descriptors() -> None:
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command,
        cwd=ROOT / "benchmarks",
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert said["wrong"] == []
    assert said["samples"] > 5
    assert len({tuple(row) for row in said["counts"]}) == 1, "of the relay and of who publishes"
