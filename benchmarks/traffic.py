"""P6 and P9: what a stream of a million points a second costs on the way to one viewer, and to a
hundred.
"""

from __future__ import annotations

import time
from typing import Any

import psutil
from browser import forget, plot_page, received, stats, until
from feed import start_feed, stop_feed
from figures import Outcome, middle, percentile
from subject import Subject
from viewers import Viewers, gaps

RATE = 1_000_000
WINDOW = 10


def p6(*, quick: bool) -> Outcome:
    """P6: bytes to one page in Chromium, a million points a second, window of 10 s."""
    with Subject() as subject, plot_page(subject.url) as page:
        subject.ask(start_feed, rate=RATE, window=WINDOW, y_range=(-3, 3))
        until(lambda: stats(page)["points"] > (WINDOW + 1) * RATE, "a full window", 60)
        samples = [_second(page) for _ in range(5 if quick else 20)]
        subject.ask(stop_feed)
        pixels = page.evaluate("document.querySelector('canvas').width")
    # Of each pixel column that is new: first, lowest, highest, last, as x and y.
    least = pixels / WINDOW * 4 * 16 / 1000
    frames = middle([s["frames"] for s in samples], "P6", "frames drawn meanwhile", "/s")
    return Outcome(
        [
            middle(
                [s["bytes"] / 1000 for s in samples],
                "P6",
                "to one viewer at 1 million points/s, window 10 s",
                "kB/s",
                goal=100,
                limit=least,
                limit_is="the newest pixel columns alone",
                note=f"{percentile([s['patches'] for s in samples], 50):.0f} patches/s",
            ),
            frames,
        ]
    )


def _second(page: Any) -> dict[str, float]:
    forget(page)
    before, begin = stats(page), time.perf_counter()
    time.sleep(1)
    after, passed = stats(page), time.perf_counter() - begin
    return {
        "bytes": received(page) / passed,
        "frames": (after["frames"] - before["frames"]) / passed,
        "patches": (after["patches"] - before["patches"]) / passed,
    }


def p9(*, quick: bool) -> Outcome:
    """P9: a hundred viewers that acknowledge 30 times a second, and a thousand that do so 20 times:
    the relay's processor time.
    """
    seconds = 6 if quick else 30
    shared = relay_share(100, seconds)
    apart = relay_share(100, seconds, apart=True)
    many = relay_share(1000, seconds, hz=20)
    what = "100 viewers at 30 frames/s, 1 million points/s: the relay"
    return Outcome(
        [
            middle(shared["shares"], "P9", what, "% of a core", goal=60),
            middle(
                [shared["fps"]],
                "P9",
                "patches that each of them got, else the share says nothing",
                "/s",
                goal=29,
                more=True,
            ),
            middle(
                apart["shares"],
                "P9",
                "the same with ten different windows",
                "% of a core",
                note=f"{apart['fps']:.0f} patches/s each",
            ),
            middle(
                many["shares"],
                "P9",
                "1,000 viewers that acknowledge 20 times a second: the relay",
                "% of a core",
            ),
            middle(
                [many["fps"]],
                "P9",
                "patches that each of the 1,000 got",
                "/s",
                goal=20,
                more=True,
            ),
            middle(
                [memory_of_viewers(1000) / 1000],
                "P9",
                "memory of the relay for each of them",
                "kB",
                goal=100,
            ),
        ]
    )


def relay_share(
    count: int, seconds: float, rate: float = RATE, *, hz: float = 30, apart: bool = False
) -> dict[str, Any]:
    """Return what the relay, in a process of its own, takes for so many viewers: percent of a core,
    each second.
    """
    with Subject(process=True) as subject:
        subject.ask(start_feed, rate=rate, window=WINDOW)
        views: list[dict[str, Any]] = (
            [{"window": WINDOW * (1 + i / 10)} for i in range(10)] if apart else [{}]
        )
        crowds = [
            Viewers(subject.url, count // len(views), seconds + 4, hz, **view) for view in views
        ]
        try:
            for crowd in crowds:
                crowd.__enter__()
            time.sleep(2)
            shares = _shares(subject.relay, seconds)
            accounts = [account for crowd in crowds for account in crowd.accounts()]
        finally:
            for crowd in crowds:
                crowd.__exit__()
        subject.ask(stop_feed)
    return {
        "shares": shares,
        "fps": sum(a["patches"] for a in accounts) / count / (seconds + 4),
        "bytes": sum(a["bytes"] for a in accounts) / count / (seconds + 4),
        "gap99": percentile(gaps(accounts), 99),
    }


def memory_of_viewers(count: int) -> float:
    """Return the bytes by which the relay has grown for each of so many, of a plot at rest."""
    with Subject(process=True) as subject:
        subject.ask(start_feed, rate=RATE, window=WINDOW)
        time.sleep(2)
        subject.ask(stop_feed)
        time.sleep(2)
        relay = psutil.Process(subject.relay)
        before = relay.memory_info().rss
        with Viewers(subject.url, count, 5):
            time.sleep(3)
            return (relay.memory_info().rss - before) / count


def _shares(pid: int, seconds: float) -> list[float]:
    process = psutil.Process(pid)
    process.cpu_percent()
    shares = []
    for _ in range(max(1, int(seconds))):
        time.sleep(1)
        shares.append(process.cpu_percent())
    return shares
