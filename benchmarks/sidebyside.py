"""zwsnb and its peers on the same two jobs, in the same JupyterLab, in the same Chromium, counted
by the same script.

Busy: a cell hands over points as fast as Python goes for 8 s, of which the newest 10,000 are to be
seen, and asks for a redraw 60 times a second. Single: points come one at a time to a plot that
shows everything and is otherwise idle, while their cell runs.
"""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any, Final

from browser import draws, forget, received, until
from cells import frames_of
from figures import Figure, Outcome, percentile
from lab import Lab, Watched, lab
from opening import lateness
from peers.cells import PEERS, Peer

SECONDS: Final = 8
SETTLE: Final = 1.5
"""Seconds without a draw after which a plot is taken to be at rest."""

PATIENCE: Final = 20
"""Seconds after the cell in which what is still to be drawn is counted."""


def peers(*, quick: bool) -> Outcome:
    """Side by side: zwsnb and six others in JupyterLab, in a busy cell and on an idle plot."""
    rows = {}
    for peer in PEERS:
        with lab() as made:
            rows[peer.name] = _row(made, peer, quick=quick)
        print(
            "   ",
            peer.name,
            {k: v if isinstance(v, str) else round(v, 1) for k, v in rows[peer.name].items()},
            flush=True,
        )
    ours = rows["zwsnb"]
    best = max(row.get("fps", 0) for name, row in rows.items() if name != "zwsnb")
    fps = Figure(
        "peers",
        "zwsnb: frames drawn beside a busy cell",
        ours["fps"],
        "/s",
        limit=best,
        limit_is="the best of the others",
    )
    return Outcome([fps], {"peers": rows})


def _row(made: Lab, peer: Peer, *, quick: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"version": version(peer.distribution), "advice": peer.advice}
    try:
        row |= _busy(made, peer, 3 if quick else SECONDS)
        row |= _single(made, peer, 10 if quick else 50)
    except (AssertionError, RuntimeError) as error:
        row["failed"] = str(error)[-600:]
    return row


def _busy(made: Lab, peer: Peer, seconds: float) -> dict[str, Any]:
    with made.notebook(_filled(peer.setup, "job.WINDOW", 10_000), peer.busy) as watched:
        _show(watched)
        watched.run(2)
        code = f"tell(job.busy(accept, redraw, {seconds}))"
        job = watched.measure(code, seconds, 120)
        _rest(watched)
        frames = frames_of(draws(watched.page), job["begin"], job["end"])
        return {
            "fps": frames["fps"],
            "after": frames["after"],
            "behind": max([0.0, *(t - job["end"] for t in draws(watched.page))]),
            "megabytes": received(watched.page) / 1e6,
            "points": job["points"] / (job["end"] - job["begin"]),
            "redraws": job["redraws"] / (job["end"] - job["begin"]),
        }


def _filled(setup: str, window: str, held: int) -> str:
    return setup.replace("{window}", window).replace("{held}", str(held))


def _show(watched: Watched) -> None:
    watched.run(1, 60)
    until(lambda: draws(watched.page), "a first picture", 30)
    _rest(watched)


def _rest(watched: Watched) -> None:
    """Wait until nothing is drawn any more, or patience ends."""
    deadline = time.time() + PATIENCE
    while time.time() < deadline:
        time.sleep(0.5)
        if time.time() - max([0.0, *draws(watched.page)]) > SETTLE:
            return


def _single(made: Lab, peer: Peer, count: int) -> dict[str, Any]:
    with made.notebook(_filled(peer.setup, "None", 100), peer.single) as watched:
        _show(watched)
        watched.run(2)
        _rest(watched)
        forget(watched.page)
        told = watched.measure(f"tell(job.single(publish, {count}, 0.25))", count * 0.3, 120)
        late = lateness(told["published"], draws(watched.page), told["end"])
        return {
            "drawn": len(late) / count,
            "p50": percentile(late, 50),
            "p90": percentile(late, 90),
        }
