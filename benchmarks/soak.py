"""Long runs: `python benchmarks/soak.py`, an hour in all; some of them by `--only R2,R13`; or
`--quick` for a first look, some minutes in all.

R13 runs for the whole hour, and the others one after the other beside it, each in a process of its
own; but R2 first and by itself. At every sample of every run the accounts must add up (R14). Every
figure is printed beside its target; a whole run is kept in results/soaks.json, and
docs/reliability.md is written from that. The program ends with 1 when a soak has failed, a target
was missed or an account did not add up.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import accounts
from figures import Figure
from soaks import (
    away,
    bursts,
    conformance,
    doors,
    fuzzing,
    hostile,
    injection,
    record,
    restarts,
    stalls,
    standing,
)
from soaks.apart import Apart, Found, tell
from tables import line

SOAKS: Final[dict[str, Callable[..., list[Figure]]]] = {
    "R1": bursts.r1,
    "R2": stalls.r2,
    "R3": stalls.r3,
    "R4": away.r4,
    "R5": bursts.r5,
    "R6": restarts.r6,
    "R7": hostile.r7,
    "R8": hostile.r8,
    "R9": conformance.r9,
    "R10": doors.r10,
    "R11": doors.r11,
    "R12": injection.r12,
    "R13": standing.r13,
    "fuzz": fuzzing.fuzz,
}
BESIDE: Final = "R13"
"""Takes all the time that was asked for, beside the others."""
ALONE: Final = "R2"
"""Runs before all others, with nothing beside it: the longest of ten million calls is otherwise how
long the system let the process wait for a processor.
"""
BOUNDS: Final = {"R6": 25.0}
BOUND: Final = 10.0
"""Minutes that a soak may take, those with another bound and R13 apart."""
ALL: Final = "R14"
"""Is counted in all of the others."""


def main() -> int:
    """Do what the command line says."""
    arguments = _arguments()
    if arguments.alone:
        soak = SOAKS[arguments.alone]
        tell(arguments.into, lambda: soak(minutes=arguments.minutes, quick=arguments.quick))
        return 0
    # Processes that are measured shall not be compiling what they import.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    found = _run(_chosen(arguments.only), arguments)
    found[ALL] = _sum(found)
    minutes = (time.time() - begun) / 60
    print(f"\nin {minutes:.0f} min:")
    for name, its in found.items():
        _show(name, its)
    if not (arguments.quick or arguments.dry):
        record.keep(found, begun, minutes, whole=not arguments.only)
    return 0 if all(_is_good(its) for its in found.values()) else 1


def _run(names: list[str], arguments: argparse.Namespace) -> dict[str, Found]:
    """Run soaks one after the other, and meanwhile, but for the first, the one that takes all the
    time.
    """
    found = {name: _one(name, arguments) for name in names if name == ALONE}
    with contextlib.ExitStack() as stack:
        beside = [stack.enter_context(_apart(name, arguments)) for name in names if name == BESIDE]
        for name in (name for name in names if name not in {ALONE, BESIDE}):
            found[name] = _one(name, arguments)
            if beside:
                _note_the_neighbour(found[name])
        for soak in beside:
            _announce(soak.name)
            found[soak.name] = soak.found()
    return {name: found[name] for name in names}


def _one(name: str, arguments: argparse.Namespace) -> Found:
    """Run a soak; return what it has found."""
    _announce(name)
    with _apart(name, arguments) as soak:
        found = soak.found()
    print(f"{name}: {found['seconds']:.0f} s", flush=True)
    return found


def _announce(name: str) -> None:
    print(f"\n{time.strftime('%H:%M:%S')} {(SOAKS[name].__doc__ or name).splitlines()[0]}")


def _apart(name: str, arguments: argparse.Namespace) -> Apart:
    words = ["--alone", name, "--minutes", str(arguments.minutes), "--into"]
    if arguments.quick:
        words.insert(0, "--quick")
    minutes = 4 if arguments.quick else BOUNDS.get(name, BOUND)
    if name == BESIDE and not arguments.quick:
        minutes = arguments.minutes + BOUND
    return Apart(name, [sys.executable, str(Path(__file__)), *words], 60 * minutes)


def _note_the_neighbour(found: Found) -> None:
    """Note of what depends on how busy the machine is that another soak ran at the same time."""
    for row in found.get("figures", []):
        if row["unit"] in {"us", "ms", "s"}:
            row["note"] = "; ".join(part for part in (row["note"], f"beside {BESIDE}") if part)


def _sum(found: dict[str, Found]) -> Found:
    said = {name: its["accounts"] for name, its in found.items() if "accounts" in its}
    return {"figures": [accounts.figure(said).as_json()]}


def _show(name: str, found: Found) -> None:
    if "failed" in found:
        print(f"{name} | **failed**: {found['failed']}")
    for row in found.get("figures", []):
        print(line(row))


def _is_good(found: Found) -> bool:
    return "failed" not in found and all(row["met"] is not False for row in found["figures"])


def _chosen(only: str) -> list[str]:
    names = [name for name in only.split(",") if name]
    if unknown := [name for name in names if name not in SOAKS]:
        there = ", ".join(SOAKS)
        sys.exit(f"there is no soak {', '.join(unknown)}; there are {there}; {ALL} is in each")
    return [name for name in SOAKS if not names or name in names]


def _arguments() -> Any:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="NAMES", help=f"some of {','.join(SOAKS)}")
    parser.add_argument(
        "--minutes",
        type=float,
        default=60,
        help=f"how long {BESIDE} takes; the others take as long as they do (default: %(default)s)",
    )
    parser.add_argument("--quick", action="store_true", help="short runs: a first look, never kept")
    parser.add_argument(
        "--dry",
        action="store_true",
        help="print, and leave results/soaks.json and docs/reliability.md as they are",
    )
    # What this program starts itself with, once for each soak.
    parser.add_argument("--alone", default="", help=argparse.SUPPRESS)
    parser.add_argument("--into", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
