"""The record of the soaks: kept in results/soaks.json, and docs/reliability.md, which is written
from that, from the promises and from reliability.md beside this module.
"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any, Final

from tables import Row, markdown, number

from soaks.promises import PROMISES, Promise

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE.parent / "results" / "soaks.json"
PAGE: Final = HERE.parent.parent / "docs" / "reliability.md"
PROSE: Final = HERE / "reliability.md"

Record = dict[str, Any]
"""run: of which machine, when, how long; soaks: of each its figures, or why it failed, and the date
of its own where it was measured apart.
"""


def load() -> Record:
    """Return the record of the last whole run; an empty one where there is none."""
    if RESULTS.exists():
        found: Record = json.loads(RESULTS.read_text(encoding="utf-8"))
        return found
    return {"run": {}, "soaks": {}}


def keep(found: dict[str, Any], begun: float, minutes: float, *, whole: bool) -> None:
    """Put what a run has found in the place of all of before, or of the same soaks', and write the
    page anew.
    """
    import machine  # which asks the browser who it is; the page alone can be written without one

    here = machine.described()
    record: Record = load()
    if whole:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(begun))
        record = {"run": {**here, "date": f"{when}, {minutes:.0f} min"}, "soaks": {}}
    else:
        found = {name: its | {"apart": here["date"]} for name, its in found.items() if its}
        found.pop("R14", None)  # what it sums up is that of other runs
    record["soaks"] |= found
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(_finite(record), indent=1) + "\n", encoding="utf-8")
    write(record)


def _finite(value: Any) -> Any:
    """Return `value` as JSON has it: NaN, which JSON has not, as null."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write(record: Record) -> None:
    """Write docs/reliability.md."""
    PAGE.write_text(page(record), encoding="utf-8")


# -- in words --------------------------------------------------------------------------------------


def page(record: Record) -> str:
    """Return docs/reliability.md."""
    soaks = record["soaks"]
    rows = [_row(promise, soaks.get(promise.name, {})) for promise in PROMISES]
    heads = ["", "what is promised", "test, in `tests/`", "measured by `make soak`"]
    text = PROSE.read_text(encoding="utf-8")
    return text.replace("{MACHINE}", _run(record["run"])).replace("{TABLE}", markdown(heads, rows))


def _run(run: dict[str, str]) -> str:
    if not run:
        return "There has been no whole run of this version yet."
    return markdown(["", ""], [[name, its] for name, its in run.items()])


def _row(promise: Promise, found: dict[str, Any]) -> list[str]:
    tests = "<br>".join(f"`{test}`" for test in promise.tests)
    return [promise.name, promise.words, tests, _measured(found)]


def _measured(found: dict[str, Any]) -> str:
    if "failed" in found:
        return f"**not measured**: the soak has failed ({found['failed']})"
    if not found.get("figures"):
        return "not measured"
    when = [f"measured apart, {found['apart']}"] if "apart" in found else []
    return "<br>".join([*(_figure(row) for row in found["figures"]), *when]).replace("|", "\\|")


def _figure(row: Row) -> str:
    said = f"{row['what']}: {number(row['value'])} {row['unit']}".strip()
    goal = "" if row["goal"] is None else f"{'≥' if row['more'] else '≤'} {number(row['goal'])}"
    missed = "**missed**" if row["met"] is False else ""
    beside = "; ".join(part for part in (goal, missed, row["note"]) if part)
    return f"{said} ({beside})" if beside else said
