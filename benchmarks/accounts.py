"""R14: whatever happens, accepted = delivered + conflated + dropped + queued, for every viewer and
every producer.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from figures import Figure

looked: Counter[str] = Counter()
wrong: list[str] = []


def check(stats: dict[str, Any]) -> None:
    """Look whether the accounts of a service add up; note those that do not."""
    looked["samples"] += 1
    for name, plot in stats["plots"].items():
        for viewer in plot["viewers"]:
            _check(f"a viewer of {name}", viewer, ("delivered", "conflated", "dropped", "queued"))
    own, remote = stats["producers"]["own"], stats["producers"]["remote"]
    if own:
        _check("the own publisher", own, ("taken", "dropped", "queued"))
    _check("publishers elsewhere", remote, ("delivered", "refused", "dropped", "missing"))


def _check(who: str, account: dict[str, int], parts: tuple[str, ...]) -> None:
    total = sum(account[part] for part in parts)
    if account["accepted"] != total or min(account[part] for part in parts) < 0:
        wrong.append(f"{who}: accepted {account['accepted']:,}, accounted for {total:,}: {account}")


def figure() -> Figure:
    """Return the row of the table."""
    note = f"in {looked.total()} samples" + (f"; the first: {wrong[0]}" if wrong else "")
    return Figure(
        "R14", "accounts that did not add up, in all runs above", len(wrong), "", goal=0, note=note
    )
