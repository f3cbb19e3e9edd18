"""The statistics of a service as a few lines for a person.  [no I/O]"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.protocol.stats import Counts, PlotStats, Stats, VitalStats

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


_LATE: Final = 0.1
"""Seconds by which the relay is late, from which on that is said: a machine that is busy has 50 ms
now and then, and no eye sees them.
"""

_QUIET: Final = 100
"""Bytes a second that idle pages are sent at most, and nobody wants to hear of."""

_USUAL: Final = ("no key", "not found")
"""Requests that are refused day by day: a page that is loaded anew asks without the token first,
and a notebook's widgets ask for plots that have had no points.
"""


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
    vitals: VitalStats | None = stats.get("vitals")  # a service of another version has none
    taken = _memory(stats["bytes"], vitals)
    lines.append(f"  {what}, {taken}; {_many(stats['viewers'], 'viewer')}")
    lines += _vitals(vitals) if vitals else []
    for name, plot in stats["plots"].items():
        lines += _plot(name, plot)
    lines += _counts(stats["counts"])
    lines += _refused_requests(vitals["refused"]["requests"]) if vitals else []
    lines += [f"  {notice}" for notice in stats.get("notices", [])]
    return "\n".join(lines)


def _memory(taken: int, vitals: VitalStats | None) -> str:
    """Return how much memory points take, and of how much."""
    if vitals is None:
        return _bytes(taken)
    budget, resident = vitals["memory"]["budget"], vitals["memory"]["resident"]
    process = f" (the process has {_bytes(resident)})" if resident else ""
    return f"{_bytes(taken)} of {_bytes(budget)}{process}"


def _vitals(vitals: VitalStats) -> list[str]:
    """Return what says something of how it goes just now, and of what it went through."""
    rates, lag, restarts = vitals["rates"], vitals["lag"], vitals["restarts"]
    flows = [
        f"{_few(rates['points'])} points/s come" if rates["points"] else "",
        f"{_few(rates['shown'])} points/s are shown" if rates["shown"] else "",
        f"viewers are sent {_few(rates['bytes'] / 1000)} kB/s" if rates["bytes"] >= _QUIET else "",
    ]
    lines = [f"  now: {', '.join(filter(None, flows))}"] if any(flows) else []
    if (worst := lag["worst"]) >= _LATE:
        lines.append(f"  the relay came up to {1000 * worst:,.0f} ms late in the last minute")
    if refused := vitals["lost"]["refused"]:
        lines.append(f"  {_many(refused, 'point')} refused: they are in no plot")
    if count := restarts["count"]:
        times = "once" if count == 1 else f"{count:,} times, the last time"
        lines.append(f"  started anew {times}, since {restarts['reason']}")
    return lines


def _refused_requests(refused: Mapping[str, int]) -> list[str]:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in refused.items() if kind not in _USUAL)
    return [f"  refused requests: {kinds}"] if kinds else []


def _program(stats: Stats) -> str:
    since = datetime.fromtimestamp(stats["started"]).astimezone()
    language: str | None = stats.get("publish")  # a service of another version has none
    runs = f"; publish runs in {language}" if language else ""
    return f"{stats['program']}, process {stats['pid']}, since {since:%Y-%m-%d %H:%M:%S}{runs}"


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


def _few(n: float) -> str:
    """Return a rate with as many digits as say something."""
    return f"{n:,.0f}" if n >= 10 else f"{n:.2g}"
