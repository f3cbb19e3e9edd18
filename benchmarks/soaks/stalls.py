"""R2 and R3: somebody stands still, the relay or a viewer: whom does it hold up?"""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import accounts
import numpy as np
import psutil
from bursts import read_stats
from feed import start_feed, stop_feed
from figures import Figure, percentile
from subject import Subject
from viewers import Viewers, gaps

MOST_CALLS = 30_000_000


# -- in the measured process -----------------------------------------------------------------------


def publish_at_a_blocked_hub(seconds: float) -> dict[str, Any]:
    """Block the hub for `seconds`, publish meanwhile as fast as Python goes, and return what each
    call cost, in microseconds.
    """
    import zwsnb
    from zwsnb import api

    service: Any = api.service()
    plot = zwsnb.Plot(window=1000)
    costs = np.full(MOST_CALLS, 0.0)
    before = psutil.Process().memory_info().rss
    blocker = threading.Thread(
        target=service.call, args=[time.sleep, seconds], kwargs={"timeout": seconds + 10}
    )
    blocker.start()
    calls, clock, publish = 0, time.perf_counter, plot.publish
    end = clock() + seconds
    while (begin := clock()) < end and calls < MOST_CALLS:
        publish(calls, 0.5)
        costs[calls] = clock() - begin
        calls += 1
    grown = psutil.Process().memory_info().rss - before
    blocker.join()
    api.publisher.flush(20)
    costs = np.sort(costs[:calls])
    stats = zwsnb.stats()
    return {
        "calls": calls,
        "p999": costs[int(calls * 0.999)] * 1e6,
        "max": costs[-1] * 1e6,
        "grown": grown,
        "stats": stats,
    }


# -- outside ---------------------------------------------------------------------------------------


def r2(*, minutes: float, quick: bool) -> list[Figure]:
    """R2: publish while the hub is blocked for 5 s, with 0, 1 and 10 viewers, and with one that is
    stopped.
    """
    del minutes
    figures = []
    for count, stopped in (
        ((0, False), (10, True)) if quick else ((0, False), (1, False), (10, False), (10, True))
    ):
        with Subject() as subject:
            found = _beside(subject, count, stopped=stopped)
        accounts.check(found["stats"])
        own = found["stats"]["producers"]["own"]
        shown = found["stats"]["counts"].get("dropped", 0)
        who = f"{count} viewers" + (", one of them stopped" if stopped else "")
        note = f"{own['accepted']:,} accepted, {own['dropped']:,} dropped, {shown:,} of them shown"
        figures += [
            Figure(
                "R2",
                f"publish at a blocked hub, {who}: p99.9",
                found["p999"],
                "us",
                goal=200,
                note=note,
            ),
            Figure("R2", "its maximum", found["max"] / 1000, "ms", goal=10),
            Figure("R2", "memory gained meanwhile", found["grown"] / 2**20, "MiB", goal=128),
        ]
    return figures


def _beside(subject: Subject, count: int, *, stopped: bool) -> Any:
    crowds = [Viewers(subject.url, n, 30) for n in (count - stopped, int(stopped)) if n]
    try:
        for crowd in crowds:
            crowd.__enter__()
        if stopped:
            crowds[-1].stop(signal.SIGSTOP)
        return subject.ask(publish_at_a_blocked_hub, seconds=5)
    finally:
        for crowd in crowds:
            crowd.stop(signal.SIGCONT)
            crowd.__exit__()


def r3(*, minutes: float, quick: bool) -> list[Figure]:
    """R3: ten viewers at 10,000 points a second, one of them stopped for a minute."""
    del minutes
    seconds = 10 if quick else 60
    with Subject(process=True, memory="64 MB") as subject:
        subject.ask(start_feed, rate=10_000, window=10)
        relay = psutil.Process(subject.relay)
        # The relay gives it up meanwhile; it comes back, as a page does.
        with Viewers(subject.url, 1, 3 * seconds + 5, reconnects=True) as victim:
            before = _gap(subject, seconds)
            memory = relay.memory_info().rss
            victim.stop(signal.SIGSTOP)
            beside = _gap(subject, seconds)
            grown = relay.memory_info().rss - memory
            accounts.check(subject.ask(read_stats))
            awake = time.time()
            victim.stop(signal.SIGCONT)
            times = victim.accounts()[0]["times"]
        accounts.check(subject.ask(read_stats))
        subject.ask(stop_feed)
    # What had been sent before the stop comes at once; the first patch after that is the newest
    # state.
    back = [t for t in times if t > awake][2] - awake
    return [
        Figure(
            "R3",
            f"one viewer of ten stopped for {seconds} s: the others' p99 gap, more than before",
            100 * (beside / before - 1),
            "%",
            goal=10,
            note=f"{1000 * before:.0f} ms before, {1000 * beside:.0f} ms beside",
        ),
        Figure("R3", "memory that the relay gained", grown / 2**20, "MiB", goal=16),
        Figure("R3", "live again after", back, "s", goal=1),
    ]


def _gap(subject: Subject, seconds: float) -> float:
    with Viewers(subject.url, 9, seconds) as others:
        return percentile(gaps(others.accounts()), 99)
