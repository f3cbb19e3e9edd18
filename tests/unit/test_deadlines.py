"""No test hangs the others: not in its second try, and not where it ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HANGS_AGAIN = """
import time

tries = []

def test_it():
    tries.append(1)
    assert len(tries) > 1, "the first try"
    time.sleep(60)
"""

HANGS_AT_ITS_END = """
import time
import pytest

@pytest.fixture
def slow_to_end():
    yield
    time.sleep(60)

def test_it(slow_to_end):
    assert False, "a failure, which stops the clock"
"""


@pytest.mark.parametrize("body", [HANGS_AGAIN, HANGS_AT_ITS_END])
def test_a_test_that_has_failed_has_a_deadline_still(tmp_path: Path, body: str) -> None:
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tmp_path)
    folder = tmp_path / "sockets"
    folder.mkdir()
    (folder / "test_it.py").write_text(body, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "--timeout=1", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*words, str(folder)], cwd=tmp_path, capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 1
    assert "Timeout (>1.0s)" in done.stdout
