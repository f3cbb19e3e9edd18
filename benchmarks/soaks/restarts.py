"""R6: kernels that are restarted, extensions that are reloaded, cells that are interrupted: what is
left of each?
"""

from __future__ import annotations

import os
import select
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import accounts
import psutil
from browser import until
from figures import Figure, percentile
from support.kernels import LOAD, PATIENCE, Kernel

from soaks.apart import progress
from soaks.held import GONE_WITHIN, LARGE, kernel, wait_for_the_picture
from soaks.interrupts import SEED, interrupt, reload
from soaks.pages import stats_of
from soaks.witness import Witness

SHUTDOWN: Final = 200.0
"""Milliseconds."""


@dataclass
class Restarts:
    """What was left after restarts, and how long things took."""

    left: Counter[str] = field(default_factory=Counter)
    with_it: list[float] = field(default_factory=list)  # ms from the word to the end of the process
    drawing: list[float] = field(default_factory=list)  # the same, the last picture yet to be drawn
    without: list[float] = field(default_factory=list)  # the same of kernels without zwsnb
    said: list[float] = field(default_factory=list)  # s until the page said so


def restart(
    running: Kernel, count: int, witness: Witness | None = None, watched: int = 4
) -> Restarts:
    """Restart a kernel so often: in order or, every third time, by a kill; every fifth time with
    a relay in a process of its own, every sixth without zwsnb. Every `watched` time a page looks.
    """
    found = Restarts()
    for i in range(count):
        if i % 6 == 5:
            running.run(LARGE)
            found.without.append(_end(running, by_kill=False))
        else:
            _restart(running, i, witness if i % watched == 0 else None, found)
        running.client.wait_for_ready(PATIENCE)
        if i % 20 == 19:
            progress(f"{i + 1} of {count} restarts, left: {dict(found.left) or 'nothing'}")
    return found


def _restart(running: Kernel, i: int, witness: Witness | None, found: Restarts) -> None:
    if i % 5 == 4:
        running.run("import zwsnb\n_ = zwsnb.start(process=True)")
    running.run(f"{LOAD}\npublish(1, 2)")
    url = running.ask("__import__('zwsnb').stats()['url']")
    accounts.check(stats_of(url))
    if witness:
        witness.watch(url)
    found.left["files"] += len(running.services()) - 1  # of those that were killed before
    relays = psutil.Process(running.pid).children(recursive=True)
    if is_calm := i % 2 == 0:
        wait_for_the_picture(running)
    by_kill, begin = i % 3 == 2, time.monotonic()
    took = _end(running, by_kill=by_kill)
    if not by_kill:
        (found.with_it if is_calm else found.drawing).append(took)
        found.left["files"] += len(running.services())
    if witness:
        found.said.append(max(0.0, witness.gone() - begin))
    found.left["processes"] += not _is_soon(lambda: not any(_is_there(one) for one in relays))
    found.left["ports"] += not _is_soon(lambda: not _answers(urlsplit(url).port or 0))


def _end(running: Kernel, *, by_kill: bool) -> float:
    """End a kernel, and start it anew; return how many milliseconds its process took to end."""
    pid = running.pid
    begin = time.monotonic()
    if not by_kill:
        running.manager.request_shutdown(restart=True)
        _wait_for_the_end(pid)
    took = 1000 * (time.monotonic() - begin)
    running.manager.restart_kernel(now=True)
    return took


def _wait_for_the_end(pid: int) -> None:
    """Return as soon as a process has ended, whoever waits for its code."""
    ended = os.pidfd_open(pid)
    try:
        select.select([ended], [], [], GONE_WITHIN)
    finally:
        os.close(ended)


def _is_soon(holds: Callable[[], bool]) -> bool:
    try:
        return bool(until(holds, "", GONE_WITHIN))
    except AssertionError:
        return False


def _is_there(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# -- all of it -------------------------------------------------------------------------------------


def r6(*, minutes: float, quick: bool) -> list[Figure]:
    """R6: 200 restarts of a kernel, 200 reloads, 100 interrupts at random moments."""
    del minutes
    counts = (6, 5, 5) if quick else (200, 200, 100)
    with Witness() as witness, kernel() as running:
        restarts = restart(running, counts[0], witness)
    with kernel() as running:
        reloaded = reload(running, counts[1])
    with kernel() as running:
        interrupts = interrupt(running, counts[2])
    return [
        Figure(
            "R6",
            f"{counts[0]} restarts: ports, processes, connection files left",
            restarts.left.total(),
            "",
            goal=0,
            note=_words(restarts.left),
        ),
        *_of_the_end(restarts),
        Figure(
            "R6",
            "until the page says so, the longest",
            max(restarts.said),
            "s",
            goal=3,
            note=f"{len(restarts.said)} pages, median {statistics.median(restarts.said):.2f} s",
        ),
        Figure(
            "R6",
            f"{counts[1]} reloads: threads, descriptors, ports, processes left",
            sum(reloaded),
            "",
            goal=0,
            note=str(reloaded) if any(reloaded) else "",
        ),
        Figure(
            "R6",
            f"{counts[2]} interrupts: threads, descriptors, ports, processes left",
            sum(interrupts.left or ()),
            "",
            goal=0,
            note=f"seed {SEED}; they met: {_words(interrupts.met)}" + _first(interrupts.held),
        ),
    ]


def _of_the_end(restarts: Restarts) -> list[Figure]:
    without = statistics.median(restarts.without)
    note = f"{_ends(restarts.with_it)} with it, {_ends(restarts.without)} without"
    drawing = statistics.median(restarts.drawing) - without
    return [
        Figure(
            "R6",
            "what zwsnb adds to the end of a kernel, medians",
            max(0.0, statistics.median(restarts.with_it) - without),
            "ms",
            goal=SHUTDOWN,
            note=note,
        ),
        Figure(
            "R6",
            "the same where the picture of the last cell is still to be drawn",
            max(0.0, drawing),
            "ms",
            note=f"{_ends(restarts.drawing)}; it has 1.5 s",
        ),
    ]


def _ends(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms (p90 {percentile(times, 90):.0f})"


def _words(left: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in left.items() if count)


def _first(held: list[str]) -> str:
    return f"; some was held until later after {len(held)}, first after {held[0]}" if held else ""
