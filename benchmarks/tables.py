"""Figures as text: a line for a terminal, cells of a table, Markdown."""

from __future__ import annotations

import math
from typing import Any, Final

Row = dict[str, Any]
"""A figure, as `Figure.as_json` returns it."""


def number(value: float | None) -> str:
    """Return a number with three digits that mean something."""
    if value is None:
        return "none"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def cells(row: Row) -> list[str]:
    """Return the cells of a figure's row, below `HEADS`."""
    unit = row["unit"]
    spread = (
        f"{number(row['low'])} to {number(row['high'])}"
        if row["samples"] > 1 and row["low"] is not None
        else ""
    )
    goal = "" if row["goal"] is None else f"{'≥' if row['more'] else '≤'} {number(row['goal'])}"
    limit = (
        f"{number(row['limit'])} ({row['limit_is']})"
        if row["limit"] is not None
        else row["limit_is"]
    )
    ratio = f"{number(row['ratio'])} x" if row["ratio"] else ""
    was = row.get("before")
    met = {True: "met", False: "**missed**", None: ""}[row["met"]]
    return [
        row["target"],
        row["what"],
        f"{number(row['value'])} {unit}".strip(),
        spread,
        goal,
        limit,
        ratio,
        met,
        _said(was) if was else "",
        row["note"],
    ]


def _said(row: Row) -> str:
    """Return the figure of another run, and the ratio there."""
    ratio = f" ({number(row['ratio'])} x)" if row["ratio"] else ""
    return f"{number(row['value'])} {row['unit']}".strip() + ratio


HEADS: Final = [
    "",
    "what",
    "median",
    "middle half",
    "target",
    "limit, same run",
    "ratio",
    "",
    "before (ratio)",
    "note",
]


def line(row: Row) -> str:
    """Return one figure as a line of text."""
    return " | ".join(cell for cell in cells(row) if cell)


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)
