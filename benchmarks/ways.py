"""The ways of a plot into a notebook, in one JupyterLab, turn about: its page directly, its page by
jupyter-server-proxy, and the widget, whose page comes by the comm.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from browser import draws, until
from figures import Figure, Outcome, middle, percentile
from lab import Lab, Watched, lab
from opening import lateness

DIRECT: Final = "directly"
PROXY: Final = "by the proxy"
COMM: Final = "by the comm"

SHOW: Final = """
import zwsnb
plot = zwsnb.Plot("ways", y_range=(-2, 2), window=1_000_000)
plot.publish(range(1000), [0] * 1000)
plot{widget}
"""

SINGLE: Final = """
from peers.job import single
tell(single(plot.publish, {count}, 0.15))
"""

BUSY: Final = """
import time
begin, n = time.time(), 1000
while time.time() < begin + {seconds}:
    n += 1
    plot.publish(n, n % 1000 * 0.001)
tell({{"begin": begin, "end": time.time(), "points": n}})
"""


@dataclass
class Measured:
    """What was found of one way: milliseconds from publishing to drawing, frames a second."""

    late: list[float]
    fps: list[float]


def ways(*, quick: bool) -> Outcome:
    """The page directly, by a proxy, and by the comm of a widget: how late, and how many frames."""
    rounds, count, seconds = (1, 30, 3) if quick else (5, 60, 6)
    found = {name: Measured([], []) for name in (DIRECT, PROXY, COMM)}
    with lab("--ServerApp.base_url=/user/ann/", "--ServerApp.allow_remote_access=True") as made:
        for _ in range(rounds):
            for name, measured in found.items():
                with _shown(made, name) as watched:
                    said = watched.measure(SINGLE.format(count=count), count * 0.2)
                    measured.late += lateness(said["published"], draws(watched.page), said["end"])
                    said = watched.measure(BUSY.format(seconds=seconds), seconds)
                    inside = [t for t in draws(watched.page) if said["begin"] <= t <= said["end"]]
                    measured.fps.append(len(inside) / (said["end"] - said["begin"]))
    return Outcome([figure for name in found for figure in _figures(name, found)])


@contextmanager
def _shown(made: Lab, way: str) -> Iterator[Watched]:
    """Show a plot on one of the ways."""
    source = SHOW.format(widget=".widget()" if way == COMM else "")
    with made.notebook(source, by_name=way == PROXY) as watched:
        watched.run(1)
        if way == COMM:
            until(lambda: _points_of_widget(watched) >= 1000, "a widget with points")
        else:
            watched.notebook.plot(1).until_points(1000)
        yield watched


def _points_of_widget(watched: Watched) -> int:
    points: Any = watched.page.evaluate(
        "[...document.querySelectorAll('.zwsnb-widget')].at(-1)?.zwsnb?.stats().points ?? 0"
    )
    return int(points)


def _figures(name: str, found: dict[str, Measured]) -> list[Figure]:
    its, direct = found[name], found[DIRECT]
    limits: dict[str, Any] = {}
    frames: dict[str, Any] = {"limit": 60, "limit_is": "the screen"}
    if name != DIRECT:
        limits = {"limit": percentile(direct.late, 50), "limit_is": DIRECT}
        frames = {"limit": percentile(direct.fps, 50), "limit_is": DIRECT}
    return [
        middle(its.late, "ways", f"publish to draw, idle, {name}: p50", "ms", **limits),
        middle([percentile(its.late, 90)], "ways", f"publish to draw, idle, {name}: p90", "ms"),
        middle(its.fps, "ways", f"frames drawn beside a busy cell, {name}", "/s", **frames),
    ]
