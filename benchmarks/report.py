"""The results: kept in results/results.json, printed as a table, written as docs/benchmarks.md."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

import machine
from figures import Outcome
from tables import HEADS, Row, cells, markdown, number

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results" / "results.json"
PAGE: Final = HERE.parent / "docs" / "benchmarks.md"
PROSE: Final = HERE / "prose.md"

Results = dict[str, Any]


def load() -> Results:
    """Return the results of the last runs; nothing when there are none."""
    if RESULTS.exists():
        found: Results = json.loads(RESULTS.read_text(encoding="utf-8"))
        return found
    return {"figures": {}, "tables": {}, "quick": [], "machines": {}}


def add(results: Results, name: str, outcome: Outcome, *, quick: bool) -> None:
    """Put what benchmark `name` found in the place of what it found before."""
    results["figures"][name] = [_finite(figure.as_json()) for figure in outcome.figures]
    results["tables"] |= _finite(outcome.tables)
    results["quick"] = sorted({*results["quick"], name} if quick else {*results["quick"]} - {name})
    results["machines"][name] = machine.described()


def keep_as_before(results: Results) -> None:
    """Have the figures of the last runs stand beside those of the next ones."""
    results["before"] = {}
    for rows in results["figures"].values():
        for row in rows:
            results["before"].setdefault(_key(row), row)


def _key(row: Row) -> str:
    """Return what tells a figure from others: several benchmarks count frames."""
    return f"{row['target']}: {row['what']}"


def _finite(value: Any) -> Any:
    """Return `value` as JSON has it: NaN, which JSON has not, as null."""
    if isinstance(value, dict):
        return {str(key): _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def save(results: Results) -> None:
    """Keep the results, and write the page anew."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


# -- in words --------------------------------------------------------------------------------------


def table(results: Results) -> str:
    """Return all figures as a table for a terminal."""
    rows = [HEADS[:-1], *(cells(row)[:-1] for rows in _ordered(results) for row in rows)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS) - 1)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _ordered(results: Results) -> list[list[Row]]:
    def place(name: str) -> float:
        return float(name[1:]) if name[1:].isdigit() else math.inf

    before = results.get("before", {})
    return [
        [row | {"before": before.get(_key(row))} for row in results["figures"][name]]
        for name in sorted(results["figures"], key=place)
    ]


def _lateness(row: Row) -> str:
    if not row["drawn"] or row["p50"] is None:
        return "not while the cell runs"
    some = "" if row["drawn"] > 0.9 else f" ({row['drawn']:.0%} of the points)"
    return f"{number(row['p50'])} / {number(row['p90'])} ms{some}"


PEER_COLUMNS: Final = {
    "frames drawn/s beside the cell": lambda row: number(row["fps"]),
    "points/s of the cell": lambda row: f"{row['points']:,.0f}",
    "still drawn after the cell": lambda row: f"{row['after']} frames, {number(row['behind'])} s",
    "MB to the browser": lambda row: number(row["megabytes"]),
    "publish to draw, idle: p50 / p90": _lateness,
}


def _peers(rows: dict[str, Row]) -> str:
    def columns(name: str, row: Row) -> list[str]:
        if "failed" in row:
            return [name, f"failed: {row['failed'][:80]}", *[""] * (len(PEER_COLUMNS) - 1)]
        return [f"{name} {row['version']}", *(show(row) for show in PEER_COLUMNS.values())]

    return markdown(["", *PEER_COLUMNS], [columns(name, row) for name, row in rows.items()])


def page(results: Results) -> str:
    """Return docs/benchmarks.md: the text of prose.md with the tables that it names as {TABLE}."""
    tables = results["tables"]
    quick = (
        f"\n**Short runs, for a first look:** {', '.join(results['quick'])}.\n"
        if results["quick"]
        else ""
    )
    parts = {
        "{MACHINE}": _machines(results["machines"]) + "\n" + quick,
        "{FIGURES}": markdown(HEADS, [cells(row) for rows in _ordered(results) for row in rows]),
        "{PEERS}": _peers(tables["peers"]) if "peers" in tables else "Not measured yet.",
        "{ADVICE}": "\n".join(
            f"- {name}: `{row['advice']}`" for name, row in tables.get("peers", {}).items()
        ),
    }
    text = PROSE.read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(name, part)
    return text


def _machines(described: dict[str, dict[str, str]]) -> str:
    """Return the machine of most benchmarks, as its newest run had it, and those of the others."""
    where = {name: its["processor"] for name, its in described.items()}
    most = Counter(where.values()).most_common(1)[0][0]
    here = max((its for its in described.values() if its["processor"] == most), key=_date)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for name, its in described.items():
        if its["processor"] != most:
            others[f"{its['date']}, {its['processor']}"].append(name)
    rows = [*here.items(), *((", ".join(names), at) for at, names in others.items())]
    return markdown(["", ""], [list(row) for row in rows])


def _date(its: dict[str, str]) -> str:
    return its["date"]
