"""Long runs: `python benchmarks/soak.py`, all of them, or `--only R2,R13`, `--minutes 60`, or
`--quick` for a first look.

Each prints its rows beside their targets. At every sample of every run the accounts must add up
(R14). The rows are kept with the benchmarks' results, and docs/benchmarks.md is written anew. A
page's heap has a run of its own: page_soak.py.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from typing import Final

import accounts
import bursts
import report
import stalls
import standing
from figures import Figure
from soaks import conformance, doors, fuzzing, hostile, injection

SOAKS: Final[dict[str, Callable[..., list[Figure]]]] = {
    "R1": bursts.r1,
    "R2": stalls.r2,
    "R3": stalls.r3,
    "R5": bursts.r5,
    "R7": hostile.r7,
    "R8": hostile.r8,
    "R9": conformance.r9,
    "R10": doors.r10,
    "R11": doors.r11,
    "R12": injection.r12,
    "R13": standing.r13,
    "fuzz": fuzzing.fuzz,
}


def main() -> int:
    """Run what is asked for; return 1 if a soak failed or an account did not add up."""
    arguments = _arguments()
    results = report.load()
    soaks = results["tables"].setdefault("soaks", {})
    failed = 0
    for name in [name for name in SOAKS if not arguments.only or name in arguments.only.split(",")]:
        print(f"{name}: {(SOAKS[name].__doc__ or '').splitlines()[0]}", flush=True)
        try:
            figures = SOAKS[name](minutes=arguments.minutes, quick=arguments.quick)
        except Exception:  # noqa: BLE001 - the others are run all the same
            traceback.print_exc()
            failed += 1
            continue
        soaks[name] = [figure.as_json() for figure in figures]
        for figure in figures:
            print("   ", report.line(figure.as_json()), flush=True)
    soaks["R14"] = [accounts.figure().as_json()]
    print("   ", report.line(soaks["R14"][0]), flush=True)
    if not arguments.dry:
        report.save(results)
    return 1 if failed or accounts.wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="NAMES", help=f"some of {','.join(SOAKS)}")
    parser.add_argument(
        "--minutes",
        type=float,
        default=10,
        help="of the runs that stand for an hour (default: %(default)s)",
    )
    parser.add_argument(
        "--quick", action="store_true", help="short runs: a first look, not for the record"
    )
    parser.add_argument(
        "--dry",
        action="store_true",
        help="print, and leave results.json and docs/benchmarks.md as they are",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
