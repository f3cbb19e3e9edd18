"""Fuzzing: parsers of what others send, against inputs that nobody has thought of, for minutes."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import Final

from figures import Figure
from hypothesis.database import DirectoryBasedExampleDatabase

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from support.fuzzing.target import Found
from support.fuzzing.targets import TARGETS
from support.paths import ROOT

IN_A_ROW: Final = 300
"""Inputs of one parser before the next one has its turn."""

LONGEST: Final = 5.0
"""Minutes at most."""

FAILED_BEFORE: Final = ROOT / ".hypothesis" / "fuzzing"
"""Where hypothesis keeps what has failed, and tries it first."""


def fuzz(*, minutes: float, quick: bool) -> list[Figure]:
    """Fuzz: parsers are tried with changed messages, trees of JSON and noise."""
    end = time.monotonic() + (5.0 if quick else 60 * min(minutes, LONGEST))
    tried, longest, broken = 0, 0.0, set[str]()
    for target in itertools.cycle(TARGETS.values()):
        if time.monotonic() >= end and tried:
            break
        if target.name in broken:
            continue
        database = DirectoryBasedExampleDatabase(FAILED_BEFORE / target.name)
        try:
            trial = target.hunt(20 if quick else IN_A_ROW, database)
        except Found as found:
            print("   ", found, flush=True)
            print(f"    kept as {target.keep(found.data).relative_to(ROOT)}", flush=True)
            broken.add(target.name)
            if broken == TARGETS.keys():
                break
        else:
            tried += trial.tried
            longest = max(longest, trial.longest)
    return [
        Figure("fuzz", f"inputs with which {len(TARGETS)} parsers were tried", tried, ""),
        Figure(
            "fuzz", "parsers that broke their law", len(broken), "", goal=0,
            note=", ".join(sorted(broken)),
        ),
        Figure("fuzz", "the longest that an input of at most 64 KiB took", longest, "s", goal=1),
    ]  # fmt: skip
