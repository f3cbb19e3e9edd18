"""R13: what grows in a relay that is left alone."""

from __future__ import annotations

import time

import accounts
import numpy as np
import psutil
from bursts import read_stats
from feed import start_feed, stop_feed
from figures import Figure
from opening import hold
from subject import Subject
from viewers import Viewers

RATE = 1000


def r13(*, minutes: float, quick: bool) -> list[Figure]:
    """R13: four viewers at 1,000 points a second: memory, threads, descriptors."""
    seconds = 30 if quick else 60 * minutes
    settle = seconds / 6
    with Subject(process=True, memory="32 MB") as subject:
        subject.ask(fill)
        subject.ask(start_feed, rate=RATE, window=10)
        relay = psutil.Process(subject.relay)
        with Viewers(subject.url, 4, seconds + settle + 2) as viewers:
            time.sleep(settle)
            rows = _sample(subject, relay, seconds)
            viewers.accounts()
        subject.ask(stop_feed)
    hours, memory, threads, files = np.array(rows).T
    slope = np.polyfit(hours, memory / 1e6, 1)[0]
    note = (
        f"over {seconds / 60:.1f} min, {len(rows)} samples, "
        f"from {memory[0] / 1e6:.1f} to {memory[-1] / 1e6:.1f} MB"
    )
    return [
        Figure(
            "R13",
            "4 viewers, 1,000 points/s: memory slope of the relay",
            slope,
            "MB/h",
            goal=1,
            note=note,
        ),
        Figure(
            "R13",
            "changes of threads and descriptors",
            float(np.ptp(threads) + np.ptp(files)),
            "",
            goal=0,
        ),
    ]


def fill() -> int:
    """Fill the history to its budget: what grows after that should not."""
    return hold(3_000_000)


def _sample(
    subject: Subject, relay: psutil.Process, seconds: float
) -> list[tuple[float, int, int, int]]:
    rows, begin = [], time.time()
    while (passed := time.time() - begin) < seconds:
        # Before the question, whose own connection is a descriptor of the relay's.
        rows.append((passed / 3600, relay.memory_info().rss, relay.num_threads(), relay.num_fds()))
        accounts.check(subject.ask(read_stats))
        time.sleep(min(5.0, seconds / 10))
    return rows
