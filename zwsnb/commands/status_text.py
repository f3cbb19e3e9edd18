"""The statistics of a service as a few lines for a person.  [no I/O]"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.protocol.stats import Counts, PlotStats, Stats

_WORDS: Final[Mapping[Literal["missing", "dropped", "late", "runs", "gaps", "errors"], str]] = {
    "missing": "missing: sent, but never arrived",
    "dropped": "dropped: the relay could not keep up",
    "late": "late: their place was no longer held",
    "runs": "past runs that made room for newer ones",
    "gaps": "gaps: y was NaN or infinite",
    "errors": "errors of zwsnb itself: the log says which",
}

_OUT: Final[Mapping[Literal["delivered", "conflated", "dropped", "queued"], str]] = {
    "delivered": "drawn as they are",
    "conflated": "drawn in columns of pixels, all extremes there",
    "dropped": "dropped",
    "queued": "to come",
}
"""What became of the points for a viewer."""


def text(stats: Stats) -> str:
    """Return what `%zwsnb` and `zwsnb status` print, of what `zwsnb.stats()` gives."""
    lines = [f"zwsnb {stats['zwsnb']} at {stats['url']}", f"  {_program(stats)}"]
    if len(stats["plots"]) > 1 and "plots_url" in stats:
        lines.append(f"  all plots: {stats['plots_url']}")
    lines += [f"  plain producers: {address}" for address in stats.get("listening", [])]
    rows = sum(_rows(plot) for plot in stats["plots"].values())
    parts = [_many(rows, "row") + " of images"] if rows else []
    if not rows or stats["points"] > rows:
        parts.insert(0, _many(stats["points"] - rows, "point"))
    what = f"{', '.join(parts)} in {_many(len(stats['plots']), 'plot')}"
    lines.append(f"  {what}, {_bytes(stats['bytes'])}; {_many(stats['viewers'], 'viewer')}")
    for name, plot in stats["plots"].items():
        lines += _plot(name, plot)
    lines += _counts(stats["counts"])
    lines += [f"  {notice}" for notice in stats.get("notices", [])]
    return "\n".join(lines)


def _program(stats: Stats) -> str:
    since = datetime.fromtimestamp(stats["started"]).astimezone()
    return f"{stats['program']}, process {stats['pid']}, since {since:%Y-%m-%d %H:%M:%S}"


def _plot(name: str, plot: PlotStats) -> list[str]:
    lines = [f"  {name}: {_taken(plot)}, {_many(len(plot['viewers']), 'viewer')}"]
    for series, its in plot["series"].items():
        held = its["held"][0]["rows"]
        more = "" if held == its["points"] else f", the newest {held:,} in full"
        xy = ", XY: x swings" if its["xy"] else ""
        lines.append(f"    {series}: {_many(its['points'], 'point')}{more}{xy}")
    for i, viewer in enumerate(plot["viewers"], 1):
        out = ", ".join(f"{viewer[key]:,} {words}" for key, words in _OUT.items() if viewer[key])
        through = f", through {viewer['through']}" if viewer.get("through") else ""
        lines.append(f"    viewer {i}: {out or 'nothing yet'}{through}")
    return lines


def _taken(plot: PlotStats) -> str:
    """Return what a plot has taken, as its page says it."""
    image, points = plot.get("image"), plot["points"] - _rows(plot)
    if image is None:
        return _many(points, "point")
    rows = f"{_many(image['rows'], 'row')} of {_many(image['values'], 'value')}"
    return f"{_many(points, 'point')}, {rows}" if points > 0 else rows


def _rows(plot: PlotStats) -> int:
    image = plot.get("image")
    return image["before"] + image["rows"] if image else 0


def _counts(counts: Counts) -> list[str]:
    lines = [f"  {counts[key]:,} {words}" for key, words in _WORDS.items() if counts.get(key)]
    if refused := counts.get("refused"):
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in refused.items())
        lines.append(f"  refused messages: {kinds}")
    return lines


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _bytes(n: int) -> str:
    return f"{n / 2**20:,.0f} MiB"
