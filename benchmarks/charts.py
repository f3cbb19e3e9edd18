"""The figures of docs/benchmarks.md: small, on a light background, with what is measured on the
axes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

BLUE, ORANGE, GREY = "#0b6bc9", "#c2570c", "#5c6670"


class Axis(NamedTuple):
    """One curve: the column that it shows, and what that is."""

    column: str
    label: str
    color: str


FIGURES: Final[dict[str, tuple[str, str, tuple[Axis, ...]]]] = {
    "points": (
        "points",
        "points held",
        (
            Axis("look p50 ms", "a look elsewhere, relay's time, p50 (ms)", BLUE),
            Axis("look p99 ms", "p99 (ms)", ORANGE),
        ),
    ),
    "viewers": (
        "viewers",
        "viewers, 30 frames/s each, at 1 million points/s",
        (Axis("relay %", "relay (% of a core)", BLUE),),
    ),
    "series": (
        "series",
        "series, 10,000 points/s each",
        (
            Axis("relay %", "relay (% of a core)", BLUE),
            Axis("frames/s", "frames drawn (/s)", ORANGE),
        ),
    ),
    "rate": (
        "points/s",
        "points/s, window of 10 s",
        (
            Axis("kB/s", "to one viewer (kB/s)", BLUE),
            Axis("relay %", "relay (% of a core)", ORANGE),
        ),
    ),
}


def draw(tables: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    """Draw each table as growth-NAME.svg in `folder`."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "zwsnb",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "font.size": 9,
        }
    )
    for name, rows in tables.items():
        _figure(folder / f"growth-{name}.svg", rows, *FIGURES[name])


def _figure(
    path: Path, rows: list[dict[str, Any]], x: str, x_label: str, curves: tuple[Axis, ...]
) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 2.7), facecolor="white", layout="constrained")
    axes = figure.subplots()
    for curve in curves:
        axes.plot(
            [row[x] for row in rows],
            [row[curve.column] for row in rows],
            "o-",
            color=curve.color,
            lw=1.5,
            ms=3.5,
            label=curve.label,
        )
    axes.set_xscale("log")
    axes.set_xlabel(x_label, color=GREY)
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, color="#e8eaed", lw=0.7)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="best")
    figure.savefig(path, metadata={"Date": None, "Creator": None})
