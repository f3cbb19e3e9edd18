"""P5 and P12: how soon a page shows something: one new point on an idle plot, ten million old ones
in a new page.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from typing import Any

import numpy as np
from browser import acks, chromium, draws, plot_page, stats, until, window
from figures import Outcome, middle, percentile
from peers.job import single
from subject import Subject

QUIET = 0.05
"""Seconds without a draw before a point is published: a later draw is then the point's own."""


# -- in the measured process -----------------------------------------------------------------------


def single_points(count: int) -> Any:
    """Publish single points on an idle plot; return when."""
    import zwsnb

    plot = zwsnb.Plot(y_range=(-1.2, 1.2))
    plot.publish(np.arange(1000.0), np.sin(np.arange(1000) / 50))
    time.sleep(1)
    return single(plot.publish, count, 0.15)


def hold(points: int, at_once: int = 1_000_000) -> int:
    """Publish a history of so many points, 100,000 to a unit of x."""
    import zwsnb
    from zwsnb import api

    api.publisher.on_full = "block"
    dice = np.random.default_rng(1)
    for begin in range(0, points, at_once):
        n = min(at_once, points - begin)
        x = np.arange(begin, begin + n) / 1e5
        zwsnb.publish(x, np.sin(x) + dice.normal(0, 0.2, n))
    api.publisher.flush(60)
    held: int = zwsnb.stats()["points"]
    return held


# -- outside ---------------------------------------------------------------------------------------


def lateness(published: list[float], drawn: list[float], end: float) -> list[float]:
    """Return milliseconds from each publishing to the next draw before the next publishing.

    Points are left out that were published while something else was being drawn.
    """
    found = []
    for at, following in zip(published, [*published[1:], end], strict=True):
        i = bisect_right(drawn, at)
        was_quiet = i == 0 or at - drawn[i - 1] > QUIET
        if was_quiet and i < len(drawn) and drawn[i] < following:
            found.append(1000 * (drawn[i] - at))
    return found


WAIT_FOR_FRAME = """async count => {
    const waits = [];
    for (let i = 0; i < count; i++) {
        await new Promise(resume => setTimeout(resume, 100 + 100 * Math.random()));
        const begin = performance.now();
        await new Promise(requestAnimationFrame);
        waits.push(performance.now() - begin);
    }
    return waits;
}"""


def p5(*, quick: bool) -> Outcome:
    """P5: from publish to draw, single points on an idle plot."""
    count = 30 if quick else 300
    with Subject() as subject, plot_page(subject.url) as page:
        said = subject.ask(single_points, count=count)
        late = lateness(said["published"], draws(page), said["end"])
        waits = page.evaluate(WAIT_FOR_FRAME, count)
    note = f"{len(late)} of {count} points drawn by themselves"
    return Outcome(
        [
            middle(
                late,
                "P5",
                "publish to draw, idle: p50",
                "ms",
                goal=10,
                limit=percentile(waits, 50),
                limit_is="asking for a frame and getting it",
                note=note,
            ),
            middle(
                [percentile(late, 90)],
                "P5",
                "publish to draw, idle: p90",
                "ms",
                goal=17,
                limit=percentile(waits, 90),
                limit_is="the same",
            ),
        ]
    )


def p12(*, quick: bool) -> Outcome:
    """P12: a page is opened on ten million points: navigation to the first complete paint."""
    with Subject() as subject, chromium() as browser:
        subject.ask(hold, points=10_000_000)
        full = [_open(browser, subject.url) for _ in range(3 if quick else 15)]
        empty = [
            _open(browser, subject.url + "&plot=empty", complete=False)
            for _ in range(3 if quick else 15)
        ]
    return Outcome(
        [
            middle(
                full,
                "P12",
                "page opened on 10 million points, to its first complete paint",
                "ms",
                goal=100,
                limit=percentile(empty, 50),
                limit_is="the same on an empty plot, to its first draw",
            ),
        ]
    )


def _open(browser: Any, url: str, *, complete: bool = True) -> float:
    with window(browser, url) as page:
        painted = acks if complete else draws
        until(lambda: painted(page), "a painted page")
        begin: float = page.evaluate("performance.timeOrigin / 1000")
        assert not complete or stats(page)["points"] == 10_000_000
        return 1000 * (painted(page)[0] - begin)
