"""Measure: `python benchmarks/run.py`, all of it, or `--only P1,P5`, or `--quick` for a first look.

Each benchmark measures its limit in the same run. The last table printed has every figure beside
its target; results.json keeps it, and docs/benchmarks.md is written from that.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Final

import cells
import growth
import images
import opening
import page_cpu
import picture
import publishing
import report
import scrolling
import sidebyside
import steering
import traffic
import ways
import zoom
from figures import Outcome
from tables import line

BENCHES: Final[dict[str, Callable[..., Outcome]]] = {
    "P1": publishing.p1,
    "P2": cells.p2_and_p4,
    "P3": publishing.p3,
    "P5": opening.p5,
    "P6": traffic.p6,
    "P7": zoom.p7,
    "P8": zoom.p8,
    "P9": traffic.p9,
    "P10": cells.p10,
    "P11": cells.p11,
    "P12": opening.p12,
    "P13": picture.p13,
    "P16": scrolling.p16,
    "page": page_cpu.page,
    "image": images.image,
    "steer": steering.steer,
    "ways": ways.ways,
    "peers": sidebyside.peers,
    "growth": growth.growth,
}
TOGETHER: Final = {"P4": "P2"}
"""Measured in the same run as another one."""


def main() -> int:
    """Run what is asked for; return 1 if a benchmark failed (not: if a target is missed)."""
    arguments = _arguments()
    # What pip installs is compiled: processes that are measured shall not be compiling.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    results = report.load()
    if arguments.anew:
        report.keep_as_before(results)
    failed = 0
    for name in _chosen(arguments.only):
        print(f"{name}: {(BENCHES[name].__doc__ or '').splitlines()[0]}", flush=True)
        begin = time.monotonic()
        try:
            outcome = BENCHES[name](quick=arguments.quick)
        except Exception:  # noqa: BLE001 - the others are measured all the same
            traceback.print_exc()
            failed += 1
            continue
        report.add(results, name, outcome, quick=arguments.quick)
        for figure in outcome.figures:
            print("   ", line(figure.as_json()), flush=True)
        print(f"    {time.monotonic() - begin:.0f} s", flush=True)
    print(report.table(results))
    if not arguments.dry:
        report.save(results)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="NAMES", help=f"some of {','.join(BENCHES)}")
    parser.add_argument(
        "--quick", action="store_true", help="short runs: a first look, not for the record"
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help="have what stands there now beside it, as what was before",
    )
    parser.add_argument(
        "--dry",
        action="store_true",
        help="print, and leave results.json and docs/benchmarks.md as they are",
    )
    return parser.parse_args()


def _chosen(only: str) -> list[str]:
    names = [TOGETHER.get(name, name) for name in only.split(",") if name]
    if unknown := [name for name in names if name not in BENCHES]:
        sys.exit(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    return [name for name in BENCHES if not names or name in names]


if __name__ == "__main__":
    sys.exit(main())
