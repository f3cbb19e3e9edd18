"""R13: what grows in a relay that is left alone, and in a page that looks at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import accounts
import numpy as np
import psutil
from browser import bare_page, stats
from feed import start_feed, stop_feed
from figures import Figure
from subject import Subject
from viewers import Viewers

from soaks.apart import progress
from soaks.bursts import read_stats
from soaks.pages import FLAT, heap

RATE: Final = 1000
EVERY: Final = 5.0
"""Seconds from one sample to the next; the page's heap is looked at once a minute."""
SHORT: Final = 10.0
"""Minutes. In less, a slope by the hour says nothing: a gain is measured."""


# -- in the measured process -----------------------------------------------------------------------


def fill(points: int = 3_000_000) -> int:
    """Fill the history to its budget, with what was before 0: what grows after that should not."""
    import zwsnb
    from zwsnb import api

    api.publisher.on_full = "block"
    x = np.arange(-points, 0) / 1e5
    zwsnb.publish(x, np.sin(x) + np.random.default_rng(1).normal(0, 0.2, points))
    api.publisher.flush(60)
    held: int = zwsnb.stats()["points"]
    return held


# -- outside ---------------------------------------------------------------------------------------


@dataclass
class Watched:
    """Samples of a relay and of the process that publishes."""

    memory: list[tuple[float, int]] = field(default_factory=list)  # hours, bytes of the relay
    counts: list[tuple[int, ...]] = field(default_factory=list)  # threads, descriptors of both

    def look(self, hours: float, relay: psutil.Process, publisher: psutil.Process) -> None:
        """Take a sample."""
        self.memory.append((hours, relay.memory_info().rss))
        both = (relay, publisher)
        self.counts.append(tuple(n for p in both for n in (p.num_threads(), p.num_fds())))

    @property
    def changes(self) -> int:
        """How far the counts of threads and descriptors have moved."""
        return int(np.ptp(np.array(self.counts), axis=0).sum())

    @property
    def slope(self) -> float:
        """Megabytes an hour."""
        hours, memory = np.array(self.memory).T
        return float(np.polyfit(hours, memory / 1e6, 1)[0])


def watch(
    subject: Subject, seconds: float, sleep: Callable[[float], object], look: Callable[[], object]
) -> Watched:
    """Watch a subject; call `look` once a minute, or as often as there is time for twice."""
    relay, publisher = psutil.Process(subject.relay), psutil.Process(subject.pid)
    watched, begin, next_look = Watched(), time.monotonic(), 0.0
    while (passed := time.monotonic() - begin) < seconds:
        # Before the question, whose own connection is a descriptor of the relay's.
        watched.look(passed / 3600, relay, publisher)
        accounts.check(subject.ask(read_stats))
        if passed >= next_look:
            next_look += min(60.0, seconds / 4)
            look()
        sleep(min(EVERY, seconds / 10))
    return watched


def r13(*, minutes: float, quick: bool) -> list[Figure]:
    """R13: four viewers and a page at 1,000 points a second: memory, threads, descriptors."""
    minutes = 0.5 if quick else minutes
    seconds = 60 * minutes
    settle = seconds / 6
    heaps: list[int] = []
    with (
        Subject(process=True, memory="32 MB") as subject,
        bare_page(subject.url) as page,
        Viewers(subject.url, 4, seconds + 30),
    ):
        subject.ask(fill)
        subject.ask(start_feed, rate=RATE, window=10)

        def look() -> None:
            heaps.append(heap(page))
            fps = stats(page)["fps"]
            progress(f"{len(heaps)} looks: heap {heaps[-1] / 1e6:.2f} MB, {fps:.0f} frames/s")

        def sleep(seconds: float) -> None:
            page.wait_for_timeout(1000 * seconds)

        sleep(settle)
        watched = watch(subject, seconds - settle, sleep, look)
        _must_look(subject, 5)
        assert stats(page)["state"] == "live", "the page is live to the end"
        subject.ask(stop_feed)
    return [_of_the_relay(watched, minutes), _of_counts(watched), _of_the_page(heaps)]


def _of_the_relay(watched: Watched, minutes: float) -> Figure:
    first, last = (bytes_ / 1e6 for _, bytes_ in (watched.memory[0], watched.memory[-1]))
    note = (
        f"over {minutes:.1f} min, the first sixth of them apart; {len(watched.memory)} samples, "
        f"from {first:.1f} to {last:.1f} MB"
    )
    what = "4 viewers and a page, 1,000 points/s: memory of the relay"
    if minutes < SHORT:
        return Figure("R13", f"{what}, gained", last - first, "MB", goal=5, note=note)
    return Figure("R13", f"{what}, slope", watched.slope, "MB/h", goal=1, note=note)


def _of_counts(watched: Watched) -> Figure:
    what = "changes of threads and descriptors, of the relay and of who publishes"
    threads, files, *_ = watched.counts[0]
    note = f"the relay has {threads} and {files}"
    return Figure("R13", what, watched.changes, "", goal=0, note=note)


def _of_the_page(heaps: list[int]) -> Figure:
    grown = heaps[-1] - heaps[len(heaps) // 4]
    note = f"{len(heaps)} looks, {min(heaps) / 1e6:.1f} to {max(heaps) / 1e6:.1f} MB"
    return Figure(
        "R13",
        "heap of a page, without garbage: more at the end than after a quarter",
        max(0.0, grown / 1e6),
        "MB",
        goal=FLAT / 1e6,
        note=note,
    )


def _must_look(subject: Subject, count: int) -> None:
    """See that nobody has lost the relay meanwhile."""
    viewers = subject.ask(read_stats)["plots"]["plot"]["viewers"]
    assert len(viewers) == count, f"{count} look to the end: {viewers}"


def short(seconds: float) -> Watched:
    """Watch a relay for a moment, with four viewers."""
    with Subject(process=True, memory="8 MB") as subject:
        subject.ask(fill, points=600_000)
        subject.ask(start_feed, rate=RATE, window=10)
        with Viewers(subject.url, 4, seconds + 30):
            time.sleep(seconds / 4)
            watched = watch(subject, seconds, time.sleep, int)
            _must_look(subject, 4)
        subject.ask(stop_feed)
    return watched
