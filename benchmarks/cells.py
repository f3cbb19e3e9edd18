"""P2, P4, P10 and P11: cells of a real JupyterLab with the plot below them in a real Chromium."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any, Final

from browser import acks, draws
from figures import Figure, Outcome, middle, percentile
from lab import Lab, Watched, lab

PLOTS: Final = {
    "": "%load_ext zwsnb\nimport zwsnb\nplot = zwsnb.Plot(window=1_000_000, y_range=(-2, 2))",
    ", the default plot": "%load_ext zwsnb\nimport zwsnb",
}
"""A plot of which all is said, and one as it comes, which shows everything and fits y."""

IN_FLIGHT: Final = 3
"""Patches that are painted after the end without being late: two on their way, and the one with the
newest state.
"""

BESIDE: Final = {
    "": ("", "plot = zwsnb.Plot(window=10)"),
    ", the relay in a process of its own": (
        "zwsnb.start(process=True)",
        "plot = zwsnb.Plot(window=10)",
    ),
    ", the default plot": ("", ""),
}
"""How the service begins, and the plot."""

LOOP = """
import time
import zwsnb
from publishing import empty

def loop(function, n):
    begin = time.time()
    for i in range(n):
        function(i, i % 1000 * 0.001)
    return {{"begin": begin, "end": time.time(), "rate": n / (time.time() - begin) / 1e6}}

