"""The main gestures and keys in Firefox, driven by a script of puppeteer-core against a running relay."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import zwsnb

HERE = Path(__file__).parent
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
NODE = shutil.which("node")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def plot() -> Iterator[zwsnb.Plot]:
    zwsnb.start()
    made = zwsnb.Plot("in firefox")
    made.publish(range(2_000), sine=[math.sin(x / 100) for x in range(2_000)], ramp=range(2_000))
    yield made
    zwsnb.stop()


@pytest.mark.skipif(FIREFOX is None or NODE is None, reason="no Firefox, or no Node.js, on the PATH")
def test_the_gestures_and_keys_work_in_firefox(plot: zwsnb.Plot) -> None:
    words = [NODE, HERE / "firefox/reading.mjs", FIREFOX, plot.url]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"after {done.stdout.splitlines()}: {done.stderr}"
