"""The picture: a million points reduced by the relay, beside the same page that was given every one
of them.

The measuring is that of the benchmark P13, in a process of its own, since it brings its own
browser.
"""

import json
import subprocess
import sys
from typing import Any

import pytest
from support.paths import ROOT

BENCHMARKS = ROOT / "benchmarks"
PROGRAM = (
    "import json, picture;"
    "print(json.dumps([figure.as_json() for figure in picture.p13(quick=True).figures]))"
)
KINDS = ["noise", "spikes", "steps", "gaps"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """What is measured, by its words."""
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command, cwd=BENCHMARKS, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return {row["what"]: row["value"] for row in rows}


@pytest.mark.parametrize("kind", KINDS)
def test_no_extreme_of_a_pixel_column_is_missing(kind: str, figures: dict[str, float]) -> None:
    assert figures[f"{kind}: pixel columns whose extremes fall short by more than a pixel"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_ink_stands_where_all_points_have_none(kind: str, figures: dict[str, float]) -> None:
    assert figures[f"{kind}: pixels with ink, and none within a pixel in the other picture"] == 0
