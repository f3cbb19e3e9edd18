"""R2 and R3: somebody stands still, the relay or a viewer: whom does it hold up?"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import accounts
import numpy as np
import psutil
from feed import start_feed, stop_feed
from figures import Figure, percentile
from subject import Subject
from tables import number
from viewers import Viewers, gaps

from soaks.apart import progress
from soaks.bursts import read_stats

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
    nothing = _longest_of_nothing(seconds / 2)
    before = psutil.Process().memory_info().rss
    blocker = threading.Thread(
        target=service.call, args=[time.sleep, seconds], kwargs={"timeout": seconds + 10}
    )
    blocker.start()
    calls, raised, clock, publish = 0, 0, time.perf_counter, plot.publish
    end = clock() + seconds
    while (begin := clock()) < end and calls < MOST_CALLS:
        try:
            publish(calls, 0.5)
        except Exception:  # noqa: BLE001 - it is what must not be, and is counted
            raised += 1
        costs[calls] = clock() - begin
        calls += 1
    grown = psutil.Process().memory_info().rss - before
    blocker.join()
    api.publisher.flush(20)
    costs = np.sort(costs[:calls])
    return {
        "calls": calls,
        "raised": raised,
        "p999": costs[int(calls * 0.999)] * 1e6,
        "max": costs[-1] * 1e3,
        "nothing": nothing * 1e3,
        "grown": grown / 2**20,
        "stats": zwsnb.stats(),
    }


def _longest_of_nothing(seconds: float) -> float:
    """Return what the longest call of an empty function took, in so many seconds: the machine's
    own, whatever is called.
    """
    longest, clock = 0.0, time.perf_counter
    end = clock() + seconds

    def nothing(x: float, y: float) -> None:
        pass

    while (begin := clock()) < end:
        nothing(begin, 0.5)
        longest = max(longest, clock() - begin)
    return longest


# -- outside ---------------------------------------------------------------------------------------


def r2(*, minutes: float, quick: bool) -> list[Figure]:
    """R2: publish while the hub is blocked for 5 s, with 0, 1, 10 viewers, one of them stopped."""
    del minutes
    cases = [(0, False), (10, True)] if quick else [(0, False), (1, False), (10, False), (10, True)]
    found = {}
    for count, stopped in cases:
        who = f"{count} viewers" + (", one of them stopped" if stopped else "")
        with Subject() as subject:
            found[who] = its = _beside(subject, count, stopped=stopped)
        accounts.check(its["stats"])
        its["untold"] = _dropped(its) - its["stats"]["counts"].get("dropped", 0)
        progress(f"with {who}: {its['calls']:,} calls, {_dropped(its):,} points dropped")
    what = "publish at a hub that is blocked for 5 s: "
    return [
        _worst(found, "p999", f"{what}p99.9, the highest of {len(cases)} runs", "us", 200),
        _worst(found, "max", "the longest call of all", "ms", 10),
        _worst(found, "nothing", "the longest of an empty function, beside it", "ms", None),
        _worst(found, "raised", "calls that raised", "", 0),
        _worst(found, "grown", "memory gained meanwhile, the most of the runs", "MiB", 128),
        _worst(found, "untold", "points dropped that the relay does not show", "", 0, _dropped),
    ]


def _dropped(its: dict[str, Any]) -> int:
    dropped: int = its["stats"]["producers"]["own"]["dropped"]
    return dropped


def _worst(
    found: dict[str, Any],
    key: str,
    what: str,
    unit: str,
    goal: float | None,
    shown: Callable[[dict[str, Any]], float] | None = None,
) -> Figure:
    """Return the highest of all runs as a figure; its note has each of them."""
    each = [f"{who}: {number(shown(its) if shown else its[key])}" for who, its in found.items()]
    worst = max(its[key] for its in found.values())
    return Figure("R2", what, worst, unit, goal=goal, note="; ".join(each))


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
            progress(f"the others' gap is {1000 * before:.0f} ms at p99; now one is stopped")
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
        end = time.monotonic() + seconds
        while time.monotonic() < end - 2:
            time.sleep(2)
            accounts.check(subject.ask(read_stats))
        return percentile(gaps(others.accounts()), 99)