limit = loop(empty, {n} // 10)
before = zwsnb.stats()["points"]
counted = loop(zwsnb.publish, {n})
after = zwsnb.stats()
lost = {n} - (after["points"] - before)
tell(counted | {{"limit": limit["rate"], "lost": lost, "counts": after["counts"]}})
"""

BUSY = "from busy_cell import beside_a_plot\ntell(beside_a_plot({n}, {rounds}))"
"""Short, so that a plot which goes to the cell that publishes is in sight below it."""


def p2_and_p4(*, quick: bool) -> Outcome:
    """P2 and P4: one pure-Python loop in a cell, the plot on the screen: points a second, none
    lost, frames drawn.
    """
    times, n = (1, 8_000_000) if quick else (5, 50_000_000)
    with lab() as made:
        # Turn about: the machine is faster at times.
        turns = [{name: _loop(made, show, n) for name, show in PLOTS.items()} for _ in range(times)]
    return Outcome(
        [figure for name in PLOTS for figure in _of_loops(name, [turn[name] for turn in turns])]
    )


def _of_loops(name: str, runs: list[dict[str, Any]]) -> list[Figure]:
    rates = middle(
        [run["rate"] for run in runs],
        "P2",
        f"a loop of publish(x, y) in a cell{name}",
        "million/s",
        goal=8,
        more=True,
        limit=statistics.median(run["limit"] for run in runs),
        limit_is="the loop with an empty function",
        note=f"{sum(run['lost'] for run in runs)} points lost",
    )
    frames = middle(
        [run["fps"] for run in runs],
        "P4",
        f"frames drawn meanwhile{name}",
        "/s",
        goal=58,
        more=True,
        limit=60,
        limit_is="the screen",
    )
    gaps = middle(
        [run["gap99"] for run in runs], "P4", f"99 % of the frames follow within{name}", "ms"
    )
    late = middle(
        [run["late"] for run in runs],
        "P4",
        f"patches behind at the end of the cell, beyond those in flight{name}",
        "",
        goal=0,
    )
    return [rates, frames, gaps, late]


def _loop(made: Lab, show: str, n: int) -> dict[str, Any]:
    with made.notebook(show) as watched:
        watched.run(1)
        _until_live(watched)
        watched.measure(
            "import zwsnb\nfor i in range(1000): zwsnb.publish(-1000 + i, 0)\ntell({})", 0.5
        )
        found = watched.measure(LOOP.format(n=n), n / 1e7)
        time.sleep(1)
        # A plot that nobody has placed has gone to the cell that publishes.
        painted = [acks(frame) for frame in watched.page.frames]
        later = max(sum(t > found["end"] for t in each) for each in painted)
        return (
            found
            | frames_of(draws(watched.page), found["begin"], found["end"])
            | {"late": max(0, later - IN_FLIGHT)}
        )


def _until_live(watched: Watched) -> None:
    watched.notebook.plot(1).until_state("live")


def frames_of(drawn: list[float], begin: float, end: float) -> dict[str, float]:
    """Return frames per second from `begin` to `end`, the 99th percentile of their gaps in ms, and
    how many came after the end.
    """
    inside = [t for t in drawn if begin <= t <= end]
    gaps = [1000 * (b - a) for a, b in pairwise(inside)]
    return {
        "fps": len(inside) / (end - begin),
        "gap99": percentile(gaps, 99),
        "after": sum(t > end for t in drawn),
    }


def p10(*, quick: bool) -> Outcome:
    """P10: how much slower a cell of pure Python is beside a live plot that another thread feeds
    with 10,000 points a second.
    """
    kernels, rounds = (1, 10) if quick else (4, 30)
    with lab() as made:
        runs = [
            {name: _slowed(made, *ways, rounds) for name, ways in BESIDE.items()}
            for _ in range(kernels)
        ]
    figures = []
    for name in BESIDE:
        rows = [row for run in runs for row in run[name]]
        figures += [
            middle(
                [slower for slower, _ in rows],
                "P10",
                f"a busy cell beside a live plot, against the same thread without it{name}",
                "% slower",
                goal=3,
                limit_is="0",
            ),
            middle(
                [fps for _, fps in rows],
                "P10",
                f"frames drawn beside it{name}",
                "/s",
                limit=60,
                limit_is="the screen",
            ),
        ]
    return Outcome(figures)


def _slowed(made: Lab, start: str, plot: str, rounds: int) -> list[tuple[float, float]]:
    """Return by how many per cent the loop of a cell took longer while a thread published than
    before and after, each time, and how many frames a second were drawn beside it.
    """
    with made.notebook(f"import zwsnb\n{start}\n%load_ext zwsnb\n{plot}") as watched:
        watched.run(1)
        _until_live(watched)
        found = watched.measure(BUSY.format(n=9_000_000, rounds=rounds), rounds, 300)
        drawn = draws(watched.page)
    rows = found["rows"]
    controls = [row[0] for row in rows] + [found["last"]]
    return [
        (100 * (2 * plot / (before + after) - 1), frames_of(drawn, end - plot, end)["fps"])
        for (_, plot, end), (before, after) in zip(rows, pairwise(controls), strict=True)
    ]


# -- P11 -------------------------------------------------------------------------------------------

LOAD = """
import time
began = time.time()
%load_ext zwsnb
publish([0, 1, 2], [0, 1, 0])
tell({'begin': began})
"""


def p11(*, quick: bool) -> Outcome:
    """P11: from `%load_ext zwsnb` to a connected page that has painted points, in a fresh kernel;
    and the import alone.
    """
    with lab() as made:
        loads = [_load(made) for _ in range(2 if quick else 7)]
    imports = [_import_cost() for _ in range(5 if quick else 25)]
    limit = statistics.median(_import_cost("json") for _ in range(5))
    return Outcome(
        [
            middle(loads, "P11", "%load_ext zwsnb to a painted page in JupyterLab", "s", goal=1.0),
            middle(
                imports,
                "P11",
                "import zwsnb, beyond numpy",
                "ms",
                goal=60,
                limit=limit,
                limit_is="import json",
            ),
        ]
    )


def _load(made: Lab) -> float:
    with made.notebook() as watched:
        begin = watched.measure(LOAD, 0)["begin"]
        cell = 1
        plot = watched.notebook.plot(cell)
        plot.until_points(3)
        return acks(plot.frame)[0] - float(begin)


def _import_cost(module: str = "zwsnb") -> float:
    code = (
        f"import numpy, time; begin = time.perf_counter(); import {module};"
        "print(1000 * (time.perf_counter() - begin))"
    )
    return float(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
    )
